//! Cross-origin resource sharing ([Fetch, 3.3](https://fetch.spec.whatwg.org/#http-cors-protocol)).

mod grant;

use std::fmt::Write as _;
use std::time::Duration;

use http::HeaderValue;

use self::grant::Grant;
use crate::http::{Request, Response};

/// Allows pages of other origins to read the responses of the routes below the call, and to send requests with the
/// methods of these routes and with any header.
///
/// Write the call as a statement above the routes and above the statement that authenticates, because browsers send no
/// cookies and no `authorization` with a preflight. `origins` is one origin (`"https://shop.example"`), an array of
/// them, `"*"` for every origin, or a [`Cors`] with more options. An origin is compared as browsers send it, byte for
/// byte: scheme, host and a port that is not the default one.
///
/// - A response to an allowed origin, and with `"*"` every response, gets `access-control-allow-origin`, even if it is
///   an error. `vary: origin` is added to every response, unless all origins are allowed.
/// - A preflight (OPTIONS with `origin` and `access-control-request-method`) gets a 204 instead of its usual response,
///   such as a 401, a 404 or the response of a mounted server. The 204 allows the methods of the path, if those are
///   known (`allow`), otherwise `GET, HEAD, PUT, PATCH, POST, DELETE`, and the headers that the browser requests. The
///   statements and the `ANY` route that the preflight reaches still run.
/// - A request from an origin that is not allowed is not rejected, but the browser does not let the page read the
///   response. To reject such requests, add [`csrf`](crate::csrf).
///
/// Node.js: no counterpart; Express: `cors({ origin })`. `docs/cors.md` lists the differences from this package and
/// from tower-http.
///
/// # Examples
///
/// ```
/// use onward::cors;
/// use onward::prelude::*;
///
/// #[server]
/// async fn api(req: Request, mut res: Response) -> Result {
///     cors(&req, &mut res, ["https://shop.example", "https://admin.shop.example"]);
///     route!(PUT "/products/{id: u32}" => format!("changed {id}"));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = onward::http::create_server(api);
/// let preflight = Request::with_method(Method::OPTIONS, "/products/7")
///     .header("origin", "https://shop.example")
///     .header("access-control-request-method", "PUT");
/// let sent = server.dispatch(preflight, Response::new()).await;
/// assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
/// assert_eq!(sent.header("access-control-allow-origin").unwrap(), "https://shop.example");
/// assert_eq!(sent.header("access-control-allow-methods").unwrap(), "PUT, OPTIONS");
/// # }
/// ```
#[inline]
pub fn cors(req: &Request, res: &mut Response, origins: impl Into<Cors>) {
    let cors: Cors = origins.into();
    let grant = Grant::new(req, cors);
    res.before_head(move |head| grant.apply(head));
}

/// The origins whose pages may read responses, and the methods and headers that these pages may send; the last argument
/// of [`cors`].
///
/// Node.js: no counterpart; Express: the options of `cors`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::{Cors, cors};
/// use std::time::Duration;
///
/// #[server]
/// async fn api(req: Request, mut res: Response) -> Result {
///     let rules = Cors::origins(["https://shop.example"]).credentials().expose(["x-total"]);
///     cors(&req, &mut res, rules.max_age(Duration::from_secs(600)));
///     route!("/products" => Json(["cups"]));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::get("/products").header("origin", "https://shop.example");
/// let sent = api(req, Response::new()).await?;
/// assert_eq!(sent.header("access-control-allow-credentials").unwrap(), "true");
/// assert_eq!(sent.header("access-control-expose-headers").unwrap(), "x-total");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "cors")]
#[derive(Debug)]
pub struct Cors {
    origins: Origins,
    credentials: bool,
    methods: Option<String>,
    headers: Option<String>,
    exposed: Option<String>,
    max_age: Option<Duration>,
}

enum Origins {
    Any,
    Listed(Vec<String>),
    When(Box<dyn Fn(&str) -> bool + Send + Sync>),
}

impl std::fmt::Debug for Origins {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => f.write_str("Any"),
            Self::Listed(origins) => origins.fmt(f),
            Self::When(_) => f.write_str("When"),
        }
    }
}

impl Cors {
    #[inline]
    fn new(origins: Origins) -> Self {
        Self {
            origins,
            credentials: false,
            methods: None,
            headers: None,
            exposed: None,
            max_age: None,
        }
    }

    /// Allows every origin to read responses, without credentials.
    ///
    /// This is the same as `"*"`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::{Cors, cors};
    ///
    /// let mut res = Response::new();
    /// cors(&Request::get("/").header("origin", "https://a.example"), &mut res, Cors::any());
    /// assert_eq!(res.end().header("access-control-allow-origin").unwrap(), "*");
    /// ```
    #[inline]
    pub fn any() -> Self {
        Self::new(Origins::Any)
    }

