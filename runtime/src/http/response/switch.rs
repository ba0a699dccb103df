//! Responses that end HTTP on their connection or, with HTTP/2, on their stream.

use std::fmt;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};

use super::{Response, ResponseStage, Sent};
use crate::error::{Error, Failure};
use crate::http::headers::list::lists;
use crate::http::panic::{catch_panic, poll_catch_panic};
use crate::http::socket::upgraded_stream::UpgradedStream;

/// The future that uses a connection after HTTP has ended. Its error is reported like a handler's.
pub(crate) type ProtocolFuture = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// The function that speaks the other protocol.
pub(crate) struct ProtocolSwitch(Box<dyn FnOnce(UpgradedStream) -> ProtocolFuture + Send>);

impl ProtocolSwitch {
    /// Calls the function without polling its future. If the function or its future panics, the returned future fails.
    pub(crate) fn begin(self, stream: UpgradedStream) -> ProtocolFuture {
        match catch_panic(|| (self.0)(stream)) {
            Ok(mut future) => Box::pin(poll_fn(move |cx| {
                let polled = poll_catch_panic(Pin::new(&mut future), cx);
                polled.map(|ended| ended.unwrap_or_else(|panic| Err(panic.into_error())))
            })),
            Err(panic) => Box::pin(ready(Err(panic.into_error()))),
        }
    }
}

impl fmt::Debug for ProtocolSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProtocolSwitch").finish_non_exhaustive()
    }
}

impl Response {
    /// Completes the response with a 101 (Switching Protocols). The connection then speaks another protocol.
    ///
    /// `protocol` is the name that the client lists in `upgrade`. The server calls `speak` with the stream once the
    /// response is sent; the stream first returns the bytes that followed the request. The future of `speak` runs in
    /// the connection's task and is not dropped when the client disconnects: reading then ends or fails, and writing
    /// fails. The connection is closed when the stream is dropped, and a closing server waits for both the future and
    /// the connection. [`close_all_connections`](crate::http::Server::close_all_connections), a deadline for closing
    /// and [`destroy`](crate::http::Socket::destroy) drop the future; use
    /// [`server_closing`](crate::http::Socket::server_closing) to end the future before that. An unread request body of
    /// up to [`max_drain_size`](crate::http::Server::max_drain_size) (default: 256 KiB) is discarded; if it is longer,
    /// the connection is closed instead.
    ///
    /// With HTTP/2, `protocol` is the `:protocol` of an extended CONNECT (RFC 8441), the status is 200, and the stream
    /// is that of this request. If [`Upgrade`](crate::http::event::Upgrade) has a listener, handlers do not receive
    /// HTTP/1 upgrade requests. Node.js: no counterpart; an `upgrade` listener writes the response to the socket.
    ///
    /// # Errors
    ///
    /// - `426 Upgrade Required`, with an `upgrade` header, if the request does not ask for `protocol`, uses HTTP/1.0,
    ///   or has the method HEAD.
    ///
    /// # Panics
    ///
    /// Panics if `protocol` is not a valid header value.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use tokio::io::{AsyncReadExt, AsyncWriteExt};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move {
    ///     res.switch_protocols("echo", |stream| async move {
    ///         let (mut from, mut to) = tokio::io::split(stream);
    ///         let _ = tokio::io::copy(&mut from, &mut to).await;
    ///     })
    /// });
    /// let (mut client, stream) = tokio::io::duplex(1024);
    /// server.serve(stream)?;
    /// client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nping").await?;
    /// client.shutdown().await?;
    /// let mut received = String::new();
    /// client.read_to_string(&mut received).await?;
    /// assert!(received.starts_with("HTTP/1.1 101 ") && received.ends_with("\r\n\r\nping"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn switch_protocols<F>(
        self,
        protocol: &'static str,
        speak: impl FnOnce(UpgradedStream) -> F + Send + 'static,
    ) -> Result<Sent, Failure>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.switch_to(
            protocol,
            Box::new(|stream| {
                let future = speak(stream);
                Box::pin(async {
                    future.await;
                    Ok(())
                })
            }),
        )
    }

    pub(crate) fn switch_to(
        mut self,
        protocol: &'static str,
        speak: Box<dyn FnOnce(UpgradedStream) -> ProtocolFuture + Send>,
    ) -> Result<Sent, Failure> {
        if !self.is_requested(protocol) {
            return Err(self.upgrade_required(protocol));
        }
        self.status_code = match self.channel.request.version {
            Version::HTTP_2 => StatusCode::OK,
            _ => {
                self.name_protocol(protocol);
                StatusCode::SWITCHING_PROTOCOLS
            }
        };
        Ok(self.end_switching(ProtocolSwitch(speak)))
    }

    /// Returns the error for a request that does not ask for the protocol.
    pub(crate) fn upgrade_required(&mut self, protocol: &'static str) -> Failure {
        self.name_protocol(protocol);
        let what = format!("this resource is available only over `{protocol}`");
        Failure::new(StatusCode::UPGRADE_REQUIRED, what)
    }

    fn name_protocol(&mut self, protocol: &'static str) {
        self.set_header(header::UPGRADE, HeaderValue::from_static(protocol));
        self.set_header(header::CONNECTION, HeaderValue::from_static("upgrade"));
    }

    /// Returns whether the client requests the protocol. A detached response has no request and permits every protocol.
    fn is_requested(&self, protocol: &str) -> bool {
        let request = &self.channel.request;
        match request.summary() {
            Some(req) => {
                req.method != Method::HEAD
                    && request.version >= Version::HTTP_11
                    && asks_for(&req.headers, request.version, protocol)
            }
            None => true,
        }
    }

    /// Completes the response with its current status and headers, after which `switch` takes over the stream.
    pub(crate) fn end_switching(mut self, switch: ProtocolSwitch) -> Sent {
        if self.stage != ResponseStage::Open {
            self.report_late("the protocol was switched");
            return self.end();
        }
        if self.deferred_error.is_some() {
            // `is_rejected` completes the response with a 500.
            self.is_rejected();
            return self.end();
        }
        let head = self.take_head(None);
        let ended = head.map(|head| self.channel.end_switching(head, switch));
        self.record(ended, ResponseStage::Ended);
        Sent::new(Arc::clone(&self.channel))
    }
}

/// Returns whether `upgrade` lists the protocol. With HTTP/2, there is no `connection` header, and `upgrade` is the
/// `:protocol`.
fn asks_for(headers: &HeaderMap, version: Version, protocol: &str) -> bool {
    lists(headers, header::UPGRADE, protocol)
        && (version == Version::HTTP_2 || lists(headers, header::CONNECTION, "upgrade"))
}
