//! Fields that requests, responses and their parts have in other frameworks.

use super::is_variable;
use crate::messages;
use crate::server::foreign;
use proc_macro2::Ident;
use syn::{Expr, ExprField, Member};

/// Returns the message for a field that does not exist.
///
/// ```text
/// req.params.id
/// res.status = 404
/// req.body.name
/// req.headers.host
/// req.url.query.page
/// ```
pub(super) fn foreign_member(
    field: &ExprField,
    name: &Ident,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<String> {
    let name = name.to_string();
    if let Some(request) = request
        && let Some(part) = request_part(&field.base, request)
    {
        let request = request.to_string();
        return match part.as_str() {
            "body" => Some(messages::body_field(&request, &name)),
            "headers" => Some(messages::header_field(&request, &name)),
            "url" => foreign::url_field(&request, &name),
            _ => None,
        };
    }
    if let Some(request) = request
        && is_variable(&field.base, Some(request))
    {
        return foreign::request_field(&request.to_string(), &name);
    }
    let response = response.filter(|_| is_variable(&field.base, response))?;
    foreign::response_field(&response.to_string(), &name)
}

/// Returns `headers` for `req.headers`.
fn request_part(expr: &Expr, request: &Ident) -> Option<String> {
    match expr {
        Expr::Field(part) if is_variable(&part.base, Some(request)) => match &part.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}
