//! Requests for a directory whose path does not end with a slash.

use http::{HeaderValue, StatusCode, header};

use crate::http::{Request, Response, Sent};

/// Redirects to the same path with a `/` at the end. The URL in `location` is relative, so it cannot lead to another
/// host.
pub(super) fn redirect_to_directory(req: &Request, mut res: Response) -> Sent {
    let path = req.url.original().path();
    let name = path.rsplit('/').next().unwrap_or_default();
    let query = req.url.query_string();
    let query = query.map(|it| format!("?{it}")).unwrap_or_default();
    if let Ok(location) = HeaderValue::try_from(format!("./{name}/{query}")) {
        res.set_header(header::LOCATION, location);
    }
    res.send(StatusCode::PERMANENT_REDIRECT)
}
