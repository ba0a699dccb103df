//! The effect of the branch predictor: a repeated sequence compared with one that is new each time.

use crate::order::{in_order, random, shuffled};
use crate::requests::Request;
use crate::router::AnyRouter;
use crate::time::fastest;
use page::{Table, number};

const HEAD: [&str; 5] = [
    "routes",
    "router",
    "in order, ns",
    "shuffled once, ns",
    "at random, ns",
];
const LOOKUPS: usize = 200_000;

pub(crate) fn report() -> Table {
    Table::new(HEAD)
}

/// Adds the times of one router for three sequences of hits, which have the same length.
pub(crate) fn add(
    report: &mut Table,
    table: &str,
    name: &str,
    router: &dyn AnyRouter,
    requests: &[Request],
) {
    let count = requests.len();
    let once = shuffled(count, LOOKUPS);
    let times = [
        fastest(router, requests, |_| in_order(count, LOOKUPS)),
        fastest(router, requests, |_| once.clone()),
        fastest(router, requests, |round| random(count, LOOKUPS, round)),
    ];
    let cells = [table.to_owned(), name.to_owned()];
    report.row(cells.into_iter().chain(times.map(number)));
}
