//! The query of a route.

use crate::messages::text::short;

const EXAMPLE: &str = "`\"/path?{page: u32 = 1}&{search: Option<String>}\"`";

pub(crate) fn query_without_serde() -> String {
    "a route can declare a query only with the feature `serde` of `onward`\nhelp: add `\"serde\"` to `features` in Cargo.toml, or read the text of the query in the expression: `req.url.query_string()`"
        .to_owned()
}

pub(crate) fn empty_query(path: &str) -> String {
    let path = short(path);
    format!(
        "expected a parameter after `?`\nhelp: use `\"{path}\"`, or declare the parameters of the query: `\"{path}?{{page: u32}}\"`"
    )
}

pub(crate) fn question_mark(path: &str, at: usize) -> String {
    let own = short(&path[..at]);
    format!(
        "`?` begins the query, which comes after the whole path\nhelp: use `\"{own}\"` without the `?`, or two routes if a segment may be missing"
    )
}

pub(crate) fn second_question_mark(query: &str) -> String {
    let ours = short(&query.replace('?', "&"));
    format!(
        "a path can have only one `?`, found `?{query}`\nhelp: use `&` between parameters: `?{ours}`"
    )
}

pub(crate) fn query_separator(sign: &str, first: &str, second: &str) -> String {
    let (first, second) = (short(first), short(second));
    let found = match sign {
        "" => "nothing".to_owned(),
        sign => format!("`{sign}`"),
    };
    format!(
        "expected `&` between parameters of the query, found {found}\nhelp: use `{first}&{second}`"
    )
}

pub(crate) fn empty_query_parameter(query: &str) -> String {
    let query = short(query);
    format!(
        "expected a parameter on each side of `&` in `?{query}`\nhelp: remove the `&`, or use {EXAMPLE}"
    )
}

pub(crate) fn query_literal(theirs: &str, ours: &str, used: &str) -> String {
    let (theirs, ours) = (short(theirs), short(ours));
    format!(
        "the query does not decide which route matches, found `{theirs}`\nhelp: use `{ours}`, and test the value after `=>`: `{used}`"
    )
}

pub(crate) fn query_text(piece: &str) -> String {
    let piece = short(piece);
    format!("expected a parameter in braces in the query, found `{piece}`\nhelp: use {EXAMPLE}")
}

pub(crate) fn query_key(key: &str, ours: &str) -> String {
    let key = short(key);
    format!(
        "`{key}` cannot be the key of a query parameter\nhelp: use the decoded text, such as `{ours}`"
    )
}

pub(crate) fn untyped_query(name: &str) -> String {
    let name = short(name);
    if name.starts_with(char::is_uppercase) {
        let variable = name.to_lowercase();
        return format!(
            "a parameter of the query needs a name before its type: `{{{name}}}`\nhelp: use `{{{variable}..: {name}}}` for a type that has all parameters as fields, or declare each of them: `{{page: u32}}`"
        );
    }
    format!(
        "a parameter of the query needs a type, which also declares whether it may be missing: `{{{name}}}`\nhelp: use `{{{name}: String}}`, or `{{{name}: Option<String>}}` if it may be missing"
    )
}

pub(crate) fn default_without_type(name: &str, ty: &str, default: &str) -> String {
    let (name, default) = (short(name), short(default));
    format!(
        "a parameter of the query needs a type before its default: `{{{name} = {default}}}`\nhelp: use `{{{name}: {ty} = {default}}}`"
    )
}

pub(crate) fn untyped_query_rest(name: &str) -> String {
    let name = short(name);
    format!(
        "`{{{name}..}}` needs a type that has the remaining parameters as fields\nhelp: use `{{{name}..: Filter}}` with a struct that implements `Deserialize`"
    )
}

pub(crate) fn missing_default(name: &str, ty: &str) -> String {
    let (name, ty) = (short(name), short(ty));
    format!(
        "expected a default after `=` in `{{{name}: {ty} =}}`\nhelp: add a literal or a constant, or use `{{{name}: {ty}}}`"
    )
}

