//! A strict client: it reads responses according to RFC 9112, and panics if another client could read them differently.

/// A response as a client reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) is_http10: bool,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) trailers: Vec<(String, Vec<u8>)>,
    /// Whether the end of the response was received.
    pub(crate) is_complete: bool,
}

/// A response with the interim responses that precede it, and its position in the received bytes.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) reply: Reply,
    pub(crate) reason: Vec<u8>,
    pub(crate) interim: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Reply {
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let named = self.headers.iter().filter(move |it| it.0 == name);
        named.map(|(_, value)| &value[..])
    }

    fn lists(&self, name: &str, wanted: &str) -> bool {
        self.values(name).any(|value| lists(value, wanted))
    }

    /// Returns whether no response follows this one.
    pub(crate) fn closes(&self) -> bool {
        let keeps = self.lists("connection", "keep-alive");
        let closes = self.lists("connection", "close");
        assert!(!(keeps && closes), "keep-alive and close: {self:?}");
        closes || self.is_http10 && !keeps
    }

    pub(crate) fn allows_body(&self) -> bool {
        !matches!(self.status, 204 | 304) && self.status >= 200
    }
}

fn lists(value: &[u8], wanted: &str) -> bool {
    let options = value.split(|&byte| byte == b',');
    options
        .map(<[u8]>::trim_ascii)
        .any(|option| option.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The way in which the end of a body is determined.
enum Framing {
    Length(usize),
    Chunked,
    UntilClose,
}

/// Reads the response to a request, if its head is complete. `is_clean` is whether the connection was closed in an
/// orderly way.
pub(crate) fn read(received: &[u8], start: usize, is_head: bool, is_clean: bool) -> Option<Placed> {
    let mut at = start;
    let mut interim = 0;
    loop {
        let (len, mut reply, reason) = read_head(&received[at..])?;
        at += len;
        if reply.status < 200 {
            assert!(reply.status != 101, "a handler cannot switch protocols");
            check_interim(&reply);
            interim += 1;
            continue;
        }
        let framing = framing(&reply);
        if is_head || !reply.allows_body() {
            reply.is_complete = true;
        } else {
            at += read_body(&mut reply, framing, &received[at..], is_clean);
        }
        return Some(Placed {
            reply,
            reason,
            interim,
            start,
            end: at,
        });
    }
}

fn read_head(bytes: &[u8]) -> Option<(usize, Reply, Vec<u8>)> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response.parse(bytes);
    let shown = || bytes.escape_ascii().to_string();
    let httparse::Status::Complete(len) = parsed.unwrap_or_else(|it| panic!("{it}: {}", shown()))
    else {
        return None;
    };
    let head = &bytes[..len];
    assert!(head.ends_with(b"\r\n\r\n"), "{}", shown());
    assert!(!bare_line_end(head), "{}", shown());
    let line = head.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let reply = Reply {
        is_http10: response.version == Some(0),
        status: response.code.expect("a complete head has a status"),
        headers: fields(response.headers),
        body: Vec::new(),
        trailers: Vec::new(),
        is_complete: false,
    };
    Some((len, reply, line[13..].to_vec()))
}

fn fields(headers: &[httparse::Header<'_>]) -> Vec<(String, Vec<u8>)> {
    let pairs = headers.iter();
    pairs
        .map(|it| (it.name.to_ascii_lowercase(), it.value.to_vec()))
        .collect()
}

fn bare_line_end(head: &[u8]) -> bool {
    let ends = head.windows(2);
    ends.into_iter().any(|it| {
        (it[0] == b'\r') != (it[1] == b'\n') && it != b"\n\r" && (it[0] == b'\r' || it[1] == b'\n')
    })
}

fn check_interim(reply: &Reply) {
    assert!(!reply.is_http10, "an interim response of HTTP/1.0");
    for name in [
        "content-length",
        "transfer-encoding",
        "connection",
        "trailer",
        "keep-alive",
    ] {
        assert!(reply.values(name).next().is_none(), "{name} in {reply:?}");
    }
}

fn framing(reply: &Reply) -> Framing {
    let codings: Vec<_> = reply.values("transfer-encoding").collect();
    let lengths: Vec<_> = reply.values("content-length").collect();
    assert!(lengths.len() <= 1, "more than one length: {reply:?}");
    assert!(codings.len() <= 1, "more than one coding: {reply:?}");
    assert!(codings.is_empty() || lengths.is_empty(), "{reply:?}");
    let is_bare = matches!(reply.status, 204) || reply.status < 200;
    assert!(
        !is_bare || codings.is_empty() && lengths.is_empty(),
        "{reply:?}"
    );
    if let Some(coding) = codings.first() {
        assert!(!reply.is_http10, "HTTP/1.0 has no codings: {reply:?}");
        check_codings(coding);
        return Framing::Chunked;
    }
    let Some(length) = lengths.first() else {
        return Framing::UntilClose;
    };
    assert!(
        !length.is_empty() && length.iter().all(u8::is_ascii_digit),
        "{reply:?}"
    );
    let length = String::from_utf8_lossy(length).parse::<u64>();
    let length = length.unwrap_or_else(|_| panic!("a length that is too long: {reply:?}"));
    Framing::Length(usize::try_from(length).unwrap_or(usize::MAX))
}

/// Checks that all codings are tokens and that only the last one is `chunked`.
fn check_codings(value: &[u8]) {
    let shown = value.escape_ascii();
    let codings: Vec<_> = value.split(|&byte| byte == b',').collect();
    for (at, coding) in codings.iter().enumerate() {
        let name = coding
            .split(|&byte| byte == b';')
            .next()
            .unwrap_or_default();
        let is_chunked = name.trim_ascii().eq_ignore_ascii_case(b"chunked");
        let is_last = at + 1 == codings.len();
        assert_eq!(is_chunked, is_last, "{shown}");
        let is_token =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
        let name = name.trim_ascii();
        assert!(!name.is_empty() && name.iter().all(is_token), "{shown}");
    }
}

/// Reads the body of `reply` from `bytes`, and returns its length including its framing.
fn read_body(reply: &mut Reply, framing: Framing, bytes: &[u8], is_clean: bool) -> usize {
    match framing {
        Framing::Length(length) => {
            let len = length.min(bytes.len());
            reply.body = bytes[..len].to_vec();
            reply.is_complete = len == length;
            len
        }
        Framing::UntilClose => {
            assert!(reply.closes(), "a body without an end: {reply:?}");
            reply.body = bytes.to_vec();
            reply.is_complete = is_clean;
            bytes.len()
        }
        Framing::Chunked => read_chunks(reply, bytes),
    }
}

fn read_chunks(reply: &mut Reply, bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let Some(end) = line_end(&bytes[at..]) else {
            return bytes.len();
        };
        let size = &bytes[at..at + end];
        assert!(
            size.iter().all(u8::is_ascii_hexdigit),
            "{}",
            size.escape_ascii()
        );
        let size = usize::from_str_radix(&String::from_utf8_lossy(size), 16).expect("a size");
        at += end + 2;
        if size == 0 {
            return at + read_trailers(reply, &bytes[at..]);
        }
        let Some(data) = bytes.get(at..at + size) else {
            reply.body.extend_from_slice(&bytes[at..]);
            return bytes.len();
        };
        reply.body.extend_from_slice(data);
        at += size;
        match bytes.get(at..at + 2) {
            Some(b"\r\n") => at += 2,
            None => return bytes.len(),
            other => panic!("a chunk is followed by {other:?}"),
        }
    }
}

fn read_trailers(reply: &mut Reply, bytes: &[u8]) -> usize {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    match httparse::parse_headers(bytes, &mut headers).expect("valid trailers") {
        httparse::Status::Complete((len, headers)) => {
            reply.trailers = fields(headers);
            reply.is_complete = true;
            len
        }
        httparse::Status::Partial => bytes.len(),
    }
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|it| it == b"\r\n")
}
