//! What must hold of a server beyond its syntax: one function for each rule.
//!
//! [`Checked`] can only be made here, and only code made from it reaches the user's program.

mod function;
mod routes;

use crate::errors::Errors;
use crate::model::{Server, Statement};

/// A server whose routes all keep the rules.
pub(crate) struct Checked(Server);

impl Checked {
    pub(crate) fn server(&self) -> &Server {
        &self.0
    }
}

/// Checks every rule and records each breach. Routes that break one are left out, so that the others
/// and the function stay usable; `None` where the function itself cannot be a server.
pub(crate) fn check(server: Server, errors: &mut Errors) -> Result<Checked, Box<Server>> {
    let had_mistakes = !errors.is_empty();
    if !function::check_function(&server, errors) {
        return Err(Box::new(server));
    }
    let bad = routes::check_routes(&server, had_mistakes, errors);
    Ok(Checked(without(server, &bad)))
}

/// The server without the routes and fallbacks in `bad`.
fn without(mut server: Server, bad: &routes::Bad) -> Server {
    server.body.retain(|statement| match statement {
        Statement::Code(_) => true,
        Statement::Route(index) => !bad.routes.contains(index),
        Statement::Fallback(index) => !bad.fallbacks.contains(index),
    });
    let mut kept = 0;
    let mut index = 0;
    server.routes.retain(|_| {
        index += 1;
        !bad.routes.contains(&(index - 1))
    });
    for statement in &mut server.body {
        if let Statement::Route(index) = statement {
            *index = kept;
            kept += 1;
        }
    }
    server
}
