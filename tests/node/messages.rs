//! Parses the data received on a connection, and writes it in a form in which two recordings can be compared.
//!
//! The comparison covers the status lines, the headers and their order, the bodies and how their length is declared. It
//! does not cover:
//!
//! - `Connection: keep-alive` and `Keep-Alive` of Node's HTTP/1.1 responses, which Onward does not send: they state the
//!   default of that version. All other values are compared, as are those of HTTP/1.0 responses;
//! - the case of header names, which Onward sends in lowercase;
//! - the position of `date` and `connection`, and the time in `date`;
//! - how a body is split into chunks, in which the two versions of Node differ from each other;
//! - the body of an error response. Node's body is empty, declared by a length of 0, by a chunked coding without
//!   chunks, or by the end of the connection; Onward's is `application/problem+json`. Either may have a `date` or not.

/// One message, or bytes that are not HTTP.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Message {
    text: String,
    /// Whether the whole message was received.
    pub(crate) complete: bool,
}

impl Message {
    /// Returns Node's message without the headers that state the default of HTTP/1.1.
    pub(crate) fn without_default_persistence(mut self) -> Self {
        let lines = self.text.split_inclusive('\n');
        let is_kept = lines.clone().any(|line| line == "connection: keep-alive\n");
        if self.text.starts_with("HTTP/1.1 ") && is_kept {
            let is_default =
                |line: &&str| line.starts_with("connection: ") || line.starts_with("keep-alive: ");
            self.text = lines.filter(|line| !is_default(line)).collect();
        }
        self
    }
}

/// Parses all messages.
pub(crate) fn parse(mut bytes: &[u8], to_connect: bool, ended: bool) -> Vec<Message> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        if let Some(before) = before_http(bytes) {
            messages.push(raw(&bytes[..before]));
            bytes = &bytes[before..];
            continue;
        }
        let Some((head, rest)) = split(bytes, b"\r\n\r\n") else {
            messages.push(raw(bytes));
            break;
        };
        let head = Head::parse(head);
        let tunnel = head.status() == 101 || to_connect && head.status() == 200;
        let (message, rest) = match head.framing() {
            _ if tunnel => (head.message("", true), rest),
            framing => head.with_body(framing, rest, ended),
        };
        messages.push(message);
        bytes = rest;
        if tunnel && !bytes.is_empty() {
            messages.push(raw(bytes));
            break;
        }
    }
    messages
}

/// Returns the number of bytes that precede a response and are not HTTP.
fn before_http(bytes: &[u8]) -> Option<usize> {
    let begin = b"HTTP/1.";
    let at = bytes
        .windows(begin.len())
        .position(|window| window == begin)?;
    (at > 0).then_some(at)
}

/// Returns the text of all messages.
pub(crate) fn text(messages: &[Message]) -> String {
    messages
        .iter()
        .map(|message| message.text.as_str())
        .collect()
}

fn raw(bytes: &[u8]) -> Message {
    Message {
        text: format!("bytes {}\n", displayed(bytes)),
        complete: true,
    }
}

enum Framing {
    None,
    Length(usize),
    Chunked,
    UntilClose,
}

struct Head<'a> {
    status_line: &'a str,
    /// The headers, with lowercase names.
    headers: Vec<(String, &'a str)>,
}

impl<'a> Head<'a> {
    fn parse(head: &'a [u8]) -> Self {
        let head = str::from_utf8(head).expect("a head is ASCII");
        let mut lines = head.split("\r\n");
        Self {
            status_line: lines.next().unwrap_or_default(),
            headers: lines.map(field).collect(),
        }
    }

    fn status(&self) -> u16 {
        let code = self.status_line.split(' ').nth(1);
        code.and_then(|code| code.parse().ok()).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        let mut headers = self.headers.iter();
        Some(headers.find(|(found, _)| found == name)?.1)
    }

    fn framing(&self) -> Framing {
        match (
            self.header("transfer-encoding"),
            self.header("content-length"),
        ) {
            _ if matches!(self.status(), 100..200 | 204 | 304) => Framing::None,
            (Some("chunked"), _) => Framing::Chunked,
            (_, Some(length)) => Framing::Length(length.parse().expect("a length")),
            _ => Framing::UntilClose,
        }
    }

