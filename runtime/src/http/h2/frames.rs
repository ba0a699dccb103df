//! Follows the frames of a connection to detect an incomplete head.
//!
//! hyper has no timeout for a head. A client that begins a head and does not end it blocks the connection, because
//! hyper reads nothing else before the end of the head.

/// The length of a frame's header, in bytes.
const HEADER: usize = 9;

const HEADERS: u8 = 1;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;

/// A scanner that reads the headers of frames and skips the rest.
#[derive(Debug)]
pub(super) struct FrameScanner {
    /// The number of bytes of the current frame that have not been received.
    rest: usize,
    /// The part of the next frame's header that has been received.
    header: [u8; HEADER],
    len: usize,
    /// The number of heads that have begun, including trailers.
    heads: u64,
    is_in_head: bool,
    /// Whether the current frame is the last one of its head.
    ends_head: bool,
}

impl FrameScanner {
    /// Creates a scanner. `preface` is the number of bytes before the first frame.
    pub(super) fn new(preface: usize) -> Self {
        Self {
            rest: preface,
            header: [0; HEADER],
            len: 0,
            heads: 0,
            is_in_head: false,
            ends_head: false,
        }
    }

    /// Returns the ordinal of the incomplete head, or `None` if no head is incomplete. Trailers count as heads.
    pub(super) fn open_head(&self) -> Option<u64> {
        self.is_in_head.then_some(self.heads)
    }

    pub(super) fn scan(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.rest > 0 {
                let len = self.rest.min(bytes.len());
                bytes = &bytes[len..];
                self.rest -= len;
            } else {
                let len = (HEADER - self.len).min(bytes.len());
                self.header[self.len..self.len + len].copy_from_slice(&bytes[..len]);
                bytes = &bytes[len..];
                self.len += len;
                if self.len < HEADER {
                    return;
                }
                self.begin();
            }
            if self.rest == 0 {
                self.end();
            }
        }
    }

    fn begin(&mut self) {
        self.len = 0;
        let [high, middle, low, kind, flags, ..] = self.header;
        self.rest = usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low);
        if kind == HEADERS {
            self.heads += 1;
        }
        if kind == HEADERS || kind == CONTINUATION {
            self.is_in_head = true;
            self.ends_head = flags & END_HEADERS != 0;
        }
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.ends_head) {
            self.is_in_head = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(kind: u8, flags: u8, len: u8) -> Vec<u8> {
        let mut frame = vec![0, 0, len, kind, flags, 0, 0, 0, 1];
        frame.resize(HEADER + usize::from(len), 0xff);
        frame
    }

    /// Scans byte by byte; returns every offset at which no head is open, and the number of heads.
    fn scan(bytes: &[u8]) -> (Vec<usize>, u64) {
        let mut scanner = FrameScanner::new(0);
        let mut closed = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            scanner.scan(&[*byte]);
            if scanner.open_head().is_none() {
                closed.push(at + 1);
            }
        }
        let mut at_once = FrameScanner::new(0);
        at_once.scan(bytes);
        assert_eq!(at_once.open_head(), scanner.open_head());
        (closed, scanner.heads)
    }

    #[test]
    fn a_head_is_open_until_its_last_byte() {
        let bytes = frame(HEADERS, END_HEADERS, 2);
        assert_eq!(scan(&bytes), ((1..9).chain([11]).collect(), 1));
    }

    #[test]
    fn a_head_continues_in_continuation_frames() {
        let bytes = [
            frame(HEADERS, 1, 1),
            frame(CONTINUATION, 0, 0),
            frame(CONTINUATION, END_HEADERS, 1),
            frame(0, 0, 3),
        ]
        .concat();
        let expected = (1..9).chain(29..=41).collect();
        assert_eq!(scan(&bytes), (expected, 1));
    }

    #[test]
    fn other_frames_do_not_open_a_head() {
        let bytes = [frame(4, 0, 6), frame(6, 1, 8), frame(8, 4, 4)].concat();
        let expected: Vec<usize> = (1..=bytes.len()).collect();
        assert_eq!(scan(&bytes), (expected, 0));
    }

    #[test]
    fn the_preface_is_not_a_frame() {
        let mut scanner = FrameScanner::new(24);
        scanner.scan(&[1; 24]);
        scanner.scan(&frame(HEADERS, 0, 0));
        assert_eq!(scanner.open_head(), Some(1));
    }
}
