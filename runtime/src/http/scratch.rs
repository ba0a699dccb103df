//! The read buffer of a thread, which its connections share: it stays in the processor's cache, and idle connections
//! need no buffer of their own.

use std::cell::Cell;

/// The size of the buffer, in bytes.
pub(crate) const LEN: usize = 16 * 1024;

thread_local! {
    static SCRATCH: Cell<Option<Box<[u8; LEN]>>> = const { Cell::new(None) };
}

/// Takes the thread's buffer, whose content is arbitrary. The buffer is taken instead of borrowed because a stream may
/// itself read another connection while it is being polled.
pub(crate) fn take() -> Box<[u8; LEN]> {
    let scratch = SCRATCH.try_with(Cell::take).ok().flatten();
    scratch.unwrap_or_else(|| Box::new([0; LEN]))
}

/// Puts the buffer back. A thread that is ending drops it instead.
pub(crate) fn put(scratch: Box<[u8; LEN]>) {
    let _ = SCRATCH.try_with(|place| place.set(Some(scratch)));
}
