//! What came from the client, and how much of it hyper may have.
//!
//! ```text
//! held:  [ the head in hand | handed on ][ to be handed on ... ]
//!        0                  head         next              len
//! ```
//!
//! hyper gets one whole head at a time, then the body that belongs to it as far as it is good, and nothing of the next
//! request before it asks for that. So the head of the request in hand can be read as it came.

use super::chunks::Chunks;
use super::head::{Flaw, Framing, Head, HeadReader, Rules};

#[derive(Debug)]
pub(crate) struct Inbound {
    held: Vec<u8>,
    /// The length of the head in hand.
    head: usize,
    /// Up to where hyper has it.
    next: usize,
    /// How much of the head in hand hyper has not got yet.
    handing: usize,
    at: At,
    rules: Rules,
    /// How many heads were complete.
    heads: u64,
    /// The head in hand needs a closer look.
    special: bool,
    /// The client sends no more.
    pub(crate) ended: bool,
}

#[derive(Debug)]
enum At {
    /// Ahead of a head, or in it.
    Head(HeadReader),
    /// A head is complete; its body is handed on behind it.
    Body(Body),
    /// What the client sent cannot be read on.
    Flawed(Flaw),
}

#[derive(Debug)]
enum Body {
    Length(u64),
    Chunked(Chunks),
}

impl Body {
    fn ended(&self) -> bool {
        match self {
            Self::Length(left) => *left == 0,
            Self::Chunked(chunks) => chunks.ended(),
        }
    }
}

