//! State that all requests share, and that code changes without a lock.

use super::Code;
use super::code::rebinds;
use super::run_time::is_collection;
use crate::messages::{self, Counter};
use crate::server::model::{Server, Visitor, Walk, argument};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use std::collections::HashMap;
use syn::{BinOp, Expr, ExprMethodCall, FnArg, Pat, Type};

/// Reports changes to shared state without a lock:
///
/// ```text
/// async fn app(req: Request, res: Response, visits: Arc<u32>) -> Result {
///     route!("/" => { *visits += 1; format!("visit {visits}") });
/// ```
pub(super) fn changed(
    server: &Server,
    code: &[Code<'_>],
    found: &mut Vec<(Span, String)>,
    reported: &mut Vec<Span>,
) {
    let mut changes = Changes {
        arguments: arguments(server),
        found: Vec::new(),
    };
    for code in code {
        code.visit(Walk::Rule(&mut changes));
    }
    for (variable, message) in changes.found {
        if !rebinds(code, &variable) {
            found.push((variable.span(), message));
            reported.push(variable.span());
        }
    }
}

/// An argument of the function after the request and the response.
enum Argument {
    /// A shared value, of the type `Arc<T>`.
    Arc(Type),
    /// A number that belongs to one request, and is not `mut`.
    Number(Type),
}

fn arguments(server: &Server) -> HashMap<String, Argument> {
    let inputs = server.function.sig.inputs.iter().skip(2);
    inputs
        .filter_map(|input| {
            let FnArg::Typed(input) = input else {
                return None;
            };
            let Pat::Ident(name) = &*input.pat else {
                return None;
            };
            let kind = match argument(&input.ty, "Arc") {
                Some(inner) => Argument::Arc(inner.clone()),
                None if name.mutability.is_none() && Counter::of(&text(&input.ty)).is_some() => {
                    Argument::Number((*input.ty).clone())
                }
                None => return None,
            };
            Some((name.ident.to_string(), kind))
        })
        .collect()
}

fn text(tokens: &impl ToTokens) -> String {
    messages::source_text(&tokens.to_token_stream())
}

struct Changes {
    arguments: HashMap<String, Argument>,
    found: Vec<(Ident, String)>,
}

impl Visitor for Changes {
    fn expr(&mut self, expr: &Expr) -> bool {
        let found = match expr {
            // A `static mut` may change in an unsafe block.
            Expr::Unsafe(_) => return false,
            Expr::Assign(assignment) => self.assigned(&assignment.left, "=", &assignment.right),
            Expr::Binary(binary) => operator(&binary.op)
                .and_then(|sign| self.assigned(&binary.left, sign, &binary.right)),
            Expr::MethodCall(call) => self.called(call),
            _ => None,
        };
        self.found.extend(found);
        true
    }
}

impl Changes {
    /// Reports an assignment to shared state: `*visits += 1`, `state.visits += 1`, `visits += 1`, `VISITS += 1`.
    fn assigned(&self, place: &Expr, sign: &str, value: &Expr) -> Option<(Ident, String)> {
        let (variable, is_itself) = variable(place)?;
        let name = variable.to_string();
        let assigned = format!(" {sign} {}", text(value));
        let place = text(place);
        let message = match self.arguments.get(&name) {
            Some(Argument::Arc(_)) if is_itself => return None,
            Some(Argument::Arc(inner)) => {
                messages::changed_in_arc(&name, &text(inner), &place, &assigned)
            }
            Some(Argument::Number(ty)) if is_itself && sign != "=" => {
                messages::changed_argument(&name, &text(ty), &assigned)
            }
            None if is_itself && is_constant(&name) => messages::changed_static(&name, &assigned),
            _ => return None,
        };
        Some((variable.clone(), message))
    }

    /// Reports a call that changes a shared collection: `names.push(name)`, where `names` is an `Arc<Vec<String>>`.
    fn called(&self, call: &ExprMethodCall) -> Option<(Ident, String)> {
        const CHANGES: &str = "push push_str push_back push_front insert remove extend clear retain append truncate pop \
            pop_front pop_back entry get_mut iter_mut sort drain";
        let Expr::Path(path) = &*call.receiver else {
            return None;
        };
        let variable = path.path.get_ident()?;
        let name = variable.to_string();
        let Argument::Arc(Type::Path(inner)) = self.arguments.get(&name)? else {
            return None;
        };
        let is_collection = is_collection(inner.path.segments.last()?);
        let changes = CHANGES.split_whitespace().any(|it| call.method == it);
        let rest = text(call).strip_prefix(name.as_str())?.to_owned();
        (is_collection && changes).then(|| {
            let message = messages::changed_in_arc(&name, &text(inner), &name, &rest);
            (variable.clone(), message)
        })
    }
}

fn operator(op: &BinOp) -> Option<&'static str> {
    match op {
        BinOp::AddAssign(_) => Some("+="),
        BinOp::SubAssign(_) => Some("-="),
        BinOp::MulAssign(_) => Some("*="),
        BinOp::DivAssign(_) => Some("/="),
        _ => None,
    }
}

/// Returns the variable of a place such as `*visits`, `state.visits` and `state.names[0]`, and whether the place is the
/// variable itself.
fn variable(place: &Expr) -> Option<(&Ident, bool)> {
    let part = |place| variable(place).map(|(name, _)| (name, false));
    match place {
        Expr::Path(path) => path.path.get_ident().map(|name| (name, true)),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => part(&unary.expr),
        Expr::Field(field) => part(&field.base),
        Expr::Index(index) => part(&index.expr),
        Expr::Paren(paren) => variable(&paren.expr),
        _ => None,
    }
}

/// Returns whether the name is written like that of a static.
fn is_constant(name: &str) -> bool {
    let mut letters = name.chars().filter(|it| it.is_alphabetic());
    name.len() > 1 && letters.next().is_some() && !name.contains(char::is_lowercase)
}
