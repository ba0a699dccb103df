//! Patterns and routes for the tests, written as in `route!`.

use super::Route;
use crate::http::methods::Methods;
use crate::server::pattern::{Capture, Extent, Param, Pattern, Segment};

/// Parses `/a/{x}-{y: u8}.b/{rest..}`. It accepts only valid paths.
pub(crate) fn pattern(path: &str) -> Pattern {
    let path = path.strip_prefix('/').expect("a path starts with a slash");
    let segments = path.split('/').filter(|_| !path.is_empty());
    Pattern {
        segments: segments.map(segment).collect(),
    }
}

fn segment(text: &str) -> Segment {
    let mut pieces = text.split('{');
    let front = pieces.next().unwrap_or_default().to_owned();
    let captures = pieces.map(|piece| {
        let (inside, after) = piece.split_once('}').expect("a closing brace");
        Capture {
            param: param(inside),
            text: after.to_owned(),
        }
    });
    Segment {
        text: front,
        captures: captures.collect(),
    }
}

fn param(inside: &str) -> Param {
    let (name, ty) = match inside.split_once(": ") {
        Some((name, ty)) => (name, Some(ty.to_owned())),
        None => (inside, None),
    };
    let (name, extent) = match name.strip_suffix("..") {
        Some(name) => (name, Extent::Rest),
        None => (name, Extent::Segment),
    };
    Param {
        name: name.to_owned(),
        ty,
        extent,
        range: 0..0,
    }
}

/// Parses `GET|POST`.
pub(crate) fn methods(names: &str) -> Methods {
    let sets = names
        .split('|')
        .map(|name| Methods::named(name).expect("a method"));
    sets.fold(Methods::NONE, Methods::union)
}

/// One route of a table.
#[derive(Clone, Debug)]
pub(crate) struct SampleRoute {
    pub(crate) path: String,
    pub(crate) pattern: Pattern,
    pub(crate) methods: Methods,
    /// Whether everything below the path matches as well.
    pub(crate) is_mount: bool,
    /// The result of the guard, if there is one.
    pub(crate) guard: Option<bool>,
    /// The value of the condition, if there is one.
    pub(crate) cfg: Option<bool>,
}

impl SampleRoute {
    /// Parses `GET|POST /users/{id}` or `mount /admin`.
    pub(crate) fn new(line: &str) -> Self {
        let (names, path) = line.split_once(' ').expect("a method and a path");
        let is_mount = names == "mount";
        let pattern = pattern(path);
        Self {
            path: path.to_owned(),
            pattern: match is_mount {
                true => pattern.with_everything_below(),
                false => pattern,
            },
            methods: methods(if is_mount { "ANY" } else { names }),
            is_mount,
            guard: None,
            cfg: None,
        }
    }

    pub(crate) fn is_present(&self) -> bool {
        self.cfg != Some(false)
    }

    pub(crate) fn route(&self) -> Route<'_> {
        let cfg = self.cfg.map(|holds| if holds { "all()" } else { "any()" });
        Route {
            pattern: &self.pattern,
            methods: self.methods,
            cfg,
        }
    }
}

impl std::fmt::Display for SampleRoute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(holds) = self.cfg {
            write!(f, "#[cfg({holds})] ")?;
        }
        let names: Vec<_> = self.methods.names().collect();
        let names = match self.is_mount {
            true => "mount".to_owned(),
            false if self.methods.is_any() => "ANY".to_owned(),
            false => names.join("|"),
        };
        write!(f, "{names} {}", self.path)?;
        self.guard.map_or(Ok(()), |value| write!(f, " if {value}"))
    }
}

/// Returns whether the types used in the tests parse `raw`.
pub(crate) fn parses(ty: &str, raw: &str) -> bool {
    match ty {
        "u8" => raw.parse::<u8>().is_ok(),
        "Odd" => raw.len() % 2 == 1,
        _ => panic!("no such type in the tests: {ty}"),
    }
}

/// The decision for a request: the route and its captures, and the methods that the path allows; if the route is a
/// mount, those of the routes above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) route: Option<(usize, Vec<String>)>,
    pub(crate) allow: Methods,
}
