//! What passes from listeners to a future or a stream.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Why [`once`](super::once) has nothing to yield, or what [`on`](super::on) yields beside what its event tells.
///
/// ```
/// use onward::events::{self, Emitter, WaitError};
///
/// onward::events! { ChatEvents { MessageLogged(str), Error(str) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// let said = events::once(&chat, MessageLogged);
/// chat.emit_error("the line is dead").unwrap();
/// match said.await {
///     Ok(text) => println!("{text}"),
///     Err(WaitError::Error(why)) => assert_eq!(why, "the line is dead"),
///     Err(other) => eprintln!("{other}"),
/// }
/// # }
/// ```
///
/// Node: the error that `'error'` was emitted with, or an `AbortError`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitError {
    /// The event `Error` was emitted; this is what it told, as text.
    Error(String),
    /// The listener was removed, or the emitter dropped: the event cannot come any more.
    Removed,
    /// So many events came while the stream was full, and are lost. Only [bounded](super::On::bounded) streams are ever
    /// full. The stream goes on.
    Missed(u64),
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => f.write_str(error),
            Self::Removed => f.write_str(
                "the emitter that was waited for is gone, or its listeners were removed",
            ),
            Self::Missed(count) => write!(f, "{count} events were missed"),
        }
    }
}

impl Error for WaitError {}

pub(super) struct Queue<T>(Mutex<State<T>>);

struct State<T> {
    entries: VecDeque<Result<T, WaitError>>,
    /// How many entries there may be, except for one more that says how many were missed.
    capacity: usize,
    /// Whether nothing is to come any more.
    is_closed: bool,
    waker: Option<Waker>,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(State {
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

    /// The last entry.
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

    /// Changes the state and wakes whoever waits; neither that nor the drop of what did not fit happens under the lock.
    fn change(&self, change: impl FnOnce(&mut State<T>) -> Option<T>) {
        let mut state = self.lock();
        let rejected = change(&mut state);
        let waker = state.waker.take();
        drop(state);
        drop(rejected);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A waker that panics while it is cloned leaves the state as it was.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    /// Gives the value back if it has no place.
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
