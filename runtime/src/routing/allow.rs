//! The methods of a path, and the response to a request that no route matches.

use std::ops::{BitOr, BitOrAssign};

use http::{HeaderValue, Method, StatusCode, header};

use crate::error::Failure;
use crate::http::{Response, Sent};

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

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the set of this method, which is empty if a route can only match it with `ANY`.
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

    /// Returns the methods of the routes whose guards have rejected a request with this method: for HEAD also GET.
    fn excluded_by_guard(self, method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD if self.has(Self::GET) => Self::GET | Self::HEAD,
            _ => Self::of(method),
        }
    }

    /// Returns the value of the `allow` header, which always has OPTIONS, and HEAD if it has GET.
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

/// The decision that no route matches a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// No route has this path, or only routes whose guard has rejected the request.
    NotFound,
    /// The path has routes for these other methods.
    NotAllowed(Allow),
    /// OPTIONS for a path that has routes for these methods.
    Options(Allow),
    /// `OPTIONS *`, which asks about the server as a whole.
    ServerOptions,
    /// The method is not one that a route can name, on a path that has routes for these methods.
    NotImplemented(Allow),
    /// A mounted server redirects the request to the path with or without the trailing slash.
    OtherSlash,
}

impl Unmatched {
    /// Decides how to respond to a request whose path has routes for `allow`. If its method is one of them, a guard has
    /// rejected the request, so the response does not list that method.
    pub fn new(method: &Method, path: &str, allow: Allow) -> Self {
        if *method == Method::OPTIONS {
            return match allow {
                _ if path == "*" => Self::ServerOptions,
                Allow::NONE => Self::NotFound,
                allow => Self::Options(allow),
            };
        }
        if Allow::of(method) == Allow::NONE {
            return Self::NotImplemented(allow);
        }
        match allow.without(allow.excluded_by_guard(method)) {
            Allow::NONE => Self::NotFound,
            allow => Self::NotAllowed(allow),
        }
    }

    /// Combines the decision of a mounted server with that of the routes above the mount.
    #[must_use]
    pub fn or(self, above: Self) -> Self {
        match self {
            Self::NotFound => above,
            Self::OtherSlash if above == Self::NotFound => self,
            Self::OtherSlash => above,
            Self::NotAllowed(allow) => Self::NotAllowed(allow | above.methods()),
            Self::Options(allow) => Self::Options(allow | above.methods()),
            Self::NotImplemented(allow) => Self::NotImplemented(allow | above.methods()),
            Self::ServerOptions => self,
        }
    }

    fn methods(self) -> Allow {
        match self {
            Self::NotAllowed(allow) | Self::Options(allow) | Self::NotImplemented(allow) => allow,
            Self::NotFound | Self::OtherSlash | Self::ServerOptions => Allow::NONE,
        }
    }

    /// Returns whether a mounted server redirects the request.
    pub fn is_other_slash(self) -> bool {
        self == Self::OtherSlash
    }

    /// Returns whether the path has no routes for other methods, so that a redirect to another path may help.
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::NotFound | Self::NotImplemented(Allow::NONE))
    }
}

/// Responds to a request that no route matches.
///
/// # Errors
///
/// The error responses, so that they are converted to the handler's own error type:
///
/// - `404 Not Found` if no route has the path.
/// - `405 Method Not Allowed` with `allow` if the path has routes for other methods.
/// - `501 Not Implemented` if the method is not one that a route can name.
pub fn respond_unmatched<E: From<Failure>>(
    unmatched: Unmatched,
    mut res: Response,
) -> Result<Sent, E> {
    let error = match unmatched.or(res.unmatched_above()) {
        Unmatched::NotFound | Unmatched::OtherSlash => Failure::not_found(),
        Unmatched::NotImplemented(_) => {
            Failure::new(StatusCode::NOT_IMPLEMENTED, "method not implemented")
        }
        Unmatched::NotAllowed(allow) => {
            let allow = set_allow(&mut res, allow);
            Failure::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("allowed methods: {allow}"),
            )
        }
        Unmatched::Options(allow) => {
            set_allow(&mut res, allow);
            return Ok(no_content(res));
        }
        Unmatched::ServerOptions => return Ok(no_content(res)),
    };
    Err(E::from(error))
}

/// Sets the `allow` header and returns its value.
fn set_allow(res: &mut Response, allow: Allow) -> String {
    let allow = allow.header();
    if let Ok(value) = HeaderValue::try_from(&allow) {
        res.set_header(header::ALLOW, value);
    }
    allow
}

fn no_content(mut res: Response) -> Sent {
    res.status_code = StatusCode::NO_CONTENT;
    res.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn respond(method: Method, allow: Allow) -> Result<Sent, Failure> {
        respond_unmatched(Unmatched::new(&method, "/", allow), Response::new())
    }

    fn purge() -> Method {
        Method::from_bytes(b"PURGE").expect("a method")
    }

    #[test]
    fn an_unknown_path_is_not_found() {
        let error = respond(Method::OPTIONS, Allow::NONE).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn another_method_is_not_allowed() {
        let error = respond(Method::POST, Allow::DELETE | Allow::GET).expect_err("405");
        assert_eq!(error.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(
            error.message(),
            "allowed methods: GET, HEAD, DELETE, OPTIONS"
        );
    }

    #[test]
    fn a_method_that_no_route_can_name_is_not_implemented() {
        for allow in [Allow::NONE, Allow::GET] {
            let error = respond(purge(), allow).expect_err("501");
            assert_eq!(error.status(), StatusCode::NOT_IMPLEMENTED);
        }
    }

    #[test]
    fn a_method_that_a_guard_rejected_is_not_offered() {
        let get = Allow::GET | Allow::HEAD;
        let error = respond(Method::GET, get).expect_err("404");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        let error = respond(Method::HEAD, get | Allow::POST).expect_err("405");
        assert_eq!(error.message(), "allowed methods: POST, OPTIONS");
        let error = respond(Method::GET, Allow::HEAD).expect_err("405");
        assert_eq!(error.message(), "allowed methods: HEAD, OPTIONS");
    }

    #[test]
    fn options_are_listed_in_one_order() {
        let mut allow = Allow::CONNECT;
        allow |= Allow::POST;
        let sent = respond(Method::OPTIONS, allow).expect("204");
        assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
        assert_eq!(
            sent.header("allow").expect("allow"),
            "POST, OPTIONS, CONNECT"
        );
    }

    #[test]
    fn options_of_the_server_are_no_content() {
        let unmatched = Unmatched::new(&Method::OPTIONS, "*", Allow::NONE);
        let sent = respond_unmatched::<Failure>(unmatched, Response::new()).expect("204");
        assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
        assert!(!unmatched.is_unknown());
    }

    #[test]
    fn every_method_that_a_route_can_name_is_known() {
        for (allow, name) in NAMES {
            let method = Method::from_bytes(name.as_bytes()).expect("a method");
            assert_eq!(Allow::of(&method), allow);
        }
        assert_eq!(Allow::of(&purge()), Allow::NONE);
    }
}
