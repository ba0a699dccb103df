//! Turns the `ast` into the `model`. If a route contains an error, the error is recorded, and the route becomes a
//! [`PartialRoute`].

use super::{
    Arguments, Contract, Fallback, Mount, Param, Query, Reply, Route, RouteAttributes, Server,
    Statement, Tail, Unmatched, is_named, variant,
};
use crate::errors::Errors;
use crate::http::methods::Methods;
use crate::messages;
use crate::server::ast::{self, Matcher, PartialRoute, PathMatcher};
use crate::server::pattern::{self, Pattern};
use syn::{FnArg, Ident, LitStr, Pat, Signature, Type};

pub(crate) fn lower(ast: ast::Server, errors: &mut Errors) -> Server {
    let arguments = arguments(&ast.function.sig);
    let mut lowering = Lowering {
        response: arguments.as_ref().map(|names| names.response.clone()),
        routes: Vec::new(),
        fallbacks: Vec::new(),
        unmatched: Vec::new(),
        errors,
    };
    let body: Vec<Statement> = ast
        .body
        .into_iter()
        .map(|statement| lowering.statement(statement))
        .collect();
    variant::assign(&mut lowering.routes);
    Server {
        options: ast.options,
        function: ast.function,
        arguments,
        routes: lowering.routes,
        fallbacks: lowering.fallbacks,
        unmatched: lowering.unmatched,
        tail: Tail::of(&body),
        body,
        macros: ast.macros,
    }
}

/// Returns the names of the first two arguments.
fn arguments(sig: &Signature) -> Option<Arguments> {
    let mut names = sig.inputs.iter().map(argument_name);
    match (names.next(), names.next()) {
        (Some(Some(request)), Some(Some(response))) => Some(Arguments { request, response }),
        _ => None,
    }
}

