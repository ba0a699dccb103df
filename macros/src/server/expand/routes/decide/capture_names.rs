//! The variables for captured text.

use proc_macro2::{Ident, Span};
use quote::format_ident;

use super::Choice;

/// The functions that `decide` calls.
pub(super) const FUNCTIONS: [&str; 5] = ["before", "ending", "last_segment", "parse", "segment"];

/// The names that `decide` uses for variables other than captures.
const TAKEN: [&str; 4] = ["allow", "method", "path", "skip"];

/// Returns the variable for the parameter of `routes` at `position`: the parameter's name if all routes agree on it and
/// it is free, otherwise `p1`, `p2`, ….
pub(super) fn variable(choices: &[Choice<'_>], routes: &[usize], position: usize) -> Ident {
    let mut fields = routes
        .iter()
        .filter_map(|route| choices.get(*route)?.fields.get(position));
    match fields.next() {
        Some(first) if is_free(first, position) && fields.all(|field| field == first) => {
            let mut variable = first.clone();
            variable.set_span(Span::call_site());
            variable
        }
        _ => numbered(position),
    }
}

fn numbered(position: usize) -> Ident {
    format_ident!("p{}", position + 1)
}

/// Returns whether a name can be used for the variable. An uppercase name may be a constant, which a pattern would
/// compare with.
fn is_free(field: &Ident, position: usize) -> bool {
    let name = field.to_string();
    let is_capital = name.starts_with(char::is_uppercase);
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = name.strip_prefix('p').is_some_and(is_number);
    let is_own = *field == numbered(position);
    let is_taken = TAKEN.contains(&name.as_str()) || FUNCTIONS.contains(&name.as_str());
    !is_taken && !is_capital && !name.starts_with('_') && (!is_numbered || is_own)
}
