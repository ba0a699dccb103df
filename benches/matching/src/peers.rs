//! The run-time routers. None of them handles methods, so the entry of each path is a [`Methods`].

mod actix;
mod matchit;
mod path_tree;
mod wayfind;

pub(crate) use actix::Actix;
pub(crate) use matchit::{Matchit, Matchit08};
pub(crate) use path_tree::PathTree;
pub(crate) use wayfind::Wayfind;

use crate::router::Methods;
use crate::table::Table;

/// Returns each path once, in the order of its first occurrence, with the methods of all its routes.
fn paths(table: &Table) -> Vec<(&'static str, Methods)> {
    let mut paths: Vec<(&'static str, Methods)> = Vec::new();
    for (index, route) in (0..).zip(&table.routes) {
        let known = paths.iter().position(|(path, _)| *path == route.path);
        let at = known.unwrap_or_else(|| {
            paths.push((route.path, Methods::default()));
            paths.len() - 1
        });
        paths[at].1.add(&route.method, index);
    }
    paths
}
