//! A path in normal form, from which captures borrow.

use std::borrow::Cow;
use std::ops::Deref;

use super::normalize::{NO_ROUTES, decode, path};
use super::rest::Rest;
use crate::error::{Failure, Result};
use crate::http::Url;

/// A path in normal form. It owns its text, so that the request may be moved while captures borrow from the path.
#[derive(Clone, Debug)]
pub struct Path {
    url: Url,
    text: PathText,
}

#[derive(Clone, Debug)]
enum PathText {
    /// The path of the URL.
    Plain,
    Decoded {
        normal: String,
        /// `normal` with `%25` and `%2F` decoded, for captures to borrow from.
        full: String,
    },
    /// The text is [`NO_ROUTES`].
    NoRoutes,
}

/// Does the same as [`path`], and returns an owned result.
///
/// # Errors
///
/// - The errors of [`path`].
pub fn own_path(url: &Url) -> Result<Path, Failure> {
    let text = match path(url)? {
        Cow::Borrowed(NO_ROUTES) => PathText::NoRoutes,
        Cow::Borrowed(_) => PathText::Plain,
        Cow::Owned(normal) => PathText::Decoded {
            full: decode(&normal).into_owned(),
            normal,
        },
    };
    let url = url.clone();
    Ok(Path { url, text })
}

impl Path {
    /// Returns the decoded text of a capture, which is a slice of this path.
    #[inline]
    pub fn decode<'p>(&'p self, raw: &'p str) -> &'p str {
        match &self.text {
            PathText::Decoded { normal, full } => {
                let start = offset(normal, raw);
                let end = start + raw.len();
                let decoded = |at: usize| at - 2 * escapes(normal.get(..at).unwrap_or_default());
                full.get(decoded(start)..decoded(end)).unwrap_or(raw)
            }
            PathText::Plain | PathText::NoRoutes => raw,
        }
    }

    /// Returns the parameter `{rest..}` for the end of this path.
    #[inline]
    pub fn rest<'p>(&'p self, raw: &'p str) -> Rest<'p> {
        let before = self.get(..offset(self, raw)).unwrap_or_default();
        let slashes = before.bytes().filter(|&byte| byte == b'/').count();
        Rest::new(
            self.decode(raw),
            slashes + usize::from(!before.ends_with('/')),
        )
    }

    /// Returns the URL that the path belongs to.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

/// Returns the position of the slice `part` in `whole`.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// Returns the number of escapes, each of which is two bytes longer than the character that it encodes.
fn escapes(normal: &str) -> usize {
    normal.bytes().filter(|&byte| byte == b'%').count()
}

impl Deref for Path {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match &self.text {
            PathText::Plain => self.url.path(),
            PathText::Decoded { normal, .. } => normal,
            PathText::NoRoutes => NO_ROUTES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_decoded_from_the_path_it_is_a_part_of() {
        let url = Url::new("/%25/a%2Fb%C3%A9/c%252F".parse().expect("a path"));
        let path = own_path(&url).expect("a valid path");
        let parts: Vec<&str> = path.split('/').map(|part| path.decode(part)).collect();
        assert_eq!(parts, ["", "%", "a/bé", "c%2F"]);
    }

    #[test]
    fn a_nested_path_begins_at_the_slash_before_the_rest() {
        let url = Url::new("/ad%6Din/a%2Fb/c?x=1".parse().expect("a path"));
        let whole = own_path(&url).expect("a valid path");
        let text = whole.strip_prefix("/admin/").expect("the prefix");
        let rest = whole.rest(text);
        assert_eq!(rest, "a/b/c");
        let below = url.clone().below(rest.slashes());
        assert_eq!(below, "/a%2Fb/c?x=1");
        assert_eq!(below.path(), "/a%2Fb/c");
        assert_eq!(&*own_path(&below).expect("a valid path"), "/a%2Fb/c");
        assert_eq!(below.original(), "/ad%6Din/a%2Fb/c?x=1");
    }

    #[test]
    fn an_empty_rest_nests_the_root() {
        for (url, nested) in [("/admin/", "/"), ("/admin", "/"), ("/admin?x=1", "/?x=1")] {
            let url = Url::new(url.parse().expect("a path"));
            let whole = own_path(&url).expect("a valid path");
            let below = url.below(whole.rest(&whole[whole.len()..]).slashes());
            assert_eq!(below, nested);
            assert_eq!(below.path(), "/");
            assert_eq!(&*own_path(&below).expect("a valid path"), "/");
        }
    }
}
