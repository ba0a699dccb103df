//! Bytes that wait, and are taken from the front.

#[derive(Debug, Default)]
pub(crate) struct Backlog {
    bytes: Vec<u8>,
    /// How many of them were taken.
    taken: usize,
}

impl Backlog {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.push_all(&[bytes]);
    }

    /// These, one behind the other.
    pub(crate) fn push_all(&mut self, parts: &[&[u8]]) {
        // What was taken is not kept for long, nor moved away for each byte behind it.
        if self.taken > self.bytes.len() / 2 {
            self.close_up();
        }
        for part in parts {
            self.bytes.extend_from_slice(part);
        }
    }

    #[cold]
    fn close_up(&mut self) {
        self.bytes.drain(..self.taken);
        self.taken = 0;
    }

    pub(crate) fn rest(&self) -> &[u8] {
        self.bytes.get(self.taken..).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.taken >= self.bytes.len()
    }

    /// So many of the rest are done with.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.taken += bytes;
        if self.is_empty() {
            self.clear();
        }
    }

    /// Keeps so many of the rest, and no more.
    pub(crate) fn truncate(&mut self, bytes: usize) {
        self.bytes.truncate(self.taken + bytes);
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.taken = 0;
    }

    /// Lets go of memory, if nothing waits.
    pub(crate) fn shrink(&mut self) {
        if self.is_empty() {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_gone_and_the_rest_stays() {
        let mut backlog = Backlog::default();
        backlog.push(b"hello");
        backlog.advance(2);
        assert_eq!(backlog.rest(), b"llo");
        backlog.push(b", world");
        assert_eq!(backlog.rest(), b"llo, world");
        backlog.advance(10);
        assert!(backlog.is_empty());
        backlog.push(b"again");
        assert_eq!(backlog.rest(), b"again");
    }

    #[test]
    fn it_does_not_grow_with_what_was_taken() {
        let mut backlog = Backlog::default();
        backlog.push(b"12345");
        for _ in 0..1000 {
            backlog.push(b"67890");
            backlog.advance(5);
        }
        assert_eq!(backlog.rest(), b"67890");
        assert!(backlog.bytes.capacity() < 100);
    }
}
