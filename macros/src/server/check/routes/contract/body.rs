//! Rules about the body of a route.

mod extractor;

use super::super::params::borrows;
use super::{Found, find, in_guard, is_used};
use crate::messages;
use crate::server::ast::Body;
use crate::server::model::{Route, Server, Visitor, Walk, argument, binds, names};
use crate::tokens::first_span;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, Item, Pat, Type};

/// Checks the body of a route. Returns whether its type may exist only in another framework.
pub(super) fn check_body(server: &Server, route: &Route, found: &mut Found) -> bool {
    let Some(body) = &route.contract.body else {
        return false;
    };
    if let Some(error) = extractor::extractor(server, route, body) {
        found.push(error);
        return true;
    }
    check_method(route, body, found);
    check_pattern(body, found);
    check_type(body, found);
    check_names(server, route, body, found);
    check_request(server, route, body, found);
    false
}

/// Requests with methods such as GET have no body.
///
/// ```text
/// route!("/products" (Json(filter): Json<Filter>) => …);
/// route!(GET | POST "/products" (name: String) => …);
/// ```
fn check_method(route: &Route, body: &Body, found: &mut Found) {
    if route.written_methods.is_empty() {
        let message = messages::body_without_method("GET", false);
        found.push((first_span(&body.pattern), message));
    }
    for method in &route.written_methods {
        let name = method.to_string();
        if matches!(name.as_str(), "GET" | "HEAD" | "TRACE" | "CONNECT") {
            found.push((method.span(), messages::body_without_method(&name, true)));
        }
    }
}

/// Checks that the pattern matches every value, because a route has no code for values that do not match.
///
/// ```text
/// route!(POST "/products" (Some(Json(new)): Option<Json<NewProduct>>) => …);
/// ```
fn check_pattern(body: &Body, found: &mut Found) {
    if is_refutable(&body.pattern) {
        let text = messages::source_text(&body.pattern.to_token_stream());
        found.push((first_span(&body.pattern), messages::refutable_body(&text)));
    }
}

fn is_refutable(pattern: &Pat) -> bool {
    match pattern {
        Pat::Lit(_) | Pat::Range(_) | Pat::Or(_) | Pat::Const(_) => true,
        Pat::Ident(ident) => {
            ident.ident == "None"
                || ident
                    .subpat
                    .as_ref()
                    .is_some_and(|(_, pattern)| is_refutable(pattern))
        }
        Pat::TupleStruct(tuple) => {
            let last = tuple
                .path
                .segments
                .last()
                .map(|last| last.ident.to_string());
            matches!(last.as_deref(), Some("Some" | "Ok" | "Err"))
                || tuple.elems.iter().any(is_refutable)
        }
        Pat::Struct(fields) => fields.fields.iter().any(|field| is_refutable(&field.pat)),
        Pat::Tuple(tuple) => tuple.elems.iter().any(is_refutable),
        Pat::Slice(_) => true,
        Pat::Paren(paren) => is_refutable(&paren.pat),
        Pat::Reference(reference) => is_refutable(&reference.pat),
        _ => false,
    }
}

/// Checks that the type can be read from a body and owns its data.
///
/// ```text
/// route!(POST "/notes" (text: &str) => …);
/// route!(POST "/notes" (bytes: Vec<u8>) => …);
/// ```
fn check_type(body: &Body, found: &mut Found) {
    let ty = &body.ty;
    let tokens = ty.to_token_stream();
    let text = messages::source_text(&tokens);
    let span = first_span(ty);
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let is_bare = last.is_some_and(|last| last.arguments.is_none());
    let name = last.map(|last| last.ident.to_string()).unwrap_or_default();
    let is_bytes =
        argument(ty, "Vec").is_some_and(|item| item.to_token_stream().to_string() == "u8");
    let message = if is_bytes || text == "&[u8]" {
        messages::body_type(&text, "Bytes")
    } else if borrows(&tokens) {
        messages::borrowed_body(&text)
    } else if let Some(inner) = argument(ty, "Option")
        && argument(inner, "Option").is_some()
    {
        messages::double_optional_body(&text)
    } else if is_bare && matches!(name.as_str(), "Json" | "Form") {
        messages::body_type(&text, &format!("{name}<NewProduct>"))
    } else if is_bare && name == "Option" {
        messages::body_type(&text, "Option<Json<NewProduct>>")
    } else if is_bare && name == "Value" || argument(ty, "Vec").is_some() {
        messages::body_type(&text, &format!("Json<{text}>"))
    } else if is_bare && matches!(name.as_str(), "Request" | "Response") {
        messages::body_type(&text, "Body")
    } else if matches!(
        ty,
        Type::ImplTrait(_) | Type::Infer(_) | Type::TraitObject(_)
    ) || names(&tokens, "_")
    {
        messages::body_type(&text, "Json<NewProduct>")
    } else {
        return;
    };
    found.push((span, message));
}

