//! Paths as templates: `/products/{id: u32}` becomes `/products/{id}`.

use super::flat::FlatRoute;
use crate::routes::RouteParam;
use crate::routing::encode;

/// A path as a template.
pub(super) struct Template {
    segments: Vec<Vec<Piece>>,
    /// The parameters, in order. Their names are unique.
    pub(super) params: Vec<RouteParam>,
    pub(super) names: Vec<String>,
}

/// A part of a segment.
#[derive(Clone, PartialEq)]
enum Piece {
    Text(String),
    /// An index into the parameters.
    Param(usize),
}

impl Template {
    pub(super) fn of(route: &FlatRoute<'_>) -> Self {
        let mut template = Self {
            segments: Vec::new(),
            params: route.params.clone(),
            names: unique_names(&route.params),
        };
        let mut index = 0;
        for segment in segments(&route.path) {
            template.segments.push(pieces(&segment, &mut index));
        }
        template
    }

    /// Returns the path in the document.
    pub(super) fn path(&self) -> String {
        self.write(|index| self.names[index].clone())
    }

    /// Returns the shape of the path. Paths that differ only in the names of their parameters have the same shape, and
    /// a document has one entry for them.
    pub(super) fn shape(&self) -> String {
        self.write(|_| String::new())
    }

    fn write(&self, name: impl Fn(usize) -> String) -> String {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            for piece in segment {
                match piece {
                    Piece::Text(text) => path.push_str(&encode(text).to_string()),
                    Piece::Param(index) => {
                        path.push('{');
                        path.push_str(&name(*index));
                        path.push('}');
                    }
                }
            }
        }
        path
    }

    /// Returns whether the last parameter matches the rest of the path.
    pub(super) fn has_rest(&self) -> bool {
        self.params.last().is_some_and(|param| param.rest)
    }

    /// Returns whether `other` may match a path that has the shape of this template.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let count = |it: &Self| it.segments.len() - usize::from(it.has_rest());
        let (mine, theirs) = (count(self), count(other));
        let fits = |rest: bool, fixed: usize, other: usize| match rest {
            true => fixed <= other,
            false => fixed == other,
        };
        let is_possible = match (self.has_rest(), other.has_rest()) {
            (true, true) => true,
            (mine_rest, false) => fits(mine_rest, mine, theirs),
            (false, true) => fits(true, theirs, mine),
        };
        let both = self.segments.iter().zip(&other.segments);
        let both = both.take(mine.min(theirs));
        is_possible
            && both
                .into_iter()
                .all(|(mine, theirs)| may_equal(mine, theirs) && other.may_parse(theirs, mine))
    }

    /// Returns whether a segment that is text can be parsed as the type of a parameter that is a whole segment.
    fn may_parse(&self, segment: &[Piece], text: &[Piece]) -> bool {
        match (segment, text) {
            ([Piece::Param(index)], [Piece::Text(text)]) => match self.params[*index].ty {
                Some("f32" | "f64") => text.parse::<f64>().is_ok(),
                Some("bool") => text.parse::<bool>().is_ok(),
                Some("char") => text.parse::<char>().is_ok(),
                Some(ty) if is_integer(ty) => text.parse::<i128>().is_ok(),
                _ => true,
            },
            _ => true,
        }
    }

    /// Returns whether a path may have a segment that `other` matches, but that this template rejects because of the
    /// type of a parameter.
    pub(super) fn is_stricter_than(&self, other: &Self) -> bool {
        let typed = |it: &Self, segment: &Vec<Piece>| -> Vec<Option<&'static str>> {
            let params = segment.iter().filter_map(|piece| match piece {
                Piece::Param(index) => Some(it.params[*index].ty),
                Piece::Text(_) => None,
            });
            params.collect()
        };
        self.segments.iter().enumerate().any(|(at, segment)| {
            let types = typed(self, segment);
            let has_type = types.iter().flatten().any(|ty| *ty != "String");
            let same = other.segments.get(at);
            has_type && same.is_none_or(|other_segment| typed(other, other_segment) != types)
        })
    }
}

fn is_integer(ty: &str) -> bool {
    let size = ty.strip_prefix(['i', 'u']);
    size.is_some_and(|size| ["8", "16", "32", "64", "128", "size"].contains(&size))
}

/// Appends a number to the name of a parameter if an earlier one has the same name.
fn unique_names(params: &[RouteParam]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for param in params {
        let plain = param.name.trim_start_matches("r#");
        let mut name = plain.to_owned();
        let mut number = 2;
        while names.contains(&name) {
            name = format!("{plain}{number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

fn may_equal(mine: &[Piece], theirs: &[Piece]) -> bool {
    let is_text = |pieces: &[Piece]| pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
    !(is_text(mine) && is_text(theirs)) || mine == theirs
}

/// Splits a path at its slashes. The types of parameters contain no slashes, because no Rust type does.
fn segments(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// Splits a segment into literal text and parameters.
fn pieces(segment: &str, index: &mut usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = segment;
    while let Some(char) = rest.chars().next() {
        rest = &rest[char.len_utf8()..];
        match char {
            '{' | '}' if rest.starts_with(char) => {
                text.push(char);
                rest = &rest[1..];
            }
            '{' => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Param(*index));
                *index += 1;
                rest = rest.split_once('}').map_or("", |(_, after)| after);
            }
            char => text.push(char),
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}
