//! Protection against requests that other sites send on behalf of a user.

use http::{Method, StatusCode};

use crate::error::Failure;
use crate::http::{Request, is_listed, is_same_origin, origin};

/// Rejects a request that another origin made a browser send (cross-site request forgery).
///
/// Write the call as a statement above the routes that it protects; it needs neither a token nor a cookie. `csrf`
/// checks the headers in which browsers declare the origin of a request:
///
/// 1. GET, HEAD, OPTIONS, TRACE and QUERY pass, because they must not change anything.
/// 2. `sec-fetch-site`, which every current browser sends over HTTPS and on localhost: `same-origin` and `none` (the
///    user entered the URL) pass; `same-site` and `cross-site` are rejected.
/// 3. `origin`, if `sec-fetch-site` is missing: its host and port must equal those of the request's `host`.
/// 4. A request with neither header passes: every browser since 2020 sends at least one of the two with every method
///    that rule 1 does not list.
///
/// A proxy must forward the client's `host`. Node.js: no counterpart; Go: `http.CrossOriginProtection`.
///
/// # Errors
///
/// - `403 Forbidden` if another origin initiated the request.
///
/// # Examples
///
/// ```
/// use onward::csrf;
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     csrf(&req)?;
///     route!(POST "/orders" => StatusCode::CREATED);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let order = || Request::post("/orders").header("host", "shop.example");
/// let own = order().header("sec-fetch-site", "same-origin");
/// assert_eq!(shop(own, Response::new()).await?.status_code(), StatusCode::CREATED);
///
/// let foreign = order().header("sec-fetch-site", "cross-site");
/// let error = shop(foreign, Response::new()).await.unwrap_err();
/// assert_eq!(error.status(), StatusCode::FORBIDDEN);
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn csrf(req: &Request) -> Result<(), Failure> {
    csrf_trusting(req, &[])
}

/// Does the same as [`csrf`], but also accepts every request from a trusted origin.
///
/// An origin is written as browsers send it: `https://admin.shop.example`, with a port unless it is the default one,
/// and without a slash at the end.
///
/// # Errors
///
/// - `403 Forbidden` if another origin, which is not trusted, initiated the request.
///
/// # Examples
///
/// ```
/// use onward::csrf_trusting;
/// use onward::prelude::*;
///
/// let req = Request::post("/orders")
///     .header("host", "shop.example")
///     .header("sec-fetch-site", "same-site")
///     .header("origin", "https://admin.shop.example");
/// assert!(csrf_trusting(&req, &["https://admin.shop.example"]).is_ok());
/// assert!(csrf_trusting(&req, &[]).is_err());
/// ```
#[inline]
pub fn csrf_trusting(req: &Request, origins: &[&str]) -> Result<(), Failure> {
    let is_safe = matches!(
        req.method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::QUERY
    );
    if is_safe || is_own(req) || is_trusted(req, origins) {
        return Ok(());
    }
    let what = "this request was initiated by another origin";
    Err(Failure::new(StatusCode::FORBIDDEN, what))
}

/// Returns whether the request was not initiated by another origin.
#[inline]
fn is_own(req: &Request) -> bool {
    if let Some(site) = req.headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    origin(&req.headers).is_none_or(|origin| is_same_origin(origin, &req.headers))
}

#[inline]
fn is_trusted(req: &Request, origins: &[&str]) -> bool {
    origin(&req.headers).is_some_and(|origin| is_listed(origin, origins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(method: Method, headers: &[(&'static str, &'static str)]) -> bool {
        let mut req = Request::with_method(method, "/").header("host", "shop.example");
        for &(name, value) in headers {
            req = req.header(name, value);
        }
        csrf(&req).is_ok()
    }

    #[test]
    fn the_declarations_of_browsers_decide() {
        for (expected, headers) in [
            (true, &[][..]),
            (true, &[("sec-fetch-site", "same-origin")]),
            (true, &[("sec-fetch-site", "none")]),
            (false, &[("sec-fetch-site", "same-site")]),
            (false, &[("sec-fetch-site", "cross-site")]),
            (false, &[("sec-fetch-site", "Same-Origin")]),
            (false, &[("sec-fetch-site", "")]),
            (true, &[("origin", "https://shop.example")]),
            (true, &[("origin", "http://SHOP.example")]),
            (false, &[("origin", "null")]),
            (false, &[("origin", "https://evil.example")]),
            (false, &[("origin", "https://shop.example.evil.example")]),
            (false, &[("origin", "https://shop.example:8443")]),
            (false, &[("origin", "https://shop.example/")]),
            (false, &[("origin", "ftp://shop.example")]),
            (false, &[("origin", "shop.example")]),
            // `sec-fetch-site` takes precedence over `origin`.
            (
                true,
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://other.example"),
                ],
            ),
            (
                false,
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://shop.example"),
                ],
            ),
            (
                false,
                &[
                    ("origin", "https://shop.example"),
                    ("origin", "https://evil.example"),
                ],
            ),
        ] {
            assert_eq!(passes(Method::POST, headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn safe_methods_pass() {
        let foreign = [("sec-fetch-site", "cross-site")];
        for (method, expected) in [
            ("GET", true),
            ("HEAD", true),
            ("OPTIONS", true),
            ("QUERY", true),
            ("PUT", false),
            ("PATCH", false),
            ("DELETE", false),
            ("PURGE", false),
        ] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            assert_eq!(passes(method.clone(), &foreign), expected, "{method}");
        }
    }

    #[test]
    fn several_origins_are_not_trusted() {
        let req = Request::post("/").header("origin", "https://shop.example");
        assert!(csrf_trusting(&req, &["https://shop.example"]).is_ok());
        let req = req.header("origin", "https://evil.example");
        assert!(csrf_trusting(&req, &["https://shop.example"]).is_err());
    }
}
