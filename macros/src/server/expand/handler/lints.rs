//! Lints that the generated code would trigger in the handler as a whole.
//!
//! The function's braces have the user's span, so that rustc treats it as the user's and warns if it is unused.

use super::group::awaits;
use crate::server::model::{Route, Server, Tail};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Expands `#[allow(…)]`, or nothing.
pub(super) fn expand_allow(server: &Server) -> Option<TokenStream> {
    let lints = [
        (
            leaves_typed_reply(server),
            quote!(clippy::diverging_sub_expression),
        ),
        (is_long(server), quote!(clippy::cognitive_complexity)),
        (ends_in_return(server), quote!(clippy::needless_return)),
        (is_long(server), quote!(clippy::too_many_lines)),
        (may_leave_request(server), quote!(unused_mut)),
        (awaits_nothing(server), quote!(clippy::unused_async)),
        (
            names_underscore(server),
            quote!(clippy::used_underscore_binding),
        ),
    ];
    let lints = lints.into_iter().filter(|(applies, _)| *applies);
    let lints: Vec<TokenStream> = lints.map(|(_, lint)| lint).collect();
    (!lints.is_empty()).then(|| quote!(#[allow(#(#lints),*)]))
}

/// Returns whether the chain of `if`s may be long.
fn is_long(server: &Server) -> bool {
    const FEW: usize = 5;
    server.routes.len() > FEW
}

/// Returns whether the fallback is `route!(_ => return …)`: without `return`, the expression would be expanded
/// differently.
fn ends_in_return(server: &Server) -> bool {
    let last = server.fallbacks.last();
    server.tail == Tail::Fallback && last.is_some_and(|it| it.reply.diverges)
}

/// Returns whether a route is like `route!("/" -> String => return …)`: the value of a typed reply is bound to a
/// variable first.
fn leaves_typed_reply(server: &Server) -> bool {
    let mut routes = server.routes.iter();
    routes.any(|it| it.contract.reply.is_some() && it.reply.diverges)
}

fn awaits_nothing(server: &Server) -> bool {
    !server.code().any(awaits) && !server.routes.iter().any(Route::reads_body)
}

/// Returns whether the request is mutable only for routes that `cfg` may all remove.
fn may_leave_request(server: &Server) -> bool {
    let mut routes = server
        .routes
        .iter()
        .filter(|route| route.reads_body())
        .peekable();
    routes.peek().is_some() && routes.all(|route| !route.attributes.cfgs.is_empty())
}

/// Returns whether the request or the response has a name such as `_req`, which the generated code uses, though the
/// user does not.
fn names_underscore(server: &Server) -> bool {
    let is_underscore = |name: &Ident| name.to_string().starts_with('_');
    server
        .arguments
        .as_ref()
        .is_some_and(|names| is_underscore(&names.request) || is_underscore(&names.response))
}

/// Marks the names under which the body calls `route!` as used, although the calls are removed. For plain `route`,
/// imported outside of the body, see `routes/info.rs`.
///
/// ```text
/// const _: () = {
///     fn route() {}
///     use onward::route as _;
/// };
/// ```
pub(crate) fn expand_use_of_macros(macros: &[TokenStream]) -> Option<TokenStream> {
    (!macros.is_empty()).then(|| {
        quote! {
            const _: () = {
                #[allow(dead_code)]
                fn route() {}
                #(#[allow(unused_imports)] use #macros as _;)*
            };
        }
    })
}
