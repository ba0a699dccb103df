//! The rules of `openapi = strict`.

use crate::errors::Errors;
use crate::messages;
use crate::server::check::routes::Invalid;
use crate::server::model::{Route, Server, generic_in};
use crate::tokens::first_span;
use quote::ToTokens;
use syn::Type;

/// Checks that every route except mounts and hidden routes declares its reply, and that no type depends on the generic
/// parameters of the function. rustc checks that the types have schemas.
///
/// ```text
/// route!("/products" => Json(products));
/// route!("/products" -> Json<T> => Json(first));
/// ```
pub(in super::super) fn check_strict(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    if !server.options.strict {
        return;
    }
    for (index, route) in server.routes.iter().enumerate() {
        let is_exempt = route.mount.is_some() || route.attributes.is_hidden;
        if is_exempt || invalid.routes.contains(&index) {
            continue;
        }
        let found = check_route(server, route);
        if let Some((span, message)) = found {
            invalid.routes.insert(index);
            errors.push(span, message);
        }
    }
}

fn check_route(server: &Server, route: &Route) -> Option<(proc_macro2::Span, String)> {
    let contract = &route.contract;
    let Some(reply) = contract.reply.as_deref() else {
        return Some((route.path.span(), messages::reply_not_declared()));
    };
    let mut types = Vec::new();
    for param in &route.params {
        types.extend(param.ty.as_deref());
    }
    types.extend(contract.types());
    types.push(reply);
    types.into_iter().find_map(|ty| generic(server, ty))
}

fn generic(server: &Server, ty: &Type) -> Option<(proc_macro2::Span, String)> {
    let name = generic_in(server, &ty.to_token_stream())?;
    Some((first_span(ty), messages::generic_type_in_strict(&name)))
}
