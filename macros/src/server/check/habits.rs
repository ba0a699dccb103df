//! Rules about features of other frameworks that Onward lacks, if using them can only be an error. Unknown methods are
//! left to rustc, since an extension trait may add them: see `habits.rs` of the runtime.

mod body;
mod calls;
mod closures;
mod code;
mod ends;
mod members;
mod parts;
mod returns;
mod run_time;
mod shared;
mod unreturned;
mod values;
mod words;

pub(crate) use self::calls::has_wrong_arguments;
use self::calls::{compared_header, header_as_text, wrong_arguments};
pub(super) use self::code::rebinds_response;
use self::code::{Code, parse, rebinds};
use self::members::foreign_member;
use self::parts::{matched_as_text, misused_part};
use self::returns::has_default_error;
pub(super) use self::returns::names_response;
pub(super) use self::values::{foreign_value, is_plain_value};
pub(crate) use self::words::foreign_word;
use self::words::object_argument;
use super::variable;
use super::warnings::Warnings;
use crate::errors::Errors;
use crate::json;
use crate::messages;
use crate::server::foreign::Foreign;
use crate::server::model::{Arguments, Server, Visitor, Walk};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ExprField, ExprMethodCall, Macro, Member, Token};

/// Returns the start positions of the reported values, which rustc must not report again.
pub(super) fn check_habits(
    server: &Server,
    foreign: &Foreign,
    errors: &mut Errors,
    warnings: &mut Warnings,
) -> Vec<Span> {
    let Some(arguments) = arguments_of(server) else {
        return Vec::new();
    };
    let code = code::all(server);
    let mut habits = Habits {
        request: (!rebinds(&code, &arguments.request)).then_some(&arguments.request),
        response: (!rebinds(&code, &arguments.response)).then_some(&arguments.response),
        arguments,
        in_handler: true,
        has_default_error: has_default_error(&server.function.sig.output),
        names_response: names_response(&server.function.sig),
        function: &server.function.sig.ident,
        found: Vec::new(),
        reported: Vec::new(),
    };
    for code in &code {
        code.visit(Walk::Rule(&mut habits));
    }
    let (request, has_default_error) = (habits.request, habits.has_default_error);
    run_time::check_run_time(server, &code, request, has_default_error, warnings);
    let mut found = habits.found;
    let mut reported = habits.reported;
    if let Some(request) = habits.request {
        found.extend(body::unchecked_chunks(&code, request));
        let twice = body::read_twice(&code, request);
        reported.extend(twice.iter().map(|(span, _)| *span));
        found.extend(twice);
    }
    found.extend(in_unfinished(server, &arguments.response));
    unreturned::unreturned(server, &code, &mut found, &mut reported);
    shared::changed(server, &code, &mut found, &mut reported);
    for object in foreign.objects().iter() {
        reported.push(object.name.span());
        found.push((object.name.span(), object.message.clone()));
    }
    if let Some((span, message, first)) = ends::wrong_end(server, arguments) {
        found.push((span, message));
        reported.push(first);
    }
    for (span, message) in found {
        errors.push(span, message);
    }
    reported
}

/// Returns the arguments, unless both have the same name, which is an error.
fn arguments_of(server: &Server) -> Option<&Arguments> {
    let arguments = server.arguments.as_ref();
    arguments.filter(|it| it.request != it.response)
}

/// Returns the errors in statements that are not valid Rust because of syntax from other languages. Errors in a route
/// are reported together with the route.
fn in_unfinished(server: &Server, response: &Ident) -> Vec<(Span, String)> {
    let unfinished = server.statements().filter(|code| parse(code).is_none());
    unfinished
        .filter_map(|code| {
            foreign_word(code, Some(response)).or_else(|| object_argument(code, response))
        })
        .collect()
}

struct Habits<'a> {
    /// The variables, unless they are rebound.
    request: Option<&'a Ident>,
    response: Option<&'a Ident>,
    arguments: &'a Arguments,
    /// Whether `return` here ends the handler, rather than a closure or an async block.
    in_handler: bool,
    /// Whether the function returns an `onward::Error`.
    has_default_error: bool,
    /// Whether the type of the response is written as `Response` in the signature.
    names_response: bool,
    /// The name of the function.
    function: &'a Ident,
    found: Vec<(Span, String)>,
    reported: Vec<Span>,
}

