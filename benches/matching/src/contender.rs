//! The routers that are compared, and the tables of routes.

use crate::generated::{Github, GithubArm, GithubChain};
use crate::generated::{Rest1000, Rest1000Arm, Rest1000Chain};
use crate::generated::{Rest5000, Rest5000Arm, Rest5000Chain};
use crate::peers::{Actix, Matchit, Matchit08, PathTree, Wayfind};
use crate::router::AnyRouter;
use crate::table::Table;

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Creates the router from the table with its index in [`tables`].
    build: fn(usize, &Table) -> Box<dyn AnyRouter>,
}

/// All contenders. The others are compared with the first one.
pub(crate) const CONTENDERS: [Contender; 8] = [
    Contender {
        name: "**onward**",
        build: ours,
    },
    Contender {
        name: "onward, to the arm",
        build: arm,
    },
    Contender {
        name: "if-chain",
        build: chain,
    },
    Contender {
        name: "matchit 0.9",
        build: |_, table| Box::new(Matchit::new(table)),
    },
    Contender {
        name: "matchit 0.8",
        build: |_, table| Box::new(Matchit08::new(table)),
    },
    Contender {
        name: "wayfind",
        build: |_, table| Box::new(Wayfind::new(table)),
    },
    Contender {
        name: "path-tree",
        build: |_, table| Box::new(PathTree::new(table)),
    },
    Contender {
        name: "actix-router",
        build: |_, table| Box::new(Actix::new(table)),
    },
];

impl Contender {
    pub(crate) fn router(&self, index: usize, table: &Table) -> Box<dyn AnyRouter> {
        (self.build)(index, table)
    }
}

pub(crate) fn tables() -> [Table; 3] {
    [
        Table::parse("GitHub-130", include_str!("../../data/github130.routes")),
        Table::parse("REST-1000", include_str!("../../data/rest1000.routes")),
        Table::parse("REST-5000", include_str!("../../data/rest5000.routes")),
    ]
}

fn ours(index: usize, _: &Table) -> Box<dyn AnyRouter> {
    match index {
        0 => Box::new(Github),
        1 => Box::new(Rest1000),
        _ => Box::new(Rest5000),
    }
}

fn arm(index: usize, _: &Table) -> Box<dyn AnyRouter> {
    match index {
        0 => Box::new(GithubArm),
        1 => Box::new(Rest1000Arm),
        _ => Box::new(Rest5000Arm),
    }
}

fn chain(index: usize, _: &Table) -> Box<dyn AnyRouter> {
    match index {
        0 => Box::new(GithubChain),
        1 => Box::new(Rest1000Chain),
        _ => Box::new(Rest5000Chain),
    }
}
