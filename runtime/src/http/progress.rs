//! How far hyper is with what it writes.

#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// hyper holds something back that it wrote.
    held_back: bool,
    /// It waits for a head until it does not.
    starved: bool,
}

impl Progress {
    /// hyper wrote something.
    pub(crate) fn write(&mut self) {
        self.held_back = true;
    }

    /// hyper holds nothing back any more. `true`: it waits for a head, which it may have now.
    pub(crate) fn flush(&mut self) -> bool {
        self.held_back = false;
        std::mem::take(&mut self.starved)
    }

    /// Whether hyper holds something back that it wrote.
    pub(crate) fn is_held_back(&self) -> bool {
        self.held_back
    }

    /// Whether a head that hyper asks for has to wait: it has to say first what it has written.
    pub(crate) fn is_starved(&mut self) -> bool {
        self.starved = self.held_back;
        self.starved
    }
}
