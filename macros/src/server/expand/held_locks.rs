//! Lock guards, and other values that are not `Send`, that are held across an `.await`. A task that can move to another
//! thread must not hold such a value there.
//!
//! Only rustc knows the type of the value, so its variable is passed to a function that does not accept such a type.

mod temporary;

use super::crate_path::crate_path;
use crate::server::check::Checked;
use crate::tokens::{is_punct, with_contents};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// Marks lock guards, and other values that might not be `Send`, if they are held across an `.await`.
pub(crate) fn mark_held_locks(checked: &mut Checked) {
    if checked.foreign().has_locks() {
        let krate = crate_path(&checked.server().options);
        checked.replace_code(|code| mark(code, &krate));
    }
}

/// Inserts a call after each statement such as `let guard = value.lock().unwrap();` whose value is held across an
/// `.await`.
///
/// ```text
/// let mut count = count.lock().unwrap();
/// ::onward::__private::held_across_await(&count);
/// save(*count).await;
/// ```
fn mark(code: TokenStream, krate: &TokenStream) -> TokenStream {
    let tokens = temporary::wrap(code.into_iter().collect(), krate);
    let mut marked = TokenStream::new();
    for (at, token) in tokens.iter().enumerate() {
        let token = match token {
            TokenTree::Group(group) => with_contents(group, mark(group.stream(), krate)),
            token => token.clone(),
        };
        let is_end = is_punct(&token, ';');
        marked.extend([token]);
        if is_end
            && let Some(guard) = guard(&tokens[..at])
            && is_held(&tokens[at + 1..], guard)
        {
            // rustc reports the error at the argument.
            let span = Span::call_site().located_at(guard.span());
            let argument = quote_spanned!(span=> &#guard);
            marked.extend(quote!(#krate::__private::held_across_await(#argument);));
        }
    }
    marked
}

/// Returns `guard` if the tokens end in a statement such as `let guard = value.lock().unwrap()`: also without the
/// `unwrap()`, or with `value.borrow()`, `value.borrow_mut()`, or a value such as `Rc::new(…)`.
fn guard(tokens: &[TokenTree]) -> Option<&Ident> {
    let start = tokens
        .iter()
        .rposition(|token| is_punct(token, ';') || is_block(token));
    let tokens = &tokens[start.map_or(0, |start| start + 1)..];
    let (name, value) = match tokens {
        [
            TokenTree::Ident(word),
            TokenTree::Ident(name),
            equals,
            value @ ..,
        ] if word == "let" && is_punct(equals, '=') => (name, value),
        [
            TokenTree::Ident(word),
            TokenTree::Ident(mutable),
            TokenTree::Ident(name),
            equals,
            value @ ..,
        ] if word == "let" && mutable == "mut" && is_punct(equals, '=') => (name, value),
        _ => return None,
    };
    let is_place = matches!(value.first(), Some(TokenTree::Ident(_)));
    if is_unshared(value) {
        return Some(name);
    }
    let (method, before) = last_call(value)?;
    let locks = match method.to_string().as_str() {
        "unwrap" | "expect" => {
            let (method, _) = last_call(before)?;
            ["lock", "read", "write"].iter().any(|it| method == it)
        }
        method => ["lock", "borrow", "borrow_mut"].contains(&method),
    };
    (is_place && locks).then_some(name)
}

/// Returns whether the value is not `Send` according to its path: `Rc::new(…)`, `std::rc::Rc::clone(…)`, `rand::rng()`.
fn is_unshared(value: &[TokenTree]) -> bool {
    let path = value
        .iter()
        .take_while(|token| matches!(token, TokenTree::Ident(_)) || is_punct(*token, ':'));
    let mut words = path.map(ToString::to_string);
    words.any(|word| ["Rc", "thread_rng", "rng"].contains(&word.as_str()))
        && matches!(value.last(), Some(TokenTree::Group(_)))
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Returns `method` of `value.method(…)`, and the tokens of `value`.
fn last_call(tokens: &[TokenTree]) -> Option<(&Ident, &[TokenTree])> {
    match tokens {
        [
            before @ ..,
            dot,
            TokenTree::Ident(method),
            TokenTree::Group(group),
        ] if is_punct(dot, '.') && group.delimiter() == Delimiter::Parenthesis => {
            Some((method, before))
        }
        _ => None,
    }
}

/// Returns whether an `.await` follows before the guard is dropped or moved.
fn is_held(tokens: &[TokenTree], guard: &Ident) -> bool {
    let mut is_held = false;
    visit(tokens, &mut |tokens, at| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match &tokens[at] {
            TokenTree::Ident(word) if word == "await" => {
                is_held = true;
                false
            }
            TokenTree::Ident(word) if word == guard => {
                let next = tokens.get(at + 1);
                is_punct(next, '.')
                    || matches!(next, Some(TokenTree::Group(_)))
                    || is_punct(before, '&')
                    || is_punct(before, '*')
                    || is_punct(before, '.')
                    || matches!(before, Some(TokenTree::Ident(word)) if word == "mut")
            }
            _ => true,
        }
    });
    is_held
}

/// Visits the tokens in order, except those of async blocks, until `on_token` returns `false`.
fn visit(tokens: &[TokenTree], on_token: &mut impl FnMut(&[TokenTree], usize) -> bool) -> bool {
    let mut is_async = false;
    for (at, token) in tokens.iter().enumerate() {
        if !on_token(tokens, at) {
            return false;
        }
        match token {
            TokenTree::Ident(word) if word == "async" => is_async = true,
            TokenTree::Group(group) => {
                let is_skipped = is_async && group.delimiter() == Delimiter::Brace;
                is_async &= !is_skipped;
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if !is_skipped && !visit(&inside, on_token) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}
