//! What the user wrote, as syntax: names and tokens without a meaning yet.
//!
//! A route that does not parse is recorded as a mistake and left out; the rest is read on.

mod body;
mod function;
mod macros;
mod matcher;
mod options;
mod partial;
mod route;
mod used_names;

use crate::errors::Errors;
pub(crate) use body::{holds_route, may_hold_route, replace_routes};
pub(crate) use partial::PartialRoute;
use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, LitStr, Signature, Visibility};
pub(crate) use used_names::like_param;

/// `#[server(…)] async fn …` as written.
pub(crate) struct Server {
    pub(crate) options: Options,
    pub(crate) function: Function,
    pub(crate) body: Vec<Statement>,
    /// `route`, `onward::route`: by what names the body calls the macro, apart from a name that comes from without.
    pub(crate) macros: Vec<TokenStream>,
}

/// What stands in the parentheses of `#[server(…)]`.
#[derive(Default)]
pub(crate) struct Options {
    /// `crate = path`
    pub(crate) krate: Option<syn::Path>,
    pub(crate) trailing_slash: TrailingSlash,
}

/// `trailing_slash = …`: what becomes of `/users/` where the route is `/users`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TrailingSlash {
    /// Another path: 404.
    #[default]
    Strict,
    /// The same path.
    Ignore,
    /// 308 to the one that has a route.
    Redirect,
}

/// The function without its body.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// Where its body stands.
    pub(crate) span: Span,
}

/// A piece of the function's body.
pub(crate) enum Statement {
    /// Ordinary Rust, one statement or many.
    Code(TokenStream),
    Route(Route),
    /// A `route!` that does not parse.
    Partial(PartialRoute),
}

/// `route!(…)` with the attributes in front of it.
pub(crate) struct Route {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) matcher: Matcher,
    /// `=>`
    pub(crate) arrow: Span,
    pub(crate) reply: TokenStream,
}

/// What comes before `=>`.
pub(crate) enum Matcher {
    /// `_`
    Fallback(syn::Token![_]),
    Path(PathMatcher),
}

/// `[METHOD {"|" METHOD}] PATH [as NAME] [if GUARD]`
pub(crate) struct PathMatcher {
    pub(crate) methods: Vec<Ident>,
    pub(crate) path: LitStr,
    pub(crate) name: Option<Ident>,
    pub(crate) guard: Option<TokenStream>,
}

/// Reads the attribute's tokens and the item's. `None` where the item is no function with a body:
/// then there is nothing to keep but the item itself.
pub(crate) fn parse(attr: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Server> {
    let options = options::parse(attr, errors);
    let (function, body) = function::parse(item, errors)?;
    let macros = macros::names(&body);
    let body = body::parse(body, errors);
    Some(Server {
        options,
        function,
        body,
        macros,
    })
}
