//! Headers that make browsers apply stricter rules.

use http::{HeaderName, HeaderValue, header};

use crate::http::Response;

const POLICY: &str = "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; \
                      frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; \
                      script-src-attr 'none'; style-src 'self' https: 'unsafe-inline'";

/// The name and the value of each header.
const HEADERS: [(HeaderName, &str); 10] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    // With `no-referrer`, browsers send `origin: null` with forms, and `csrf` rejects that origin.
    (header::REFERRER_POLICY, "same-origin"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (
        HeaderName::from_static("x-permitted-cross-domain-policies"),
        "none",
    ),
    // `0` turns off a filter of old browsers that attackers could abuse.
    (header::X_XSS_PROTECTION, "0"),
];

/// Sets headers that make browsers apply stricter rules to the responses of the routes below the call.
///
/// Error responses keep these headers. Call `res.set_header` or `res.remove_header` afterward to change or remove one.
///
/// | header | effect |
/// |---|---|
/// | `content-security-policy` | scripts and forms of this site only, and no inline scripts; images of this site and in `data:` URLs; inline styles, and styles and fonts of any site with HTTPS; only this site can show the page in a frame |
/// | `cross-origin-opener-policy`, `cross-origin-resource-policy`, `origin-agent-cluster` | pages of other origins have no access to the window of a page and cannot embed its resources; browsers run the origin in a separate process if they can |
/// | `referrer-policy` | `same-origin`: other sites do not receive the URL of the page |
/// | `strict-transport-security` | once a browser has received it over HTTPS, only HTTPS for a year; not for subdomains |
/// | `x-content-type-options` | browsers do not guess types |
/// | `x-frame-options`, `x-permitted-cross-domain-policies`, `x-xss-protection` | for old browsers and plug-ins: no frames and no policy files of other sites; the script filter is off, because attackers could abuse it |
///
/// Node.js: no counterpart; Express: `helmet()`, which also sets `upgrade-insecure-requests`, `includeSubDomains` and
/// `x-dns-prefetch-control`, and whose `referrer-policy` is `no-referrer`. With `no-referrer`, browsers send `origin:
/// null` with the forms of the site itself, and [`csrf`](crate::csrf) rejects these requests if they have no
/// `sec-fetch-site`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::security_headers;
///
/// #[server]
/// async fn site(req: Request, mut res: Response) -> Result {
///     security_headers(&mut res);
///     res.set_header("x-frame-options", "DENY");
///     route!("/" => Html("<h1>hello</h1>"));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/"), Response::new()).await?;
/// assert_eq!(sent.header("x-content-type-options").unwrap(), "nosniff");
/// assert_eq!(sent.header("x-frame-options").unwrap(), "DENY");
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn security_headers(res: &mut Response) {
    for (name, value) in HEADERS {
        res.set_header(name, HeaderValue::from_static(value));
    }
}
