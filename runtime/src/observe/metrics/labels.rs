//! The labels of a request. The number of label sets is bounded by the methods, the routes of the program and the
//! status classes.

use http::StatusCode;

use crate::http::FinishedRequest;
use crate::observe::method;

/// The pairs of a label set, which the encoder writes in this order.
pub(super) type Labels = [(&'static str, &'static str); 3];

/// The label `route` of a request that no route matched.
const UNMATCHED: &str = "unmatched";

pub(super) fn of(finished: &FinishedRequest) -> Labels {
    [
        ("method", method::name(&finished.method)),
        ("route", finished.route.unwrap_or(UNMATCHED)),
        ("status", class(finished.status)),
    ]
}

fn class(status: Option<StatusCode>) -> &'static str {
    match status.map(|status| status.as_u16() / 100) {
        Some(1) => "1xx",
        Some(2) => "2xx",
        Some(3) => "3xx",
        Some(4) => "4xx",
        Some(5) => "5xx",
        Some(_) => "other",
        None => "none",
    }
}
