//! Cookies ([RFC 6265](https://www.rfc-editor.org/rfc/rfc6265)).
//!
//! # Invariants
//!
//! 1. A new cookie gets safe attributes unless other attributes are specified.
//! 2. A change that the client will not receive is an error.
//! 3. A cookie with an invalid signature or encryption is treated as missing, and is reported.

mod cookie;
#[cfg(feature = "cookies-secure")]
mod keys;
#[cfg(feature = "cookies-secure")]
mod secure;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderValue, StatusCode, header};

pub use self::cookie::{Cookie, SameSite};
#[cfg(feature = "cookies-secure")]
pub use self::keys::Keys;
#[cfg(feature = "cookies-secure")]
pub use self::secure::{PrivateCookies, SignedCookies};
use crate::error::Failure;
use crate::http::{OutgoingHead, Request, RequestReporter, Response};

/// Returns the cookies of a request, and sends new cookies with the response.
///
/// Write the call as a statement above the routes that use cookies. `set-cookie` is written right before the head is
/// sent, even for an error. A new cookie gets `HttpOnly`, `SameSite=Lax`, `Path=/` and, if the client uses HTTPS,
/// `Secure`: see [`Cookie`]. The client uses HTTPS if the connection does, or if `forwarded` or `x-forwarded-proto`,
/// which proxies send, declares it. Node.js: no counterpart; Express: `cookie-parser` and `res.cookie`, which adds no
/// attributes by default.
///
/// # Examples
///
/// ```
/// use onward::cookies;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, mut res: Response) -> Result {
///     let cookies = cookies(&req, &mut res);
///     route!("/theme" => cookies.get("theme").unwrap_or_else(|| "light".into()));
///     route!(POST "/theme/{name}" => {
///         cookies.set(("theme", name.to_string()))?;
///         StatusCode::NO_CONTENT
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::get("/theme").header("cookie", "a=1; theme=dark");
/// assert_eq!(site(req, Response::new()).await?.text(), "dark");
///
/// let sent = site(Request::post("/theme/dark"), Response::new()).await?;
/// let cookie = sent.header("set-cookie").unwrap();
/// assert_eq!(cookie, "theme=dark; HttpOnly; SameSite=Lax; Path=/");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "cookie")]
pub fn cookies(req: &Request, res: &mut Response) -> Cookies {
    let cookies = Cookies(Arc::new(Mutex::new(Jar {
        received: received(req),
        changes: Vec::new(),
        is_secure: is_https(req),
        is_sent: false,
        reporter: res.reporter(),
    })));
    let jar = cookies.clone();
    res.before_head(move |head| jar.send(head));
    cookies
}

/// The cookies of a request and the new ones of its response; [`cookies`] returns them.
///
/// Clones share the cookies.
/// Node.js: no counterpart; Express: `req.cookies` and `res.cookie`.
///
/// # Examples
///
/// ```
/// use onward::cookies;
/// use onward::prelude::*;
///
/// # fn main() -> Result<()> {
/// let mut res = Response::new();
/// let cookies = cookies(&Request::get("/").header("cookie", "a=1"), &mut res);
/// assert_eq!(cookies.get("a").as_deref(), Some("1"));
/// cookies.set(("a", "2"))?;
/// assert_eq!(cookies.get("a").as_deref(), Some("2"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Cookies(Arc<Mutex<Jar>>);

struct Jar {
    /// The decoded cookies, in the order received.
    received: Vec<(String, String)>,
    /// The new cookies, at most one for each name, domain and path.
    changes: Vec<Cookie>,
    /// Whether the client uses HTTPS.
    is_secure: bool,
    /// Whether the head of the response was sent.
    is_sent: bool,
    #[cfg_attr(
        not(feature = "cookies-secure"),
        expect(dead_code, reason = "nothing to report")
    )]
    reporter: RequestReporter,
}

impl Cookies {
    /// Returns the value of a cookie, percent-decoded.
    ///
    /// If the client sent several cookies with this name, the value is that of the first one, which has the most
    /// specific path. Returns the new value of a cookie that was set, and `None` for one that was removed.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies, prelude::*};
    /// let req = Request::get("/").header("cookie", "a=1; b=caf%C3%A9");
    /// assert_eq!(cookies(&req, &mut Response::new()).get("b").as_deref(), Some("café"));
    /// ```
    pub fn get(&self, name: &str) -> Option<String> {
        let jar = self.lock();
        match jar.changes.iter().rev().find(|it| it.name() == name) {
            Some(changed) => (!changed.is_removal()).then(|| changed.value().to_owned()),
            None => jar.received(name).next().map(str::to_owned),
        }
    }

