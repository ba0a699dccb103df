//! The body as a list of statements. It is split on tokens: everything except `route!` stays as written, complete or
//! not, so that rustc and editors see it unchanged.

use super::{PartialRoute, Statement, route};
use crate::errors::Errors;
use crate::messages;
use crate::tokens::{is_punct, stream, with_contents};
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};

pub(super) fn parse(body: TokenStream, errors: &mut Errors) -> Vec<Statement> {
    let mut tokens = Vec::new();
    for token in body {
        tokens.extend(visible_route(token));
    }
    let mut statements = Vec::new();
    let mut code = Vec::new();
    let mut at = 0;
    let mut starts_statement = true;
    while let Some(token) = tokens.get(at) {
        let lacks_semicolon = !starts_statement
            && code.last().is_some_and(ends_expression)
            && macro_call(&tokens[at..]).is_some();
        let call = (starts_statement || lacks_semicolon)
            .then(|| route_call(&tokens[at..]))
            .flatten();
        if let Some(call) = call {
            if lacks_semicolon {
                code.push(Punct::new(';', Spacing::Alone).into());
            }
            flush(&mut code, &mut statements, errors);
            statements.push(call.read(errors));
            at += call.len;
            continue;
        }
        starts_statement = ends_statement(token);
        code.push(token.clone());
        at += 1;
    }
    flush(&mut code, &mut statements, errors);
    statements
}

/// Returns the token, or the tokens in it if it is the invisible group of a `route!` that `macro_rules!` captured as a
/// fragment.
fn visible_route(token: TokenTree) -> Vec<TokenTree> {
    if let TokenTree::Group(group) = &token
        && group.delimiter() == Delimiter::None
    {
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        if route_call(&inside).is_some() {
            return inside;
        }
    }
    vec![token]
}

fn flush(code: &mut Vec<TokenTree>, statements: &mut Vec<Statement>, errors: &mut Errors) {
    if code.is_empty() {
        return;
    }
    check_route_in_code(code, errors);
    statements.push(Statement::Code(stream(std::mem::take(code))));
}

fn ends_statement(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// Returns whether only a missing `;` explains a `route!` after this token. rustc has already reported the missing `;`,
/// because it parses the function before it expands the attribute.
///
/// ```text
/// let name = "cups"
/// route!("/" => name);
/// ```
pub(super) fn ends_expression(token: &TokenTree) -> bool {
    match token {
        TokenTree::Literal(_) => true,
        TokenTree::Group(group) => matches!(
            group.delimiter(),
            Delimiter::Parenthesis | Delimiter::Bracket
        ),
        TokenTree::Punct(sign) => sign.as_char() == '?',
        // `Ident` rejects keywords such as `return`.
        TokenTree::Ident(word) => {
            word == "await" || syn::parse2::<Ident>(token.clone().into()).is_ok()
        }
    }
}

/// A call to `route!` with its attributes: `#[cfg(…)] route!(…);`.
struct Call {
    attrs: TokenStream,
    name: Ident,
    arguments: Group,
    /// The number of tokens of the call, including the semicolon.
    len: usize,
    /// The error in the call itself, if there is one.
    error: Option<String>,
}

impl Call {
    fn read(&self, errors: &mut Errors) -> Statement {
        if let Some(error) = &self.error {
            errors.push(self.name.span(), error);
            return Statement::Partial(PartialRoute::read(&self.arguments));
        }
        match route::parse(&self.attrs, &self.name, &self.arguments, errors) {
            Some(route) => {
                check_route_in_reply(&route.reply.tokens, errors);
                Statement::Route(route)
            }
            None => Statement::Partial(PartialRoute::read(&self.arguments)),
        }
    }
}

fn route_call(tokens: &[TokenTree]) -> Option<Call> {
    let attrs = attributes_len(tokens);
    let path = path_len(&tokens[attrs..]);
    let start = attrs + path;
    if let Some(call) = without_bang(&tokens[start..]) {
        return Some(call);
    }
    let (name, arguments) = macro_call(&tokens[start..])?;
    let mut len = start + 3;
    let arrow_outside = matches!(&tokens[len..], [equals, greater, ..] if is_punct(equals, '=') && is_punct(greater, '>'));
    if arrow_outside {
        len += tokens[len..]
            .iter()
            .position(|token| is_punct(token, ';'))
            .unwrap_or(tokens.len() - len);
    }
    match tokens.get(len) {
        Some(TokenTree::Punct(punct)) if punct.as_char() == ';' => len += 1,
        // `route!(…).await`, `route!(…)?`: an expression, which `check_route_in_code` reports.
        Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '.' | '?') => return None,
        _ => {}
    }
    Some(Call {
        attrs: tokens[..attrs].iter().cloned().collect(),
        name: name.clone(),
        arguments: arguments.clone(),
        len,
        error: arrow_outside.then(messages::reply_outside),
    })
}

