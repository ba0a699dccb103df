//! Cookies that clients cannot change.

use http::StatusCode;

use super::{Cookie, Cookies, Keys};
use crate::error::{Error, Failure};

macro_rules! view {
    ($(#[$docs:meta])* $View:ident, $what:literal, $seal:expr, $open:expr) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug)]
        pub struct $View<'a> {
            cookies: &'a Cookies,
            keys: &'a Keys,
        }

        impl<'a> $View<'a> {
            pub(super) fn new(cookies: &'a Cookies, keys: &'a Keys) -> Self {
                Self { cookies, keys }
            }

            /// Returns the value of a cookie that was set with [`set`](Self::set).
            ///
            /// If the client sent several cookies with this name, the value is that of the first valid one. An invalid
            /// cookie, for example one that was created with a different key, is ignored and reported as
            /// [`event::Error`](crate::http::event::Error) with the status 400.
            pub fn get(&self, name: &str) -> Option<String> {
                let jar = self.cookies.lock();
                let changed = jar.changes.iter().rev().find(|it| it.name() == name);
                if let Some(changed) = changed {
                    return $open(self.keys, name, changed.value());
                }
                let mut is_invalid = false;
                let valid = jar.received(name).find_map(|value| {
                    let opened = $open(self.keys, name, value);
                    is_invalid |= opened.is_none();
                    opened
                });
                let reporter = is_invalid.then(|| jar.reporter.clone());
                drop(jar);
                if let Some(reporter) = reporter {
                    let what = format!(concat!("the cookie `{}` ", $what), name);
                    reporter.report(&mut Error::new(StatusCode::BAD_REQUEST, what));
                }
                valid
            }

            /// Sets a cookie: a name and a value, or a [`Cookie`] with attributes.
            ///
            /// # Errors
            ///
            /// - `500 Internal Server Error` in the same cases as [`Cookies::set`].
            pub fn set(&self, cookie: impl Into<Cookie>) -> Result<(), Failure> {
                let cookie = cookie.into();
                let value = $seal(self.keys, cookie.name(), cookie.value());
                self.cookies.set(cookie.with_value(value))
            }

            /// Removes a cookie: see [`Cookies::remove`].
            ///
            /// # Errors
            ///
            /// - `500 Internal Server Error` in the same cases as [`Cookies::set`].
            pub fn remove(&self, cookie: impl Into<Cookie>) -> Result<(), Failure> {
                self.cookies.remove(cookie)
            }
        }
    };
}

view! {
    /// The signed cookies of a request: see [`Cookies::signed`].
    ///
    /// Clients can read them but cannot change them, because of an HMAC-SHA256 of the name and the value. A client can
    /// send an older value again.
    /// Node.js: no counterpart; Express: `req.signedCookies`.
    SignedCookies, "has no valid signature", Keys::sign, |keys: &Keys, name, value| {
        keys.verify(name, value).map(|(value, _)| value)
    }
}

view! {
    /// The encrypted cookies of a request: see [`Cookies::private`].
    ///
    /// Clients can neither read nor change them, because the value is encrypted with AES-256-GCM, bound to the name. A
    /// client can send an older value again.
    /// Node.js: no counterpart.
    PrivateCookies, "cannot be decrypted", Keys::encrypt, Keys::decrypt
}
