//! Rules about features of other frameworks that Onward lacks, if using them can only be an error. Methods are left to
//! rustc, since an extension trait may add them: see `habits.rs` of the runtime.

use crate::errors::Errors;
use crate::json;
use crate::messages;
use crate::model::{Arguments, Server, Walk, binds};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprClosure, ExprField, ExprMethodCall, Item, Lit, Macro, Member, Token};

pub(super) fn check_habits(server: &Server, errors: &mut Errors) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let code: Vec<Block> = server.code().filter_map(parse).collect();
    let mut habits = Habits {
        request: (!rebinds(&code, &arguments.request)).then_some(&arguments.request),
        response: (!rebinds(&code, &arguments.response)).then_some(&arguments.response),
        arguments,
        in_handler: true,
        found: Vec::new(),
    };
    code.iter().for_each(|code| habits.visit_block(code));
    for (span, message) in habits.found {
        errors.push(span, message);
    }
}

/// Statements, or an expression; `None` if it is not finished.
fn parse(tokens: &TokenStream) -> Option<Block> {
    let stmts = Block::parse_within.parse2(tokens.clone()).ok()?;
    let brace_token = syn::token::Brace::default();
    Some(Block { brace_token, stmts })
}

/// Whether the name means another variable anywhere. Such functions are left to rustc.
fn rebinds(code: &[Block], name: &Ident) -> bool {
    let mut is_rebound = false;
    let mut walk = Walk::Pats(&mut |pat| is_rebound |= binds(pat, name).is_some());
    code.iter().for_each(|code| walk.visit_block(code));
    is_rebound
}

struct Habits<'a> {
    /// The variables, unless they are rebound.
    request: Option<&'a Ident>,
    response: Option<&'a Ident>,
    arguments: &'a Arguments,
    /// Whether `return` here ends the handler, rather than a closure or an async block.
    in_handler: bool,
    found: Vec<(Span, String)>,
}

impl Habits<'_> {
    fn inner_function(&mut self, visit: impl FnOnce(&mut Self)) {
        let in_handler = std::mem::replace(&mut self.in_handler, false);
        visit(self);
        self.in_handler = in_handler;
    }

    /// The message for a field that neither the request nor the response has.
    ///
    /// ```text
    /// req.params.id
    /// res.status = 404
    /// req.body.name
    /// ```
    fn foreign_field(&self, field: &ExprField, name: &Ident) -> Option<String> {
        let field_name = name.to_string();
        if let (Some(request), Expr::Field(body)) = (self.request, &*field.base)
            && is_variable(&body.base, Some(request))
            && matches!(&body.member, Member::Named(member) if member == "body")
        {
            return Some(messages::body_field(&request.to_string(), &field_name));
        }
        if is_variable(&field.base, self.request) {
            let request = self.request?.to_string();
            return messages::request_field(&request, &field_name);
        }
        if is_variable(&field.base, self.response) {
            let response = self.response?.to_string();
            return messages::response_field(&response, &field_name);
        }
        None
    }

    /// The message for calling a setter where a getter is meant.
    ///
    /// ```text
    /// req.header("host")
    /// req.body()
    /// ```
    fn setter_as_getter(&self, call: &ExprMethodCall) -> Option<String> {
        let request = self.request?;
        if !is_variable(&call.receiver, Some(request)) {
            return None;
        }
        let request = request.to_string();
        let method = call.method.to_string();
        match (method.as_str(), call.args.first()) {
            ("header", Some(name)) if call.args.len() == 1 => {
                let name = messages::source_text(&name.to_token_stream());
                Some(messages::header_of_request(&request, &name))
            }
            ("body" | "json", None) => Some(messages::body_of_request(&request, &method)),
            _ => None,
        }
    }
}

impl<'ast> Visit<'ast> for Habits<'_> {
    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        if let Member::Named(name) = &field.member
            && let Some(message) = self.foreign_field(field, name)
        {
            self.found.push((name.span(), message));
        } else {
            visit::visit_expr_field(self, field);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if let Some(message) = self.setter_as_getter(call) {
            self.found.push((call.method.span(), message));
        } else {
            visit::visit_expr_method_call(self, call);
        }
    }

    /// The function returns a `Result`, and none of these values is one.
    ///
    /// ```text
    /// return "a"
    /// return (StatusCode::NOT_FOUND, "none")
    /// ```
    fn visit_expr_return(&mut self, expr: &'ast syn::ExprReturn) {
        if self.in_handler
            && let Some(value) = &expr.expr
            && is_plain_value(value)
        {
            let text = messages::source_text(&value.to_token_stream());
            let response = self.arguments.response.to_string();
            let message = messages::returned_reply(&text, &response);
            self.found.push((value.span(), message));
            return;
        }
        visit::visit_expr_return(self, expr);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.inner_function(|habits| visit::visit_expr_closure(habits, closure));
    }

    fn visit_expr_async(&mut self, block: &'ast syn::ExprAsync) {
        self.inner_function(|habits| visit::visit_expr_async(habits, block));
    }

    fn visit_item(&mut self, _: &'ast Item) {}

    fn visit_macro(&mut self, call: &'ast Macro) {
        let arguments = if call.path.is_ident("json") {
            let values = json::expressions(&call.tokens).into_iter();
            values.filter_map(|value| syn::parse2(value).ok()).collect()
        } else if ["format", "println", "eprintln", "vec"]
            .iter()
            .any(|name| call.path.is_ident(name))
        {
            let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
            let arguments = parser.parse2(call.tokens.clone());
            arguments
                .map(|it| it.into_iter().collect())
                .unwrap_or_default()
        } else {
            Vec::new()
        };
        let mut inside = Habits {
            found: Vec::new(),
            ..*self
        };
        arguments
            .iter()
            .for_each(|argument: &Expr| inside.visit_expr(argument));
        self.found.append(&mut inside.found);
    }
}

