//! Turns [`Checked`] into tokens. It cannot fail and checks nothing.
//!
//! ```text
//! async fn shop(req: Request, res: Response) -> Result { … }   // handler.rs: the `if` chain
//! enum shop<'p> { Products, Product { id: u32 }, … }           // routes.rs: the enum of routes
//! impl<'p> shop<'p> {
//!     const ROUTES: &'static [RouteInfo] = …;                  // routes/info.rs
//!     fn product(id: u32) -> String { … }                      // routes/url.rs
//!     fn decide(method: &Method, path: &'p str) -> Self { … }  // routes/decide.rs
//! }
//! ```

mod contract;
mod crate_path;
mod handler;
mod held_locks;
mod mount;
mod names;
mod routes;
mod warnings;

use crate::server::check::Checked;
use crate::server::foreign;
use crate::server::model::Server;
pub(crate) use crate_path::crate_path;
pub(crate) use handler::expand_use_of_macros;
pub(crate) use held_locks::mark_held_locks;
use names::GeneratedNames;
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn expand(checked: &Checked) -> TokenStream {
    let server: &Server = checked.server();
    let names = GeneratedNames::new(server);
    let foreign = foreign::expand(checked.foreign(), server, &names.krate);
    let warnings = warnings::expand_warnings(checked.warnings());
    let handler = handler::expand_handler(server, &names, &quote!(#warnings #foreign));
    let routes = routes::expand_routes(server, &names);
    quote! {
        #handler
        #routes
    }
}

/// Does the same as `expand`, with `errors` in place of the warnings at the start of the body, and without the lints
/// that would report missing parts.
pub(crate) fn expand_with_errors(checked: &Checked, errors: &TokenStream) -> TokenStream {
    let server: &Server = checked.server();
    let names = GeneratedNames::new(server);
    let foreign = foreign::expand(checked.foreign(), server, &names.krate);
    let handler = handler::expand_handler(server, &names, &quote!(#errors #foreign));
    let routes = routes::expand_routes(server, &names);
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic)]
        #handler
        #routes
    }
}

/// Expands the type next to the function, for other code that calls URL functions.
pub(crate) fn expand_routes(server: &Server) -> TokenStream {
    routes::expand_routes(server, &GeneratedNames::new(server))
}
