//! Rules about the routes of one server.

use crate::ast::TrailingSlash;
use crate::errors::Errors;
use crate::messages;
use crate::methods::Methods;
use crate::model::{Param, ParamKind, Route, Server, Statement, names};
use crate::tree;
use std::collections::BTreeSet;
use syn::ext::IdentExt;

/// What broke a rule and is left out of the expansion.
#[derive(Default)]
pub(super) struct Bad {
    pub(super) routes: BTreeSet<usize>,
    pub(super) fallbacks: BTreeSet<usize>,
}

pub(super) fn check_routes(server: &Server, had_mistakes: bool, errors: &mut Errors) -> Bad {
    let mut bad = Bad::default();
    check_has_routes(server, had_mistakes, errors);
    check_fallback_is_last(server, errors, &mut bad);
    check_route_names(server, errors, &mut bad);
    check_param_names(server, errors, &mut bad);
    check_params_used(server, errors);
    check_reachable(server, errors, &mut bad);
    bad
}

/// A server has a route: without one it is a function that answers 404.
///
/// ```ignore
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {}
/// ```
fn check_has_routes(server: &Server, had_mistakes: bool, errors: &mut Errors) {
    if server.routes.is_empty() && server.fallbacks.is_empty() && !had_mistakes {
        let name = &server.function.sig.ident;
        errors.push(name.span(), messages::no_routes(&name.to_string()));
    }
}

/// The fallback ends the function: nothing behind it would ever run.
///
/// ```ignore
/// route!(_ => "no such page");
/// route!("/about" => "about");
/// ```
fn check_fallback_is_last(server: &Server, errors: &mut Errors, bad: &mut Bad) {
    let mut first: Option<usize> = None;
    for (at, statement) in server.body.iter().enumerate() {
        let Statement::Fallback(index) = statement else {
            continue;
        };
        let fallback = &server.fallbacks[*index];
        if let Some(line) = first {
            errors.push(fallback.span, messages::second_fallback(line));
            bad.fallbacks.insert(*index);
        } else if at + 1 < server.body.len() {
            errors.push(fallback.span, messages::fallback_not_last());
            bad.fallbacks.insert(*index);
        }
        first.get_or_insert(fallback.line);
    }
}

/// Two routes of one server have two names, and none that the generated type needs itself.
///
/// ```ignore
/// route!("/products/{id}" as product => …);
/// route!("/items/{id}" as product => …);
/// ```
fn check_route_names(server: &Server, errors: &mut Errors, bad: &mut Bad) {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for (index, route) in server.routes.iter().enumerate() {
        let Some(name) = &route.name else { continue };
        let text = name.unraw().to_string();
        let earlier = seen.iter().find(|(earlier, _)| *earlier == text);
        if let Some((_, line)) = earlier {
            errors.push(name.span(), messages::duplicate_name(&text, *line));
            bad.routes.insert(index);
        } else if text == "decide" {
            errors.push(name.span(), messages::reserved_name(&text));
            bad.routes.insert(index);
        }
        seen.push((text, route.line));
    }
}

/// A parameter does not hide an argument of the function: the answer could not reach it any more.
///
/// ```ignore
/// async fn shop(req: Request, res: Response, db: Db) -> Result {
///     route!("/backups/{db}" => …);
/// }
/// ```
fn check_param_names(server: &Server, errors: &mut Errors, bad: &mut Bad) {
    let arguments = argument_names(server);
    for (index, route) in server.routes.iter().enumerate() {
        for param in &route.params {
            let name = param.ident.to_string();
            if arguments.contains(&name) {
                let suggestion = suggestion(&name, param);
                errors.push(
                    route.path.span(),
                    messages::hides_argument(&name, &suggestion, &function_name(server)),
                );
                bad.routes.insert(index);
            }
        }
    }
}

/// A route is reached by some request: no earlier routes answer all that it would.
///
/// ```ignore
/// route!("/users/{id}" => …);
/// route!("/users/me" => …);
/// ```
fn check_reachable(server: &Server, errors: &mut Errors, bad: &mut Bad) {
    let bare_rest = server.options.trailing_slash == TrailingSlash::Ignore;
    for (index, route) in server.routes.iter().enumerate() {
        let hiding = server.routes[..index].iter().filter(|earlier| {
            !earlier.is_guarded()
                && is_compiled_with(earlier, route)
                && earlier.methods.intersects(route.methods)
                && tree::covers(&earlier.pattern, &route.pattern, bare_rest)
        });
        let mut methods = Methods::NONE;
        let mut winners: Vec<&Route> = Vec::new();
        for earlier in hiding {
            methods = methods.union(earlier.methods);
            winners.push(earlier);
        }
        if methods.covers(route.methods) {
            errors.push(route.path.span(), unreachable_message(route, &winners));
            bad.routes.insert(index);
        }
    }
}

/// Whether `earlier` is there whenever `route` is: without a `#[cfg]`, or with the same.
fn is_compiled_with(earlier: &Route, route: &Route) -> bool {
    let conditions = route.attributes.conditions();
    let mut needed = earlier.attributes.conditions().into_iter();
    needed.all(|condition| conditions.contains(&condition))
}

fn unreachable_message(route: &Route, winners: &[&Route]) -> String {
    let alone = winners
        .iter()
        .find(|earlier| earlier.methods.covers(route.methods));
    let winners = alone.map_or(winners, std::slice::from_ref);
    let same = winners.iter().all(|earlier| {
        let text = |route: &Route| route.path.value();
        text(earlier) == text(route)
    });
    let lines: Vec<usize> = winners.iter().map(|earlier| earlier.line).collect();
    let example = tree::example(&route.pattern);
    messages::unreachable_route(
        &heading(route),
        &winners
            .iter()
            .map(|earlier| heading(earlier))
            .collect::<Vec<_>>(),
        &lines,
        &example,
        same,
    )
}

/// `POST /products/{id}`, as a message names a route.
fn heading(route: &Route) -> String {
    let path = route.path.value();
    if route.methods.is_any() {
        return format!("ANY {path}");
    }
    if route.methods == Methods::GET {
        return format!("GET {path}");
    }
    let names: Vec<&str> = route.methods.names().collect();
    format!("{} {path}", names.join(" | "))
}

/// A parameter that the answer does not use is a slip, or a segment that need not be read.
///
/// ```ignore
/// route!("/products/{id: u32}" => db.products().await);
/// ```
fn check_params_used(server: &Server, errors: &mut Errors) {
    for route in &server.routes {
        for param in &route.params {
            let name = param.ident.to_string();
            let used = route.answer.names(&name)
                || route
                    .guard
                    .as_ref()
                    .is_some_and(|guard| names(guard, &name));
            if !used && !name.starts_with('_') {
                errors.push(route.path.span(), messages::unused_param(&name));
            }
        }
    }
}

fn function_name(server: &Server) -> String {
    server.function.sig.ident.to_string()
}

fn suggestion(name: &str, param: &Param) -> String {
    match &param.kind {
        ParamKind::Rest => format!("{{{name}_path..}}"),
        ParamKind::Text | ParamKind::Typed(_) => format!("{{{name}_id}}"),
    }
}

fn argument_names(server: &Server) -> Vec<String> {
    let inputs = server.function.sig.inputs.iter();
    inputs
        .filter_map(|argument| match argument {
            syn::FnArg::Typed(typed) => match &*typed.pat {
                syn::Pat::Ident(name) => Some(name.ident.to_string()),
                _ => None,
            },
            syn::FnArg::Receiver(_) => None,
        })
        .collect()
}
