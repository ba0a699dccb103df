//! Path text → [`Pattern`], or every mistake in it.

use super::{Capture, Param, Pattern, Segment, habits};
use crate::messages;
use std::ops::Range;

/// Reads the path of a route. The mistakes come as finished messages, in the order of the text.
pub(crate) fn parse(path: &str) -> Result<Pattern, Vec<String>> {
    if let Some(mistake) = habits::whole_path(path) {
        return Err(vec![mistake]);
    }
    let mut reader = Reader {
        path,
        mistakes: Vec::new(),
        names: Vec::new(),
    };
    let pattern = reader.read();
    if reader.mistakes.is_empty() {
        Ok(pattern)
    } else {
        Err(reader.mistakes)
    }
}

struct Reader<'a> {
    path: &'a str,
    mistakes: Vec<String>,
    names: Vec<String>,
}

/// A piece of a segment as it is written.
enum Piece {
    Text(Range<usize>),
    /// What stands in `{…}`, with the braces.
    Braces(Range<usize>),
}

impl Reader<'_> {
    fn read(&mut self) -> Pattern {
        let mut pattern = Pattern {
            segments: Vec::new(),
            rest: None,
        };
        if self.path == "/" {
            return pattern;
        }
        for range in split_segments(self.path) {
            if let Some(rest) = &pattern.rest {
                let behind = &self.path[rest.range.end..];
                self.mistakes
                    .push(messages::rest_not_last(&rest.name, behind));
                break;
            }
            self.read_segment(range, &mut pattern);
        }
        pattern
    }

    fn read_segment(&mut self, range: Range<usize>, pattern: &mut Pattern) {
        let text = &self.path[range.clone()];
        if let Some(mistake) = habits::segment(self.path, text) {
            self.mistakes.push(mistake);
            return;
        }
        let Some(pieces) = self.split_pieces(range) else {
            return;
        };
        match self.read_pieces(&pieces, text) {
            Read::Segment(segment) => pattern.segments.push(segment),
            Read::Rest(param) => pattern.rest = Some(param),
        }
    }

    /// Text and braces in turn, or nothing (and a mistake) where the braces do not match.
    fn split_pieces(&mut self, range: Range<usize>) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let here = &self.path[at..range.end];
            let text_len = here.find(['{', '}']).unwrap_or(here.len());
            if text_len > 0 {
                pieces.push(Piece::Text(at..at + text_len));
            } else if here.starts_with('}') {
                self.mistakes.push(messages::stray_brace(self.path));
                return None;
            } else {
                let len = braces_len(here);
                let Some(len) = len else {
                    self.mistakes.push(messages::unclosed_brace(here));
                    return None;
                };
                pieces.push(Piece::Braces(at..at + len));
                at += len;
                continue;
            }
            at += text_len;
        }
        Some(pieces)
    }

    fn read_pieces(&mut self, pieces: &[Piece], whole: &str) -> Read {
        let mut segment = Segment {
            text: String::new(),
            captures: Vec::new(),
        };
        let mut behind_braces: Option<Range<usize>> = None;
        for piece in pieces {
            match piece {
                Piece::Text(range) => {
                    let text = self.path[range.clone()].to_owned();
                    match segment.captures.last_mut() {
                        Some(capture) => capture.text = text,
                        None => segment.text = text,
                    }
                    behind_braces = None;
                }
                Piece::Braces(range) => {
                    if let Some(before) = &behind_braces {
                        let (first, second) =
                            (&self.path[before.clone()], &self.path[range.clone()]);
                        self.mistakes.push(messages::adjacent_params(first, second));
                    }
                    behind_braces = Some(range.clone());
                    match self.read_param(range.clone()) {
                        Some((param, true)) if pieces.len() == 1 => return Read::Rest(param),
                        Some((param, true)) => {
                            self.mistakes
                                .push(messages::rest_in_segment(&param.name, whole));
                        }
                        Some((param, false)) => segment.captures.push(Capture {
                            param,
                            text: String::new(),
                        }),
                        None => {}
                    }
                }
            }
        }
        Read::Segment(segment)
    }

    /// `{name}`, `{name: Type}` or `{name..}`; true for the last.
    fn read_param(&mut self, range: Range<usize>) -> Option<(Param, bool)> {
        let braces = &self.path[range.clone()];
        let inside = braces[1..braces.len() - 1].trim();
        if let Some(mistake) = habits::parameter(inside) {
            self.mistakes.push(mistake);
            return None;
        }
        let (name, ty) = match split_type(inside) {
            Some((name, ty)) => (name.trim(), Some(ty.trim().to_owned())),
            None => (inside, None),
        };
        let (name, is_rest) = match name.strip_suffix("..") {
            Some(name) => (name.trim_end(), true),
            None => (name, false),
        };
        if let Some(mistake) = self.name_mistake(name, is_rest, ty.as_deref()) {
            self.mistakes.push(mistake);
            return None;
        }
        self.names.push(name.to_owned());
        let name = name.to_owned();
        Some((Param { name, ty, range }, is_rest))
    }

    fn name_mistake(&self, name: &str, is_rest: bool, ty: Option<&str>) -> Option<String> {
        if let Some(mistake) = habits::parameter_name(name) {
            Some(mistake)
        } else if self.names.iter().any(|earlier| earlier == name) {
            Some(messages::duplicate_param(name, self.path))
        } else if is_rest && ty.is_some() {
            Some(messages::typed_rest(name))
        } else {
            None
        }
    }
}

enum Read {
    Segment(Segment),
    Rest(Param),
}

/// The segments of a path that starts with a slash. A slash in braces (a habit from regexes) does
/// not split, so that the mistake is told about the whole parameter.
fn split_segments(path: &str) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut depth = 0_usize;
    let mut start = 1;
    for (at, char) in path.char_indices().skip(1) {
        match char {
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

/// How long `{…}` is at the start of `text`; braces nest, as in `{id:[0-9]{4}}`.
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

/// Splits at the first single colon: `{id: std::num::NonZeroU8}` has the type `std::num::NonZeroU8`.
fn split_type(inside: &str) -> Option<(&str, &str)> {
    let colon = inside.find(':')?;
    let (name, ty) = (&inside[..colon], &inside[colon + 1..]);
    (!ty.starts_with(':')).then_some((name, ty))
}
