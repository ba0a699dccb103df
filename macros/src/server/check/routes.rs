//! Rules about the routes of one server.

mod contract;
mod known;
mod mount;
mod params;
mod reply;
mod undeclared;
mod unmatched;

use self::known::Known;
use crate::errors::Errors;
use crate::http::methods::Methods;
use crate::messages;
use crate::server::ast::{self, TrailingSlash};
use crate::server::model::{Route, Server, Statement, names};
use crate::server::tree;
use crate::tokens::before;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;

/// The routes and fallbacks that violate a rule and are left out of the expansion.
#[derive(Default)]
pub(super) struct Invalid {
    pub(super) routes: Indices,
    /// The routes whose expression rustc would report again.
    pub(super) replies: Indices,
    /// The routes whose body has a type that might not exist.
    pub(super) bodies: Indices,
    pub(super) fallbacks: Indices,
    pub(super) unmatched: Indices,
}

/// A set of a few indices. rustc would have to compile 50 more functions for a `BTreeSet`.
#[derive(Default)]
pub(super) struct Indices(Vec<usize>);

impl Indices {
    pub(super) fn insert(&mut self, index: usize) {
        self.0.push(index);
    }

    pub(super) fn contains(&self, index: &usize) -> bool {
        self.0.contains(index)
    }
}

pub(super) fn check_routes(server: &Server, had_errors: bool, errors: &mut Errors) -> Invalid {
    let mut invalid = Invalid::default();
    check_fallback_is_last(server, errors, &mut invalid);
    unmatched::check_unmatched(server, errors, &mut invalid);
    check_route_names(server, errors, &mut invalid);
    check_methods(server, errors);
    let known = Known::of(server);
    params::check_params(server, &known, errors, &mut invalid);
    contract::check_contracts(server, errors, &mut invalid);
    contract::check_strict(server, errors, &mut invalid);
    mount::check_mounts(server, errors, &mut invalid);
    if !had_errors {
        undeclared::check_undeclared(server, &known, errors, &mut invalid);
    }
    reply::check_replies(server, errors, &mut invalid);
    check_reachable(server, errors, &mut invalid);
    invalid
}

/// Checks that the server has a route or a fallback: without one, it would respond to everything with 404.
///
/// ```text
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {}
/// ```
pub(super) fn check_has_routes(server: &Server, had_errors: bool, errors: &mut Errors) {
    let is_typo = server.body.iter().any(|statement| match statement {
        Statement::Code(code) => ast::may_hold_route(code),
        _ => false,
    });
    let is_empty = server.routes.is_empty() && server.fallbacks.is_empty();
    if !is_empty || had_errors {
        return;
    }
    let name = &server.function.sig.ident;
    let code = || server.body.iter().filter_map(code);
    if let Some((method, path)) = code().find_map(ast::router_call) {
        let message = messages::router_call(&method.to_string(), &path);
        errors.push(method.span(), message);
    } else if is_typo {
        // rustc reports the misspelled name.
    } else if let Some(call) = code().find_map(ast::unknown_macro) {
        let message = messages::routes_of_macro(&name.to_string(), &call.to_string());
        errors.push(call.span(), message);
    } else if let Some((span, path)) = code().find_map(|code| by_hand(code, server)) {
        let message = messages::routes_by_hand(&name.to_string(), &path);
        errors.push(span, message);
    } else {
        errors.push(name.span(), messages::no_routes(&name.to_string()));
    }
}

/// Returns the position of a `match` or an `if` on the URL of the request, and the first path in it.
fn by_hand(code: &TokenStream, server: &Server) -> Option<(Span, String)> {
    let request = &server.arguments.as_ref()?.request;
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    let is_choice = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "match" || word == "if");
    let mut choices = tokens.iter().enumerate().filter(|(_, it)| is_choice(it));
    choices.find_map(|(at, choice)| {
        let after = &tokens[at + 1..];
        let value = before(after, &mut |it| is_brace(it));
        let is_url = names(&value, &request.to_string()) && names(&value, "url");
        is_url.then(|| (choice.span(), path_in(after.iter().cloned().collect())))
    })
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Returns the first text that is a path.
fn path_in(code: TokenStream) -> String {
    let found = path_literal(code);
    found.unwrap_or_else(|| "\"/path\"".to_owned())
}

fn path_literal(code: TokenStream) -> Option<String> {
    code.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => path_literal(group.stream()),
        TokenTree::Literal(text) => {
            let text = text.to_string();
            text.starts_with("\"/").then_some(text)
        }
        _ => None,
    })
}

fn code(statement: &Statement) -> Option<&TokenStream> {
    match statement {
        Statement::Code(code) => Some(code),
        _ => None,
    }
}

/// Checks that the fallback is last, because statements after it would be unreachable.
///
/// ```text
/// route!(_ => "no such page");
/// route!("/about" => "about");
/// ```
fn check_fallback_is_last(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let mut first: Option<usize> = None;
    for (at, statement) in server.body.iter().enumerate() {
        let Statement::Fallback(index) = statement else {
            continue;
        };
        let fallback = &server.fallbacks[*index];
        let after = &server.body[at + 1..];
        if !after.is_empty() || first.is_some() {
            invalid.fallbacks.insert(*index);
        }
        if let Some(line) = first {
            errors.push(fallback.span, messages::second_fallback(line));
        } else if after.iter().any(|it| !matches!(it, Statement::Fallback(_))) {
            let last = after.iter().rev().find_map(|it| match it {
                Statement::Route(index) => Some(server.routes[*index].line),
                _ => None,
            });
            errors.push(fallback.span, messages::fallback_not_last(last));
        }
        first.get_or_insert(fallback.line);
    }
}

