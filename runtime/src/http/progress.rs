//! How far hyper is with what it writes.

#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// hyper was not rid of all that it wanted to write.
    held_back: bool,
    /// It waits for a head until it is.
    starved: bool,
}

impl Progress {
    /// hyper wrote something: whether it got rid of `all`. `true`: it waits for a head, which it may have now.
    pub(crate) fn write(&mut self, all: bool) -> bool {
        self.held_back = !all;
        all && std::mem::take(&mut self.starved)
    }

    /// Whether hyper holds something back that it wanted to write.
    pub(crate) fn is_held_back(&self) -> bool {
        self.held_back
    }

    /// Whether a head that hyper asks for has to wait: it has to say first what it wants to write.
    pub(crate) fn is_starved(&mut self) -> bool {
        self.starved = self.held_back;
        self.starved
    }
}
