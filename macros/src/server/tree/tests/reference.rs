//! The reference for the tree: tries the routes from first to last.

use super::sample::{Decision, SampleRoute, parses};
use crate::http::methods::Methods;
use crate::server::pattern::{Segment, SegmentPart};

/// Returns the characters of a path; `%25` and `%2F` are one each.
pub(crate) fn characters(text: &str) -> Vec<&str> {
    let mut characters = Vec::new();
    let mut left = text;
    while let Some(first) = left.chars().next() {
        let is_escape = left.starts_with("%25") || left.starts_with("%2F");
        let (character, after) = left.split_at(if is_escape { 3 } else { first.len_utf8() });
        characters.push(character);
        left = after;
    }
    characters
}

/// The routes of a table, each with the forms of paths that it matches.
pub(crate) struct Reference<'a> {
    rows: &'a [SampleRoute],
    forms: Vec<Vec<Vec<Part>>>,
}

#[derive(Clone)]
enum Part {
    Character(String),
    Capture,
    Rest,
    /// A tail without its slash.
    Nothing,
}

impl<'a> Reference<'a> {
    pub(crate) fn new(rows: &'a [SampleRoute], bare_rest: bool) -> Self {
        let forms = rows.iter().map(|row| forms(row, bare_rest)).collect();
        Self { rows, forms }
    }

    /// Returns the first matching route, without the guarded routes before `skip`. `allow` contains the methods of all
    /// routes that match the path, or up to the mount, if the route is one.
    pub(crate) fn decide(&self, method: Methods, path: &[&str], skip: usize) -> Decision {
        let mut decision = Decision {
            route: None,
            allow: Methods::NONE,
        };
        for (index, (row, forms)) in self.rows.iter().zip(&self.forms).enumerate() {
            let fitting = forms.iter().find_map(|parts| fit(parts, path));
            let Some(captures) = fitting.filter(|it| row.is_present() && types_fit(row, it)) else {
                continue;
            };
            decision.allow = decision.allow.union(row.methods.allowed());
            let is_skipped = row.guard.is_some() && index < skip;
            if decision.route.is_none() && row.methods.covers(method) && !is_skipped {
                decision.route = Some((index, captures));
                if row.is_mount {
                    break;
                }
            }
        }
        decision
    }
}

/// Returns the captures, if `parts` match the whole path. A capture takes as little as possible.
fn fit(parts: &[Part], path: &[&str]) -> Option<Vec<String>> {
    let Some((part, parts)) = parts.split_first() else {
        return path.is_empty().then(Vec::new);
    };
    match part {
        Part::Character(it) => fit(parts, path.strip_prefix(&[it.as_str()])?),
        Part::Rest => Some(vec![path.concat()]),
        Part::Nothing => path.is_empty().then(|| vec![String::new()]),
        Part::Capture => {
            let most = path.iter().take_while(|it| **it != "/").count();
            (1..=most).find_map(|len| {
                let mut captures = fit(parts, &path[len..])?;
                captures.insert(0, path[..len].concat());
                Some(captures)
            })
        }
    }
}

fn slash() -> Part {
    Part::Character("/".to_owned())
}

fn types_fit(row: &SampleRoute, captures: &[String]) -> bool {
    let mut typed = row.pattern.params().zip(captures);
    typed.all(|(param, raw)| param.ty.as_deref().is_none_or(|ty| parses(ty, raw)))
}

/// Returns the characters of a text in a pattern, which contains no escapes: its `%` is `%25` in a path.
fn characters_of_text(text: &str) -> impl Iterator<Item = Part> {
    text.chars().map(|char| match char {
        '%' => Part::Character("%25".to_owned()),
        _ => Part::Character(char.to_string()),
    })
}

fn forms(row: &SampleRoute, bare_rest: bool) -> Vec<Vec<Part>> {
    let (segments, tail) = row.pattern.split_tail();
    let mut parts: Vec<Part> = segments.iter().flat_map(parts_of).collect();
    let mut forms = Vec::new();
    if row.pattern.has_optional_tail(bare_rest) {
        forms.push([parts.clone(), vec![Part::Nothing]].concat());
    }
    parts.extend(tail.into_iter().flat_map(parts_of));
    if parts.is_empty() {
        parts.push(slash());
    }
    forms.push(parts);
    forms
}

fn parts_of(segment: &Segment) -> Vec<Part> {
    let mut parts = vec![slash()];
    for part in segment.parts() {
        match part {
            SegmentPart::Text(text) => parts.extend(characters_of_text(text)),
            SegmentPart::Param(param) if param.extent.is_tail() => parts.push(Part::Rest),
            SegmentPart::Param(_) => parts.push(Part::Capture),
        }
    }
    parts
}
