//! A cookie with its attributes.

use std::time::Duration;

use ::cookie::time;

use crate::http::is_token_text;

/// Returns whether an attribute must not contain this character.
fn is_invalid(it: char) -> bool {
    it == ';' || it.is_control() || !it.is_ascii()
}

/// Whether a browser sends a cookie with requests that other sites initiate.
///
/// Node.js: no counterpart; Express: `sameSite`.
///
/// # Examples
///
/// ```
/// use onward::cookies::{Cookie, SameSite};
///
/// let cookie = Cookie::new("a", "1").same_site(SameSite::Strict);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// Only if the user follows a link. This is the default.
    Lax,
    /// Always. Browsers require `Secure` for it, so `Secure` is added.
    None,
}

/// A cookie to set, with its attributes.
///
/// By default, scripts cannot read the cookie (`HttpOnly`), browsers do not send it with a POST that another site
/// initiated (`SameSite=Lax`), it is valid for the whole site (`Path=/`) until the browser is closed, and if it is set
/// over HTTPS, it is sent only over HTTPS (`Secure`). A name that begins with `__Host-` protects the cookie from other
/// hosts of the domain and from pages that are not encrypted: the prefix implies `Secure`, no domain, and the path `/`.
/// The prefix `__Secure-` implies only `Secure`.
/// Node.js: no counterpart; Express: the options of `res.cookie`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Cookie;
/// use onward::prelude::*;
/// use std::time::Duration;
///
/// # fn main() -> Result<()> {
/// let mut res = Response::new();
/// let cookies = onward::cookies(&Request::get("/"), &mut res);
/// cookies.set(Cookie::new("theme", "dark").max_age(Duration::from_secs(31_536_000)).http_only(false))?;
/// assert_eq!(res.end().header("set-cookie").unwrap(), "theme=dark; SameSite=Lax; Path=/; Max-Age=31536000");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Cookie {
    inner: ::cookie::Cookie<'static>,
    is_removal: bool,
}

impl Cookie {
    /// Creates a cookie with the default attributes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Cookie;
    ///
    /// assert_eq!(Cookie::new("theme", "dark").value(), "dark");
    /// ```
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            inner: ::cookie::Cookie::new(name.into(), value.into()),
            is_removal: false,
        }
    }

    /// Returns the name.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Cookie;
    ///
    /// assert_eq!(Cookie::new("theme", "dark").name(), "theme");
    /// ```
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// Returns the value.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Cookie;
    ///
    /// assert_eq!(Cookie::new("theme", "dark").value(), "dark");
    /// ```
    pub fn value(&self) -> &str {
        self.inner.value()
    }

    /// Sets how long browsers keep the cookie.
    ///
    /// Default: until the browser is closed.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::Cookie;
    /// let cookie = Cookie::new("a", "1").max_age(std::time::Duration::from_secs(3600));
    /// ```
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        let seconds = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        self.inner.set_max_age(time::Duration::seconds(seconds));
        self
    }

    /// Sets the path below which browsers send the cookie.
    ///
    /// Default: `/`. The path does not protect the cookie, because pages of other paths can read it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::Cookie;
    /// let cookie = Cookie::new("a", "1").path("/admin");
    /// ```
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.inner.set_path(path.into());
        self
    }

    /// Sets the domain; browsers send the cookie to all of its hosts.
    ///
    /// Default: browsers send the cookie only to the host that set it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::Cookie;
    /// let cookie = Cookie::new("a", "1").domain("shop.example");
    /// ```
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.inner.set_domain(domain.into());
        self
    }

    /// Sets whether browsers send the cookie with requests that other sites initiate.
    ///
    /// Default: [`SameSite::Lax`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::{Cookie, SameSite};
    /// let cookie = Cookie::new("a", "1").same_site(SameSite::None);
    /// ```
    #[must_use]
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.inner.set_same_site(match same_site {
            SameSite::Strict => ::cookie::SameSite::Strict,
            SameSite::Lax => ::cookie::SameSite::Lax,
            SameSite::None => ::cookie::SameSite::None,
        });
        self
    }

    /// Sets whether the cookie is hidden from scripts.
    ///
    /// Default: `true`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::Cookie;
    /// let cookie = Cookie::new("theme", "dark").http_only(false);
    /// ```
    #[must_use]
    pub fn http_only(mut self, http_only: bool) -> Self {
        self.inner.set_http_only(http_only);
        self
    }

    /// Sets whether browsers send the cookie only over HTTPS.
    ///
    /// Default: `true` if the client uses HTTPS. [`SameSite::None`] and the prefixes `__Host-` and `__Secure-` always
    /// imply `Secure`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::cookies::Cookie;
    /// let cookie = Cookie::new("a", "1").secure(true);
    /// ```
    #[must_use]
    pub fn secure(mut self, secure: bool) -> Self {
        self.inner.set_secure(secure);
        self
    }

    pub(crate) fn into_removal(mut self) -> Self {
        self.inner.set_value("");
        self.is_removal = true;
        self.max_age(Duration::ZERO)
    }

    pub(crate) fn is_removal(&self) -> bool {
        self.is_removal
    }

    #[cfg(feature = "cookies-secure")]
    pub(crate) fn with_value(mut self, value: String) -> Self {
        self.inner.set_value(value);
        self
    }

    /// Returns whether browsers replace `other` with this cookie.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        let key = |it: &Self| {
            let path = it.inner.path().unwrap_or("/").to_owned();
            let domain = it.inner.domain().map(str::to_ascii_lowercase);
            (it.name().to_owned(), path, domain)
        };
        key(self) == key(other)
    }

    /// Checks that browsers accept the cookie.
    pub(crate) fn checked(self) -> Result<Self, String> {
        let name = self.name();
        if !is_token_text(name) {
            return Err(format!("the name of the cookie `{name}` is not a token"));
        }
        for attribute in [self.inner.path(), self.inner.domain()] {
            if attribute.is_some_and(|it| it.is_empty() || it.contains(is_invalid)) {
                return Err(format!("an attribute of the cookie `{name}` is invalid"));
            }
        }
        let is_of_host = self.inner.domain().is_none() && self.inner.path().unwrap_or("/") == "/";
        if has_prefix(name, "__Host-") && !is_of_host {
            return Err(format!(
                "the cookie `{name}` must have no domain and the path `/`"
            ));
        }
        Ok(self)
    }

    /// Returns the value of `set-cookie`. `is_https` states whether the client uses HTTPS.
    pub(crate) fn header(mut self, is_https: bool) -> String {
        let inner = &mut self.inner;
        let same_site = *inner.same_site().get_or_insert(::cookie::SameSite::Lax);
        let needs_https = has_prefix(inner.name(), "__Host-")
            || has_prefix(inner.name(), "__Secure-")
            || same_site == ::cookie::SameSite::None;
        inner.set_same_site(same_site);
        let is_http_only = inner.http_only().unwrap_or(true);
        inner.set_http_only(is_http_only);
        let is_secure = needs_https || inner.secure().unwrap_or(is_https);
        inner.set_secure(is_secure);
        if inner.path().is_none() {
            inner.set_path("/");
        }
        inner.encoded().to_string()
    }
}

