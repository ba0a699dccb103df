//! Catches the panics of handlers and hooks: a panic results in a 500 and affects nothing else.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use http::StatusCode;

use crate::error::Error;

/// Calls a function and catches its panic.
pub(crate) fn catch_panic<T>(call: impl FnOnce() -> T) -> Result<T, HandlerPanic> {
    catch_panic_of("a handler", call)
}

/// Calls a function and catches its panic. `whom` names the function in the message.
pub(crate) fn catch_panic_of<T>(
    whom: &'static str,
    call: impl FnOnce() -> T,
) -> Result<T, HandlerPanic> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| HandlerPanic::new(whom, &*panic))
}

/// Polls a future and catches its panic.
pub(crate) fn poll_catch_panic<F: Future>(
    future: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> Poll<Result<F::Output, HandlerPanic>> {
    match catch_panic(|| future.poll(cx)) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    }
}

/// The message of a panic.
#[derive(Debug)]
pub(crate) struct HandlerPanic {
    whom: &'static str,
    message: String,
}

impl HandlerPanic {
    #[cold]
    fn new(whom: &'static str, panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        let message = text.unwrap_or("a value that is not text").to_owned();
        Self { whom, message }
    }

    pub(crate) fn into_error(self) -> Error {
        Error::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(self)
    }
}

impl fmt::Display for HandlerPanic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked: {}", self.whom, self.message)
    }
}

impl std::error::Error for HandlerPanic {}
