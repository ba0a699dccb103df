//! httparse as a reader, with the framing of RFC 9112, 6.3, on top. If the RFC leaves a choice, this reader is lenient,
//! so that every request that only this server rejects is a named difference.

use super::{MAX_HEADERS, MAX_TRAILERS, ReadRequest};

/// A request, and the bytes that it was read from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Framed {
    pub(crate) request: ReadRequest,
    pub(crate) head: Vec<u8>,
    /// The body with its framing.
    pub(crate) body: Vec<u8>,
}

/// Returns the requests up to the first one that is rejected or incomplete, and the remaining bytes.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Framed>, &[u8]) {
    let mut requests = Vec::new();
    let mut at = 0;
    while let Some((framed, len)) = read_request(&bytes[at..]) {
        at += len;
        let ends = framed.request.is_last() || !framed.request.is_complete;
        requests.push(framed);
        if ends {
            break;
        }
    }
    (requests, &bytes[at..])
}

fn read_request(bytes: &[u8]) -> Option<(Framed, usize)> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(len)) = head.parse(bytes) else {
        return None;
    };
    let mut request = ReadRequest {
        method: head.method?.to_owned(),
        target: head.path?.to_owned(),
        is_http10: head.version == Some(0),
        headers: fields(head.headers),
        ..ReadRequest::default()
    };
    let body_len = read_body(&mut request, &bytes[len..])?;
    let framed = Framed {
        request,
        head: bytes[..len].to_vec(),
        body: bytes[len..len + body_len].to_vec(),
    };
    Some((framed, len + body_len))
}

fn fields(headers: &[httparse::Header<'_>]) -> Vec<(String, Vec<u8>)> {
    let pairs = headers.iter();
    pairs
        .map(|it| (it.name.to_ascii_lowercase(), it.value.to_vec()))
        .collect()
}

/// Reads a body. Returns its length including its framing, or `None` if the length is not known.
fn read_body(request: &mut ReadRequest, bytes: &[u8]) -> Option<usize> {
    if request.values("transfer-encoding").next().is_some() {
        let codings = request.elements("transfer-encoding");
        let is_chunked = codings.last().is_some_and(|last| last == "chunked");
        return (is_chunked && !request.is_http10).then(|| read_chunks(request, bytes));
    }
    let lengths: Vec<_> = request.values("content-length").map(parse_length).collect();
    let length = match lengths[..] {
        [] => 0,
        [first, ref others @ ..] => {
            let same = others.iter().all(|other| *other == first);
            usize::try_from(first.filter(|_| same)?).unwrap_or(usize::MAX)
        }
    };
    let len = length.min(bytes.len());
    request.body = bytes[..len].to_vec();
    request.is_complete = len == length;
    Some(len)
}

fn parse_length(value: &[u8]) -> Option<u64> {
    let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let text = is_number.then(|| String::from_utf8_lossy(value))?;
    text.parse().ok()
}

/// Reads a chunked body, and returns its length. The request stays incomplete if the body has no end.
fn read_chunks(request: &mut ReadRequest, bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let Ok(httparse::Status::Complete((line, size))) = httparse::parse_chunk_size(&bytes[at..])
        else {
            return bytes.len();
        };
        at += line;
        if size == 0 {
            return at + read_trailers(request, &bytes[at..]);
        }
        let data = usize::try_from(size)
            .ok()
            .and_then(|size| bytes[at..].get(..size));
        let Some(data) = data else {
            return bytes.len();
        };
        request.body.extend_from_slice(data);
        at += data.len();
        if !bytes[at..].starts_with(b"\r\n") {
            return bytes.len();
        }
        at += 2;
    }
}

fn read_trailers(request: &mut ReadRequest, bytes: &[u8]) -> usize {
    let mut headers = [httparse::EMPTY_HEADER; MAX_TRAILERS];
    match httparse::parse_headers(bytes, &mut headers) {
        Ok(httparse::Status::Complete((len, headers))) => {
            request.trailers = fields(headers);
            request.is_complete = true;
            len
        }
        _ => bytes.len(),
    }
}
