//! Locking and spawning, as every part of the server does it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, poisoned or not.
///
/// Panics in user code are caught at the call, so a lock is never held across one and the data is consistent.
#[inline(never)]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Spawns a task. It is boxed because tokio's task code is compiled for each type of future.
pub(crate) fn spawn(task: Pin<Box<dyn Future<Output = ()> + Send>>) {
    tokio::spawn(task);
}
