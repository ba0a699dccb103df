//! How far hyper is with what it writes.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// How far hyper is. Only the connection's task goes by it, and it needs no lock.
#[derive(Debug)]
pub(crate) struct Progress {
    /// hyper holds nothing back that it wrote.
    flushed: AtomicBool,
    /// It waits for a head until that is so.
    starved: AtomicBool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            flushed: AtomicBool::new(true),
            starved: AtomicBool::new(false),
        }
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