pub(crate) fn default_not_constant(name: &str, ty: &str, default: &str) -> String {
    let (name, ty, default) = (short(name), short(ty), short(default));
    format!(
        "a default must be a literal or a constant, found `{default}`\nhelp: add `const DEFAULT: {ty} = …;` and use `{{{name}: {ty} = DEFAULT}}`, or use `{{{name}: Option<{ty}>}}` and compute the default after `=>`"
    )
}

pub(crate) fn default_of_optional(name: &str, ty: &str, inner: &str, default: &str) -> String {
    if default == "None" {
        return format!(
            "`None` is already the value of a missing parameter, found `{{{name}: {ty} = None}}`\nhelp: use `{{{name}: {ty}}}`"
        );
    }
    let some = default.strip_prefix("Some(");
    let value = some.and_then(|it| it.strip_suffix(')')).unwrap_or(default);
    let (name, ty, found, default) = (short(name), short(ty), short(default), short(value));
    format!(
        "a parameter with a default is never missing, found `{{{name}: {ty} = {found}}}`\nhelp: use `{{{name}: {inner} = {default}}}`, or `{{{name}: {ty}}}`"
    )
}

/// Returns the message for `{page: u32 = None}` and `{page: u32 = Some(1)}`.
pub(crate) fn optional_default(name: &str, ty: &str, value: Option<&str>) -> String {
    match value {
        None => format!(
            "a parameter of type `{ty}` cannot have the default `None`\nhelp: use `{{{name}: Option<{ty}>}}`, which is `None` if the parameter is missing"
        ),
        Some(value) => format!(
            "the default of a parameter must be a value of its type, `{ty}`\nhelp: use `{{{name}: {ty} = {value}}}`"
        ),
    }
}

pub(crate) fn default_of_list(name: &str, ty: &str) -> String {
    let (name, ty) = (short(name), short(ty));
    format!(
        "a list cannot have a default: it is empty if the parameter is missing\nhelp: use `{{{name}: {ty}}}`"
    )
}

pub(crate) fn default_of_other_type(name: &str, ty: &str, default: &str, ours: &str) -> String {
    let (name, default) = (short(name), short(default));
    format!(
        "the default `{default}` is not a value of type `{ty}`\nhelp: use a default such as `{{{name}: {ty} = {ours}}}`, or change the type"
    )
}

pub(crate) fn optional_query(written: &str, name: &str, ty: &str) -> String {
    let written = short(written);
    format!(
        "a parameter that may be missing has the type `Option`, found `{written}`\nhelp: use `{{{name}: Option<{ty}>}}`"
    )
}

pub(crate) fn keyword_query(name: &str) -> String {
    let name = short(name);
    format!(
        "`{name}` is a keyword and cannot be the name of a parameter\nhelp: use another name and specify the key: `{name}={{{name}_: String}}`"
    )
}

pub(crate) fn query_name(name: &str, like: &str) -> String {
    let name = short(name);
    format!(
        "`{name}` is not an identifier and cannot be the name of a parameter\nhelp: use another name and specify the key: `{name}={{{like}: String}}`"
    )
}

pub(crate) fn duplicate_query(name: &str) -> String {
    let name = short(name);
    format!(
        "duplicate parameter `{name}` in the query\nhelp: use `{{{name}: Vec<String>}}` once to read all its values, or rename one of the parameters"
    )
}

pub(crate) fn duplicate_key(key: &str, name: &str) -> String {
    let (key, name) = (short(key), short(name));
    format!(
        "the key `{key}` is read twice\nhelp: use `{key}={{{name}: Vec<String>}}` once to read all its values"
    )
}

pub(crate) fn query_and_path(name: &str) -> String {
    let name = short(name);
    format!(
        "`{name}` is a parameter of the path and of the query\nhelp: rename the one in the query: `{name}={{{name}_query: String}}`"
    )
}

pub(crate) fn query_rest_not_last(name: &str) -> String {
    let name = short(name);
    format!(
        "`{{{name}..: …}}` reads the remaining parameters, so it must be the last one\nhelp: move it to the end of the query"
    )
}

pub(crate) fn second_query_rest(name: &str) -> String {
    let name = short(name);
    format!(
        "only one parameter of the query can end in `..`\nhelp: remove `{{{name}..: …}}`, or add its fields to the other type"
    )
}

