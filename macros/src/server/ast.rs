//! The user's code as syntax: names and tokens that are not yet interpreted.
//!
//! If a route does not parse, the error is recorded, and the parts that do parse are kept as a [`PartialRoute`].
//! Parsing continues with the next statement.

mod body;
mod contract;
mod foreign;
mod function;
mod keyword;
mod macros;
mod matcher;
mod operators;
mod options;
mod partial;
mod route;
mod semicolon;
mod used_names;
mod wrapper;

use crate::errors::Errors;
use crate::messages;
pub(crate) use body::{holds_route, may_hold_route, replace_routes};
pub(crate) use contract::Body;
pub(crate) use foreign::{object, router_call, unknown_macro};
pub(crate) use operators::foreign_operator;
pub(crate) use partial::PartialRoute;
use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, Ident, LitStr, Signature, Type, Visibility};
pub(crate) use used_names::like_param;
use wrapper::Wrapper;

/// `#[server(…)] async fn …` as written.
pub(crate) struct Server {
    pub(crate) options: Options,
    pub(crate) function: Function,
    pub(crate) body: Vec<Statement>,
    /// The names under which the body calls the macro, such as `onward::route`. Plain `route` is included only if the
    /// body may import it.
    pub(crate) macros: Vec<TokenStream>,
}

/// The options in `#[server(…)]`.
#[derive(Default)]
pub(crate) struct Options {
    /// The path to the runtime crate: `crate = path`.
    pub(crate) krate: Option<syn::Path>,
    pub(crate) trailing_slash: TrailingSlash,
    /// `urls = Name`: the name of the type next to the function.
    pub(crate) urls: Option<Ident>,
    /// Whether the expansion describes the server for OpenAPI documents.
    pub(crate) describes: bool,
    /// `security = SCHEME` or `security = [SCHEME, …]`: the elements.
    pub(crate) security: Vec<Expr>,
    /// `openapi = strict`: every type of a route must have a schema.
    pub(crate) strict: bool,
}

/// `trailing_slash = …`: how `/users/` is handled if the route is `/users`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TrailingSlash {
    /// `/users/` is a different path, so it gets a 404.
    #[default]
    Strict,
    /// `/users/` is the same path.
    Ignore,
    /// `/users/` is redirected (308) to the path that has a route.
    Redirect,
}

/// The function without its body.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// The span of the body.
    pub(crate) span: Span,
    /// The code that another attribute has put around the body.
    pub(crate) wrapper: Option<Wrapper>,
}

/// A part of the function's body.
pub(crate) enum Statement {
    /// Ordinary Rust, one statement or many.
    Code(TokenStream),
    Route(Route),
    /// A `route!` that does not parse.
    Partial(PartialRoute),
}

/// A call to `route!(…)` with its attributes.
pub(crate) struct Route {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) matcher: Matcher,
    /// The span of `=>`.
    pub(crate) arrow: Span,
    /// The code after `=>`, which is empty only for `unmatched`.
    pub(crate) reply: ReplyCode,
}

/// The code after `=>`.
#[derive(Default)]
pub(crate) struct ReplyCode {
    pub(crate) tokens: TokenStream,
    /// The tokens as an expression. `None` if they do not parse, for example because the expression is still being
    /// typed.
    pub(crate) expr: Option<Box<Expr>>,
}

/// The part of a route before `=>`.
pub(crate) enum Matcher {
    /// The fallback: `_`.
    Fallback(syn::Token![_]),
    Path(PathMatcher),
    /// A mount: `mount PATH [as NAME] [if GUARD]`.
    Mount(PathMatcher),
    /// The span of `unmatched`.
    Unmatched(Span),
}

/// A path and what surrounds it: `[METHOD {"|" METHOD}] PATH [(BODY)] [as NAME] [-> REPLY] [if GUARD]`.
pub(crate) struct PathMatcher {
    pub(crate) methods: Vec<Ident>,
    /// The path, with its query.
    pub(crate) path: LitStr,
    pub(crate) body: Option<Box<Body>>,
    pub(crate) name: Option<Ident>,
    /// The type of the reply.
    pub(crate) reply: Option<Box<Type>>,
    pub(crate) guard: Option<TokenStream>,
}

/// Parses the tokens of the attribute and of the item. Returns `None` if the item is `main`, or not a function with a
/// body: in that case, only the item itself can be kept.
pub(crate) fn parse(
    attr: TokenStream,
    item: TokenStream,
    describes: bool,
    errors: &mut Errors,
) -> Option<Server> {
    let options = options::parse(attr, describes, errors);
    let (function, body) = function::parse(item, errors)?;
    let name = &function.sig.ident;
    let signature = &function.sig;
    if name == "main" && (signature.inputs.is_empty() || signature.asyncness.is_none()) {
        // `#[tokio::main]` may already have changed the function; further errors would then not be about the user's
        // code.
        errors.push(name.span(), messages::main_as_server());
        return None;
    }
    let macros = macros::names(&body);
    let body = body::parse(body, errors);
    Some(Server {
        options,
        function,
        body,
        macros,
    })
}
