//! The text that routes are matched against.
//!
//! The normal form of a path has every `%XX` decoded but those that stand for `%` and `/`: these are always written
//! `%25` and `%2F`. So no decoded slash splits a segment, every text has one form, and a path without `%` is in normal
//! form as it is.
//!
//! ```text
//! /caf%c3%a9/a%2fb/100%25      →  /café/a%2Fb/100%25
//! ```

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use crate::error::{Error, Result};
use crate::http::Url;

/// A path in normal form. It owns what it needs, so that the request may be moved while it is in use.
#[derive(Clone, Debug)]
pub struct Path {
    url: Url,
    text: Text,
}

#[derive(Clone, Debug)]
enum Text {
    /// As it came.
    Plain,
    Decoded {
        normal: String,
        /// `normal` with `%25` and `%2F` decoded as well, for parameters to borrow from.
        full: String,
    },
    /// No route's.
    None,
}

/// The path of a request, in normal form.
///
/// Nothing is normalised beyond that: a path with an empty segment, or with one that is `.` or `..`, is no route's.
///
/// # Errors
/// 400 for an escape that is not `%` and two hexadecimal digits, and for bytes that are not UTF-8.
#[inline]
pub fn path(url: &Url) -> Result<Cow<'_, str>> {
    let path = url.path();
    match scan(path) {
        Scan { escaped: true, .. } => normalized(path),
        Scan {
            maybe_dot_segment: true,
            ..
        } if has_dot_or_empty_segment(path) => Ok(Cow::Borrowed(NO_ROUTES)),
        Scan { .. } => Ok(Cow::Borrowed(path)),
    }
}

/// [`path`], which owns what it needs.
///
/// # Errors
/// The same.
pub fn own_path(url: &Url) -> Result<Path> {
    let text = match path(url)? {
        Cow::Borrowed(NO_ROUTES) => Text::None,
        Cow::Borrowed(_) => Text::Plain,
        Cow::Owned(normal) => Text::Decoded {
            full: decode(&normal).into_owned(),
            normal,
        },
    };
    let url = url.clone();
    Ok(Path { url, text })
}

/// A path that no route has.
const NO_ROUTES: &str = "";

/// What a path shows at first sight.
struct Scan {
    /// It has a `%`.
    escaped: bool,
    /// It has `//` or `/.`: some segment may be an odd one.
    maybe_dot_segment: bool,
}

fn scan(path: &str) -> Scan {
    let (mut escaped, mut maybe_dot_segment) = (false, false);
    let mut before = 0;
    // To go on to the end takes fewer steps than to stop at the first find.
    for &byte in path.as_bytes() {
        escaped |= byte == b'%';
        maybe_dot_segment |= before == b'/' && matches!(byte, b'/' | b'.');
        before = byte;
    }
    Scan {
        escaped,
        maybe_dot_segment,
    }
}

/// Whether there is `//`, or a segment `.` or `..`. Clients resolve these before they send a path; one that arrives
/// all the same may be an attempt to leave a directory.
fn has_dot_or_empty_segment(path: &str) -> bool {
    let bytes = path.as_bytes();
    let mut pairs = bytes.windows(2).enumerate();
    pairs.any(|(at, pair)| match pair {
        b"//" => true,
        b"/." => {
            let segment = bytes.get(at + 1..).unwrap_or_default();
            let end = segment.iter().position(|&byte| byte == b'/');
            matches!(
                segment.get(..end.unwrap_or(segment.len())),
                Some(b"." | b"..")
            )
        }
        _ => false,
    })
}

impl Path {
    /// The text of a parameter, which is a part of this path.
    #[inline]
    pub fn decode<'p>(&'p self, raw: &'p str) -> &'p str {
        match &self.text {
            Text::Decoded { normal, full } => {
                let start = offset(normal, raw);
                let end = start + raw.len();
                let decoded = |at: usize| at - 2 * escapes(normal.get(..at).unwrap_or_default());
                full.get(decoded(start)..decoded(end)).unwrap_or(raw)
            }
            Text::Plain | Text::None => raw,
        }
    }

