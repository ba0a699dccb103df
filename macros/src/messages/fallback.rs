//! `route!(_ => …)`.

pub(crate) fn second_fallback(line: usize) -> String {
    format!("duplicate fallback, the first one is on line {line}\nhelp: remove one of them")
}

pub(crate) fn fallback_not_last() -> String {
    "routes after the fallback are unreachable\nhelp: move `route!(_ => …)` to the end".to_owned()
}

pub(crate) fn fallback_with_guard() -> String {
    "the fallback cannot have a guard: it handles every remaining request\nhelp: remove the guard, or use `ANY \"/{rest..}\" if …` above the fallback".to_owned()
}

pub(crate) fn fallback_with_name() -> String {
    "the fallback cannot have a name: it has no URL\nhelp: remove `as …`".to_owned()
}

pub(crate) fn fallback_with_method(methods: &[String]) -> String {
    let methods = methods.join(" | ");
    format!(
        "the fallback cannot have a method: it handles every remaining request\nhelp: use `_ => …`, or `{methods} \"/{{rest..}}\" => …` to restrict the method"
    )
}

pub(crate) fn fallback_word(word: &str) -> String {
    format!("expected a path, found `{word}`\nhelp: use `_ => …` for the fallback")
}
