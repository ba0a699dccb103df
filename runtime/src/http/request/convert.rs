//! Converts requests to and from those of the `http` crate, which other crates accept and create.

use std::any::Any;
use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Uri, header};

use super::Request;
use super::body::{Body, BodyReader, DeclaredType};
use super::headers::Headers;
use super::url::Url;
use crate::http::foreign_body::ForeignBody;
use crate::http::limits::DEFAULT_BODY_SIZE;
#[cfg(feature = "tower")]
use crate::http::request::syntax::target_bytes::valid_len;
use crate::http::socket::Socket;

/// Converts a request for a crate that accepts requests of the `http` crate.
///
/// In a nested server, the URI is the part after the prefix. The [`Socket`] becomes an extension. Node.js: no
/// counterpart.
///
/// # Examples
///
/// ```
/// use onward::http::{Body, Socket};
/// use onward::prelude::*;
///
/// let request = http::Request::<Body>::from(Request::get("/products?page=2"));
/// assert_eq!(request.uri(), "/products?page=2");
/// let socket = request.extensions().get::<Socket>().unwrap();
/// assert_eq!(socket.remote_addr.to_string(), "127.0.0.1:0");
/// ```
impl From<Request> for ::http::Request<Body> {
    #[inline]
    fn from(req: Request) -> Self {
        let url = req.url.to_string();
        let uri = Uri::try_from(url).unwrap_or_else(|_| req.url.original().clone());
        let mut request = Self::new(req.body);
        *request.method_mut() = req.method;
        *request.uri_mut() = uri;
        *request.version_mut() = req.version;
        *request.headers_mut() = req.headers.into();
        request.extensions_mut().insert(req.socket);
        request
    }
}

/// Converts a request that another crate received.
///
/// A request that was converted from a [`Request`] has the same body, with its limit and its events, and its [`Socket`]
/// is the extension of that type. Otherwise the limit of the body is 2 MiB, and the socket is detached. A body that
/// fails with a [`Failure`](crate::Failure) keeps its status if that is below 500; any other failure causes a
/// `413 Content Too Large` if the body exceeds the limit of `http_body_util::Limited`, and a `400 Bad Request`
/// otherwise. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::http::Body;
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let request = http::Request::<Body>::from(Request::post("/products").body("cup"));
/// let req = Request::from(request);
/// assert_eq!(req.url.path(), "/products");
/// assert_eq!(req.body.text().await?, "cup");
/// # Ok(())
/// # }
/// ```
impl<B> From<::http::Request<B>> for Request
where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    #[inline]
    fn from(request: ::http::Request<B>) -> Self {
        Self::convert(request, DEFAULT_BODY_SIZE).0
    }
}

/// The owner of the request's channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelOwner {
    /// The exchange that received the request before it was passed to the other crate.
    Other,
    /// The request itself.
    Request,
}

impl Request {
    #[inline]
    pub(crate) fn convert<B>(request: ::http::Request<B>, max_size: usize) -> (Self, ChannelOwner)
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Send
            + 'static,
    {
        let (parts, mut body) = request.into_parts();
        let any: &mut dyn Any = &mut body;
        if let Some(own) = any.downcast_mut::<Body>() {
            let own = std::mem::take(own);
            let owner = match own.channel() {
                Some(_) => ChannelOwner::Other,
                None => ChannelOwner::Request,
            };
            return (Self::from_parts(parts, own), owner);
        }
        let source = (!body.is_end_stream()).then(|| ForeignBody::new(body));
        let request = Self::from_foreign(parts, source, max_size);
        (request, ChannelOwner::Request)
    }

    #[inline]
    fn from_foreign(parts: Parts, source: Option<ForeignBody>, max_size: usize) -> Self {
        let Some(source) = source else {
            return Self::from_parts(parts, Body::default());
        };
        let content_type = parts.headers.get(header::CONTENT_TYPE).cloned();
        let content_type = content_type.map(DeclaredType::Whole);
        let channel = Arc::default();
        let reader = BodyReader::foreign(source, content_type, max_size, &channel);
        Self::from_parts(parts, Body::new(reader))
    }

    #[inline]
    fn from_parts(mut parts: Parts, body: Body) -> Self {
        if let Some(authority) = parts.uri.authority()
            && !parts.headers.contains_key(header::HOST)
            && let Ok(host) = HeaderValue::from_str(authority.as_str())
        {
            // HTTP/2 has an authority instead of a `host`.
            parts.headers.insert(header::HOST, host);
        }
        let socket = parts.extensions.remove::<Socket>();
        Self {
            method: parts.method,
            url: Url::new(parts.uri),
            version: parts.version,
            headers: Headers::from(parts.headers),
            channel: body.channel().cloned().unwrap_or_default(),
            body,
            socket: socket.unwrap_or_else(Socket::detached),
        }
    }
}

/// Returns whether the target contains only characters that are allowed in a received target.
#[cfg(feature = "tower")]
#[inline]
pub(crate) fn is_valid_target(uri: &Uri) -> bool {
    let target = uri.path_and_query().map_or("", |it| it.as_str());
    valid_len(target.as_bytes()) == target.len()
}
