//! Calls to methods that requests and responses have in other frameworks.

use super::help::Context;
use super::{Place, methods};
use crate::messages::source_text;
use crate::tokens::is_punct;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

/// The methods that the code calls and that Onward's types lack.
#[derive(Default)]
pub(crate) struct Calls(Vec<Method>);

/// The object that a method is called on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Request,
    Response,
    /// The headers of the request: `req.headers`.
    Headers,
    /// The URL of the request: `req.url`.
    Url,
    /// The body of the request: `req.body`.
    Body,
    /// A file or text whose method takes the response: `file.pipe(res)`.
    Any,
}

pub(super) struct Method {
    pub(super) object: Object,
    pub(super) name: String,
    pub(super) arguments: usize,
    /// The number of type arguments in `name::<T>(…)`.
    pub(super) types: usize,
    pub(super) help: String,
    /// The number of calls after the first one that the help describes.
    others: usize,
}

/// A call to a method: `.name(arguments)`.
pub(super) struct Call {
    pub(super) name: String,
    pub(super) arguments: Vec<String>,
    types: usize,
}

impl Call {
    pub(super) fn with_arguments(name: &str, arguments: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            arguments,
            types: 0,
        }
    }
}

impl Calls {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(&self, object: Object) -> impl Iterator<Item = &Method> {
        self.0.iter().filter(move |it| it.object == object)
    }

    pub(super) fn see(&mut self, variable: &Ident, place: Place<'_>, context: &Context) {
        if place.is_member() && is_pipe(variable) {
            self.add_pipe(variable, place, context);
        }
        if is_punct(place.before(), '.') || is_punct(place.before(), ':') {
            return;
        }
        let after = place.after();
        if *variable == context.response {
            let before = self.0.len();
            self.add(Object::Response, &chain(after), context);
            if let Some(added) = self.0.get_mut(before).filter(|_| is_discarded(place)) {
                methods::return_reply(&mut added.help, &context.response);
            }
        } else if *variable == context.request {
            self.add(Object::Request, &chain(after), context);
            self.add(
                Object::Headers,
                &chain(after_field(after, "headers")),
                context,
            );
            self.add(Object::Url, &chain(after_field(after, "url")), context);
            self.add(Object::Body, &chain(after_field(after, "body")), context);
        }
    }

    /// Records `file.pipe(res)`.
    fn add_pipe(&mut self, name: &Ident, place: Place<'_>, context: &Context) {
        let Some(TokenTree::Group(group)) = place.after().first() else {
            return;
        };
        let argument = source_text(&group.stream());
        let argument = argument.trim_start_matches("&mut ").trim_start_matches('&');
        let is_known = self.of(Object::Any).any(|it| *name == it.name);
        if argument == context.response && !is_known {
            self.0.push(Method {
                object: Object::Any,
                name: name.to_string(),
                arguments: 1,
                types: 0,
                help: methods::help_for_pipe(context),
                others: 0,
            });
        }
    }

    fn add(&mut self, object: Object, chain: &[Call], context: &Context) {
        let Some(first) = chain.first() else {
            return;
        };
        // A keyword cannot be the name of a method.
        if syn::parse_str::<Ident>(&first.name).is_err() {
            return;
        }
        let Some(help) = methods::help(object, chain, context) else {
            return;
        };
        let same = |it: &&mut Method| it.object == object && it.name == first.name;
        match self.0.iter_mut().find(same) {
            // There is one message for all calls to a method.
            Some(known) if !known.help.contains(&help) && known.others < 2 => {
                known.help.push_str("; for the next call, ");
                known.help.push_str(&help);
                known.others += 1;
            }
            Some(_) => {}
            None => self.0.push(Method {
                object,
                name: first.name.clone(),
                arguments: first.arguments.len(),
                types: first.types,
                help,
                others: 0,
            }),
        }
    }
}

fn is_pipe(name: &Ident) -> bool {
    ["pipe", "pipe_to", "pipeTo", "pipe_into"]
        .iter()
        .any(|it| name == it)
}

/// Returns whether the calls are a statement, whose value is discarded: `res.status(404).send("none");`.
fn is_discarded(place: Place<'_>) -> bool {
    let is_start = match place.before() {
        None => true,
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(token) => is_punct(token, ';'),
    };
    let mut after = place.after().iter();
    let end = after.find(|token| match token {
        TokenTree::Ident(_) => false,
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        token => !is_punct(*token, '.'),
    });
    is_start && end.is_some_and(|end| is_punct(end, ';'))
}

/// Returns the calls that follow one another, as in `.status(404).json(value)`.
pub(super) fn chain(tokens: &[TokenTree]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut rest = tokens;
    while let [dot, TokenTree::Ident(name), after @ ..] = rest {
        let (types, after) = turbofish(after);
        let Some(TokenTree::Group(group)) = after.first() else {
            break;
        };
        if !is_punct(dot, '.') || group.delimiter() != Delimiter::Parenthesis {
            break;
        }
        calls.push(Call {
            name: name.to_string(),
            arguments: arguments(group).iter().map(source_text).collect(),
            types,
        });
        rest = &after[1..];
        while let [question, after @ ..] = rest
            && is_punct(question, '?')
        {
            rest = after;
        }
    }
    calls
}

/// Returns the tokens after `.field`.
fn after_field<'a>(tokens: &'a [TokenTree], field: &str) -> &'a [TokenTree] {
    match tokens {
        [dot, TokenTree::Ident(name), after @ ..] if is_punct(dot, '.') && name == field => after,
        _ => &[],
    }
}

/// Returns the number of type arguments in `::<T>`, and the tokens that follow.
fn turbofish(tokens: &[TokenTree]) -> (usize, &[TokenTree]) {
    let [first, second, open, after @ ..] = tokens else {
        return (0, tokens);
    };
    if !is_punct(first, ':') || !is_punct(second, ':') || !is_punct(open, '<') {
        return (0, tokens);
    }
    let (mut depth, mut types) = (1_usize, 1);
    for (at, token) in after.iter().enumerate() {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth -= 1,
                ',' if depth == 1 => types += 1,
                _ => {}
            }
        }
        if depth == 0 {
            return (types, &after[at + 1..]);
        }
    }
    (0, tokens)
}

/// Returns the arguments between the commas. An argument need not be an expression, as in `url_for("user", id: 7)`.
pub(super) fn arguments(group: &Group) -> Vec<TokenStream> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(arguments) = parser.parse2(group.stream()) {
        return arguments.iter().map(ToTokens::to_token_stream).collect();
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut arguments: Vec<TokenStream> = tokens
        .split(|token| is_punct(token, ','))
        .map(|argument| argument.iter().cloned().collect())
        .collect();
    if arguments.last().is_some_and(TokenStream::is_empty) {
        arguments.pop();
    }
    arguments
}
