//! A stream for hyper whose input is added in pieces. hyper's output is discarded.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use hyper::rt::{Read, ReadBufCursor, Write};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Orderly,
    Reset,
}

#[derive(Default)]
struct State {
    input: Vec<u8>,
    end: Option<End>,
    reader: Option<Waker>,
}

#[derive(Clone, Default)]
pub(crate) struct Feed(Arc<Mutex<State>>);

impl Feed {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state);
        if let Some(reader) = state.reader.take() {
            reader.wake();
        }
        result
    }

    pub(crate) fn push(&self, bytes: &[u8]) {
        self.with(|state| state.input.extend_from_slice(bytes));
    }

    pub(crate) fn end(&self, end: End) {
        self.with(|state| state.end = Some(end));
    }
}

impl Read for Feed {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.input.is_empty() {
            return match state.end {
                None => {
                    state.reader = Some(cx.waker().clone());
                    Poll::Pending
                }
                Some(End::Orderly) => Poll::Ready(Ok(())),
                Some(End::Reset) => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
            };
        }
        let len = state.input.len().min(buf.remaining());
        buf.put_slice(&state.input[..len]);
        state.input.drain(..len);
        Poll::Ready(Ok(()))
    }
}

impl Write for Feed {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
