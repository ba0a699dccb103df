//! Rules about features of other frameworks that Onward lacks, if using them can only be an error. Methods are left to
//! rustc, since an extension trait may add them: see `habits.rs` of the runtime.

mod body;
mod calls;
mod members;
mod values;
mod words;

pub(crate) use self::calls::has_wrong_arguments;
use self::calls::{compared_header, wrong_arguments};
use self::members::foreign_member;
pub(super) use self::values::foreign_value;
pub(crate) use self::words::foreign_word;
use crate::errors::Errors;
use crate::json;
use crate::messages;
use crate::model::{Arguments, Reply, Server, Statement, Visitor, Walk, binds};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, ExprField, ExprMethodCall, Macro, Member, Token};

pub(super) fn check_habits(server: &Server, errors: &mut Errors) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let statements = server.statements().filter_map(parse).map(Code::Statements);
    let code: Vec<Code<'_>> = statements
        .chain(server.replies().filter_map(code))
        .collect();
    let mut habits = Habits {
        request: (!rebinds(&code, &arguments.request)).then_some(&arguments.request),
        response: (!rebinds(&code, &arguments.response)).then_some(&arguments.response),
        arguments,
        in_handler: true,
        found: Vec::new(),
    };
    for code in &code {
        code.visit(Walk::Rule(&mut habits));
    }
    let mut found = habits.found;
    if let Some(request) = habits.request {
        found.extend(body::unchecked_chunks(&code, request));
    }
    // Errors in a route are reported together with the route.
    let statements = server.body.iter().filter_map(|statement| match statement {
        Statement::Code(code) => Some(code),
        _ => None,
    });
    let unfinished = statements.filter(|code| parse(code).is_none());
    found.extend(unfinished.filter_map(|code| foreign_word(code, Some(&arguments.response))));
    for (span, message) in found {
        errors.push(span, message);
    }
}

/// The user's code.
enum Code<'a> {
    Statements(Block),
    Reply(&'a Expr),
}

impl Code<'_> {
    fn visit(&self, mut walk: Walk<'_>) {
        match self {
            Self::Statements(block) => walk.visit_block(block),
            Self::Reply(expr) => walk.visit_expr(expr),
        }
    }
}

/// `None` if it is not finished.
fn code(reply: &Reply) -> Option<Code<'_>> {
    match reply.expr.as_deref() {
        Some(expr) => Some(Code::Reply(expr)),
        None => parse(&reply.tokens).map(Code::Statements),
    }
}

/// Statements, or an expression; `None` if it is not finished.
fn parse(tokens: &TokenStream) -> Option<Block> {
    let stmts = Block::parse_within.parse2(tokens.clone()).ok()?;
    let brace_token = syn::token::Brace::default();
    Some(Block { brace_token, stmts })
}

/// Whether the name refers to a different variable anywhere. Such functions are left to rustc.
fn rebinds(code: &[Code<'_>], name: &Ident) -> bool {
    let mut is_rebound = false;
    for code in code {
        code.visit(Walk::Pats(&mut |pat| {
            is_rebound |= binds(pat, name).is_some()
        }));
    }
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

    /// Whether a value is the `Sent` of `res.send(…)` or `res.end()`.
    fn sends(&self, value: &Expr) -> bool {
        let Expr::MethodCall(call) = value else {
            return false;
        };
        is_sending(&call.method)
            && self.response.is_some()
            && is_variable(&call.receiver, self.response)
    }

    /// The message for calling a setter where a getter is meant.
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
        } else if let Some(found) = wrong_arguments(call, self.request, self.response) {
            self.found.push(found);
        } else {
            return true;
        }
        false
    }

    /// The function returns a `Result`, and none of these values is one.
    ///
    /// ```text
    /// return "a"
    /// return (StatusCode::NOT_FOUND, "none")
    /// return res.send("a")
    /// ```
    fn visit_return(&mut self, expr: &syn::ExprReturn) -> bool {
        if self.in_handler
            && let Some(value) = &expr.expr
            && (is_plain_value(value) || self.sends(value))
        {
            let text = messages::source_text(&value.to_token_stream());
            let response = self.arguments.response.to_string();
            let message = match self.sends(value) {
                true => messages::returned_sent(&text),
                false => messages::returned_reply(&text, &response),
            };
            self.found.push((value.span(), message));
            return false;
        }
        true
    }

    fn visit_binary(&mut self, binary: &syn::ExprBinary) -> bool {
        match compared_header(binary, self.request) {
            Some(found) => {
                self.found.push(found);
                false
            }
            None => true,
        }
    }
}

impl Visitor for Habits<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Field(field) => self.visit_field(field),
            Expr::MethodCall(call) => self.visit_method_call(call),
            Expr::Return(expr) => self.visit_return(expr),
            Expr::Binary(binary) => self.visit_binary(binary),
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
        for argument in &arguments(call) {
            Walk::Rule(self).visit_expr(argument);
        }
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

/// The expressions in the usual macros.
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

/// Whether a method of the response returns a `Sent`.
pub(crate) fn is_sending(method: &Ident) -> bool {
    ["send", "end", "end_with"].contains(&method.to_string().as_str())
}
