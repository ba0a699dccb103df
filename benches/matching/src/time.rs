//! Nanoseconds per lookup.

use crate::order::{in_order, random, spread};
use crate::requests::Request;
use crate::router::AnyRouter;
use measure::{busy, median};
use std::time::Duration;

/// The number of rounds, each of which times every router. It is odd, so that there is a median.
const ROUNDS: usize = 21;
/// The approximate duration of the measurement of one router in one round. A measurement makes at least one pass over
/// all requests. If that would take more than ten times as long, it looks up only a hundred of the requests, evenly
/// spread.
const SLICE: Duration = Duration::from_millis(5);

/// The duration of a lookup.
#[derive(Clone, Copy)]
pub(crate) struct Time {
    /// The time in the fastest round, because other load on the machine only adds to it.
    pub(crate) nanoseconds: f64,
    /// The ratio to the first router, as the median of the rounds: a slow moment affects both.
    pub(crate) ratio: f64,
}

/// Times each router and returns its results: in order, and at random.
pub(crate) fn time(routers: &[Box<dyn AnyRouter>], requests: &[Request]) -> Vec<[Time; 2]> {
    let lookups: Vec<usize> = routers
        .iter()
        .map(|it| lookups(it.as_ref(), requests))
        .collect();
    let mut rounds = vec![[const { Vec::new() }; 2]; routers.len()];
    for round in 0..ROUNDS {
        for (at, router) in routers.iter().enumerate() {
            let orders = [
                in_turn(requests.len(), lookups[at]),
                random(
                    requests.len(),
                    lookups[at],
                    (round * routers.len() + at) as u64,
                ),
            ];
            for (times, order) in rounds[at].iter_mut().zip(&orders) {
                times.push(nanoseconds(router.as_ref(), requests, order));
            }
        }
    }
    let figures = |of: &[Vec<f64>; 2]| [0, 1].map(|order| figure(&of[order], &rounds[0][order]));
    rounds.iter().map(figures).collect()
}

/// Returns the nanoseconds per lookup in the fastest round. `order` receives the index of the round.
pub(crate) fn fastest(
    router: &dyn AnyRouter,
    requests: &[Request],
    order: impl Fn(u64) -> Vec<u32>,
) -> f64 {
    let rounds = (0..ROUNDS as u64).map(|round| nanoseconds(router, requests, &order(round)));
    rounds.fold(f64::INFINITY, f64::min)
}

fn figure(times: &[f64], ours: &[f64]) -> Time {
    Time {
        nanoseconds: times.iter().copied().fold(f64::INFINITY, f64::min),
        ratio: median(
            times
                .iter()
                .zip(ours)
                .map(|(time, ours)| time / ours)
                .collect(),
        ),
    }
}

fn in_turn(requests: usize, lookups: usize) -> Vec<u32> {
    if lookups < requests {
        spread(requests, lookups)
    } else {
        in_order(requests, lookups)
    }
}

/// Returns the number of lookups in a round: as many whole passes over the requests as fit into the time slice, or a
/// part of one pass for a slow router.
fn lookups(router: &dyn AnyRouter, requests: &[Request]) -> usize {
    let some = spread(requests.len(), 100);
    router.pass(requests, &some);
    let pass = nanoseconds(router, requests, &some) * requests.len() as f64;
    let passes = SLICE.as_nanos() as f64 / pass;
    let slow = pass > 10.0 * SLICE.as_nanos() as f64;
    if slow {
        some.len()
    } else {
        requests.len() * passes.max(1.0) as usize
    }
}

fn nanoseconds(router: &dyn AnyRouter, requests: &[Request], order: &[u32]) -> f64 {
    let start = busy();
    // The counting allocator costs less while it is disabled.
    allocation_counter::opt_out(|| router.pass(requests, order));
    (busy() - start).as_nanos() as f64 / order.len() as f64
}
