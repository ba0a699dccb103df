//! What to write in place of the methods that requests and responses have in other frameworks.
//!
//! A method is found by its name in snake case, by this name without a common prefix such as `get_`, or by one of the
//! words in it.

mod request;
mod response;

use super::calls::{Call, Object};
use super::help::{Context, has, redirect_kind};
use crate::http::status;
use proc_macro2::TokenTree;

pub(super) use request::METHODS as REQUEST_METHODS;
pub(super) use response::METHODS as RESPONSE_METHODS;

/// The methods of every emitter and of common traits, which are never taken for those of another framework.
const EMITTER: &str = "on once off emit emit_with emit_error add_listener remove_listener prepend_listener \
    prepend_once_listener remove_all_listeners remove_all_listeners_of on_async once_async listener_count listeners \
    event_names set_max_listeners get_max_listeners clone into from try_into borrow borrow_mut to_owned as_ref as_mut \
    type_id fmt deref";

/// The names of methods, and what to write instead: `$it` is the variable, `$1` the first argument, and `$id` a name
/// made from the first string literal among the arguments.
type Table = &'static [(&'static str, &'static str)];

/// Returns the help for the first of these calls, or `None` if the method exists or is not known.
pub(super) fn help(object: Object, chain: &[Call], context: &Context) -> Option<String> {
    let first = chain.first()?;
    let name = snake(&first.name);
    let methods = match object {
        Object::Request => request::METHODS,
        Object::Response => response::METHODS,
        Object::Headers => request::HEADER_METHODS,
        Object::Url => request::URL_METHODS,
        Object::Body => request::BODY_METHODS,
        Object::Any => return None,
    };
    let exists = |name: &str| has(methods, name) || has(EMITTER, name);
    if exists(&first.name) {
        return None;
    }
    let arguments = first.arguments.join(", ");
    let fill = |template: &str| fill(template, object, chain, context);
    if exists(&name) {
        return Some(fill(&format!("use `$it.{name}({arguments})`")));
    }
    let template = match object {
        Object::Request if has(request::FIELDS, &name) && arguments.is_empty() => {
            return Some(fill(&format!("remove the parentheses: `$it.{name}`")));
        }
        Object::Request => find(request::TABLE, &name)?.to_owned(),
        Object::Headers => find(request::HEADERS, &name)?.to_owned(),
        Object::Body if has(request::BODY_TEXT, &name) => {
            format!("use `let text = $it.body.text().await?;`, and `text.{name}({arguments})`")
        }
        Object::Body => find(request::BODY, &name)?.to_owned(),
        Object::Url if has(request::URL_TEXT, &name) => {
            format!("use `$it.url.path().{name}({arguments})`")
        }
        Object::Url => {
            let template = find(request::TABLE, &name)?;
            let is_url = template.contains("$it.url");
            is_url.then(|| template.to_owned())?
        }
        Object::Any => return None,
        Object::Response => {
            return response_help(response::on_headers(chain), context)
                .or_else(|| response_help(chain, context));
        }
    };
    Some(fill(&template))
}

/// Changes the help for a reply to the help for a statement, after which the handler would otherwise go on.
pub(super) fn return_reply(help: &mut String, response: &str) {
    let send = help
        .strip_prefix("use the value ")
        .and_then(|help| help.split(&format!("`{response}.send(")).nth(1))
        .and_then(|help| help.split('`').next());
    if let Some(send) = send {
        *help = format!(
            "use `return Ok({response}.send({send});` to end the handler here, or the value alone if it is the last one"
        );
    }
}

fn response_help(chain: &[Call], context: &Context) -> Option<String> {
    let template = match response::chained(chain) {
        Some(template) => template,
        None => {
            let template = find(response::TABLE, &snake(&chain[0].name))?;
            match response::chained(&chain[1..]) {
                Some(reply) => format!("{template}; then {reply}"),
                None => template.to_owned(),
            }
        }
    };
    Some(fill(&template, Object::Response, chain, context))
}

/// Returns what to write in place of a field that other frameworks have, or `None` if the field exists or is not known.
pub(super) fn help_for_request_field(request: &str, name: &str) -> Option<String> {
    if has(request::FIELDS, name) || has(request::METHODS, name) {
        return None;
    }
    let context = Context::of_arguments(request, "res");
    field(Object::Request, request::TABLE, name, &context)
}

/// Does the same as [`help_for_request_field`], for a response.
pub(super) fn help_for_response_field(response: &str, name: &str) -> Option<String> {
    if is_response_field(name) || has(response::METHODS, name) {
        return None;
    }
    let context = Context::of_arguments("req", response);
    field(Object::Response, response::TABLE, name, &context)
}

pub(super) fn is_request_field(name: &str) -> bool {
    has(request::FIELDS, name)
}

pub(super) fn is_response_field(name: &str) -> bool {
    has("status_code status_message send_date", name)
}

fn field(object: Object, table: Table, name: &str, context: &Context) -> Option<String> {
    let template = find(table, &snake(name))?;
    let call = Call::with_arguments(name, Vec::new());
    Some(fill(template, object, &[call], context))
}

/// Returns what to write for `file.pipe(res)`.
pub(super) fn help_for_pipe(context: &Context) -> String {
    let (request, response) = (&context.request, &context.response);
    format!(
        "use `onward::files::send_file(&{request}, {response}, path).await` for a file (feature `files`); for other data, use `{response}.write(chunk).await?` for each chunk, and then `{response}.end()`"
    )
}

