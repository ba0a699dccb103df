//! The methods of a path, for the answer when none of them was asked for.

use std::ops::{BitOr, BitOrAssign};

use http::{HeaderValue, Method, StatusCode, header};

use crate::error::Error;
use crate::http::{Response, Sent};

/// A set of methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allow(u16);

/// In the order in which the `allow` header lists them.
const NAMES: [(Allow, &str); 10] = [
    (Allow::GET, "GET"),
    (Allow::HEAD, "HEAD"),
    (Allow::POST, "POST"),
    (Allow::PUT, "PUT"),
    (Allow::PATCH, "PATCH"),
    (Allow::DELETE, "DELETE"),
    (Allow::OPTIONS, "OPTIONS"),
    (Allow::QUERY, "QUERY"),
    (Allow::TRACE, "TRACE"),
    (Allow::CONNECT, "CONNECT"),
];

impl Allow {
    /// No method.
    pub const NONE: Self = Self(0);
    /// GET, and the HEAD that comes with it.
    pub const GET: Self = Self(1);
    /// HEAD alone.
    pub const HEAD: Self = Self(1 << 1);
    /// POST alone.
    pub const POST: Self = Self(1 << 2);
    /// PUT alone.
    pub const PUT: Self = Self(1 << 3);
    /// PATCH alone.
    pub const PATCH: Self = Self(1 << 4);
    /// DELETE alone.
    pub const DELETE: Self = Self(1 << 5);
    /// OPTIONS alone.
    pub const OPTIONS: Self = Self(1 << 6);
    /// QUERY alone.
    pub const QUERY: Self = Self(1 << 7);
    /// TRACE alone.
    pub const TRACE: Self = Self(1 << 8);
    /// CONNECT alone.
    pub const CONNECT: Self = Self(1 << 9);

    /// Both sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The method alone; none if no route can name it.
    fn of(method: &Method) -> Self {
        match *method {
            Method::GET => Self::GET,
            Method::HEAD => Self::HEAD,
            Method::POST => Self::POST,
            Method::PUT => Self::PUT,
            Method::PATCH => Self::PATCH,
            Method::DELETE => Self::DELETE,
            Method::OPTIONS => Self::OPTIONS,
            Method::QUERY => Self::QUERY,
            Method::TRACE => Self::TRACE,
            Method::CONNECT => Self::CONNECT,
            _ => Self::NONE,
        }
    }

    /// What a request with this method rules out when no route took it: with GET goes the HEAD that came with it.
    fn excluded_by_guard(self, method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD if self.has(Self::GET) => Self::GET | Self::HEAD,
            _ => Self::of(method),
        }
    }

    /// What the `allow` header says: OPTIONS is always answered, and HEAD wherever GET is.
    fn header(mut self) -> String {
        self |= Self::OPTIONS;
        if self.has(Self::GET) {
            self |= Self::HEAD;
        }
        let mut text = String::new();
        for (method, name) in NAMES {
            if self.has(method) {
                if !text.is_empty() {
                    text.push_str(", ");
                }
                text.push_str(name);
            }
        }
        text
    }
}

impl BitOr for Allow {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitOrAssign for Allow {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The decision that no route matches, and which methods would have.
#[derive(Clone, Copy, Debug)]
pub struct Unmatched {
    allow: Allow,
    options: bool,
}

impl Unmatched {
    /// For a request with this method, on a path that answers to `allow`. If the method is one of them, a guard has
    /// refused the request: it is not sent back to where it came from.
    pub fn new(method: &Method, allow: Allow) -> Self {
        let options = *method == Method::OPTIONS;
        let allow = if options {
            allow
        } else {
            allow.without(allow.excluded_by_guard(method))
        };
        Self { allow, options }
    }

    /// Whether the path has no route at all, or none that would have another method.
    pub fn is_unknown(self) -> bool {
        self.allow == Allow::NONE
    }
}

/// The answer when no route matches: 404; or 405 with `allow`, where the path is there for other methods, which is
/// also what OPTIONS asks for.
///
/// # Errors
/// The 404 and the 405, so that the handler's own error type sees them.
pub fn respond_unmatched<E: From<Error>>(unmatched: Unmatched, res: Response) -> Result<Sent, E> {
    method_not_allowed(unmatched, res).map_err(E::from)
}

fn method_not_allowed(unmatched: Unmatched, mut res: Response) -> Result<Sent, Error> {
    if unmatched.is_unknown() {
        return Err(Error::not_found());
    }
    let allow = unmatched.allow.header();
    if let Ok(value) = HeaderValue::try_from(&allow) {
        res.set_header(header::ALLOW, value);
    }
    if unmatched.options {
        res.status_code = StatusCode::NO_CONTENT;
        return Ok(res.end());
    }
    let what = format!("this path answers to {allow}");
    Err(Error::new(StatusCode::METHOD_NOT_ALLOWED, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(method: Method, allow: Allow) -> Result<Sent, Error> {
        respond_unmatched(Unmatched::new(&method, allow), Response::new())
    }

    #[test]
    fn a_path_that_nobody_knows_is_not_found() {
        let error = answer(Method::OPTIONS, Allow::NONE).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn another_method_is_not_allowed() {
        let error = answer(Method::POST, Allow::DELETE | Allow::GET).expect_err("405");
        assert_eq!(error.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(
            error.message(),
            "this path answers to GET, HEAD, DELETE, OPTIONS"
        );
    }

    #[test]
    fn a_method_that_a_guard_refused_is_not_offered() {
        let get = Allow::GET | Allow::HEAD;
        let error = answer(Method::GET, get).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        let error = answer(Method::HEAD, get | Allow::POST).expect_err("405");
        assert_eq!(error.message(), "this path answers to POST, OPTIONS");
        let error = answer(Method::GET, Allow::HEAD).expect_err("405");
        assert_eq!(error.message(), "this path answers to HEAD, OPTIONS");
    }

    #[test]
    fn options_are_listed_in_one_order() {
        let mut allow = Allow::CONNECT;
        allow |= Allow::POST;
        let sent = answer(Method::OPTIONS, allow).expect("204");
        assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
        assert_eq!(
            sent.header("allow").expect("allow"),
            "POST, OPTIONS, CONNECT"
        );
    }

    #[test]
    fn every_method_that_a_route_can_name_is_known() {
        for (allow, name) in NAMES {
            let method = Method::from_bytes(name.as_bytes()).expect("a method");
            assert_eq!(Allow::of(&method), allow);
        }
        let other = Method::from_bytes(b"PURGE").expect("a method");
        assert_eq!(Allow::of(&other), Allow::NONE);
    }
}
