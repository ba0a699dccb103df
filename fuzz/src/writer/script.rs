//! The requests of a client and the actions of the handler, created from fuzzer input.

use super::hooks::Hook;
use crate::choices::Choices;

/// The maximum number of requests, and of steps in a script. More of them take longer and find no further errors.
const MAX_REQUESTS: usize = 4;
const MAX_STEPS: usize = 10;

#[derive(Debug)]
pub(crate) struct Plan {
    /// How many bytes the connection buffers in each direction.
    pub(crate) room: usize,
    /// Whether the client waits before it sends the next request.
    pub(crate) waits: bool,
    pub(crate) max_requests: Option<u64>,
    pub(crate) requests: Vec<Ask>,
}

#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) is_http10: bool,
    pub(crate) headers: Vec<&'static str>,
    pub(crate) body: &'static str,
    pub(crate) steps: Vec<Step>,
    pub(crate) ending: Ending,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Status(u16),
    Reason(Vec<u8>),
    Undated,
    Set(Field),
    Append(Field),
    Remove(&'static str),
    /// The number of bytes, and whether the write is awaited.
    Write(usize, bool),
    Flush,
    Sleep,
    Continue,
    Processing,
    Hints(Field),
    Trailers(Field),
    ReadBody,
    /// Another task performs the remaining steps. The value is whether that task is aborted.
    Elsewhere(bool),
    Hook(Hook),
    Panic,
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    End,
    /// Ends with this many bytes.
    EndWith(usize),
    Text,
    Json,
    Created,
    NoContent,
    Drop,
}

/// A header that a handler sets.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) value: Vec<u8>,
}

const LENGTHS: &[usize] = &[0, 1, 5, 5, 37, 1_000, 16_384, 20_000, 70_000];

const STATUSES: &[u16] = &[
    200, 201, 204, 205, 206, 304, 404, 500, 100, 101, 103, 199, 299, 999, 417, 426,
];

const NAMES: &[&str] = &[
    "content-length",
    "transfer-encoding",
    "connection",
    "x-a",
    "trailer",
    "upgrade",
    "content-type",
    "date",
    "keep-alive",
    "te",
    "Content-Length",
    "bad name",
    "x-b\r\nx-c",
    "set-cookie",
    "content-encoding",
    "proxy-connection",
];

const VALUES: &[&str] = &[
    "5",
    "0",
    "1",
    "10",
    "37",
    "1000",
    "20000",
    "chunked",
    "close",
    "keep-alive",
    "x-a",
    "upgrade",
    "gzip",
    "identity",
    "gzip, chunked",
    "chunked, gzip",
    "close, x",
    "+5",
    "5, 5",
    "005",
    " 5",
    "",
    "a\r\nx-d: 1",
    "a\nb",
    "a\u{e9}",
    "\t",
    ",",
    "x-a, content-length",
    "\"chunked",
    "a;b=c",
    "chunked;q=1",
    "18446744073709551615",
    "18446744073709551616",
    "keep-alive, upgrade",
    "text/html",
];

impl Plan {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut choices = Choices(bytes);
        let room = choices.pick(&[64 * 1024, 1024, 16 * 1024, 257]);
        let waits = choices.below(2) == 1;
        let max_requests = choices.pick(&[None, None, None, Some(1), Some(2)]);
        let mut requests = Vec::new();
        while requests.len() < MAX_REQUESTS && (requests.is_empty() || !choices.is_empty()) {
            requests.push(ask(&mut choices));
        }
        Self {
            room,
            waits,
            max_requests,
            requests,
        }
    }
}

