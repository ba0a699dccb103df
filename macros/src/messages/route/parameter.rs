//! The parameters of a path.

use crate::messages::text::short;

/// Returns the message for `number += 1` with `{number: u32}`.
pub(crate) fn assigned_param(name: &str) -> String {
    format!(
        "the parameter `{name}` cannot be assigned to\nhelp: use a variable: `let mut {name} = {name};`"
    )
}

/// Returns the message for `number > 0` with `{number}`.
pub(crate) fn text_as_number(name: &str, ty: &str) -> String {
    format!("the parameter `{name}` is text\nhelp: use `{{{name}: {ty}}}` in the path for a number")
}

pub(crate) fn optional_param(name: &str) -> String {
    let name = name.trim_end_matches('?');
    format!(
        "parameter `{{{name}?}}` cannot be optional\nhelp: use two routes, one with `/{{{name}}}` and one without"
    )
}

pub(crate) fn optional_type(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!(
        "parameter `{theirs}` cannot be optional\nhelp: use `{ours}`, and another route for the path without the parameter"
    )
}

pub(crate) fn empty_param() -> String {
    "the parameter has no name\nhelp: use `{name}`, `{name: Type}` or, at the end of the path, `{rest..}`".to_owned()
}

pub(crate) fn underscore_param() -> String {
    "the parameter has no name\nhelp: use `{_name}` to ignore it".to_owned()
}

pub(crate) fn keyword_param(name: &str) -> String {
    let name = short(name);
    format!("`{name}` is a keyword and cannot be the name of a parameter\nhelp: use `{{{name}_}}`")
}

/// Returns the message for `format!("{id}")` in a route without `{id}`.
pub(crate) fn undeclared(name: &str, path: &str) -> String {
    format!(
        "no variable has the name `{name}`\nhelp: add the parameter to the path: `\"{path}/{{{name}}}\"`, or declare the variable before it is used"
    )
}

/// Returns the message for `for counts in 1..=last { println!("{count}"); }`.
pub(crate) fn misspelled_variable(name: &str, similar: &str) -> String {
    format!(
        "no variable has the name `{name}`, but there is `{similar}`\nhelp: rename one of them: `{name}`"
    )
}

/// Returns the message for `json!({ name: "ada" })`.
pub(crate) fn unquoted_key(key: &str) -> String {
    format!(
        "the key `{key}` has no quotes, and no variable has that name\nhelp: use quotes: `\"{key}\": …`"
    )
}

pub(crate) fn invalid_param(name: &str, like: &str) -> String {
    if name == "$" {
        return "`{$}` is not needed: a path never matches anything below it\nhelp: remove `{$}`"
            .to_owned();
    }
    if name.starts_with(['(', '[']) {
        let names = name.trim_matches(['(', ')', '[', ']']).split(',');
        let names: Vec<String> = names.map(|it| format!("{{{}}}", it.trim())).collect();
        return format!(
            "`{}` is not an identifier: a parameter is one segment of the path\nhelp: use one parameter for each segment: `{}`",
            short(name),
            short(&names.join("/"))
        );
    }
    let name = short(name);
    let like = short(like);
    format!(
        "`{name}` is not an identifier and cannot be the name of a parameter\nhelp: use `{{{like}}}`"
    )
}

pub(crate) fn duplicate_param(name: &str, path: &str) -> String {
    let name = short(name);
    let path = short(path);
    format!(
        "duplicate parameter `{name}` in `{path}`\nhelp: rename one of them, for example to `{{other_{name}}}`"
    )
}

pub(crate) fn missing_type(name: &str) -> String {
    let name = short(name);
    format!("expected a type in `{{{name}:}}`\nhelp: use `{{{name}}}` or `{{{name}: u32}}`")
}

pub(crate) fn typed_rest(name: &str) -> String {
    let name = short(name);
    format!(
        "`{{{name}..}}` is text and cannot have a type\nhelp: use `{{{name}..}}` and parse it in the expression after `=>`"
    )
}

pub(crate) fn adjacent_params(first: &str, second: &str) -> String {
    let first = short(first);
    let second = short(second);
    format!(
        "no separator between `{first}` and `{second}`\nhelp: add literal text between them: `{first}-{second}`"
    )
}

