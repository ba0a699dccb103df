//! Turns a request from hyper into an exchange.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, Version, header};
use hyper::body::{Body, Incoming};
use hyper::ext::Protocol;
use hyper::upgrade::OnUpgrade;

use super::check::{Declared, RequestError, check};
use super::request_body::RequestBody;
use super::response_body::{Delivery, ResponseStream};
use super::response_head::{self, StreamPlan, StreamTraits};
use super::stream::{OpenStream, Stream};
use super::streams::{StreamGuard, Streams};
use crate::http::events::client_error::{ClientError, ClientErrorAction, ClientErrorKind};
use crate::http::events::server_events;
use crate::http::exchange::ReceivedBody;
use crate::http::exchange::concurrent::MappedRequest;
use crate::http::exchange::rejection::Rejection;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::headers::lazy_map;
use crate::http::response::channel::ResponseBody;

pub(super) struct StreamService {
    streams: Arc<Streams>,
}

impl StreamService {
    pub(super) fn new(streams: Arc<Streams>) -> Self {
        Self { streams }
    }
}

impl hyper::service::Service<Request<Incoming>> for StreamService {
    type Response = Response<ResponseStream>;
    type Error = ::h2::Error;
    type Future = Stream;

    fn call(&self, mut request: Request<Incoming>) -> Stream {
        let Some(guard) = Streams::accept(&self.streams) else {
            return Stream::Refused;
        };
        let pending = extended_connect(&mut request);
        let (mut parts, incoming) = request.into_parts();
        match check(&mut parts, &self.streams.context.limits) {
            Ok(declared) => Stream::Open(Some(open(parts, incoming, declared, pending, guard))),
            Err(error) => {
                let response = reject(error, parts.method == Method::HEAD, guard);
                Stream::Rejected(Some(Box::new(response)))
            }
        }
    }
}

/// Converts an extended CONNECT (RFC 8441) into the equivalent HTTP/1 request: a GET with `upgrade`, a header that no
/// other HTTP/2 request has.
fn extended_connect(request: &mut Request<Incoming>) -> Option<OnUpgrade> {
    if request.method() != Method::CONNECT {
        return None;
    }
    let protocol = request.extensions_mut().remove::<Protocol>()?;
    let protocol = HeaderValue::from_str(protocol.as_str()).ok()?;
    let pending = hyper::upgrade::on(&mut *request);
    *request.method_mut() = Method::GET;
    lazy_map::set(request.headers_mut(), header::UPGRADE, protocol);
    Some(pending)
}

/// Calls the handler; its future is not polled yet.
fn open(
    parts: http::request::Parts,
    incoming: Incoming,
    declared: Declared,
    pending: Option<OnUpgrade>,
    guard: StreamGuard,
) -> OpenStream {
    let traits = StreamTraits {
        is_head: parts.method == Method::HEAD,
        accepts_trailers: declared.accepts_trailers,
    };
    let streams = guard.streams();
    let mut exchange = streams.exchange();
    let has_body = !incoming.is_end_stream();
    let target = parts.uri.path_and_query();
    let request = exchange.new_mapped_request(MappedRequest {
        method: parts.method,
        version: Version::HTTP_2,
        target: target.map_or("/", http::uri::PathAndQuery::as_str),
        headers: parts.headers,
        body: match has_body {
            true => ReceivedBody::Following(incoming.size_hint().exact()),
            false => ReceivedBody::None,
        },
    });
    let body = has_body.then(|| RequestBody::new(incoming, &exchange.request, streams));
    let response = exchange.new_response();
    match declared.kind {
        RequestKind::ExpectContinue | RequestKind::UnknownExpectation => {
            exchange.call_expecting(declared.kind, request, response);
        }
        RequestKind::Plain | RequestKind::Upgrade | RequestKind::Connect => {
            exchange.call(request, response);
        }
    }
    OpenStream::new(exchange, body, traits, guard).with_upgrade(pending)
}

/// Returns the response to a request that is not passed to a handler. Listeners of `ClientError` may close the
/// connection. The bytes of a response that a listener passes are not sent, because they are in the format of HTTP/1.
#[cold]
fn reject(error: RequestError, is_head: bool, guard: StreamGuard) -> Response<ResponseStream> {
    let kind = match error {
        RequestError::TooManyHeaders => ClientErrorKind::HeadTooLarge,
        RequestError::TargetTooLong => ClientErrorKind::UrlTooLong,
        _ => ClientErrorKind::Malformed,
    };
    let context = &guard.streams().context;
    let socket = context.socket.clone();
    let client_error = ClientError::new(kind, error.status(), Bytes::new(), socket);
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &client_error);
    if client_error.action() == ClientErrorAction::Destroy {
        context.socket.destroy();
    }
    let rejection = Rejection {
        status: error.status(),
        message: error.message(),
    };
    let (head, body) = rejection.response(&context.service);
    let traits = StreamTraits {
        is_head,
        accepts_trailers: false,
    };
    let plan = StreamPlan::new(&head, traits);
    let response = response_head::response(head, &body, plan, || guard.streams().date());
    let body = match body {
        ResponseBody::Whole(body) if plan.has_body => body,
        _ => Bytes::new(),
    };
    response.map(|()| ResponseStream::whole(body, Delivery::new(None, guard)))
}
