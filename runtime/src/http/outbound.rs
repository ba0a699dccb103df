//! What waits to be sent to the client.
//!
//! hyper flushes after every answer. Here small answers are gathered and sent together when a poll of the connection is
//! over: one system call for a batch of pipelined requests, none that copies much.

use std::io::{self, IoSlice};

use super::backlog::Backlog;
use super::content_type::{ContentType, OK};

/// How much is gathered, in bytes. What is longer goes to the socket from where it is.
pub(crate) const GATHERED: usize = 16 * 1024;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
const DATE: &[u8] = b"date: ";

#[derive(Debug, Default)]
pub(crate) struct Outbound {
    waiting: Backlog,
    /// hyper's next interim answer is a 100 that the handler sent already.
    continued: bool,
    /// The type that the next head is to say.
    content_type: Option<ContentType>,
    /// The next head is to be without a date.
    undated: bool,
}

impl Outbound {
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What is to be sent next.
    pub(crate) fn unsent(&self) -> &[u8] {
        self.waiting.rest()
    }

    /// So many bytes were sent.
    pub(crate) fn sent(&mut self, bytes: usize) {
        self.waiting.advance(bytes);
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.waiting.push(bytes);
    }

    /// What is to be done to the next head, which hyper does not know of: it says this type, and no date.
    pub(crate) fn expect(&mut self, content_type: Option<ContentType>, undated: bool) {
        self.content_type = content_type;
        self.undated = undated;
    }

    /// Whether there is something to be done to what hyper writes next.
    pub(crate) fn expects_head(&self) -> bool {
        self.content_type.is_some() || self.is_edited()
    }

    pub(crate) fn continued(&mut self) {
        self.continued = true;
    }

    fn is_edited(&self) -> bool {
        self.continued || self.undated
    }

    /// Takes what hyper writes. A head is a part of its own.
    pub(crate) fn take(&mut self, parts: &[IoSlice<'_>]) {
        if self.is_edited() {
            return self.take_edited(parts);
        }
        let mut parts = parts.iter();
        if let Some(content_type) = self.content_type.take()
            && let Some(head) = parts.next()
        {
            self.push_head(head, content_type);
        }
        for part in parts {
            self.push(part);
        }
    }

    /// Leaves out what the handler does not want to be said.
    #[cold]
    fn take_edited(&mut self, parts: &[IoSlice<'_>]) {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(part);
        }
        if std::mem::take(&mut self.continued) {
            bytes.drain(..interim(&bytes));
        }
        if bytes.len() == interim(&bytes) {
            // The head is still to come.
            return self.push(&bytes);
        }
        if std::mem::take(&mut self.undated) {
            cut_date(&mut bytes);
        }
        match self.content_type.take() {
            Some(content_type) => self.push_head(&bytes, content_type),
            None => self.push(&bytes),
        }
    }

    /// A head, with one line more behind the first.
    fn push_head(&mut self, head: &[u8], content_type: ContentType) {
        match head.strip_prefix(OK) {
            Some(rest) => {
                self.push(content_type.beginning().as_bytes());
                self.push(rest);
            }
            None => self.push_other_head(head, content_type),
        }
    }

    #[cold]
    fn push_other_head(&mut self, head: &[u8], content_type: ContentType) {
        let interim = interim(head);
        let end = memchr::memchr(b'\n', &head[interim..]);
        let (first, rest) = head.split_at(end.map_or(head.len(), |end| interim + end + 1));
        for part in [first, content_type.line().as_bytes(), rest] {
            self.push(part);
        }
    }

    /// Lets go of memory.
    pub(crate) fn shrink(&mut self) {
        self.waiting.shrink();
    }
}

/// How long hyper's 100 is, if `bytes` begin with it: it may come together with the head.
fn interim(bytes: &[u8]) -> usize {
    match bytes.starts_with(CONTINUE) {
        true => CONTINUE.len(),
        false => 0,
    }
}

/// Takes the date out of the head that `bytes` begin with.
fn cut_date(bytes: &mut Vec<u8>) {
    let mut start = interim(bytes);
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
        out.take(&[IoSlice::new(CONTINUE), IoSlice::new(b"HTTP/1.1 200")]);
        assert_eq!(out.unsent(), b"HTTP/1.1 200");
        assert!(!out.expects_head());
    }

    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ndate: today\r\n\r\n";
    const TYPED: &[u8] =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ndate: today\r\n\r\n[]";

    #[test]
    fn a_type_stands_in_the_next_head_and_in_no_other() {
        let mut out = Outbound::default();
        out.expect(Some(ContentType::Json), false);
        out.take(&[IoSlice::new(HEAD), IoSlice::new(b"[]")]);
        assert_eq!(out.unsent(), TYPED);
        out.sent(TYPED.len());
        out.take(&[IoSlice::new(HEAD)]);
        assert_eq!(out.unsent(), HEAD);
    }

    #[test]
    fn a_type_and_no_date_are_the_heads_and_not_the_hundreds() {
        let mut out = Outbound::default();
        out.expect(Some(ContentType::Json), false);
        out.take(&[
            IoSlice::new(&[CONTINUE, HEAD].concat()),
            IoSlice::new(b"[]"),
        ]);
        assert_eq!(out.unsent(), [CONTINUE, TYPED].concat());
        let mut out = Outbound::default();
        out.expect(Some(ContentType::Json), true);
        out.take(&[IoSlice::new(CONTINUE)]);
        assert_eq!(out.unsent(), CONTINUE);
        assert!(out.expects_head());
        out.sent(CONTINUE.len());
        out.take(&[IoSlice::new(&[CONTINUE, HEAD].concat())]);
        let bare = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
        assert_eq!(out.unsent(), [CONTINUE, bare].concat());
    }
}
