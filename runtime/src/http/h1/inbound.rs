//! What came from the client, and how much of it hyper may have.
//!
//! hyper gets one whole head at a time, and of that an excerpt; then the body that belongs to it as far as it is good, and
//! nothing of the next request before it asks for that. The head as it came is for the request. So is a body that came with
//! it, as small ones mostly do: hyper would send it from one task to another in parts.

use std::sync::Arc;

use bytes::Bytes;
use http::Uri;

use crate::http::h1::buffer::Backlog;
use crate::http::h1::chunked::Chunks;
use crate::http::h1::parse_error::Flaw;
use crate::http::h1::request_head::{Framing, Head, HeadReader, Known, LINE_END, Rules, Span};
use crate::http::request::raw_head::Raw;

#[derive(Debug)]
pub(crate) struct Inbound {
    /// What came and was not handed on, behind the head in hand.
    held: Backlog,
    /// What of the message in hand is there, until its request takes it along.
    arrived: Arrived,
    /// What hyper is to see of the head.
    excerpt: Vec<u8>,
    /// How much of that it has got.
    handed: usize,
    at: At,
    reader: HeadReader,
    /// The headers of the heads before.
    known: Known,
    rules: Rules,
    /// How many heads were complete.
    heads: u64,
    /// The head in hand needs a closer look.
    special: bool,
    /// The client sends no more.
    pub(crate) ended: bool,
}

/// What has arrived of a request when its handler is called.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    /// Its head, as it came, and its body, if all of it is there; else that comes by hyper.
    message: Vec<u8>,
    /// The length of the head.
    head: usize,
    /// Where the value of its `content-type` is, with the blanks around it.
    content_type: Option<Span>,
}

impl Arrived {
    pub(crate) fn has_body(&self) -> bool {
        self.message.len() > self.head
    }

    pub(crate) fn take_body(&mut self) -> Bytes {
        let body = Bytes::copy_from_slice(self.message.get(self.head..).unwrap_or_default());
        self.message.truncate(self.head);
        body
    }

    pub(crate) fn content_type(&self) -> Option<Span> {
        self.content_type
    }

    #[inline]
    pub(crate) fn give_head(&mut self, uri: Uri, to: &mut Arc<Raw>) {
        Raw::renew(to, uri, &mut self.message);
        self.message.clear();
    }
}

