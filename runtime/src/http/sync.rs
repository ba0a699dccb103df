//! Locking, spawning and racing, done in the same way throughout the server.

use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::task::Poll;

use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Locks a mutex, even if it is poisoned.
///
/// No user code runs while locked data is half changed, so a panic cannot leave it inconsistent.
#[inline(never)]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}

/// Locks a mutex, even if it is poisoned, or returns `None` if it is already locked.
pub(crate) fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match mutex.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// Spawns a task. The future is boxed because tokio's task code is compiled separately for each type of future.
pub(crate) fn spawn(task: Pin<Box<dyn Future<Output = ()> + Send>>) -> JoinHandle<()> {
    tokio::spawn(task)
}

/// Waits until the value meets the condition, or forever if it never changes again because its sender was dropped.
/// The type of the condition is erased because tokio's code is compiled separately for each type of condition.
pub(crate) async fn reaches<T>(
    receiver: &mut watch::Receiver<T>,
    condition: &mut (dyn FnMut(&T) -> bool + Send),
) {
    let is_reached = receiver.wait_for(condition).await.is_ok();
    if !is_reached {
        pending().await
    }
}

/// Resolves to the output of the future that is ready first, and prefers `first` if both are ready.
pub(crate) async fn either<A, B>(
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> Result<A, B> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|cx| {
        if let Poll::Ready(value) = first.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        second.as_mut().poll(cx).map(Err)
    })
    .await
}
