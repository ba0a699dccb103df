//! What stands in the parentheses of `#[server(…)]`.

use super::text::distance;

pub(crate) fn unknown_option(key: &str) -> String {
    let plain = key.to_lowercase().replace('-', "_");
    let help = if plain.starts_with("trailing") || distance(&plain, "trailing_slash") <= 2 {
        "did you mean `trailing_slash`?"
    } else {
        "there are `crate = path` and `trailing_slash = strict`, `ignore` or `redirect`"
    };
    format!("`{key}` is no option of `#[server]`\nhelp: {help}")
}

pub(crate) fn duplicate_option(key: &str) -> String {
    format!("`{key}` is given twice\nhelp: leave one out")
}

pub(crate) fn option_without_value(key: &str) -> String {
    let value = if key == "crate" {
        "path::to::onward"
    } else {
        "strict"
    };
    format!("`{key}` needs a value\nhelp: write `{key} = {value}`")
}

pub(crate) fn options_not_separated() -> String {
    "a comma stands between two options\nhelp: write `#[server(crate = path, trailing_slash = ignore)]`".to_owned()
}

pub(crate) fn crate_option() -> String {
    "`crate` takes a path\nhelp: write it without quotes: `crate = path::to::onward`".to_owned()
}

pub(crate) fn trailing_slash_option() -> String {
    "`trailing_slash` is `strict`, `ignore` or `redirect`\nhelp: write one of them without quotes: `trailing_slash = ignore`".to_owned()
}

pub(crate) fn path_as_option(path: &str) -> String {
    format!(
        "`#[server]` takes no path\nhelp: write the path into its routes, or nest the function: `route!(ANY \"{path}/{{rest..}}\" => name(req.at(rest), res).await)`"
    )
}