fn is_variable(expr: &Expr, name: Option<&Ident>) -> bool {
    match expr {
        Expr::Path(path) => name.is_some_and(|name| path.path.is_ident(name)),
        Expr::Paren(paren) => is_variable(&paren.expr, name),
        _ => false,
    }
}

/// Whether a value certainly has a built-in type: text, a number, a tuple.
fn is_plain_value(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Tuple(_) | Expr::Array(_) => true,
        Expr::Macro(call) => call.mac.path.is_ident("format"),
        Expr::Paren(paren) => is_plain_value(&paren.expr),
        _ => false,
    }
}

/// A value that is not a reply and whose type cannot be one of the user's.
///
/// ```text
/// (404, "no such page")
/// ([("x-a", "1")], "text")
/// HttpResponse::Ok().body("text")
/// ```
pub(super) fn foreign_value(value: &Expr, response: Option<&Ident>) -> Option<(Span, String)> {
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) if is_status(number) => {
                let message = messages::number_as_status(&text(value), constant(number), None);
                Some((value.span(), message))
            }
            Lit::Float(_) | Lit::Bool(_) => {
                Some((value.span(), messages::value_as_reply(&text(value))))
            }
            _ => None,
        },
        Expr::Tuple(tuple) => {
            let (first, last) = (tuple.elems.first()?, tuple.elems.last()?);
            match first {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Int(number) => {
                        let rest = text(last);
                        let message =
                            messages::number_as_status(&text(first), constant(number), Some(&rest));
                        Some((first.span(), message))
                    }
                    _ => None,
                },
                Expr::Array(_) => {
                    let response = response?.to_string();
                    Some((
                        first_span(first),
                        messages::headers_in_reply(&response, &text(last)),
                    ))
                }
                _ => None,
            }
        }
        Expr::MethodCall(call) => foreign_value(&call.receiver, response)
            .filter(|_| matches!(innermost(&call.receiver), Expr::Call(_))),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                return None;
            };
            let mut segments = path.path.segments.iter();
            let (ty, constructor) = (segments.next()?, segments.next()?);
            let is_status = constructor
                .ident
                .to_string()
                .starts_with(char::is_uppercase);
            (ty.ident == "HttpResponse" && is_status && call.args.is_empty())
                .then(|| (ty.ident.span(), messages::http_response(&text(&call.func))))
        }
        _ => None,
    }
}

fn first_span(expr: &Expr) -> Span {
    let first = expr.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}

fn innermost(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) => innermost(&call.receiver),
        _ => expr,
    }
}

fn is_status(number: &syn::LitInt) -> bool {
    let number = number.base10_parse();
    number.is_ok_and(|number: u16| (100..600).contains(&number))
}

/// The constant of `StatusCode` for the usual numbers.
fn constant(number: &syn::LitInt) -> Option<&'static str> {
    let usual = [
        (200, "OK"),
        (201, "CREATED"),
        (202, "ACCEPTED"),
        (204, "NO_CONTENT"),
        (301, "MOVED_PERMANENTLY"),
        (302, "FOUND"),
        (303, "SEE_OTHER"),
        (304, "NOT_MODIFIED"),
        (400, "BAD_REQUEST"),
        (401, "UNAUTHORIZED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (405, "METHOD_NOT_ALLOWED"),
        (409, "CONFLICT"),
        (410, "GONE"),
        (422, "UNPROCESSABLE_ENTITY"),
        (429, "TOO_MANY_REQUESTS"),
        (500, "INTERNAL_SERVER_ERROR"),
        (502, "BAD_GATEWAY"),
        (503, "SERVICE_UNAVAILABLE"),
    ];
    let number: u16 = number.base10_parse().ok()?;
    let found = usual.iter().find(|(code, _)| *code == number);
    found.map(|(_, name)| *name)
}
