//! Switches protocols on a connection that hyper serves, directly or through axum.

#[cfg(feature = "http2")]
use std::sync::Arc;

use bytes::Bytes;
use http::{Extensions, Response, StatusCode};
#[cfg(feature = "http2")]
use hyper::upgrade::OnUpgrade;

use super::body::{ServerBody, response};
#[cfg(feature = "http2")]
use crate::http::error_reporter::ReportError;
use crate::http::exchange::Exchange;
#[cfg(feature = "http2")]
use crate::http::h2::upgraded_stream;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;
use crate::http::response::switch::ProtocolSwitch;
#[cfg(feature = "http2")]
use crate::http::sync::spawn;

/// The stream of a connection, which is available once the connection has left HTTP.
#[derive(Default)]
pub(super) struct PendingStream {
    /// The upgrade that hyper adds to the extensions of a request for another protocol.
    #[cfg(feature = "http2")]
    pending: Option<OnUpgrade>,
}

impl PendingStream {
    #[cfg_attr(
        not(feature = "http2"),
        expect(unused_variables, reason = "the extension is hyper's")
    )]
    pub(super) fn take(extensions: &mut Extensions) -> Self {
        Self {
            #[cfg(feature = "http2")]
            pending: extensions.remove(),
        }
    }

    /// Returns the response that switches the protocol, or a 501 if that is not possible.
    pub(super) fn switch(
        self,
        exchange: Box<Exchange>,
        mut head: ResponseHead,
        switch: ProtocolSwitch,
    ) -> Response<ServerBody> {
        #[cfg(feature = "http2")]
        if let Some(pending) = self.pending {
            let context = Arc::clone(exchange.context());
            spawn(Box::pin(async move {
                if let Ok(upgraded) = pending.await
                    && let Err(error) = switch.begin(upgraded_stream(upgraded)).await
                {
                    // The server does not end until the context is dropped.
                    context.service.emitter.report(&error);
                }
            }));
            return response(exchange, head, ResponseBody::Whole(Bytes::new()));
        }
        drop(switch);
        head.status = StatusCode::NOT_IMPLEMENTED;
        response(exchange, head, ResponseBody::Whole(Bytes::new()))
    }
}