    /// The parameter for what is left of this path.
    #[inline]
    pub fn rest<'p>(&'p self, raw: &'p str) -> Rest<'p> {
        let before = self.get(..offset(self, raw)).unwrap_or_default();
        let slashes = before.bytes().filter(|&byte| byte == b'/').count();
        Rest {
            text: self.decode(raw),
            slashes: slashes + usize::from(!before.ends_with('/')),
        }
    }

    /// What it was made from.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

/// Where `part` begins in `whole`, of which it is a slice.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// How many escapes there are; each is two bytes longer than what it stands for.
fn escapes(normal: &str) -> usize {
    normal.bytes().filter(|&byte| byte == b'%').count()
}

fn normalized(path: &str) -> Result<Cow<'_, str>> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let Some((byte, after)) = escaped(after) else {
            return Err(malformed(
                path,
                "`%` is not followed by two hexadecimal digits",
            ));
        };
        rest = after;
        match byte {
            b'%' => bytes.extend_from_slice(b"%25"),
            b'/' => bytes.extend_from_slice(b"%2F"),
            byte => bytes.push(byte),
        }
    }
    let normal = String::from_utf8(bytes).map_err(|_| malformed(path, "it is not UTF-8"))?;
    Ok(match has_dot_or_empty_segment(&normal) {
        true => Cow::Borrowed(NO_ROUTES),
        false => Cow::Owned(normal),
    })
}

/// The byte that two hexadecimal digits stand for, and what follows them.
fn escaped(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], rest) = bytes.split_first_chunk()?;
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    Some((byte, rest))
}

fn malformed(path: &str, why: &str) -> Error {
    Error::bad_request(format!("the path `{path}` is not encoded properly: {why}"))
}

impl Deref for Path {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match &self.text {
            Text::Plain => self.url.path(),
            Text::Decoded { normal, .. } => normal,
            Text::None => NO_ROUTES,
        }
    }
}

/// A part of a path in normal form, with `%25` and `%2F` decoded as well.
#[inline]
pub fn decode(raw: &str) -> Cow<'_, str> {
    if raw.contains('%') {
        Cow::Owned(unescaped(raw))
    } else {
        Cow::Borrowed(raw)
    }
}

fn unescaped(raw: &str) -> String {
    let mut parts = raw.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // In normal form no other `%` is left, so that `%252F` becomes `%2F` and no more.
        if let Some(rest) = part.strip_prefix("2F") {
            text.push('/');
            text.push_str(rest);
        } else {
            text.push('%');
            text.push_str(part.strip_prefix("25").unwrap_or(part));
        }
    }
    text
}

/// What `{rest..}` matched: text, decoded. [`Request::at`](crate::http::Request::at) takes it to nest a handler.
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/files/{path..}" => format!("{} letters", path.len()));
///     route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
/// }
///
/// #[server]
/// async fn admin(req: Request, res: Response) -> Result {
///     route!("/users" => "all users");
/// }
///
/// # #[tokio::main]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/files/caf%C3%A9/1"), Response::new()).await?;
/// assert_eq!(sent.text(), "7 letters");
/// let sent = site(Request::get("/admin/users"), Response::new()).await?;
/// assert_eq!(sent.text(), "all users");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Rest<'p> {
    text: &'p str,
    slashes: usize,
}

impl<'p> Rest<'p> {
    /// The text, for as long as the handler runs.
    #[must_use]
    pub fn as_str(self) -> &'p str {
        self.text
    }

    /// How many slashes there are in front of it, its own included: as many as in the path of the URL, however that is
    /// encoded.
    pub(crate) fn slashes(self) -> usize {
        self.slashes
    }
}

impl Deref for Rest<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

