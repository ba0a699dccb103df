//! What waits to be sent to the client.
//!
//! hyper flushes after every answer. Here small answers are gathered and sent together when a poll of the connection is
//! over: one system call for a batch of pipelined requests, none that copies much.

use std::io::{self, IoSlice};

/// How much is gathered, in bytes. What is longer goes to the socket from where it is.
pub(crate) const GATHERED: usize = 16 * 1024;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
const DATE: &[u8] = b"date: ";

#[derive(Debug, Default)]
pub(crate) struct Outbound {
    waiting: Vec<u8>,
    /// How much of it was sent.
    sent: usize,
    /// hyper's next interim answer is a 100 that the handler sent already.
    continued: bool,
    /// The next head is to be without a date.
    undated: bool,
}

impl Outbound {
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What is to be sent next.
    pub(crate) fn unsent(&self) -> &[u8] {
        &self.waiting[self.sent..]
    }

    /// So many bytes were sent.
    pub(crate) fn sent(&mut self, bytes: usize) {
        self.sent += bytes;
        if self.sent == self.waiting.len() {
            self.waiting.clear();
            self.sent = 0;
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    pub(crate) fn continued(&mut self) {
        self.continued = true;
    }

    pub(crate) fn undated(&mut self) {
        self.undated = true;
    }

    /// Whether hyper's bytes have to be looked at before they go.
    pub(crate) fn is_edited(&self) -> bool {
        self.continued || self.undated
    }

    /// Takes what hyper writes, and leaves out what the handler does not want to be said.
    pub(crate) fn push_edited(&mut self, parts: &[IoSlice<'_>]) {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(part);
        }
        if std::mem::take(&mut self.continued) && bytes.starts_with(CONTINUE) {
            bytes.drain(..CONTINUE.len());
        }
        let interim = bytes == CONTINUE;
        if self.undated && !bytes.is_empty() && !interim {
            self.undated = false;
            cut_date(&mut bytes);
        }
        self.push(&bytes);
    }

    /// Lets go of memory.
    pub(crate) fn shrink(&mut self) {
        if self.waiting.is_empty() {
            self.waiting = Vec::new();
        }
    }
}

/// Takes the date out of the head that `bytes` begin with.
fn cut_date(bytes: &mut Vec<u8>) {
    let mut start = 0;
    while let Some(len) = memchr::memchr(b'\n', &bytes[start..]) {
        let line = start..start + len + 1;
        match &bytes[line.clone()] {
            b"\r\n" => return,
            text if text.starts_with(DATE) => {
                bytes.drain(line);
                return;
            }
            _ => start = line.end,
        }
    }
}

/// How many bytes all parts have.
pub(crate) fn total(parts: &[IoSlice<'_>]) -> usize {
    parts.iter().map(|part| part.len()).sum()
}

/// What a socket says that takes nothing.
pub(crate) fn taken(written: usize) -> io::Result<usize> {
    if written == 0 {
        return Err(io::ErrorKind::WriteZero.into());
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_cut_out_of_the_head_only() {
        let mut head = b"HTTP/1.1 200 OK\r\ndate: today\r\nx: 1\r\n\r\n\r\ndate: kept".to_vec();
        cut_date(&mut head);
        assert_eq!(head, b"HTTP/1.1 200 OK\r\nx: 1\r\n\r\n\r\ndate: kept");
        let mut last = b"HTTP/1.1 200 OK\r\ndate: today\r\n\r\n".to_vec();
        cut_date(&mut last);
        assert_eq!(last, b"HTTP/1.1 200 OK\r\n\r\n");
    }

    #[test]
    fn a_hundred_is_said_once() {
        let mut out = Outbound::default();
        out.continued();
        out.push_edited(&[IoSlice::new(CONTINUE), IoSlice::new(b"HTTP/1.1 200")]);
        assert_eq!(out.unsent(), b"HTTP/1.1 200");
        assert!(!out.is_edited());
    }

    #[test]
    fn what_is_sent_is_forgotten() {
        let mut out = Outbound::default();
        out.push(b"hello");
        out.sent(2);
        assert_eq!(out.unsent(), b"llo");
        out.sent(3);
        assert!(out.is_empty());
    }
}
