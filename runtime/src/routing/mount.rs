//! The functions that the expansion of `route!(mount …)` calls to pass a request on and to get the decision of a
//! mounted server.

use http::Method;

use super::allow::Allow;
use super::path::Path;
use super::trailing_slash::redirect;
use super::unmatched::{Unmatched, respond_unmatched};
use crate::error::{Failure, Result};
use crate::http::{Request, Response, Sent};

/// Prepares a request for a server that is mounted at `pattern`, a path of `segments` segments.
///
/// `allow` contains the methods of the routes above the mount that match the path: the response to a request that the
/// mounted server does not match lists them as well.
pub fn mount(
    mut req: Request,
    mut res: Response,
    (segments, pattern): (usize, &'static str),
    allow: Allow,
) -> (Request, Response) {
    if res.is_watched() {
        res.channel().push_mount(pattern);
    }
    let above = Unmatched::new(&req.method, "", allow);
    res.set_unmatched_above(above.or(res.unmatched_above()));
    req.url = req.url.below(segments + 1);
    (req, res)
}

/// Returns the rest of a path in normal form after `segments` segments.
pub fn below(path: &str, segments: usize) -> &str {
    let mut slashes = path.match_indices('/').skip(segments);
    slashes
        .next()
        .and_then(|(at, _)| path.get(at..))
        .unwrap_or("/")
}

/// Returns the full URL for a URL of a mounted server. The URL of that server's root gets no trailing slash.
pub fn join(prefix: &str, inner_url: &str) -> String {
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let inner = match inner_url.strip_prefix('/') {
        Some(inner) if inner.is_empty() || inner.starts_with('?') => inner,
        _ => inner_url,
    };
    match format!("{prefix}{inner}") {
        url if url.starts_with('/') => url,
        url => format!("/{url}"),
    }
}

/// Responds to a request that no route of a server or of its mounted servers matches.
///
/// # Errors
///
/// - The errors of [`respond_unmatched`] and [`redirect`].
pub fn respond_unmatched_below<E: From<Failure>>(
    unmatched: Unmatched,
    path: &Path,
    res: Response,
) -> Result<Sent, E> {
    match unmatched {
        Unmatched::OtherSlash => redirect(path, res),
        unmatched => respond_unmatched(unmatched, res),
    }
}

/// The option `trailing_slash` of a mounted server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slash {
    /// A path with a trailing slash is a different path, and gets a 404.
    Strict,
    /// A path with a trailing slash matches the same routes as the path without the slash.
    Ignore,
    /// If a route matches only the path with the trailing slash added or removed, the request is redirected to that
    /// path.
    Redirect,
}

/// The properties of a server that another server needs to mount it, in addition to `decide`.
///
/// These are the defaults. If a server differs from them, its type has associated items of the same names, which take
/// precedence over those of a trait.
pub trait Mountable {
    /// Whether the server handles the requests that its routes do not match.
    const HANDLES_ALL: bool = false;
    /// The option `trailing_slash` of the server.
    const SLASH: Slash = Slash::Strict;
    /// The marker of a server: see [`mounted`].
    const IS_SERVER: IsServer = IsServer;

    /// Returns the decision of the server to which this decision passes the request, if that server is mounted in this
    /// one and does not match the request.
    fn unmatched(&self, _method: &Method, _path: &str) -> Option<Unmatched> {
        None
    }
}

impl<T> Mountable for T {}

/// The function `decide` of a server, which takes the number of routes to skip if the server has guards.
pub trait Decide<'p, S, Arguments> {
    /// Decides without evaluating guards.
    fn decide(self, method: &Method, path: &'p str) -> S;
}

impl<'p, S, F: FnOnce(&Method, &'p str) -> S> Decide<'p, S, ()> for F {
    fn decide(self, method: &Method, path: &'p str) -> S {
        self(method, path)
    }
}

impl<'p, S, F: FnOnce(&Method, &'p str, usize) -> S> Decide<'p, S, usize> for F {
    fn decide(self, method: &Method, path: &'p str) -> S {
        self(method, path, 0)
    }
}

/// Calls the function `decide` of a server.
pub fn decide<'p, S, Arguments>(
    decide: impl Decide<'p, S, Arguments>,
    method: &Method,
    path: &'p str,
) -> S {
    decide.decide(method, path)
}

/// The marker of a server.
#[derive(Clone, Copy, Debug)]
pub struct IsServer;

/// The marker of everything that is not a server.
#[derive(Clone, Copy, Debug)]
pub struct NotAServer;

/// The bound that only the marker of a server satisfies. The marker is in a tuple: the parentheses provide the location
/// for the error.
#[diagnostic::on_unimplemented(
    message = "this mounts something that is not a `#[server]` function",
    label = "not a `#[server]` function",
    note = "use the name of a `#[server]` function that does not have the option `urls`",
    note = "to pass requests to any other function, use `route!(ANY \"/path/{{rest..}}\" => other(req.at(rest), \
            res).await)`"
)]
pub trait ServerMark {}

