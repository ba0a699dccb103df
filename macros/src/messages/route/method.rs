//! The methods of a route.

use crate::http::methods::Methods;
use crate::messages::text::distance;
use proc_macro2::Ident;

pub(crate) fn missing_method() -> String {
    "expected a method next to `|`\nhelp: add one: `GET | POST \"/path\" => …`".to_owned()
}

pub(crate) fn punct_after_method(punct: &str, method: &str, path: &str) -> String {
    format!("expected the path after the method, found `{punct}`\nhelp: use `{method} {path} => …`")
}

pub(crate) fn star_as_method() -> String {
    "`*` is not a method\nhelp: use `ANY` to match every method".to_owned()
}

pub(crate) fn called_method(method: &str, path: &str) -> String {
    format!("a method cannot be called like a function\nhelp: use `{method} {path} => …`")
}

pub(crate) fn qualified_method(method: &str) -> String {
    format!("a method must be a plain name\nhelp: use `{method} \"/path\" => …`")
}

pub(crate) fn methods_not_joined(methods: &[Ident]) -> String {
    let methods: Vec<String> = methods
        .iter()
        .map(|method| method.to_string().to_uppercase())
        .collect();
    let methods = methods.join(" | ");
    format!("several methods must be separated by `|`\nhelp: use `{methods} \"/path\" => …`")
}

pub(crate) fn repeated_method(name: &str) -> String {
    format!("duplicate method `{name}`\nhelp: remove one of them")
}

pub(crate) fn any_with_others() -> String {
    "`ANY` already includes every method\nhelp: use `ANY` alone, or remove it".to_owned()
}

pub(crate) fn method_after_path(method: &str, path: &str) -> String {
    format!("the method must come before the path\nhelp: use `{method} \"{path}\" => …`")
}

/// The names that other routers use for a mount, in uppercase.
const MOUNTS: [&str; 11] = [
    "MOUNT", "NEST", "NESTED", "MERGE", "INCLUDE", "SCOPE", "USE", "PREFIX", "GROUP", "REGISTER",
    "UNDER",
];

/// Returns whether the word is the name of a mount in another framework.
pub(crate) fn is_other_mount(word: &str) -> bool {
    MOUNTS.contains(&word.to_uppercase().as_str())
}

pub(crate) fn other_mount(word: &str, path: &str) -> String {
    format!(
        "unknown method `{word}`\nhelp: use `mount` for another server: `mount \"{path}\" => server(req, res).await`"
    )
}

pub(crate) fn negated_method(method: &str, path: &str) -> String {
    format!(
        "a method cannot be negated\nhelp: use `ANY \"{path}\" if req.method != Method::{method} => …`"
    )
}

pub(crate) fn unknown_method(name: &str) -> String {
    let upper = name.to_uppercase();
    if let Some(help) = other_kind(&upper) {
        return format!("unknown method `{name}`\nhelp: {help}");
    }
    let help = match nearest_method(&upper) {
        _ if MOUNTS.contains(&upper.as_str()) => {
            "use `mount` for another server: `mount \"/path\" => server(req, res).await`".to_owned()
        }
        _ if upper == "UNMATCHED" => "use `unmatched` in lowercase".to_owned(),
        _ if Methods::named(&upper).is_some() => format!("use `{upper}`: methods are uppercase"),
        Some(near) => format!("use `{near}`"),
        None => format!(
            "use {} or `ANY`; a name for the route comes after the path: `as …`",
            Methods::NAMES.map(|name| format!("`{name}`")).join(", ")
        ),
    };
    format!("unknown method `{name}`\nhelp: {help}")
}

/// Returns the help for a word that is not a method in other frameworks either, but a kind of route.
fn other_kind(word: &str) -> Option<&'static str> {
    let help = match word {
        "WS" | "WSS" | "WEBSOCKET" | "WEBSOCKETS" | "SOCKET" => {
            "use `GET`, since a WebSocket begins as a GET request, and `onward::websocket` (feature `websocket`): `GET \"/path\" => onward::websocket::websocket(&req, res, |socket| async move { … })`"
        }
        "SSE" | "EVENTS" | "EVENTSOURCE" | "STREAM" | "SUBSCRIBE" => {
            "use `GET`, since server-sent events are the reply to a GET request, and a `Live`: `GET \"/path\" => live.follow(&req)`"
        }
        "STATIC" | "FILE" | "FILES" | "DIR" | "ASSETS" => {
            "use `onward::files::Files` (feature `files`): `\"/path/{rest..}\" => Files::new(\"public\").send(&req, res, rest).await`"
        }
        "REDIRECT" => "use `ANY \"/path\" => onward::redirect(\"/target\")`",
        "RESOURCE" | "RESOURCES" | "ROUTE" | "CRUD" | "API" => {
            "use one route for each method: `GET \"/path\" => …`, `POST \"/path\" => …`, or one route with `ANY` for all methods"
        }
        "VIEW" | "RENDER" | "PAGE" => "use `GET \"/path\" => Html(text)`",
        "FALLBACK" | "DEFAULT" | "NOTFOUND" | "NOT_FOUND" | "CATCH" | "ERROR" | "ELSE"
        | "OTHERWISE" => "use `_ => …` as the last route",
        "MIDDLEWARE" | "BEFORE" | "FILTER" | "HOOK" => {
            "move it to a statement above the routes: the routes below a statement run after it"
        }
        _ => return None,
    };
    Some(help)
}

/// Returns the method that was probably meant: the one for which other frameworks use this name, or the nearest one
/// within two typos, or within one typo if the method has only three letters.
fn nearest_method(name: &str) -> Option<&'static str> {
    match name {
        "ALL" | "ALWAYS" | "EVERY" | "USE" => return Some("ANY"),
        "DEL" | "REMOVE" => return Some("DELETE"),
        "OPTION" | "OPT" => return Some("OPTIONS"),
        _ => {}
    }
    let near = |candidate: &&str| distance(name, candidate) <= 2 && candidate.len() > 3;
    let mut names = Methods::NAMES.to_vec();
    names.push("ANY");
    names.retain(|candidate| near(candidate) || distance(name, candidate) == 1);
    names
        .into_iter()
        .min_by_key(|candidate| distance(name, candidate))
}

pub(crate) fn quoted_method(method: &str, path: &str) -> String {
    format!(
        "the method must not be in quotes\nhelp: use `{} {path} => …`",
        method.to_uppercase().replace(", ", ",").replace(',', " | ")
    )
}
