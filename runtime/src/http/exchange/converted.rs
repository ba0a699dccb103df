//! Requests that another crate received.

use std::error::Error as StdError;
use std::sync::Arc;
use std::task::Context;

use bytes::Bytes;

use super::Exchange;
use super::context::ConnectionContext;
use crate::http::request::Request;
use crate::http::request::convert::ChannelOwner;
use crate::http::request::summary::{RequestOrigin, RequestSummary};
use crate::http::response::channel::RequestInfo;

impl Exchange {
    /// Creates the exchange of a request, and converts the request for the handler.
    pub(crate) fn converted<B>(
        context: Arc<ConnectionContext>,
        request: ::http::Request<B>,
    ) -> (Box<Self>, Request)
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Send
            + 'static,
    {
        let (mut req, owner) = Request::convert(request, context.limits.body);
        req.socket = context.socket.clone();
        let summary = RequestSummary::new(req.method.clone(), req.url.clone(), req.headers.clone());
        let info = RequestInfo {
            method: req.method.clone(),
            version: req.version,
            origin: RequestOrigin::Dispatched(Box::new(summary)),
            is_watched: context.service.emitter.watches_requests(),
        };
        let limits = context.limits.response;
        let mut exchange = Self::new(context);
        exchange.response = Arc::new(exchange.context.service.new_response(limits, info));
        if owner == ChannelOwner::Request {
            exchange.request = Arc::clone(req.channel());
            exchange.has_body = true;
        }
        if exchange.response.request.is_watched {
            exchange.begin_record();
        }
        (exchange, req)
    }

    #[cfg(feature = "http2")]
    pub(crate) fn context(&self) -> &Arc<ConnectionContext> {
        &self.context
    }

    /// Polls the handler, possibly in a different task than before.
    pub(crate) fn poll_adopted_handler(&mut self, cx: &mut Context<'_>) {
        self.response.set_handler_task();
        self.poll_handler(cx);
    }
}
