//! Rules about the parameters of a route.

use super::Invalid;
use super::known::Known;
use crate::errors::Errors;
use crate::messages;
use crate::server::ast;
use crate::server::model::{
    MountExpr, Reply, Server, consumption, generic_in, names, uses_variable,
};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

pub(super) fn check_params(
    server: &Server,
    known: &Known<'_>,
    errors: &mut Errors,
    invalid: &mut Invalid,
) {
    check_param_count(server, errors, invalid);
    check_param_names(server, errors, invalid);
    check_param_types(server, errors, invalid);
    check_params_used(server, errors, invalid);
    check_doubled_braces(server, known, errors, invalid);
}

/// The maximum number of parameters. The generated `if`s nest once per parameter, and rustc limits the depth.
const MANY: usize = 64;

/// Checks that a path has at most [`MANY`] parameters.
///
/// ```text
/// route!("/{a}/{b}/{c}/…" => …);
/// ```
fn check_param_count(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        if route.params.len() > MANY {
            let message = messages::too_many_params(&route.path_text, MANY);
            errors.push(route.path.span(), message);
            invalid.routes.insert(index);
        }
    }
}

/// Checks that no parameter shadows an argument of the function, which would make the argument unusable in the
/// expression after `=>`.
///
/// ```text
/// async fn shop(req: Request, res: Response, db: Db) -> Result {
///     route!("/backups/{db}" => …);
/// }
/// ```
fn check_param_names(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let function = server.function.sig.ident.to_string();
    let arguments = server.argument_names();
    for (index, route) in server.routes.iter().enumerate() {
        for param in &route.params {
            let name = param.ident.to_string();
            if arguments.contains(&name) {
                let suggestion = param.extent.notation(&param.extent.other_name(&name));
                let message = messages::shadowed_argument(&name, &suggestion, &function);
                errors.push(route.path.span(), message);
                invalid.routes.insert(index);
            }
        }
    }
}

/// Checks that the type of a parameter is concrete and owns its data: it is the type of a field in an enum outside of
/// the function, where neither the function's generics nor the request's lifetime exist.
///
/// ```text
/// async fn shop<T: FromStr>(req: Request, res: Response) -> Result {
///     route!("/users/{id: T}" => …);
///     route!("/names/{name: &'static str}" => …);
/// }
/// ```
fn check_param_types(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        for (param, written) in route.params.iter().zip(route.pattern.params()) {
            let text = written.ty.as_deref().unwrap_or_default();
            let ty = param.ty.as_deref();
            let error = ty.and_then(|ty| type_error(server, &written.name, ty, text));
            if let Some(message) = error {
                errors.push(route.path.span(), message);
                invalid.routes.insert(index);
            }
        }
    }
}

fn type_error(server: &Server, name: &str, ty: &Type, text: &str) -> Option<String> {
    let tokens = ty.to_token_stream();
    if let Some(generic) = generic_in(server, &tokens) {
        let function = server.function.sig.ident.to_string();
        return Some(messages::generic_param_type(name, &generic, &function));
    }
    if borrows(&tokens) {
        return Some(messages::borrowed_param_type(name, text));
    }
    let is_plain = matches!(ty, Type::Path(_) | Type::Array(_) | Type::Tuple(_));
    let is_vague = !is_plain || names(&tokens, "Self") || names(&tokens, "_");
    if is_vague {
        return Some(messages::vague_param_type(name, text));
    }
    primitive_like(text).map(|ty| messages::misspelled_primitive(name, text, ty))
}

/// Returns the primitive type that was probably meant by `u23` or `long`.
pub(super) fn primitive_like(ty: &str) -> Option<&'static str> {
    const KNOWN: [&str; 14] = [
        "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "f32", "f64", "f16",
        "f128",
    ];
    let number = ty.get(1..).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match (ty, ty.chars().next()) {
        ("boolean", _) => Some("bool"),
        ("byte", _) => Some("u8"),
        ("short", _) => Some("i16"),
        ("long", _) => Some("i64"),
        ("uint" | "unsigned", _) => Some("u32"),
        _ if KNOWN.contains(&ty) || !is_number => None,
        (_, Some('u')) => Some("u32"),
        (_, Some('i')) => Some("i32"),
        (_, Some('f')) => Some("f64"),
        _ => None,
    }
}