    /// Allows a list of origins.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::{Cors, cors};
    ///
    /// let mut res = Response::new();
    /// let req = Request::get("/").header("origin", "https://a.example");
    /// cors(&req, &mut res, Cors::origins(["https://b.example"]));
    /// assert!(res.end().header("access-control-allow-origin").is_none());
    /// ```
    #[inline]
    pub fn origins<O: Into<String>>(origins: impl IntoIterator<Item = O>) -> Self {
        Self::new(Origins::Listed(
            origins.into_iter().map(Into::into).collect(),
        ))
    }

    /// Allows the origins for which a function returns `true`.
    ///
    /// Compare whole origins: `https://shop.example.evil.example` begins with `https://shop.example`, and
    /// `https://evilshop.example` ends with `shop.example`. Any sandboxed page has the origin `null`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::{Cors, cors};
    ///
    /// let mut res = Response::new();
    /// let req = Request::get("/").header("origin", "https://a.shop.example");
    /// cors(&req, &mut res, Cors::when(|origin| origin.starts_with("https://") && origin.ends_with(".shop.example")));
    /// assert_eq!(res.end().header("access-control-allow-origin").unwrap(), "https://a.shop.example");
    /// ```
    #[inline]
    pub fn when(is_allowed: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self::new(Origins::When(Box::new(is_allowed)))
    }

    /// Allows requests with cookies and `authorization`, and allows pages to read the responses.
    ///
    /// # Panics
    ///
    /// Panics if every origin is allowed. Browsers reject this combination, because any site could act on behalf of the
    /// user.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::{Cors, cors};
    ///
    /// let mut res = Response::new();
    /// let req = Request::get("/").header("origin", "https://a.example");
    /// cors(&req, &mut res, Cors::origins(["https://a.example"]).credentials());
    /// assert_eq!(res.end().header("access-control-allow-credentials").unwrap(), "true");
    /// ```
    #[must_use]
    #[inline]
    pub fn credentials(mut self) -> Self {
        assert!(
            !matches!(self.origins, Origins::Any),
            "credentials cannot be allowed for every origin: list the origins"
        );
        self.credentials = true;
        self
    }

    /// Limits the methods that a preflight allows.
    ///
    /// Default: the methods of the path.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::Cors;
    /// let rules = Cors::any().methods(["GET", "PUT"]);
    /// ```
    #[must_use]
    #[inline]
    pub fn methods<'a>(mut self, methods: impl IntoIterator<Item = &'a str>) -> Self {
        self.methods = Some(list(methods));
        self
    }

    /// Limits the request headers that a preflight allows.
    ///
    /// Default: the headers that the browser requests.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::Cors;
    /// let rules = Cors::any().headers(["content-type"]);
    /// ```
    #[must_use]
    #[inline]
    pub fn headers<'a>(mut self, headers: impl IntoIterator<Item = &'a str>) -> Self {
        self.headers = Some(list(headers));
        self
    }

    /// Allows pages to read further response headers.
    ///
    /// Default: none except the seven that are always readable, such as `content-type`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::Cors;
    /// let rules = Cors::any().expose(["x-total"]);
    /// ```
    #[must_use]
    #[inline]
    pub fn expose<'a>(mut self, headers: impl IntoIterator<Item = &'a str>) -> Self {
        self.exposed = Some(list(headers));
        self
    }

    /// Sets how long browsers may cache the response to a preflight.
    ///
    /// Default: the header is not sent, and browsers cache the response for 5 seconds. Each browser has an upper limit,
    /// between 10 minutes and 24 hours.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::Cors;
    /// let rules = Cors::any().max_age(std::time::Duration::from_secs(600));
    /// ```
    #[must_use]
    #[inline]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Returns the value of `access-control-allow-origin` for an origin.
    #[inline]
    fn allowed(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        if let Origins::Any = self.origins {
            // The header is also sent if the request has no origin, because caches may send the response to a page of
            // another origin.
            return Some(HeaderValue::from_static("*"));
        }
        let origin = origin?;
        let text = origin.to_str().ok()?;
        let is_allowed = match &self.origins {
            Origins::Any => true,
            Origins::Listed(origins) => origins.iter().any(|allowed| allowed == text),
            Origins::When(is_allowed) => is_allowed(text),
        };
        is_allowed.then(|| origin.clone())
    }
}

#[inline]
fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut list = String::new();
    for name in names {
        let separator = if list.is_empty() { "" } else { ", " };
        let _ = write!(list, "{separator}{name}");
    }
    list
}

impl From<&str> for Cors {
    #[inline]
    fn from(origin: &str) -> Self {
        match origin {
            "*" => Self::any(),
            origin => Self::origins([origin]),
        }
    }
}

impl From<&String> for Cors {
    #[inline]
    fn from(origin: &String) -> Self {
        Self::from(origin.as_str())
    }
}

impl<const N: usize> From<[&str; N]> for Cors {
    #[inline]
    fn from(origins: [&str; N]) -> Self {
        Self::origins(origins)
    }
}

impl From<&[&str]> for Cors {
    #[inline]
    fn from(origins: &[&str]) -> Self {
        Self::origins(origins.iter().copied())
    }
}

impl From<&[String]> for Cors {
    #[inline]
    fn from(origins: &[String]) -> Self {
        Self::origins(origins.iter().cloned())
    }
}
