//! What must hold of a server beyond its syntax: one function for each rule.
//!
//! [`Checked`] can only be made here, and only code made from it reaches the user's program.

mod function;
mod header;
mod literal;
mod params;
mod reply;
mod response;
mod routes;

pub(crate) use function::may_be_returned;
pub(crate) use routes::RESERVED;

use crate::errors::Errors;
use crate::model::{Server, Statement, Tail};
use proc_macro2::TokenStream;

/// A server whose routes all keep the rules.
pub(crate) struct Checked(Server);

impl Checked {
    pub(crate) fn server(&self) -> &Server {
        &self.0
    }

    /// Puts other tokens in the place of what the user wrote, but for the heads of the routes.
    pub(crate) fn replace_code(&mut self, replace: impl Fn(TokenStream) -> TokenStream) {
        let server = &mut self.0;
        let code = server.body.iter_mut().filter_map(|it| match it {
            Statement::Code(code) => Some(code),
            _ => None,
        });
        let routes = server.routes.iter_mut().map(|it| &mut it.reply.tokens);
        let fallbacks = server.fallbacks.iter_mut().map(|it| &mut it.reply.tokens);
        for tokens in code.chain(routes).chain(fallbacks) {
            *tokens = replace(std::mem::take(tokens));
        }
    }
}

/// Checks every rule and records each breach. Of routes that break one only the remains are kept, so
/// that the others and the function stay usable; the server comes back unchecked where the function
/// itself cannot be one.
pub(crate) fn check(server: Server, errors: &mut Errors) -> Result<Checked, Box<Server>> {
    let is_server = function::check_function(&server, errors);
    let had_errors = !errors.is_empty();
    let invalid = routes::check_routes(&server, had_errors, errors);
    response::check_response(&server, errors);
    literal::check_literals(&server, errors);
    let server = without(server, &invalid);
    if is_server {
        Ok(Checked(server))
    } else {
        Err(Box::new(server))
    }
}

/// The server with what remains of the routes and fallbacks in `bad`.
fn without(mut server: Server, invalid: &routes::Invalid) -> Server {
    for statement in &mut server.body {
        let partial = match statement {
            Statement::Route(index) if invalid.routes.contains(index) => {
                server.routes[*index].partial()
            }
            Statement::Fallback(index) if invalid.fallbacks.contains(index) => {
                server.fallbacks[*index].partial()
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
