//! Evaluates the tree as the generated `if`s do.

use super::sample::{Decision, SampleRoute, parses};
use super::{Leaf, Node, Step, Tree, split};
use crate::http::methods::Methods;

/// One request, looked up in the tree of `rows`.
#[derive(Clone, Copy)]
pub(crate) struct Lookup<'a> {
    pub(crate) rows: &'a [SampleRoute],
    pub(crate) method: Methods,
    pub(crate) path: &'a str,
    /// The guarded routes before this index were tried, and their guards failed.
    pub(crate) skip: usize,
}

impl Tree {
    pub(crate) fn decide(&self, lookup: Lookup<'_>) -> Decision {
        let mut walk = TreeWalk {
            lookup,
            captures: Vec::new(),
            allow: Methods::NONE,
        };
        let route = walk.node(&self.root, lookup.path);
        Decision {
            route,
            allow: walk.allow,
        }
    }
}

struct TreeWalk<'a> {
    lookup: Lookup<'a>,
    captures: Vec<&'a str>,
    allow: Methods,
}

type Found = Option<(usize, Vec<String>)>;

impl<'a> TreeWalk<'a> {
    fn node(&mut self, node: &Node, path: &'a str) -> Found {
        node.steps.iter().find_map(|step| self.step(step, path))
    }

    fn step(&mut self, step: &Step, path: &'a str) -> Found {
        match step {
            Step::End(leaf) if path.is_empty() => self.leaf(leaf, path),
            Step::End(_) => None,
            Step::Tail(leaf) => self.leaf(leaf, path),
            Step::Texts(texts) => texts.iter().find_map(|text| {
                let path = path.strip_prefix(&text.text)?;
                self.node(&text.then, path)
            }),
            Step::Segment(splits) => {
                let end = path.find('/').unwrap_or(path.len());
                let (segment, path) = path.split_at(end);
                splits.iter().find_map(|split| {
                    let captures = split::split(segment, &split.shape)?;
                    let before = self.captures.len();
                    self.captures.extend(captures);
                    let found = self.node(&split.then, path);
                    self.captures.truncate(before);
                    found
                })
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf, path: &'a str) -> Found {
        let rows = self.lookup.rows;
        for group in leaf {
            let captures = self.captures.iter().chain([&path]);
            let mut typed = group.types.iter().zip(captures);
            if !typed.all(|(ty, raw)| ty.as_deref().is_none_or(|ty| parses(ty, raw))) {
                continue;
            }
            for index in &group.routes {
                let row = &rows[*index];
                if !row.is_present() {
                    continue;
                }
                self.allow = self.allow.union(row.methods.allowed());
                let is_skipped = row.guard.is_some() && *index < self.lookup.skip;
                if row.methods.covers(self.lookup.method) && !is_skipped {
                    let captures = self.captures.iter().chain([&path]);
                    let taken = captures.take(group.types.len());
                    return Some((*index, taken.map(|it| (*it).to_owned()).collect()));
                }
            }
        }
        None
    }
}
