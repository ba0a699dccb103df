//! Bugs in the macros themselves.

pub(crate) fn internal_error(macro_name: &str, panic: &str) -> String {
    format!(
        "internal error in `{macro_name}`: {panic}\nhelp: report this bug in Onward, together with the code that this error points to"
    )
}