    /// Sets a cookie: a name and a value, or a [`Cookie`] with attributes.
    ///
    /// The value is percent-encoded.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the headers are already sent, the name or an attribute is invalid, or the
    ///   cookie breaks the rules of its prefix: `__Host-` allows no domain and no path other than `/`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Cookie, cookies, prelude::*};
    /// # use std::time::Duration;
    /// # fn main() -> Result<()> {
    /// let mut res = Response::new();
    /// let cookies = cookies(&Request::get("/"), &mut res);
    /// cookies.set(Cookie::new("__Host-seen", "yes").max_age(Duration::from_secs(3600)))?;
    /// let expected = "__Host-seen=yes; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600";
    /// assert_eq!(res.end().header("set-cookie").unwrap(), expected);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set(&self, cookie: impl Into<Cookie>) -> Result<(), Failure> {
        self.change(cookie.into())
    }

    /// Removes a cookie: a name, or a [`Cookie`] with the domain and the path with which it was set.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` in the same cases as [`set`](Self::set).
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies, prelude::*};
    /// # fn main() -> Result<()> {
    /// let mut res = Response::new();
    /// let cookies = cookies(&Request::get("/").header("cookie", "a=1"), &mut res);
    /// cookies.remove("a")?;
    /// assert!(cookies.get("a").is_none());
    /// let cookie = res.end().header("set-cookie").unwrap();
    /// assert!(cookie.to_str()?.contains("Max-Age=0"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn remove(&self, cookie: impl Into<Cookie>) -> Result<(), Failure> {
        self.change(cookie.into().into_removal())
    }

    /// Returns the cookies that are signed with a key: clients can read them but cannot change them.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, cookies, prelude::*};
    /// # fn main() -> Result<()> {
    /// let keys = Keys::new("a secret of at least 32 random bytes")?;
    /// let mut res = Response::new();
    /// cookies(&Request::get("/"), &mut res).signed(&keys).set(("user", "ada"))?;
    /// let cookie = res.end().header("set-cookie").unwrap();
    ///
    /// let req = Request::get("/").header("cookie", cookie.to_str()?.split(';').next().unwrap());
    /// assert_eq!(cookies(&req, &mut Response::new()).signed(&keys).get("user").as_deref(), Some("ada"));
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "cookies-secure")]
    pub fn signed<'a>(&'a self, keys: &'a Keys) -> SignedCookies<'a> {
        SignedCookies::new(self, keys)
    }

    /// Returns the cookies that are encrypted with a key: clients can neither read nor change them.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{cookies::Keys, cookies, prelude::*};
    /// # fn main() -> Result<()> {
    /// let keys = Keys::new("a secret of at least 32 random bytes")?;
    /// let mut res = Response::new();
    /// cookies(&Request::get("/"), &mut res).private(&keys).set(("balance", "7"))?;
    /// let cookie = res.end().header("set-cookie").unwrap();
    ///
    /// let req = Request::get("/").header("cookie", cookie.to_str()?.split(';').next().unwrap());
    /// assert_eq!(cookies(&req, &mut Response::new()).private(&keys).get("balance").as_deref(), Some("7"));
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "cookies-secure")]
    pub fn private<'a>(&'a self, keys: &'a Keys) -> PrivateCookies<'a> {
        PrivateCookies::new(self, keys)
    }

    fn change(&self, cookie: Cookie) -> Result<(), Failure> {
        let mut jar = self.lock();
        if jar.is_sent {
            let what = format!(
                "the cookie `{}` was changed after the headers were sent",
                cookie.name()
            );
            return Err(internal(what));
        }
        let cookie = cookie.checked().map_err(internal)?;
        jar.changes.retain(|other| !other.replaces(&cookie));
        jar.changes.push(cookie);
        Ok(())
    }

    fn send(&self, head: &mut OutgoingHead) {
        let mut jar = self.lock();
        jar.is_sent = true;
        let is_secure = jar.is_secure;
        for cookie in jar.changes.drain(..) {
            head.append_header(header::SET_COOKIE, cookie.header(is_secure));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Jar> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cookies {
    /// The output does not contain the values, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let jar = self.lock();
        let received = jar.received.iter().map(|(name, _)| &**name);
        let changed = jar.changes.iter().map(Cookie::name);
        f.debug_list().entries(received.chain(changed)).finish()
    }
}

impl Jar {
    /// Returns the received values of a name.
    fn received<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.received.iter().filter(move |(other, _)| other == name);
        named.map(|(_, value)| &**value)
    }
}

fn internal(what: impl Into<Cow<'static, str>>) -> Failure {
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

/// Returns the name-value pairs of the `cookie` headers. Pairs that are not UTF-8 when decoded are ignored.
pub(super) fn received(req: &Request) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for header in req.headers.get_all(header::COOKIE) {
        let Ok(text) = std::str::from_utf8(header.as_bytes()) else {
            continue;
        };
        for pair in ::cookie::Cookie::split_parse_encoded(text).flatten() {
            pairs.push((pair.name().to_owned(), pair.value().to_owned()));
        }
    }
    pairs
}

/// Returns whether the client is known to use HTTPS.
pub(super) fn is_https(req: &Request) -> bool {
    if req.socket.encrypted() || req.url.original().scheme_str() == Some("https") {
        return true;
    }
    let proto = req.headers.get("x-forwarded-proto");
    // A client that forges the header gets a cookie that it does not send back.
    let is_https = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"https");
    let forwarded = req.headers.get(header::FORWARDED);
    let is_forwarded = |value: &HeaderValue| {
        let text = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        text.split([',', ';']).any(|it| it.trim() == "proto=https")
    };
    proto.is_some_and(is_https) || forwarded.is_some_and(is_forwarded)
}
