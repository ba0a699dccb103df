//! Redirects.

use http::{HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::error::Failure;
use crate::http::{Request, Response, Sent};
use crate::reply::Reply;

/// The characters that a URL cannot contain. A `%` is kept, because the URL may be encoded already.
const NOT_IN_URLS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Redirects the client to another URL of this site with a 303, so the client requests that URL with GET.
///
/// The URL is a path, such as that of a named route (`shop::product(7)`), or a relative reference (`../cart`,
/// `?page=2`). URLs that may lead to another site are rejected, so text that a client sent can be passed unchanged:
/// URLs with a scheme (`https:`, `javascript:`), URLs that begin with `//` or with whitespace, and URLs whose path
/// contains a control character or `\`, which browsers read as `/`. Use [`Redirect::external`] for another site.
/// Characters that a URL cannot contain are percent-encoded. In a mounted server, use the full URL, such as
/// `shop::admin(admin::users())`, because a path is not relative to the mount. Node.js: no counterpart; Express:
/// `res.redirect(303, url)`, which accepts any URL and whose default status is 302.
///
/// # Errors
///
/// The reply fails with:
///
/// - `400 Bad Request` if the URL is empty or was rejected. [`Redirect::or`] sets a URL for that case.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::redirect;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/products/{id: u32}" as product => format!("product {id}"));
///     route!("/old/{id: u32}" => redirect(shop::product(id)).permanent());
///     route!(POST "/login" => {
///         let next: String = req.url.query("next")?;
///         redirect(next).or("/")
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::get("/old/7"), Response::new()).await?;
/// assert_eq!(sent.status_code(), StatusCode::PERMANENT_REDIRECT);
/// assert_eq!(sent.header("location").unwrap(), "/products/7");
///
/// let sent = shop(Request::post("/login?next=//evil.example"), Response::new()).await?;
/// assert_eq!(sent.status_code(), StatusCode::SEE_OTHER);
/// assert_eq!(sent.header("location").unwrap(), "/");
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn redirect(url: impl AsRef<str>) -> Redirect {
    Redirect::new(local(url.as_ref()))
}

/// A redirect: the reply that [`redirect`] returns.
///
/// It sets `location` and the status, and has no body.
/// Node.js: no counterpart; Express: `res.redirect`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::redirect;
///
/// let sent = Response::new().send(redirect("/cart"));
/// assert_eq!(sent.status_code(), StatusCode::SEE_OTHER);
/// ```
#[doc(alias = "redirect")]
#[derive(Clone, Debug)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Redirect {
    status: StatusCode,
    /// `None` if the URL was rejected.
    location: Option<HeaderValue>,
}

impl Redirect {
    #[inline]
    fn new(location: Option<HeaderValue>) -> Self {
        Self {
            status: StatusCode::SEE_OTHER,
            location,
        }
    }

    /// Redirects the client to any URL, even one on another site.
    ///
    /// Never pass text that a client sent: an attacker could make a link to your site lead to another one. The status
    /// is 303. Characters that a URL cannot contain are percent-encoded.
    /// Node.js: no counterpart; Express: `res.redirect(303, url)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::Redirect;
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().send(Redirect::external("https://pay.example/orders/7"));
    /// assert_eq!(sent.header("location").unwrap(), "https://pay.example/orders/7");
    /// ```
    #[inline]
    pub fn external(url: impl AsRef<str>) -> Self {
        Self::new(encoded(url.as_ref()))
    }

    /// Redirects the client to the same URL with HTTPS, on the given port.
    ///
    /// The status is 308, and the host is taken from the request, without its port. Use the redirect as the whole
    /// handler of a server on port 80, or as the reply to the requests without TLS of a server that listens with and
    /// without it. The response is a 400 if the request has no host. Node.js and Express: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::{Redirect, http};
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = http::create_server(|req, res| async move { res.send(Redirect::https(&req, 443)) });
    /// let req = Request::get("/a?b=1").header("host", "shop.example:80");
    /// let sent = server.dispatch(req, Response::new()).await;
    /// assert_eq!(sent.header("location").unwrap(), "https://shop.example/a?b=1");
    /// # }
    /// ```
    #[inline]
    pub fn https(req: &Request, port: u16) -> Self {
        let location = https_url(req, port).and_then(|url| encoded(&url));
        Self::new(location).permanent()
    }

    /// Changes the status to 308: the page has moved permanently.
    ///
    /// Clients may cache the redirect, and repeat the request with its method and body.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::redirect;
    ///
    /// let sent = Response::new().send(redirect("/new").permanent());
    /// assert_eq!(sent.status_code(), StatusCode::PERMANENT_REDIRECT);
    /// ```
    #[inline]
    pub fn permanent(self) -> Self {
        self.with_status(StatusCode::PERMANENT_REDIRECT)
    }

    /// Changes the status to 307: clients repeat the request at the other URL, with its method and body.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::redirect;
    ///
    /// let sent = Response::new().send(redirect("/other").temporary());
    /// assert_eq!(sent.status_code(), StatusCode::TEMPORARY_REDIRECT);
    /// ```
    #[inline]
    pub fn temporary(self) -> Self {
        self.with_status(StatusCode::TEMPORARY_REDIRECT)
    }

