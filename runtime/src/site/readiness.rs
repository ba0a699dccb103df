//! The readiness of a server for requests.

use http::StatusCode;

use crate::http::Request;

/// Returns the reply to a load balancer that asks whether the server should get requests: a 200, or a 503 once the
/// server is about to close.
///
/// With [`Server::close_delay`](crate::http::Server::close_delay), the load balancer gets the 503 before the server
/// stops listening. For liveness, use any route: a server that responds is alive. Node.js: no counterpart; terminus:
/// `healthChecks`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::readiness;
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/livez" => "alive");
///     route!("/readyz" => readiness(&req));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// assert_eq!(site(Request::get("/readyz"), Response::new()).await?.text(), "ready");
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn readiness(req: &Request) -> (StatusCode, &'static str) {
    match req.socket.is_server_ready() {
        true => (StatusCode::OK, "ready"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "closing"),
    }
}
