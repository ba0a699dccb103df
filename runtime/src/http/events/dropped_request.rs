//! A request that was rejected because the server was overloaded.

use std::time::Duration;

use super::drop_reason::DropReason;
use crate::http::request::Request;

/// A request that gets a 503 in place of the handler's response; the payload of
/// [`event::DropRequest`](crate::http::event::DropRequest).
///
/// Node.js: the arguments of a `dropRequest` listener.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") }).max_concurrent_requests(100);
/// server.on(event::DropRequest, |dropped| {
///     println!("rejected {} by {} after {:?}", dropped.request.url, dropped.reason, dropped.waited);
/// });
/// # assert_eq!(server.listener_count(event::DropRequest), 1);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct DroppedRequest {
    /// The request, whose body was not read.
    pub request: Request,
    /// The limit that the request exceeded.
    pub reason: DropReason,
    /// How long the request waited.
    pub waited: Duration,
}

impl DroppedRequest {
    pub(crate) fn new(request: Request, reason: DropReason, waited: Duration) -> Self {
        Self {
            request,
            reason,
            waited,
        }
    }
}
