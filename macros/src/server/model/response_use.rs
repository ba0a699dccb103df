//! Finds out whether an expression consumes the response, by resolving its name in the parsed expression with all
//! scopes.
//!
//! ```text
//! res.end()                                  consumes
//! admin(req.at(rest), res).await             consumes
//! { let res = wrap(res); res.send("x") }     consumes: the initializer does
//! { res.set_header(…); "text" }              does not
//! match f() { Ok(res) => res.text(), … }     does not: it is another `res`
//! { if x { return Ok(res.end()) } "text" }   does not: that branch has no value
//! ```

use super::diverge::block_never_ends;
use super::response_tokens::{CONSUMING, consumption_in_tokens};
use super::walk::{Visitor, Walk};
use crate::json;
use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, Macro, Pat, Stmt, Token};

/// Returns whether a macro borrows its arguments.
fn is_formatting(name: &str) -> bool {
    let prints = ["print", "println", "eprint", "eprintln"];
    let formats = ["format", "format_args", "write", "writeln"];
    let panics = ["panic", "todo", "unimplemented", "unreachable"];
    let asserts = ["assert", "assert_eq", "assert_ne"];
    let logs = [
        "trace", "debug", "info", "warn", "error", "log", "event", "span",
    ];
    let all = [&prints[..], &formats, &panics, &asserts, &logs].concat();
    all.contains(&name.trim_start_matches("debug_"))
}

/// Returns the occurrence of the variable `response` that `expr` consumes, if there is one.
pub(crate) fn consumption(expr: &Expr, response: &Ident) -> Option<Ident> {
    let mut uses = ResponseUse::new(response);
    uses.visit_expr(expr);
    uses.found
}

/// Returns the occurrence of the variable `name` that `statement` certainly consumes, if there is one. Unknown macros
/// may only borrow it.
pub(crate) fn consumption_in_statement(statement: &Stmt, name: &Ident) -> Option<Ident> {
    let mut uses = ResponseUse::new(name);
    uses.is_certain = true;
    Walk::Rule(&mut uses).visit_stmt(statement);
    uses.found
}

/// Returns the place where a pattern binds the variable `name`, if it does.
pub(crate) fn binds(pat: &Pat, name: &Ident) -> Option<Ident> {
    let one = |pat: &Pat| binds(pat, name);
    match pat {
        Pat::Ident(pat) if pat.ident == *name => Some(pat.ident.clone()),
        Pat::Ident(pat) => pat.subpat.as_ref().and_then(|(_, pat)| one(pat)),
        Pat::Guard(guarded) => one(&guarded.pat),
        Pat::Or(or) => or.cases.iter().find_map(one),
        Pat::Paren(paren) => one(&paren.pat),
        Pat::Reference(reference) => one(&reference.pat),
        Pat::Slice(slice) => slice.elems.iter().find_map(one),
        Pat::Struct(fields) => fields.fields.iter().find_map(|field| one(&field.pat)),
        Pat::Tuple(tuple) => tuple.elems.iter().find_map(one),
        Pat::TupleStruct(tuple) => tuple.elems.iter().find_map(one),
        Pat::Type(typed) => one(&typed.pat),
        _ => None,
    }
}

struct ResponseUse<'a> {
    response: &'a Ident,
    /// Whether the name refers to a different variable here.
    shadowed: bool,
    /// Whether `return` here ends the handler, rather than a closure or an async block.
    in_handler: bool,
    /// Whether a use must be certain, rather than merely likely.
    is_certain: bool,
    found: Option<Ident>,
}

impl<'a> ResponseUse<'a> {
    fn new(response: &'a Ident) -> Self {
        Self {
            response,
            shadowed: false,
            in_handler: true,
            is_certain: false,
            found: None,
        }
    }

