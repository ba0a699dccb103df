//! How a route's answer becomes what the handler returns.

use http::{HeaderValue, StatusCode, header};

use crate::error::Error;
use crate::http::{Response, Sent};
use crate::reply::Reply;

use super::path::Path;
use super::slash::other_slash;

/// Answers with a value.
///
/// # Errors
/// The failure that the value is.
#[inline]
pub fn reply<R: Reply, E: From<Error>>(reply: R, res: Response) -> Result<Sent, E> {
    reply.try_reply(res).map_err(E::from)
}

/// Takes what an answer is so far, while somebody types it: the program does not compile before it is finished.
pub fn draft<T, A>(_: T) -> A {
    unreachable!("rustc has refused the answer")
}

/// [`draft`], for an answer that uses the response.
pub fn half<T, A>(part: T) -> A {
    draft(part)
}

/// Passes on what a route answered by itself, with the handler's `res`.
///
/// # Errors
/// The error that the route gave.
#[inline]
pub fn sent<A: Answered<E>, E>(answered: A) -> Result<Sent, E> {
    answered.answered()
}

/// What a route may give that answers by itself: [`Sent`], or a `Result` of it.
#[diagnostic::on_unimplemented(
    message = "this route uses the response and gives `{Self}`",
    label = "this must be what `end` or `send` of the response gave: is `.await` missing?",
    note = "a route that uses the response answers with it, as in `res.send(…)` or `other(req, res).await`, \
            and yields a `Sent` or a `Result<Sent, _>` whose error converts to that of the handler",
    note = "put `.await` behind the call of an async function"
)]
pub trait Answered<E> {
    /// What the handler returns.
    ///
    /// # Errors
    /// What the route failed with.
    fn answered(self) -> Result<Sent, E>;
}

impl<E> Answered<E> for Sent {
    /// What the handler returns.
    ///
    /// # Errors
    /// What the route failed with.
    fn answered(self) -> Result<Sent, E> {
        Ok(self)
    }
}

impl<E: From<F>, F> Answered<E> for Result<Sent, F> {
    /// What the handler returns.
    ///
    /// # Errors
    /// What the route failed with.
    fn answered(self) -> Result<Sent, E> {
        self.map_err(E::from)
    }
}

/// Several answers that share an async block: says what the block gives, so that `?` in it knows.
#[inline]
pub fn group<T, F: Future<Output = T>>(answers: F) -> F {
    answers
}

/// The answer when there is nothing to say but 404.
///
/// # Errors
/// Always the 404.
pub fn not_found<E: From<Error>>() -> Result<Sent, E> {
    Err(E::from(Error::not_found()))
}

/// Sends the client to the same URL with the other trailing slash, for good (308, so that the method stays); the query
/// is kept.
///
/// # Errors
/// 500 if the path cannot be in a header.
pub fn redirect<E: From<Error>>(path: &Path, mut res: Response) -> Result<Sent, E> {
    let url = path.url();
    let mut location = other_slash(url.original().path()).into_owned();
    // `//name/` would send the client to another host.
    let slashes = location.len() - location.trim_start_matches('/').len();
    location.replace_range(..slashes, "/");
    if let Some(query) = url.query_string() {
        location.push('?');
        location.push_str(query);
    }
    let location = HeaderValue::try_from(location).map_err(Error::from)?;
    res.set_header(header::LOCATION, location);
    res.status_code = StatusCode::PERMANENT_REDIRECT;
    Ok(res.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Url;
    use crate::routing::own_path;

    fn location(url: Url) -> String {
        let path = own_path(&url).expect("a good path");
        let sent = redirect::<Error>(&path, Response::new()).expect("a redirect");
        assert_eq!(sent.status_code(), StatusCode::PERMANENT_REDIRECT);
        let location = sent.header("location").expect("location");
        location.to_str().expect("text").to_owned()
    }

    #[test]
    fn a_redirect_keeps_prefix_and_query() {
        let url = Url::new("/admin/users/?page=2".parse().expect("a URL"));
        assert_eq!(location(url.below(2)), "/admin/users?page=2");
        let url = Url::new("/caf%C3%A9".parse().expect("a URL"));
        assert_eq!(location(url), "/caf%C3%A9/");
    }

    #[test]
    fn a_redirect_stays_on_this_host() {
        let url = Url::new("//example.com/".parse().expect("a URL"));
        assert_eq!(location(url), "/example.com");
    }
}