impl Habits<'_> {
    fn inner_function(&mut self, visit: impl FnOnce(&mut Self)) {
        let in_handler = std::mem::replace(&mut self.in_handler, false);
        visit(self);
        self.in_handler = in_handler;
    }

    /// Returns whether a value is the `Sent` of `res.send(…)` or `res.end()`.
    fn sends(&self, value: &Expr) -> bool {
        let Expr::MethodCall(call) = value else {
            return false;
        };
        is_sending(&call.method)
            && self.response.is_some()
            && is_variable(&call.receiver, self.response)
    }

    /// Returns the message for calling a setter where a getter is meant, or `query` with a wrong number of arguments.
    ///
    /// ```text
    /// req.header("host")
    /// req.body()
    /// ```
    fn setter_as_getter(&self, call: &ExprMethodCall) -> Option<String> {
        let request = self.request?;
        if let Expr::Field(url) = &*call.receiver
            && is_variable(&url.base, Some(request))
            && matches!(&url.member, Member::Named(name) if name == "url")
            && call.method == "query"
            && call.args.len() != 1
        {
            let name = call.args.first().map(ToTokens::to_token_stream);
            let name = name.map(|name| messages::source_text(&name));
            let request = request.to_string();
            return Some(messages::query_arguments(&request, name.as_deref()));
        }
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

    fn visit_field(&mut self, field: &ExprField) -> bool {
        if let Member::Named(name) = &field.member
            && let Some(message) = foreign_member(field, name, self.request, self.response)
        {
            self.found.push((name.span(), message));
            return false;
        }
        true
    }

    fn visit_method_call(&mut self, call: &ExprMethodCall) -> bool {
        if let Some(message) = self.setter_as_getter(call) {
            self.found.push((call.method.span(), message));
        } else if let Some(found) = wrong_arguments(call, self.request, self.response)
            .or_else(|| header_as_text(call, self.request))
            .or_else(|| calls::header_in_option(call, self.request))
            .or_else(|| calls::inserted_header(call, self.request, self.response))
            .or_else(|| closures::awaited_in_method(call))
            .or_else(|| calls::event_as_text(call, self.request, self.response))
        {
            self.found.push(found);
            self.reported.extend(first_token(&call.receiver));
        } else {
            return true;
        }
        false
    }

    fn visit_binary(&mut self, binary: &syn::ExprBinary) -> bool {
        // A method may be compared with text, but a constant in the wrong case, `Method::Post`, is reported.
        let is_path = matches!(&*binary.right, Expr::Path(_));
        let found = calls::misnamed_method(&binary.left, &binary.right, self.request);
        if let Some(found) = found.filter(|_| is_path) {
            self.found.push(found);
            self.reported.extend(first_token(&binary.right));
            return false;
        }
        if let Some(found) = calls::default_by_operator(binary) {
            self.found.push(found);
            self.reported.extend(first_token(&binary.left));
            self.reported.extend(first_token(&binary.right));
            return false;
        }
        match compared_header(binary, self.request) {
            Some(found) => {
                self.found.push(found);
                false
            }
            None => true,
        }
    }

    /// Reports `?` on a header, and on a value whose error does not convert to the default error type.
    ///
    /// ```text
    /// find(id).ok_or((404, "none"))?
    /// save().map_err(|error| (409, error))?
    /// ```
    fn visit_try(&mut self, expr: &syn::ExprTry) -> bool {
        if self.in_handler
            && let Some(header) = calls::header(&expr.expr, self.request)
        {
            let span = expr.question_token.span;
            self.found.push((span, messages::header_tried(&header)));
            self.reported.extend(first_token(&expr.expr));
            return false;
        }
        if self.in_handler
            && self.has_default_error
            && let Some(found) = values::number_in_error(&expr.expr)
        {
            self.found.push(found);
            self.reported.extend(first_token(&expr.expr));
            return false;
        }
        true
    }

    fn visit_match(&mut self, choice: &syn::ExprMatch) -> bool {
        let Some((span, message)) = matched_as_text(choice, self.request) else {
            return true;
        };
        self.found.push((span, message));
        self.reported.extend(first_token(&choice.expr));
        // The code of the arms is checked as well.
        for arm in &choice.arms {
            Walk::Rule(self).visit_expr(&arm.body);
        }
        false
    }

    /// Reports functions of the type `Response`, if the signature uses this name, and other calls with wrong arguments.
    ///
    /// ```text
    /// Response::new("text")
    /// ```
    fn visit_call(&mut self, call: &syn::ExprCall) -> bool {
        let of_response = || {
            let found = values::response_of(call);
            let found = found.or_else(|| values::constructed(call, self.response));
            found.filter(|_| self.names_response)
        };
        let found = of_response()
            .or_else(|| closures::awaited_in_call(call))
            .or_else(|| values::redirect_with_status(call));
        let Some(found) = found else {
            return true;
        };
        self.found.push(found);
        self.reported.extend(first_token(&call.func));
        false
    }

    fn visit_misused_part(&mut self, expr: &Expr) -> bool {
        let Some(found) = misused_part(expr, self.request, self.response) else {
            return true;
        };
        self.found.push(found);
        let value = match expr {
            Expr::ForLoop(each) => &each.expr,
            expr => expr,
        };
        self.reported.extend(first_token(value));
        false
    }
}

