//! `route!(_ => …)` and `route!(unmatched)`.

pub(crate) fn second_fallback(line: usize) -> String {
    format!("duplicate fallback; the first one is on line {line}\nhelp: remove one of them")
}

pub(crate) fn fallback_not_last(last: Option<usize>) -> String {
    let place = last.map_or_else(String::new, |line| {
        format!(", below the last route, which is on line {line}")
    });
    format!(
        "routes after the fallback are unreachable\nhelp: move `route!(_ => …)` to the end{place}"
    )
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

pub(crate) fn second_unmatched(line: usize) -> String {
    format!("duplicate `unmatched`; the first one is on line {line}\nhelp: remove one of them")
}

pub(crate) fn unmatched_with_fallback(line: usize) -> String {
    format!(
        "`unmatched` leaves no request for the fallback on line {line}\nhelp: remove one of them; `unmatched => expression` replies like a fallback"
    )
}

pub(crate) fn unmatched_with_guard() -> String {
    "`unmatched` cannot have a guard\nhelp: remove the guard, or use `_ => …` with an `if` in the expression".to_owned()
}

pub(crate) fn unmatched_with_name() -> String {
    "`unmatched` cannot have a name: it has no URL\nhelp: remove `as …`".to_owned()
}

pub(crate) fn unmatched_with_path() -> String {
    "`unmatched` cannot have a path: it handles every path that no route matches\nhelp: remove the path, or use `ANY \"/path/{rest..}\" => …` as the last route to handle only some paths".to_owned()
}

pub(crate) fn unmatched_with_method() -> String {
    "`unmatched` cannot have a method: it handles every request that no route matches\nhelp: remove the method".to_owned()
}
