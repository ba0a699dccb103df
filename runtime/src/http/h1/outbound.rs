//! What waits to be sent to the client.
//!
//! hyper flushes after every answer. Here small answers are gathered and sent together when a poll of the connection is
//! over: one system call for a batch of pipelined requests, none that copies much.
//!
//! Of an answer that is whole hyper writes the head, and believes that there is no body. The body is put behind the head
//! here, and what the head has to say of it into the head: so it does not go through hyper's queue, and a long one is sent
//! from where it is.

use std::io;

use bytes::{Buf, Bytes};

use crate::http::h1::buffer::Backlog;
use crate::http::response::content_type::{ContentType, LENGTH, UNTYPED};

/// How much is gathered, in bytes. A body that would make it more goes to the socket from where it is.
const GATHERED: usize = 16 * 1024;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
const DATE: &[u8] = b"date: ";
/// What hyper says of an answer without a body, and how the head of most begins.
const NO_LENGTH: &[u8] = b"content-length: 0\r\n";
const USUAL: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0";

#[derive(Debug, Default)]
pub(crate) struct Outbound {
    waiting: Backlog,
    /// The body that goes behind it, and would make it too long.
    long: Bytes,
    /// hyper's next interim answer is a 100 that the handler sent already.
    continued: bool,
    /// What the next head is the head of.
    untold: Untold,
}

/// What hyper does not know of the answer whose head it writes.
#[derive(Debug, Default)]
pub(crate) struct Untold {
    /// The type that the head is to say.
    pub(crate) content_type: Option<ContentType>,
    /// The head is to be without a date.
    pub(crate) undated: bool,
    /// All of the body.
    pub(crate) body: Bytes,
}

impl Outbound {
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.long.is_empty()
    }

    /// Whether something waits that is not to be added to.
    fn is_long(&self) -> bool {
        !self.long.is_empty()
    }

    /// Whether so much waits that there should be no next answer yet.
    pub(crate) fn is_full(&self) -> bool {
        self.is_long() || self.waiting.rest().len() > GATHERED
    }

    /// What is gathered, to be sent next.
    pub(crate) fn gathered(&self) -> &[u8] {
        self.waiting.rest()
    }

    /// What is to be sent behind it.
    pub(crate) fn long(&self) -> &[u8] {
        &self.long
    }

    /// So many bytes were sent.
    pub(crate) fn sent(&mut self, bytes: usize) {
        let gathered = self.waiting.rest().len().min(bytes);
        self.waiting.advance(gathered);
        if bytes > gathered {
            self.long.advance(bytes - gathered);
            if self.long.is_empty() {
                // What was sent is not held.
                self.long = Bytes::new();
            }
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.is_long() {
            let long = std::mem::take(&mut self.long);
            self.waiting.push(&long);
        }
        self.waiting.push(bytes);
    }

    /// The head that comes next is that of this answer.
    pub(crate) fn expect(&mut self, untold: Untold) {
        self.untold = untold;
    }

    pub(crate) fn continued(&mut self) {
        self.continued = true;
    }

    /// Whether so much of what hyper writes is taken. A head always is: it may have to be changed.
    pub(crate) fn takes(&self, bytes: usize) -> bool {
        !self.is_long() && (self.has_room(bytes) || self.expects_head())
    }

    fn expects_head(&self) -> bool {
        self.continued || self.untold.is_something()
    }

    /// Takes what hyper writes. A head is at its beginning.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.expects_head() {
            self.push(bytes);
            return Ok(());
        }
        match bytes.strip_prefix(USUAL) {
            Some(rest) if self.untold.is_usual() && !self.continued => {
                self.take_usual(rest);
                Ok(())
            }
            _ => self.take_edited(bytes),
        }
    }

    /// The head of most answers, from behind its length, and the body.
    fn take_usual(&mut self, rest: &[u8]) {
        let Untold {
            content_type, body, ..
        } = std::mem::take(&mut self.untold);
        let beginning = content_type.map_or(UNTYPED, ContentType::beginning);
        let mut length = itoa::Buffer::new();
        let length = length.format(body.len());
        let short = self.has_room(body.len());
        let gathered = if short { &body[..] } else { &[] };
        self.waiting
            .push_all(&[beginning.as_bytes(), length.as_bytes(), rest, gathered]);
        if !short {
            self.long = body;
        }
    }

    #[cold]
    fn take_edited(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut head = bytes;
        if let Some(behind) = bytes.strip_prefix(CONTINUE) {
            if !std::mem::take(&mut self.continued) {
                self.push(CONTINUE);
            }
            head = behind;
        }
        if head.is_empty() {
            // It is still to come.
            return Ok(());
        }
        self.continued = false;
        let gathered = self.waiting.rest().len();
        let untold = std::mem::take(&mut self.untold);
        if !self.push_edited(head, &untold) {
            // A body that its head does not tell of would be read as the next answer.
            self.waiting.truncate(gathered);
            return Err(io::ErrorKind::InvalidData.into());
        }
        match self.has_room(untold.body.len()) {
            true => self.push(&untold.body),
            false => self.long = untold.body,
        }
        Ok(())
    }

    /// A head, with what is untold of its answer. `false`: it does not tell of the body.
    fn push_edited(&mut self, head: &[u8], untold: &Untold) -> bool {
        let mut told = untold.body.is_empty();
        let (mut pushed, mut at) = (0, 0);
        while let Some(len) = memchr::memchr(b'\n', &head[at..]) {
            let start = at;
            at += len + 1;
            match &head[start..at] {
                b"\r\n" => break,
                line if untold.undated && line.starts_with(DATE) => {
                    self.push(&head[pushed..start]);
                    pushed = at;
                }
                NO_LENGTH if !told => {
                    told = true;
                    self.push(&head[pushed..start + LENGTH.len()]);
                    self.push(itoa::Buffer::new().format(untold.body.len()).as_bytes());
                    pushed = at - b"\r\n".len();
                }
                _ if start == 0 => {
                    self.push(&head[..at]);
                    self.push(untold.content_type.map_or("", ContentType::line).as_bytes());
                    pushed = at;
                }
                _ => {}
            }
        }
        self.push(&head[pushed..]);
        told
    }

    /// Whether so much more may be gathered.
    fn has_room(&self, bytes: usize) -> bool {
        self.waiting.rest().len() + bytes <= GATHERED
    }

    /// Lets go of memory.
    pub(crate) fn shrink(&mut self) {
        self.waiting.shrink();
    }
}

