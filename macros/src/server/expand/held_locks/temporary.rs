//! Guards without a variable. They are dropped at the end of the statement, or of the `match`, `if let`, `while let` or
//! `for` whose value contains them.

use super::{is_block, visit};
use crate::tokens::{is_punct, with_contents};
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

/// Returns the tokens, with each guard that is held across an `.await` passed to a function that does not accept it.
///
/// ```text
/// match names.lock().unwrap().get(&id) { Some(name) => fetch(name).await, None => … }
/// save(*count.lock().unwrap()).await;
/// ```
pub(super) fn wrap(tokens: Vec<TokenTree>, krate: &TokenStream) -> Vec<TokenTree> {
    let mut held = Held {
        tokens,
        krate,
        wrapped: Vec::new(),
    };
    for at in 0..held.tokens.len() {
        match held.scrutinee(at) {
            Some((start, end)) => held.find_in_value(start, end),
            None => held.find_in_chain(at),
        }
    }
    held.finish()
}

struct Held<'a> {
    tokens: Vec<TokenTree>,
    krate: &'a TokenStream,
    /// The ranges of the guards, in order.
    wrapped: Vec<(usize, usize)>,
}

/// The calls, fields and `?` that follow a variable: `names.lock().unwrap().get(&id).await`.
#[derive(Default)]
struct Chain {
    /// The end of the part that is a guard.
    guard: Option<usize>,
    /// The groups of arguments.
    arguments: Vec<usize>,
    end: usize,
    /// The position of the first `await` in the chain.
    awaits: Option<usize>,
}

impl Held<'_> {
    /// Returns the value of a `match`, `if let`, `while let` or `for` that starts here, as a range before its block.
    fn scrutinee(&self, at: usize) -> Option<(usize, usize)> {
        let word = |at: usize| match self.tokens.get(at) {
            Some(TokenTree::Ident(word)) => word.to_string(),
            _ => String::new(),
        };
        let start = match word(at).as_str() {
            "match" => at,
            "let" if at > 0 && ["if", "while"].contains(&word(at - 1).as_str()) => self
                .position(at, |held, at| {
                    is_punct(&held.tokens[at], '=') && !is_punct(&held.tokens[at - 1], '.')
                })?,
            "for" => self.position(at, |_, at| word(at) == "in")?,
            _ => return None,
        };
        let end = self.position(start, |held, at| is_block(&held.tokens[at]))?;
        Some((start + 1, end))
    }

    fn position(&self, at: usize, is: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        let is_end = |at: &usize| is_punct(&self.tokens[*at], ';');
        let after = at + 1..self.tokens.len();
        after.take_while(|at| !is_end(at)).find(|at| is(self, *at))
    }

    /// Finds guards in the value of a `match`, if its block contains an `.await`. A guard that is the value itself is
    /// held, too.
    fn find_in_value(&mut self, start: usize, end: usize) {
        let mut found = Vec::new();
        let mut at = start;
        while at < end {
            let chain = chain(&self.tokens, at);
            let is_whole = at == start && chain.end == end;
            match chain.guard {
                Some(guard) if is_whole || is_used(&self.tokens, at, &chain) => {
                    found.push((at, guard));
                }
                _ => {}
            }
            at = chain.end.max(at + 1);
        }
        if !found.is_empty() && awaits(&self.tokens[end]) {
            self.wrapped.extend(found);
        }
    }

    /// Finds a guard whose method is awaited, or that is used in the arguments of an awaited call.
    fn find_in_chain(&mut self, at: usize) {
        if self.wrapped.last().is_some_and(|(_, end)| at < *end) {
            return;
        }
        let chain = chain(&self.tokens, at);
        let Some(awaits) = chain.awaits else {
            return;
        };
        if let Some(guard) = chain.guard.filter(|guard| *guard < awaits) {
            self.wrapped.push((at, guard));
            return;
        }
        for argument in chain.arguments.iter().filter(|it| **it < awaits) {
            if let TokenTree::Group(group) = &self.tokens[*argument] {
                let inside = wrap_arguments(group, self.krate);
                self.tokens[*argument] = inside;
            }
        }
    }

    fn finish(self) -> Vec<TokenTree> {
        let mut marked = Vec::new();
        let mut ranges = self.wrapped.into_iter().peekable();
        let mut at = 0;
        while at < self.tokens.len() {
            match ranges.next_if(|(start, _)| *start == at) {
                Some((start, end)) => {
                    marked.extend(rejected(&self.tokens[start..end], self.krate));
                    at = end;
                }
                None => {
                    marked.push(self.tokens[at].clone());
                    at += 1;
                }
            }
        }
        marked
    }
}

