//! The usable parts of a `route!` that contains an error. They prevent follow-up errors: imports that the expression
//! uses count as used, and other code can still call the URL function of the route.

use super::contract::variables;
use super::semicolon::missing_semicolon;
use super::used_names::like_param;
use crate::http::methods::Methods;
use crate::tokens::is_punct;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, LitStr, Type};

/// The usable parts of an invalid route.
pub(crate) struct PartialRoute {
    /// Every identifier in the path. The intended parameters are among them.
    pub(crate) idents: Vec<Ident>,
    /// The types of the parameters, as far as they are known.
    pub(crate) types: Vec<Type>,
    /// The presumed number of parameters in the path.
    pub(crate) params: usize,
    pub(crate) name: Option<Ident>,
    pub(crate) guard: TokenStream,
    /// Statements or an expression that parses; may be empty.
    pub(crate) reply: TokenStream,
}

impl PartialRoute {
    /// Adds variables that the complete route would have.
    pub(crate) fn bind(&mut self, variables: impl IntoIterator<Item = Ident>) {
        for variable in variables {
            if !self.idents.contains(&variable) {
                self.idents.push(variable);
            }
        }
    }

    pub(crate) fn read(arguments: &Group) -> Self {
        let tokens: Vec<TokenTree> = arguments.stream().into_iter().collect();
        let arrow = tokens
            .windows(2)
            .position(|pair| is_punct(&pair[0], '=') && is_punct(&pair[1], '>'));
        let (head, reply) = match arrow {
            Some(at) => (&tokens[..at], &tokens[at + 2..]),
            None => (tokens.as_slice(), after_path(&tokens)),
        };
        let mut paths = head.iter().filter_map(|token| match token {
            TokenTree::Literal(literal) => syn::parse_str::<LitStr>(&literal.to_string())
                .ok()
                .map(|path| LitStr::new(&path.value(), literal.span())),
            _ => None,
        });
        let path = paths.next_back();
        let mut name = head.windows(2).find_map(as_name);
        let reply = match reply {
            [before @ .., _, _] if name_after(reply).is_some() => {
                name = name_after(reply);
                before
            }
            _ => reply,
        };
        let mut partial = Self::new(
            path.as_ref(),
            name.cloned(),
            TokenStream::new(),
            reply.iter().cloned().collect(),
        );
        let body = head.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
            _ => None,
        });
        if let Some(body) = body {
            partial.bind(pattern_variables(&body.stream()));
        }
        // The URL function of a mount also takes a URL of the mounted server.
        let is_mount = matches!(head.first(), Some(TokenTree::Ident(word)) if word == "mount");
        partial.params += usize::from(is_mount);
        partial
    }

    pub(crate) fn new(
        path: Option<&LitStr>,
        name: Option<Ident>,
        guard: TokenStream,
        reply: TokenStream,
    ) -> Self {
        let text = path.map(LitStr::value).unwrap_or_default();
        let span = path.map_or_else(Span::call_site, LitStr::span);
        let is_plain = |name: &Ident| syn::parse_str::<Ident>(&name.to_string()).is_ok();
        let mut idents = idents(&text, span);
        let meant: Vec<Ident> = idents
            .iter()
            .filter_map(|word| like_param(&reply, &word.to_string()))
            .filter(|meant| !idents.contains(meant))
            .collect();
        idents.extend(meant);
        idents.dedup();
        Self {
            idents,
            types: Vec::new(),
            params: params(&text),
            name: name.filter(is_plain),
            guard: if parses(&guard) {
                guard
            } else {
                TokenStream::new()
            },
            reply: if parses(&reply) {
                reply
            } else {
                let missing = missing_semicolon(&reply);
                missing.map_or_else(|| first_expression(reply), |it| it.repaired)
            },
        }
    }
}

/// Returns the variables of `PATTERN: TYPE`.
fn pattern_variables(body: &TokenStream) -> Vec<Ident> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let is_colon = |at: usize| tokens.get(at).is_some_and(|token| is_punct(token, ':'));
    let colon = (0..tokens.len())
        .find(|&at| is_colon(at) && !is_colon(at + 1) && !(at > 0 && is_colon(at - 1)));
    variables(
        &tokens[..colon.unwrap_or(tokens.len())]
            .iter()
            .cloned()
            .collect(),
    )
}

