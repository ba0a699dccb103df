//! The set of methods for which a path has routes.

use std::ops::{BitOr, BitOrAssign};

use http::Method;

/// A set of methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allow(u16);

/// The methods in the order of the `allow` header.
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
    /// GET, which includes HEAD.
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

    /// Returns the union of both sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the set that contains this method, or the empty set if a route can match the method only with `ANY`.
    pub(super) fn of(method: &Method) -> Self {
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

    /// Returns the methods of the routes whose guards have rejected a request with this method: GET and HEAD for either
    /// of the two, if there is a route for GET.
    pub(super) fn excluded_by_guard(self, method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD if self.has(Self::GET) => Self::GET | Self::HEAD,
            _ => Self::of(method),
        }
    }

    /// Returns the value of the `allow` header, which always contains OPTIONS, and contains HEAD if it contains GET.
    pub(super) fn header(mut self) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_that_a_route_can_name_is_known() {
        let purge = Method::from_bytes(b"PURGE").expect("a method");
        for (allow, name) in NAMES {
            let method = Method::from_bytes(name.as_bytes()).expect("a method");
            assert_eq!(Allow::of(&method), allow);
        }
        assert_eq!(Allow::of(&purge), Allow::NONE);
    }
}
