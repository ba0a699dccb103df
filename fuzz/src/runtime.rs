//! A runtime whose clock stands still while there is something to do: after any sleep, all work is done that can be.

use std::future::Future;

/// # Panics
/// If the future does.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without threads and sockets needs nothing of the operating system")
        .block_on(future)
}
