//! Rules about the parameters of a query.

use super::super::params::{borrows, primitive_like};
use super::default::default_error;
use super::{Found, in_guard, is_used};
use crate::messages;
use crate::server::check::function::is_named;
use crate::server::model::{Query, Route, Server, argument, generic_in, inner_item, names};
use quote::ToTokens;
use syn::Type;

/// The maximum number of parameters, as in a path.
const MANY: usize = 64;

pub(super) fn check_query(server: &Server, route: &Route, found: &mut Found) {
    let span = route.path.span();
    if !cfg!(feature = "serde") && !route.contract.query.is_empty() {
        found.push((span, messages::query_without_serde()));
        return;
    }
    if route.contract.query.len() > MANY {
        found.push((span, messages::too_many_query(MANY)));
        return;
    }
    for query in &route.contract.query {
        let error = type_error(server, route, query)
            .or_else(|| default_error(query))
            .or_else(|| name_error(server, query));
        if let Some(error) = error {
            found.push((span, error));
            continue;
        }
        check_is_used(route, query, found);
    }
}

/// Returns the error for a parameter that shadows an argument of the function.
///
/// ```text
/// async fn shop(req: Request, res: Response, page: u32) -> Result {
///     route!("/products?{page: u32}" => …);
/// }
/// ```
fn name_error(server: &Server, query: &Query) -> Option<String> {
    let name = query.ident.to_string();
    let function = server.function.sig.ident.to_string();
    let hides = server.argument_names().contains(&name);
    hides.then(|| messages::hidden_by_query(&name, &function))
}

/// Checks that a parameter is used after `=>`, but not in the guard, because it is read after the guard is evaluated.
///
/// ```text
/// route!("/products?{page: u32}" => db.products().await);
/// route!("/products?{page: u32}" if page > 0 => …);
/// ```
fn check_is_used(route: &Route, query: &Query, found: &mut Found) {
    let name = query.ident.to_string();
    if let Some(place) = in_guard(route, &name) {
        found.push((place, messages::query_in_guard(&name)));
    } else if !is_used(route, &query.ident) {
        found.push((route.path.span(), messages::unused_query(&name)));
    }
}

/// Returns the error for a type that does not own its data or cannot be read from text, or for a type in `{all..: T}`
/// that has no fields.
///
/// ```text
/// route!("/products?{search: &str}" => …);
/// route!("/products?{all: HashMap<String, String>}" => …);
/// route!("/products?{all..: u32}" => …);
/// ```
fn type_error(server: &Server, route: &Route, query: &Query) -> Option<String> {
    let name = query.ident.to_string();
    let (ty, text) = (&query.ty, &query.text);
    let tokens = ty.to_token_stream();
    if borrows(&tokens) {
        return Some(messages::borrowed_query_type(
            &name,
            text,
            &owned_type(text),
        ));
    }
    let is_plain = matches!(ty, Type::Path(_) | Type::Array(_) | Type::Tuple(_));
    if !is_plain || names(&tokens, "_") || names(&tokens, "impl") {
        return Some(messages::vague_query_type(&name, text));
    }
    if let Some(like) = primitive_like(text) {
        return Some(messages::misspelled_primitive(&name, text, like));
    }
    let is_map = ["HashMap", "BTreeMap"].iter().any(|map| is_named(ty, map));
    if is_map && !query.all {
        return Some(messages::map_query_type(&name, text));
    }
    if query.all && (query.is_list() || is_scalar(text)) {
        let ours = match query.is_list() {
            true => format!("{{{name}: {text}}}"),
            false => format!("{{{name}..: HashMap<String, {text}>}}"),
        };
        return Some(messages::query_rest_type(&name, text, &ours));
    }
    if query
        .optional()
        .is_some_and(|inner| argument(inner, "Option").is_some())
    {
        let ours = messages::source_text(&query.optional().to_token_stream());
        return Some(messages::optional_twice(&name, text, &ours));
    }
    outside_error(server, route, query)
}

/// Returns the error for a named route that uses a type which is visible only inside the server's function: the URL
/// function of the route is generated outside of it.
fn outside_error(server: &Server, route: &Route, query: &Query) -> Option<String> {
    route.name.as_ref()?;
    let function = server.function.sig.ident.to_string();
    let tokens = query.ty.to_token_stream();
    if let Some(generic) = generic_in(server, &tokens) {
        let name = query.ident.to_string();
        return Some(messages::generic_query_type(&name, &generic, &function));
    }
    let inner = inner_item(server, &tokens)?;
    Some(messages::inner_type(&inner, &function))
}

/// Returns the owned type: `&str` → `String`, `Option<&str>` → `Option<String>`, `&[u8]` → `Vec<u8>`.
fn owned_type(text: &str) -> String {
    let mut owned = text
        .replace("&'static str", "String")
        .replace("& str", "String");
    owned = owned.replace("&str", "String");
    if owned.contains("Cow<") {
        return "String".to_owned();
    }
    match owned.strip_prefix('&') {
        Some(plain) => match plain.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(item) => format!("Vec<{item}>"),
            None => plain.trim().to_owned(),
        },
        None => owned,
    }
}

/// Returns whether a type certainly has no fields.
pub(super) fn is_scalar(text: &str) -> bool {
    const SCALARS: [&str; 17] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char", "String",
    ];
    SCALARS.contains(&text)
}
