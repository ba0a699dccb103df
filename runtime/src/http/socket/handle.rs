//! What a connection shares with the holders of its sockets.
//!
//! They may read its state, send an interim response and close it. Everything else belongs to the connection's task alone.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};
use std::task::Waker;

use crate::events::Emitter;
use crate::http::socket::events::SocketEvents;
use crate::http::sync::lock;

#[derive(Debug)]
pub(crate) struct ConnectionHandle {
    /// The connection is served and can send.
    open: AtomicBool,
    /// `destroy` was called.
    destroyed: AtomicBool,
    bytes_read: AtomicU64,
    bytes_written: AtomicU64,
    /// The outbox has something to send; read without taking its lock.
    has_outbox: AtomicBool,
    outbox: Mutex<Outbox>,
    emitter: Emitter<SocketEvents>,
}

/// What other tasks have left for the connection's task.
#[derive(Debug, Default)]
struct Outbox {
    /// Interim responses, encoded.
    interim: Vec<u8>,
    /// One of them is a 100.
    continued: bool,
    /// Wakes the connection's task.
    waker: Option<Waker>,
}

impl ConnectionHandle {
    /// The handle of no connection: that of a detached request or response, and of a connection that is not served yet.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            open: AtomicBool::new(false),
            destroyed: AtomicBool::new(false),
            bytes_read: AtomicU64::new(0),
            bytes_written: AtomicU64::new(0),
            has_outbox: AtomicBool::new(false),
            outbox: Mutex::default(),
            emitter: Emitter::new(),
        })
    }

    /// Queues an encoded interim response (1xx), which is sent before the response to the current request. `continued`: it
    /// is a 100, so no other one is needed. Does nothing if the connection is closed.
    pub(crate) fn send_interim(&self, interim: &[u8], continued: bool) {
        if !self.open.load(Relaxed) {
            return;
        }
        let mut outbox = lock(&self.outbox);
        outbox.interim.extend_from_slice(interim);
        outbox.continued |= continued;
        self.has_outbox.store(true, Relaxed);
        let waker = outbox.waker.clone();
        drop(outbox);
        wake(waker);
    }

    /// Asks the connection's task to close the connection at once.
    pub(crate) fn destroy(&self) {
        self.destroyed.store(true, Relaxed);
        let waker = lock(&self.outbox).waker.clone();
        wake(waker);
    }

    #[inline]
    pub(crate) fn is_destroyed(&self) -> bool {
        self.destroyed.load(Relaxed)
    }

    /// The number of bytes received from the client.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Relaxed)
    }

    /// The number of bytes sent to the client.
    pub(crate) fn bytes_written(&self) -> u64 {
        self.bytes_written.load(Relaxed)
    }

    pub(crate) fn emitter(&self) -> &Emitter<SocketEvents> {
        &self.emitter
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// For the connection's task. It is the only writer of the two counters, so it stores totals and needs no atomic addition.
impl ConnectionHandle {
    pub(crate) fn open(&self) {
        self.open.store(true, Relaxed);
    }

    pub(crate) fn close(&self) {
        self.open.store(false, Relaxed);
    }

    pub(crate) fn set_bytes_read(&self, total: u64) {
        self.bytes_read.store(total, Relaxed);
    }

    pub(crate) fn set_bytes_written(&self, total: u64) {
        self.bytes_written.store(total, Relaxed);
    }

    /// Sets the task that is woken when there is something to do.
    pub(crate) fn set_waker(&self, waker: &Waker) {
        lock(&self.outbox).waker = Some(waker.clone());
    }

    /// Empties the outbox: `send` gets the encoded interim responses, and whether one of them is a 100. It is not called
    /// if there are none.
    #[inline]
    pub(crate) fn drain_outbox(&self, send: impl FnOnce(&[u8], bool)) {
        if self.has_outbox.load(Relaxed) {
            let (interim, continued) = self.take_outbox();
            send(&interim, continued);
        }
    }

    fn take_outbox(&self) -> (Vec<u8>, bool) {
        let mut outbox = lock(&self.outbox);
        self.has_outbox.store(false, Relaxed);
        (
            std::mem::take(&mut outbox.interim),
            std::mem::take(&mut outbox.continued),
        )
    }
}
