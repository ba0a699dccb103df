//! The response to a request that is rejected before its handler is called.

use std::sync::Arc;

use bytes::Bytes;
use http::{StatusCode, header};

use crate::error::Error;
use crate::http::exchange::context::Service;
use crate::http::headers::lazy_map;
use crate::http::limits::ResponseLimits;
use crate::http::panic::catch_panic;
use crate::http::response::Response;
use crate::http::response::channel::{RequestInfo, ResponseBody};
use crate::http::response::head::ResponseHead;
use crate::reply::Reply;

/// Why a request is rejected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rejection {
    pub(crate) status: StatusCode,
    /// The message for the client.
    pub(crate) message: &'static str,
}

impl Rejection {
    /// The response, as the handler's error type writes it. Its body is whole: there is no handler that could write further parts.
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
        let of_user = reply_of(service, |res| {
            drop((service.error_reply)(self.error(), res));
        });
        of_user
            .or_else(|| reply_of(service, |res| drop(self.error().reply(res))))
            .unwrap_or_default()
    }

    fn error(self) -> Error {
        Error::new(self.status, self.message)
    }
}

/// Returns what is written to a detached response. `None` if writing panics, which is reported: a user's error type may do so.
fn reply_of(service: &Service, write: impl FnOnce(Response)) -> Option<(ResponseHead, Bytes)> {
    let channel = service.new_response(ResponseLimits::NONE, RequestInfo::default());
    let channel = channel.aside();
    let res = Response::resume(Arc::clone(&channel), ResponseHead::default());
    match catch_panic(|| write(res)) {
        Ok(()) => Some((channel.head(), channel.body())),
        Err(panic) => {
            channel.report(&mut panic.into_error());
            None
        }
    }
}
