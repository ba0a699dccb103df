//! Parses the text of a path into a [`Pattern`], or reports every error in it.

use super::{Capture, Extent, Param, Pattern, Segment, foreign_syntax};
use crate::messages;
use std::ops::Range;

/// Parses the path of a route. The errors are complete messages, in the order of their positions in the text.
pub(crate) fn parse(path: &str) -> Result<Pattern, Vec<String>> {
    if let Some(error) = foreign_syntax::check_path(path) {
        return Err(vec![error]);
    }
    let mut parser = Parser {
        path,
        errors: Vec::new(),
        names: Vec::new(),
    };
    let pattern = parser.read();
    if parser.errors.is_empty() {
        Ok(pattern)
    } else {
        Err(parser.errors)
    }
}

struct Parser<'a> {
    path: &'a str,
    errors: Vec<String>,
    names: Vec<String>,
}

/// A part of a segment as written.
enum PathPiece {
    /// `{{` and `}}` in text are literal braces.
    Text(Range<usize>),
    /// A parameter, `{…}`, including the braces.
    Braces(Range<usize>),
}

impl Parser<'_> {
    fn read(&mut self) -> Pattern {
        let mut pattern = Pattern {
            segments: Vec::new(),
        };
        if self.path == "/" {
            return pattern;
        }
        for range in split_segments(self.path) {
            if let (_, Some(tail)) = pattern.split_tail()
                && let Some(param) = tail.params().last()
            {
                let after = &self.path[param.range.end..];
                self.errors
                    .push(messages::rest_not_last(&param.name, after));
                break;
            }
            pattern.segments.extend(self.read_segment(range));
        }
        pattern
    }

    fn read_segment(&mut self, range: Range<usize>) -> Option<Segment> {
        let text = &self.path[range.clone()];
        if let Some(error) = foreign_syntax::check_segment(self.path, text) {
            self.errors.push(error);
            return None;
        }
        let pieces = self.split_pieces(range)?;
        Some(self.read_pieces(&pieces, text))
    }

    /// Splits a segment into text and braces. Records an error if the braces do not match.
    fn split_pieces(&mut self, range: Range<usize>) -> Option<Vec<PathPiece>> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let here = &self.path[at..range.end];
            let text_len = text_len(here);
            if text_len > 0 {
                pieces.push(PathPiece::Text(at..at + text_len));
            } else if here.starts_with('}') {
                self.errors.push(messages::stray_brace(self.path));
                return None;
            } else {
                let len = braces_len(here);
                let Some(len) = len else {
                    self.errors.push(messages::unclosed_brace(here));
                    return None;
                };
                pieces.push(PathPiece::Braces(at..at + len));
                at += len;
                continue;
            }
            at += text_len;
        }
        Some(pieces)
    }

    fn read_pieces(&mut self, pieces: &[PathPiece], whole: &str) -> Segment {
        let mut segment = Segment {
            text: String::new(),
            captures: Vec::new(),
        };
        let mut previous: Option<Range<usize>> = None;
        for piece in pieces {
            match piece {
                PathPiece::Text(range) => {
                    let text = self.path[range.clone()]
                        .replace("{{", "{")
                        .replace("}}", "}");
                    match segment.captures.last_mut() {
                        Some(capture) => capture.text = text,
                        None => segment.text = text,
                    }
                    previous = None;
                }
                PathPiece::Braces(range) => {
                    if let Some(before) = previous.replace(range.clone()) {
                        let (first, second) = (&self.path[before], &self.path[range.clone()]);
                        self.errors.push(messages::adjacent_params(first, second));
                    }
                    let is_part = pieces.len() > 1;
                    segment.captures.extend(
                        self.read_param(range.clone())
                            .filter(|param| self.fits_segment(param, is_part, whole))
                            .map(|param| Capture {
                                param,
                                text: String::new(),
                            }),
                    );
                }
            }
        }
        segment
    }

    /// Records an error if a parameter that takes the rest of the path is only a part of its segment.
    fn fits_segment(&mut self, param: &Param, is_part: bool, whole: &str) -> bool {
        let fits = !(is_part && param.extent.is_tail());
        if !fits {
            self.errors
                .push(messages::rest_in_segment(&param.name, whole));
        }
        fits
    }

    /// Parses `{name}`, `{name: Type}` or `{name..}`.
    fn read_param(&mut self, range: Range<usize>) -> Option<Param> {
        let braces = &self.path[range.clone()];
        let inside = braces[1..braces.len() - 1].trim();
        if let Some(error) = foreign_syntax::check_parameter(inside) {
            self.errors.push(error);
            return None;
        }
        let (name, ty) = match split_type(inside) {
            Some((name, ty)) => (name.trim(), Some(ty.trim().to_owned())),
            None => (inside, None),
        };
        let (name, extent) = match name.strip_suffix("..") {
            Some(name) => (name.trim_end(), Extent::Rest),
            None => (name, Extent::Segment),
        };
        if let Some(error) = self.name_error(name, extent, ty.as_deref()) {
            self.errors.push(error);
            return None;
        }
        self.names.push(name.to_owned());
        Some(Param {
            name: name.to_owned(),
            ty,
            extent,
            range,
        })
    }

    fn name_error(&self, name: &str, extent: Extent, ty: Option<&str>) -> Option<String> {
        if let Some(error) = foreign_syntax::check_parameter_name(name) {
            Some(error)
        } else if self.names.iter().any(|earlier| earlier == name) {
            Some(messages::duplicate_param(name, self.path))
        } else if extent.is_tail() && ty.is_some() {
            Some(messages::typed_rest(name))
        } else {
            None
        }
    }
}

/// Returns the segments of a path that starts with a slash. A slash in braces, as in a regular expression, does not
/// split the path, so that the error quotes the whole parameter.
fn split_segments(path: &str) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut depth = 0_usize;
    let mut start = 1;
    let mut doubled = false;
    for (at, char) in path.char_indices().skip(1) {
        let here = &path[at..];
        match char {
            _ if doubled => doubled = false,
            '{' | '}' if depth == 0 && (here.starts_with("{{") || here.starts_with("}}")) => {
                doubled = true;
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 || !path[at..].contains('}') => {
                segments.push(start..at);
                start = at + 1;
                depth = 0;
            }
            _ => {}
        }
    }
    segments.push(start..path.len());
    segments
}

/// Returns the length of the text at the start of `segment`, up to a brace that is not doubled.
fn text_len(segment: &str) -> usize {
    let mut len = 0;
    while let Some(at) = segment[len..].find(['{', '}']) {
        len += at;
        let brace = &segment[len..];
        if !brace.starts_with("{{") && !brace.starts_with("}}") {
            return len;
        }
        len += 2;
    }
    segment.len()
}

/// Returns the length of `{…}` at the start of `text`; braces nest, as in `{id:[0-9]{4}}`.
fn braces_len(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Splits at the first colon, unless it begins a `::`: `{id: std::num::NonZeroU8}` has the type `std::num::NonZeroU8`.
fn split_type(inside: &str) -> Option<(&str, &str)> {
    let colon = inside.find(':')?;
    let (name, ty) = (&inside[..colon], &inside[colon + 1..]);
    (!ty.starts_with(':')).then_some((name, ty))
}
