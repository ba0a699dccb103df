//! The part of a body that is written but not yet sent.

use std::collections::VecDeque;

use bytes::Bytes;

/// The number of bytes that may be buffered for the client before an awaited `write` waits.
pub(super) const HIGH_WATER_MARK: usize = 64 * 1024;

/// The maximum length of a chunk that is taken at once, in bytes.
const LONGEST: usize = 64 * 1024;

/// Chunks in the order in which they were written. One chunk, the usual case, needs no allocation.
#[derive(Debug, Default)]
pub(crate) struct ChunkQueue {
    first: Bytes,
    more: VecDeque<Bytes>,
    len: usize,
}

impl ChunkQueue {
    #[inline]
    pub(crate) fn push(&mut self, chunk: Bytes) {
        if chunk.is_empty() {
            return;
        }
        self.len += chunk.len();
        if self.first.is_empty() {
            self.first = chunk;
        } else {
            self.more.push_back(chunk);
        }
    }

    /// Takes the next chunk, of at most [`LONGEST`] bytes.
    pub(crate) fn pop(&mut self) -> Option<Bytes> {
        if self.first.len() > LONGEST {
            self.len -= LONGEST;
            return Some(self.first.split_to(LONGEST));
        }
        if self.first.is_empty() {
            return None;
        }
        let next = self.more.pop_front().unwrap_or_default();
        let chunk = std::mem::replace(&mut self.first, next);
        self.len -= chunk.len();
        Some(chunk)
    }

    /// Takes the whole content as one chunk.
    #[inline]
    pub(crate) fn join(&mut self) -> Bytes {
        if self.more.is_empty() {
            self.len = 0;
            return std::mem::take(&mut self.first);
        }
        self.join_all()
    }

    #[cold]
    fn join_all(&mut self) -> Bytes {
        let mut all = Vec::with_capacity(self.len);
        while let Some(chunk) = self.pop() {
            all.extend_from_slice(&chunk);
        }
        all.into()
    }

    /// Returns the length of all chunks, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        if self.len > 0 {
            *self = Self::default();
        }
    }
}
