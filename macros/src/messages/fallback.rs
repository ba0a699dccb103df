//! The route for all that is left.

pub(crate) fn second_fallback(line: usize) -> String {
    format!("there is a fallback already, on line {line}\nhelp: leave one out")
}

pub(crate) fn fallback_not_last() -> String {
    "nothing behind the fallback is ever reached\nhelp: put `route!(_ => …)` last".to_owned()
}

pub(crate) fn fallback_with_guard() -> String {
    "the fallback takes no guard: it answers whatever is left\nhelp: leave the guard out, or write `ANY \"/{rest..}\" if …` above it".to_owned()
}

pub(crate) fn fallback_with_name() -> String {
    "the fallback takes no name: it has no URL\nhelp: leave `as …` out".to_owned()
}

pub(crate) fn fallback_with_method(methods: &[String]) -> String {
    let methods = methods.join(" | ");
    format!(
        "the fallback takes no method: it answers whatever is left\nhelp: write `_ => …`, or for one method `{methods} \"/{{rest..}}\" => …`"
    )
}

pub(crate) fn fallback_word(word: &str) -> String {
    format!("`{word}` is not how the fallback is written\nhelp: write `_ => …`")
}
