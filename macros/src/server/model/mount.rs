//! `SERVER(req, res, …).await`: the expression after `=>` of a mount.

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ExprCall, ExprPath};

/// The server that a mount calls.
pub(crate) struct Mount {
    /// `None` if the expression is incomplete or not such a call.
    pub(crate) server: Option<syn::Path>,
}

impl Mount {
    pub(super) fn of(reply: &TokenStream) -> Self {
        let expr = syn::parse2::<Expr>(reply.clone());
        let server = expr.ok().and_then(|expr| match MountExpr::of(&expr) {
            MountExpr::Call(call) => server(call).map(|it| it.path.clone()),
            MountExpr::NotAwaited(_) | MountExpr::Other(_) => None,
        });
        Self { server }
    }
}

/// The form of the expression of a mount.
pub(crate) enum MountExpr<'a> {
    /// An awaited call: `server(…).await`, with or without `?` or `.map_err(…)` after it.
    Call(&'a ExprCall),
    /// A call without `.await`: `server(…)`.
    NotAwaited(&'a ExprCall),
    Other(&'a Expr),
}

impl<'a> MountExpr<'a> {
    pub(crate) fn of(expr: &'a Expr) -> Self {
        match ungrouped(expr) {
            Expr::Try(tried) => Self::of(&tried.expr),
            Expr::MethodCall(call) if call.method == "map_err" => Self::of(&call.receiver),
            Expr::Await(awaited) => match ungrouped(&awaited.base) {
                Expr::Call(call) if server(call).is_some() => Self::Call(call),
                _ => Self::Other(expr),
            },
            Expr::Call(call) if server(call).is_some() => Self::NotAwaited(call),
            _ => Self::Other(expr),
        }
    }
}

/// Returns `rest` in `server(req.at(rest), …).await`. A mount has no such parameter.
pub(crate) fn rest_argument(reply: &TokenStream) -> Option<Ident> {
    let expr = syn::parse2::<Expr>(reply.clone()).ok()?;
    let MountExpr::Call(call) = MountExpr::of(&expr) else {
        return None;
    };
    match call.args.first()? {
        Expr::MethodCall(at) if at.method == "at" => match at.args.first()? {
            Expr::Path(rest) => rest.path.get_ident().cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the function that is called, if it is a path.
pub(crate) fn server(call: &ExprCall) -> Option<&ExprPath> {
    match ungrouped(&call.func) {
        Expr::Path(path) if path.qself.is_none() => Some(path),
        _ => None,
    }
}

/// Returns the expression without the invisible groups that `macro_rules!` puts around fragments.
pub(crate) fn ungrouped(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => ungrouped(&group.expr),
        _ => expr,
    }
}