impl Untold {
    fn is_something(&self) -> bool {
        self.content_type.is_some() || self.undated || !self.body.is_empty()
    }

    /// Whether it is what most answers have.
    fn is_usual(&self) -> bool {
        !self.undated && !self.body.is_empty()
    }
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

    fn taken(untold: Untold, bytes: &[u8]) -> String {
        let mut out = Outbound::default();
        out.expect(untold);
        out.take(bytes).expect("a head of hyper's");
        assert!(!out.untold.is_something());
        let all = [out.gathered(), out.long()].concat();
        String::from_utf8(all).expect("text")
    }

    fn typed(body: &'static [u8]) -> Untold {
        Untold {
            content_type: Some(ContentType::Json),
            undated: false,
            body: Bytes::from_static(body),
        }
    }

    #[test]
    fn the_date_is_cut_out_of_the_head_only() {
        let undated = || Untold {
            undated: true,
            ..Untold::default()
        };
        let head = b"HTTP/1.1 200 OK\r\ndate: today\r\nx: 1\r\n\r\n\r\ndate: kept";
        let cut = "HTTP/1.1 200 OK\r\nx: 1\r\n\r\n\r\ndate: kept";
        assert_eq!(taken(undated(), head), cut);
        let last = b"HTTP/1.1 200 OK\r\ndate: today\r\n\r\n";
        assert_eq!(taken(undated(), last), "HTTP/1.1 200 OK\r\n\r\n");
    }

    #[test]
    fn a_hundred_is_said_once() {
        let mut out = Outbound::default();
        out.continued();
        let all = [CONTINUE, b"HTTP/1.1 200"].concat();
        out.take(&all).expect("a head");
        assert_eq!(out.gathered(), b"HTTP/1.1 200");
        assert!(!out.continued);
    }

    #[test]
    fn a_hundred_that_hyper_does_not_say_is_not_waited_for() {
        let mut out = Outbound::default();
        out.continued();
        out.expect(typed(b"[]"));
        out.take(HEAD).expect("a head");
        out.take(CONTINUE).expect("that of the next request");
        assert_eq!(out.gathered(), [WHOLE.as_bytes(), CONTINUE].concat());
    }

    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\ndate: today\r\n\r\n";
    const WHOLE: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\
                         date: today\r\n\r\n[]";

