//! Decompression of request bodies.

use http::{HeaderValue, StatusCode, header};

use super::coding::Coding;
use super::decoders::Decompressor;
use crate::error::Failure;
use crate::http::{Request, Response};

/// The supported codings.
const ACCEPTED: HeaderValue = HeaderValue::from_static("zstd, br, gzip");

/// Decompresses the request body as it is read, if it has a `content-encoding`, for the routes below the call.
///
/// The supported codings are zstd, `br` and gzip. The decompressed body is limited to
/// [`max_body_size`](crate::http::Server::max_body_size) (default: 2 MiB), even if it is read in chunks, or to
/// [`Body::limit`](crate::http::Body::limit). A decompression bomb, a small body that would become a large one, gets a
/// 413 as soon as the limit is exceeded, so no more of its decompressed body than the limit is kept in memory. The
/// headers of the request are not changed. Node.js: no counterpart; Express: the option `inflate` of its body parsers.
///
/// # Errors
///
/// - `415 Unsupported Media Type` with `accept-encoding` if the body has an unsupported coding, or more than one.
/// - `500 Internal Server Error` if the decoder cannot be created.
///
/// Reading the body fails with:
///
/// - `400 Bad Request` if the body is malformed or truncated.
/// - `413 Content Too Large` if the body exceeds its limit.
///
/// # Examples
///
/// ```
/// use onward::decompress;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(mut req: Request, mut res: Response) -> Result {
///     decompress(&mut req, &mut res)?;
///     route!(POST "/" => req.body.text().await?);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let zipped = [
///     31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0,
/// ];
/// let req = Request::post("/").header("content-encoding", "gzip").body(zipped.to_vec());
/// assert_eq!(site(req, Response::new()).await?.text(), "hello");
///
/// let req = Request::post("/").header("content-encoding", "compress").body("hello");
/// let error = site(req, Response::new()).await.unwrap_err();
/// assert_eq!(error.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
/// # Ok(())
/// # }
/// ```
pub fn decompress(req: &mut Request, res: &mut Response) -> Result<(), Failure> {
    let mut codings = Vec::new();
    for value in req.headers.get_all(header::CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let named = value.split(',').map(str::trim).map(str::to_owned);
        codings.extend(named.filter(|it| !it.is_empty() && !it.eq_ignore_ascii_case("identity")));
    }
    let coding = match codings.as_slice() {
        [] => return Ok(()),
        [name] => Coding::from_name(name),
        _ => None,
    };
    let Some(coding) = coding else {
        res.set_header(header::ACCEPT_ENCODING, ACCEPTED);
        let what = format!("unsupported content encoding `{}`", codings.join(", "));
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
    };
    let decoder = Decompressor::new(coding).map_err(|error| {
        let what = "a request body cannot be decompressed";
        Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
    })?;
    req.body.decode(Box::new(decoder));
    Ok(())
}