#[derive(Debug)]
enum At {
    /// Ahead of a head, or in it.
    Head,
    /// A head is complete; its body is handed on behind it.
    Body(Body),
    /// What the client sent cannot be read on.
    Flawed { flaw: Flaw, in_body: bool },
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
            held: Backlog::default(),
            arrived: Arrived::default(),
            excerpt: Vec::new(),
            handed: 0,
            at: At::Head,
            reader: HeadReader::default(),
            known: Known::default(),
            rules,
            heads: 0,
            special: false,
            ended: false,
        }
    }

    /// Takes what was read.
    pub(crate) fn fill(&mut self, bytes: &[u8]) {
        self.held.push(bytes);
    }

    /// How many bytes wait to be handed on.
    pub(crate) fn waiting(&self) -> usize {
        self.held.rest().len() + self.handing().len()
    }

    /// Whether a request has begun whose head is not complete. Empty lines begin none.
    pub(crate) fn begun(&self) -> bool {
        matches!(self.at, At::Head) && !self.held.rest().trim_ascii_start().is_empty()
    }

    /// Whether the body in hand is not complete yet.
    pub(crate) fn in_body(&self) -> bool {
        match &self.at {
            At::Body(body) => !body.ended(),
            At::Head | At::Flawed { .. } => false,
        }
    }

    /// Whether hyper has a head and not yet all of its body.
    pub(crate) fn in_message(&self) -> bool {
        match &self.at {
            At::Head => false,
            At::Body(body) => !body.ended() || self.is_handing(),
            At::Flawed { in_body, .. } => *in_body,
        }
    }

    /// All that is held: what came of a request that cannot be read.
    pub(crate) fn held(&self) -> Bytes {
        let mut held = self.arrived.message.clone();
        held.extend_from_slice(self.held.rest());
        held.into()
    }

    pub(crate) fn flaw(&self) -> Option<Flaw> {
        match self.at {
            At::Flawed { flaw, .. } => Some(flaw),
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

    /// What of the message in hand is there, for its request.
    pub(crate) fn arrived(&mut self) -> &mut Arrived {
        &mut self.arrived
    }

    /// What came behind the head in hand: the first bytes of another protocol.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        let rest = self.held.rest().to_vec();
        self.held.clear();
        rest
    }

    /// Whether a head is complete that hyper has not got yet. It is the head in hand then.
    pub(crate) fn find_head(&mut self) -> bool {
        if self.is_handing() {
            return true;
        }
        if !matches!(self.at, At::Head) {
            return false;
        }
        match self.reader.read(
            self.held.rest(),
            self.rules,
            &mut self.known,
            &mut self.excerpt,
        ) {
            Ok(None) => false,
            Ok(Some(head)) => {
                self.take_up(head);
                true
            }
            Err(flaw) => {
                let in_body = false;
                self.at = At::Flawed { flaw, in_body };
                false
            }
        }
    }

    /// Whether there is nothing to say to hyper before more has come.
    pub(crate) fn is_dry(&self) -> bool {
        self.waiting() == 0 && !self.ended && !matches!(self.at, At::Flawed { .. })
    }

    fn take_up(&mut self, head: Head) {
        self.heads += 1;
        self.special = head.special;
        let here = self.body_here(head);
        let body = match head.framing {
            Framing::Chunked => Body::Chunked(Chunks::new(self.rules.size)),
            Framing::Length(_) if here > 0 => Body::Length(0),
            Framing::Length(length) => Body::Length(length),
        };
        if let (Some(line), Body::Length(1..)) = (head.length, &body) {
            self.excerpt
                .extend_from_slice(&self.held.rest()[line.range()]);
        }
        self.excerpt.extend_from_slice(LINE_END);
        let len = head.len + here;
        self.arrived.message.clear();
        self.arrived
            .message
            .extend_from_slice(&self.held.rest()[..len]);
        self.arrived.head = head.len;
        self.arrived.content_type = head.content_type;
        self.held.advance(len);
        self.at = At::Body(body);
    }

    /// The length of the body, if all of it is there. A client that wants to be asked for it has not been yet.
    fn body_here(&self, head: Head) -> usize {
        let behind = self.held.rest().len() - head.len;
        match head.framing {
            Framing::Length(length) if !head.special => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                if length <= behind { length } else { 0 }
            }
            Framing::Length(_) | Framing::Chunked => 0,
        }
    }

    /// What hyper has not got yet of the head in hand.
    fn handing(&self) -> &[u8] {
        match self.at {
            At::Body(_) => &self.excerpt[self.handed..],
            At::Head | At::Flawed { .. } => &[],
        }
    }

    fn is_handing(&self) -> bool {
        !self.handing().is_empty()
    }

    /// Is done with the message in hand, if hyper has all of it.
    fn finish(&mut self) {
        let done = matches!(&self.at, At::Body(body) if body.ended());
        if done && !self.is_handing() {
            self.at = At::Head;
            self.excerpt.clear();
            self.handed = 0;
        }
    }

    /// Puts the next bytes where hyper wants them, no more than `room`: how many; none where there are none yet.
    ///
    /// # Errors
    /// Where the body is none.
    pub(crate) fn hand_on(&mut self, room: usize, put: impl FnOnce(&[u8])) -> Result<usize, Flaw> {
        if self.is_handing() {
            let rest = &self.excerpt[self.handed..];
            let len = room.min(rest.len());
            put(&rest[..len]);
            self.handed += len;
            self.finish();
            return Ok(len);
        }
        let here = &self.held.rest()[..room.min(self.held.rest().len())];
        let len = match &mut self.at {
            At::Head => 0,
            At::Body(Body::Length(left)) => {
                let len = usize::try_from(*left).map_or(here.len(), |left| here.len().min(left));
                *left -= len as u64;
                len
            }
            At::Body(Body::Chunked(chunks)) => match chunks.read(here) {
                Ok(len) => len,
                Err(flaw) => {
                    let in_body = true;
                    self.at = At::Flawed { flaw, in_body };
                    return Err(flaw);
                }
            },
            At::Flawed { flaw, .. } => return Err(*flaw),
        };
        if len > 0 {
            put(&self.held.rest()[..len]);
            self.held.advance(len);
            self.finish();
        }
        Ok(len)
    }

    /// Lets go of memory, while nothing is held.
    pub(crate) fn shrink(&mut self) {
        self.held.shrink();
        if !self.in_message() {
            self.arrived = Arrived::default();
        }
        self.known = Known::default();
        // Of a head that has begun, lines may be in it already.
        self.excerpt.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbound(bytes: &str) -> Inbound {
        let mut inbound = Inbound::new(Rules {
            size: 1024,
            count: 10,
            host: true,
        });
        inbound.fill(bytes.as_bytes());
        inbound
    }

    fn handed(inbound: &mut Inbound, room: usize) -> String {
        let mut handed = Vec::new();
        let put = |bytes: &[u8]| handed.extend_from_slice(bytes);
        let len = inbound.hand_on(room, put).expect("good");
        assert_eq!(handed.len(), len);
        String::from_utf8(handed).expect("text")
    }

    /// The head, as its request gets it.
    fn given(inbound: &mut Inbound) -> String {
        let mut raw = Arc::default();
        inbound.arrived().give_head(Uri::default(), &mut raw);
        String::from_utf8(raw.head().to_vec()).expect("text")
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    /// What hyper sees of it.
    const SEEN: &str = "GET / HTTP/1.1\r\n\r\n";

    fn seen(head: &str) -> String {
        head.replace("Host: a\r\n", "")
    }

    #[test]
    fn one_head_is_handed_on_at_a_time() {
        let mut inbound = inbound(&format!("{GET}{GET}"));
        assert_eq!(handed(&mut inbound, 1000), "");
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 10), &SEEN[..10]);
        assert_eq!(inbound.waiting(), SEEN.len() - 10 + GET.len());
        assert_eq!(handed(&mut inbound, 1000), &SEEN[10..]);
        assert_eq!(handed(&mut inbound, 1000), "");
        assert_eq!(given(&mut inbound), GET);
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), SEEN);
        assert!(!inbound.find_head());
        assert_eq!(inbound.heads(), 2);
    }

    #[test]
    fn there_is_something_to_say_of_bytes_of_an_end_and_of_a_flaw() {
        let mut done = inbound(GET);
        assert!(!done.is_dry());
        assert!(done.find_head());
        assert_eq!(handed(&mut done, 1000), SEEN);
        assert!(done.is_dry());
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
        assert_eq!(handed(&mut inbound, 1000), SEEN);
    }

    #[test]
    fn a_body_that_came_with_its_head_is_there_and_hyper_sees_none() {
        let post =
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nHost: a\r\nContent-Type:\ttext/plain \r\n\r\n";
        let mut inbound = inbound(&format!("{post}hello{GET}"));
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), "POST / HTTP/1.1\r\n\r\n");
        assert!(!inbound.in_message());
        let content_type = inbound.arrived().content_type().expect("a type");
        assert_eq!(post[content_type.range()].trim(), "text/plain");
        assert_eq!(inbound.arrived().take_body(), "hello");
        assert_eq!(given(&mut inbound), post);
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), SEEN);
        assert!(!inbound.arrived().has_body());
    }

    #[test]
    fn a_body_that_comes_later_goes_to_hyper() {
        let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
        let mut inbound = inbound(&format!("{post}hell"));
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), seen(post));
        assert!(inbound.in_body());
        assert_eq!(handed(&mut inbound, 3), "hel");
        inbound.fill(format!("o{GET}").as_bytes());
        assert_eq!(handed(&mut inbound, 1000), "lo");
        let arrived = inbound.arrived();
        assert!(!arrived.has_body() && arrived.content_type().is_none());
        assert_eq!(given(&mut inbound), post);
        assert!(!inbound.in_body());
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), SEEN);
    }

    #[test]
    fn a_body_that_wants_to_be_asked_for_goes_to_hyper() {
        let post =
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
        let mut inbound = inbound(&format!("{post}hello"));
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), seen(post));
        assert_eq!(handed(&mut inbound, 1000), "hello");
        assert!(!inbound.arrived().has_body());
    }

    #[test]
    fn a_chunked_body_is_handed_on_as_far_as_it_is_good() {
        let post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        let mut good = inbound(&format!("{post}2\r\nhi\r\n0\r\n\r\n{GET}"));
        assert!(good.find_head());
        assert_eq!(handed(&mut good, 1000), seen(post));
        assert_eq!(handed(&mut good, 1000), "2\r\nhi\r\n0\r\n\r\n");
        assert!(good.find_head());
        let mut bad = inbound(&format!("{post}2\r\nhi!\r\n0\r\n\r\n{GET}"));
        assert!(bad.find_head());
        assert_eq!(handed(&mut bad, 1000), seen(post));
        bad.hand_on(1000, |_| {})
            .expect_err("a chunk that is too long");
        assert!(!bad.find_head());
    }

    #[test]
    fn headers_that_came_before_are_handed_on_as_they_were() {
        let rest = "HTTP/1.1\r\nHost: a\r\nContent-Type: b\r\nContent-Length: 5\r\n\r\n";
        let mut inbound = inbound(&format!("POST / {rest}hello"));
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), "POST / HTTP/1.1\r\n\r\n");
        let post = format!("\r\nPUT /longer {rest}");
        inbound.fill(post.as_bytes());
        assert!(inbound.find_head());
        assert_eq!(
            handed(&mut inbound, 1000),
            "PUT /longer HTTP/1.1\r\nContent-Length: 5\r\n\r\n"
        );
        let content_type = inbound.arrived().content_type().expect("a type");
        assert_eq!(post[content_type.range()].trim(), "b");
        assert_eq!(given(&mut inbound), post);
        assert!(inbound.in_body());
    }

    #[test]
    fn an_idle_connection_knows_no_headers() {
        let mut inbound = inbound(GET);
        let nothing = format!("{:?}", Known::default());
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), SEEN);
        assert_ne!(format!("{:?}", inbound.known), nothing);
        inbound.shrink();
        assert_eq!(format!("{:?}", inbound.known), nothing);
        inbound.fill(GET.as_bytes());
        assert!(inbound.find_head());
        assert_eq!(handed(&mut inbound, 1000), SEEN);
    }
}
