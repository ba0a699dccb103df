//! The meaning of the routes: methods as a set, paths as patterns, parameters with types. No code is generated here.

mod attributes;
mod contract;
mod diverge;
mod items;
mod lower;
mod mount;
mod reply;
mod response_tokens;
mod response_use;
mod tail;
mod variant;
mod walk;

use crate::http::methods::Methods;
use crate::server::ast;
use crate::server::pattern::{Extent, Pattern};
use proc_macro2::{Span, TokenStream};
use syn::{Ident, LitStr, Type};

pub(crate) use attributes::RouteAttributes;
pub(crate) use contract::{Contract, DefaultValue, Query, argument};
pub(crate) use diverge::{block_never_ends, never_ends};
pub(crate) use items::{generic_in, inner_item};
pub(crate) use lower::lower;
pub(crate) use mount::{Mount, MountExpr, server, ungrouped};
pub(crate) use reply::{Reply, add_words, names, uses_variable};
pub(crate) use response_use::{binds, consumption, consumption_in_statement};
pub(crate) use tail::Tail;
pub(crate) use walk::{Visitor, Walk};

/// The meaning of the user's code.
pub(crate) struct Server {
    pub(crate) options: ast::Options,
    pub(crate) function: ast::Function,
    /// The names of the first two arguments, if the signature has them.
    pub(crate) arguments: Option<Arguments>,
    pub(crate) routes: Vec<Route>,
    pub(crate) fallbacks: Vec<Fallback>,
    pub(crate) unmatched: Vec<Unmatched>,
    pub(crate) body: Vec<Statement>,
    pub(crate) tail: Tail,
    /// See [`ast::Server::macros`].
    pub(crate) macros: Vec<TokenStream>,
}

impl Server {
    /// Returns whether another server is mounted in this one.
    pub(crate) fn mounts(&self) -> bool {
        self.routes.iter().any(|route| route.mount.is_some())
    }

    /// Returns whether the server has a table of all its routes.
    pub(crate) fn has_table(&self) -> bool {
        self.mounts() || self.is_typed()
    }

    /// Returns whether a route declares its query, its body or its reply.
    pub(crate) fn is_typed(&self) -> bool {
        self.routes.iter().any(|route| !route.contract.is_empty())
    }

    /// Returns the user's statements between the routes.
    pub(crate) fn statements(&self) -> std::vec::IntoIter<&TokenStream> {
        let mut statements = Vec::new();
        for statement in &self.body {
            if let Statement::Code(code) = statement {
                statements.push(code);
            }
        }
        statements.into_iter()
    }

    /// Returns the user's code: statements, guards and expressions after `=>`.
    pub(crate) fn code(&self) -> std::vec::IntoIter<&TokenStream> {
        let mut code: Vec<&TokenStream> = self.statements().collect();
        code.extend(self.guards());
        for reply in self.replies() {
            code.push(&reply.tokens);
        }
        code.into_iter()
    }

    pub(crate) fn guards(&self) -> std::vec::IntoIter<&TokenStream> {
        let mut guards = Vec::new();
        for route in &self.routes {
            guards.extend(&route.guard);
        }
        guards.into_iter()
    }

    /// Returns the user's expressions after `=>`.
    pub(crate) fn replies(&self) -> std::vec::IntoIter<&Reply> {
        let mut replies = Vec::new();
        for route in &self.routes {
            replies.push(&route.reply);
        }
        for fallback in &self.fallbacks {
            replies.push(&fallback.reply);
        }
        for unmatched in &self.unmatched {
            replies.extend(&unmatched.reply);
        }
        replies.into_iter()
    }

    /// Returns the routes that contain an error or violate a rule.
    pub(crate) fn partial(&self) -> std::vec::IntoIter<&ast::PartialRoute> {
        let mut partial = Vec::new();
        for statement in &self.body {
            if let Statement::Partial(route) = statement {
                partial.push(route);
            }
        }
        partial.into_iter()
    }
}

/// The names of the request and the response.
#[derive(Clone)]
pub(crate) struct Arguments {
    pub(crate) request: Ident,
    pub(crate) response: Ident,
}

/// A part of the function's body.
pub(crate) enum Statement {
    Code(TokenStream),
    /// An index into [`Server::routes`].
    Route(usize),
    /// An index into [`Server::fallbacks`].
    Fallback(usize),
    /// An index into [`Server::unmatched`].
    Unmatched(usize),
    /// A route that contains an error.
    Partial(ast::PartialRoute),
}

