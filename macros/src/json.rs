//! `json!`: JSON text from JSON with embedded Rust expressions.
//!
//! ```text
//! delimiter   the source text of the invocation → `(…)` or `[…]`, which a macro does not receive
//! parse       tokens → `Json`, as written; errors are recorded, and parsing continues
//! expand      `Json` → constant text, and the calls that write the expressions between it
//! ```

mod ast;
mod cursor;
pub(crate) mod delimiter;
mod error;
mod expand;
mod group;
mod key;
mod literal;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::{Delimiter, TokenStream};

/// Returns the expression that `json!` expands to. `delimiter` is the delimiter of the invocation, `None` if it is
/// unknown; `krate` is the path to the runtime.
pub(crate) fn json(
    input: TokenStream,
    delimiter: Option<Delimiter>,
    krate: &TokenStream,
) -> TokenStream {
    let (json, errors) = parse::parse(input, delimiter);
    let expression = expand::expand(&json, krate);
    if errors.is_empty() {
        return expression;
    }
    // The parts that parsed are kept, so that no follow-up errors are reported: the value has the right type, and its
    // variables are used.
    let errors = errors.iter().map(syn::Error::to_compile_error);
    quote::quote!({ #(#errors)* #expression })
}

/// Returns the Rust expressions in the input of a `json!`.
pub(crate) fn expressions(input: &TokenStream) -> Vec<TokenStream> {
    let (json, _) = parse::parse(input.clone(), None);
    let mut found = Vec::new();
    json.collect_expressions(&mut found);
    found
}

/// Returns the expression for a `json!` that cannot be expanded at all.
pub(crate) fn placeholder(error: TokenStream) -> TokenStream {
    quote::quote!({ #error })
}
