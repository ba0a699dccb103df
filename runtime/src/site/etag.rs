//! Entity tags of whole bodies ([RFC 9110, 8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3)).

use std::hash::{DefaultHasher, Hasher};

use http::{HeaderValue, Method, StatusCode, header};

use crate::http::{OutgoingHead, Request, Response};

/// Adds an `etag` to the responses of the routes below the call, and sends a 304 if the client already has the same
/// body.
///
/// The tag is weak; it contains the length and a hash of the body. The handler still produces the whole body; only its
/// transfer is saved. The tag is added to a 200 in response to GET or HEAD if its body is not a stream. A tag that the
/// handler sets is kept, even for a stream. If `if-none-match` matches, the client gets a 304 with the same headers and
/// no body. Write `etag` below [`compress`](crate::compress), so that the tag is computed from the uncompressed body
/// and the 304 has the same `vary`. Tags may differ between versions of the program. Node.js: no counterpart; Express
/// sends tags by default.
///
/// # Examples
///
/// ```
/// use onward::etag;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, mut res: Response) -> Result {
///     etag(&req, &mut res);
///     route!("/" => "hello");
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/"), Response::new()).await?;
/// let tag = sent.header("etag").unwrap();
///
/// let req = Request::get("/").header("if-none-match", tag);
/// let sent = site(req, Response::new()).await?;
/// assert_eq!(sent.status_code(), StatusCode::NOT_MODIFIED);
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn etag(req: &Request, res: &mut Response) {
    if !matches!(req.method, Method::GET | Method::HEAD) {
        return;
    }
    let known = req.headers.get_all(header::IF_NONE_MATCH);
    let known: Vec<HeaderValue> = known.into_iter().cloned().collect();
    res.before_head(move |head| {
        if head.status_code == StatusCode::OK {
            tag(head, &known);
        }
    });
}

#[inline]
fn tag(head: &mut OutgoingHead, known: &[HeaderValue]) {
    let tag = match (head.get_header(header::ETAG), head.body()) {
        (Some(tag), _) => tag.clone(),
        (None, Some(body)) => {
            let Some(tag) = tag_of(body) else {
                return;
            };
            head.set_header(header::ETAG, tag.clone());
            tag
        }
        (None, None) => return,
    };
    if known
        .iter()
        .any(|list| matches(list.as_bytes(), tag.as_bytes()))
    {
        head.status_code = StatusCode::NOT_MODIFIED;
        head.remove_header(header::CONTENT_LENGTH);
    }
}

#[inline]
fn tag_of(body: &[u8]) -> Option<HeaderValue> {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    let tag = format!("W/\"{:x}-{:016x}\"", body.len(), hasher.finish());
    HeaderValue::try_from(tag).ok()
}

/// Returns whether a list contains a tag, by weak comparison (RFC 9110, 8.8.3.2).
#[inline]
fn matches(list: &[u8], tag: &[u8]) -> bool {
    let opaque = opaque(tag);
    let mut rest = list.trim_ascii();
    if rest == b"*" {
        return true;
    }
    // A tag may contain a comma.
    while let Some(start) = rest.iter().position(|&byte| byte == b'"') {
        let after = &rest[start + 1..];
        let Some(end) = after.iter().position(|&byte| byte == b'"') else {
            return false;
        };
        if rest[start..start + end + 2] == *opaque {
            return true;
        }
        rest = &after[end + 1..];
    }
    false
}

/// Returns the tag without `W/`.
#[inline]
fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        for (list, tag, expected) in [
            ("\"a\"", "\"a\"", true),
            ("W/\"a\"", "\"a\"", true),
            ("\"a\"", "W/\"a\"", true),
            ("\"b\", W/\"a\"", "W/\"a\"", true),
            ("\"b,a\",\"a\"", "\"a\"", true),
            ("\"b,a\"", "\"a\"", false),
            ("*", "\"a\"", true),
            (" * ", "\"a\"", true),
            ("\"*\"", "\"a\"", false),
            ("a", "\"a\"", false),
            ("\"a", "\"a\"", false),
            ("", "\"a\"", false),
        ] {
            let found = matches(list.as_bytes(), tag.as_bytes());
            assert_eq!(found, expected, "{list} {tag}");
        }
    }
}
