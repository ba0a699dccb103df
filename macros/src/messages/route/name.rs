//! The name of a route.

pub(crate) fn duplicate_name(name: &str, line: usize) -> String {
    format!(
        "duplicate route name `{name}`, already used on line {line}\nhelp: rename this route, for example `as other_{name}`"
    )
}

/// Returns the message for `as home "/"`.
pub(crate) fn name_before_path(name: &str, path: &str) -> String {
    format!("the name of a route comes after the path\nhelp: use `{path} as {name} => …`")
}

pub(crate) fn uppercase_name(name: &str) -> String {
    let lower = name.to_lowercase();
    format!("route name `{name}` must be lowercase: it becomes a function\nhelp: use `as {lower}`")
}

pub(crate) fn reserved_name(name: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "route name `{name}` is reserved for generated code\nhelp: rename the route, for example `as {lower}_route`"
    )
}

pub(crate) fn route_name(text: &str) -> String {
    if text.is_empty() {
        return "expected a name after `as`\nhelp: add one: `as product`".to_owned();
    }
    let is_word = text
        .chars()
        .all(|char| char.is_alphanumeric() || char == '_');
    if is_word && !text.starts_with(char::is_numeric) {
        return format!(
            "expected a name after `as`, found keyword `{text}`\nhelp: use `as {text}_`"
        );
    }
    if let Some((_, name)) = text.rsplit_once("::") {
        return format!(
            "expected a name after `as`, found the path `{text}`\nhelp: use `as {name}`"
        );
    }
    format!(
        "expected a name after `as`, found `{text}`\nhelp: use an identifier without quotes: `as product`"
    )
}

pub(crate) fn name_after_guard(name: &str) -> String {
    format!(
        "the name must come before the guard\nhelp: use `\"/path\" as {name} if condition => …`"
    )
}

pub(crate) fn name_after_reply(name: &str) -> String {
    format!("the name must come before `=>`\nhelp: use `\"/path\" as {name} => …`")
}

pub(crate) fn second_name() -> String {
    "a route can have only one name\nhelp: remove one `as …`".to_owned()
}
