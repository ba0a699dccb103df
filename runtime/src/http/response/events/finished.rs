//! The payload of a server's `Finish` event.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Method, StatusCode, Version};

use crate::http::interruption::Interruption;
use crate::http::request::client_addr::client_addr;
use crate::http::request::headers::Headers;
use crate::http::request::url::Url;
use crate::http::response::channel::FinishedRecord;
use crate::http::socket::Socket;

/// A request whose response has ended; the payload of [`event::Finish`](crate::http::event::Finish) of a server.
///
/// Node.js: no counterpart; `finish` and `close` of each `ServerResponse`, or the package `morgan`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Finish, |finished| {
///     let status = finished.status.map_or(0, |status| status.as_u16());
///     println!("{} {} {status} {:?}", finished.method, finished.url, finished.duration);
/// });
/// # assert_eq!(server.listener_count(event::Finish), 1);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FinishedRequest {
    /// The request method.
    pub method: Method,
    /// The URL, which is never relative to the prefix of a mount.
    pub url: Url,
    /// The headers of the request.
    pub headers: Headers,
    /// The HTTP version.
    pub version: Version,
    /// The connection. Its `remote_addr` is the client's address, or that of the last proxy.
    pub socket: Socket,
    /// The pattern of the route that matched, as written, such as `/products/{id: u32}`.
    ///
    /// The patterns of mounts are joined with those of the mounted servers.
    ///
    /// `None` if no route matched, or the handler is not a `#[server]` function. The number of distinct values is
    /// bounded by the number of routes, so it can be used as the label of a metric. Express: `req.route.path`.
    pub route: Option<&'static str>,
    /// The id that [`Response::set_request_id`](crate::http::Response::set_request_id) set.
    pub request_id: Option<Arc<str>>,
    /// The status that was sent, or `None` if no headers were sent.
    pub status: Option<StatusCode>,
    /// The number of bytes of the request body that were received, without the framing.
    ///
    /// If the response ends before the request body does, this is the number of bytes up to that point.
    pub request_bytes: u64,
    /// The number of bytes of the response body that were sent or buffered for sending, without the framing.
    ///
    /// The bytes of an encoded body are counted after encoding. The number is 0 if no body is sent, as in a response to
    /// HEAD.
    pub response_bytes: u64,
    /// The time from the end of the request headers until the response headers were sent; `None` if they were not.
    pub time_to_head: Option<Duration>,
    /// The time from the end of the request headers until the end of the response.
    pub duration: Duration,
    /// The outcome: complete, or the reason why not all of the response was sent.
    pub outcome: ResponseOutcome,
    /// The first error that was emitted as [`event::Error`](crate::http::event::Error) for this request, with its
    /// causes.
    pub cause: Option<String>,
    #[cfg(feature = "tracing")]
    span: FinishedSpan,
}

/// The span of a request that is finished. A clone has no span, so that the span ends even if the program keeps a clone
/// of the request.
#[cfg(feature = "tracing")]
#[derive(Debug)]
struct FinishedSpan(tracing::Span);

#[cfg(feature = "tracing")]
impl Clone for FinishedSpan {
    fn clone(&self) -> Self {
        Self(tracing::Span::none())
    }
}

/// The outcome of a response.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::http::ResponseOutcome;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Finish, |finished| {
///     if finished.outcome == ResponseOutcome::ClientDisconnected {
///         println!("{} was not received", finished.url);
///     }
/// });
/// # assert_eq!(server.listener_count(event::Finish), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseOutcome {
    /// The whole response was handed to the operating system, or will be sent together with the response to the next
    /// pipelined request.
    Complete,
    /// The client disconnected or reset the stream.
    ClientDisconnected,
    /// The response was aborted after its headers were sent, for example because the handler failed or dropped it.
    Aborted,
    /// A timeout, `destroy` or `close_all_connections` closed the connection.
    ConnectionClosed,
    /// The server aborted its remaining connections when it was closed.
    Shutdown,
}

impl From<Interruption> for ResponseOutcome {
    fn from(interruption: Interruption) -> Self {
        match interruption {
            Interruption::ClientDisconnected => Self::ClientDisconnected,
            Interruption::Shutdown => Self::Shutdown,
            Interruption::ConnectionClosed => Self::ConnectionClosed,
            Interruption::ResponseAborted | Interruption::NoBody | Interruption::Replaced => {
                Self::Aborted
            }
        }
    }
}

impl FinishedRequest {
    /// Creates the payload from the record of a request.
    pub(crate) fn new(
        finished: FinishedRecord,
        version: Version,
        socket: Socket,
        request_bytes: u64,
        outcome: ResponseOutcome,
    ) -> Self {
        let FinishedRecord {
            record,
            summary,
            body_bytes,
            is_aborted,
            #[cfg(feature = "tracing")]
            span,
        } = finished;
        Self {
            method: summary.method,
            url: summary.url,
            headers: summary.headers,
            version,
            socket,
            route: summary.route,
            request_id: summary.request_id,
            status: record.head.map(|(_, status)| status),
            request_bytes,
            response_bytes: body_bytes,
            time_to_head: record.head.map(|(at, _)| at - record.start),
            duration: Instant::now() - record.start,
            outcome: match is_aborted {
                true => ResponseOutcome::Aborted,
                false => outcome,
            },
            cause: record.cause,
            #[cfg(feature = "tracing")]
            span: FinishedSpan(span.unwrap_or_else(tracing::Span::none)),
        }
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> &tracing::Span {
        &self.span.0
    }

    /// Returns the client's address, even if the client is behind proxies that the server trusts.
    ///
    /// The result is that of [`Request::client_addr`](crate::http::Request::client_addr). Node.js: no counterpart;
    /// Express: `req.ip` with `trust proxy`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Finish, |finished| println!("{:?} {}", finished.client_addr(), finished.url));
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn client_addr(&self) -> Option<IpAddr> {
        client_addr(&self.socket, &self.headers)
    }

    /// Returns whether the outcome is [`Complete`](ResponseOutcome::Complete).
    ///
    /// Node.js: `res.writableFinished`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Finish, |finished| assert!(finished.is_complete()));
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn is_complete(&self) -> bool {
        self.outcome == ResponseOutcome::Complete
    }
}
