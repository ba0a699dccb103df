//! The methods of a request and of a path, and the answer when they have none in common.

use std::ops::{BitOr, BitOrAssign};

use http::{HeaderValue, Method, StatusCode, header};

use crate::error::Error;
use crate::http::{Response, Sent};

/// A set of methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods(u16);

/// GET alone.
pub const GET: Methods = Methods(1);
/// HEAD alone.
pub const HEAD: Methods = Methods(1 << 1);
/// POST alone.
pub const POST: Methods = Methods(1 << 2);
/// PUT alone.
pub const PUT: Methods = Methods(1 << 3);
/// PATCH alone.
pub const PATCH: Methods = Methods(1 << 4);
/// DELETE alone.
pub const DELETE: Methods = Methods(1 << 5);
/// OPTIONS alone.
pub const OPTIONS: Methods = Methods(1 << 6);
/// QUERY alone.
pub const QUERY: Methods = Methods(1 << 7);
/// TRACE alone.
pub const TRACE: Methods = Methods(1 << 8);
/// CONNECT alone.
pub const CONNECT: Methods = Methods(1 << 9);

/// In the order in which the `allow` header lists them.
const NAMES: [(Methods, &str); 10] = [
    (GET, "GET"),
    (HEAD, "HEAD"),
    (POST, "POST"),
    (PUT, "PUT"),
    (PATCH, "PATCH"),
    (DELETE, "DELETE"),
    (OPTIONS, "OPTIONS"),
    (QUERY, "QUERY"),
    (TRACE, "TRACE"),
    (CONNECT, "CONNECT"),
];

impl Methods {
    /// No method.
    pub const NONE: Self = Self(0);

    /// The method of a request; none if no route can name it.
    #[inline]
    pub fn of(method: &Method) -> Self {
        match *method {
            Method::GET => GET,
            Method::HEAD => HEAD,
            Method::POST => POST,
            Method::PUT => PUT,
            Method::PATCH => PATCH,
            Method::DELETE => DELETE,
            Method::OPTIONS => OPTIONS,
            Method::QUERY => QUERY,
            Method::TRACE => TRACE,
            Method::CONNECT => CONNECT,
            _ => Self::NONE,
        }
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What the `allow` header says: OPTIONS is always answered, and HEAD wherever GET is.
    fn header(mut self) -> String {
        self |= OPTIONS;
        if self.has(GET) {
            self |= HEAD;
        }
        let names = NAMES.iter().filter(|(method, _)| self.has(*method));
        names.map(|&(_, name)| name).collect::<Vec<_>>().join(", ")
    }
}

impl BitOr for Methods {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Methods {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The decision that no route matches, and which methods would have.
#[derive(Clone, Copy, Debug)]
pub struct Unmatched {
    allow: Methods,
    options: bool,
}

impl Unmatched {
    /// For a request with this method, on a path that answers to `allow`. If the method is one of them, a guard has
    /// refused the request: it is not sent back to where it came from. With GET goes the HEAD that came with it.
    #[inline]
    pub fn new(method: Methods, allow: Methods) -> Self {
        let refused = match method {
            OPTIONS => Methods::NONE,
            GET | HEAD if allow.has(GET) => GET | HEAD,
            method => method,
        };
        Self {
            allow: allow.without(refused),
            options: method == OPTIONS,
        }
    }

    /// Whether the path has no route at all, or none that would have another method.
    pub fn is_unknown(self) -> bool {
        self.allow == Methods::NONE
    }
}

/// The answer when no route matches: 404; or 405 with `allow`, where the path is there for other methods, which is
/// also what OPTIONS asks for.
///
/// # Errors
/// The 404 and the 405, so that the handler's own error type sees them.
pub fn unmatched<E: From<Error>>(unmatched: Unmatched, mut res: Response) -> Result<Sent, E> {
    if unmatched.is_unknown() {
        return Err(E::from(Error::not_found()));
    }
    let allow = unmatched.allow.header();
    if let Ok(value) = HeaderValue::try_from(&allow) {
        res.set_header(header::ALLOW, value);
    }
    if unmatched.options {
        res.status_code = StatusCode::NO_CONTENT;
        return Ok(res.end());
    }
    Err(E::from(Error::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("this path answers to {allow}"),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(method: Method, allow: Methods) -> Result<Sent, Error> {
        unmatched(Unmatched::new(Methods::of(&method), allow), Response::new())
    }

    #[test]
    fn a_path_that_nobody_knows_is_not_found() {
        let error = answer(Method::OPTIONS, Methods::NONE).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn another_method_is_not_allowed() {
        let error = answer(Method::POST, DELETE | GET).expect_err("405");
        assert_eq!(error.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(
            error.message(),
            "this path answers to GET, HEAD, DELETE, OPTIONS"
        );
    }

    #[test]
    fn a_method_that_a_guard_refused_is_not_offered() {
        let get = GET | HEAD;
        let error = answer(Method::GET, get).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        let error = answer(Method::HEAD, get | POST).expect_err("405");
        assert_eq!(error.message(), "this path answers to POST, OPTIONS");
        let error = answer(Method::GET, HEAD).expect_err("405");
        assert_eq!(error.message(), "this path answers to HEAD, OPTIONS");
    }

    #[test]
    fn options_are_listed_in_one_order() {
        let mut allow = CONNECT;
        allow |= POST;
        let sent = answer(Method::OPTIONS, allow).expect("204");
        assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
        assert_eq!(
            sent.header("allow").expect("allow"),
            "POST, OPTIONS, CONNECT"
        );
    }

    #[test]
    fn every_method_that_a_route_can_name_is_known() {
        for (methods, name) in NAMES {
            let method = Method::from_bytes(name.as_bytes()).expect("a method");
            assert_eq!(Methods::of(&method), methods);
        }
        let other = Method::from_bytes(b"PURGE").expect("a method");
        assert_eq!(Methods::of(&other), Methods::NONE);
    }
}