impl AsRef<str> for Rest<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl PartialEq<str> for Rest<'_> {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Rest<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Debug for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(path: &str) -> String {
        let uri = path.parse().expect("a path");
        own_path(&Url::new(uri)).expect("a good path").to_string()
    }

    fn refusal(path: &str) -> String {
        let uri = path.parse().expect("a path");
        let error = own_path(&Url::new(uri)).expect_err("a bad path");
        assert_eq!(error.status(), http::StatusCode::BAD_REQUEST);
        error.message().to_owned()
    }

    #[test]
    fn a_path_without_escapes_is_normal() {
        assert_eq!(normal("/a/b.c?x=%zz"), "/a/b.c");
    }

    #[test]
    fn escapes_are_decoded_but_for_slash_and_percent() {
        assert_eq!(normal("/caf%C3%A9"), "/café");
        assert_eq!(normal("/caf%c3%a9/%61"), "/café/a");
        assert_eq!(normal("/a%2fb%2Fc"), "/a%2Fb%2Fc");
        assert_eq!(normal("/100%25"), "/100%25");
        assert_eq!(normal("/%252F"), "/%252F");
    }

    #[test]
    fn broken_encoding_is_refused() {
        for path in ["/%", "/%2", "/%zz", "/%+1", "/a%2"] {
            assert!(refusal(path).contains("two hexadecimal digits"), "{path}");
        }
        assert!(refusal("/%ff").contains("not UTF-8"));
    }

    #[test]
    fn a_capture_is_decoded_once() {
        assert_eq!(decode("a%2Fb"), "a/b");
        assert_eq!(decode("100%25"), "100%");
        assert_eq!(decode("%252F"), "%2F");
        assert!(matches!(decode("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn a_parameter_is_decoded_from_the_path_it_is_a_part_of() {
        let url = Url::new("/%25/a%2Fb%C3%A9/c%252F".parse().expect("a path"));
        let path = own_path(&url).expect("a good path");
        let parts: Vec<&str> = path.split('/').map(|part| path.decode(part)).collect();
        assert_eq!(parts, ["", "%", "a/bé", "c%2F"]);
    }

    #[test]
    fn a_path_with_odd_segments_is_no_routes() {
        for odd in [
            "//",
            "/a//b",
            "/.",
            "/..",
            "/a/../b",
            "/a/./b",
            "/%2e%2E/b",
            "/a/..",
        ] {
            assert_eq!(normal(odd), "", "{odd}");
        }
        for fine in [
            "/",
            "/a/",
            "/...",
            "/.a",
            "/a..",
            "/..a/b",
            "/a.b/.well-known",
        ] {
            assert_eq!(normal(fine), fine);
        }
    }

    #[test]
    fn a_nested_path_begins_at_the_slash_before_the_rest() {
        let url = Url::new("/ad%6Din/a%2Fb/c?x=1".parse().expect("a path"));
        let whole = own_path(&url).expect("a good path");
        let left = whole.strip_prefix("/admin/").expect("the prefix");
        let rest = whole.rest(left);
        assert_eq!(rest, "a/b/c");
        let below = url.clone().below(rest.slashes());
        assert_eq!(below, "/a%2Fb/c?x=1");
        assert_eq!(below.path(), "/a%2Fb/c");
        assert_eq!(&*own_path(&below).expect("a good path"), "/a%2Fb/c");
        assert_eq!(below.original(), "/ad%6Din/a%2Fb/c?x=1");
    }

    #[test]
    fn an_empty_rest_nests_the_root() {
        for (url, nested) in [("/admin/", "/"), ("/admin", "/"), ("/admin?x=1", "/?x=1")] {
            let url = Url::new(url.parse().expect("a path"));
            let whole = own_path(&url).expect("a good path");
            let below = url.below(whole.rest(&whole[whole.len()..]).slashes());
            assert_eq!(below, nested);
            assert_eq!(below.path(), "/");
            assert_eq!(&*own_path(&below).expect("a good path"), "/");
        }
    }
}
