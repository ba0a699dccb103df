//! Responses as received on the connection.

/// A response without the parts that may differ: `date`, and `connection: close` in the last response. The last
/// response has that header only if the server already knows that the bytes after the request are not a request, which
/// depends on when they arrive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ReceivedResponse {
    pub(crate) status_line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

const CLOSE: &str = "connection: close";

/// Reads all responses that a server has sent, except for interim ones (1xx).
///
/// # Panics
/// Panics if there are bytes that are not a response.
pub(crate) fn responses(mut received: &[u8]) -> Vec<ReceivedResponse> {
    let mut responses = Vec::new();
    while !received.is_empty() {
        let (head, rest) = split_head(received);
        let mut lines = head.split("\r\n").map(str::to_owned);
        let status_line = lines.next().unwrap_or_default();
        let headers: Vec<_> = lines.collect();
        let (body, rest) = split_body(&headers, rest);
        let closes = headers.iter().any(|header| header == CLOSE);
        assert!(!closes || rest.is_empty(), "bytes follow the last response");
        received = rest;
        if status_line.starts_with("HTTP/1.1 1") {
            continue;
        }
        let headers = headers.into_iter().filter(|header| is_fixed(header));
        responses.push(ReceivedResponse {
            status_line,
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        });
    }
    responses
}

fn split_head(received: &[u8]) -> (&str, &[u8]) {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.expect("a response has a complete head");
    let head = str::from_utf8(&received[..end]).expect("the head is text");
    assert!(
        head.starts_with("HTTP/1."),
        "{head} does not begin a response"
    );
    (head, &received[end + 4..])
}

/// Splits a body from the responses that follow. A response to HEAD has a length but no body; the next response follows
/// its headers, and no body in these tests begins like a response.
fn split_body<'a>(headers: &[String], rest: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let length = headers
        .iter()
        .find_map(|header| header.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().expect("a length is a number"));
    if rest.is_empty() || rest.starts_with(b"HTTP/1.") {
        return (&[], rest);
    }
    rest.split_at_checked(length)
        .expect("a response is complete")
}

fn is_fixed(header: &str) -> bool {
    header != CLOSE && !header.starts_with("date: ")
}
