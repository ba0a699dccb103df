//! The response to a request that no route matches: 404, 405, 501, or the methods of the path.

use http::{HeaderValue, Method, StatusCode, header};

use super::allow::Allow;
use crate::error::{Failure, Result};
use crate::http::{Response, Sent};

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
    /// No route can name the method, and the path has routes for these methods.
    NotImplemented(Allow),
    /// A mounted server redirects the request to the path with or without the trailing slash.
    OtherSlash,
}

impl Unmatched {
    /// Decides how to respond to a request whose path has routes for the methods in `allow`. If the request has one of
    /// these methods, a guard has rejected it, so the response does not list that method.
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

    /// Returns whether the path has no routes for other methods, in which case a redirect to another path may help.
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
/// - `404 Not Found` if no route has the path, or if guards have rejected the request.
/// - `405 Method Not Allowed` with `allow` if the path has routes for other methods.
/// - `501 Not Implemented` if no route can name the method.
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

/// Returns the 404 for a request that no route matches.
///
/// # Errors
///
/// - Always `404 Not Found`.
pub fn not_found<E: From<Failure>>() -> Result<Sent, E> {
    Err(E::from(Failure::not_found()))
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
    fn a_method_that_a_guard_rejected_is_not_listed() {
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
    fn options_of_the_whole_server_get_a_204() {
        let unmatched = Unmatched::new(&Method::OPTIONS, "*", Allow::NONE);
        let sent = respond_unmatched::<Failure>(unmatched, Response::new()).expect("204");
        assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
        assert!(!unmatched.is_unknown());
    }
}