/// Returns what to write for `params.id`, `query.get("page")` and `headers.host`, if there is no such variable.
pub(super) fn help_for_part(part: &str, after: &[TokenTree], context: &Context) -> String {
    let member = after.iter().find_map(|token| match token {
        TokenTree::Ident(member) => Some(member.to_string()),
        _ => None,
    });
    let calls = super::calls::chain(after);
    let literal = calls.first().and_then(|call| call.arguments.first());
    let member = member.filter(|_| calls.is_empty());
    let argument = member.map(|it| format!("\"{it}\"")).or(literal.cloned());
    let call = Call::with_arguments(part, argument.into_iter().collect());
    let template = find(request::TABLE, part).unwrap_or_default();
    fill(template, Object::Request, &[call], context)
}

/// Looks up the whole name, then the name without a prefix, then each word, starting with the last one.
fn find(table: Table, name: &str) -> Option<&'static str> {
    const PREFIXES: [&str; 8] = [
        "get_", "read_", "parse_", "try_", "with_", "to_", "set_", "send_",
    ];
    let exact = |name: &str| {
        let found = table.iter().find(|(names, _)| has(names, name));
        found.map(|(_, template)| *template)
    };
    let plain = PREFIXES.iter().find_map(|it| name.strip_prefix(it));
    exact(name)
        .or_else(|| exact(plain?))
        .or_else(|| name.rsplit('_').find_map(exact))
}

/// Converts `parseBody` to `parse_body`, and `JSONPretty` to `json_pretty`.
pub(crate) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let is_after_lower = before.is_some_and(|it| it.is_lowercase() || it.is_ascii_digit());
        // The last of several capitals begins a word in `JSONPretty`, but not in the plural `IPs`.
        let next = letters.get(at + 1).filter(|next| next.is_lowercase());
        let is_plural = letters.get(at + 1..) == Some(&['s']);
        let is_first = before.is_some_and(|it| it.is_uppercase()) && next.is_some() && !is_plural;
        if letter.is_uppercase() && (is_after_lower || is_first) {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

fn fill(template: &str, object: Object, chain: &[Call], context: &Context) -> String {
    let first = chain.first();
    let arguments = first.map_or(&[][..], |call| &call.arguments);
    let it = match object {
        Object::Response => &context.response,
        Object::Request | Object::Headers | Object::Url | Object::Body | Object::Any => {
            &context.request
        }
    };
    let literal = chain
        .iter()
        .find_map(|call| call.arguments.iter().find_map(|it| unquoted(it)));
    let id = literal.map_or_else(|| "id".to_owned(), identifier);
    let key = match literal {
        Some(literal) => format!("\"{literal}\""),
        None => "\"name\"".to_owned(),
    };
    let header = first.map_or_else(String::new, |call| snake(&call.name).replace("_", "-"));
    let one = arguments.first().map_or("value", String::as_str);
    let two = arguments.get(1).map_or("value", String::as_str);
    let last = arguments.last().map_or("value", String::as_str);
    let status = status::of(one).unwrap_or_else(|| "StatusCode::NOT_FOUND".to_owned());
    let target = arguments.iter().find_map(|it| it.strip_prefix('&'));
    let target = target.map(|it| it.trim_start_matches("mut ").trim());
    let target = target.filter(|it| syn::parse_str::<syn::Ident>(it).is_ok());
    let error = arguments.iter().find_map(|it| status::of(it));
    let error = error.unwrap_or_else(|| "StatusCode::BAD_REQUEST".to_owned());
    let text = arguments.iter().find(|it| it.starts_with('"'));
    let pairs: [(&str, &str); 14] = [
        ("$error_status", &error),
        ("$error_text", text.map_or("\"text\"", String::as_str)),
        ("$it", it),
        ("$req", &context.request),
        ("$res", &context.response),
        ("$function", &context.function),
        ("$id", &id),
        ("$key", &key),
        ("$header", &header),
        ("$target", target.unwrap_or("value")),
        ("$status", &status),
        ("$1", one),
        ("$2", two),
        ("$last", last),
    ];
    let mut text = template.to_owned();
    for (placeholder, value) in pairs {
        text = text.replace(placeholder, value);
    }
    text
}

/// Converts a parameter's name to the name of a variable.
fn identifier(text: &str) -> String {
    let name: String = snake(text)
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    match name.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => name,
        false => "name".to_owned(),
    }
}

/// Returns the constant of `StatusCode` for a method such as `not_found`.
fn status_method(name: &str) -> Option<&'static str> {
    let plain = name.strip_prefix("send_").unwrap_or(name);
    match plain {
        "error" | "server_error" | "internal_error" | "internal" => Some("INTERNAL_SERVER_ERROR"),
        "unprocessable" | "invalid" => Some("UNPROCESSABLE_ENTITY"),
        "unauthenticated" => Some("UNAUTHORIZED"),
        "denied" => Some("FORBIDDEN"),
        "empty" => Some("NO_CONTENT"),
        "too_many" => Some("TOO_MANY_REQUESTS"),
        "gone" | "ok" | "created" | "accepted" | "conflict" => status::constant_like(plain),
        // Other names are certain to mean a status only if they have several words (`not_found`) or are listed below.
        _ if plain.contains('_') => status::constant_like(plain),
        "unauthorized" | "forbidden" => status::constant_like(plain),
        _ => None,
    }
}
