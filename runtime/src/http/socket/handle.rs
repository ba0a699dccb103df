//! What a connection shares with whoever holds the socket of one of its requests: they may ask how it is, have something said
//! to the client, and cut it. All else is the [`Line`](crate::http::connection::transport::Line)'s, which its task has to itself.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};
use std::task::Waker;

use crate::events::Emitter;
use crate::http::event::SocketEvents;
use crate::http::h1::outbound::Outbound;
use crate::http::sync::lock;

#[derive(Debug)]
pub(crate) struct Wire {
    /// It leads to a client.
    open: AtomicBool,
    /// Somebody wants the connection to be cut.
    destroyed: AtomicBool,
    /// How many bytes came from the client.
    read: AtomicU64,
    /// How many bytes went to the client.
    written: AtomicU64,
    /// There is something in the mail.
    mailed: AtomicBool,
    mail: Mutex<Mail>,
    emitter: Emitter<SocketEvents>,
}

/// What the connection's task is to be told.
#[derive(Debug, Default)]
struct Mail {
    /// Interim answers, for the client.
    interim: Vec<u8>,
    /// One of them asks for the body: hyper need not.
    continued: bool,
    /// The task.
    task: Option<Waker>,
}

impl Wire {
    /// A wire that leads nowhere: that of a request or response made by hand, or of a connection that is not served yet.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            open: AtomicBool::new(false),
            destroyed: AtomicBool::new(false),
            read: AtomicU64::new(0),
            written: AtomicU64::new(0),
            mailed: AtomicBool::new(false),
            mail: Mutex::default(),
            emitter: Emitter::new(),
        })
    }

    /// Sends an interim answer (1xx), complete with its blank line, ahead of the answer to the request in hand. `asks`: it
    /// is a 100, and hyper's own is held back. If nobody reads any more, nothing is sent.
    pub(crate) fn inform(&self, interim: &[u8], asks: bool) {
        if !self.open.load(Relaxed) {
            return;
        }
        let mut mail = lock(&self.mail);
        mail.interim.extend_from_slice(interim);
        mail.continued |= asks;
        self.mailed.store(true, Relaxed);
        let task = mail.task.clone();
        drop(mail);
        wake(task);
    }

    /// Cuts the connection.
    pub(crate) fn destroy(&self) {
        self.destroyed.store(true, Relaxed);
        let task = lock(&self.mail).task.clone();
        wake(task);
    }

    #[inline]
    pub(crate) fn is_destroyed(&self) -> bool {
        self.destroyed.load(Relaxed)
    }

    /// How many bytes came from the client.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    /// How many bytes went to the client.
    pub(crate) fn bytes_written(&self) -> u64 {
        self.written.load(Relaxed)
    }

    pub(crate) fn emitter(&self) -> &Emitter<SocketEvents> {
        &self.emitter
    }
}

fn wake(task: Option<Waker>) {
    if let Some(task) = task {
        task.wake();
    }
}

/// The line's side. Only the line writes what it says here, so that it need not add to what others may have added.
impl Wire {
    pub(crate) fn open(&self) {
        self.open.store(true, Relaxed);
    }

    pub(crate) fn close(&self) {
        self.open.store(false, Relaxed);
    }

    pub(crate) fn tell_read(&self, read: u64) {
        self.read.store(read, Relaxed);
    }

    pub(crate) fn tell_written(&self, written: u64) {
        self.written.store(written, Relaxed);
    }

    /// Whom to wake when there is something to do.
    pub(crate) fn serve(&self, task: &Waker) {
        lock(&self.mail).task = Some(task.clone());
    }

    /// Puts what is in the mail where it is sent.
    #[inline]
    pub(crate) fn collect(&self, outbound: &mut Outbound) {
        if self.mailed.load(Relaxed) {
            self.take_mail(outbound);
        }
    }

    fn take_mail(&self, outbound: &mut Outbound) {
        let mut mail = lock(&self.mail);
        self.mailed.store(false, Relaxed);
        outbound.push(&mail.interim);
        mail.interim = Vec::new();
        if std::mem::take(&mut mail.continued) {
            outbound.continued();
        }
    }
}