/// A route, `route!(METHOD PATH (BODY) as NAME -> REPLY if GUARD => EXPR)`, or a mount.
pub(crate) struct Route {
    pub(crate) attributes: RouteAttributes,
    pub(crate) methods: Methods,
    /// The methods as written; empty for the default, GET.
    pub(crate) written_methods: Vec<Ident>,
    /// The path as written, with its query.
    pub(crate) path: LitStr,
    /// The path as written, without its query.
    pub(crate) path_text: String,
    pub(crate) pattern: Pattern,
    pub(crate) params: Vec<Param>,
    pub(crate) contract: Contract,
    pub(crate) name: Option<Ident>,
    pub(crate) guard: Option<TokenStream>,
    pub(crate) reply: Reply,
    /// The mounted server, if the route is a mount.
    pub(crate) mount: Option<Mount>,
    /// The name of the route's variant in the generated enum.
    pub(crate) variant: Ident,
    pub(crate) line: usize,
}

/// A parameter, which is a local variable in the expression after `=>`.
pub(crate) struct Param {
    pub(crate) ident: Ident,
    /// The type of `{name: Type}`; other parameters are text, borrowed from the path.
    pub(crate) ty: Option<Box<Type>>,
    pub(crate) extent: Extent,
}

/// The fallback: `route!(_ => REPLY)`.
pub(crate) struct Fallback {
    pub(crate) attributes: RouteAttributes,
    pub(crate) span: Span,
    pub(crate) reply: Reply,
    pub(crate) line: usize,
}

/// The response to unmatched requests: `route!(unmatched)` or `route!(unmatched => REPLY)`.
pub(crate) struct Unmatched {
    pub(crate) attributes: RouteAttributes,
    pub(crate) span: Span,
    pub(crate) reply: Option<Reply>,
    pub(crate) line: usize,
}

impl Unmatched {
    /// Returns the parts that are kept if the `unmatched` route violates a rule.
    pub(crate) fn partial(&self) -> ast::PartialRoute {
        let reply = self.reply.as_ref().map(|reply| reply.tokens.clone());
        let nothing = TokenStream::new();
        ast::PartialRoute::new(None, None, nothing, reply.unwrap_or_default())
    }
}

impl Fallback {
    /// Returns the parts that are kept if the fallback violates a rule.
    pub(crate) fn partial(&self) -> ast::PartialRoute {
        ast::PartialRoute::new(None, None, TokenStream::new(), self.reply.tokens.clone())
    }
}

impl Route {
    /// Returns whether a request that matches the method and the path may still be rejected.
    pub(crate) fn is_guarded(&self) -> bool {
        self.guard.is_some()
    }

    /// Returns whether every request that matches the method and the path is accepted.
    pub(crate) fn accepts_all(&self) -> bool {
        let guard = self.guard.as_ref();
        guard.is_none_or(|guard| guard.to_string() == "true")
    }

    /// Returns whether the route declares a variable of that name: a parameter, the query or the body.
    pub(crate) fn declares(&self, name: &str) -> bool {
        let mut params = self.params.iter().map(|param| &param.ident);
        let variables = self.contract.variables();
        params.any(|param| param == name) || variables.iter().any(|variable| variable == name)
    }

    /// Returns whether the route reads the body, which needs an `.await`.
    pub(crate) fn reads_body(&self) -> bool {
        self.contract.body.is_some()
    }

    /// Returns whether a parameter is text, which borrows from the path.
    pub(crate) fn borrows(&self) -> bool {
        self.params.iter().any(|param| param.ty.is_none())
    }

    /// Returns the parts that are kept if the route violates a rule.
    pub(crate) fn partial(&self) -> ast::PartialRoute {
        let mut types = Vec::new();
        for param in &self.params {
            types.extend(param.ty.as_deref());
        }
        types.extend(self.contract.types());
        let mut partial = ast::PartialRoute::new(
            Some(&self.path),
            self.name.clone(),
            self.guard.clone().unwrap_or_default(),
            self.reply.tokens.clone(),
        );
        partial.bind(self.contract.variables());
        // The parameter `rest` is not defined, which has already been reported.
        let rest = self.mount.as_ref();
        let rest = rest.and_then(|_| mount::rest_argument(&self.reply.tokens));
        let rest = rest.filter(|rest| !partial.idents.contains(rest));
        partial.idents.extend(rest);
        types.retain(|ty| is_named(ty));
        ast::PartialRoute {
            types: types.into_iter().cloned().collect(),
            // The URL function of a mount also takes a URL of the mounted server.
            params: partial.params + usize::from(self.mount.is_some()),
            ..partial
        }
    }
}

/// Returns whether a type may be imported by the program, rather than being a primitive or a typo.
fn is_named(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .get_ident()
            .is_none_or(|name| name.to_string().starts_with(char::is_uppercase) && name != "Self"),
        _ => false,
    }
}
