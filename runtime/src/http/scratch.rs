//! Memory that a thread reads into, for one connection after another: it stays in the processor's cache, and no connection
//! has to have its own.

use std::cell::Cell;

/// How much of it there is, in bytes.
pub(crate) const LEN: usize = 16 * 1024;

thread_local! {
    static SCRATCH: Cell<Option<Box<[u8; LEN]>>> = const { Cell::new(None) };
}

/// The thread's, which may say anything. It is taken, not lent: what is read from may read itself.
pub(crate) fn take() -> Box<[u8; LEN]> {
    let scratch = SCRATCH.try_with(Cell::take).ok().flatten();
    scratch.unwrap_or_else(|| Box::new([0; LEN]))
}

/// Gives it back. A thread that is about to end has none.
pub(crate) fn put(scratch: Box<[u8; LEN]>) {
    let _ = SCRATCH.try_with(|place| place.set(Some(scratch)));
}
