//! What generated code may name. Nothing here is for users: it changes without notice.

pub use ::http::Method;

pub use crate::json::private as json;
pub use crate::routes::{RouteInfo, RouteParam};
pub use crate::routing::{
    Allow, Answered, Path, Unmatched, answer, before, decode, encode, encode_rest, ending, group,
    not_found, other_slash, parse, path, redirect, segment, sent, unmatched,
    without_trailing_slash,
};

/// A parameter of a route, as `ROUTES` lists it.
pub const fn route_param(name: &'static str, ty: Option<&'static str>, rest: bool) -> RouteParam {
    RouteParam { name, ty, rest }
}

/// A route, as `ROUTES` lists it.
pub const fn route_info(
    methods: &'static [&'static str],
    path: &'static str,
    params: &'static [RouteParam],
    name: Option<&'static str>,
    docs: &'static str,
    line: u32,
) -> RouteInfo {
    RouteInfo {
        methods,
        path,
        params,
        name,
        docs,
        line,
    }
}