    fn with_body<'b>(&self, framing: Framing, rest: &'b [u8], ended: bool) -> (Message, &'b [u8]) {
        let error = self.status() >= 400;
        let body = match framing {
            Framing::None => Body::of("none", &[], true, rest),
            Framing::Length(length) if length <= rest.len() => {
                Body::of("length", &rest[..length], true, &rest[length..])
            }
            Framing::Length(_) => Body::of("length, truncated", rest, false, &[]),
            Framing::UntilClose => Body::of("until close", rest, ended || error, &[]),
            Framing::Chunked => chunked(rest),
        };
        let length = match framing {
            Framing::None => self
                .header("content-length")
                .map(|length| format!("content-length: {length}\n")),
            _ => None,
        };
        let empty = body.complete && (body.bytes.is_empty() || self.is_problem(&body.bytes));
        let line = match body.kind {
            "none" => String::new(),
            _ if error && empty => "error\n".to_owned(),
            kind => format!("{kind} {}\n", displayed(&body.bytes)),
        };
        let text = [&length.unwrap_or_default(), line.as_str(), &body.trailers].concat();
        let message = match error && empty {
            true => self.bare().message(&text, true),
            false => self.message(&text, body.complete),
        };
        (message, body.rest)
    }

    /// Returns whether the body is a problem document with the status of the response.
    fn is_problem(&self, body: &[u8]) -> bool {
        self.header("content-type") == Some("application/problem+json")
            && serde_json::from_slice::<serde_json::Value>(body)
                .is_ok_and(|problem| problem["status"] == self.status())
    }

    /// Returns the head without the headers that only one of the two servers sends with an error.
    fn bare(&self) -> Self {
        let kept = |name: &str| !matches!(name, "date" | "content-type");
        let headers = self.headers.iter().filter(|(name, _)| kept(name));
        Self {
            status_line: self.status_line,
            headers: headers.cloned().collect(),
        }
    }

    fn message(&self, body: &str, complete: bool) -> Message {
        let mut text = format!("{}\n", self.status_line);
        let own = |name: &str| {
            !matches!(
                name,
                "date" | "connection" | "keep-alive" | "content-length" | "transfer-encoding"
            )
        };
        for (name, value) in self.headers.iter().filter(|(name, _)| own(name)) {
            text += &format!("{name}: {value}\n");
        }
        for name in ["connection", "keep-alive"] {
            for (_, value) in self.headers.iter().filter(|(found, _)| found == name) {
                text += &format!("{name}: {}\n", value.to_ascii_lowercase());
            }
        }
        if let Some(date) = self.header("date") {
            text += &format!("date: {}\n", without_time(date));
        }
        text += body;
        Message { text, complete }
    }
}

fn field(line: &str) -> (String, &str) {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    (name.to_ascii_lowercase(), value.trim())
}

/// Replaces any date such as `Sun, 06 Nov 1994 08:49:37 GMT` with the placeholder of the recording.
fn without_time(date: &str) -> &str {
    let is_date = date.len() == 29 && date.ends_with(" GMT") && date.as_bytes()[3] == b',';
    if is_date { "<DATE>" } else { date }
}

struct Body<'a> {
    kind: &'static str,
    bytes: Vec<u8>,
    trailers: String,
    complete: bool,
    rest: &'a [u8],
}

impl<'a> Body<'a> {
    fn of(kind: &'static str, bytes: &[u8], complete: bool, rest: &'a [u8]) -> Self {
        Self {
            kind,
            bytes: bytes.to_owned(),
            trailers: String::new(),
            complete,
            rest,
        }
    }
}

fn chunked(mut rest: &[u8]) -> Body<'_> {
    let mut bytes = Vec::new();
    while let Some((size, after)) = split(rest, b"\r\n") {
        let size = str::from_utf8(size).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        if size == 0 {
            let (trailers, after) = trailers(after);
            let mut body = Body::of("chunked", &bytes, trailers.is_some(), after);
            body.trailers = trailers.unwrap_or_default();
            return body;
        }
        if after.len() < size + 2 {
            break;
        }
        assert_eq!(&after[size..size + 2], b"\r\n", "the end of a chunk");
        bytes.extend(&after[..size]);
        rest = &after[size + 2..];
    }
    Body::of("chunked, truncated", &bytes, false, &[])
}

fn trailers(mut rest: &[u8]) -> (Option<String>, &[u8]) {
    let mut trailers = String::new();
    while let Some((line, after)) = split(rest, b"\r\n") {
        rest = after;
        if line.is_empty() {
            return (Some(trailers), rest);
        }
        let (name, value) = field(str::from_utf8(line).expect("a trailer is ASCII"));
        trailers += &format!("{name}: {value}\n");
    }
    (None, &[])
}

fn split<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let start = bytes
        .windows(separator.len())
        .position(|window| window == separator)?;
    Some((&bytes[..start], &bytes[start + separator.len()..]))
}

/// Writes long data as its start, its length and a checksum.
fn displayed(bytes: &[u8]) -> String {
    const LONG: usize = 200;
    if bytes.len() <= LONG {
        return format!("\"{}\"", bytes.escape_ascii());
    }
    let begin = bytes[..20].escape_ascii();
    let sum = bytes.iter().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
    });
    format!("\"{begin}...\" {} bytes, {sum:08x}", bytes.len())
}
