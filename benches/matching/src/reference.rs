//! The reference: the routes are tried one by one, in the order written.

use crate::router::Answer;
use crate::table::{Route, Segment, Table, segments};
use http::Method;

/// Returns the expected result for a request, and the parameters if it is a route.
pub(crate) fn answer<'p>(table: &Table, method: &Method, path: &'p str) -> (Answer, Vec<&'p str>) {
    let found: Vec<&str> = segments(path).collect();
    let mut answer = Answer::NoPath;
    for (index, route) in (0..).zip(&table.routes) {
        let Some(parameters) = captures(route, &found) else {
            continue;
        };
        if route.method == *method {
            return (Answer::Route(index), parameters);
        }
        answer = Answer::WrongMethod;
    }
    (answer, Vec::new())
}

fn captures<'p>(route: &Route, found: &[&'p str]) -> Option<Vec<&'p str>> {
    if found.len() != route.segments.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, found) in route.segments.iter().zip(found.iter().copied()) {
        match expected {
            Segment::Text(text) if *text == found => {}
            Segment::Parameter if !found.is_empty() => parameters.push(found),
            _ => return None,
        }
    }
    Some(parameters)
}
