//! Another server that is called as a statement above routes.

use super::without_attributes;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::Arguments;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprCall, Stmt};

/// Reports a call that takes the request and the response, which the routes below need.
///
/// ```text
/// api(req, res).await?;
/// ```
pub(super) fn called_server(code: &TokenStream, arguments: &Arguments) -> Option<(Span, String)> {
    let statements = Block::parse_within.parse2(code.clone()).ok()?;
    let mut statements = statements.iter().filter_map(without_attributes);
    let call = statements.find_map(|statement| match statement {
        Stmt::Expr(expr, Some(_)) => call_in(expr).filter(|call| takes_both(call, arguments)),
        _ => None,
    })?;
    let function = messages::source_text(&call.func.to_token_stream());
    let (request, response) = (
        arguments.request.to_string(),
        arguments.response.to_string(),
    );
    let message = if function.starts_with("onward::") {
        let others = call.args.iter().skip(2);
        let others: String = others
            .map(|it| format!(", {}", messages::source_text(&it.to_token_stream())))
            .collect();
        let call = format!("{function}(&{request}, &mut {response}{others})");
        messages::called_by_value(&call, &request, &response)
    } else {
        messages::called_server(&function, &request, &response)
    };
    Some((call.func.span(), message))
}

/// Returns the call in `api(req, res).await?`.
fn call_in(expr: &Expr) -> Option<&ExprCall> {
    match expr {
        Expr::Try(tried) => call_in(&tried.expr),
        Expr::Await(wait) => call_in(&wait.base),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(_)) => Some(call),
        _ => None,
    }
}

fn takes_both(call: &ExprCall, arguments: &Arguments) -> bool {
    let mut values = call.args.iter();
    values
        .next()
        .is_some_and(|it| is_variable(it, &arguments.request))
        && values
            .next()
            .is_some_and(|it| is_variable(it, &arguments.response))
}
