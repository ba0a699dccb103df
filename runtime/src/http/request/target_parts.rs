//! The parts of a request target ([RFC 9112, 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).

use std::ops::Range;

use memchr::memchr;

/// A range of bytes in a request head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the same range after `len` bytes were inserted at the beginning.
    pub(crate) fn offset_by(self, len: usize) -> Self {
        Self {
            start: self.start + len,
            end: self.end + len,
        }
    }
}

/// The positions of a target and its parts in the request head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    start: usize,
    path: usize,
    /// The end of the path, where a query may begin.
    path_end: usize,
    end: usize,
    /// The authority of an absolute-form target.
    authority: Option<Span>,
}

impl Target {
    /// Finds the parts of the well-formed target at `span`.
    #[inline]
    pub(crate) fn find(bytes: &[u8], span: Span) -> Self {
        let target = bytes.get(span.range()).unwrap_or_default();
        match target.first() {
            Some(b'/') => Self::from_path(target, span, span.start),
            _ => Self::find_other(target, span),
        }
    }

    #[inline]
    fn from_path(target: &[u8], span: Span, path: usize) -> Self {
        let rest = &target[path - span.start..];
        let path_end = memchr(b'?', rest).map_or(span.end, |at| path + at);
        Self {
            start: span.start,
            path,
            path_end,
            end: span.end,
            authority: None,
        }
    }

    #[cold]
    fn find_other(target: &[u8], span: Span) -> Self {
        if target == b"*" {
            return Self::from_path(target, span, span.start);
        }
        let Some(scheme) = target.windows(3).position(|bytes| bytes == b"://") else {
            // The authority-form of CONNECT has no path.
            return Self::from_path(target, span, span.end);
        };
        let authority = scheme + 3;
        let rest = &target[authority..];
        let len = rest.iter().position(|byte| matches!(byte, b'/' | b'?'));
        let path = span.start + authority + len.unwrap_or(rest.len());
        Self {
            authority: Some(Span {
                start: span.start + authority,
                end: path,
            }),
            ..Self::from_path(target, span, path)
        }
    }

    pub(crate) fn whole(self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) fn path(self) -> Range<usize> {
        self.path..self.path_end
    }

    pub(crate) fn path_and_query(self) -> Range<usize> {
        self.path..self.end
    }

    /// Returns the query without its `?`, or `None` if the target has no `?`.
    pub(crate) fn query(self) -> Option<Range<usize>> {
        (self.path_end < self.end).then_some(self.path_end + 1..self.end)
    }

    pub(crate) fn authority(self) -> Option<Range<usize>> {
        self.authority.map(Span::range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_target_are_found() {
        for (text, path, query, authority) in [
            ("/", "/", None, None),
            ("/a?b?c", "/a", Some("b?c"), None),
            ("/a?", "/a", Some(""), None),
            ("//a", "//a", None, None),
            ("*", "*", None, None),
            ("http://a", "", None, Some("a")),
            ("http://a:1/b?c", "/b", Some("c"), Some("a:1")),
            ("HTTP://a?c", "", Some("c"), Some("a")),
            ("a:1", "", None, None),
        ] {
            let bytes = format!("GET {text} HTTP/1.1");
            let end = 4 + text.len();
            let target = Target::find(bytes.as_bytes(), Span { start: 4, end });
            assert_eq!(&bytes[target.whole()], text);
            assert_eq!(&bytes[target.path()], path, "{text}");
            assert_eq!(target.query().map(|it| &bytes[it]), query, "{text}");
            assert_eq!(target.authority().map(|it| &bytes[it]), authority, "{text}");
        }
    }
}