fn ask(choices: &mut Choices<'_>) -> Ask {
    let method = choices.pick(&[
        "GET", "HEAD", "POST", "GET", "HEAD", "OPTIONS", "GET", "CONNECT",
    ]);
    let is_http10 = choices.below(4) == 1 && method != "CONNECT";
    let flags = choices.byte();
    let mut headers = vec!["host: a:1"];
    let mut add = |bit: u8, header: &'static str| {
        if flags & bit != 0 {
            headers.push(header);
        }
    };
    add(1, "te: trailers");
    add(2, "connection: keep-alive");
    add(
        12,
        if flags & 8 != 0 {
            "x-y: 1"
        } else {
            "connection: close"
        },
    );
    if flags & 0b1111_0000 == 0b0001_0000 {
        headers.extend(["connection: upgrade", "upgrade: x"]);
    }
    let has_body = flags & 0b1100_0000 == 0b0100_0000 && method != "CONNECT";
    if has_body {
        headers.push("content-length: 5");
        if flags & 0b0010_0000 != 0 {
            headers.push("expect: 100-continue");
        }
    }
    let steps = (0..choices.below(MAX_STEPS + 1)).map(|_| step(choices));
    Ask {
        method,
        is_http10,
        headers,
        body: if has_body { "hello" } else { "" },
        steps: steps.collect(),
        ending: ending(choices),
    }
}

fn step(choices: &mut Choices<'_>) -> Step {
    match choices.below(27) {
        0 => Step::Status(choices.pick(STATUSES)),
        1 => Step::Reason(text(choices)),
        2 => Step::Undated,
        3..=5 => Step::Set(field(choices)),
        6 | 7 => Step::Append(field(choices)),
        8 => Step::Remove(choices.pick(&NAMES[..8])),
        9..=11 => Step::Write(choices.pick(LENGTHS), choices.below(2) == 1),
        12 => Step::Flush,
        13 => Step::Sleep,
        14 => Step::Continue,
        15 => Step::Processing,
        16 => Step::Hints(field(choices)),
        17 | 18 => Step::Trailers(field(choices)),
        19 => Step::ReadBody,
        20 => Step::Elsewhere(choices.below(3) == 1),
        21..=25 => Step::Hook(hook(choices)),
        _ => match choices.below(2) {
            0 => Step::Panic,
            _ => Step::Fail,
        },
    }
}

fn hook(choices: &mut Choices<'_>) -> Hook {
    match choices.below(16) {
        0 => Hook::Pass,
        1 => Hook::PassLater,
        2 | 3 => Hook::Encode,
        4 => Hook::Status(choices.pick(STATUSES)),
        5 => Hook::Header(choices.pick(NAMES), choices.pick(VALUES)),
        6 => Hook::Replace(choices.pick(LENGTHS)),
        7 => Hook::Panic,
        8 => Hook::PanicLater,
        9 => Hook::PanicOnDrop,
        10 | 11 => Hook::Fail,
        12 => Hook::Never,
        13 | 14 => Hook::FailingEncoder(choices.below(6)),
        _ => Hook::PanickingEncoder(choices.below(6)),
    }
}

fn ending(choices: &mut Choices<'_>) -> Ending {
    match choices.below(9) {
        0 | 1 => Ending::End,
        2 | 3 => Ending::EndWith(choices.pick(LENGTHS)),
        4 => Ending::Text,
        5 => Ending::Json,
        6 => Ending::Created,
        7 => Ending::NoContent,
        _ => Ending::Drop,
    }
}

fn field(choices: &mut Choices<'_>) -> Field {
    Field {
        name: choices.pick(NAMES),
        value: text(choices),
    }
}

fn text(choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.below(VALUES.len() + 4) {
        at if at < VALUES.len() => VALUES[at].as_bytes().to_vec(),
        _ => choices.bytes(12).to_vec(),
    }
}

impl Ask {
    /// Returns whether the request asks for a tunnel or an upgrade, after which the connection no longer carries HTTP.
    pub(crate) fn leaves_http(&self) -> bool {
        self.method == "CONNECT" || !self.is_http10 && self.headers.contains(&"upgrade: x")
    }

    pub(crate) fn to_bytes(&self, index: usize) -> Vec<u8> {
        let target = match self.method {
            "CONNECT" => "a:1".to_owned(),
            _ => format!("/{index}"),
        };
        let version = if self.is_http10 { "1.0" } else { "1.1" };
        let headers: String = self.headers.iter().map(|it| format!("{it}\r\n")).collect();
        format!(
            "{} {target} HTTP/{version}\r\n{headers}\r\n{}",
            self.method, self.body
        )
        .into_bytes()
    }
}
