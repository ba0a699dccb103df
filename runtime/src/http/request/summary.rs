//! A summary of a request, for its response and for error reports. It remains available after the handler has taken the
//! request.

use std::sync::Arc;

use http::Method;

use crate::http::request::headers::Headers;
use crate::http::request::raw_head::RawHead;
use crate::http::request::url::Url;

/// The method, the URL and the headers of a request, as received.
///
/// [`Response::req`](crate::http::Response::req) and [`Failure::request`](crate::Failure::request) return it. Changes
/// that a handler makes to its [`Request`](crate::http::Request) do not appear in it. Node.js: `res.req`, which is the
/// whole request.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Error, |error| match error.request() {
///     Some(req) => eprintln!("{} {}: {error}", req.method, req.url),
///     None => eprintln!("{error}"),
/// });
/// # assert_eq!(server.listener_count(event::Error), 1);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RequestSummary {
    /// The request method.
    pub method: Method,
    /// The URL. Unlike the URL of a request after [`at`](crate::http::Request::at), it is never relative to a prefix.
    pub url: Url,
    /// The headers.
    pub headers: Headers,
    /// The pattern of the route that matched, such as `/products/{id: u32}`, as written. The patterns
    /// of mounts are joined with those of the mounted servers.
    ///
    /// `None` if no route matched, or the handler is not a `#[server]` function. The pattern is recorded only if the
    /// server has a listener for [`event::Finish`](crate::http::event::Finish) or
    /// [`event::Error`](crate::http::event::Error). Express: `req.route.path`.
    pub route: Option<&'static str>,
    /// The id that [`Response::set_request_id`](crate::http::Response::set_request_id) set.
    pub request_id: Option<Arc<str>>,
}

impl RequestSummary {
    pub(crate) fn new(method: Method, url: Url, headers: Headers) -> Self {
        Self {
            method,
            url,
            headers,
            route: None,
            request_id: None,
        }
    }
}

/// The data from which a summary is created when it is needed.
#[derive(Clone, Debug)]
pub(crate) enum RequestOrigin {
    /// The response was constructed for a test.
    Detached,
    Received(Arc<RawHead>),
    /// Other code passed the request to the handler, for example with `dispatch`.
    Dispatched(Box<RequestSummary>),
}

impl RequestOrigin {
    pub(crate) fn summary(&self, method: &Method) -> Option<RequestSummary> {
        match self {
            Self::Detached => None,
            Self::Received(raw) => Some(RequestSummary::new(
                method.clone(),
                Url::of(Arc::clone(raw)),
                Headers::of(Arc::clone(raw)),
            )),
            Self::Dispatched(summary) => Some(RequestSummary::clone(summary)),
        }
    }

    /// Returns whether the handler chose the response by `accept`.
    #[inline]
    pub(crate) fn is_negotiated(&self) -> bool {
        match self {
            Self::Detached => false,
            Self::Received(raw) => raw.is_negotiated(),
            Self::Dispatched(summary) => summary.headers.is_negotiated(),
        }
    }

    /// Releases memory that is of no use for the next request.
    #[cfg(feature = "http2")]
    pub(crate) fn shrink(&mut self) {
        if let Self::Received(raw) = self {
            RawHead::release_map(raw);
        }
    }

    /// Takes the memory of a received head, so that the next head can use it.
    pub(crate) fn take_head(&mut self) -> Arc<RawHead> {
        match std::mem::replace(self, Self::Detached) {
            Self::Received(raw) => raw,
            Self::Detached | Self::Dispatched(_) => Arc::default(),
        }
    }
}