pub(crate) fn rest_not_last(name: &str, after: &str) -> String {
    let name = short(name);
    let after = short(after);
    format!(
        "`{{{name}..}}` matches the rest of the path, so `{after}` can never match\nhelp: move `{{{name}..}}` to the end, or use `{{{name}}}` to match one segment"
    )
}

pub(crate) fn rest_in_segment(name: &str, segment: &str) -> String {
    let name = short(name);
    let segment = short(segment);
    format!(
        "`{{{name}..}}` must be a whole segment, found `{segment}`\nhelp: use `/{{{name}..}}`, or `{{{name}}}` to match a part of one segment"
    )
}

pub(crate) fn not_a_type(name: &str, ty: &str) -> String {
    let name = short(name);
    let ty = short(ty);
    format!(
        "expected a type in `{{{name}: {ty}}}`, found `{ty}`\nhelp: use `{{{name}}}`, or a type such as `{{{name}: u32}}`"
    )
}

pub(crate) fn too_many_params(path: &str, limit: usize) -> String {
    let path = short(path);
    format!(
        "`{path}` has more than {limit} parameters\nhelp: use `{{rest..}}` and split it in the expression after `=>`"
    )
}

pub(crate) fn generic_param_type(name: &str, generic: &str, function: &str) -> String {
    format!(
        "the type of the parameter `{name}` depends on `{generic}`, a generic parameter of `{function}`\nhelp: use a concrete type such as `{{{name}: u32}}`, or `{{{name}}}` and parse it in the expression after `=>`"
    )
}

pub(crate) fn borrowed_param_type(name: &str, ty: &str) -> String {
    format!(
        "the type of a parameter must own its data, found `{{{name}: {ty}}}`\nhelp: use `{{{name}}}`, which is a `&str`, or an owned type such as `{{{name}: String}}`"
    )
}

pub(crate) fn misspelled_primitive(name: &str, ty: &str, like: &str) -> String {
    format!("unknown type `{ty}` in `{{{name}: {ty}}}`\nhelp: use `{{{name}: {like}}}`")
}

pub(crate) fn vague_param_type(name: &str, ty: &str) -> String {
    format!(
        "`{ty}` cannot be parsed from a path segment\nhelp: use a named type, such as `{{{name}: u32}}`"
    )
}

pub(crate) fn shadowed_argument(name: &str, suggestion: &str, function: &str) -> String {
    let name = short(name);
    let suggestion = short(suggestion);
    let function = short(function);
    format!(
        "path parameter `{name}` shadows the argument `{name}` of `{function}`\nhelp: rename one of them, for example to `{suggestion}`"
    )
}

/// Returns the message for an unused path parameter and a variable with a similar name.
/// `ignored` is the parameter with a leading underscore: `{_name}`.
pub(crate) fn other_name(name: &str, meant: &str, ignored: &str) -> String {
    let (name, ignored) = (short(name), short(ignored));
    format!(
        "unused path parameter `{name}`; a variable `{meant}` with a similar name is used\nhelp: use the same name for both, or `{ignored}` to ignore it"
    )
}

/// Returns the message for an unused path parameter.
/// `ignored` is the parameter with a leading underscore: `{_name}`.
pub(crate) fn unused_param(name: &str, ignored: &str) -> String {
    let (name, ignored) = (short(name), short(ignored));
    format!(
        "unused path parameter `{name}`\nhelp: use it, or rename it to `{ignored}` to ignore it"
    )
}

/// Returns the message for an unused parameter of a mount, which is not a variable of the mounted server.
pub(crate) fn unused_mount_param(name: &str, ignored: &str, call: &str) -> String {
    let (name, ignored) = (short(name), short(ignored));
    format!(
        "unused path parameter `{name}`; the mounted server has no variable of that name\nhelp: use the parameter as an argument of the server: `{call}`, or rename it to `{ignored}` to ignore it"
    )
}

pub(crate) fn rest_not_passed(name: &str, request: &str) -> String {
    let name = short(name);
    format!(
        "unused path parameter `{name}`; the nested server would match the whole path\nhelp: use `{request}.at({name})` instead of `{request}`"
    )
}
