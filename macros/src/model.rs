//! What the routes mean: methods as a set, paths as patterns, parameters with types. No `quote!`.

mod attributes;
mod diverge;
mod lower;
mod reply;
mod tail;
mod variant;

use crate::ast;
use crate::methods::Methods;
use crate::pattern::{Extent, Pattern};
use proc_macro2::{Span, TokenStream};
use syn::{Ident, LitStr, Type};

pub(crate) use attributes::RouteAttributes;
pub(crate) use lower::lower;
pub(crate) use reply::{Reply, is_punct, names};
pub(crate) use tail::Tail;

/// A server as the user means it.
pub(crate) struct Server {
    pub(crate) options: ast::Options,
    pub(crate) function: ast::Function,
    /// What the signature calls its first two arguments, where it has them.
    pub(crate) arguments: Option<Arguments>,
    pub(crate) routes: Vec<Route>,
    pub(crate) fallbacks: Vec<Fallback>,
    pub(crate) body: Vec<Statement>,
    pub(crate) tail: Tail,
    /// As in [`ast::Server`].
    pub(crate) macros: Vec<TokenStream>,
}

impl Server {
    /// The user's code, in statements and answers.
    pub(crate) fn code(&self) -> impl Iterator<Item = &TokenStream> {
        let statements = self.body.iter().filter_map(|statement| match statement {
            Statement::Code(code) => Some(code),
            _ => None,
        });
        let routes = self.routes.iter().map(|route| &route.reply.tokens);
        let fallbacks = self.fallbacks.iter().map(|it| &it.reply.tokens);
        statements.chain(routes).chain(fallbacks)
    }

    /// The routes with a mistake in them that wanted a name.
    pub(crate) fn partial(&self) -> impl Iterator<Item = &ast::PartialRoute> {
        self.body.iter().filter_map(|statement| match statement {
            Statement::Partial(partial) => Some(partial),
            _ => None,
        })
    }
}

/// The names of the request and the response.
#[derive(Clone)]
pub(crate) struct Arguments {
    pub(crate) request: Ident,
    pub(crate) response: Ident,
}

/// The body in the order written.
pub(crate) enum Statement {
    Code(TokenStream),
    /// An index into [`Server::routes`].
    Route(usize),
    /// An index into [`Server::fallbacks`].
    Fallback(usize),
    /// A route with a mistake in it.
    Partial(ast::PartialRoute),
}

/// `route!(METHOD PATH as NAME if GUARD => ANSWER)`
pub(crate) struct Route {
    pub(crate) attributes: RouteAttributes,
    pub(crate) methods: Methods,
    /// The methods as written; none for the default, GET.
    pub(crate) written_methods: Vec<Ident>,
    pub(crate) path: LitStr,
    pub(crate) pattern: Pattern,
    pub(crate) params: Vec<Param>,
    pub(crate) name: Option<Ident>,
    pub(crate) guard: Option<TokenStream>,
    pub(crate) reply: Reply,
    /// The name of the route's variant in the generated enum.
    pub(crate) variant: Ident,
    pub(crate) line: usize,
}

/// A parameter as a local variable of the answer.
pub(crate) struct Param {
    pub(crate) ident: Ident,
    /// The type of `{name: Type}`; other parameters are text, borrowed from the path.
    pub(crate) ty: Option<Box<Type>>,
    pub(crate) extent: Extent,
}

/// `route!(_ => ANSWER)`
pub(crate) struct Fallback {
    pub(crate) attributes: RouteAttributes,
    pub(crate) span: Span,
    pub(crate) reply: Reply,
    pub(crate) line: usize,
}

impl Fallback {
    /// What is left of it where it breaks a rule.
    pub(crate) fn partial(&self) -> ast::PartialRoute {
        ast::PartialRoute::new(None, None, TokenStream::new(), self.reply.tokens.clone())
    }
}

impl Route {
    /// Whether a request that fits the path and the method may still be refused.
    pub(crate) fn is_guarded(&self) -> bool {
        self.guard.is_some()
    }

    /// Whether a parameter is text, which is borrowed from the path.
    pub(crate) fn borrows(&self) -> bool {
        self.params.iter().any(|param| param.ty.is_none())
    }

    /// What is left of it where it breaks a rule.
    pub(crate) fn partial(&self) -> ast::PartialRoute {
        let types = self.params.iter().filter_map(|param| param.ty.as_deref());
        ast::PartialRoute {
            types: types.filter(|ty| is_named(ty)).cloned().collect(),
            ..ast::PartialRoute::new(
                Some(&self.path),
                self.name.clone(),
                self.guard.clone().unwrap_or_default(),
                self.reply.tokens.clone(),
            )
        }
    }
}

/// Whether a type may be one that the program imports, rather than a number or a slip.
fn is_named(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .get_ident()
            .is_none_or(|name| name.to_string().starts_with(char::is_uppercase) && name != "Self"),
        _ => false,
    }
}
