//! The id of a request.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use http::HeaderName;

use crate::http::{Request, Response};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The maximum length of an id that is accepted from a client, in bytes.
const MAX_LENGTH: usize = 200;

/// Gives the request an id, by which its log lines can be found, and returns the id.
///
/// The id is the `x-request-id` of the request if that is valid: a single header of 1 to 200 ASCII letters, digits and
/// `-._~+/=:@`, which covers UUIDs and the ids of proxies. Otherwise it is generated: a random prefix of this process
/// and a counter. The response gets it as `x-request-id`, and [`Response::set_request_id`] passes it to the access log,
/// to [`event::Finish`](crate::http::event::Finish), to [`event::Error`](crate::http::event::Error), to the span of the
/// request, and to problem documents, as `request_id`. A request that already has an id, for example from an outer
/// server, keeps that id.
///
/// A client chooses the id that it sends, so an id need not be unique and proves nothing: use it to find log lines, and
/// let a proxy overwrite the header if that matters. Call this function first, so that every response gets the id.
/// Node.js: no counterpart; Fastify: `requestIdHeader` and `genReqId`.
///
/// # Examples
///
/// ```
/// use onward::observe::request_id;
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, mut res: Response) -> Result {
///     let id = request_id(&req, &mut res);
///     route!("/" => format!("your request is {id}"));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::get("/").header("x-request-id", "4711");
/// let sent = shop(req, Response::new()).await?;
/// assert_eq!(sent.text(), "your request is 4711");
/// assert_eq!(sent.header("x-request-id").unwrap(), "4711");
/// # Ok(())
/// # }
/// ```
#[inline]
pub fn request_id(req: &Request, res: &mut Response) -> Arc<str> {
    let id = match res.request_id() {
        Some(id) => id,
        None => {
            let id = received(req).unwrap_or_else(made);
            res.set_request_id(Arc::clone(&id));
            id
        }
    };
    res.set_header(X_REQUEST_ID, &*id);
    id
}

/// Returns the id that the client sent, if it is valid.
#[inline]
fn received(req: &Request) -> Option<Arc<str>> {
    let value = req.headers.get(X_REQUEST_ID)?;
    if req.headers.get_all(X_REQUEST_ID).iter().nth(1).is_some() {
        return None;
    }
    let id = str::from_utf8(value.as_bytes()).ok()?;
    is_valid(id).then(|| id.into())
}

/// Returns whether an id has a valid length and contains only characters that need no escaping in logs, JSON, HTML and
/// shells.
#[inline]
fn is_valid(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=:@".contains(&byte);
    (1..=MAX_LENGTH).contains(&id.len()) && id.bytes().all(is_allowed)
}

/// Returns a new id: other processes, and this one after a restart, have different prefixes.
#[inline]
fn made() -> Arc<str> {
    static PREFIX: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}-{number:x}", *PREFIX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_client_has_only_harmless_characters() {
        for id in [
            "a",
            "7b3f1c52-6d0e-4f5a-9c37-d7f1f4f7b0a1",
            "Root=1-67891233-abcdef012345678912345678",
            &"x".repeat(200),
        ] {
            assert!(is_valid(id), "{id}");
        }
        for id in [
            "",
            "a b",
            "a\"",
            "a\\",
            "<a>",
            "a,b",
            "é",
            "\u{2028}",
            &"x".repeat(201),
        ] {
            assert!(!is_valid(id), "{id}");
        }
    }

    #[test]
    fn generated_ids_differ_and_are_valid() {
        let (first, second) = (made(), made());
        assert_ne!(first, second);
        assert!(is_valid(&first));
    }
}
