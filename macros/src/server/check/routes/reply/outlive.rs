//! Rules about text parameters in code that outlives the request.

use super::borrow::borrowed_param;
use crate::errors::Errors;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Param, Walk, binds, names};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use std::collections::HashMap;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, ExprCall, ExprMethodCall, Stmt};

/// Checks that text which a task or the response keeps is owned.
///
/// ```text
/// route!("/log/{text}" => { tokio::spawn(async move { println!("{text}") }); "logged" });
/// route!("/echo/{text}" => { res.write(text).await?; res.end() });
/// ```
pub(super) fn check_outlives(
    expr: &Expr,
    params: &[Param],
    response: Option<&Ident>,
    errors: &mut Errors,
) -> bool {
    let texts = params.iter().filter(|param| param.ty.is_none());
    let texts = texts.filter(|param| !rebinds(expr, &param.ident));
    let mut kept = Kept {
        params: texts.collect(),
        response,
        tasks: HashMap::new(),
        found: None,
    };
    if !kept.params.is_empty() {
        Walk::Exprs(&mut |expr| {
            kept.check(expr);
            true
        })
        .visit_expr(expr);
    }
    let holds = kept.found.is_none();
    if let Some((span, message)) = kept.found {
        errors.push(span, message);
    }
    holds
}

/// Returns whether the name refers to a different variable in a part of the expression. Such expressions are left to
/// rustc.
pub(in super::super) fn rebinds(expr: &Expr, name: &Ident) -> bool {
    let mut is_rebound = false;
    Walk::Pats(&mut |pat| is_rebound |= binds(pat, name).is_some()).visit_expr(expr);
    is_rebound
}

/// Returns the code of the task in `tokio::spawn(async move { … })`, and the place of `spawn`.
pub(super) fn task(call: &ExprCall) -> Option<(Span, Vec<TokenStream>)> {
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    let spawns = ["spawn", "spawn_blocking", "spawn_local"];
    let last = function.path.segments.last()?;
    let tasks = call
        .args
        .iter()
        .filter(|it| matches!(it, Expr::Async(_) | Expr::Closure(_)));
    let code = tasks.map(ToTokens::to_token_stream).collect();
    let is_spawn = spawns.iter().any(|it| last.ident == it);
    is_spawn.then(|| (last.ident.span(), code))
}

/// Returns the variables of a block that are closures or async blocks: `let job = move || println!("{name}");`.
fn tasks(block: &Block) -> impl Iterator<Item = (String, TokenStream)> {
    block.stmts.iter().filter_map(|statement| {
        let Stmt::Local(local) = statement else {
            return None;
        };
        let value = &local.init.as_ref()?.expr;
        let is_task = matches!(&**value, Expr::Closure(_) | Expr::Async(_));
        is_task.then(|| (text(&local.pat), value.to_token_stream()))
    })
}

fn text(tokens: &impl ToTokens) -> String {
    messages::source_text(&tokens.to_token_stream())
}

struct Kept<'a> {
    params: Vec<&'a Param>,
    response: Option<&'a Ident>,
    /// The closures and async blocks in variables.
    tasks: HashMap<String, TokenStream>,
    found: Option<(Span, String)>,
}

impl Kept<'_> {
    fn check(&mut self, expr: &Expr) {
        match expr {
            Expr::Block(block) => self.tasks.extend(tasks(&block.block)),
            Expr::Call(call) => self.check_task(call),
            Expr::MethodCall(call) => self.check_write(call),
            _ => {}
        }
    }

    /// Reports a parameter in `tokio::spawn(async move { … })`, which may use it after the request has ended.
    fn check_task(&mut self, call: &ExprCall) {
        let Some((span, mut code)) = task(call) else {
            return;
        };
        code.extend(
            call.args
                .iter()
                .filter_map(|it| self.tasks.get(&text(it)).cloned()),
        );
        let used = self.params.iter().find(|param| {
            let name = param.ident.to_string();
            code.iter().any(|code| names(code, &name))
        });
        if let Some(param) = used {
            let name = param.ident.to_string();
            let message =
                messages::borrowed_by_task(&name, "request path", &param.extent.owned(&name));
            self.found.get_or_insert((span, message));
        }
    }

    /// Reports a parameter in `res.write(text)`: the response keeps the text until it is sent.
    fn check_write(&mut self, call: &ExprMethodCall) {
        let keeps = ["write", "send", "end_with"];
        let is_response = self
            .response
            .is_some_and(|response| is_variable(&call.receiver, response));
        if !is_response || !keeps.contains(&call.method.to_string().as_str()) {
            return;
        }
        let borrowed = call.args.first();
        if let Some(borrowed) = borrowed.and_then(|it| borrowed_param(it, &self.params)) {
            let text = messages::source_text(&borrowed.value.to_token_stream());
            let message = messages::borrowed_reply(&text, &borrowed.owned(&text));
            self.found.get_or_insert((borrowed.value.span(), message));
        }
    }
}
