//! The names under which the function's body calls `route!`.

use super::body::{macro_call, path_len};
use proc_macro2::{TokenStream, TokenTree};

/// Returns the names that only the body can resolve: paths, and `route` itself if the body contains an import.
pub(super) fn names(body: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let imports = tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == "use"));
    let mut names: Vec<TokenStream> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let path = path_len(&tokens[at..]);
        let end = at + path;
        if macro_call(&tokens[end..]).is_some() && (path > 0 || imports) {
            let name: TokenStream = tokens[at..=end].iter().cloned().collect();
            let text = name.to_string();
            if names.iter().all(|known| known.to_string() != text) {
                names.push(name);
            }
        }
        at = end + 1;
    }
    names
}
