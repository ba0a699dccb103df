//! The decision tree, as data: it maps a method and a path to a route.
//!
//! The first matching route in written order wins. Trying the routes in that order is the definition; the tree finds
//! the same route without looking at routes that cannot match.
//!
//! ```text
//! GET  /users              "/users" ┬ end: GET, POST
//! POST /users                       └ "/" ┬ "me" ─ end: GET
//! GET  /users/me                          └ {} ─┬ end: GET
//! GET  /users/{id}                              └ "/posts" ─ end: GET
//! GET  /users/{id}/posts
//! ```
//!
//! A node is a list of steps that are tried in order. If a step fails at any depth, the next step is tried, so that the
//! generated chain of `if`s needs no jumps.

mod build;
mod overlap;
mod types;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use overlap::{covers, example, overlap};

use crate::http::methods::Methods;
use crate::server::pattern::Pattern;

/// The properties of a route that matter to the tree. A route is identified by its index in the list of routes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) methods: Methods,
    /// The condition under which the route is compiled, as text.
    pub(crate) cfg: Option<&'a str>,
}

#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: Node,
}

/// The steps to try, in order, with the rest of the path.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug)]
pub(crate) enum Step {
    /// The end of the path.
    End(Leaf),
    /// One of these texts follows. No text is a prefix of another.
    Texts(Vec<Text>),
    /// A segment, or the rest of it, is split in one of these ways.
    Segment(Vec<Split>),
    /// The rest of the path, which may be empty.
    Tail(Leaf),
}

#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) then: Node,
}

/// Captures up to the end of the segment.
#[derive(Debug)]
pub(crate) struct Split {
    /// The text after each capture; only the last one may be empty. `{name}` is `[""]`, `{from}-{to}` is `["-", ""]`.
    pub(crate) shape: Vec<String>,
    pub(crate) then: Node,
}

/// The routes whose paths end here, in the order in which they are tried.
pub(crate) type Leaf = Vec<Group>;

/// Routes that share one parse of the captures.
#[derive(Debug)]
pub(crate) struct Group {
    /// The type of each parameter, if it has one.
    pub(crate) types: Vec<Option<String>>,
    pub(crate) cfg: Option<String>,
    /// The routes, in written order.
    pub(crate) routes: Vec<usize>,
}

impl Tree {
    /// Builds the tree for `routes`. With `bare_rest`, `/files/{rest..}` also matches `/files`.
    pub(crate) fn new(routes: &[Route<'_>], bare_rest: bool) -> Self {
        build::tree(routes, bare_rest, |earlier, later| {
            overlap(earlier.pattern, later.pattern, bare_rest)
        })
    }
}

impl Node {
    /// Returns the routes that are reachable from here, in no particular order.
    pub(crate) fn routes(&self) -> Vec<usize> {
        let mut routes = Vec::new();
        for step in &self.steps {
            match step {
                Step::End(leaf) | Step::Tail(leaf) => {
                    for group in leaf {
                        routes.extend(&group.routes);
                    }
                }
                Step::Texts(texts) => {
                    for text in texts {
                        routes.extend(text.then.routes());
                    }
                }
                Step::Segment(splits) => {
                    for split in splits {
                        routes.extend(split.then.routes());
                    }
                }
            }
        }
        routes
    }
}