/// Returns whether a name has a prefix, ignoring its case as browsers do.
fn has_prefix(name: &str, prefix: &str) -> bool {
    let start = name.get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

impl<N: Into<String>, V: Into<String>> From<(N, V)> for Cookie {
    fn from((name, value): (N, V)) -> Self {
        Self::new(name, value)
    }
}

/// Creates a cookie without a value, such as the argument of [`Cookies::remove`](super::Cookies::remove).
impl From<&str> for Cookie {
    fn from(name: &str) -> Self {
        Self::new(name, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_default_to_safe_ones() {
        let base = || Cookie::new("a", "1");
        for (cookie, plain, https) in [
            (
                base(),
                "a=1; HttpOnly; SameSite=Lax; Path=/",
                "a=1; HttpOnly; SameSite=Lax; Secure; Path=/",
            ),
            (
                base().secure(false).http_only(false),
                "a=1; SameSite=Lax; Path=/",
                "a=1; SameSite=Lax; Path=/",
            ),
            (
                base().same_site(SameSite::None),
                "a=1; HttpOnly; SameSite=None; Secure; Path=/",
                "a=1; HttpOnly; SameSite=None; Secure; Path=/",
            ),
            (
                base().path("/x").domain("b.example"),
                "a=1; HttpOnly; SameSite=Lax; Path=/x; Domain=b.example",
                "a=1; HttpOnly; SameSite=Lax; Secure; Path=/x; Domain=b.example",
            ),
            (
                Cookie::new("__Secure-a", "1").secure(false),
                "__Secure-a=1; HttpOnly; SameSite=Lax; Secure; Path=/",
                "__Secure-a=1; HttpOnly; SameSite=Lax; Secure; Path=/",
            ),
        ] {
            assert_eq!(cookie.clone().header(false), plain);
            assert_eq!(cookie.header(true), https);
        }
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        for value in [
            "1; Domain=evil.example",
            "1\r\nx: y",
            "1,2",
            "caf\u{e9}",
            "a b\"",
            "\0",
        ] {
            let header = Cookie::new("a", value).header(false);
            assert_eq!(header.split("; ").count(), 4, "{header}");
            assert!(
                header.bytes().all(|it| (0x20..0x7f).contains(&it)),
                "{header}"
            );
        }
    }

    #[test]
    fn a_cookie_that_browsers_reject_is_an_error() {
        for cookie in [
            Cookie::new("", "1"),
            Cookie::new("a b", "1"),
            Cookie::new("a=b", "1"),
            Cookie::new("a;b", "1"),
            Cookie::new("caf\u{e9}", "1"),
            Cookie::new("a\r\nb", "1"),
            Cookie::new("a", "1").path("/x; Domain=evil.example"),
            Cookie::new("a", "1").domain("b.example\r\nx: y"),
            Cookie::new("a", "1").domain(""),
            Cookie::new("__Host-a", "1").domain("b.example"),
            Cookie::new("__host-a", "1").path("/x"),
        ] {
            assert!(cookie.clone().checked().is_err(), "{cookie:?}");
        }
        assert!(Cookie::new("__Host-a", "1").path("/").checked().is_ok());
    }
}
