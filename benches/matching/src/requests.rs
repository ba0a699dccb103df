//! The requests that are looked up: hits and near misses, both derived from the table.

use crate::reference::answer;
use crate::router::Answer;
use crate::table::{Route, Segment, Table};
use http::Method;

pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) answer: Answer,
    pub(crate) parameters: Vec<String>,
}

/// Values for parameters, as long as typical names, numbers and identifiers.
const VALUES: [&str; 8] = [
    "octocat",
    "hello-world",
    "7",
    "83921",
    "9f8e7d6c5b4a39281706",
    "rust-lang",
    "v1.0.2",
    "b2c1f3de-7a55-4b0e-9d39-0b1c7b5a3f10",
];

/// Returns one request for each route, in the order of the table.
pub(crate) fn hits(table: &Table) -> Vec<Request> {
    let all = (0..).zip(&table.routes).map(|(index, route)| {
        let request = request(table, route.method.clone(), filled(route, index));
        assert_eq!(
            request.answer,
            Answer::Route(index as u32),
            "{}",
            request.path
        );
        request
    });
    all.collect()
}

/// Returns one near miss for each route, in the order of the table. Two out of three have a path that does not exist
/// (404); the third has an existing path with a method that the path does not have (405), if there is such a method.
pub(crate) fn misses(table: &Table) -> Vec<Request> {
    let all = (0..).zip(&table.routes).map(|(index, route)| {
        let path = filled(route, index);
        let other = if index % 3 == 2 {
            wrong_method(table, &path)
        } else {
            None
        };
        other.unwrap_or_else(|| no_path(table, route, &path, index))
    });
    all.collect()
}

fn request(table: &Table, method: Method, path: String) -> Request {
    let (answer, parameters) = answer(table, &method, &path);
    let parameters = parameters.into_iter().map(str::to_owned).collect();
    Request {
        method,
        path,
        answer,
        parameters,
    }
}

/// Fills in the parameters: `/users/{p1}` → `/users/octocat`.
fn filled(route: &Route, index: usize) -> String {
    let mut path = String::new();
    for (place, segment) in route.segments.iter().enumerate() {
        path.push('/');
        path.push_str(match segment {
            Segment::Text(text) => text,
            Segment::Parameter => VALUES[(index + place * 3) % VALUES.len()],
        });
    }
    path
}

fn wrong_method(table: &Table, path: &str) -> Option<Request> {
    let methods = [
        Method::PATCH,
        Method::DELETE,
        Method::POST,
        Method::PUT,
        Method::GET,
    ];
    let mut all = methods
        .into_iter()
        .map(|method| request(table, method, path.to_owned()));
    all.find(|request| request.answer == Answer::WrongMethod)
}

fn no_path(table: &Table, route: &Route, path: &str, index: usize) -> Request {
    let ways: [fn(&str) -> String; 4] = [longer, other_end, other_middle, slash_behind];
    let turned = ways
        .iter()
        .cycle()
        .skip(index % ways.len())
        .take(ways.len());
    let mut all = turned.map(|way| request(table, route.method.clone(), way(path)));
    all.find(|request| request.answer == Answer::NoPath)
        .expect("one of the changes results in a path that does not exist")
}

fn longer(path: &str) -> String {
    format!("{path}/unknown")
}

/// Replaces the last letter.
fn other_end(path: &str) -> String {
    let (_, kept) = path.as_bytes().split_last().expect("a path has a slash");
    format!("{}~", String::from_utf8_lossy(kept))
}

/// Replaces a letter in the middle.
fn other_middle(path: &str) -> String {
    let mut bytes = path.as_bytes().to_vec();
    let middle = bytes.len() / 2;
    let at = if bytes[middle] == b'/' {
        middle + 1
    } else {
        middle
    };
    if let Some(byte) = bytes.get_mut(at) {
        *byte = b'~';
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn slash_behind(path: &str) -> String {
    format!("{path}/")
}