    #[test]
    fn a_body_and_its_type_go_with_the_next_head_and_with_no_other() {
        let mut out = Outbound::default();
        out.expect(typed(b"[]"));
        out.take(HEAD).expect("a head");
        assert_eq!(out.gathered(), WHOLE.as_bytes());
        out.sent(WHOLE.len());
        out.take(HEAD).expect("a head");
        assert_eq!(out.gathered(), HEAD);
    }

    #[test]
    fn the_length_of_a_body_stands_in_any_head() {
        let body = || Untold {
            body: Bytes::from_static(b"hello, world"),
            ..Untold::default()
        };
        let other =
            b"HTTP/1.0 404 Not Found\r\nx: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let whole = "HTTP/1.0 404 Not Found\r\nx: 1\r\ncontent-length: 12\r\nconnection: close\r\n\r\nhello, world";
        assert_eq!(taken(body(), other), whole);
        let headed = b"HTTP/1.1 200 OK\r\nx: 1\r\ncontent-length: 0\r\n\r\n";
        let whole = "HTTP/1.1 200 OK\r\nx: 1\r\ncontent-length: 12\r\n\r\nhello, world";
        assert_eq!(taken(body(), headed), whole);
        let text = "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\n\r\n";
        let none = b"HTTP/1.1 404 Not Found\r\n\r\n";
        assert_eq!(taken(typed(b""), none), text);
    }

    #[test]
    fn a_body_does_not_go_without_its_length() {
        for head in [
            &b"HTTP/1.1 200 OK\r\n\r\ncontent-length: 0\r\n"[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ] {
            let mut out = Outbound::default();
            out.expect(typed(b"[]"));
            out.take(head).expect_err("no length");
            assert_eq!(out.long(), b"");
        }
    }

    #[test]
    fn a_long_body_is_not_copied() {
        let body = Bytes::from(vec![b'x'; GATHERED + 1]);
        let mut out = Outbound::default();
        out.expect(Untold {
            body: body.clone(),
            ..Untold::default()
        });
        out.take(HEAD).expect("a head");
        assert_eq!(out.long().as_ptr(), body.as_ptr());
        let gathered = out.gathered().len();
        out.sent(gathered + 1);
        assert_eq!((out.gathered().len(), out.long().len()), (0, GATHERED));
        out.push(b"y");
        assert_eq!(out.gathered().len(), GATHERED + 1);
        assert!(!out.is_long());
        out.sent(GATHERED + 1);
        assert!(out.is_empty());
    }

    #[test]
    fn a_body_that_was_sent_is_not_held() {
        let body = Bytes::from(vec![b'x'; GATHERED + 1]);
        let mut out = Outbound::default();
        out.expect(Untold {
            body: body.clone(),
            ..Untold::default()
        });
        out.take(HEAD).expect("a head");
        assert!(out.is_full() && !body.is_unique());
        out.sent(out.gathered().len() + body.len());
        assert!(out.is_empty() && body.is_unique());
    }

    /// Those to HEAD have no body that would be too long.
    #[test]
    fn heads_alone_are_too_much_some_time() {
        let mut out = Outbound::default();
        let mut heads = 0;
        while !out.is_full() {
            heads += 1;
            assert!(heads <= GATHERED / HEAD.len() + 1, "without end");
            out.expect(typed(b""));
            assert!(out.takes(HEAD.len()));
            out.take(HEAD).expect("a head");
        }
        assert!(heads > 100, "{heads}");
        out.sent(HEAD.len());
        out.sent(HEAD.len());
        assert!(!out.is_full());
    }

    #[test]
    fn a_body_and_no_date_are_the_heads_and_not_the_hundreds() {
        let all = [CONTINUE, HEAD].concat();
        let continued = String::from_utf8_lossy(CONTINUE);
        assert_eq!(taken(typed(b"[]"), &all), format!("{continued}{WHOLE}"));
        let mut out = Outbound::default();
        out.expect(Untold {
            undated: true,
            ..typed(b"[]")
        });
        out.take(CONTINUE).expect("an interim");
        assert_eq!(out.gathered(), CONTINUE);
        assert!(out.untold.is_something());
        out.sent(CONTINUE.len());
        out.take(&all).expect("a head");
        let bare = WHOLE.replace("date: today\r\n", "");
        assert_eq!(out.gathered(), [CONTINUE, bare.as_bytes()].concat());
    }
}
