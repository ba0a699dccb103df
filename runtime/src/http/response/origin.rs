//! The request that a response belongs to.

use std::sync::Arc;

use super::Response;
#[cfg(feature = "cookies")]
use crate::error::Error;
#[cfg(feature = "cookies")]
use crate::http::error_reporter::ErrorReporter;
use crate::http::request::summary::RequestSummary;
#[cfg(feature = "cookies")]
use crate::http::response::channel::RequestInfo;

/// A reporter of errors about a request, for code that runs while the handler has the response.
#[cfg(feature = "cookies")]
#[derive(Clone)]
pub(crate) struct RequestReporter {
    reporter: Option<ErrorReporter>,
    request: RequestInfo,
}

#[cfg(feature = "cookies")]
impl RequestReporter {
    pub(crate) fn new(reporter: Option<ErrorReporter>, request: RequestInfo) -> Self {
        Self { reporter, request }
    }

    /// Emits the server's `Error` event. A later error of the response is also emitted.
    #[cfg_attr(
        not(feature = "cookies-secure"),
        expect(dead_code, reason = "nothing to report")
    )]
    pub(crate) fn report(&self, error: &mut Error) {
        error.set_request(self.request.summary());
        match &self.reporter {
            Some(reporter) => reporter.report(error),
            None => eprintln!("{error}"),
        }
    }
}

impl Response {
    #[cfg(feature = "cookies")]
    pub(crate) fn reporter(&self) -> RequestReporter {
        self.channel.request_reporter()
    }

    /// Returns the method, the URL and the headers of the request.
    ///
    /// This method is meant for code without access to the request, such as the [`Reply`](crate::Reply) of an error
    /// type. The values are those that the client sent: [`at`](crate::http::Request::at) and changes by the handler do
    /// not affect them. The result is `None` for a detached [`Response::new`](Self::new). Node.js: `req`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// struct NotFoundPage;
    ///
    /// impl Reply for NotFoundPage {
    ///     fn reply(self, res: Response) -> Sent {
    ///         let path = res.req().map(|req| req.url.path().to_owned());
    ///         let text = format!("there is no page {}", path.unwrap_or_default());
    ///         res.send((StatusCode::NOT_FOUND, text))
    ///     }
    /// }
    ///
    /// assert_eq!(Response::new().send(NotFoundPage).text(), "there is no page ");
    /// ```
    pub fn req(&self) -> Option<RequestSummary> {
        self.channel.summary()
    }

    /// Sets an id that identifies the request in logs.
    ///
    /// It is a field of the payload of [`event::Finish`](crate::http::event::Finish) and of the [`RequestSummary`] of
    /// an error. It is not sent to the client. Node.js: no counterpart; Fastify: `req.id`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// assert_eq!(res.request_id(), None);
    /// res.set_request_id("4711");
    /// assert_eq!(res.request_id().as_deref(), Some("4711"));
    /// ```
    pub fn set_request_id(&mut self, id: impl Into<Arc<str>>) -> &mut Self {
        self.channel.set_request_id(id.into());
        self
    }

    /// Returns the id that [`set_request_id`](Self::set_request_id) set.
    ///
    /// Node.js: no counterpart; Fastify: `req.id`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_request_id("4711");
    /// assert_eq!(res.request_id().as_deref(), Some("4711"));
    /// ```
    pub fn request_id(&self) -> Option<Arc<str>> {
        self.channel.request_id()
    }

    /// Returns whether the route of the request is recorded.
    #[inline]
    pub(crate) fn is_watched(&self) -> bool {
        self.channel.request.is_watched
    }
}
