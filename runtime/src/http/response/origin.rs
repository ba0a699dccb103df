//! The request that a response belongs to.

use super::Response;
use crate::http::request::summary::RequestSummary;

impl Response {
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