/// Finds a `route!` without its `!`: `route("/x" => …)`. Arguments of a function call never contain an arrow.
fn without_bang(tokens: &[TokenTree]) -> Option<Call> {
    let [
        TokenTree::Ident(name),
        TokenTree::Group(arguments),
        after @ ..,
    ] = tokens
    else {
        return None;
    };
    (name == "route" && holds_arrow(&arguments.stream())).then(|| Call {
        attrs: TokenStream::new(),
        name: name.clone(),
        arguments: arguments.clone(),
        len: 2 + usize::from(after.first().is_some_and(|token| is_punct(token, ';'))),
        error: Some(messages::missing_bang()),
    })
}

/// Returns whether `=>` is among the tokens, outside of groups.
fn holds_arrow(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens
        .windows(2)
        .any(|pair| is_punct(&pair[0], '=') && is_punct(&pair[1], '>'))
}

/// Returns whether the code may contain a route under a misspelled name: `rout!("/" => …)`, `get!(…)`, `route("/", …)`,
/// `app.get("/", …)`. rustc reports these itself.
pub(crate) fn may_hold_route(code: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    tokens.windows(3).any(|tokens| match tokens {
        [TokenTree::Ident(_), bang, TokenTree::Group(arguments)] if is_punct(bang, '!') => {
            holds_arrow(&arguments.stream()) || starts_with_path(arguments)
        }
        [dot, TokenTree::Ident(_), TokenTree::Group(arguments)] if is_punct(dot, '.') => {
            starts_with_path(arguments)
        }
        _ => false,
    }) || tokens.windows(2).any(
        |pair| matches!(pair, [TokenTree::Ident(name), TokenTree::Group(_)] if name == "route"),
    )
}

fn starts_with_path(arguments: &Group) -> bool {
    let first = arguments.stream().into_iter().next();
    first.is_some_and(|token| token.to_string().starts_with("\"/"))
}

/// Returns the number of tokens of the leading `#[…]` attributes.
fn attributes_len(tokens: &[TokenTree]) -> usize {
    tokens
        .chunks_exact(2)
        .take_while(|pair| {
            is_punct(&pair[0], '#')
                && matches!(&pair[1], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
        })
        .count()
        * 2
}

/// Returns the number of tokens of a leading `onward::` or `::onward::`.
pub(super) fn path_len(tokens: &[TokenTree]) -> usize {
    let mut len = 0;
    loop {
        let mut next = len;
        if matches!(tokens.get(next), Some(TokenTree::Ident(_))) {
            next += 1;
        }
        let colons = tokens.get(next..next + 2);
        let is_separator =
            colons.is_some_and(|pair| is_punct(&pair[0], ':') && is_punct(&pair[1], ':'));
        if !is_separator {
            return len;
        }
        len = next + 2;
    }
}

/// Returns the name and the arguments of `route!(…)` at the start of `tokens`.
pub(super) fn macro_call(tokens: &[TokenTree]) -> Option<(&Ident, &Group)> {
    match tokens {
        [
            TokenTree::Ident(name),
            bang,
            TokenTree::Group(arguments),
            ..,
        ] if name == "route" && is_punct(bang, '!') => Some((name, arguments)),
        _ => None,
    }
}

/// Reports each `route!` that is not at the top level of the function: in a block it would match only under a
/// condition, and as an expression it would have no value.
///
/// ```text
/// if debug { route!("/debug" => "…"); }
/// let page = route!("/" => "…");
/// ```
fn check_route_in_code(code: &[TokenTree], errors: &mut Errors) {
    report_nested_routes(
        code,
        messages::route_as_expression,
        messages::route_in_block,
        errors,
    );
}

/// Reports each `route!` in the expression after `=>`, which cannot contain routes because every route states its whole
/// path.
///
/// ```text
/// route!("/api" => { route!("/users" => "…"); });
/// ```
fn check_route_in_reply(reply: &TokenStream, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = reply.clone().into_iter().collect();
    let message = messages::route_in_reply;
    report_nested_routes(&tokens, message, message, errors);
}

/// Reports every `route!` in the tokens: with the message `here` among the tokens themselves, and with `deeper` in a
/// group of them.
fn report_nested_routes(
    tokens: &[TokenTree],
    here: fn() -> String,
    deeper: fn() -> String,
    errors: &mut Errors,
) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((name, _)) = macro_call(&tokens[at..]) {
            errors.push(name.span(), here());
            at += 3;
            continue;
        }
        if let Some(len) = inner_server_len(&tokens[at..]) {
            at += len;
            continue;
        }
        if let TokenTree::Group(group) = token {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            match first_route(&inside) {
                Some(first) if is_async_block(tokens, at) => {
                    errors.push(first.span(), messages::route_in_async_block());
                }
                _ => report_nested_routes(&inside, deeper, deeper, errors),
            }
        }
        at += 1;
    }
}

