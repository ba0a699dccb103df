//! The patterns of the routes that a request matched: the mounts and the last route.

use std::sync::Mutex;

use crate::http::sync::lock;

/// The maximum number of mounts that are joined. It bounds the length of the pattern if a server mounts itself.
const MAX_DEPTH: usize = 8;

/// The maximum number of joined patterns. A program needs one for each route of its mounted servers.
const MAX_JOINED: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct RouteTrail {
    /// The patterns of the mounts, outermost first.
    mounts: Vec<&'static str>,
    route: Option<&'static str>,
}

impl RouteTrail {
    pub(super) fn clear(&mut self) {
        self.mounts.clear();
        self.route = None;
    }

    pub(super) fn set_route(&mut self, pattern: &'static str) {
        // A route that calls another server is a mount.
        if let Some(outer) = self.route.replace(pattern) {
            self.push_mount(outer);
        }
    }

    pub(super) fn push_mount(&mut self, pattern: &'static str) {
        if self.mounts.len() < MAX_DEPTH {
            self.mounts.push(pattern);
        }
    }

    /// Returns the pattern of the whole path, or `None` if no route matched.
    pub(super) fn pattern(&self) -> Option<&'static str> {
        let route = self.route?;
        if self.mounts.is_empty() {
            return Some(route);
        }
        Some(self.join(route))
    }

    #[cold]
    fn join(&self, route: &'static str) -> &'static str {
        let mut pattern = String::new();
        for mount in &self.mounts {
            pattern.push_str(without_rest(mount));
        }
        if route != "/" || pattern.is_empty() {
            pattern.push_str(route);
        }
        intern(pattern).unwrap_or(route)
    }
}

/// Returns the pattern without a slash or a `{rest..}` at its end.
fn without_rest(pattern: &str) -> &str {
    let pattern = match pattern.rsplit_once('/') {
        Some((prefix, last)) if last.ends_with("..}") => prefix,
        _ => pattern,
    };
    pattern.strip_suffix('/').unwrap_or(pattern)
}

/// The joined patterns, sorted. They are never freed; there are at most [`MAX_JOINED`].
static JOINED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

fn intern(pattern: String) -> Option<&'static str> {
    let mut joined = lock(&JOINED);
    match joined.binary_search(&pattern.as_str()) {
        Ok(known) => Some(joined[known]),
        Err(_) if joined.len() >= MAX_JOINED => None,
        Err(at) => {
            let leaked: &'static str = pattern.leak();
            joined.insert(at, leaked);
            Some(leaked)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(mounts: &[&'static str], route: &'static str) -> Option<&'static str> {
        let mut trail = RouteTrail::default();
        for mount in mounts {
            trail.push_mount(mount);
        }
        trail.set_route(route);
        trail.pattern()
    }

    #[test]
    fn patterns_of_mounts_are_joined() {
        for (mounts, route, expected) in [
            (&[][..], "/", "/"),
            (&["/admin"], "/users/{id: u32}", "/admin/users/{id: u32}"),
            (&["/admin"], "/", "/admin"),
            (&["/"], "/users", "/users"),
            (&["/"], "/", "/"),
            (&["/a", "/{b}"], "/c", "/a/{b}/c"),
            (&["/old/{rest..}"], "/c", "/old/c"),
            (&["/{rest..}"], "/", "/"),
        ] {
            assert_eq!(pattern(mounts, route), Some(expected));
        }
        assert_eq!(RouteTrail::default().pattern(), None);
    }

    #[test]
    fn a_joined_pattern_is_created_once() {
        let first = pattern(&["/once"], "/more").expect("a pattern");
        let second = pattern(&["/once"], "/more").expect("a pattern");
        assert_eq!(first.as_ptr(), second.as_ptr());
    }

    #[test]
    fn a_server_that_mounts_itself_does_not_create_an_endless_pattern() {
        assert_eq!(pattern(&["/a"; 100], "/b"), Some("/a/a/a/a/a/a/a/a/b"));
    }

    #[test]
    fn a_route_that_passes_its_request_on_is_a_mount() {
        let mut trail = RouteTrail::default();
        trail.set_route("/own/{rest..}");
        trail.set_route("/io");
        assert_eq!(trail.pattern(), Some("/own/io"));
        trail.clear();
        assert_eq!(trail.pattern(), None);
    }
}