fn argument_name(argument: &FnArg) -> Option<Ident> {
    match argument {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some(name.ident.clone()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

impl Server {
    /// Returns the names of the arguments that are plain names.
    pub(crate) fn argument_names(&self) -> Vec<String> {
        let inputs = self.function.sig.inputs.iter();
        let names = inputs.filter_map(argument_name);
        names.map(|name| name.to_string()).collect()
    }
}

/// Returns what is kept of a route with errors.
fn partial(matcher: PathMatcher, reply: Reply, is_mount: bool) -> PartialRoute {
    let guard = matcher.guard.unwrap_or_default();
    let mut partial = PartialRoute::new(Some(&matcher.path), matcher.name, guard, reply.tokens);
    if let Some(body) = matcher.body {
        partial.bind(body.variables());
        partial.types.push(body.ty);
    }
    partial.types.extend(matcher.reply.map(|ty| *ty));
    partial.types.retain(is_named);
    partial.params += usize::from(is_mount);
    partial
}

struct Lowering<'a> {
    response: Option<Ident>,
    routes: Vec<Route>,
    fallbacks: Vec<Fallback>,
    unmatched: Vec<Unmatched>,
    errors: &'a mut Errors,
}

impl Lowering<'_> {
    fn statement(&mut self, statement: ast::Statement) -> Statement {
        let route = match statement {
            ast::Statement::Code(code) => return Statement::Code(code),
            ast::Statement::Partial(partial) => return Statement::Partial(partial),
            ast::Statement::Route(route) => route,
        };
        let attributes = RouteAttributes::lower(route.attrs, self.errors);
        let has_reply = !route.reply.tokens.is_empty();
        let reply = Reply::new(route.reply, route.arrow, self.response.as_ref());
        match route.matcher {
            Matcher::Unmatched(span) => {
                self.unmatched.push(Unmatched {
                    attributes,
                    span,
                    reply: has_reply.then_some(reply),
                    line: span.start().line,
                });
                Statement::Unmatched(self.unmatched.len() - 1)
            }
            Matcher::Fallback(underscore) => {
                self.fallbacks.push(Fallback {
                    attributes,
                    span: underscore.span,
                    reply,
                    line: underscore.span.start().line,
                });
                Statement::Fallback(self.fallbacks.len() - 1)
            }
            Matcher::Mount(matcher) => {
                let mount = Mount::of(&reply.tokens);
                self.route(attributes, matcher, reply, Some(mount))
            }
            Matcher::Path(matcher) => self.route(attributes, matcher, reply, None),
        }
    }

    fn route(
        &mut self,
        attributes: RouteAttributes,
        matcher: PathMatcher,
        reply: Reply,
        mount: Option<Mount>,
    ) -> Statement {
        let written = matcher.path.value();
        let (path, query) = pattern::split_query(&written);
        let parts = self.parts(&matcher, path, query, mount.is_some());
        let Some((methods, pattern, params, query)) = parts else {
            return Statement::Partial(partial(matcher, reply, mount.is_some()));
        };
        let contract = Contract {
            query,
            body: matcher.body,
            reply: matcher.reply,
        };
        let reply = Reply {
            sends: reply.sends && contract.reply.is_none(),
            ..reply
        };
        self.routes.push(Route {
            attributes,
            methods,
            line: matcher.path.span().start().line,
            written_methods: matcher.methods,
            pattern,
            params,
            variant: Ident::new(variant::UNMATCHED, matcher.path.span()),
            path_text: path.to_owned(),
            path: matcher.path,
            contract,
            name: matcher.name,
            guard: matcher.guard,
            reply,
            mount,
        });
        Statement::Route(self.routes.len() - 1)
    }

    /// Returns what a route matches, if all of it is valid. Each invalid part is recorded as an error.
    fn parts(
        &mut self,
        matcher: &PathMatcher,
        path: &str,
        query: Option<&str>,
        is_mount: bool,
    ) -> Option<(Methods, Pattern, Vec<Param>, Vec<Query>)> {
        let (methods, pattern) = if is_mount {
            (Some(Methods::ANY), self.mount_pattern(path, &matcher.path))
        } else {
            (
                self.methods(&matcher.methods),
                self.pattern(path, &matcher.path),
            )
        };
        let params = pattern
            .as_ref()
            .and_then(|pattern| self.params(pattern, &matcher.path));
        let query = match (query, &pattern) {
            (Some(query), Some(pattern)) => {
                self.query(query, path, pattern, is_mount, &matcher.path)
            }
            _ => Some(Vec::new()),
        };
        Some((methods?, pattern?, params?, query?))
    }

    /// Returns the set of methods; the default is GET, which includes HEAD.
    fn methods(&mut self, written: &[Ident]) -> Option<Methods> {
        if written.is_empty() {
            return Methods::named("GET");
        }
        let mut all: Option<Methods> = None;
        let mut known = true;
        for method in written {
            let name = method.to_string();
            match Methods::named(&name) {
                Some(methods) => all = Some(all.map_or(methods, |all| all.union(methods))),
                None => {
                    self.errors
                        .push(method.span(), messages::unknown_method(&name));
                    known = false;
                }
            }
        }
        all.filter(|_| known)
    }

    /// Parses a path. The errors have the span of the whole literal.
    fn pattern(&mut self, path: &str, literal: &LitStr) -> Option<Pattern> {
        let pattern = pattern::parse(path);
        self.located(pattern, literal)
    }

    fn located<T>(&mut self, parsed: Result<T, Vec<String>>, literal: &LitStr) -> Option<T> {
        match parsed {
            Ok(parsed) => Some(parsed),
            Err(errors) => {
                for error in errors {
                    self.errors.push(literal.span(), error);
                }
                None
            }
        }
    }

    /// Returns the pattern of a mount, which matches its path and everything below it.
    fn mount_pattern(&mut self, path: &str, literal: &LitStr) -> Option<Pattern> {
        let pattern = self.pattern(path, literal)?;
        if let (before, Some(_)) = pattern.split_tail() {
            let end = path.rfind('/').filter(|_| !before.is_empty());
            let prefix = end.and_then(|end| path.get(..end)).unwrap_or("/");
            let message = messages::mount_with_rest(path, prefix);
            self.errors.push(literal.span(), message);
            return None;
        }
        Some(pattern.with_everything_below())
    }

    /// Returns the parameters of the query, which a mount cannot have.
    fn query(
        &mut self,
        query: &str,
        path: &str,
        pattern: &Pattern,
        is_mount: bool,
        literal: &LitStr,
    ) -> Option<Vec<Query>> {
        if is_mount {
            let message = messages::mount_with_contract("query");
            self.errors.push(literal.span(), message);
            return None;
        }
        let parsed = pattern::parse_query(query, path);
        let params = self.located(parsed, literal)?;
        let mut queries = Vec::new();
        for param in &params {
            let query = match pattern.params().any(|other| other.name == param.name) {
                true => Err(messages::query_and_path(&param.name)),
                false => Query::lower(param, literal.span()),
            };
            queries.extend(self.located(query.map_err(|error| vec![error]), literal));
        }
        (queries.len() == params.len()).then_some(queries)
    }

    fn params(&mut self, pattern: &Pattern, path: &LitStr) -> Option<Vec<Param>> {
        let written = pattern.params().filter(|param| param.extent.is_written());
        let all: Vec<Option<Param>> = written.map(|param| self.param(param, path)).collect();
        all.into_iter().collect()
    }

    /// Returns a local variable for the expression after `=>`. Its span covers the whole path, because parts of a
    /// literal have no spans on stable Rust.
    fn param(&mut self, param: &pattern::Param, path: &LitStr) -> Option<Param> {
        let ty = match &param.ty {
            None => None,
            Some(ty) => match LitStr::new(ty, path.span()).parse::<Type>() {
                Ok(ty) => Some(Box::new(ty)),
                Err(_) => {
                    self.errors
                        .push(path.span(), messages::not_a_type(&param.name, ty));
                    return None;
                }
            },
        };
        let name = LitStr::new(&param.name, path.span());
        Some(Param {
            ident: name.parse::<Ident>().ok()?,
            ty,
            extent: param.extent,
        })
    }
}