/// Returns the presumed reply in `"/path", reply` and `"/path" -> reply`. For axum's `get(handler)`, that is the
/// handler.
fn after_path(tokens: &[TokenTree]) -> &[TokenTree] {
    let path = tokens
        .iter()
        .position(|token| token.to_string().starts_with("\"/"));
    let after = path.map_or([].as_slice(), |at| &tokens[at + 1..]);
    let signs = after
        .iter()
        .take_while(|token| matches!(token, TokenTree::Punct(_)));
    match &after[signs.count()..] {
        [TokenTree::Ident(method), arguments @ TokenTree::Group(_)]
            if Methods::named(&method.to_string().to_uppercase()).is_some() =>
        {
            std::slice::from_ref(arguments)
        }
        // The reply after a guard.
        [TokenTree::Ident(word), .., TokenTree::Group(block)]
            if word == "if" && block.delimiter() == Delimiter::Brace =>
        {
            &after[after.len() - 1..]
        }
        reply => reply,
    }
}

/// Returns the expression at the start of the tokens, or nothing.
fn first_expression(tokens: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        let expr: Expr = input.parse()?;
        input.parse::<TokenStream>()?;
        let is_let = matches!(expr, Expr::Let(_));
        Ok((!is_let).then_some(expr).into_token_stream())
    };
    parser.parse2(tokens).unwrap_or_default()
}

/// Returns `name` of `as name`.
fn as_name(pair: &[TokenTree]) -> Option<&Ident> {
    match pair {
        [TokenTree::Ident(r#as), TokenTree::Ident(name)] if r#as == "as" => Some(name),
        _ => None,
    }
}

/// Returns `name` in `"a" as name`: text cannot be cast, so this must be the name of the route.
fn name_after(reply: &[TokenTree]) -> Option<&Ident> {
    match reply {
        [TokenTree::Literal(_), pair @ ..] => as_name(pair),
        _ => None,
    }
}

fn parses(tokens: &TokenStream) -> bool {
    Block::parse_within.parse2(tokens.clone()).is_ok()
}

/// Returns the identifiers in a path: `/users/{user-id}` → `users`, `user`, `id`, and `user_id`, which was probably
/// meant.
fn idents(path: &str, span: Span) -> Vec<Ident> {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let mut words = Vec::new();
    for word in path.split(|char| !is_word(char)) {
        words.push(word.to_owned());
    }
    for word in path.split(|char| !is_word(char) && char != '-') {
        words.push(word.replace("-", "_"));
    }
    let mut idents: Vec<Ident> = Vec::new();
    for word in words {
        // A name that starts with a capital letter may be a constant, and a pattern would compare with it.
        let is_param = |sign: char| path.contains(&format!("{sign}{word}"));
        let is_variable = (!word.starts_with(char::is_uppercase)
            || ['{', '<', ':', '*'].into_iter().any(is_param))
            && !word.is_empty();
        let Some(ident) = variable(&word, span).filter(|_| is_variable) else {
            continue;
        };
        if !idents.contains(&ident) {
            idents.push(ident);
        }
    }
    idents
}

/// Returns the text as a variable, and a keyword as a raw identifier.
fn variable(word: &str, span: Span) -> Option<Ident> {
    let plain = syn::parse_str::<Ident>(word).ok();
    let raw = || syn::parse_str::<Ident>(&format!("r#{word}")).ok();
    let mut ident = plain.or_else(raw)?;
    ident.set_span(span);
    Some(ident)
}

/// Counts the parts that look like a parameter in the syntax of any router. In a query, `<` belongs to a type.
fn params(path: &str) -> usize {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let braces = path.matches(['{', '<']).count() + query.matches('{').count();
    let others = path
        .split('/')
        .filter(|segment| segment.starts_with([':', '*', '[']));
    braces + others.count()
}
