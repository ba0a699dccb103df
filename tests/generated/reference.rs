//! The reference that the servers must agree with: a linear search over the routes, on decoded segments.

use crate::request::Asked;
use crate::table::{Guard, Row, Table};
use std::fmt;

/// The expected response.
pub(crate) enum Decision {
    Route { row: usize, params: Vec<String> },
    Fallback,
    BadRequest,
    NotFound,
    NotAllowed(String),
    NotImplemented,
    Options(String),
    Redirect(String),
}

pub(crate) fn ask(table: &Table, asked: &Asked) -> Decision {
    let Some(segments) = decoded(&asked.path) else {
        return Decision::BadRequest;
    };
    let fitting: Vec<_> = fitting(table, &segments).collect();
    for (row, params) in &fitting {
        if handles(&table.rows[*row], asked.method) && passes(&table.rows[*row], asked.yes) {
            return Decision::Route {
                row: *row,
                params: params.clone(),
            };
        }
    }
    let allow = allow(
        fitting.iter().map(|(row, _)| &table.rows[*row]),
        asked.method,
    );
    match allow {
        None if table.slash == "redirect" && leads_somewhere(table, &segments, asked.method) => {
            Decision::Redirect(other_url(asked))
        }
        _ if table.has_fallback => Decision::Fallback,
        _ if !METHODS.contains(&asked.method) => Decision::NotImplemented,
        None => Decision::NotFound,
        Some(allow) if asked.method == "OPTIONS" => Decision::Options(allow),
        Some(allow) => Decision::NotAllowed(allow),
    }
}

/// The methods that a route can name, as far as the tables use them.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

/// Returns the indices of the rows that match the path, each with its parameters.
fn fitting<'a>(
    table: &'a Table,
    segments: &'a [String],
) -> impl Iterator<Item = (usize, Vec<String>)> + 'a {
    let bare_rest = table.slash == "ignore";
    let is_odd = is_odd(segments);
    let segments = match segments {
        [front @ .., last] if bare_rest && !front.is_empty() && last.is_empty() => front,
        _ => segments,
    };
    let present = table
        .rows
        .iter()
        .enumerate()
        .filter(move |(_, row)| row.is_present() && !is_odd);
    present.filter_map(move |(index, row)| Some((index, params(&row.path, segments, bare_rest)?)))
}

fn params(path: &str, segments: &[String], bare_rest: bool) -> Option<Vec<String>> {
    let mut params = Vec::new();
    let mut wanted: Vec<&str> = path[1..].split('/').collect();
    let rest = wanted
        .pop_if(|last| last.ends_with("..}"))
        .map(|_| wanted.len());
    let front = rest.unwrap_or(segments.len());
    let is_bare = bare_rest && front > 0 && segments.len() == front;
    if wanted.len() != front || (rest.is_some() && segments.len() <= front && !is_bare) {
        return None;
    }
    for (wanted, segment) in wanted.iter().zip(segments) {
        params.extend(fit(wanted, segment)?);
    }
    params.extend(rest.map(|_| format!("{:?}", segments[front..].join("/"))));
    Some(params)
}

/// Returns the parameters of a segment, if it matches and their types accept them.
fn fit(wanted: &str, segment: &str) -> Option<Vec<String>> {
    let pieces = divide(wanted, segment)?;
    if pieces.iter().any(|(_, text)| leads_out(text)) {
        return None;
    }
    pieces
        .into_iter()
        .map(|(param, text)| typed(param, text))
        .collect()
}

/// Divides a segment among the parameters. Each matches as little as possible, and at least one character.
fn divide<'a>(wanted: &'a str, segment: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (text, after) = wanted.split_once('{').unwrap_or((wanted, ""));
    let left = segment.strip_prefix(text)?;
    let Some((param, after)) = after.split_once('}') else {
        return left.is_empty().then(Vec::new);
    };
    let mut ends = left.char_indices().map(|(at, char)| at + char.len_utf8());
    let (end, others) = ends.find_map(|end| Some((end, divide(after, &left[end..])?)))?;
    Some([vec![(param, &left[..end])], others].concat())
}