impl ServerMark for (IsServer,) {}

/// Requires the marker of a server.
pub fn require_server<T: ServerMark>(_: T) {}

pub mod mounted {
    //! A stand-in for the type of a mounted server.
    //!
    //! The expansion imports everything from here and then the mounted function, as `__MountedServer`. If the function
    //! has a type of the same name, as servers do, that type shadows the stand-in; otherwise the stand-in causes one
    //! error.

    use http::Method;

    use super::NotAServer;
    use crate::routes::RouteInfo;
    use crate::routing::{Allow, Unmatched};

    /// The stand-in for the type of a mounted server.
    #[derive(Clone, Copy, Debug)]
    pub enum __MountedServer {
        /// The decision that no route matches a request.
        Unmatched(Unmatched),
    }

    impl __MountedServer {
        /// The routes, of which the stand-in has none.
        pub const ROUTES: &'static [RouteInfo] = &[];
        /// The marker of everything that is not a server.
        pub const IS_SERVER: NotAServer = NotAServer;

        /// Matches no request.
        pub fn decide(method: &Method, path: &str) -> Self {
            Self::Unmatched(Unmatched::new(method, path, Allow::NONE))
        }
    }
}

/// Evaluates to the decision of a mounted server that does not match a request, or to `None` if the server matches the
/// request.
///
/// `$segments` is the number of segments of the mount's path, and `$allow` contains the methods of the routes above the
/// mount.
#[doc(hidden)]
#[macro_export]
macro_rules! __unmatched_by {
    ($server:ident, $method:ident, $path:ident, $segments:literal, $allow:expr) => {{
        #[allow(unused_imports, reason = "a server may define all items itself")]
        use $crate::__private::Mountable as _;
        use $crate::__private::{
            Slash, Unmatched, below, decide, other_slash, without_trailing_slash,
        };
        let path = match $server::SLASH {
            Slash::Ignore => without_trailing_slash(below($path, $segments)),
            Slash::Strict | Slash::Redirect => below($path, $segments),
        };
        let unmatched = match decide($server::decide, $method, path) {
            _ if $server::HANDLES_ALL => $crate::__private::None,
            $server::Unmatched(unmatched)
                if $server::SLASH == Slash::Redirect && unmatched.is_unknown() =>
            {
                match decide($server::decide, $method, &other_slash(path)) {
                    $server::Unmatched(_) => $crate::__private::Some(unmatched),
                    _ => $crate::__private::Some(Unmatched::OtherSlash),
                }
            }
            $server::Unmatched(unmatched) => $crate::__private::Some(unmatched),
            #[allow(unreachable_patterns, reason = "a server may have no routes")]
            other => other.unmatched($method, path),
        };
        unmatched.map(|unmatched| unmatched.or(Unmatched::new($method, "", $allow)))
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_a_mounted_server_follows_the_prefix() {
        for (prefix, inner, expected) in [
            ("/admin", "/users/7?x=1", "/admin/users/7?x=1"),
            ("/admin", "/", "/admin"),
            ("/admin", "/?x=1", "/admin?x=1"),
            ("/", "/users", "/users"),
            ("/", "/", "/"),
            ("/", "/?x=1", "/?x=1"),
        ] {
            assert_eq!(join(prefix, inner), expected);
        }
    }

    #[test]
    fn a_path_below_a_mount_begins_with_its_slash() {
        for (path, segments, expected) in [
            ("/admin/users", 1, "/users"),
            ("/admin/", 1, "/"),
            ("/admin", 1, "/"),
            ("/a/b/c", 2, "/c"),
            ("/a", 0, "/a"),
        ] {
            assert_eq!(below(path, segments), expected);
        }
    }

    #[test]
    fn methods_above_a_mount_and_in_it_are_allowed() {
        let decide = |method, allow| Unmatched::new(&method, "", allow);
        let (get, post) = (Allow::GET, Allow::POST);
        let put = |allow| decide(Method::PUT, allow);
        assert_eq!(put(get).or(put(post)), Unmatched::NotAllowed(get | post));
        assert_eq!(put(Allow::NONE).or(put(post)), Unmatched::NotAllowed(post));
        assert_eq!(put(get).or(put(Allow::NONE)), Unmatched::NotAllowed(get));
        assert_eq!(put(Allow::NONE).or(put(Allow::NONE)), Unmatched::NotFound);
        let options = |allow| decide(Method::OPTIONS, allow);
        assert_eq!(
            options(Allow::NONE).or(options(get)),
            Unmatched::Options(get)
        );
        assert_eq!(
            Unmatched::OtherSlash.or(Unmatched::NotFound),
            Unmatched::OtherSlash
        );
    }
}
