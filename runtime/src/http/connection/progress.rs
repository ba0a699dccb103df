//! How far hyper is with what it writes.

#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// hyper was not rid of all that it wanted to write.
    held_back: bool,
    /// It waits for a head until that is gone, and all that was gathered.
    starved: bool,
}

impl Progress {
    /// hyper wrote something: whether it got rid of `all`. `true`: it waits for a head, which it may have now.
    pub(crate) fn write(&mut self, all: bool) -> bool {
        self.held_back = !all;
        self.is_free()
    }

    /// All that was gathered is sent. `true`: hyper waits for a head, which it may have now.
    pub(crate) fn sent(&mut self) -> bool {
        self.is_free()
    }

    fn is_free(&mut self) -> bool {
        !self.held_back && std::mem::take(&mut self.starved)
    }

    /// Whether hyper holds something back that it wanted to write.
    pub(crate) fn is_held_back(&self) -> bool {
        self.held_back
    }

    /// Whether a head that hyper asks for has to wait: it has to say first what it wants to write, and what was gathered to
    /// be sent, if that is `full`.
    pub(crate) fn is_starved(&mut self, full: bool) -> bool {
        self.starved = self.held_back || full;
        self.starved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_waits_for_what_hyper_holds_back() {
        let mut progress = Progress::default();
        assert!(!progress.is_starved(false));
        assert!(!progress.write(false) && progress.is_held_back());
        assert!(progress.is_starved(false));
        assert!(!progress.sent(), "hyper holds back still");
        assert!(progress.write(true), "it may have the head now");
        assert!(!progress.write(true) && !progress.sent(), "told once");
    }

    #[test]
    fn a_head_waits_for_what_was_gathered() {
        let mut progress = Progress::default();
        assert!(progress.is_starved(true));
        assert!(progress.sent(), "hyper may have the head now");
        assert!(!progress.sent(), "told once");
        assert!(!progress.is_starved(false));
    }
}
