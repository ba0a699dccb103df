//! The request that a response belongs to.

use super::Response;
#[cfg(feature = "cookies")]
use crate::error::Error;
#[cfg(feature = "cookies")]
use crate::http::error_reporter::ErrorReporter;
use crate::http::request::summary::RequestSummary;
#[cfg(feature = "cookies")]
use crate::http::response::channel::RequestInfo;

/// Reports errors about a request while the handler has the response.
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
    /// It is meant for code without access to the request, such as the [`Reply`](crate::Reply) of an error type. The
    /// values are those that the client sent: [`at`](crate::http::Request::at) and changes by the handler do not affect
    /// them. `None` for a detached [`Response::new`](Self::new). Node.js: `req`.
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
        self.channel.request.summary()
    }
}
