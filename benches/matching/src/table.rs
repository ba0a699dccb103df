//! A table of routes, read from `data/*.routes`: method, tab, path.

use http::Method;

pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) routes: Vec<Route>,
}

pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path as written: `/users/{p1}/repos`.
    pub(crate) path: &'static str,
    pub(crate) segments: Vec<Segment>,
}

pub(crate) enum Segment {
    Text(&'static str),
    Parameter,
}

impl Table {
    pub(crate) fn parse(name: &'static str, text: &'static str) -> Self {
        let routes = text.lines().map(Route::parse).collect();
        Self { name, routes }
    }
}

impl Route {
    fn parse(line: &'static str) -> Self {
        let (method, path) = line.split_once('\t').expect("a line is method, tab, path");
        Self {
            method: method.parse().expect("the first column is a method"),
            path,
            segments: segments(path).map(Segment::parse).collect(),
        }
    }
}

impl Segment {
    fn parse(text: &'static str) -> Self {
        if text.starts_with('{') {
            Self::Parameter
        } else {
            Self::Text(text)
        }
    }
}

/// Splits a path: `/users/7` → `users`, `7`; `/` → one empty segment.
pub(crate) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}
