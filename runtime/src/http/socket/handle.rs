//! The state that a connection shares with its socket, through which a program reads the counters and closes the
//! connection.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::Waker;

use bytes::Bytes;
use tokio::sync::watch;

use crate::events::Emitter;
use crate::http::control::Stage;
use crate::http::socket::events::SocketEvents;
use crate::http::sync::lock;

#[derive(Debug)]
pub(crate) struct ConnectionHandle {
    /// Whether the connection must be closed because `destroy` or `end` was called.
    destroyed: AtomicBool,
    /// The response that `end` was called with.
    last_response: Mutex<Option<Bytes>>,
    bytes_read: AtomicU64,
    bytes_written: AtomicU64,
    /// The waker of the connection's task.
    waker: Mutex<Option<Waker>>,
    /// The stage of the server. Empty if no server has accepted the connection. The stage is separate from the control
    /// state, because the server waits until the control state has no receivers.
    server_stage: OnceLock<watch::Receiver<Stage>>,
    emitter: Emitter<SocketEvents>,
}

impl ConnectionHandle {
    /// Creates a handle without a connection, for a detached request or response and for a connection that is not
    /// served yet.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            destroyed: AtomicBool::new(false),
            last_response: Mutex::default(),
            bytes_read: AtomicU64::new(0),
            bytes_written: AtomicU64::new(0),
            waker: Mutex::default(),
            server_stage: OnceLock::new(),
            emitter: Emitter::new(),
        })
    }

    /// Asks the connection's task to close the connection at once.
    pub(crate) fn destroy(&self) {
        self.destroyed.store(true, Relaxed);
        self.wake();
    }

    /// Asks the connection's task to send this in place of a response and to close the connection.
    pub(crate) fn end(&self, response: Bytes) {
        *lock(&self.last_response) = Some(response);
        self.destroy();
    }

    /// Takes the response with which the connection is to end, so that the response can be sent: from now on, only
    /// another call to `destroy` aborts the connection.
    pub(crate) fn take_last_response(&self) -> Option<Bytes> {
        let response = lock(&self.last_response).take();
        if response.is_some() {
            self.destroyed.store(false, Relaxed);
        }
        response
    }

    /// Wakes the connection's task.
    pub(crate) fn wake(&self) {
        let waker = lock(&self.waker).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    #[inline]
    pub(crate) fn is_destroyed(&self) -> bool {
        self.destroyed.load(Relaxed)
    }

    /// Sets the receiver that is notified of the server's stage.
    pub(crate) fn set_server_stage(&self, stage: watch::Receiver<Stage>) {
        // A connection is accepted only once.
        let _ = self.server_stage.set(stage);
    }

    pub(crate) fn server_stage(&self) -> Option<&watch::Receiver<Stage>> {
        self.server_stage.get()
    }

    /// Returns the number of bytes received from the client.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Relaxed)
    }

    /// Returns the number of bytes sent to the client.
    pub(crate) fn bytes_written(&self) -> u64 {
        self.bytes_written.load(Relaxed)
    }

    pub(crate) fn emitter(&self) -> &Emitter<SocketEvents> {
        &self.emitter
    }
}

/// Methods for the connection's side. The holder of the connection's stream is the only writer of the two counters,
/// so it stores totals and needs no atomic addition.
impl ConnectionHandle {
    pub(crate) fn set_bytes_read(&self, total: u64) {
        self.bytes_read.store(total, Relaxed);
    }

    pub(crate) fn set_bytes_written(&self, total: u64) {
        self.bytes_written.store(total, Relaxed);
    }

    /// Called by the holder of the connection's stream, if the holder is not the connection's task.
    pub(crate) fn add_bytes_written(&self, bytes: u64) {
        self.set_bytes_written(self.bytes_written() + bytes);
    }

    pub(crate) fn set_waker(&self, waker: &Waker) {
        *lock(&self.waker) = Some(waker.clone());
    }
}
