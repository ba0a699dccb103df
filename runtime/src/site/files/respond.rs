//! Sends files.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::ops::Range;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::conditions::{Selection, Validators};
use super::content::Content;
use super::open::Opened;
use crate::error::Failure;
use crate::http::{Response, Sent};

/// Sends the selected content of a file.
pub(super) async fn send(
    opened: Opened,
    is_head: bool,
    mut res: Response,
) -> Result<Sent, Failure> {
    set_validators(&mut res, &opened.validators);
    match opened.selection {
        Selection::NotModified => {
            res.status_code = StatusCode::NOT_MODIFIED;
            Ok(res.end())
        }
        Selection::PreconditionFailed => Err(Failure::new(StatusCode::PRECONDITION_FAILED, "")),
        Selection::Unsatisfiable => {
            let range = format!("bytes */{}", opened.content.len());
            res.set_header(header::CONTENT_RANGE, range);
            Ok(res.send(StatusCode::RANGE_NOT_SATISFIABLE))
        }
        Selection::Whole | Selection::Part(_) | Selection::Parts(_) => {
            send_content(opened, is_head, res).await
        }
    }
}

fn set_validators(res: &mut Response, validators: &Validators) {
    if let Ok(etag) = HeaderValue::try_from(&validators.etag) {
        res.set_header(header::ETAG, etag);
    }
    if let Some(modified) = validators.modified {
        res.set_header(header::LAST_MODIFIED, httpdate::fmt_http_date(modified));
    }
}

async fn send_content(opened: Opened, is_head: bool, mut res: Response) -> Result<Sent, Failure> {
    let (content, media_type) = (opened.content, opened.media_type);
    res.set_header(header::ACCEPT_RANGES, "bytes");
    if let Some(encoding) = opened.encoding {
        res.set_header(header::CONTENT_ENCODING, encoding.name());
    }
    let part = match opened.selection {
        Selection::Parts(parts) => return send_parts(content, parts, media_type, res).await,
        Selection::Part(part) => {
            res.status_code = StatusCode::PARTIAL_CONTENT;
            res.set_header(header::CONTENT_RANGE, content_range(&part, content.len()));
            part
        }
        _ => 0..content.len(),
    };
    set_type(&mut res, media_type);
    if is_head {
        res.set_header(header::CONTENT_LENGTH, content.len());
        return Ok(res.end());
    }
    send_part(content, part, opened.first, res).await
}

/// Sets the content type, unless the handler has set one.
fn set_type(res: &mut Response, media_type: &'static str) {
    if !res.has_header(header::CONTENT_TYPE) {
        let value = HeaderValue::from_static(media_type);
        res.set_header(header::CONTENT_TYPE, value);
    }
}

fn content_range(part: &Range<u64>, len: u64) -> String {
    format!("bytes {}-{}/{len}", part.start, part.end - 1)
}

async fn send_part(
    mut content: Content,
    part: Range<u64>,
    mut first: Bytes,
    mut res: Response,
) -> Result<Sent, Failure> {
    if first.is_empty() && !part.is_empty() {
        (content, first) = content.read(part.clone()).await.map_err(failed)?;
    }
    let start = part.start + first.len() as u64;
    if start == part.end {
        return Ok(res.end_with(first));
    }
    res.set_header(header::CONTENT_LENGTH, part.end - part.start);
    res.write(first).await?;
    write(content, start..part.end, &mut res).await?;
    Ok(res.end())
}

/// Writes a part of the file as fast as the client reads it.
async fn write(
    mut content: Content,
    mut part: Range<u64>,
    res: &mut Response,
) -> Result<Content, Failure> {
    while !part.is_empty() {
        let (same, bytes) = content.read(part.clone()).await.map_err(failed)?;
        content = same;
        part.start += bytes.len() as u64;
        res.write(bytes).await?;
    }
    Ok(content)
}

/// Sends several ranges, each with its own headers.
async fn send_parts(
    mut content: Content,
    parts: Vec<Range<u64>>,
    media_type: &'static str,
    mut res: Response,
) -> Result<Sent, Failure> {
    let boundary = boundary();
    let media_type = match res.get_header(header::CONTENT_TYPE) {
        Some(set) => String::from_utf8_lossy(set.as_bytes()).into_owned(),
        None => media_type.to_owned(),
    };
    let len = content.len();
    let head = |part: &Range<u64>| {
        let range = content_range(part, len);
        format!("\r\n--{boundary}\r\ncontent-type: {media_type}\r\ncontent-range: {range}\r\n\r\n")
    };
    let end = format!("\r\n--{boundary}--\r\n");
    let lengths = parts
        .iter()
        .map(|part| head(part).len() as u64 + part.end - part.start);
    let length = lengths.sum::<u64>() + end.len() as u64;
    res.status_code = StatusCode::PARTIAL_CONTENT;
    res.set_header(
        header::CONTENT_TYPE,
        format!("multipart/byteranges; boundary={boundary}"),
    );
    res.set_header(header::CONTENT_LENGTH, length);
    for part in parts {
        res.write(head(&part)).await?;
        content = write(content, part, &mut res).await?;
    }
    Ok(res.end_with(end))
}

/// Returns random text. No file can be written to contain it, because the text is not known in advance.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0);
    format!("{:016x}{:016x}", random(), random())
}

fn failed(error: io::Error) -> Failure {
    let what = "a file could not be sent";
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
}
