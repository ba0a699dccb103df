//! The declaration of events.

pub(crate) fn declared_set(word: &str) -> String {
    format!("expected the name of a set of events, found `{word}`\nhelp: remove `{word}`")
}

pub(crate) fn set_without_events() -> String {
    "the set has no events\nhelp: use `events! { ChatEvents { Said(str), Left } }`".to_owned()
}

pub(crate) fn events_syntax() -> String {
    "expected events, separated by commas\nhelp: use `events! { ChatEvents { Said(str), Left } }`"
        .to_owned()
}

pub(crate) fn duplicate_event(name: &str, line: usize) -> String {
    format!("duplicate event `{name}`; the first one is on line {line}\nhelp: remove one of them")
}

pub(crate) fn event_without_comma(next: &str) -> String {
    format!("expected `,` before `{next}`\nhelp: add a comma: `, {next}`")
}

pub(crate) fn event_fields(name: &str) -> String {
    format!(
        "the payload of an event has no named fields\nhelp: use a type in parentheses: `{name}(Type)`"
    )
}

pub(crate) fn event_payload(name: &str, payload: &str) -> String {
    format!("the payload of an event must be in parentheses\nhelp: use `{name}({payload})`")
}
