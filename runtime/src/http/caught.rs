//! Handlers that panic: a panic is a 500, and ends nothing else.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;

use super::exchange::{Exchange, Failure};
use super::handler::Outcome;
use crate::error::{Error, ErrorReply};

/// Calls it.
///
/// # Errors
/// What it panicked with.
pub(crate) fn caught<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Panicked::new(&*panic))
}

/// Polls a handler's future: how it ended, if it has.
pub(crate) fn poll_caught<F: Future>(
    future: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> Poll<Result<F::Output, Panicked>> {
    match caught(|| future.poll(cx)) {
        Ok(poll) => poll.map(Ok),
        Err(panicked) => Poll::Ready(Err(panicked)),
    }
}

/// Answers for a handler that failed. `true`: it did not.
pub(crate) fn finish<T: Outcome>(exchange: &Arc<Exchange>, end: Result<T, Panicked>) -> bool {
    match end.map(Outcome::failure) {
        Ok(None) => return true,
        // An error of the user's may panic as it is answered. The response that it had says so to the exchange.
        Ok(Some(failure)) => drop(caught(|| exchange.failed(Failure::new(failure)))),
        Err(panicked) => drop(caught(|| {
            exchange.failed(panicked.converted::<T::Failure>(exchange))
        })),
    }
    false
}

/// What a handler panicked with.
#[derive(Debug)]
pub(crate) struct Panicked(String);

impl Panicked {
    fn new(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Self(text.unwrap_or("a value that is not text").to_owned())
    }

    pub(crate) fn into_failure(self) -> Failure<'static> {
        Failure::new(self.into_error())
    }

    fn into_error(self) -> Error {
        Error::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(self)
    }

    /// Converts it to the handler's own error type, which may not keep the message: so it is reported before.
    fn converted<'a, E: ErrorReply + 'a>(self, exchange: &Arc<Exchange>) -> Failure<'a> {
        let error = self.into_error();
        if !E::REPORTS_ITSELF {
            exchange.report(&error);
        }
        match E::from_failure(error.into()) {
            Ok(error) => Failure::reported(error),
            Err(failure) => Failure::new(failure),
        }
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a handler panicked: {}", self.0)
    }
}

impl std::error::Error for Panicked {}
