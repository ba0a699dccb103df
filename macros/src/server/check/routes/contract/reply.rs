//! Rules about the type of a reply.

use super::Found;
use super::query::is_scalar;
use crate::messages;
use crate::server::model::{Route, Server, argument, names};
use crate::tokens::first_span;
use quote::ToTokens;
use syn::{Expr, Type};

pub(super) fn check_reply_type(server: &Server, route: &Route, found: &mut Found) {
    let Some(ty) = &route.contract.reply else {
        return;
    };
    let text = messages::source_text(&ty.to_token_stream());
    let response = server.arguments.as_ref();
    let response = response.map_or_else(|| "res".to_owned(), |it| it.response.to_string());
    if let Some(message) = type_error(ty, &text, &response) {
        found.push((first_span(ty), message));
        return;
    }
    check_is_not_sent(route, &text, &response, found);
    check_json(route, ty, &text, found);
}

/// Returns the error for a type that a variable cannot have or that cannot implement `Reply`.
///
/// ```text
/// route!("/products" -> impl Reply => …);
/// route!("/products" -> Result => …);
/// route!("/products" -> Vec<Product> => …);
/// ```
fn type_error(ty: &Type, text: &str, response: &str) -> Option<String> {
    let tokens = ty.to_token_stream();
    let is_vague = matches!(
        ty,
        Type::ImplTrait(_) | Type::Infer(_) | Type::TraitObject(_) | Type::Never(_)
    );
    if is_vague || names(&tokens, "impl") || names(&tokens, "dyn") || names(&tokens, "_") {
        return Some(messages::vague_reply_type(text));
    }
    if names(&tokens, "Sent") {
        return Some(messages::sent_as_reply_type(response));
    }
    let Type::Path(path) = ty else {
        return None;
    };
    let mut segments = path.path.segments.iter().rev();
    let last = segments.next()?;
    let is_bare = last.arguments.is_none();
    let before = segments.next().map(|it| it.ident.to_string());
    match last.ident.to_string().as_str() {
        _ if before.as_deref() == Some("StatusCode") => Some(messages::status_in_reply_type(text)),
        "Result" if is_bare => Some(messages::result_as_reply_type(text)),
        "Created" | "Accepted" | "Option" if is_bare => Some(messages::bare_wrapper_type(text)),
        "Json" | "Html" if is_bare => Some(messages::bare_json_type(text)),
        "NoContent" if !is_bare => Some(messages::no_content_with_body(text)),
        name if is_bare && is_scalar(name) && name != "String" => {
            Some(messages::bare_reply_type(text))
        }
        "Vec" => {
            let item = argument(ty, "Vec")?.to_token_stream().to_string();
            (item != "u8").then(|| messages::bare_reply_type(text))
        }
        "HashMap" | "BTreeMap" => Some(messages::bare_reply_type(text)),
        _ => None,
    }
}

/// Checks that the expression does not send the response, because its value is the reply.
///
/// ```text
/// route!("/products" -> Json<Product> => res.send(Json(product)));
/// ```
fn check_is_not_sent(route: &Route, text: &str, response: &str, found: &mut Found) {
    if let Some(place) = &route.reply.consumption {
        found.push((place.span(), messages::sent_with_reply_type(response, text)));
    }
}

/// Reports `json!` in a route that declares a `Json`: the macro evaluates to a `JsonText`.
///
/// ```text
/// route!("/products" -> Json<Product> => json!({ "id": 7 }));
/// ```
fn check_json(route: &Route, ty: &Type, text: &str, found: &mut Found) {
    let Some(Expr::Macro(call)) = route.reply.expr.as_deref() else {
        return;
    };
    if call.mac.path.is_ident("json") && argument(ty, "Json").is_some() {
        found.push((first_span(call), messages::json_macro_with_reply_type(text)));
    }
}
