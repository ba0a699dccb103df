//! The queue between a listener and the future or stream that waits for its event.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The error of [`once`](super::once) and of the items of [`on`](super::on).
///
/// Node.js: the error that `'error'` was emitted with, or an `AbortError`.
///
/// # Examples
///
/// ```
/// use onward::events::{self, Emitter, WaitError};
///
/// onward::events! { ChatEvents { Message(str), Error(str) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let message = events::once(&chat, Message);
/// chat.emit_error("connection lost").unwrap();
/// assert_eq!(message.await, Err(WaitError::Error("connection lost".to_owned())));
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitError {
    /// The event `Error` was emitted with this payload, as text.
    Error(String),
    /// The listener was removed or the emitter was dropped, so the event cannot occur anymore.
    Removed,
    /// This many events were dropped because the stream was full. Only [bounded](super::On::bounded) streams report
    /// missed events, and they continue afterward.
    Missed(u64),
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => f.write_str(error),
            Self::Removed => {
                f.write_str("the emitter was dropped, or the listener was removed from it")
            }
            Self::Missed(count) => write!(f, "{count} events were missed"),
        }
    }
}

impl Error for WaitError {}

pub(super) struct Queue<T>(Mutex<QueueState<T>>);

struct QueueState<T> {
    entries: VecDeque<Result<T, WaitError>>,
    /// The maximum number of entries, not counting a `WaitError` at the end.
    capacity: usize,
    /// Set when no more entries will be added.
    is_closed: bool,
    waker: Option<Waker>,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(QueueState {
            entries: VecDeque::new(),
            capacity: usize::MAX,
            is_closed: false,
            waker: None,
        }))
    }

    pub(super) fn set_capacity(&self, capacity: usize) {
        self.lock().capacity = capacity;
    }

    pub(super) fn push(&self, value: T) {
        self.change(|state| state.push(value));
    }

    /// Adds an error as the last entry.
    pub(super) fn fail(&self, error: String) {
        self.change(|state| {
            if !state.is_closed {
                state.entries.push_back(Err(WaitError::Error(error)));
                state.is_closed = true;
            }
            None
        });
    }

    pub(super) fn close(&self) {
        self.change(|state| {
            state.is_closed = true;
            None
        });
    }

    pub(super) fn poll_next(&self, cx: &mut Context<'_>) -> Poll<Option<Result<T, WaitError>>> {
        let mut state = self.lock();
        if let Some(entry) = state.entries.pop_front() {
            return Poll::Ready(Some(entry));
        }
        if state.is_closed {
            return Poll::Ready(None);
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        Poll::Pending
    }

    /// Changes the state, then drops the value that was rejected and wakes the waiting task, both after the lock is
    /// released.
    fn change(&self, change: impl FnOnce(&mut QueueState<T>) -> Option<T>) {
        let mut state = self.lock();
        let rejected = change(&mut state);
        let waker = state.waker.take();
        drop(state);
        drop(rejected);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, QueueState<T>> {
        // A waker that panics in `clone` leaves the state unchanged.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> QueueState<T> {
    /// Adds a value. Returns the value if the queue is closed or full.
    fn push(&mut self, value: T) -> Option<T> {
        if self.is_closed {
            return Some(value);
        }
        if self.entries.len() < self.capacity {
            self.entries.push_back(Ok(value));
            return None;
        }
        match self.entries.back_mut() {
            Some(Err(WaitError::Missed(count))) => *count += 1,
            _ => self.entries.push_back(Err(WaitError::Missed(1))),
        }
        Some(value)
    }
}
