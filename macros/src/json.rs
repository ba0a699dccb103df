//! `json!`: JSON text out of JSON in which Rust expressions stand.
//!
//! ```text
//! brackets    the invocation's text → `(…)` or `[…]`, which a macro is not told
//! parse       tokens → `Json`, as written; mistakes are recorded and the rest is read
//! expand      `Json` → constant text, and the calls that write what stands in between
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

/// The expression that `json!` stands for. `brackets` are those of the invocation itself, `None`
/// where they cannot be known; `krate` is the path to the runtime.
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
    // What could be read is still there, so that the mistakes are all there is to report: no value
    // of another type, no variable that is suddenly unused.
    let errors = errors.iter().map(syn::Error::to_compile_error);
    quote::quote!({ #(#errors)* #expression })
}

/// The expression for a `json!` that failed as a whole.
pub(crate) fn placeholder(error: TokenStream) -> TokenStream {
    quote::quote!({ #error })
}
