//! The lane of the connection that this thread polls.
//!
//! hyper owns the service that it calls, and gives nobody a way to it. So a connection lends its lane to the thread while it
//! polls hyper, and the service finds it there: it has one owner at any time, and needs no lock.

use std::cell::Cell;

use super::lane::Lane;

thread_local! {
    static IN_HAND: Cell<Option<Box<Lane>>> = const { Cell::new(None) };
}

/// Puts it in hand: what was there before. A thread that is about to end has no hand.
fn take_up(lane: Option<Box<Lane>>) -> Option<Box<Lane>> {
    IN_HAND.try_with(|hand| hand.replace(lane)).ok().flatten()
}

/// Lends the lane to what is called here. A connection may be polled within the poll of another.
pub(crate) fn lend<T>(lane: &mut Option<Box<Lane>>, call: impl FnOnce() -> T) -> T {
    let before = take_up(lane.take());
    let _lent = Lent { lane, before };
    call()
}

/// A lane that goes back to its owner, also when what it was lent to panics.
struct Lent<'a> {
    lane: &'a mut Option<Box<Lane>>,
    before: Option<Box<Lane>>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        *self.lane = take_up(self.before.take());
    }
}

/// Asks the lane that was lent; `None`: none was.
pub(crate) fn ask<T>(ask: impl FnOnce(&mut Lane) -> T) -> Option<T> {
    let mut lane = take_up(None)?;
    let answer = ask(&mut lane);
    take_up(Some(lane));
    Some(answer)
}
