//! Runs file operations outside of async threads.

use std::io;

/// Runs a function on a thread that may block.
pub(super) async fn blocking<T: Send + 'static>(
    job: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::task::spawn_blocking(job).await {
        Ok(result) => result,
        Err(error) => Err(io::Error::other(error)),
    }
}
