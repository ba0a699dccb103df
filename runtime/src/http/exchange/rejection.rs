//! The response to a request that is rejected before its handler is called.

use bytes::Bytes;
use http::{StatusCode, header};

use crate::error::Error;
use crate::http::exchange::context::Service;
use crate::http::headers::lazy_map;
use crate::http::limits::ResponseLimits;
use crate::http::response::channel::{RequestInfo, ResponseBody, reply_with_error};
use crate::http::response::head::ResponseHead;

/// The reason why a request is rejected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rejection {
    pub(crate) status: StatusCode,
    /// The message for the client.
    pub(crate) message: &'static str,
}

impl Rejection {
    /// Returns the response, as the handler's error type writes it. Its body is complete: there is no handler that
    /// could write further parts.
    pub(crate) fn response(self, service: &Service) -> (ResponseHead, ResponseBody) {
        let (mut head, body) = self.reply(service);
        for name in [
            header::CONTENT_LENGTH,
            header::TRANSFER_ENCODING,
            header::TRAILER,
        ] {
            lazy_map::unset(&mut head.headers, name);
        }
        head.apply_content_type();
        (head, ResponseBody::Whole(body))
    }

    fn reply(self, service: &Service) -> (ResponseHead, Bytes) {
        let channel = service.new_response(ResponseLimits::NONE, RequestInfo::default());
        let write =
            |error_reply| channel.write_aside(ResponseHead::default(), self.error(), error_reply);
        let of_user = write(service.error_reply);
        of_user
            .or_else(|_| write(reply_with_error))
            .unwrap_or_default()
    }

    fn error(self) -> Error {
        Error::new(self.status, self.message)
    }
}
