//! Rules about the order of statements that change the response and that certainly run.

mod below;
mod effect;

use self::effect::{Effect, effects, leaves};
use crate::errors::Errors;
use crate::messages;
use crate::server::check::habits::rebinds_response;
use crate::server::check::warnings::Warnings;
use crate::server::model::{Server, Statement, Visitor, Walk, names};
use crate::tokens::first_span;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, Expr, Stmt};

pub(in super::super) fn check_order(server: &Server, errors: &mut Errors, warnings: &mut Warnings) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    below::check_below_routes(server, arguments, errors, warnings);
    if rebinds_response(server, &arguments.response) {
        return;
    }
    let mut order = Order {
        response: &arguments.response,
        found: Vec::new(),
        replaced: Vec::new(),
    };
    order.visit_server(server);
    let mut places = Vec::new();
    for (span, message) in order.found {
        let start = span.start();
        let place = (start.line, start.column);
        if !places.contains(&place) {
            errors.push(span, message);
        }
        places.push(place);
    }
    for (span, message) in order.replaced {
        warnings.push(span, message);
    }
}

struct Order<'a> {
    response: &'a Ident,
    /// Errors.
    found: Vec<(Span, String)>,
    /// Warnings: what a later statement replaces.
    replaced: Vec<(Span, String)>,
}

/// What has certainly happened before a statement.
#[derive(Default)]
struct State {
    /// The call that wrote the headers.
    written: Option<Written>,
    /// The headers that were set, with their lines.
    headers: Vec<(String, usize)>,
    /// The status that was assigned.
    status: Option<Span>,
}

struct Written {
    method: String,
    line: usize,
}

impl State {
    /// Forgets the values that were set, because something may have used them.
    fn forget_values(&mut self) {
        self.headers.clear();
        self.status = None;
    }
}

impl Order<'_> {
    /// Checks the statements between the routes as one sequence, in which a route may use what was set above it, and
    /// then each reply.
    fn visit_server(&mut self, server: &Server) {
        let mut state = State::default();
        for statement in &server.body {
            let Statement::Code(code) = statement else {
                state.forget_values();
                continue;
            };
            let Ok(statements) = Block::parse_within.parse2(code.clone()) else {
                return;
            };
            for statement in &statements {
                self.check_statement(statement, &mut state);
                Walk::Rule(self).visit_stmt(statement);
            }
        }
        for expr in server.replies().filter_map(|it| it.expr.as_deref()) {
            if let Expr::Block(reply) = expr
                && reply.label.is_none()
            {
                let state = self.check_block(&reply.block);
                if let Some(Stmt::Expr(value, None)) = reply.block.stmts.last() {
                    self.check_value(value, &state);
                }
                for statement in &reply.block.stmts {
                    Walk::Rule(self).visit_stmt(statement);
                }
                continue;
            }
            Walk::Rule(self).visit_expr(expr);
        }
    }

    fn check_block(&mut self, block: &Block) -> State {
        let mut state = State::default();
        for statement in &block.stmts {
            self.check_statement(statement, &mut state);
        }
        state
    }

    /// Checks that the status and the headers are set before they are written.
    ///
    /// ```text
    /// res.write("text");
    /// res.status_code = StatusCode::NOT_FOUND;
    /// ```
    fn check_statement(&mut self, statement: &Stmt, state: &mut State) {
        let tokens = statement.to_token_stream();
        // An attribute may remove the statement.
        let is_plain = tokens.clone().into_iter().next();
        let is_plain = is_plain.is_some_and(|first| first.to_string() != "#");
        if !names(&tokens, &self.response.to_string()) || !is_plain {
            if leaves(&tokens) {
                state.forget_values();
            }
            return;
        }
        if let Some(written) = &state.written {
            self.find_late(statement, written);
        }
        let Some(effects) = effects(statement, self.response) else {
            // The statement passes the response to a function, which may replace it.
            *state = State::default();
            return;
        };
        if leaves(&tokens) {
            state.forget_values();
        }
        for effect in effects {
            self.apply(effect, state);
        }
    }

    fn apply(&mut self, effect: Effect, state: &mut State) {
        match effect {
            Effect::Writes(method, span) => {
                state.forget_values();
                let line = span.start().line;
                state.written.get_or_insert(Written { method, line });
            }
            Effect::Status(span) => {
                if let Some(earlier) = state.status.replace(span) {
                    let line = span.start().line;
                    self.replaced
                        .push((earlier, messages::status_replaced(line)));
                }
            }
            Effect::SetsHeader(name, is_list, span) => {
                let earlier = state.headers.iter().find(|(earlier, _)| *earlier == name);
                if let Some((_, line)) = earlier {
                    let response = self.response.to_string();
                    if messages::may_repeat(&name) && !is_list {
                        let message = messages::header_set_twice(&response, &name, *line);
                        self.found.push((span, message));
                    } else {
                        let message = messages::header_replaced(&name, *line);
                        self.replaced.push((span, message));
                    }
                }
                state.headers.push((name, span.start().line));
            }
            Effect::Nothing => {}
            Effect::Uses => state.forget_values(),
        }
    }

    /// Finds everything in the statement that sets a status or a header.
    fn find_late(&mut self, statement: &Stmt, written: &Written) {
        let mut late = Vec::new();
        Walk::Exprs(&mut |expr| {
            let nested = effect::late(expr, self.response);
            late.extend(nested);
            !matches!(expr, Expr::Closure(_) | Expr::Async(_))
        })
        .visit_stmt(statement);
        for (span, what) in late {
            let message = messages::set_after_writing(&what, &written.method, written.line);
            self.found.push((span, message));
        }
    }

    /// Reports an assigned status that the status of the reply replaces, and a reply with a status after the headers
    /// were written.
    ///
    /// ```text
    /// res.status_code = StatusCode::CREATED;
    /// (StatusCode::OK, "made")
    /// ```
    fn check_value(&mut self, value: &Expr, state: &State) {
        let Some(text) = effect::status_of(value) else {
            return;
        };
        let Some(written) = &state.written else {
            if let Some(span) = state.status {
                let message = messages::status_replaced_by_reply(&text);
                self.replaced.push((span, message));
            }
            return;
        };
        let what = format!("the status `{text}`");
        let message = messages::set_after_writing(&what, &written.method, written.line);
        self.found.push((first_span(value), message));
    }
}

impl Visitor for Order<'_> {
    fn block(&mut self, block: &Block) -> bool {
        self.check_block(block);
        true
    }
}
