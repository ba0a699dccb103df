//! The parameters of a path.

use super::text::short;

pub(crate) fn optional_param(name: &str) -> String {
    let name = name.trim_end_matches('?');
    format!(
        "`{name}?`: a parameter cannot be optional\nhelp: write two routes, one with `/{{{name}}}` and one without"
    )
}

pub(crate) fn optional_type(theirs: &str, ours: &str) -> String {
    let (theirs, ours) = (short(theirs), short(ours));
    format!(
        "`{theirs}`: a parameter cannot be optional\nhelp: write `{ours}`, and another route for the path without it"
    )
}

pub(crate) fn empty_param() -> String {
    "a parameter needs a name\nhelp: write `{name}`, `{name: Type}` or, last, `{rest..}`".to_owned()
}

pub(crate) fn underscore_param() -> String {
    "a parameter needs a name\nhelp: write `{_name}` for one that the answer leaves unused"
        .to_owned()
}

pub(crate) fn keyword_param(name: &str) -> String {
    let name = short(name);
    format!("`{{{name}}}`: `{name}` is a keyword of Rust\nhelp: write `{{{name}_}}`")
}

pub(crate) fn invalid_param(name: &str, like: &str) -> String {
    let name = short(name);
    let like = short(like);
    format!(
        "`{{{name}}}`: a parameter becomes a local variable, and `{name}` cannot name one\nhelp: write `{{{like}}}`"
    )
}

pub(crate) fn duplicate_param(name: &str, path: &str) -> String {
    let name = short(name);
    let path = short(path);
    format!(
        "`{path}` has two parameters `{name}`\nhelp: give each its own name, such as `{{{name}}}` and `{{other_{name}}}`"
    )
}

pub(crate) fn missing_type(name: &str) -> String {
    let name = short(name);
    format!("`{{{name}:}}` lacks the type\nhelp: write `{{{name}}}` or `{{{name}: u32}}`")
}

pub(crate) fn typed_rest(name: &str) -> String {
    let name = short(name);
    format!(
        "`{{{name}..}}` is text and takes no type\nhelp: write `{{{name}..}}` and parse it in the answer"
    )
}

pub(crate) fn adjacent_params(first: &str, second: &str) -> String {
    let first = short(first);
    let second = short(second);
    format!(
        "nothing says where `{first}` ends and `{second}` begins\nhelp: put text between them: `{first}-{second}`"
    )
}

pub(crate) fn rest_not_last(name: &str, after: &str) -> String {
    let name = short(name);
    let after = short(after);
    format!(
        "`{{{name}..}}` takes all that follows, so `{after}` never matches\nhelp: put `{{{name}..}}` last, or write `{{{name}}}` for one segment"
    )
}

pub(crate) fn rest_in_segment(name: &str, segment: &str) -> String {
    let name = short(name);
    let segment = short(segment);
    format!(
        "`{segment}`: `{{{name}..}}` is a segment of its own\nhelp: write `/{{{name}..}}`, or `{{{name}}}` for a part of one segment"
    )
}

pub(crate) fn not_a_type(name: &str, ty: &str) -> String {
    let name = short(name);
    let ty = short(ty);
    format!(
        "`{{{name}: {ty}}}`: `{ty}` is no type\nhelp: write `{{{name}}}` or a type, such as `{{{name}: u32}}`"
    )
}

pub(crate) fn too_many_params(path: &str, limit: usize) -> String {
    let path = short(path);
    format!(
        "`{path}` has more than {limit} parameters\nhelp: take them as one: `{{rest..}}`, and split it in the answer"
    )
}

pub(crate) fn generic_param_type(name: &str, generic: &str, function: &str) -> String {
    format!(
        "`{{{name}: …}}` names `{generic}`, a generic parameter of `{function}`, and the routes are the same for all of them\nhelp: write a type that is known, such as `{{{name}: u32}}`, or `{{{name}}}` and parse it in the answer"
    )
}

pub(crate) fn borrowed_param_type(name: &str, ty: &str) -> String {
    format!(
        "`{{{name}: {ty}}}`: what is read from a path is owned, and `{ty}` borrows\nhelp: write `{{{name}}}`, which is a `&str`, or an owned type such as `{{{name}: String}}`"
    )
}

pub(crate) fn misspelled_primitive(name: &str, ty: &str, like: &str) -> String {
    format!("`{{{name}: {ty}}}`: there is no type `{ty}`\nhelp: write `{{{name}: {like}}}`")
}

pub(crate) fn vague_param_type(name: &str, ty: &str) -> String {
    format!(
        "`{{{name}: {ty}}}`: `{ty}` is not a type that text can be read into\nhelp: name the type itself, such as `{{{name}: u32}}`"
    )
}

pub(crate) fn hides_argument(name: &str, suggestion: &str, function: &str) -> String {
    let name = short(name);
    let suggestion = short(suggestion);
    let function = short(function);
    format!(
        "the parameter `{name}` hides the argument `{name}` of `{function}`\nhelp: rename one of them, for instance to `{suggestion}`"
    )
}

pub(crate) fn other_name(name: &str, meant: &str) -> String {
    let name = short(name);
    format!(
        "the answer does not use the parameter `{name}`, and names `{meant}`\nhelp: call both the same, or write `{{_{name}}}` to leave it unused"
    )
}

pub(crate) fn unused_param(name: &str) -> String {
    let name = short(name);
    format!(
        "the answer does not use the parameter `{name}`\nhelp: use the local variable `{name}`, or write `{{_{name}}}` to leave it unused"
    )
}
