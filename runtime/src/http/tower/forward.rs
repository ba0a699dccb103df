//! Requests that a tower service handles.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use http::StatusCode;
use tower_service::Service;

use crate::error::{Error, Result};
use crate::http::request::Request;
use crate::http::request::body::Body;
use crate::http::response::{Response, Sent};

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

impl Request {
    /// Passes the request to a tower service and returns its response, which is a [`Reply`](crate::Reply).
    ///
    /// The method waits until the service is ready. The service gets the method, the URL, the version, the headers and
    /// the body of this request, and its [`Socket`](crate::http::Socket) as an extension; after [`at`](Self::at), the
    /// URL is the rest of the path. No body is buffered. The service cannot switch protocols, because only hyper can
    /// create the extension that it would need: axum's `WebSocketUpgrade` replies with a 426. Needs the feature
    /// `tower`. Node.js: no counterpart; Express: `app.use(path, handler)`.
    ///
    /// # Errors
    ///
    /// - The status of the [`Failure`](crate::Failure) that the error of the service is or contains;
    ///   `500 Internal Server Error` for any other error.
    /// - `500 Internal Server Error` if the response is a `101 Switching Protocols`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the request.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[derive(Clone)]
    /// # struct Files;
    /// # impl tower_service::Service<http::Request<onward::http::Body>> for Files {
    /// #     type Response = http::Response<onward::http::Body>;
    /// #     type Error = std::convert::Infallible;
    /// #     type Future = std::future::Ready<Result<Self::Response, Self::Error>>;
    /// #     fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
    /// #         std::task::Poll::Ready(Ok(()))
    /// #     }
    /// #     fn call(&mut self, req: http::Request<onward::http::Body>) -> Self::Future {
    /// #         assert_eq!(req.uri(), "/logo.svg");
    /// #         std::future::ready(Ok(http::Response::new(req.into_body())))
    /// #     }
    /// # }
    /// #[server]
    /// async fn site(req: Request, res: Response) -> Result {
    ///     let files = Files; // such as `tower_http::services::ServeDir::new("www")`
    ///     route!(ANY "/static/{rest..}" => req.at(rest).forward(files).await?);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = site(Request::get("/static/logo.svg"), Response::new()).await?;
    /// assert_eq!(sent.status_code(), StatusCode::OK);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn forward<S, B>(self, mut service: S) -> Result<::http::Response<B>>
    where
        S: Service<::http::Request<Body>, Response = ::http::Response<B>, Error: Into<BoxError>>,
    {
        let failed = |error: S::Error| Error::from(error.into());
        let ready = poll_fn(|cx| service.poll_ready(cx)).await;
        ready.map_err(failed)?;
        let response = service.call(self.into()).await.map_err(failed)?;
        match response.status() {
            StatusCode::SWITCHING_PROTOCOLS => Err(no_upgrade()),
            _ => Ok(response),
        }
    }
}

#[cold]
fn no_upgrade() -> Error {
    let what = "a tower service cannot switch protocols: listen for `event::Upgrade`";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

/// Converts a tower service to a handler: `http::create_server(http::service(router))`.
///
/// Each request is passed to a clone of the service with [`Request::forward`]. Needs the feature `tower`. Node.js: no
/// counterpart.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
/// # use std::convert::Infallible;
/// # use std::future::{Ready, ready};
/// # use std::task::{Context, Poll};
///
/// # #[derive(Clone)]
/// # struct Router;
/// # impl tower_service::Service<::http::Request<http::Body>> for Router {
/// #     type Response = ::http::Response<http::Body>;
/// #     type Error = Infallible;
/// #     type Future = Ready<Result<Self::Response, Infallible>>;
/// #     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
/// #         Poll::Ready(Ok(()))
/// #     }
/// #     fn call(&mut self, req: ::http::Request<http::Body>) -> Self::Future {
/// #         ready(Ok(::http::Response::new(req.into_body())))
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let router = Router; // such as an `axum::Router`
/// let server = http::create_server(http::service(router));
/// let sent = server.dispatch(Request::post("/").body("hello"), Response::new()).await;
/// assert_eq!(sent.text(), "hello");
/// # Ok(())
/// # }
/// ```
pub fn service<S, B>(
    service: S,
) -> impl Fn(Request, Response) -> Pin<Box<dyn Future<Output = Result> + Send>>
+ Clone
+ Send
+ Sync
+ 'static
where
    S: Service<
            ::http::Request<Body>,
            Response = ::http::Response<B>,
            Error: Into<BoxError>,
            Future: Send,
        > + Clone
        + Send
        + Sync
        + 'static,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    move |req, res| {
        let service = service.clone();
        Box::pin(handle(service, req, res))
    }
}

async fn handle<S, B>(service: S, req: Request, res: Response) -> Result<Sent>
where
    S: Service<::http::Request<Body>, Response = ::http::Response<B>, Error: Into<BoxError>>,
    B: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    let response = req.forward(service).await?;
    Ok(res.send(response))
}
