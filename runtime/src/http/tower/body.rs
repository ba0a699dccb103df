//! The responses of a server that is used as a tower service.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Response, header};
use http_body::{Body, Frame, SizeHint};
use tokio::runtime::Handle;

use crate::http::exchange::Exchange;
use crate::http::interruption::Interruption;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;

/// A response body of a [`Server`](crate::http::Server) that is used as a tower service.
///
/// Polling it runs the handler. Dropping it drops the handler, unless the handler has ended the response; the handler
/// then continues in a separate task.
///
/// # Examples
///
/// ```
/// use http_body::Body;
/// use onward::http;
/// use onward::prelude::*;
/// use tower_service::Service;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let mut server = http::create_server(|_req, res| async move { res.send("hello") });
/// let response = server.call(::http::Request::new(String::new())).await?;
/// let body: http::ServerBody = response.into_body();
/// assert_eq!(body.size_hint().exact(), Some(5));
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct ServerBody {
    /// `None` once the whole response has been read or the response was aborted.
    source: Option<ServerBodySource>,
}

enum ServerBodySource {
    Whole(Bytes, Box<Exchange>),
    Streaming {
        exchange: Box<Exchange>,
        /// The part of the declared length that has not been read.
        rest: Option<u64>,
    },
}

/// The error of a response that was aborted after its headers were sent.
///
/// The server has emitted [`event::Error`](crate::http::event::Error), unless the request caused the failure.
///
/// # Examples
///
/// ```
/// use http_body::Body;
/// use onward::http;
/// use onward::prelude::*;
/// use std::future::poll_fn;
/// use std::pin::pin;
/// use tower_service::Service;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let mut server = http::create_server(|_req, mut res: Response| async move {
///     res.write("half of it").await?;
///     tokio::task::yield_now().await; // so that the headers are sent
///     Err::<Sent, Error>("the rest is missing".into())
/// });
/// let response = server.call(::http::Request::new(String::new())).await?;
/// let mut body = pin!(response.into_body());
/// let mut error: Option<http::ServerBodyError> = None;
/// while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
///     error = frame.err();
/// }
/// assert!(error.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ServerBodyError;

pub(super) fn response(
    exchange: Box<Exchange>,
    mut head: ResponseHead,
    body: ResponseBody,
) -> Response<ServerBody> {
    let has_body = head.allows_body() && !exchange.response.request.is_head();
    head.apply_content_type();
    let mut response = Response::default();
    *response.status_mut() = head.status;
    let allows_body = head.allows_body();
    let mut headers = std::mem::take(&mut head.headers).into_map();
    // The server that serves the service determines the framing of the body.
    headers.remove(header::TRANSFER_ENCODING);
    if let ResponseBody::Whole(body) = &body
        && allows_body
        && !head.status.is_informational()
    {
        let length = header::HeaderValue::from(body.len());
        headers.entry(header::CONTENT_LENGTH).or_insert(length);
    }
    *response.headers_mut() = headers;
    response.map(|_: ServerBody| ServerBody::new(exchange, body, has_body))
}

impl ServerBody {
    fn new(exchange: Box<Exchange>, body: ResponseBody, has_body: bool) -> Self {
        let source = match body {
            ResponseBody::Whole(bytes) if has_body && !bytes.is_empty() => {
                ServerBodySource::Whole(bytes, exchange)
            }
            ResponseBody::Streaming { length: rest } if has_body => {
                ServerBodySource::Streaming { exchange, rest }
            }
            _ => {
                exchange.response.stop_reading(Interruption::NoBody);
                finish(exchange);
                return Self::default();
            }
        };
        Self {
            source: Some(source),
        }
    }

    fn finish(&mut self) {
        match self.source.take() {
            Some(
                ServerBodySource::Whole(_, exchange) | ServerBodySource::Streaming { exchange, .. },
            ) => {
                finish(exchange);
            }
            None => {}
        }
    }
}

/// Called when the whole response has been read.
fn finish(mut exchange: Box<Exchange>) {
    detach(&mut exchange);
    exchange.on_sent();
}

/// Detaches the handler if there is a runtime. A handler that continues after its response needs a task, and thus a
/// runtime.
fn detach(exchange: &mut Exchange) {
    if Handle::try_current().is_ok() {
        exchange.detach_handler();
    }
}

impl Body for ServerBody {
    type Data = Bytes;
    type Error = ServerBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ServerBodyError>>> {
        let (exchange, rest) = match &mut self.source {
            None => return Poll::Ready(None),
            Some(ServerBodySource::Whole(bytes, _)) => {
                let bytes = std::mem::take(bytes);
                self.finish();
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            Some(ServerBodySource::Streaming { exchange, rest }) => (exchange, rest),
        };
        exchange.poll_adopted_handler(cx);
        let frame = match ready!(exchange.response.poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(_)) => {
                exchange.interruption = Interruption::ResponseAborted;
                self.source = None;
                return Poll::Ready(Some(Err(ServerBodyError)));
            }
            None => {
                self.finish();
                return Poll::Ready(None);
            }
        };
        let is_last = match frame.data_ref() {
            Some(data) => {
                if let Some(rest) = rest {
                    *rest = rest.saturating_sub(data.len() as u64);
                }
                exchange.response.complete_taken()
            }
            None => {
                // The body ends after the trailers.
                let ended = exchange.response.poll_frame(cx);
                debug_assert!(matches!(ended, Poll::Ready(None)));
                true
            }
        };
        if is_last {
            self.finish();
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.source.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            None => SizeHint::with_exact(0),
            Some(ServerBodySource::Whole(bytes, _)) => SizeHint::with_exact(bytes.len() as u64),
            Some(ServerBodySource::Streaming { rest, .. }) => {
                rest.map_or(SizeHint::default(), SizeHint::with_exact)
            }
        }
    }
}

/// Called when the rest of the response will not be read.
impl Drop for ServerBody {
    fn drop(&mut self) {
        if let Some(
            ServerBodySource::Whole(_, exchange) | ServerBodySource::Streaming { exchange, .. },
        ) = &mut self.source
        {
            detach(exchange);
        }
    }
}

impl fmt::Debug for ServerBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBody")
            .field("size_hint", &self.size_hint())
            .finish()
    }
}

impl fmt::Display for ServerBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response was aborted after its headers were sent")
    }
}

impl std::error::Error for ServerBodyError {}
