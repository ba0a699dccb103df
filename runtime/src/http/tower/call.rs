//! Servers as tower services.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tower_service::Service;

use super::body::{ServerBody, response};
use super::upgrade::PendingStream;
use crate::error::Error;
use crate::http::exchange::{Exchange, ResponsePart};
use crate::http::request::convert::is_valid_target;
use crate::http::server::Server;

/// A server is a tower service, so it can be mounted in an axum router and wrapped in layers. Needs the feature
/// `tower`.
///
/// Every handler can be a service: `http::create_server(handler)`. The server emits the events of its requests, such
/// as `Request`, `Finish` and `Error`, applies its limit on request bodies, and handles errors, panics and missing
/// responses as on a connection. The server that serves the service determines the options of connections, such as
/// timeouts, and emits their events. Interim responses are not sent. Handlers can switch protocols if hyper serves
/// the service, as it does in axum (this requires the feature `http2`, which includes hyper); otherwise the response
/// is a `501 Not Implemented`. The client's address is taken from the extension [`Socket`](crate::http::Socket),
/// [`Endpoint`](crate::http::Endpoint) or `SocketAddr`, if there is one.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
/// use tower_service::Service;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::result::Result<(), std::convert::Infallible> {
/// let mut shop = http::create_server(|req, res| async move { res.send(format!("hello {}", req.url)) });
/// let request = ::http::Request::get("/cups").body(http::Body::default()).unwrap();
/// let response = shop.call(request).await?;
/// assert_eq!(response.headers()["content-length"], "11");
/// # Ok(())
/// # }
/// ```
impl<B> Service<::http::Request<B>> for Server
where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    type Response = ::http::Response<ServerBody>;
    type Error = Infallible;
    type Future = ServerFuture;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: ::http::Request<B>) -> ServerFuture {
        let is_valid = is_valid_target(request.uri());
        let context = self.shared.detached_context(request.extensions());
        let stream = PendingStream::take(request.extensions_mut());
        let (mut exchange, req) = Exchange::converted(context, request);
        let res = exchange.new_response();
        match is_valid {
            true => exchange.call(req, res),
            false => {
                let what = "the request target has a character that must be percent-encoded";
                res.send(Error::bad_request(what));
            }
        }
        ServerFuture(Some((exchange, stream)))
    }
}

/// The future that resolves to the response of a [`Server`] that is used as a tower service.
///
/// # Cancel safety
///
/// Dropping the future drops the handler.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
/// use tower_service::Service;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let mut server = http::create_server(|_req, res| async move { res.send("hello") });
/// let response: http::ServerFuture = server.call(::http::Request::new(String::new()));
/// assert_eq!(response.await?.status(), StatusCode::OK);
/// # Ok(())
/// # }
/// ```
pub struct ServerFuture(Option<(Box<Exchange>, PendingStream)>);

impl Future for ServerFuture {
    type Output = Result<::http::Response<ServerBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            let Some((exchange, _)) = &mut self.0 else {
                return Poll::Pending;
            };
            exchange.poll_adopted_handler(cx);
            let part = ready!(exchange.poll_head(cx));
            if let ResponsePart::Interim(_) = part {
                continue;
            }
            let Some((exchange, stream)) = self.0.take() else {
                return Poll::Pending;
            };
            return Poll::Ready(Ok(match part {
                ResponsePart::Head(head, body) => response(exchange, head, body),
                ResponsePart::Switch(head, switch) => stream.switch(exchange, head, switch),
                ResponsePart::Interim(_) => return Poll::Pending,
            }));
        }
    }
}

impl fmt::Debug for ServerFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerFuture").finish_non_exhaustive()
    }
}
