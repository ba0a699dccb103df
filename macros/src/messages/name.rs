//! The name of a route.

pub(crate) fn duplicate_name(name: &str, line: usize) -> String {
    format!(
        "`{name}` is the name of the route on line {line} already\nhelp: give this one another: `as other_{name}`"
    )
}

pub(crate) fn capital_name(name: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "a route's name becomes a function, which is written in lower case\nhelp: write `as {lower}`"
    )
}

pub(crate) fn reserved_name(name: &str) -> String {
    let name_lower = name.to_lowercase();
    format!(
        "`{name}` is taken by the generated code\nhelp: choose another name: `as {name_lower}_route`"
    )
}

pub(crate) fn route_name(text: &str) -> String {
    if text.is_empty() {
        return "the name is missing\nhelp: write it behind `as`: `as product`".to_owned();
    }
    if text
        .chars()
        .all(|char| char.is_alphanumeric() || char == '_')
    {
        return format!("`{text}` is a keyword of Rust\nhelp: write `as {text}_`");
    }
    format!("`{text}` cannot name a route\nhelp: write a plain name, without quotes: `as product`")
}

pub(crate) fn name_after_guard(name: &str) -> String {
    format!(
        "the name stands in front of the guard\nhelp: write `\"/path\" as {name} if condition => …`"
    )
}

pub(crate) fn name_after_reply(name: &str) -> String {
    format!("the name stands in front of the answer\nhelp: write `\"/path\" as {name} => …`")
}

pub(crate) fn second_name() -> String {
    "a route has one name\nhelp: leave one `as …` out".to_owned()
}
