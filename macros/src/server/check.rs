//! The rules beyond syntax, one function for each.
//!
//! [`Checked`] can only be created here, and `expand` accepts nothing else.

mod branches;
mod callee;
mod function;
mod habits;
mod header_name;
mod literal;
mod response;
mod routes;
mod sent_text;
mod statements;
mod variable;
mod warnings;

pub(crate) use function::{is_extractor, is_unsized, may_be_returned};
pub(crate) use habits::{foreign_word, has_wrong_arguments, is_sending};
pub(crate) use routes::is_reserved;
pub(crate) use warnings::Warnings;

use crate::errors::Errors;
use crate::server::foreign::{self, Foreign};
use crate::server::model::{Server, Statement, Tail};
use proc_macro2::{Span, TokenStream};
use syn::parse::Parser;
use syn::{Block, Expr, parse2};

/// A server whose routes satisfy all rules.
pub(crate) struct Checked {
    server: Server,
    foreign: Foreign,
    /// The start positions of the values that were reported as habits.
    reported: Vec<Span>,
    warnings: Warnings,
}

impl Checked {
    pub(crate) fn server(&self) -> &Server {
        &self.server
    }

    /// Returns the names from other frameworks that the code uses.
    pub(crate) fn foreign(&self) -> &Foreign {
        &self.foreign
    }

    pub(crate) fn warnings(&self) -> &Warnings {
        &self.warnings
    }

    pub(crate) fn take_reported(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.reported)
    }

    /// Replaces the names from other frameworks with aliases.
    pub(crate) fn rename_foreign(&mut self) {
        let foreign = std::mem::take(&mut self.foreign);
        // rustc would quote the aliases in a syntax error.
        let parses = |code: &TokenStream| {
            Block::parse_within.parse2(code.clone()).is_ok() || parse2::<Expr>(code.clone()).is_ok()
        };
        self.replace_code(|code| match foreign.has_names() && parses(&code) {
            true => foreign::rename(code, &foreign),
            false => code,
        });
        self.foreign = foreign;
    }

    /// Replaces the user's code: statements, guards and expressions after `=>`.
    pub(crate) fn replace_code(&mut self, replace: impl Fn(TokenStream) -> TokenStream) {
        let server = &mut self.server;
        let replace = |tokens: &mut TokenStream| *tokens = replace(std::mem::take(tokens));
        for statement in &mut server.body {
            match statement {
                Statement::Code(code) => replace(code),
                Statement::Partial(partial) => replace(&mut partial.reply),
                Statement::Route(_) | Statement::Fallback(_) | Statement::Unmatched(_) => {}
            }
        }
        for route in &mut server.routes {
            if let Some(guard) = &mut route.guard {
                replace(guard);
            }
            replace(&mut route.reply.tokens);
        }
        for fallback in &mut server.fallbacks {
            replace(&mut fallback.reply.tokens);
        }
        for unmatched in &mut server.unmatched {
            if let Some(reply) = &mut unmatched.reply {
                replace(&mut reply.tokens);
            }
        }
    }
}

/// Checks every rule and records each violation. An invalid route is replaced with a
/// [`PartialRoute`](crate::server::ast::PartialRoute), so that the function and the other routes stay usable. Returns
/// the server in `Err` if the function itself cannot be a server, or if a statement redefines or moves what the routes
/// need.
pub(crate) fn check(server: Server, errors: &mut Errors) -> Result<Checked, Box<Server>> {
    let is_function = function::check_function(&server, errors);
    let had_errors = !errors.is_empty();
    let keeps_arguments = statements::check_statements(&server, errors);
    let foreign = foreign::find(&server);
    let has_reported = had_errors || foreign.objects().iter().next().is_some();
    routes::check_has_routes(&server, has_reported, errors);
    let invalid = routes::check_routes(&server, had_errors, errors);
    response::check_response(&server, errors);
    literal::check_literals(&server, errors);
    let mut warnings = Warnings::default();
    statements::check_order(&server, errors, &mut warnings);
    sent_text::check_texts(&server, &mut warnings);
    let reported = habits::check_habits(&server, &foreign, errors, &mut warnings);
    let server = without(server, &invalid);
    if is_function && keeps_arguments {
        Ok(Checked {
            server,
            foreign,
            reported,
            warnings,
        })
    } else {
        Err(Box::new(server))
    }
}

/// Replaces each invalid route, fallback and `unmatched` with its partial route.
fn without(mut server: Server, invalid: &routes::Invalid) -> Server {
    for statement in &mut server.body {
        let partial = match statement {
            Statement::Route(index) if invalid.routes.contains(index) => {
                let mut partial = server.routes[*index].partial();
                if invalid.bodies.contains(index) {
                    partial.types.clear();
                }
                partial.reply = match invalid.replies.contains(index) {
                    true => TokenStream::new(),
                    false => branches::without_value(partial.reply),
                };
                partial
            }
            Statement::Fallback(index) if invalid.fallbacks.contains(index) => {
                server.fallbacks[*index].partial()
            }
            Statement::Unmatched(index) if invalid.unmatched.contains(index) => {
                server.unmatched[*index].partial()
            }
            _ => continue,
        };
        *statement = Statement::Partial(partial);
    }
    let mut kept = 0;
    let mut index = 0;
    server.tail = Tail::of(&server.body);
    server.routes.retain(|_| {
        index += 1;
        !invalid.routes.contains(&(index - 1))
    });
    for statement in &mut server.body {
        if let Statement::Route(index) = statement {
            *index = kept;
            kept += 1;
        }
    }
    server
}