impl Inbound {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            held: Vec::new(),
            head: 0,
            next: 0,
            handing: 0,
            at: At::Head(HeadReader::default()),
            rules,
            heads: 0,
            special: false,
            ended: false,
        }
    }

    /// Takes what was read.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    /// How many bytes wait to be handed on.
    pub(crate) fn waiting(&self) -> usize {
        self.held.len() - self.next
    }

    /// Whether a request has begun whose head is not complete. Empty lines begin none.
    pub(crate) fn begun(&self) -> bool {
        matches!(self.at, At::Head(_)) && !self.held[self.next..].trim_ascii_start().is_empty()
    }

    /// Whether the body in hand is not complete yet.
    pub(crate) fn in_body(&self) -> bool {
        match &self.at {
            At::Body(body) => !body.ended(),
            At::Head(_) | At::Flawed(_) => false,
        }
    }

    /// Whether hyper has a head and not yet all of its body.
    pub(crate) fn in_message(&self) -> bool {
        match &self.at {
            At::Head(_) => false,
            At::Body(body) => self.handing > 0 || !body.ended(),
            At::Flawed(_) => self.head > 0,
        }
    }

    /// All that is held: what came of a request that cannot be read.
    pub(crate) fn held(&self) -> &[u8] {
        &self.held
    }

    pub(crate) fn flaw(&self) -> Option<Flaw> {
        match self.at {
            At::Flawed(flaw) => Some(flaw),
            _ => None,
        }
    }

    /// How many requests have come, up to their heads.
    pub(crate) fn heads(&self) -> u64 {
        self.heads
    }

    pub(crate) fn special(&self) -> bool {
        self.special
    }

    /// The head in hand, as it came.
    pub(crate) fn head(&self) -> &[u8] {
        &self.held[..self.head]
    }

    /// What came behind the head in hand: the first bytes of another protocol.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        let rest = self.held.split_off(self.next);
        self.next = self.held.len();
        rest
    }

    /// Whether a head is complete that hyper has not got yet. Once the message ahead of it is done, it becomes the head in
    /// hand.
    pub(crate) fn find_head(&mut self) -> bool {
        if self.handing > 0 {
            return true;
        }
        self.forget();
        let At::Head(reader) = &mut self.at else {
            return false;
        };
        match reader.read(&self.held[self.next..], self.rules) {
            Ok(None) => false,
            Ok(Some(head)) => {
                self.take_up(head);
                true
            }
            Err(flaw) => {
                self.at = At::Flawed(flaw);
                false
            }
        }
    }

    /// Whether there is nothing to say to hyper before more has come.
    pub(crate) fn is_dry(&mut self) -> bool {
        self.forget();
        self.waiting() == 0 && !self.ended && !matches!(self.at, At::Flawed(_))
    }

    fn take_up(&mut self, head: Head) {
        self.head = head.len;
        self.heads += 1;
        self.special = head.special;
        let body = match head.framing {
            Framing::Length(length) => Body::Length(length),
            Framing::Chunked => Body::Chunked(Chunks::new(self.rules.size)),
        };
        self.handing = head.len;
        self.at = At::Body(body);
    }

    /// Drops the message in hand, if it is done.
    fn forget(&mut self) {
        let done = matches!(&self.at, At::Body(body) if body.ended());
        if !done || self.handing > 0 {
            return;
        }
        self.at = At::Head(HeadReader::default());
        if self.next == self.held.len() {
            self.held.clear();
        } else {
            self.held.drain(..self.next);
        }
        self.head = 0;
        self.next = 0;
    }

    /// The next bytes for hyper, no more than `room`; none where there are none yet.
    ///
    /// # Errors
    /// Where the body is none.
    pub(crate) fn hand_on(&mut self, room: usize) -> Result<&[u8], Flaw> {
        let start = self.next;
        let here = room.min(self.held.len() - start);
        let len = match &mut self.at {
            At::Head(_) => 0,
            _ if self.handing > 0 => {
                let len = here.min(self.handing);
                self.handing -= len;
                len
            }
            At::Body(Body::Length(left)) => {
                let len = usize::try_from(*left).map_or(here, |left| here.min(left));
                *left -= len as u64;
                len
            }
            At::Body(Body::Chunked(chunks)) => match chunks.read(&self.held[start..start + here]) {
                Ok(len) => len,
                Err(flaw) => {
                    self.at = At::Flawed(flaw);
                    return Err(flaw);
                }
            },
            At::Flawed(flaw) => return Err(*flaw),
        };
        self.next += len;
        Ok(&self.held[start..start + len])
    }

    /// Lets go of what hyper has of a body, to make room for more of it.
    pub(crate) fn compact(&mut self) {
        if self.next > self.head && self.in_body() {
            self.held.drain(self.head..self.next);
            self.next = self.head;
        }
    }

    /// Lets go of memory, while nothing is held.
    pub(crate) fn shrink(&mut self) {
        self.forget();
        if self.held.is_empty() {
            self.held = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbound(bytes: &str) -> Inbound {
        let mut inbound = Inbound::new(Rules {
            size: 1024,
            host: true,
        });
        inbound.fill(bytes.as_bytes());
        inbound
    }

    fn handed(inbound: &mut Inbound, room: usize) -> String {
        let bytes = inbound.hand_on(room).expect("good");
        String::from_utf8(bytes.to_vec()).expect("text")
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    #[test]
    fn one_head_is_handed_on_at_a_time() {
        let mut inbound = inbound(&format!("{GET}{GET}"));
        assert_eq!(handed(&mut inbound, 1000), "");
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 10), &GET[..10]);
        assert_eq!(handed(&mut inbound, 1000), &GET[10..]);
        assert_eq!(handed(&mut inbound, 1000), "");
        assert_eq!(inbound.head(), GET.as_bytes());
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), GET);
        assert!(!inbound.find_head());
        assert_eq!(inbound.heads(), 2);
    }

    #[test]
    fn there_is_something_to_say_of_bytes_of_an_end_and_of_a_flaw() {
        let mut done = inbound(GET);
        assert!(!done.is_dry());
        assert!(done.find_head());
        assert_eq!(handed(&mut done, 1000), GET);
        assert!(done.is_dry());
        assert_eq!(done.head(), b"", "the message is done");
        done.ended = true;
        assert!(!done.is_dry());
        let mut flawed = inbound("GET /\n");
        assert!(!flawed.find_head());
        flawed.take_rest();
        assert!(!flawed.is_dry());
    }

    #[test]
    fn half_a_head_is_kept_back() {
        let mut inbound = inbound(&GET[..20]);
        assert!(!inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), "");
        assert!(inbound.begun());
        inbound.fill(&GET.as_bytes()[20..]);
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), GET);
    }

    #[test]
    fn a_body_goes_with_its_head() {
        let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
        let mut inbound = inbound(&format!("{post}hello{GET}"));
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), post);
        assert!(inbound.in_body());
        assert_eq!(handed(&mut inbound, 3), "hel");
        inbound.compact();
        assert_eq!(handed(&mut inbound, 1000), "lo");
        assert_eq!(inbound.head(), post.as_bytes());
        assert!(!inbound.in_body());
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), GET);
    }

    #[test]
    fn a_chunked_body_is_handed_on_as_far_as_it_is_good() {
        let post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        let mut good = inbound(&format!("{post}2\r\nhi\r\n0\r\n\r\n{GET}"));
        assert!(good.find_head());
        assert_eq!(handed(&mut good, 1000), post);
        assert_eq!(handed(&mut good, 1000), "2\r\nhi\r\n0\r\n\r\n");
        assert!(good.find_head());
        let mut bad = inbound(&format!("{post}2\r\nhi!\r\n0\r\n\r\n{GET}"));
        assert!(bad.find_head());
        assert_eq!(handed(&mut bad, 1000), post);
        bad.hand_on(1000).expect_err("a chunk that is too long");
        assert!(!bad.find_head());
    }
}
