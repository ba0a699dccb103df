//! The decision tree: which route answers a method and a path, as pure data.
//!
//! The first route in written order that fits is the one that answers. Trying them in that order is
//! the definition; the tree finds the same route without looking at those that cannot fit.
//!
//! ```text
//! GET  /users              "/users" ┬ end: GET, POST
//! POST /users                       └ "/" ┬ "me" ─ end: GET
//! GET  /users/me                          └ {} ─┬ end: GET
//! GET  /users/{id}                              └ "/posts" ─ end: GET
//! GET  /users/{id}/posts
//! ```
//!
//! A node is a list of steps that are tried in turn. A step that fails, however deep inside, leaves
//! the turn to the next one, so that the chain of ifs made from it needs no jumps.

mod build;
mod overlap;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use overlap::{covers, example, overlap};

use crate::methods::Methods;
use crate::pattern::Pattern;

/// What the tree has to know of a route. Its index in the list of routes is its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) methods: Methods,
    /// The condition under which the route is compiled at all, as text.
    pub(crate) cfg: Option<&'a str>,
}

#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: Node,
}

/// What to try, in turn, with what is left of the path.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug)]
pub(crate) enum Step {
    /// Nothing is left.
    End(Leaf),
    /// One of these texts comes next. None is the start of another.
    Texts(Vec<Text>),
    /// A segment, or what is left of it, is divided in one of these ways.
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
    /// The text behind each capture; only the last may be empty. `{name}` is `[""]`, `{from}-{to}`
    /// is `["-", ""]`.
    pub(crate) shape: Vec<String>,
    pub(crate) then: Node,
}

/// The routes whose paths end here, in the order in which they are to be tried.
pub(crate) type Leaf = Vec<Group>;

/// Routes that one parse of the captures serves.
#[derive(Debug)]
pub(crate) struct Group {
    /// The type of each parameter, where it has one.
    pub(crate) types: Vec<Option<String>>,
    pub(crate) cfg: Option<String>,
    /// In written order.
    pub(crate) routes: Vec<usize>,
}

impl Tree {
    /// The tree for `routes`. With `bare_rest`, `/files/{rest..}` matches `/files` as well.
    pub(crate) fn new(routes: &[Route<'_>], bare_rest: bool) -> Self {
        build::tree(routes, bare_rest, |earlier, later| {
            overlap(earlier.pattern, later.pattern, bare_rest)
        })
    }
}

impl Node {
    /// The routes that can be reached from here, in no particular order.
    pub(crate) fn routes(&self) -> Vec<usize> {
        let mut routes = Vec::new();
        for step in &self.steps {
            match step {
                Step::End(leaf) | Step::Tail(leaf) => {
                    routes.extend(leaf.iter().flat_map(|group| &group.routes));
                }
                Step::Texts(texts) => {
                    routes.extend(texts.iter().flat_map(|text| text.then.routes()));
                }
                Step::Segment(splits) => {
                    routes.extend(splits.iter().flat_map(|split| split.then.routes()));
                }
            }
        }
        routes
    }
}
