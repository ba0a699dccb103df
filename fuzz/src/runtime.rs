//! A runtime whose clock stands still while a task can run, so that after any sleep all tasks are waiting.

use std::future::Future;

/// Runs a future to completion.
///
/// # Panics
/// Panics if the future panics.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without threads and sockets needs no resources of the operating system")
        .block_on(future)
}