pub(crate) fn query_rest_with_key(key: &str, name: &str) -> String {
    let (key, name) = (short(key), short(name));
    format!(
        "`{{{name}..: …}}` reads all remaining keys and cannot have the key `{key}`\nhelp: use `{{{name}..: Type}}`, or `{key}={{{name}: Type}}` for one parameter"
    )
}

pub(crate) fn query_rest_with_default(name: &str, ty: &str) -> String {
    let (name, ty) = (short(name), short(ty));
    format!(
        "`{{{name}..: {ty}}}` cannot have a default\nhelp: add `#[serde(default)]` to the struct `{ty}`"
    )
}

pub(crate) fn query_rest_type(name: &str, ty: &str, ours: &str) -> String {
    let (name, ty) = (short(name), short(ty));
    format!("`{{{name}..: {ty}}}` reads fields, which `{ty}` does not have\nhelp: use `{ours}`")
}

pub(crate) fn query_type_missing(name: &str) -> String {
    let name = short(name);
    format!(
        "expected a type in `{{{name}:}}`\nhelp: use `{{{name}: String}}`, or `{{{name}: Option<String>}}` if it may be missing"
    )
}

pub(crate) fn query_not_a_type(name: &str, ty: &str) -> String {
    let (name, ty) = (short(name), short(ty));
    format!(
        "expected a type in `{{{name}: {ty}}}`, found `{ty}`\nhelp: use a type such as `{{{name}: u32}}`"
    )
}

pub(crate) fn borrowed_query_type(name: &str, ty: &str, owned: &str) -> String {
    format!(
        "the type of a query parameter must own its data, found `{{{name}: {ty}}}`\nhelp: use `{{{name}: {owned}}}`"
    )
}

pub(crate) fn vague_query_type(name: &str, ty: &str) -> String {
    format!(
        "`{ty}` cannot be read from a query\nhelp: use a type that implements `Deserialize`, such as `{{{name}: u32}}`"
    )
}

pub(crate) fn map_query_type(name: &str, ty: &str) -> String {
    format!(
        "a map is not the value of one parameter, found `{{{name}: {ty}}}`\nhelp: use `{{{name}..: {ty}}}` to read all remaining parameters"
    )
}

pub(crate) fn generic_query_type(name: &str, generic: &str, function: &str) -> String {
    format!(
        "the type of the query parameter `{name}` depends on `{generic}`, a generic parameter of `{function}`, which the URL of a named route cannot use\nhelp: use a concrete type such as `{{{name}: u32}}`, or remove the name of the route"
    )
}

pub(crate) fn hidden_by_query(name: &str, function: &str) -> String {
    let name = short(name);
    format!(
        "query parameter `{name}` shadows the argument `{name}` of `{function}`\nhelp: rename the parameter and keep the key: `{name}={{{name}_: …}}`"
    )
}

pub(crate) fn unused_query(name: &str) -> String {
    let name = short(name);
    format!(
        "unused query parameter `{name}`\nhelp: use it after `=>`, or write `{name}={{_{name}: …}}` to check it and ignore its value"
    )
}

pub(crate) fn query_in_guard(name: &str) -> String {
    let name = short(name);
    format!(
        "`{name}` is a parameter of the query, which is read after the guard is evaluated\nhelp: move the test of `{name}` to the expression after `=>`"
    )
}

pub(crate) fn too_many_query(limit: usize) -> String {
    format!("the query has more than {limit} parameters\nhelp: use `{{all..: Type}}` with a struct")
}

pub(crate) fn empty_query_name(ty: &str) -> String {
    let ty = short(ty);
    format!("the parameter has no name\nhelp: use `{{name: {ty}}}`")
}

pub(crate) fn underscore_query(ty: &str) -> String {
    let ty = short(ty);
    format!(
        "the parameter has no name\nhelp: use `key={{_name: {ty}}}` to check it and ignore its value"
    )
}

pub(crate) fn optional_twice(name: &str, ty: &str, ours: &str) -> String {
    format!(
        "a parameter is either present or missing, found `{{{name}: {ty}}}`\nhelp: use `{{{name}: {ours}}}`"
    )
}
