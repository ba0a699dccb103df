//! The macros of the `onward` crate, which re-exports them; use them from there.

mod json;

use proc_macro::TokenStream;

/// JSON as text. Documented, with examples, where `onward` re-exports it.
#[proc_macro]
pub fn json(input: TokenStream) -> TokenStream {
    let input = input.into();
    let brackets = json::brackets::of_call(&input);
    json::json(input, brackets, &quote::quote!(::onward)).into()
}