fn rejected(guard: &[TokenTree], krate: &TokenStream) -> TokenStream {
    let guard: TokenStream = guard.iter().cloned().collect();
    quote!(#krate::__private::held_until_end(#guard))
}

/// Wraps the guards that the arguments of an awaited call use. A guard that is itself an argument is moved into the
/// call, which drops it.
fn wrap_arguments(group: &Group, krate: &TokenStream) -> TokenTree {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let has_closure = tokens.iter().any(|token| {
        is_punct(token, '|') || matches!(token, TokenTree::Ident(word) if word == "async")
    });
    if has_closure {
        return TokenTree::Group(group.clone());
    }
    let mut marked = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        let chain = chain(&tokens, at);
        match chain.guard {
            Some(guard) if is_used(&tokens, at, &chain) => {
                marked.extend(rejected(&tokens[at..guard], krate));
                at = guard;
            }
            _ => {
                marked.extend([tokens[at].clone()]);
                at += 1;
            }
        }
    }
    with_contents(group, marked)
}

/// Returns whether the guard at this position is only used: `*guard`, `&guard`, `guard.len()`.
fn is_used(tokens: &[TokenTree], at: usize, chain: &Chain) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_place = is_punct(before, '*')
        || is_punct(before, '&')
        || matches!(before, Some(TokenTree::Ident(word)) if word == "mut");
    is_place || chain.guard.is_some_and(|guard| guard < chain.end)
}

/// Returns whether a block contains an `.await`.
fn awaits(block: &TokenTree) -> bool {
    let TokenTree::Group(block) = block else {
        return false;
    };
    let tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    let mut awaits = false;
    visit(&tokens, &mut |tokens, at| {
        awaits |= matches!(&tokens[at], TokenTree::Ident(word) if word == "await");
        !awaits
    });
    awaits
}

/// Reads the chain that starts at this position. The result is empty if no chain starts there.
fn chain(tokens: &[TokenTree], start: usize) -> Chain {
    let mut chain = Chain {
        end: start,
        ..Chain::default()
    };
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let is_part = is_punct(before, '.') || is_punct(before, ':');
    if is_part || !matches!(tokens.get(start), Some(TokenTree::Ident(_))) {
        return chain;
    }
    let mut at = start + 1;
    loop {
        match &tokens[at..] {
            [dot, TokenTree::Ident(word), ..] if is_punct(dot, '.') && word == "await" => {
                chain.awaits = chain.awaits.or(Some(at + 1));
                at += 2;
            }
            [dot, TokenTree::Ident(name), TokenTree::Group(group), ..]
                if is_punct(dot, '.') && group.delimiter() == Delimiter::Parenthesis =>
            {
                chain.arguments.push(at + 2);
                at += 3;
                let is_first = chain.guard.is_none() && chain.awaits.is_none();
                if is_first && is_guard(name, group) {
                    chain.guard = Some(at + unwrapped(&tokens[at..]));
                }
            }
            [dot, TokenTree::Ident(_) | TokenTree::Literal(_), ..] if is_punct(dot, '.') => at += 2,
            [first, second, TokenTree::Ident(_), ..]
                if is_punct(first, ':') && is_punct(second, ':') =>
            {
                at += 3;
            }
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => {
                chain.arguments.push(at);
                at += 1;
            }
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Bracket => at += 1,
            [sign, ..] if is_punct(sign, '?') => at += 1,
            _ => break,
        }
    }
    chain.end = at;
    // In `value.lock().await`, the lock is asynchronous, such as tokio's.
    let is_future = chain
        .awaits
        .is_some_and(|awaits| chain.guard == Some(awaits - 1));
    chain.guard = chain.guard.filter(|_| !is_future);
    chain
}

/// Returns the number of tokens of `.unwrap()` or `.expect("…")`, if one follows.
fn unwrapped(tokens: &[TokenTree]) -> usize {
    match tokens {
        [dot, TokenTree::Ident(name), TokenTree::Group(_), ..]
            if is_punct(dot, '.') && (name == "unwrap" || name == "expect") =>
        {
            3
        }
        _ => 0,
    }
}

/// Returns whether a method locks something.
fn is_guard(method: &Ident, arguments: &Group) -> bool {
    const LOCKS: [&str; 5] = ["lock", "read", "write", "borrow", "borrow_mut"];
    arguments.stream().is_empty() && LOCKS.iter().any(|it| method == it)
}
