//! Answers as they stood on the wire.

/// An answer, but for what may differ: `date`, and whether the last one says `connection: close`. It does if what follows is
/// known to be no request by then, which it is not if it comes later.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status_line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

const CLOSE: &str = "connection: close";

/// Reads all answers that a server has sent, without those that only announce one (1xx).
///
/// # Panics
/// If it is anything else.
pub(crate) fn answers(mut received: &[u8]) -> Vec<Answer> {
    let mut answers = Vec::new();
    while !received.is_empty() {
        let (head, rest) = split_head(received);
        let mut lines = head.split("\r\n").map(str::to_owned);
        let status_line = lines.next().unwrap_or_default();
        let headers: Vec<_> = lines.collect();
        let (body, rest) = split_body(&headers, rest);
        let closes = headers.iter().any(|header| header == CLOSE);
        assert!(!closes || rest.is_empty(), "more follows the last answer");
        received = rest;
        if status_line.starts_with("HTTP/1.1 1") {
            continue;
        }
        let headers = headers.into_iter().filter(|header| is_fixed(header));
        answers.push(Answer {
            status_line,
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        });
    }
    answers
}

fn split_head(received: &[u8]) -> (&str, &[u8]) {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.expect("an answer has a whole head");
    let head = str::from_utf8(&received[..end]).expect("a head is text here");
    assert!(head.starts_with("HTTP/1."), "{head} begins no answer");
    (head, &received[end + 4..])
}

/// Answers to HEAD have a length and no body. Behind them comes the next answer, as which no body begins here.
fn split_body<'a>(headers: &[String], rest: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let length = headers
        .iter()
        .find_map(|header| header.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().expect("a length is a number"));
    if rest.is_empty() || rest.starts_with(b"HTTP/1.") {
        return (&[], rest);
    }
    rest.split_at_checked(length).expect("an answer is whole")
}

fn is_fixed(header: &str) -> bool {
    header != CLOSE && !header.starts_with("date: ")
}