fn typed(param: &str, text: &str) -> Option<String> {
    match param.split_once(": ").map(|(_, ty)| ty) {
        Some("u8") => Some(text.parse::<u8>().ok()?.to_string()).filter(|number| number == text),
        Some("Odd") => (text.len() % 2 == 1).then(|| format!("Odd({text:?})")),
        _ => Some(format!("{text:?}")),
    }
}

fn handles(row: &Row, method: &str) -> bool {
    let is_get = row.methods.is_empty() || row.methods.contains(&"GET");
    row.methods
        .iter()
        .any(|name| [method, "ANY"].contains(name))
        || (is_get && ["GET", "HEAD"].contains(&method))
}

fn passes(row: &Row, yes: bool) -> bool {
    match row.guard {
        None => true,
        Some(Guard::Yes) => yes,
        Some(Guard::No) => !yes,
    }
}

/// Returns the `allow` header, if there are methods other than the one that a guard rejected.
fn allow<'a>(rows: impl Iterator<Item = &'a Row> + Clone, method: &str) -> Option<String> {
    let named = |name: &str| {
        rows.clone()
            .any(|row| !row.methods.contains(&"ANY") && handles(row, name))
    };
    let is_rejected = |name: &str| {
        let by_get =
            named("GET") && ["GET", "HEAD"].contains(&method) && ["GET", "HEAD"].contains(&name);
        method != "OPTIONS" && (name == method || by_get)
    };
    let allowed = |name: &&str| named(name) && !is_rejected(name);
    METHODS.iter().any(allowed).then(|| {
        let listed = METHODS
            .into_iter()
            .filter(|name| allowed(name) || *name == "OPTIONS");
        listed.collect::<Vec<_>>().join(", ")
    })
}

fn leads_somewhere(table: &Table, segments: &[String], method: &str) -> bool {
    if is_odd(segments) {
        return false;
    }
    let mut other = segments.to_vec();
    match segments {
        [_] if segments[0].is_empty() => {}
        [.., last] if last.is_empty() => drop(other.pop()),
        _ => other.push(String::new()),
    }
    fitting(table, &other).any(|(row, _)| handles(&table.rows[row], method))
}

fn other_url(asked: &Asked) -> String {
    let other = Asked {
        path: asked
            .path
            .strip_suffix('/')
            .map_or(format!("{}/", asked.path), str::to_owned),
        ..*asked
    };
    other.url()
}

/// Returns whether a path matches no route, regardless of the routes.
fn is_odd(segments: &[String]) -> bool {
    let (last, front) = segments.split_last().expect("a path has a segment");
    front.iter().any(|it| leads_out(it)) || (!last.is_empty() && leads_out(last))
}

/// Returns whether text could lead out of a directory, or contains a NUL.
fn leads_out(text: &str) -> bool {
    text.split('/').any(|part| ["", ".", ".."].contains(&part))
        || text.split(['/', '\\']).any(|part| part == "..")
        || text.contains('\0')
}

fn decoded(path: &str) -> Option<Vec<String>> {
    path[1..].split('/').map(decode).collect()
}

fn decode(segment: &str) -> Option<String> {
    let (plain, escapes) = segment.split_once('%').unwrap_or((segment, ""));
    let mut bytes = plain.as_bytes().to_vec();
    if plain.len() < segment.len() {
        for escape in escapes.split('%') {
            let (digits, after) = escape.split_at_checked(2)?;
            let is_hex = digits.chars().all(|char| char.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?);
            bytes.extend(after.bytes());
        }
    }
    String::from_utf8(bytes).ok()
}

impl Decision {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Route { .. } => "a route",
            Self::Fallback => "the fallback",
            Self::BadRequest => "400",
            Self::NotFound => "404",
            Self::NotAllowed(_) => "405",
            Self::NotImplemented => "501",
            Self::Options(_) => "OPTIONS",
            Self::Redirect(_) => "308",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Route { row, params } => write!(f, "200 {row} [{}]", params.join(", ")),
            Self::Fallback => f.write_str("200 fallback"),
            Self::BadRequest => f.write_str("400"),
            Self::NotFound => f.write_str("404"),
            Self::NotAllowed(allow) => write!(f, "405 allowed methods: {allow}"),
            Self::NotImplemented => f.write_str("501 method not implemented"),
            Self::Options(allow) => write!(f, "204 {allow}"),
            Self::Redirect(place) => write!(f, "308 {place}"),
        }
    }
}
