//! How a route's answer becomes what the handler returns.

use http::{HeaderValue, StatusCode, header};

use crate::error::Error;
use crate::http::{Response, Sent, Url};
use crate::reply::Reply;

/// Answers with a value.
///
/// # Errors
/// The failure that the value is.
#[inline]
pub fn answer<R: Reply, E: From<Error>>(reply: R, res: Response) -> Result<Sent, E> {
    reply.try_reply(res).map_err(E::from)
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
    label = "this must be what `end` or `send` of the response gave",
    note = "a route that uses the response answers with it, as in `res.send(…)` or `other(req, res).await`, \
            and yields a `Sent` or a `Result<Sent, _>` whose error converts to that of the handler"
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

/// Sends the client to the same URL with another path, for good (308, so that the method stays); the query is kept.
/// `path` is encoded.
///
/// # Errors
/// 500 if `path` cannot be in a header.
pub fn redirect<E: From<Error>>(path: &str, url: &Url, mut res: Response) -> Result<Sent, E> {
    let original = url.original().path();
    let prefix = original.strip_suffix(url.path()).unwrap_or_default();
    let mut location = format!("{prefix}{path}");
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

    #[test]
    fn a_redirect_keeps_prefix_and_query() {
        let url = Url::new("/admin/users/?page=2".parse().expect("a URL")).below(1);
        let sent = redirect::<Error>("/users", &url, Response::new()).expect("a redirect");
        assert_eq!(sent.status_code(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(
            sent.header("location").expect("location"),
            "/admin/users?page=2"
        );
    }

    #[test]
    fn a_redirect_stays_on_this_host() {
        let url = Url::new("//example.com/".parse().expect("a URL"));
        let sent = redirect::<Error>("//example.com", &url, Response::new()).expect("a redirect");
        assert_eq!(sent.header("location").expect("location"), "/example.com");
    }
}
