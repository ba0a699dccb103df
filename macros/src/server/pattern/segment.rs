//! The segments of a path. Code that depends on the kind of a parameter belongs here: other phases call the methods.

use std::ops::Range;

/// The text between two slashes: literal text, then captures that are each followed by literal text. Between two
/// captures, that text is not empty, since otherwise the first one would have no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) text: String,
    pub(crate) captures: Vec<Capture>,
}

/// A parameter and the text up to the next one or to the segment's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Capture {
    pub(crate) param: Param,
    pub(crate) text: String,
}

/// A parameter: `{name}`, `{name: Type}` or `{name..}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Param {
    pub(crate) name: String,
    /// The text of the type, if there is one.
    pub(crate) ty: Option<String>,
    pub(crate) extent: Extent,
    /// The position of `{…}` in the path, in bytes, braces included.
    pub(crate) range: Range<usize>,
}

/// The part of a path that a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// `{name}`: a segment or a part of one, not empty.
    Segment,
    /// `{name..}`: the rest of the path, which may be empty.
    Rest,
    /// The part of the request's path below a mount, which may be missing. It is not written in the route and has no
    /// name.
    Below,
}

/// A part of a segment: literal text or a parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SegmentPart<'a> {
    /// Literal text, which is never empty.
    Text(&'a str),
    Param(&'a Param),
}

impl Segment {
    pub(super) fn everything_below() -> Self {
        let param = Param {
            name: String::new(),
            ty: None,
            extent: Extent::Below,
            range: 0..0,
        };
        let text = String::new();
        Self {
            captures: vec![Capture {
                param,
                text: text.clone(),
            }],
            text,
        }
    }

    pub(crate) fn params(&self) -> std::vec::IntoIter<&Param> {
        let mut params = Vec::new();
        for capture in &self.captures {
            params.push(&capture.param);
        }
        params.into_iter()
    }

    /// Returns the literal texts and the parameters.
    pub(crate) fn parts(&self) -> std::vec::IntoIter<SegmentPart<'_>> {
        let mut parts = Vec::new();
        if !self.text.is_empty() {
            parts.push(SegmentPart::Text(&self.text));
        }
        for capture in &self.captures {
            parts.push(SegmentPart::Param(&capture.param));
            if !capture.text.is_empty() {
                parts.push(SegmentPart::Text(&capture.text));
            }
        }
        parts.into_iter()
    }

    /// Returns whether this segment matches the rest of the path instead of one segment.
    pub(crate) fn is_tail(&self) -> bool {
        let mut captures = self.captures.iter();
        captures.any(|capture| capture.param.extent.is_tail())
    }

    /// Returns whether a path may end before the slash of this segment. `bare_rest` is whether the server's options
    /// allow this for `{name..}`.
    pub(crate) fn is_optional(&self, bare_rest: bool) -> bool {
        self.params().any(|param| match param.extent {
            Extent::Segment => false,
            Extent::Rest => bare_rest,
            Extent::Below => true,
        })
    }
}

impl Extent {
    pub(crate) fn is_tail(self) -> bool {
        match self {
            Self::Segment => false,
            Self::Rest | Self::Below => true,
        }
    }

    /// Returns whether the parameter is written in the path, and so has a name and a value.
    pub(crate) fn is_written(self) -> bool {
        match self {
            Self::Segment | Self::Rest => true,
            Self::Below => false,
        }
    }

    /// Returns how a parameter without a type is written.
    pub(crate) fn notation(self, name: &str) -> String {
        match self {
            Self::Segment => format!("{{{name}}}"),
            Self::Rest | Self::Below => format!("{{{name}..}}"),
        }
    }

    /// Returns another name for a parameter whose name is already used.
    pub(crate) fn other_name(self, name: &str) -> String {
        match self {
            Self::Segment => format!("{name}_id"),
            Self::Rest | Self::Below => format!("{name}_path"),
        }
    }

    /// Returns the method of the runtime's `Path` that converts the captured text to the parameter's value.
    pub(crate) fn reader(self) -> &'static str {
        match self {
            Self::Segment => "decode",
            Self::Rest | Self::Below => "rest",
        }
    }

    /// Returns the function of the runtime that writes a value into a URL.
    pub(crate) fn encoder(self) -> &'static str {
        match self {
            Self::Segment => "encode",
            Self::Rest | Self::Below => "encode_rest",
        }
    }

    /// Returns the function of the runtime that describes a parameter without a type in `ROUTES`.
    pub(crate) fn descriptor(self) -> &'static str {
        match self {
            Self::Segment => "text",
            Self::Rest | Self::Below => "rest",
        }
    }

    /// Returns the expression that turns the parameter `name` into a `String`.
    pub(crate) fn owned(self, name: &str) -> String {
        match self {
            Self::Segment => format!("{name}.to_owned()"),
            Self::Rest | Self::Below => format!("{name}.to_string()"),
        }
    }
}
