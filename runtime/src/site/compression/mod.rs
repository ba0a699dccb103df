//! Compression of response bodies and decompression of request bodies.

mod coding;
mod decoders;
mod decompress;
mod encoders;

pub use self::decompress::decompress;

use http::{HeaderValue, Method, StatusCode, header};

use self::coding::Accepted;
use self::encoders::Compressor;
use crate::http::{OutgoingHead, Request, Response};

/// The shortest whole body that is compressed, in bytes.
const MIN_SIZE: usize = 1024;

/// Compresses the response bodies of the routes below the call, if the client accepts a supported coding.
///
/// The coding is the one that `accept-encoding` prefers, or the first of zstd, `br` and gzip if their weights are
/// equal. Text, JSON, XML, JavaScript, SVG, WebAssembly and similar types are compressed, in error responses as well,
/// unless
///
/// - the body is whole and shorter than 1 KiB, and the client accepts a body without a coding, or
/// - the response has a `content-encoding`, a `content-range` or `cache-control: no-transform`, or is a 206.
///
/// A whole body is compressed at once, on a blocking thread if it is longer than 128 KiB, and declares its
/// `content-length`. A stream is compressed as it is written and flushed whenever the handler waits, so server-sent
/// events arrive one by one. `vary: accept-encoding` is added to every response of such a type to which the second
/// exception does not apply, and a strong `etag` of a compressed response becomes weak. A client that excludes
/// `identity` and all of these codings gets a 406 in place of a successful response with a body of such a type.
///
/// The length of a compressed response reveals whether parts of it are equal, even over TLS (the BREACH attack). Do not
/// compress a response that contains both a secret, such as a CSRF token, and text that an attacker can choose: put
/// such routes above this statement, or mask the secret differently in each response. Node.js: no counterpart; Express:
/// `compression()`.
///
/// # Examples
///
/// ```
/// use onward::compress;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, mut res: Response) -> Result {
///     compress(&req, &mut res);
///     route!("/" => "hello ".repeat(1000));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::get("/").header("accept-encoding", "gzip");
/// let sent = site(req, Response::new()).await?;
/// assert_eq!(sent.header("content-encoding").unwrap(), "gzip");
/// assert_eq!(sent.header("vary").unwrap(), "accept-encoding");
/// assert!(sent.body_bytes().len() < 100);
/// # Ok(())
/// # }
/// ```
pub fn compress(req: &Request, res: &mut Response) {
    let accepted = Accepted::by(req);
    let is_connect = req.method == Method::CONNECT;
    res.before_head(move |head| {
        if !is_connect {
            encode(head, accepted);
        }
    });
}

fn encode(head: &mut OutgoingHead, accepted: Accepted) {
    if !is_worth_it(head) {
        return;
    }
    head.add_vary(&header::ACCEPT_ENCODING);
    let is_short = head.body().is_some_and(|body| body.len() < MIN_SIZE);
    let has_body = !matches!(
        head.status_code,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    );
    let Some(coding) = accepted.coding else {
        if !accepted.identity && has_body && head.status_code.is_success() {
            head.status_code = StatusCode::NOT_ACCEPTABLE;
            head.replace_body("");
        }
        return;
    };
    if !has_body || is_short && accepted.identity {
        return;
    }
    let Ok(compressor) = Compressor::new(coding) else {
        // There is not enough memory for the compressor, so the body is not compressed.
        return;
    };
    head.set_header(header::CONTENT_ENCODING, coding.name());
    head.remove_header(header::ACCEPT_RANGES);
    weaken_etag(head);
    head.encode_body(compressor);
}

fn is_worth_it(head: &OutgoingHead) -> bool {
    let is_fixed = head.status_code == StatusCode::PARTIAL_CONTENT
        || head.get_header(header::CONTENT_ENCODING).is_some()
        || head.get_header(header::CONTENT_RANGE).is_some();
    !is_fixed && !forbids_transformation(head) && has_worthy_type(head)
}

fn forbids_transformation(head: &OutgoingHead) -> bool {
    let values = head.headers().get_all(header::CACHE_CONTROL);
    values.iter().any(|value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let mut directives = value.split(',').map(str::trim);
        directives.any(|directive| directive.eq_ignore_ascii_case("no-transform"))
    })
}

fn has_worthy_type(head: &OutgoingHead) -> bool {
    let Some(value) = head.get_header(header::CONTENT_TYPE) else {
        return false;
    };
    let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let media_type = value.split(';').next().unwrap_or_default().trim();
    media_type.starts_with("text/")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml")
        || media_type.ends_with("+text")
        || [
            "application/javascript",
            "application/json",
            "application/manifest+json",
            "application/ndjson",
            "application/wasm",
            "application/x-javascript",
            "application/x-ndjson",
            "application/xml",
            "font/otf",
            "font/ttf",
            "image/bmp",
            "image/x-icon",
        ]
        .contains(&media_type)
}

/// Makes a strong tag weak, because the compressed body consists of different bytes.
fn weaken_etag(head: &mut OutgoingHead) {
    let Some(etag) = head.get_header(header::ETAG) else {
        return;
    };
    if !etag.as_bytes().starts_with(b"W/") {
        let weak = [b"W/", etag.as_bytes()].concat();
        if let Ok(weak) = HeaderValue::from_bytes(&weak) {
            head.set_header(header::ETAG, weak);
        }
    }
}
