//! Random requests, each of which resembles a route of the table.

use crate::random::Random;
use crate::table::{Row, Table};
use std::fmt;

/// A request; its path is encoded as in the request line.
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) query: Option<&'static str>,
    pub(crate) yes: bool,
}

impl Asked {
    pub(crate) fn url(&self) -> String {
        let query = self.query.map(|query| format!("?{query}"));
        self.path.clone() + &query.unwrap_or_default()
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yes = if self.yes { " (yes)" } else { "" };
        write!(f, "{} {}{yes}", self.method, self.url())
    }
}

const METHODS: &[&str] = &[
    "GET", "GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "BREW",
];

pub(crate) fn random(random: &mut Random, table: &Table) -> Asked {
    let row = &table.rows[random.below(table.rows.len())];
    let mut asked = for_row(random, row);
    if random.one_in(3) {
        asked.path = mutated(random, &asked.path);
    }
    asked
}

/// Generates a request whose path matches the row if the values parse as the types of the parameters.
pub(crate) fn for_row(random: &mut Random, row: &Row) -> Asked {
    let own = row.methods.first().filter(|name| **name != "ANY");
    let method = match own {
        Some(method) if random.one_in(2) => method,
        _ => random.pick(METHODS),
    };
    Asked {
        method,
        path: path(random, row),
        query: random.one_in(4).then_some("a=%zz/b"),
        yes: random.one_in(2),
    }
}

const VALUES: &[&str] = &[
    "a", "b", "ab", "7", "77", "256", "5", "a-b", "a.b", "é", "%", "/", "a/b", "%2F", "25", "...",
    "aa", "-", "x y", "b.b",
];

fn path(random: &mut Random, row: &Row) -> String {
    let mut path = String::new();
    let mut left = row.path.as_str();
    while let Some((text, after)) = left.split_once('{') {
        push_text(random, &mut path, text);
        let (param, after) = after.split_once('}').expect("a brace closes");
        if param.ends_with("..") {
            for at in 0..random.below(4) {
                path.push_str(if at > 0 { "/" } else { "" });
                push_encoded(random, &mut path, random_value(at));
            }
        } else {
            let value = random.pick(VALUES);
            push_encoded(random, &mut path, value);
        }
        left = after;
    }
    push_text(random, &mut path, left);
    path
}

fn random_value(at: usize) -> &'static str {
    VALUES[(at * 7 + 3) % VALUES.len()]
}

/// Appends text of a path, in which slashes separate segments.
fn push_text(random: &mut Random, path: &mut String, text: &str) {
    for (at, segment) in text.split('/').enumerate() {
        path.push_str(if at > 0 { "/" } else { "" });
        push_encoded(random, path, segment);
    }
}

/// Appends the text of a segment. Percent-encodes what must be encoded, and some other characters.
fn push_encoded(random: &mut Random, path: &mut String, text: &str) {
    for char in text.chars() {
        if (char.is_ascii_alphanumeric() || ".-".contains(char)) && !random.one_in(12) {
            path.push(char);
            continue;
        }
        for byte in char.to_string().bytes() {
            let escape = if random.one_in(2) {
                format!("%{byte:02x}")
            } else {
                format!("%{byte:02X}")
            };
            path.push_str(&escape);
        }
    }
}

const PIECES: &[&str] = &[
    "/", "/", "a", "b", "-", ".", "7", "%2F", "%25", "25", "2F", "5", "%C3%A9", "%", "%z", "%ff",
    "/..", "//", "%2e", "aa",
];

fn mutated(random: &mut Random, path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..=random.below(2) {
        let at = random.below(path.len() + 1);
        match random.below(4) {
            0 => path.push('/'),
            1 if at > 0 && at < path.len() => drop(path.remove(at)),
            2 if path.len() > 1 => drop(path.pop()),
            _ if at > 0 => path.insert_str(at, random.pick(PIECES)),
            _ => path.push_str(random.pick(PIECES)),
        }
    }
    path
}
