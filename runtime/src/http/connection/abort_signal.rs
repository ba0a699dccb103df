//! Aborts a connection from outside, after its driver has ended.

use std::sync::Arc;
use std::task::{Context, Poll};

use crate::http::control::ControlReceiver;
use crate::http::socket::handle::ConnectionHandle;

/// A signal that is ready when the server closes all connections, or when the connection is destroyed.
pub(crate) struct AbortSignal {
    control: ControlReceiver,
    /// The value of `ControlState::close_all` that the driver of this connection read last.
    close_all: u32,
    handle: Arc<ConnectionHandle>,
    is_aborted: bool,
}

impl AbortSignal {
    pub(crate) fn new(
        control: ControlReceiver,
        close_all: u32,
        handle: Arc<ConnectionHandle>,
    ) -> Self {
        Self {
            control,
            close_all,
            handle,
            is_aborted: false,
        }
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.control.poll(cx).is_ready() {
            self.is_aborted |= self.control.read().close_all != self.close_all;
        }
        self.handle.set_waker(cx.waker());
        match self.is_aborted || self.handle.is_destroyed() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}
