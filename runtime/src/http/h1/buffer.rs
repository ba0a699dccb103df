//! Bytes that are appended at the end and consumed from the front.

#[derive(Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    /// The number of bytes consumed.
    consumed: usize,
}

impl Buffer {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.push_all(&[bytes]);
    }

    /// Appends several slices.
    pub(crate) fn push_all(&mut self, parts: &[&[u8]]) {
        // Consumed bytes are removed only once they are more than half of the buffer, so the amortized cost is
        // constant.
        if self.consumed > self.bytes.len() / 2 {
            self.compact();
        }
        for part in parts {
            self.bytes.extend_from_slice(part);
        }
    }

    #[cold]
    fn compact(&mut self) {
        self.bytes.drain(..self.consumed);
        self.consumed = 0;
    }

    pub(crate) fn rest(&self) -> &[u8] {
        self.bytes.get(self.consumed..).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.consumed >= self.bytes.len()
    }

    /// Consumes this many bytes.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.consumed += bytes;
        if self.is_empty() {
            self.clear();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.consumed = 0;
    }

    /// Releases the memory if the buffer is empty.
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
    fn consuming_keeps_the_unconsumed_bytes() {
        let mut buffer = Buffer::default();
        buffer.push(b"hello");
        buffer.advance(2);
        assert_eq!(buffer.rest(), b"llo");
        buffer.push(b", world");
        assert_eq!(buffer.rest(), b"llo, world");
        buffer.advance(10);
        assert!(buffer.is_empty());
        buffer.push(b"again");
        assert_eq!(buffer.rest(), b"again");
    }

    #[test]
    fn the_buffer_does_not_grow_with_consumed_bytes() {
        let mut buffer = Buffer::default();
        buffer.push(b"12345");
        for _ in 0..1000 {
            buffer.push(b"67890");
            buffer.advance(5);
        }
        assert_eq!(buffer.rest(), b"67890");
        assert!(buffer.bytes.capacity() < 100);
    }
}
