//! Conditional requests ([RFC 9110, 13](https://www.rfc-editor.org/rfc/rfc9110#section-13)).

use std::ops::Range;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderValue, Method, header};

use super::range::Requested;
use crate::http::Request;

/// The part of a file that a request asks for, and the conditions of the request.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) is_head: bool,
    if_match: Vec<HeaderValue>,
    if_unmodified_since: Option<HeaderValue>,
    if_none_match: Vec<HeaderValue>,
    if_modified_since: Option<HeaderValue>,
    if_range: Option<HeaderValue>,
    range: Option<HeaderValue>,
}

/// The values that are compared with the conditions.
#[derive(Debug)]
pub(super) struct Validators {
    /// A strong entity tag.
    pub(super) etag: String,
    /// The time of the last change, in whole seconds.
    pub(super) modified: Option<SystemTime>,
}

/// The content of a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Selection {
    NotModified,
    PreconditionFailed,
    Unsatisfiable,
    Whole,
    Part(Range<u64>),
    /// Several ranges, each in a separate part.
    Parts(Vec<Range<u64>>),
}

impl Conditions {
    pub(super) fn of(req: &Request) -> Self {
        let all = |name| req.headers.get_all(name).iter().cloned().collect();
        let one = |name| {
            let mut values = req.headers.get_all(name).iter();
            // A header with several values is malformed, and is ignored.
            values.next().filter(|_| values.next().is_none()).cloned()
        };
        Self {
            is_head: req.method == Method::HEAD,
            if_match: all(header::IF_MATCH),
            if_unmodified_since: one(header::IF_UNMODIFIED_SINCE),
            if_none_match: all(header::IF_NONE_MATCH),
            if_modified_since: one(header::IF_MODIFIED_SINCE),
            if_range: one(header::IF_RANGE),
            range: one(header::RANGE),
        }
    }

    /// Evaluates the conditions in the order of RFC 9110, 13.2.2. `len` is the length of the file.
    pub(super) fn select(&self, validators: &Validators, len: u64) -> Selection {
        let modified = validators.modified;
        if !self.if_match.is_empty() {
            if !matches(&self.if_match, &validators.etag, false) {
                return Selection::PreconditionFailed;
            }
        } else if let (Some(limit), Some(modified)) = (date(&self.if_unmodified_since), modified)
            && modified > limit
        {
            return Selection::PreconditionFailed;
        }
        if !self.if_none_match.is_empty() {
            if matches(&self.if_none_match, &validators.etag, true) {
                return Selection::NotModified;
            }
        } else if let (Some(known), Some(modified)) = (date(&self.if_modified_since), modified)
            && modified <= known
        {
            return Selection::NotModified;
        }
        self.select_range(validators, len)
    }

    fn select_range(&self, validators: &Validators, len: u64) -> Selection {
        // Ranges are defined only for GET.
        let range = self.range.as_ref().filter(|_| !self.is_head);
        let Some(range) = range.filter(|_| self.is_range_current(validators)) else {
            return Selection::Whole;
        };
        match Requested::parse(range.as_bytes(), len) {
            Requested::Whole => Selection::Whole,
            Requested::Unsatisfiable => Selection::Unsatisfiable,
            Requested::Parts(mut parts) if parts.len() == 1 => match parts.pop() {
                Some(part) => Selection::Part(part),
                None => Selection::Whole,
            },
            Requested::Parts(parts) => Selection::Parts(parts),
        }
    }

    /// Returns whether the part of the file that the client already has belongs to the current version.
    fn is_range_current(&self, validators: &Validators) -> bool {
        let Some(if_range) = &self.if_range else {
            return true;
        };
        let value = if_range.as_bytes();
        if value.starts_with(b"\"") || value.starts_with(b"W/") {
            return value == validators.etag.as_bytes();
        }
        // The dates must be equal, because a date identifies a version here.
        let known = date(&self.if_range);
        known.is_some() && known == validators.modified
    }
}

/// Returns whether a list of entity tags contains a tag. If `weakly` is true, `W/` is ignored.
fn matches(values: &[HeaderValue], etag: &str, weakly: bool) -> bool {
    values.iter().any(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        if text.trim() == "*" {
            return true;
        }
        let mut rest = &*text;
        while let Some(start) = rest.find('"') {
            let is_weak = rest[..start].ends_with("W/");
            let Some(length) = rest[start + 1..].find('"') else {
                return false;
            };
            let end = start + length + 2;
            if &rest[start..end] == etag && (weakly || !is_weak) {
                return true;
            }
            rest = &rest[end..];
        }
        false
    })
}

/// Parses a date. Returns `None` if it is missing or malformed.
fn date(value: &Option<HeaderValue>) -> Option<SystemTime> {
    httpdate::parse_http_date(value.as_ref()?.to_str().ok()?).ok()
}

impl Validators {
    /// Creates the validators of a file. `variant` is the extension of its encoding, or empty.
    pub(super) fn of(modified: Option<SystemTime>, len: u64, variant: &str) -> Self {
        let since = modified.and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        let nanos = since.unwrap_or_default().as_nanos();
        Self {
            etag: format!("\"{nanos:x}-{len:x}{variant}\""),
            modified: since.map(|it| UNIX_EPOCH + Duration::from_secs(it.as_secs())),
        }
    }
}
