//! The methods of a route.

use super::text::distance;
use crate::methods::Methods;
use proc_macro2::Ident;

pub(crate) fn missing_method() -> String {
    "a method is missing beside `|`\nhelp: write `GET | POST \"/path\" => …`".to_owned()
}

pub(crate) fn punct_after_method(sign: &str, method: &str, path: &str) -> String {
    format!("no `{sign}` between the method and the path\nhelp: write `{method} {path} => …`")
}

pub(crate) fn star_as_method() -> String {
    "`*` is no method\nhelp: write `ANY` for all of them".to_owned()
}

pub(crate) fn called_method(method: &str, path: &str) -> String {
    format!("a method is no function\nhelp: write `{method} {path} => …`")
}

pub(crate) fn qualified_method(method: &str) -> String {
    format!("a method is written without a path in front\nhelp: write `{method} \"/path\" => …`")
}

pub(crate) fn methods_not_joined(methods: &[Ident]) -> String {
    let methods: Vec<String> = methods
        .iter()
        .map(|method| method.to_string().to_uppercase())
        .collect();
    let methods = methods.join(" | ");
    format!("several methods are joined by `|`\nhelp: write `{methods} \"/path\" => …`")
}

pub(crate) fn repeated_method(name: &str) -> String {
    format!("`{name}` is named twice\nhelp: leave one out")
}

pub(crate) fn any_with_others() -> String {
    "`ANY` is every method already\nhelp: write `ANY` alone, or leave it out".to_owned()
}

pub(crate) fn method_after_path(method: &str, path: &str) -> String {
    format!("the method stands in front of the path\nhelp: write `{method} \"{path}\" => …`")
}

pub(crate) fn unknown_method(name: &str) -> String {
    let upper = name.to_uppercase();
    if Methods::named(&upper).is_some() {
        return format!("`{name}` is no method\nhelp: methods are in capitals: `{upper}`");
    }
    let help = match nearest_method(&upper) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "methods are {} and `ANY`; a name for the route stands behind the path: `as …`",
            Methods::NAMES.map(|name| format!("`{name}`")).join(", ")
        ),
    };
    format!("`{name}` is no method\nhelp: {help}")
}

/// The method that is one slip away: a letter too many, too few, wrong, or two swapped.
fn nearest_method(name: &str) -> Option<&'static str> {
    match name {
        "ALL" | "ALWAYS" | "EVERY" | "USE" => return Some("ANY"),
        "DEL" | "REMOVE" => return Some("DELETE"),
        "OPTION" | "OPT" => return Some("OPTIONS"),
        _ => {}
    }
    let near = |candidate: &&str| distance(name, candidate) <= 2 && candidate.len() > 3;
    let names = Methods::NAMES.into_iter().chain(["ANY"]);
    names
        .filter(|candidate| near(candidate) || distance(name, candidate) == 1)
        .min_by_key(|candidate| distance(name, candidate))
}

pub(crate) fn quoted_method(method: &str) -> String {
    format!(
        "a route has one path, and the method stands without quotes\nhelp: write `{} \"/path\" => …`",
        method.to_uppercase()
    )
}
