//! Variables used in the expression after `=>`, for comparison with the parameters of the path.

use crate::messages;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};

/// Returns the variable whose name is similar to the parameter's: `id` if the path has `{user_id}`.
pub(crate) fn like_param(reply: &TokenStream, param: &str) -> Option<Ident> {
    let mut found = None;
    visit(reply, &mut |word| {
        if found.is_none() && is_like(&word.to_string(), param) {
            found = Some(word.clone());
        }
    });
    found
}

/// Returns whether one name equals the other without some of its words, or differs from it by one typo.
fn is_like(word: &str, param: &str) -> bool {
    let is_part = |part: &str, whole: &str| {
        let parts: Vec<&str> = whole.split('_').filter(|it| !it.is_empty()).collect();
        parts.len() > 1 && (parts.first() == Some(&part) || parts.last() == Some(&part))
    };
    const LONG: usize = 4;
    let is_typo = param.len() >= LONG && messages::distance(word, param) == 1;
    word != param && (is_part(word, param) || is_part(param, word) || is_typo)
}

fn visit(tokens: &TokenStream, found: &mut dyn FnMut(&Ident)) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => visit(&group.stream(), found),
            TokenTree::Ident(word) if is_variable(&tokens, at) => found(word),
            TokenTree::Literal(text) => formatted(text).iter().for_each(&mut *found),
            _ => {}
        }
    }
}

/// Returns the variables in a format string: `"{id} {name:?}"`.
fn formatted(literal: &Literal) -> Vec<Ident> {
    let text = literal.to_string();
    let pieces = text.split('{').skip(1);
    let words = pieces.filter_map(|piece| piece.split(['}', ':']).next());
    let idents = words.filter_map(|word| syn::parse_str::<Ident>(word).ok());
    let located = idents.map(|mut ident| {
        ident.set_span(literal.span());
        ident
    });
    located.collect()
}

/// Returns whether the identifier is a variable rather than a field, a method, a path, a call or a macro.
fn is_variable(tokens: &[TokenTree], at: usize) -> bool {
    let sign = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(sign)) => Some(sign.as_char()),
        _ => None,
    };
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(at + 1);
    let is_part = matches!(sign(before), Some('.' | ':'));
    let is_used = matches!(sign(after), Some(':' | '!'));
    !is_part && !is_used && !matches!(after, Some(TokenTree::Group(_)))
}
