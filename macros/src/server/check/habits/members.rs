//! Fields that requests, responses and their parts have in other frameworks.

use super::values::wrong_status;
use super::{Habits, first_token, is_variable};
use crate::http::status;
use crate::messages;
use crate::server::foreign;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprAssign, ExprField, Lit, Member};

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

impl Habits<'_> {
    /// Reports an assignment to a field that does not exist, or of a value that the field cannot have.
    ///
    /// ```text
    /// res.status_code = 404;
    /// ```
    pub(super) fn visit_assignment(&mut self, assignment: &ExprAssign) -> bool {
        if let Some(found) =
            super::calls::misnamed_method(&assignment.left, &assignment.right, self.request)
        {
            self.found.push(found);
            self.reported.extend(first_token(&assignment.right));
            return false;
        }
        if let Some(found) = stored_value(assignment, self.request, self.response) {
            self.found.push(found);
            self.reported.extend(first_token(&assignment.left));
            return false;
        }
        if let Some(found) = self.foreign_status(assignment) {
            self.found.push(found);
            return false;
        }
        if let Expr::Field(field) = &*assignment.left
            && matches!(&field.member, Member::Named(name) if name == "status_code")
            && self.response.is_some()
            && is_variable(&field.base, self.response)
            && let Some(found) = wrong_status(&assignment.right)
        {
            self.found.push(found);
            self.reported.extend(first_token(&assignment.right));
            return false;
        }
        true
    }

    /// Returns the error for a status that is assigned to a field of another framework.
    ///
    /// ```text
    /// res.status = 404;
    /// ```
    fn foreign_status(&self, assignment: &ExprAssign) -> Option<(Span, String)> {
        let response = self.response?;
        let Expr::Field(field) = &*assignment.left else {
            return None;
        };
        let Member::Named(name) = &field.member else {
            return None;
        };
        let fields = ["status", "statusCode", "code"];
        let is_status =
            fields.iter().any(|it| name == it) && is_variable(&field.base, Some(response));
        let value = messages::source_text(&assignment.right.to_token_stream());
        let status = status::of(&value).filter(|_| is_status)?;
        let message = messages::assigned_status(&name.to_string(), &response.to_string(), &status);
        Some((name.span(), message))
    }
}

/// Reports a value that is stored in the request or the response for later code.
///
/// ```text
/// req.user = user;
/// res.locals.user = user;
/// ```
fn stored_value(
    assignment: &ExprAssign,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    const STORES: [&str; 8] = [
        "locals",
        "state",
        "context",
        "ctx",
        "extensions",
        "app",
        "custom",
        "meta",
    ];
    if let Expr::Index(index) = &*assignment.left {
        return stored_by_key(index, &assignment.right, request);
    }
    let (base, name) = member(&assignment.left)?;
    let is_store = |name: &Ident| STORES.iter().any(|it| name == it);
    let (object, missing) = match member(base) {
        Some((object, store)) if is_store(store) => (object, store),
        _ => (base, name),
    };
    let ty = if is_variable(object, request) {
        "Request"
    } else if is_variable(object, response) {
        "Response"
    } else {
        return None;
    };
    foreign::is_unknown_field(ty, &missing.to_string()).then(|| {
        let value = messages::source_text(&assignment.right.to_token_stream());
        let message = messages::stored_value(ty, &missing.to_string(), &name.to_string(), &value);
        (missing.span(), message)
    })
}

/// Reports a value that is stored in the request under a key: `req["user"] = user`.
fn stored_by_key(
    index: &syn::ExprIndex,
    value: &Expr,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let Expr::Lit(key) = &*index.index else {
        return None;
    };
    let Lit::Str(key) = &key.lit else {
        return None;
    };
    let key = key.value();
    let is_name = syn::parse_str::<Ident>(&key).is_ok();
    (is_name && is_variable(&index.expr, request)).then(|| {
        let value = messages::source_text(&value.to_token_stream());
        let message = messages::stored_value("Request", &key, &key, &value);
        (index.index.span(), message)
    })
}

/// Returns the value and the name of its field.
fn member(expr: &Expr) -> Option<(&Expr, &Ident)> {
    match expr {
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some((&field.base, name)),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}
