//! Requests that another server handles.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::io;

use http::uri::{InvalidUri, PathAndQuery, Uri};
use http::{Method, StatusCode, Version, header};
use tower_service::Service;

use super::forward::BoxError;
use super::forwarded::{Forwarded, remove_connection_fields};
use crate::error::{Error, Failure, Result};
use crate::http::request::Request;
use crate::http::request::body::Body;

impl Request {
    /// Sends the request to another server and returns the response of that server, which is a
    /// [`Reply`](crate::Reply).
    ///
    /// `client` is a tower service that makes HTTP requests, such as hyper-util's client, and `origin` is the URL of
    /// the server: `http://127.0.0.1:8080`, with a path if there is a prefix. The path after [`at`](Self::at) and the
    /// query are appended to it. Both bodies are streamed. If the future or the reply is dropped, for example because
    /// the client has disconnected, the request to the other server is dropped as well.
    ///
    /// The fields that concern one connection (`connection` and those that it lists, `transfer-encoding`, `upgrade`, …)
    /// are removed in both directions; therefore WebSockets do not work. `host` is that of `origin`. `forwarded` (RFC
    /// 7239), `x-forwarded-for`, `x-forwarded-host` and `x-forwarded-proto` describe the client; what the client itself
    /// wrote into them is removed, unless the client is a proxy that the server trusts
    /// ([`trust_proxy`](crate::http::Server::trust_proxy)). `via` is extended. The only timeouts are those of `client`.
    /// Needs the feature `tower`. Node.js: no counterpart; Express: `http-proxy-middleware`.
    ///
    /// # Errors
    ///
    /// - `502 Bad Gateway` if `client` fails, or the other server switches protocols.
    /// - `504 Gateway Timeout` if the cause of the error of `client` is an I/O error of the kind `TimedOut`.
    /// - `500 Internal Server Error` if `origin` is not an absolute URL.
    /// - `501 Not Implemented` if the method is CONNECT.
    /// - `400 Bad Request` if the target is `*`.
    /// - The error of the request's body if the body cannot be read, such as a 400, a 408 or a 413.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the request.
    ///
    /// # Examples
    ///
    /// ```
    /// use hyper_util::client::legacy::{Client, connect::HttpConnector};
    /// use onward::http::{self, Body};
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn site(req: Request, res: Response, client: Client<HttpConnector, Body>, origin: &str) -> Result {
    ///     route!(ANY "/api/{rest..}" => req.at(rest).proxy(client, origin).await?);
    /// }
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<()> {
    /// let api = http::create_server(|req, res| async move { res.send(format!("the API got {}", req.url)) });
    /// let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    /// let origin = format!("http://{}", listener.local_addr()?);
    /// tokio::spawn(async move { api.listen(listener).await });
    ///
    /// let client = Client::builder(hyper_util::rt::TokioExecutor::new()).build_http();
    /// let sent = site(Request::get("/api/users?page=2"), Response::new(), client, &origin).await?;
    /// assert_eq!(sent.read_body().await?, "the API got /users?page=2");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn proxy<S, B>(self, mut client: S, origin: &str) -> Result<::http::Response<B>>
    where
        S: Service<::http::Request<Body>, Response = ::http::Response<B>, Error: Into<BoxError>>,
    {
        let request = proxied(self, origin)?;
        let failed = |error: S::Error| failed(error.into());
        let ready = poll_fn(|cx| client.poll_ready(cx)).await;
        ready.map_err(failed)?;
        let mut response = client.call(request).await.map_err(failed)?;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            let what = "the other server has switched protocols";
            return Err(Error::new(StatusCode::BAD_GATEWAY, what));
        }
        remove_connection_fields(response.headers_mut());
        Ok(response)
    }
}

/// Creates the request for the other server.
fn proxied(req: Request, origin: &str) -> Result<::http::Request<Body>> {
    if req.method == Method::CONNECT {
        return Err(Error::new(StatusCode::NOT_IMPLEMENTED, ""));
    }
    let uri = target(&req, origin)?;
    let forwarded = Forwarded::of(&req);
    let mut request = ::http::Request::<Body>::from(req);
    *request.version_mut() = Version::HTTP_11;
    let headers = request.headers_mut();
    remove_connection_fields(headers);
    forwarded.write(headers);
    if let Some(authority) = uri.authority()
        && let Ok(host) = authority.as_str().try_into()
    {
        headers.insert(header::HOST, host);
    }
    *request.uri_mut() = uri;
    Ok(request)
}

/// Returns the URL of the request on the other server.
fn target(req: &Request, origin: &str) -> Result<Uri> {
    let mut parts = Uri::try_from(origin)?.into_parts();
    if parts.scheme.is_none() || parts.authority.is_none() {
        let what = format!("`{origin}` is not an absolute URL");
        return Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, what));
    }
    let path = req.url.path();
    if !path.starts_with('/') {
        return Err(Error::bad_request("this request cannot be forwarded"));
    }
    let prefix = parts.path_and_query.as_ref().map_or("", |it| it.path());
    let mut path = format!("{}{path}", prefix.trim_end_matches('/'));
    if let Some(query) = req.url.query_string() {
        path.extend(["?", query]);
    }
    let invalid =
        |error: InvalidUri| Error::bad_request("this URL cannot be forwarded").with_source(error);
    parts.path_and_query = Some(PathAndQuery::try_from(path).map_err(invalid)?);
    Ok(Uri::from_parts(parts)?)
}

/// Converts an error of the HTTP client. A failure of the request's body keeps its status; the other server is
/// responsible for any other error.
fn failed(error: BoxError) -> Error {
    let mut status = StatusCode::BAD_GATEWAY;
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&*error);
    while let Some(it) = cause {
        if it.is::<Failure>() {
            return Error::from(error);
        }
        let io = it.downcast_ref::<io::Error>();
        if io.is_some_and(|it| it.kind() == io::ErrorKind::TimedOut) {
            status = StatusCode::GATEWAY_TIMEOUT;
        }
        cause = it.source();
    }
    Error::new(status, "").with_source(error)
}
