//! Statements above the routes that move the method or the URL out of the request.

use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Visitor, Walk, binds, block_never_ends};
use crate::tokens::is_punct;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, Local, Member, Pat, Stmt};

/// The fields that decide which route matches.
const DECIDING: [&str; 2] = ["method", "url"];

/// Returns where a statement moves such a field, and the message for it. rustc would mark the attribute, where the
/// generated code reads the field.
///
/// ```text
/// let url = req.url;
/// log(req.method);
/// tokio::spawn(async move { println!("{}", req.url) });
/// ```
pub(super) fn moved_part(statement: &Stmt, request: &Ident) -> Option<(Span, String)> {
    let mut declares = false;
    Walk::Pats(&mut |pat| declares |= binds(pat, request).is_some()).visit_stmt(statement);
    if declares {
        return None;
    }
    let mut moves = Moves {
        request,
        found: None,
    };
    Walk::Rule(&mut moves).visit_stmt(statement);
    moves.found
}

struct Moves<'a> {
    request: &'a Ident,
    found: Option<(Span, String)>,
}

impl Moves<'_> {
    /// Reports a value that moves, if it is a field of the request.
    fn visit_value(&mut self, value: &Expr) {
        if let Expr::Field(field) = value
            && is_variable(&field.base, self.request)
            && let Member::Named(name) = &field.member
            && DECIDING.iter().any(|it| name == it)
        {
            let place = messages::source_text(&value.to_token_stream());
            self.find(value.span(), messages::moved_part(&place));
        }
    }

    /// Reports an async block or a closure with `move`, which takes what it uses of the request.
    fn visit_captures(&mut self, word: Span, body: &TokenStream) {
        if let Some(part) = captured(body, self.request) {
            let request = self.request.to_string();
            self.find(word, messages::captured_part(&request, part));
        }
    }

    fn find(&mut self, span: Span, message: String) {
        self.found.get_or_insert((span, message));
    }
}

impl Visitor for Moves<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Call(call) => call.args.iter().for_each(|it| self.visit_value(it)),
            Expr::MethodCall(call) => call.args.iter().for_each(|it| self.visit_value(it)),
            Expr::Struct(value) => value
                .fields
                .iter()
                .for_each(|it| self.visit_value(&it.expr)),
            Expr::Assign(assign) => self.visit_value(&assign.right),
            Expr::Async(task) => {
                if let Some(word) = task.capture {
                    self.visit_captures(word.span, &task.block.to_token_stream());
                }
                // A `return` in a closure or an async block does not end the handler.
                return false;
            }
            Expr::Closure(closure) => {
                if let Some(word) = closure.capture {
                    self.visit_captures(word.span, &closure.body.to_token_stream());
                }
                return false;
            }
            _ => {}
        }
        true
    }

    fn local(&mut self, local: &Local) -> bool {
        let pat = match &local.pat {
            Pat::Type(typed) => &typed.pat,
            pat => pat,
        };
        if let Some(init) = &local.init
            && matches!(pat, Pat::Ident(name) if name.by_ref.is_none())
        {
            self.visit_value(&init.expr);
        }
        true
    }

    /// Skips a block that leaves the handler: such a block may move the fields, because no code after it needs them.
    fn block(&mut self, block: &Block) -> bool {
        !block_never_ends(block)
    }
}

/// Returns what the code captures of the request: a field, or an empty text for the whole request.
fn captured(code: &TokenStream, request: &Ident) -> Option<&'static str> {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    tokens.iter().enumerate().find_map(|(at, token)| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match token {
            TokenTree::Group(group) => captured(&group.stream(), request),
            TokenTree::Ident(name)
                if name == request && !is_punct(before, '.') && !is_punct(before, ':') =>
            {
                captured_by_use(&tokens[at + 1..])
            }
            _ => None,
        }
    })
}

/// Returns what is captured if these tokens follow the name of the request.
fn captured_by_use(after: &[TokenTree]) -> Option<&'static str> {
    match after {
        [dot, TokenTree::Ident(member), rest @ ..] if is_punct(Some(dot), '.') => {
            match rest.first() {
                Some(TokenTree::Group(_)) => Some(""),
                _ => DECIDING.iter().copied().find(|it| member == it),
            }
        }
        // Here, the name is that of a field or of a module.
        [colon, ..] if is_punct(Some(colon), ':') => None,
        _ => Some(""),
    }
}