/// Checks that a route names each method once, and does not combine `ANY` with others.
///
/// ```text
/// route!(GET | GET "/" => …);
/// route!(ANY | POST "/" => …);
/// ```
fn check_methods(server: &Server, errors: &mut Errors) {
    for route in &server.routes {
        let methods = &route.written_methods;
        for (at, method) in methods.iter().enumerate() {
            if methods[..at].contains(method) {
                errors.push(
                    method.span(),
                    messages::repeated_method(&method.to_string()),
                );
            } else if methods.len() > 1 && method == "ANY" {
                errors.push(method.span(), messages::any_with_others());
            }
        }
    }
}

/// The names that generated code uses next to the URL functions.
const RESERVED: [&str; 3] = ["decide", "ROUTES", "Unmatched"];

/// Returns whether generated code of `server` uses the name.
pub(crate) fn is_reserved(server: &Server, name: &str) -> bool {
    RESERVED.contains(&name)
        || name == "unmatched" && server.mounts()
        || name == "routes" && server.has_table()
}

/// Checks that route names are unique and not reserved, and do not start with an uppercase letter.
///
/// ```text
/// route!("/products/{id}" as product => …);
/// route!("/items/{id}" as product => …);
/// ```
fn check_route_names(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for (index, route) in server.routes.iter().enumerate() {
        let Some(name) = &route.name else { continue };
        let text = name.unraw().to_string();
        let earlier = seen.iter().find(|(earlier, _)| *earlier == text);
        if let Some((_, line)) = earlier {
            errors.push(name.span(), messages::duplicate_name(&text, *line));
            invalid.routes.insert(index);
        } else if is_reserved(server, &text) {
            errors.push(name.span(), messages::reserved_name(&text));
            invalid.routes.insert(index);
        } else if text.starts_with(char::is_uppercase) {
            errors.push(name.span(), messages::uppercase_name(&text));
            invalid.routes.insert(index);
        }
        seen.push((text, route.line));
    }
}

/// Checks that each route is reachable: earlier routes must not match everything that it matches.
///
/// ```text
/// route!("/users/{id}" => …);
/// route!("/users/me" => …);
/// ```
fn check_reachable(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let bare_rest = server.options.trailing_slash == TrailingSlash::Ignore;
    for (index, route) in server.routes.iter().enumerate() {
        let hiding = server.routes[..index].iter().filter(|earlier| {
            earlier.methods.intersects(route.methods)
                && tree::covers(&earlier.pattern, &route.pattern, bare_rest)
                && earlier.accepts_all()
                && is_compiled_with(earlier, route)
        });
        let mut methods = Methods::NONE;
        let mut winners: Vec<&Route> = Vec::new();
        for earlier in hiding {
            methods = methods.union(earlier.methods);
            winners.push(earlier);
        }
        if methods.covers(route.methods) {
            errors.push(route.path.span(), unreachable_message(route, &winners));
            invalid.routes.insert(index);
        }
    }
}

/// Returns whether `earlier` is compiled whenever `route` is: it has no `#[cfg]`, or the same one.
fn is_compiled_with(earlier: &Route, route: &Route) -> bool {
    if earlier.attributes.cfgs.is_empty() {
        return true;
    }
    let conditions = route.attributes.conditions();
    let mut needed = earlier.attributes.conditions().into_iter();
    needed.all(|condition| conditions.contains(&condition))
}

fn unreachable_message(route: &Route, winners: &[&Route]) -> String {
    let alone = winners
        .iter()
        .find(|earlier| earlier.methods.covers(route.methods));
    let winners = alone.map_or(winners, std::slice::from_ref);
    // Whether the route and the winners match the same requests, so that moving the route up would make them
    // unreachable.
    let same = !route.is_guarded()
        && winners.iter().all(|earlier| {
            route.methods.covers(earlier.methods)
                && tree::covers(&route.pattern, &earlier.pattern, false)
        });
    let has_query = |route: &Route| !route.contract.query.is_empty();
    let by_query = same && (has_query(route) || winners.iter().any(|earlier| has_query(earlier)));
    let (mut headings, mut lines) = (Vec::new(), Vec::new());
    for earlier in winners {
        headings.push(heading(earlier));
        lines.push(earlier.line);
    }
    let example = tree::example(&route.pattern);
    messages::unreachable_route(&heading(route), &headings, &lines, &example, same, by_query)
}

/// Returns the route as a message names it: `POST /products/{id}`.
fn heading(route: &Route) -> String {
    let path = route.path.value();
    if route.mount.is_some() {
        return format!("mount {path}");
    }
    if route.methods.is_any() {
        return format!("ANY {path}");
    }
    if route.methods == Methods::GET {
        return format!("GET {path}");
    }
    let names: Vec<String> = route
        .written_methods
        .iter()
        .map(ToString::to_string)
        .collect();
    format!("{} {path}", names.join(" | "))
}
