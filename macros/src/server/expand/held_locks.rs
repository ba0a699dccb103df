//! Lock guards, and other values that are not `Send`, that are held across an `.await`. A task that can move to another
//! thread must not hold such a value there.
//!
//! Only rustc knows the type of the value, so its variable is passed to a function that does not accept such a type.

mod error;
mod temporary;

use super::crate_path::crate_path;
use crate::server::check::Checked;
use crate::tokens::{is_punct, with_contents};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
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
    let tokens = error::mark(code.into_iter().collect(), krate);
    let tokens = temporary::wrap(tokens, krate);
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
            && is_held(&tokens[at + 1..], &guard)
        {
            marked.extend(check_of(&guard, krate));
        }
    }
    marked
}

/// Returns the call that accepts only a variable that is `Send`.
fn check_of(name: &Ident, krate: &TokenStream) -> TokenStream {
    // rustc reports the error at the argument.
    let span = Span::call_site().located_at(name.span());
    let argument = quote_spanned!(span=> &#name);
    quote!(#krate::__private::held_across_await(#argument);)
}

/// Returns `guard` if the tokens end in a statement such as `let guard = value.lock().unwrap()`: also without the
/// `unwrap()`, or with `value.borrow()`, `value.borrow_mut()`, or a value such as `Rc::new(…)`.
fn guard(tokens: &[TokenTree]) -> Option<Ident> {
    let tokens = without_else(tokens);
    let start = tokens
        .iter()
        .rposition(|token| is_punct(token, ';') || is_block(token));
    let tokens = &tokens[start.map_or(0, |start| start + 1)..];
    let (name, after) = match tokens {
        [
            TokenTree::Ident(word),
            TokenTree::Ident(mutable),
            TokenTree::Ident(name),
            after @ ..,
        ] if word == "let" && mutable == "mut" => (name.clone(), after),
        // `let Ok(guard) = value.lock() else { … }`
        [
            TokenTree::Ident(word),
            TokenTree::Ident(ok),
            TokenTree::Group(inside),
            after @ ..,
        ] if word == "let" && ok == "Ok" => (only_name(inside)?, after),
        [TokenTree::Ident(word), TokenTree::Ident(name), after @ ..] if word == "let" => {
            (name.clone(), after)
        }
        _ => return None,
    };
    let equals = end_of_type(after)?;
    let (ty, value) = (&after[..equals], &after[equals + 1..]);
    if !(ty.is_empty() || is_punct(&ty[0], ':')) {
        return None;
    }
    let is_place = matches!(value.first(), Some(TokenTree::Ident(_)));
    if is_unshared(value) || owns_object(ty) {
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

/// Returns the tokens without `else { … }` at their end.
fn without_else(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [before @ .., TokenTree::Ident(word), block] if word == "else" && is_block(block) => before,
        _ => tokens,
    }
}

/// Returns `guard` of `(guard)` and `(mut guard)`.
fn only_name(inside: &Group) -> Option<Ident> {
    let tokens: Vec<TokenTree> = inside.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => Some(name.clone()),
        [TokenTree::Ident(mutable), TokenTree::Ident(name)] if mutable == "mut" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// Returns the position of the `=` after a type: `: Box<dyn Iterator<Item = u32>> =`.
fn end_of_type(tokens: &[TokenTree]) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        let after_dash = at > 0 && is_punct(&tokens[at - 1], '-');
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '<' => depth += 1,
            TokenTree::Punct(sign) if sign.as_char() == '>' && !after_dash => depth -= 1,
            TokenTree::Punct(sign) if sign.as_char() == '=' && depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Returns whether a type owns a trait object, which may not be `Send`: `: Box<dyn Shape>`.
fn owns_object(ty: &[TokenTree]) -> bool {
    let is_dyn = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "dyn");
    ty.iter().any(is_dyn) && !ty.iter().any(|token| is_punct(token, '&'))
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

/// Returns whether an `.await` follows before the guard is moved, as by `drop(guard)`. For rustc, a variable that has been
/// borrowed is held until its block ends, even if it is moved before that.
fn is_held(tokens: &[TokenTree], guard: &Ident) -> bool {
    let (mut is_held, mut is_borrowed) = (false, false);
    visit(tokens, &mut |tokens, at| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match &tokens[at] {
            TokenTree::Ident(word) if word == "await" => {
                is_held = true;
                false
            }
            TokenTree::Ident(word) if word == guard => {
                let next = tokens.get(at + 1);
                is_borrowed |= is_punct(next, '.')
                    || matches!(next, Some(TokenTree::Group(_)))
                    || is_punct(before, '&')
                    || is_punct(before, '*')
                    || is_punct(before, '.')
                    || matches!(before, Some(TokenTree::Ident(word)) if word == "mut");
                is_borrowed
            }
            _ => true,
        }
    });
    is_held
}

/// Returns whether there is an `.await` among the tokens.
fn awaits(tokens: &[TokenTree]) -> bool {
    let is_await = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "await");
    !visit(tokens, &mut |tokens, at| !is_await(&tokens[at]))
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
