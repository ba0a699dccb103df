//! Variables of other frameworks: `ctx.json(value)`, `request.args`, `console.log(text)`.
//!
//! A name is reported only if each of its occurrences is followed by a dot and the function declares no such variable.
//! A name in lowercase before a dot is rarely an item of the program, because constants and statics have uppercase
//! names.

mod languages;

use super::calls::{Call, Object, chain};
use super::help::{self as names, Context, has};
use super::{Place, fields, methods};
use crate::messages;
use crate::server::model::Server;
use crate::tokens::is_punct;
use languages::{json, log, package, promise, tasks};
use proc_macro2::{Delimiter, Ident, TokenTree};

/// The meaning of the variable in other frameworks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The request and the response in one.
    Context,
    Request,
    Response,
    Router,
    Tasks,
    Log,
    Environment,
    Globals,
    This,
    Json,
    /// A JavaScript `Promise`.
    Promise,
    /// Go's package `http`.
    Package,
    /// What a program shares between requests.
    State,
    /// A part of the request.
    Part(&'static str),
}

fn kind(name: &str) -> Option<Kind> {
    let kind = match name {
        "ctx" | "c" | "context" | "cx" => Kind::Context,
        "request" | "req" | "r" | "http_request" | "httpRequest" => Kind::Request,
        "response" | "res" | "resp" | "rsp" | "reply" | "w" | "response_writer" => Kind::Response,
        "app" | "router" | "express" | "fastify" | "blueprint" | "bp" | "api" | "koa" | "route"
        | "routes" | "mux" | "engine" => Kind::Router,
        "background_tasks" | "backgroundTasks" | "asyncio" | "tasks" | "executor" => Kind::Tasks,
        "console" | "logger" | "logging" | "fmt" => Kind::Log,
        "process" | "os" | "environ" => Kind::Environment,
        "g" | "session" | "flask" | "current_app" | "current_user" | "locals" => Kind::Globals,
        "self" | "this" => Kind::This,
        "JSON" | "json" => Kind::Json,
        "Promise" => Kind::Promise,
        "http" => Kind::Package,
        "state" | "db" | "pool" | "database" | "store" | "app_state" | "appState" => Kind::State,
        "params" | "path_params" | "match_info" => Kind::Part("param"),
        "query" | "query_params" | "args" => Kind::Part("query"),
        "body" | "payload" => Kind::Part("json"),
        "form" | "form_data" => Kind::Part("form"),
        "files" | "file" | "upload" => Kind::Part("files"),
        "cookies" | "cookie" => Kind::Part("cookies"),
        "headers" | "header" => Kind::Part("headers"),
        "user" => Kind::Part("user"),
        "next" => Kind::Part("next"),
        _ => return None,
    };
    Some(kind)
}

/// A variable that does not exist.
pub(crate) struct ForeignObject {
    pub(crate) name: Ident,
    pub(crate) message: String,
}

/// The occurrences of variables that do not exist.
#[derive(Default)]
pub(crate) struct Objects {
    found: Vec<ForeignObject>,
    declared: Vec<String>,
}

/// Returns the names that the arguments and the routes declare.
fn declared(server: &Server) -> Vec<String> {
    let mut names = server.argument_names();
    for route in &server.routes {
        names.extend(route.params.iter().map(|param| param.ident.to_string()));
        let variables = route.contract.variables();
        names.extend(variables.into_iter().map(|it| it.to_string()));
    }
    for partial in server.partial() {
        names.extend(partial.idents.iter().map(Ident::to_string));
    }
    names
}

impl Objects {
    pub(super) fn see(&mut self, name: &Ident, text: &str, place: Place<'_>, context: &Context) {
        if matches!(text, "null" | "undefined" | "nil") {
            self.see_nothing(name, text, place);
        }
        if let Some(kind) = kind(text).filter(|_| !place.is_member()) {
            self.add(name, kind, place.after(), context);
        }
    }