/// Checks that the variables of a body differ from arguments and parameters, are not used in the guard, and are used
/// after `=>`.
fn check_names(server: &Server, route: &Route, body: &Body, found: &mut Found) {
    let function = server.function.sig.ident.to_string();
    for variable in body.variables() {
        let (name, span) = (variable.to_string(), variable.span());
        let message = if server.argument_names().contains(&name) {
            messages::hidden_by_body(&name, &function)
        } else if route.params.iter().any(|param| param.ident == variable) {
            messages::body_and_parameter(&name, "path")
        } else if route
            .contract
            .query
            .iter()
            .any(|query| query.ident == variable)
        {
            messages::body_and_parameter(&name, "query")
        } else if let Some(place) = in_guard(route, &name) {
            found.push((place, messages::body_in_guard(&name)));
            continue;
        } else if !is_used(route, &variable) {
            messages::unused_body(&name)
        } else {
            continue;
        };
        found.push((span, message));
    }
}

/// Checks that neither the guard nor the expression reads the body: the route reads it and takes it out of the request.
///
/// ```text
/// route!(POST "/notes" (text: String) => save(text, req.body).await);
/// ```
fn check_request(server: &Server, route: &Route, body: &Body, found: &mut Found) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    if rebinds(&route.reply.tokens, &arguments.request) {
        return;
    }
    let request = arguments.request.to_string();
    if let Some(place) = body_of(&route.reply.tokens, &request) {
        let variables = body.variables();
        let names: Vec<String> = variables.iter().map(ToString::to_string).collect();
        found.push((place, messages::body_read_again(&request, &names)));
    }
    if let Some(guard) = &route.guard
        && body_of(guard, &request).is_some()
    {
        let span = find(guard, "body").unwrap_or_else(|| route.path.span());
        found.push((span, messages::body_in_guard(&format!("{request}.body"))));
    }
}

/// Returns whether an expression declares another variable with that name.
fn rebinds(tokens: &TokenStream, name: &Ident) -> bool {
    struct Rebinds<'a>(&'a Ident, bool);
    impl Visitor for Rebinds<'_> {
        fn pat(&mut self, pat: &Pat) -> bool {
            self.1 |= binds(pat, self.0).is_some();
            false
        }

        /// Treats an item as a declaration of every variable that it uses, because it cannot use the variables around
        /// it.
        fn item(&mut self, item: &Item) {
            self.1 |= names(&item.to_token_stream(), &self.0.to_string());
        }
    }
    let mut rebinds = Rebinds(name, false);
    if let Ok(expr) = syn::parse2::<Expr>(tokens.clone()) {
        Walk::Rule(&mut rebinds).visit_expr(&expr);
    }
    rebinds.1
}

/// Returns the place of `req.body` or `req.take_body`.
fn body_of(tokens: &TokenStream, request: &str) -> Option<Span> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match token {
            TokenTree::Group(group) => body_of(&group.stream(), request),
            TokenTree::Ident(word) if word == request => match &tokens[at + 1..] {
                [TokenTree::Punct(dot), TokenTree::Ident(field), ..]
                    if dot.as_char() == '.' && (field == "body" || field == "take_body") =>
                {
                    Some(field.span())
                }
                _ => None,
            },
            _ => None,
        })
}
