//! The guard of a route.

pub(crate) fn semicolon_in_guard() -> String {
    "a guard is an expression and ends at `=>`\nhelp: leave the `;` out".to_owned()
}

pub(crate) fn empty_guard() -> String {
    "the guard is empty\nhelp: write a condition behind `if`, or leave `if` out".to_owned()
}

pub(crate) fn second_guard() -> String {
    "a route has one guard\nhelp: join the conditions: `if first && second`".to_owned()
}

pub(crate) fn guard_after_reply(guard: &str) -> String {
    format!("the guard stands in front of the answer\nhelp: write `\"/path\" {guard} => …`")
}

pub(crate) fn wrong_guard_word(found: &str) -> String {
    format!(
        "`{found}` is not how a guard begins\nhelp: write `if condition` between the path and `=>`"
    )
}