    /// Changes the status to 301: like [`permanent`](Self::permanent), but browsers change POST to GET.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::redirect;
    ///
    /// let sent = Response::new().send(redirect("/new").moved_permanently());
    /// assert_eq!(sent.status_code(), StatusCode::MOVED_PERMANENTLY);
    /// ```
    #[inline]
    pub fn moved_permanently(self) -> Self {
        self.with_status(StatusCode::MOVED_PERMANENTLY)
    }

    /// Changes the status to 302: like [`temporary`](Self::temporary), but browsers change POST to GET.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::redirect;
    ///
    /// assert_eq!(Response::new().send(redirect("/other").found()).status_code(), StatusCode::FOUND);
    /// ```
    #[inline]
    pub fn found(self) -> Self {
        self.with_status(StatusCode::FOUND)
    }

    /// Sets a URL of this site that is used if the first one is empty or was rejected.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::redirect;
    ///
    /// let sent = Response::new().send(redirect(r"/\evil.example").or("/"));
    /// assert_eq!(sent.header("location").unwrap(), "/");
    /// ```
    #[inline]
    pub fn or(self, url: impl AsRef<str>) -> Self {
        Self {
            location: self.location.or_else(|| local(url.as_ref())),
            ..self
        }
    }

    #[inline]
    fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl Reply for Redirect {
    #[inline]
    fn reply(self, res: Response) -> Sent {
        match self.location {
            Some(location) => send(self.status, location, res),
            None => rejected().reply(res),
        }
    }

    #[inline]
    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        match self.location {
            Some(location) => Ok(send(self.status, location, res)),
            None => Err(rejected()),
        }
    }
}

#[inline]
fn send(status: StatusCode, location: HeaderValue, mut res: Response) -> Sent {
    res.set_header(header::LOCATION, location);
    res.status_code = status;
    res.end()
}

#[inline]
fn rejected() -> Failure {
    Failure::bad_request("the URL of the redirect does not belong to this site")
}

/// Returns the value of `location`, unless the URL is empty or may lead to another site.
#[inline]
fn local(url: &str) -> Option<HeaderValue> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    // A colon in the first segment is the end of a scheme.
    let first = path.split('/').next().unwrap_or_default();
    // Browsers ignore whitespace and control characters before a URL, and tabs and line breaks within it.
    let is_plain = !path.contains(|it: char| it == '\\' || it.is_control());
    let is_local = !url.is_empty()
        && is_plain
        && !url.starts_with(char::is_whitespace)
        && !path.starts_with("//")
        && !first.contains(':');
    if is_local { encoded(url) } else { None }
}

#[inline]
fn https_url(req: &Request, port: u16) -> Option<String> {
    let host = req.headers.get(header::HOST)?.to_str().ok()?;
    let host = match host.rsplit_once(':') {
        // A colon inside the brackets of an IPv6 address is not followed by a port.
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    };
    let target = req.url.original().path_and_query();
    let target = target.map_or("/", |it| it.as_str());
    match (host.is_empty(), port) {
        (true, _) => None,
        (false, 443) => Some(format!("https://{host}{target}")),
        (false, _) => Some(format!("https://{host}:{port}{target}")),
    }
}

#[inline]
fn encoded(url: &str) -> Option<HeaderValue> {
    let location = utf8_percent_encode(url, NOT_IN_URLS).to_string();
    HeaderValue::try_from(location).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(url: &str) -> Option<String> {
        let sent = redirect(url).try_reply(Response::new()).ok()?;
        let location = sent.header("location").expect("location");
        Some(location.to_str().expect("text").to_owned())
    }

    #[test]
    fn a_url_of_this_site_is_encoded_where_necessary() {
        for (url, expected) in [
            ("/", "/"),
            ("/products/7?a=1#top", "/products/7?a=1#top"),
            ("/caf%C3%A9", "/caf%C3%A9"),
            ("/caf\u{e9} {x}", "/caf%C3%A9%20%7Bx%7D"),
            ("../cart", "../cart"),
            ("cart", "cart"),
            ("?page=2", "?page=2"),
            ("#top", "#top"),
            ("/at/12:30", "/at/12:30"),
            (
                "/login?next=https://a.example/",
                "/login?next=https://a.example/",
            ),
            ("?a=\t\r\n\\", "?a=%09%0D%0A%5C"),
        ] {
            assert_eq!(location(url).as_deref(), Some(expected), "{url:?}");
        }
    }

    #[test]
    fn a_url_of_another_site_is_rejected() {
        for url in [
            "",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "HTTPS:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            " //evil.example",
            "\u{a0}//evil.example",
            "\t//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\u{1}//evil.example",
            "java\nscript:alert(1)",
            "//",
            "//user@evil.example?x",
        ] {
            assert_eq!(location(url), None, "{url:?}");
        }
    }

    #[test]
    fn a_rejected_url_is_a_bad_request() {
        let sent = Response::new().send(redirect("//evil.example").permanent());
        assert_eq!(sent.status_code(), StatusCode::BAD_REQUEST);
        assert!(sent.header("location").is_none());
        let sent = Response::new().send(redirect("//evil.example").or("//again.example"));
        assert_eq!(sent.status_code(), StatusCode::BAD_REQUEST);
    }
}