    /// Reports a name for a missing value: `user = null`, `value == undefined`. In `json!`, `null` does not follow a
    /// `=`.
    fn see_nothing(&mut self, name: &Ident, text: &str, place: Place<'_>) {
        let is_value = match place.after().first() {
            Some(TokenTree::Punct(sign)) => matches!(sign.as_char(), ';' | '&' | '|' | ','),
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
            Some(_) => false,
            None => true,
        };
        if is_value && is_punct(place.before(), '=') {
            self.found.push(ForeignObject {
                name: name.clone(),
                message: messages::nothing(text),
            });
        } else {
            self.declared.push(text.to_owned());
        }
    }

    /// Removes the variables that the function declares.
    pub(super) fn finish(&mut self, server: &Server) {
        if !self.found.is_empty() {
            self.declared.extend(declared(server));
        }
        let declared = std::mem::take(&mut self.declared);
        self.found
            .retain(|it| declared.iter().all(|name| it.name != name));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &ForeignObject> {
        self.found.iter()
    }

    fn add(&mut self, name: &Ident, kind: Kind, after: &[TokenTree], context: &Context) {
        let member = match after {
            [dot, TokenTree::Ident(member), ..] if is_punct(dot, '.') => member,
            // The macros `json!` and `route!`.
            [bang, ..] if is_punct(bang, '!') => return,
            _ => {
                self.declared.push(name.to_string());
                return;
            }
        };
        let converts = ["stringify", "parse", "dumps", "loads"];
        if kind == Kind::Json && !converts.iter().any(|it| member == it) {
            self.declared.push(name.to_string());
            return;
        }
        if may_be_item(kind, after) {
            self.declared.push(name.to_string());
            return;
        }
        let help = help(kind, after, context);
        let is_argument = matches!(kind, Kind::Context | Kind::Request | Kind::Response);
        let arguments = (context.request.as_str(), context.response.as_str());
        let arguments = is_argument.then_some(arguments);
        self.found.push(ForeignObject {
            name: name.clone(),
            message: messages::foreign_object(&name.to_string(), &help, arguments),
        });
    }
}

/// Returns whether the name may be an item. Query builders have items in lowercase for tables and columns:
/// `files.filter(body.eq("text"))`.
fn may_be_item(kind: Kind, after: &[TokenTree]) -> bool {
    const OF_ITEMS: &str = "eq ne eq_any ne_all ne_any is_null is_not_null like ilike not_like gt ge lt le between and or asc \
        desc filter or_filter select find order order_by then_order_by limit offset load first get_result get_results \
        inner_join left_join left_outer_join on into_boxed count nullable group_by having distinct distinct_on concat \
        contains is_contained_by as_query as_select returning on_conflict values table name";
    const OF_PARTS: &str = "get get_one get_all getlist get_str has set value run call handle";
    let calls = chain(after);
    let Some(first) = calls.first() else {
        return false;
    };
    match kind {
        Kind::State | Kind::Router => has(OF_ITEMS, &first.name),
        Kind::Part(_) => !has(OF_PARTS, &first.name),
        _ => false,
    }
}

fn help(kind: Kind, after: &[TokenTree], context: &Context) -> String {
    let (request, response) = (&context.request, &context.response);
    let calls = chain(after);
    let help = match kind {
        Kind::Context => {
            part(Object::Response, after, context).or_else(|| part(Object::Request, after, context))
        }
        Kind::Request => part(Object::Request, after, context),
        Kind::Response => part(Object::Response, after, context),
        Kind::Router => Some(router(&calls, context)),
        Kind::Tasks => Some(tasks(&calls)),
        Kind::Log => Some(log(&calls)),
        Kind::Environment => {
            Some("use `std::env::var(\"NAME\")`, which returns a `Result`".to_owned())
        }
        Kind::Globals => Some(format!(
            "use a variable, as in `let user = authenticate(&{request}).await?;`, an argument for state, or a session (feature `sessions`)"
        )),
        Kind::This => Some(format!(
            "use an argument: `async fn {}({request}: Request, {response}: Response, db: Db)`",
            context.function
        )),
        Kind::Json => Some(json(&calls)),
        Kind::Promise => Some(promise(&calls)),
        Kind::Package => Some(package(after, &calls)),
        Kind::State => Some(format!(
            "use an argument: `async fn {}({request}: Request, {response}: Response, db: Db)`, and pass it: `create_server(move |req, res| {}(req, res, db.clone()))`",
            context.function, context.function
        )),
        Kind::Part("next") => Some(
            "remove it; the routes below a statement run after it anyway, unless the statement returns"
                .to_owned(),
        ),
        Kind::Part(part) => Some(methods::help_for_part(part, after, context)),
    };
    help.unwrap_or_else(|| match kind {
        Kind::Request => format!("use the argument `{request}`"),
        Kind::Response => format!("use the argument `{response}`, as in `{response}.send(reply)`"),
        _ => format!(
            "use the arguments `{request}` and `{response}`, as in `{response}.send(reply)`"
        ),
    })
}

/// Returns the help for a method or a field of the request or the response.
fn part(object: Object, after: &[TokenTree], context: &Context) -> Option<String> {
    if let Some((field, rest)) = field(after) {
        return match field.as_str() {
            "req" | "request" => part(Object::Request, rest, context),
            "res" | "response" => part(Object::Response, rest, context),
            _ => known_field(object, &field, context),
        };
    }
    let calls = chain(after);
    let first = calls.first()?;
    if let Some(help) = methods::help(object, &calls, context) {
        return Some(help);
    }
    let (it, names) = match object {
        Object::Response => (&context.response, methods::RESPONSE_METHODS),
        Object::Request | Object::Headers | Object::Url | Object::Body | Object::Any => {
            (&context.request, methods::REQUEST_METHODS)
        }
    };
    let arguments = first.arguments.join(", ");
    has(names, &first.name).then(|| format!("use `{it}.{}({arguments})`", first.name))
}

/// Returns the name in `.name`, which is not called, and the tokens that follow.
fn field(after: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    match after {
        [dot, TokenTree::Ident(name), rest @ ..] if is_punct(dot, '.') => {
            let is_call = match rest.first() {
                Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
                _ => false,
            };
            (!is_call).then(|| (name.to_string(), rest))
        }
        _ => None,
    }
}

fn known_field(object: Object, field: &str, context: &Context) -> Option<String> {
    let message = match object {
        Object::Response => fields::response_field(&context.response, field),
        Object::Request | Object::Headers | Object::Url | Object::Body | Object::Any => {
            fields::request_field(&context.request, field)
        }
    };
    let message = message?;
    let (_, help) = message.split_once("\nhelp: ")?;
    Some(help.to_owned())
}

fn router(calls: &[Call], context: &Context) -> String {
    let Some(first) = calls.first() else {
        return "use `route!(\"/path\" => reply);`".to_owned();
    };
    let path = first.arguments.first().map_or("\"/path\"", String::as_str);
    let name = methods::snake(&first.name);
    let function = &context.function;
    match name.as_str() {
        "get" | "post" | "put" | "delete" | "patch" | "head" | "options" => {
            format!("use `route!({} {path} => reply);`", name.to_uppercase())
        }
        "all" | "any" | "route" | "add_url_rule" | "handle" | "handle_func" => {
            format!("use `route!(ANY {path} => reply);`")
        }
        "listen" | "run" | "start" | "serve" | "bind" | "launch" => format!(
            "use `onward::http::create_server({function}).listen({}).await` in `main`",
            first.arguments.first().map_or("3000", String::as_str)
        ),
        "group" | "prefix" | "mount" | "nest" | "include_router" | "register_blueprint"
        | "scope" | "merge" => "use `route!(mount \"/path\" => other(req, res).await);`".to_owned(),
        "static" | "static_files" | "serve_static" | "serve_files" => {
            "use `route!(\"/public/{rest..}\" => …)` with `onward::files::Files` (feature `files`)"
                .to_owned()
        }
        "error_handler" | "exception_handler" | "on_error" | "set_error_handler"
        | "errorhandler" => "use your own error type: `-> Result<Sent, AppError>`".to_owned(),
        "fallback" | "not_found" | "default_service" => "use `route!(_ => reply);`".to_owned(),
        "state" | "data" | "set" | "manage" | "provide" | "decorate" => format!(
            "use an argument: `async fn {function}({}: Request, {}: Response, db: Db)`",
            context.request, context.response
        ),
        _ => names::of_middleware(path, context).unwrap_or_else(|| {
            "move it to a statement above the routes: the routes below a statement run after it"
                .to_owned()
        }),
    }
}