impl Visitor for Habits<'_> {
    fn local(&mut self, local: &syn::Local) -> bool {
        let found = calls::header_of_type(local, self.request)
            .or_else(|| calls::body_of_type(local, self.request));
        let Some((span, message)) = found else {
            return true;
        };
        self.found.push((span, message));
        let value = local.init.as_ref();
        self.reported
            .extend(value.and_then(|it| first_token(&it.expr)));
        false
    }

    fn expr(&mut self, expr: &Expr) -> bool {
        if !self.visit_misused_part(expr) {
            return false;
        }
        match expr {
            Expr::Field(field) => self.visit_field(field),
            Expr::MethodCall(call) => self.visit_method_call(call),
            Expr::Return(expr) => self.visit_return(expr),
            Expr::Assign(assignment) => self.visit_assignment(assignment),
            Expr::Try(expr) => self.visit_try(expr),
            Expr::Binary(binary) => self.visit_binary(binary),
            Expr::Match(choice) => self.visit_match(choice),
            Expr::Call(call) => self.visit_call(call),
            Expr::Closure(closure) => {
                self.inner_function(|habits| Walk::Rule(habits).visit_expr_closure(closure));
                false
            }
            Expr::Async(block) => {
                self.inner_function(|habits| Walk::Rule(habits).visit_block(&block.block));
                false
            }
            _ => true,
        }
    }

    fn macro_call(&mut self, call: &Macro) {
        if call.path.is_ident("uri") && syn::parse2::<syn::ExprCall>(call.tokens.clone()).is_ok() {
            let text = messages::source_text(&call.tokens);
            let message = messages::uri_macro(&self.function.to_string(), &text);
            self.found.push((call.path.span(), message));
            return;
        }
        self.found.extend(calls::written(call, self.response));
        for argument in &arguments(call) {
            Walk::Rule(self).visit_expr(argument);
        }
    }
}

fn first_token(expr: &Expr) -> Option<Span> {
    let first = expr.to_token_stream().into_iter().next();
    first.map(|token| token.span())
}

fn is_variable(expr: &Expr, name: Option<&Ident>) -> bool {
    match expr {
        Expr::Paren(paren) => is_variable(&paren.expr, name),
        expr => name.is_some_and(|name| variable::is_variable(expr, name)),
    }
}

/// Returns the expressions in the arguments of common macros.
pub(super) fn arguments(call: &Macro) -> Vec<Expr> {
    if call.path.is_ident("json") {
        let values = json::expressions(&call.tokens).into_iter();
        return values.filter_map(|value| syn::parse2(value).ok()).collect();
    }
    let usual = ["format", "println", "eprintln", "vec"];
    if !usual.iter().any(|name| call.path.is_ident(name)) {
        return Vec::new();
    }
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    let arguments = parser.parse2(call.tokens.clone());
    arguments
        .map(|it| it.into_iter().collect())
        .unwrap_or_default()
}

/// Returns whether a method of the response returns a `Sent`.
pub(crate) fn is_sending(method: &Ident) -> bool {
    ["send", "end", "end_with"].contains(&method.to_string().as_str())
}
