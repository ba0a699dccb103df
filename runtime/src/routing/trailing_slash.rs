//! The trailing slash of a path, and the redirect of `trailing_slash = redirect`.

use std::borrow::Cow;

use http::{HeaderValue, StatusCode, header};

use super::path::Path;
use crate::error::{Failure, Result};
use crate::http::{Response, Sent};

/// Removes the trailing slash, except that of the root.
#[inline]
pub fn without_trailing_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(path) => path,
    }
}

/// Adds a trailing slash, or removes an existing one. The root and the empty path, which no route has, are unchanged.
pub fn other_slash(path: &str) -> Cow<'_, str> {
    match path.strip_suffix('/') {
        Some("") => Cow::Borrowed(path),
        Some(path) => Cow::Borrowed(path),
        None if path.is_empty() => Cow::Borrowed(path),
        None => Cow::Owned(format!("{path}/")),
    }
}

/// Redirects the client to the same URL with or without the trailing slash, keeping the query.
///
/// The status is 308, which is permanent and keeps the method.
///
/// # Errors
///
/// - `500 Internal Server Error` if the path is not valid in a header.
pub fn redirect<E: From<Failure>>(path: &Path, mut res: Response) -> Result<Sent, E> {
    let url = path.url();
    let mut location = location(url.original().path());
    if let Some(query) = url.query_string() {
        location.push('?');
        location.push_str(query);
    }
    let location = HeaderValue::try_from(location)
        .map_err(|error| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(error))?;
    res.set_header(header::LOCATION, location);
    res.status_code = StatusCode::PERMANENT_REDIRECT;
    Ok(res.end())
}

/// Returns the path with the other trailing slash, in a form that stays on this host: clients interpret the text after
/// `//` as a host, and `\` as `/`.
fn location(path: &str) -> String {
    let other = other_slash(path);
    let relative = other.trim_start_matches('/').replace('\\', "%5C");
    format!("/{relative}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Url;
    use crate::routing::own_path;

    fn redirected(url: Url) -> String {
        let path = own_path(&url).expect("a valid path");
        let sent = redirect::<Failure>(&path, Response::new()).expect("a redirect");
        assert_eq!(sent.status_code(), StatusCode::PERMANENT_REDIRECT);
        let location = sent.header("location").expect("location");
        location.to_str().expect("text").to_owned()
    }

    #[test]
    fn a_redirect_keeps_prefix_and_query() {
        let url = Url::new("/admin/users/?page=2".parse().expect("a URL"));
        assert_eq!(redirected(url.below(2)), "/admin/users?page=2");
        let url = Url::new("/caf%C3%A9".parse().expect("a URL"));
        assert_eq!(redirected(url), "/caf%C3%A9/");
    }

    #[test]
    fn a_redirect_stays_on_this_host() {
        for (path, expected) in [
            ("//example.com/", "/example.com"),
            ("///example.com", "/example.com/"),
            ("/\\example.com/", "/%5Cexample.com"),
            ("/\\\\example.com/", "/%5C%5Cexample.com"),
            ("//\\example.com/", "/%5Cexample.com"),
            ("/\\/example.com/", "/%5C/example.com"),
            ("/a\\b", "/a%5Cb/"),
        ] {
            assert_eq!(redirected(Url::new(path.parse().expect("a URL"))), expected);
        }
    }

    #[test]
    fn one_slash_is_removed_but_not_that_of_the_root() {
        let trimmed = ["/users/", "/users", "/", ""].map(without_trailing_slash);
        assert_eq!(trimmed, ["/users", "/users", "/", ""]);
    }

    #[test]
    fn the_other_path_differs_by_a_slash() {
        let other = ["/users/", "/users", "/", ""].map(other_slash);
        assert_eq!(other, ["/users", "/users/", "/", ""]);
    }
}