    fn is_response(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => !self.shadowed && path.path.is_ident(self.response),
            Expr::Paren(paren) => self.is_response(&paren.expr),
            Expr::Group(group) => self.is_response(&group.expr),
            _ => false,
        }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        Walk::Rule(self).visit_expr(expr);
    }

    fn visit_block(&mut self, block: &syn::Block) {
        Walk::Rule(self).visit_block(block);
    }

    /// Visits an expression that is borrowed or accessed, rather than moved.
    fn visit_place(&mut self, expr: &Expr) {
        if !self.is_response(expr) {
            self.visit_expr(expr);
        }
    }

    fn bind(&mut self, pat: &Pat) {
        self.shadowed |= binds(pat, self.response).is_some();
    }

    /// Calls `visit`, whose bindings go out of scope when it returns.
    fn scope(&mut self, visit: impl FnOnce(&mut Self)) {
        let shadowed = self.shadowed;
        visit(self);
        self.shadowed = shadowed;
    }

    /// Visits a closure or an async block, in which `return` does not end the handler.
    fn inner_function(&mut self, visit: impl FnOnce(&mut Self)) {
        let in_handler = std::mem::replace(&mut self.in_handler, false);
        self.scope(visit);
        self.in_handler = in_handler;
    }

    /// Visits the arguments of a macro, if they are expressions separated by commas.
    fn visit_arguments(&mut self, tokens: &TokenStream, are_borrowed: bool) -> syn::Result<()> {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone())?;
        for argument in &arguments {
            if are_borrowed {
                self.visit_place(argument);
            } else {
                self.visit_expr(argument);
            }
        }
        Ok(())
    }

    /// Visits `matches!(value, pattern if guard)`.
    fn visit_matches(&mut self, tokens: &TokenStream) -> syn::Result<()> {
        let parser = |input: ParseStream<'_>| {
            let value: Expr = input.parse()?;
            input.parse::<Token![,]>()?;
            let pat = Pat::parse_multi_with_leading_vert(input)?;
            let guard = match input.parse::<Option<Token![if]>>()? {
                Some(_) => Some(input.parse::<Expr>()?),
                None => None,
            };
            input.parse::<Option<Token![,]>>()?;
            Ok((value, pat, guard))
        };
        let (value, pat, guard) = parser.parse2(tokens.clone())?;
        self.visit_place(&value);
        self.scope(|uses| {
            uses.bind(&pat);
            guard.iter().for_each(|guard| uses.visit_expr(guard));
        });
        Ok(())
    }

    /// Visits the values of a `json!`, which borrows them.
    fn visit_json(&mut self, tokens: &TokenStream) -> syn::Result<()> {
        for value in json::expressions(tokens) {
            self.visit_place(&syn::parse2(value)?);
        }
        Ok(())
    }

    fn visit_tokens(&mut self, tokens: &TokenStream) {
        if !self.shadowed && !self.is_certain && self.found.is_none() {
            self.found = consumption_in_tokens(tokens, self.response);
        }
    }

    fn visit_method_call(&mut self, call: &syn::ExprMethodCall) {
        if CONSUMING.contains(&call.method.to_string().as_str()) {
            self.visit_expr(&call.receiver);
        } else {
            self.visit_place(&call.receiver);
        }
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    fn visit_assign(&mut self, assign: &syn::ExprAssign) {
        // `res = wrap(res)` replaces the response that it consumes.
        if !self.is_response(&assign.left) {
            self.visit_expr(&assign.right);
            self.visit_expr(&assign.left);
        }
    }

    /// Visits a `let` in a condition. Its variables are in scope in the conditions after it and in the body.
    fn visit_let(&mut self, condition: &syn::ExprLet) {
        self.visit_expr(&condition.expr);
        self.bind(&condition.pat);
    }

    fn visit_if(&mut self, choice: &syn::ExprIf) {
        self.scope(|uses| {
            uses.visit_expr(&choice.cond);
            uses.visit_block(&choice.then_branch);
        });
        if let Some((_, other)) = &choice.else_branch {
            self.visit_expr(other);
        }
    }

    fn visit_while(&mut self, repeated: &syn::ExprWhile) {
        self.scope(|uses| {
            uses.visit_expr(&repeated.cond);
            uses.visit_block(&repeated.body);
        });
    }

    fn visit_for_loop(&mut self, repeated: &syn::ExprForLoop) {
        self.visit_expr(&repeated.expr);
        self.scope(|uses| {
            uses.bind(&repeated.pat);
            uses.visit_block(&repeated.body);
        });
    }

    fn visit_closure(&mut self, closure: &syn::ExprClosure) {
        self.inner_function(|uses| {
            for input in &closure.inputs {
                uses.bind(input);
            }
            uses.visit_expr(&closure.body);
        });
    }
}

impl Visitor for ResponseUse<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        if self.found.is_some() {
            return false;
        }
        match expr {
            Expr::Path(path) if self.is_response(expr) => {
                self.found = path.path.get_ident().cloned();
            }
            Expr::Verbatim(tokens) => self.visit_tokens(tokens),
            Expr::MethodCall(call) => self.visit_method_call(call),
            Expr::Field(field) => self.visit_place(&field.base),
            Expr::Reference(reference) => self.visit_place(&reference.expr),
            Expr::Index(index) => {
                self.visit_place(&index.expr);
                self.visit_expr(&index.index);
            }
            Expr::Assign(assign) => self.visit_assign(assign),
            Expr::Return(_) if self.in_handler => {}
            Expr::Let(condition) => self.visit_let(condition),
            Expr::If(choice) => self.visit_if(choice),
            Expr::While(repeated) => self.visit_while(repeated),
            Expr::ForLoop(repeated) => self.visit_for_loop(repeated),
            Expr::Closure(closure) => self.visit_closure(closure),
            Expr::Async(block) => self.inner_function(|uses| uses.visit_block(&block.block)),
            _ => return true,
        }
        false
    }

    fn block(&mut self, block: &syn::Block) -> bool {
        if !(self.in_handler && block_never_ends(block)) {
            self.scope(|uses| {
                for stmt in &block.stmts {
                    Walk::Rule(uses).visit_stmt(stmt);
                }
            });
        }
        false
    }

    fn local(&mut self, local: &syn::Local) -> bool {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, block)) = &init.diverge {
                self.visit_expr(block);
            }
        }
        self.bind(&local.pat);
        false
    }

    fn arm(&mut self, arm: &syn::Arm) -> bool {
        self.scope(|uses| {
            uses.bind(&arm.pat);
            if let Pat::Guard(guarded) = &arm.pat {
                uses.visit_expr(&guarded.guard);
            }
            uses.visit_expr(&arm.body);
        });
        false
    }

    fn macro_call(&mut self, call: &Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string());
        let tokens = &call.tokens;
        let visited = match name.as_deref() {
            Some("matches") => self.visit_matches(tokens),
            Some("json") => self.visit_json(tokens),
            Some(name) if is_formatting(name) => self.visit_arguments(tokens, true),
            _ => self.visit_arguments(tokens, self.is_certain),
        };
        if visited.is_err() {
            self.visit_tokens(tokens);
        }
    }
}

#[cfg(test)]
mod tests;
