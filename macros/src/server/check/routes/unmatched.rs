//! Rules about `route!(unmatched)`.

use super::Invalid;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;

/// Checks that `unmatched` is written only once, and not together with a fallback: no request would be left for the
/// second one.
///
/// ```text
/// route!(unmatched);
/// route!(unmatched => "no such page");
/// route!(_ => "no such page");
/// ```
pub(super) fn check_unmatched(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let fallback = server.fallbacks.first();
    let first = server.unmatched.first().map(|first| first.line);
    for (index, unmatched) in server.unmatched.iter().enumerate() {
        let message = match (fallback, first) {
            (_, Some(line)) if index > 0 => messages::second_unmatched(line),
            (Some(fallback), _) => messages::unmatched_with_fallback(fallback.line),
            _ => continue,
        };
        errors.push(unmatched.span, message);
        invalid.unmatched.insert(index);
    }
}
