//! A `Response` that was dropped before it ended.

use http::StatusCode;

use super::ResponseState;
use crate::error::Error;

/// The circumstances in which a `Response` was dropped before it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dropped {
    pub(super) head_written: bool,
    pub(super) panicking: bool,
    /// Whether the handler, and not another task, dropped the response and has not continued without it.
    pub(super) by_handler: bool,
}

impl Dropped {
    /// Returns whether the head is written and the rest of the body is missing: another task dropped the response, or
    /// the handler continues without it.
    pub(super) fn is_truncated(self) -> bool {
        self.head_written && !self.by_handler
    }
}

/// The outcome of a response that was dropped while its body was being sent.
pub(super) enum Verdict {
    Complete,
    /// The handler is still running.
    Undecided,
    Truncated(Error),
}

impl ResponseState {
    /// Returns the outcome. A body that has its declared length is complete, and a handler that returns normally ends
    /// the response that it dropped. The outcome is undecided while that handler is still running. In any other case,
    /// the rest of the body is missing.
    #[cold]
    pub(super) fn verdict(&self, dropped: Dropped) -> Verdict {
        if dropped.panicking {
            return Verdict::Truncated(panicked());
        }
        if let Some(mismatch) = self.length_mismatch() {
            return match self.handler_returned || !dropped.by_handler {
                true => Verdict::Truncated(mismatch),
                false => Verdict::Undecided,
            };
        }
        match dropped.by_handler {
            _ if self.declared_length.is_some() => Verdict::Complete,
            true if self.handler_returned => Verdict::Complete,
            true => Verdict::Undecided,
            false => Verdict::Truncated(dropped_early()),
        }
    }
}

pub(super) fn dropped_early() -> Error {
    let what = "a response was dropped before it ended";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

pub(super) fn panicked() -> Error {
    let what = "a task panicked while it held the response";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}
