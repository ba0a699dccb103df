//! Handlers that panic: a panic is a 500, and ends nothing else.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;

use crate::error::Error;
use crate::http::exchange::handler::HandlerOutput;
use crate::http::exchange::{Exchange, Failure};

/// Calls it.
///
/// # Errors
/// What it panicked with.
pub(crate) fn catch_panic<T>(call: impl FnOnce() -> T) -> Result<T, HandlerPanic> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| HandlerPanic::new(&*panic))
}

/// Polls a handler's future: how it ended, if it has.
pub(crate) fn poll_catch_panic<F: Future>(
    future: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> Poll<Result<F::Output, HandlerPanic>> {
    match catch_panic(|| future.poll(cx)) {
        Ok(poll) => poll.map(Ok),
        Err(panicked) => Poll::Ready(Err(panicked)),
    }
}

/// Answers for a handler that failed. `true`: it did not.
pub(crate) fn finish<T: HandlerOutput>(
    exchange: &Arc<Exchange>,
    end: Result<T, HandlerPanic>,
) -> bool {
    match end.map(HandlerOutput::failure) {
        Ok(None) => return true,
        // An error of the user's may panic as it is answered. The response that it had says so to the exchange.
        Ok(Some(failure)) => drop(catch_panic(|| exchange.failed(Failure::new(failure)))),
        Err(panicked) => exchange.failed(panicked.into_failure()),
    }
    false
}

/// What a handler panicked with.
#[derive(Debug)]
pub(crate) struct HandlerPanic(String);

impl HandlerPanic {
    fn new(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Self(text.unwrap_or("a value that is not text").to_owned())
    }

    pub(crate) fn into_failure(self) -> Failure<'static> {
        let error = Error::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(self);
        Failure::new(error)
    }
}

impl fmt::Display for HandlerPanic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a handler panicked: {}", self.0)
    }
}

impl std::error::Error for HandlerPanic {}