/// Returns whether a type contains a reference or a lifetime.
pub(super) fn borrows(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Punct(sign) => matches!(sign.as_char(), '&' | '\''),
        TokenTree::Group(group) => borrows(&group.stream()),
        _ => false,
    })
}

/// Checks that a parameter is used, or that its name starts with `_`.
///
/// ```text
/// route!("/products/{id: u32}" => db.products().await);
/// ```
fn check_params_used(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) {
            continue;
        }
        for param in &route.params {
            let name = param.ident.to_string();
            let used = route.reply.uses(&name)
                || route
                    .guard
                    .as_ref()
                    .is_some_and(|guard| uses_variable(guard, &name));
            if used || name.starts_with('_') {
                continue;
            }
            let meant = ast::like_param(&route.reply.tokens, &name)
                .filter(|meant| !route.params.iter().any(|it| it.ident == *meant))
                .filter(|meant| !server.argument_names().iter().any(|it| meant == it));
            let ignored = param.extent.notation(&format!("_{name}"));
            let passed = server.arguments.as_ref().map(|it| &it.request);
            let passed = passed.filter(|it| param.extent.is_tail() && passes(&route.reply, it));
            let message = match (&meant, passed) {
                (_, Some(request)) => messages::rest_not_passed(&name, &request.to_string()),
                (Some(meant), None) => messages::other_name(&name, &meant.to_string(), &ignored),
                (None, None) if unformatted(&route.reply.tokens, &name).is_some() => {
                    let text = unformatted(&route.reply.tokens, &name).unwrap_or_default();
                    messages::unformatted_text(&name, &text)
                }
                (None, None) if route.mount.is_some() => {
                    let call = called_with(&route.reply, &name);
                    messages::unused_mount_param(&name, &ignored, &call)
                }
                (None, None) => messages::unused_param(&name, &ignored),
            };
            errors.push(route.path.span(), message);
            // The similar name may be undefined, which rustc would report as a second error.
            if meant.is_some() {
                invalid.routes.insert(index);
            }
        }
    }
}

/// Returns the text that contains `{name}`, if no macro formats it.
fn unformatted(reply: &TokenStream, name: &str) -> Option<String> {
    reply.clone().into_iter().find_map(|token| match token {
        TokenTree::Group(group) => unformatted(&group.stream(), name),
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            let is_text = text.starts_with('"') && text.contains(&format!("{{{name}}}"));
            is_text.then(|| text.replace("${", "{").replace("#{", "{"))
        }
        _ => None,
    })
}

/// Returns `admin(req, res, name)` for `admin(req, res).await`.
fn called_with(reply: &Reply, name: &str) -> String {
    let expr = reply.expr.as_deref();
    let call = expr.and_then(|expr| match MountExpr::of(expr) {
        MountExpr::Call(call) | MountExpr::NotAwaited(call) => Some(call),
        MountExpr::Other(_) => None,
    });
    let Some(call) = call else {
        return format!("server(req, res, {name})");
    };
    let function = messages::source_text(&call.func.to_token_stream());
    let arguments = messages::source_text(&call.args.to_token_stream());
    format!("{function}({arguments}, {name})")
}

/// Returns whether the expression passes the request to another function, as in `admin(req, res).await`.
fn passes(reply: &Reply, request: &Ident) -> bool {
    let expr = reply.expr.as_deref();
    expr.is_some_and(|expr| consumption(expr, request).is_some())
}

/// Reports `{{name}}`, which is the text `{name}`, if it was probably meant as a parameter, as in templates.
///
/// ```text
/// route!("/products/{{id}}" => format!("product {id}"));
/// ```
fn check_doubled_braces(
    server: &Server,
    known: &Known<'_>,
    errors: &mut Errors,
    invalid: &mut Invalid,
) {
    for (index, route) in server.routes.iter().enumerate() {
        let pieces = route.path_text.split("{{").skip(1);
        let mut words = pieces.filter_map(|piece| piece.split("}}").next());
        let meant = words.find(|word| {
            syn::parse_str::<Ident>(word).is_ok()
                && route.reply.uses(word)
                && !known.has(index, word)
        });
        if let Some(word) = meant {
            let message = messages::translated(&format!("{{{{{word}}}}}"), &format!("{{{word}}}"));
            errors.push(route.path.span(), message);
            invalid.routes.insert(index);
        }
    }
}
