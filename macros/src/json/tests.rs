//! `json!` as a function from tokens to tokens.

mod constant;
mod errors;
mod expansion;

use proc_macro2::{Delimiter, TokenStream};
use quote::quote;

/// Returns the expansion of `json!(…)`.
fn expand(source: &str) -> TokenStream {
    expand_in(source, Some(Delimiter::Parenthesis))
}

fn expand_in(source: &str, delimiter: Option<Delimiter>) -> TokenStream {
    let input = source.parse().expect("the input consists of tokens");
    super::json(input, delimiter, &quote!(::onward))
}

/// Returns the constant text of `json!(…)`. Panics if a part of it is computed at run time.
fn constant(source: &str) -> String {
    constant_of(expand(source))
}

fn constant_of(expansion: TokenStream) -> String {
    let shown = expansion.to_string();
    let call: syn::ExprCall = syn::parse2(expansion).expect(&shown);
    let syn::Expr::Lit(syn::ExprLit {
        lit: syn::Lit::Str(text),
        ..
    }) = &call.args[0]
    else {
        panic!("not a constant: {shown}");
    };
    text.value()
}
