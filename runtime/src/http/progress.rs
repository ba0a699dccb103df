//! How far hyper is with what it reads and writes.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// How far hyper is. Only the connection's task goes by it, and it needs no lock.
#[derive(Debug)]
pub(crate) struct Progress {
    /// How many heads hyper has got.
    heads: AtomicU64,
    /// The last of them is [`special`](Started::special).
    special: AtomicBool,
    /// How many of them the handler was called for.
    started: AtomicU64,
    /// hyper holds nothing back that it wrote.
    flushed: AtomicBool,
    /// It waits for a head until that is so.
    starved: AtomicBool,
}

/// A request as its handler is called.
pub(crate) struct Started {
    /// The number of the request on this connection, from 1.
    pub(crate) number: u64,
    /// It has an `expect` or an `upgrade`, or is a CONNECT.
    pub(crate) special: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            heads: AtomicU64::new(0),
            special: AtomicBool::new(false),
            started: AtomicU64::new(0),
            flushed: AtomicBool::new(true),
            starved: AtomicBool::new(false),
        }
    }

    /// hyper has got so many heads.
    pub(crate) fn read(&self, heads: u64, special: bool) {
        self.heads.store(heads, Relaxed);
        self.special.store(special, Relaxed);
    }

    /// The handler is called for the head that hyper got last.
    pub(crate) fn start(&self) -> Started {
        let number = self.heads.load(Relaxed);
        self.started.store(number, Relaxed);
        Started {
            number,
            special: self.special.load(Relaxed),
        }
    }

    /// How many requests the handler was called for.
    pub(crate) fn started(&self) -> u64 {
        self.started.load(Relaxed)
    }

    /// hyper wrote something.
    pub(crate) fn write(&self) {
        self.flushed.store(false, Relaxed);
    }

    /// hyper holds nothing back any more. `true`: it waits for a head, which it may have now.
    pub(crate) fn flush(&self) -> bool {
        self.flushed.store(true, Relaxed);
        let starved = self.starved.load(Relaxed);
        self.starved.store(false, Relaxed);
        starved
    }

    /// Whether hyper holds something back that it wrote.
    pub(crate) fn is_held_back(&self) -> bool {
        !self.flushed.load(Relaxed)
    }

    /// Whether a head that hyper asks for has to wait: it has to say first what it has written.
    pub(crate) fn is_starved(&self) -> bool {
        let starved = self.is_held_back();
        self.starved.store(starved, Relaxed);
        starved
    }
}