/// Returns whether the group at `at` is the block of `async { … }` or `async move { … }`. Some attributes move the
/// whole body of a function into one.
fn is_async_block(tokens: &[TokenTree], at: usize) -> bool {
    let is_word =
        |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(it) if it == word);
    match &tokens[..at] {
        [.., first, second] if is_word(second, "move") => is_word(first, "async"),
        [.., last] => is_word(last, "async"),
        [] => false,
    }
}

/// Returns the name of the first `route!` in the tokens, at any depth.
fn first_route(tokens: &[TokenTree]) -> Option<Ident> {
    (0..tokens.len()).find_map(|at| match &tokens[at] {
        TokenTree::Group(group) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            first_route(&inside)
        }
        _ => macro_call(&tokens[at..]).map(|(name, _)| name.clone()),
    })
}

/// Returns the number of tokens of an inner function that has its own `#[server]`. Its routes are checked by that
/// attribute.
fn inner_server_len(tokens: &[TokenTree]) -> Option<usize> {
    let [pound, TokenTree::Group(attribute), ..] = tokens else {
        return None;
    };
    let is_server = is_punct(pound, '#')
        && attribute
            .stream()
            .into_iter()
            .any(|token| matches!(token, TokenTree::Ident(word) if word == "server"));
    let body = tokens.iter().position(
        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
    )?;
    is_server.then_some(body + 1)
}

/// Replaces every `route!` in the tokens, at any depth. A `route!` in a place where it is not allowed has been
/// reported, and the macro `route!` itself must not report it again. Inside other functions, the replacement gets
/// `None`, because those functions cannot see the variables of this one.
pub(crate) fn replace_routes(
    tokens: TokenStream,
    replacement: &dyn Fn(Option<PartialRoute>) -> TokenStream,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    replace_in(&tokens, false, replacement)
}

fn replace_in(
    tokens: &[TokenTree],
    mut in_item: bool,
    replacement: &dyn Fn(Option<PartialRoute>) -> TokenStream,
) -> TokenStream {
    let mut replaced = TokenStream::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let path = path_len(&tokens[at..]);
        if let Some((_, arguments)) = macro_call(&tokens[at + path..]) {
            let partial = (!in_item).then(|| PartialRoute::read(arguments));
            replaced.extend(replacement(partial));
            at += path + 3;
        } else if let Some(len) = inner_server_len(&tokens[at..]) {
            replaced.extend(tokens[at..at + len].iter().cloned());
            at += len;
        } else {
            if let TokenTree::Group(group) = token {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let inside = replace_in(&inside, in_item, replacement);
                replaced.extend([with_contents(group, inside)]);
            } else {
                in_item = in_item || matches!(token, TokenTree::Ident(word) if word == "fn");
                replaced.extend([token.clone()]);
            }
            at += 1;
        }
    }
    replaced
}

/// Returns whether a `route!` is among the tokens themselves, not nested in a group.
pub(crate) fn holds_route(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    (0..tokens.len()).any(|at| macro_call(&tokens[at..]).is_some())
}
