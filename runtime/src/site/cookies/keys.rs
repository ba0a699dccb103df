//! The keys that sign and encrypt cookies.

use std::fmt;

use ::cookie::{Cookie, CookieJar, Key};
use http::StatusCode;

use crate::error::Failure;

/// The minimum length of a secret in bytes.
const MIN_SECRET: usize = 32;

/// The length of the signature in a signed value, in characters: 32 bytes in base64.
const SIGNATURE: usize = 44;

/// The keys that sign and encrypt cookies: one for new cookies, and old ones that are still accepted.
///
/// A key is derived from a secret, which should be random, must be the same for all processes of a site, and does not
/// belong in the source code. To change the secret, pass the old one to [`accept`](Self::accept) until the cookies that
/// were signed or encrypted with it have expired.
/// Node.js: no counterpart; Express: the array of secrets of `cookie-session` and `express-session`.
///
/// # Examples
///
/// ```
/// use onward::cookies::Keys;
///
/// # fn main() -> onward::Result<()> {
/// let keys = Keys::new("a new secret of at least 32 bytes")?.accept("the old secret of at least 32 bytes")?;
/// assert!(Keys::new("short").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Keys {
    current: Key,
    old: Vec<Key>,
}

impl Keys {
    /// Derives the key for new cookies from a secret.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the secret has fewer than 32 bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Keys;
    ///
    /// assert!(Keys::new("a secret of at least 32 random bytes").is_ok());
    /// ```
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, Failure> {
        Ok(Self {
            current: derived(secret.as_ref())?,
            old: Vec::new(),
        })
    }

    /// Also accepts received cookies that were signed or encrypted with the key of an old secret.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the secret has fewer than 32 bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::cookies::Keys;
    ///
    /// # fn main() -> onward::Result<()> {
    /// let keys = Keys::new("a new secret of at least 32 bytes")?.accept("the old secret of at least 32 bytes")?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn accept(mut self, secret: impl AsRef<[u8]>) -> Result<Self, Failure> {
        self.old.push(derived(secret.as_ref())?);
        Ok(self)
    }

    /// Signs a value. The signature covers the name, so it is not valid for any other cookie.
    pub(crate) fn sign(&self, name: &str, value: &str) -> String {
        let mut jar = CookieJar::new();
        jar.signed_mut(&self.current)
            .add(Cookie::new(name.to_owned(), format!("{name}={value}")));
        let signed = jar.get(name).map(Cookie::value).unwrap_or_default();
        let (signature, _) = signed.split_at_checked(SIGNATURE).unwrap_or_default();
        format!("{signature}{value}")
    }

    /// Returns the value that was signed, and whether it was signed with the current key.
    pub(crate) fn verify(&self, name: &str, signed: &str) -> Option<(String, bool)> {
        let (signature, value) = signed.split_at_checked(SIGNATURE)?;
        let whole = format!("{signature}{name}={value}");
        let is_valid = |key: &Key| {
            let jar = CookieJar::new();
            let cookie = Cookie::new(name.to_owned(), whole.clone());
            jar.signed(key).verify(cookie).is_some()
        };
        let is_current = is_valid(&self.current);
        let is_accepted = is_current || self.old.iter().any(is_valid);
        is_accepted.then(|| (value.to_owned(), is_current))
    }

    /// Encrypts a value for the cookie with this name.
    pub(super) fn encrypt(&self, name: &str, value: &str) -> String {
        let mut jar = CookieJar::new();
        jar.private_mut(&self.current)
            .add(Cookie::new(name.to_owned(), value.to_owned()));
        let value = jar.get(name).map(Cookie::value).unwrap_or_default();
        value.to_owned()
    }

    pub(super) fn decrypt(&self, name: &str, encrypted: &str) -> Option<String> {
        let decrypted = |key: &Key| {
            let cookie = Cookie::new(name.to_owned(), encrypted.to_owned());
            let cookie = CookieJar::new().private(key).decrypt(cookie)?;
            Some(cookie.value().to_owned())
        };
        decrypted(&self.current).or_else(|| self.old.iter().find_map(decrypted))
    }
}

fn derived(secret: &[u8]) -> Result<Key, Failure> {
    if secret.len() < MIN_SECRET {
        let what = format!("a secret for cookies needs at least {MIN_SECRET} bytes");
        return Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what));
    }
    Ok(Key::derive_from(secret))
}

impl fmt::Debug for Keys {
    /// The output does not contain the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("old", &self.old.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: &str) -> Keys {
        Keys::new(secret.repeat(32)).expect("a long secret")
    }

    #[test]
    fn a_truncated_or_changed_signed_value_is_invalid() {
        let keys = keys("a");
        let signed = keys.sign("user", "ada");
        assert_eq!(keys.verify("user", &signed), Some(("ada".into(), true)));
        for end in 0..signed.len() {
            assert_eq!(keys.verify("user", &signed[..end]), None);
        }
        for at in 0..signed.len() {
            let mut changed = signed.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(keys.verify("user", &changed), None, "{changed}");
        }
        assert_eq!(keys.verify("user", &format!("{signed}x")), None);
        assert_eq!(keys.verify("admin", &signed), None);
        assert_eq!(keys.verify("user", "\u{e9}".repeat(30).as_str()), None);
    }

    #[test]
    fn a_truncated_encrypted_value_is_invalid() {
        let keys = keys("a");
        let encrypted = keys.encrypt("user", "ada");
        assert_eq!(keys.decrypt("user", &encrypted).as_deref(), Some("ada"));
        assert_eq!(keys.decrypt("admin", &encrypted), None);
        for at in 0..encrypted.len() {
            assert_eq!(keys.decrypt("user", &encrypted[..at]), None);
        }
        assert!(!encrypted.contains("ada"));
    }

    #[test]
    fn old_keys_are_accepted_and_foreign_ones_are_not() {
        let (old, foreign) = (keys("a"), keys("c"));
        let new = keys("b").accept("a".repeat(32)).expect("a long secret");
        let signed = old.sign("user", "ada");
        assert_eq!(new.verify("user", &signed), Some(("ada".into(), false)));
        assert_eq!(foreign.verify("user", &signed), None);
        let encrypted = old.encrypt("user", "ada");
        assert_eq!(new.decrypt("user", &encrypted).as_deref(), Some("ada"));
        assert_eq!(foreign.decrypt("user", &encrypted), None);
    }
}
