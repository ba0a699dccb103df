//! The routes of a server and of its mounted servers, each with its mounts and servers.

use crate::openapi::Security;
use crate::routes::{RouteInfo, RouteParam, ServerInfo, join};

/// A route that is not a mount.
pub(super) struct FlatRoute<'a> {
    pub(super) route: &'a RouteInfo,
    /// The whole path, as written.
    pub(super) path: String,
    /// The parameters of the whole path.
    pub(super) params: Vec<RouteParam>,
    /// The names of the mounts, from the outside in.
    pub(super) mounts: Vec<&'static str>,
    /// The servers, from the outside in.
    pub(super) servers: Vec<&'static ServerInfo>,
    /// Whether the route or a mount has a guard.
    pub(super) is_guarded: bool,
    /// Whether the route or a mount is hidden.
    pub(super) is_hidden: bool,
}

impl FlatRoute<'_> {
    /// Returns whether a server that contains the route handles the requests that no route matches.
    pub(super) fn has_fallback(&self) -> bool {
        self.servers.iter().any(|server| server.handles_all)
    }

    /// Returns whether the route is the fallback of a server.
    pub(super) fn is_fallback(&self) -> bool {
        self.route.path == "_"
    }

    /// Returns the methods, as written, or `None` if the route matches every method.
    pub(super) fn methods(&self) -> Option<&'static [&'static str]> {
        (self.route.methods != ["ANY"]).then_some(self.route.methods)
    }

    /// Returns the alternative sets of schemes with which a client authenticates. Each set has one scheme of every
    /// server that declares any.
    pub(super) fn security(&self) -> Vec<Vec<Security>> {
        let declared = self.servers.iter().map(|server| server.security);
        let mut alternatives = vec![Vec::new()];
        for schemes in declared.filter(|schemes| !schemes.is_empty()) {
            let with = |before: &Vec<Security>, scheme: &Security| {
                let mut all = before.clone();
                if !all.contains(scheme) {
                    all.push(*scheme);
                }
                all
            };
            alternatives = alternatives
                .iter()
                .flat_map(|before| schemes.iter().map(move |scheme| with(before, scheme)))
                .collect();
        }
        alternatives.retain(|schemes| !schemes.is_empty());
        alternatives
    }
}

/// Lists all routes in order, with those of mounted servers in place of the mounts.
pub(super) fn flatten(routes: &[RouteInfo]) -> Vec<FlatRoute<'_>> {
    let mut all = Vec::new();
    for route in routes {
        add(route, &mut all);
    }
    all
}

fn add<'a>(route: &'a RouteInfo, all: &mut Vec<FlatRoute<'a>>) {
    let described = route.described;
    if route.routes.is_empty() {
        all.push(FlatRoute {
            route,
            path: route.path.to_owned(),
            params: route.params.to_vec(),
            mounts: Vec::new(),
            servers: described.server.into_iter().collect(),
            is_guarded: described.is_guarded,
            is_hidden: described.is_hidden,
        });
        return;
    }
    for mut inner in flatten(route.routes) {
        inner.path = join(route.path, &inner.path);
        inner.params = [route.params, &inner.params].concat();
        inner.mounts.splice(0..0, route.name);
        inner.servers.splice(0..0, described.server);
        inner.is_guarded |= described.is_guarded;
        inner.is_hidden |= described.is_hidden;
        all.push(inner);
    }
}
