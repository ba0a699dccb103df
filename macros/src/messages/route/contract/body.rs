//! The body of a route.

const EXAMPLE: &str = "`(Json(new): Json<NewProduct>)`";

pub(crate) fn empty_body() -> String {
    format!(
        "expected the body in the parentheses after the path\nhelp: use {EXAMPLE}, or remove the parentheses"
    )
}

pub(crate) fn untyped_body(pattern: &str) -> String {
    let name = if pattern.starts_with(char::is_lowercase) {
        pattern
    } else {
        "body"
    };
    format!(
        "the body needs a type: `({pattern})`\nhelp: use `(Json({name}): Json<Type>)` for JSON, or `({name}: String)` for text"
    )
}

pub(crate) fn unnamed_body(ty: &str) -> String {
    let ours = match ty.split_once('<') {
        Some((name @ ("Json" | "Form"), _)) => format!("({name}(body): {ty})"),
        _ => format!("(body: {ty})"),
    };
    format!("the body needs a name or a pattern before its type: `({ty})`\nhelp: use `{ours}`")
}

pub(crate) fn body_type_missing(pattern: &str) -> String {
    format!("expected the type of the body after `{pattern}:`\nhelp: use {EXAMPLE}")
}

pub(crate) fn not_a_body(text: &str) -> String {
    format!(
        "expected `pattern: Type` in the parentheses after the path, found `{text}`\nhelp: use {EXAMPLE}"
    )
}

pub(crate) fn second_body() -> String {
    "a request has only one body\nhelp: use one type with all fields: `(Json(new): Json<NewProduct>)`; parameters of the query are in the path: `?{name: Type}`".to_owned()
}

pub(crate) fn body_default(text: &str) -> String {
    let text = text.replace(" : ", ": ");
    format!(
        "a body cannot have a default, found `{text}`\nhelp: use `Option<Json<Type>>`, which is `None` without a body"
    )
}

pub(crate) fn body_in_braces() -> String {
    format!("the body must be in parentheses after the path, found braces\nhelp: use {EXAMPLE}")
}

pub(crate) fn body_after(what: &str) -> String {
    format!(
        "the body must come right after the path, found it after {what}\nhelp: use `\"/path\" (name: Type) as name -> Reply if condition => …`"
    )
}

pub(crate) fn body_before_path() -> String {
    "the body must come after the path\nhelp: use `POST \"/path\" (name: Type) => …`".to_owned()
}

pub(crate) fn body_without_method(method: &str, written: bool) -> String {
    let method = match written {
        true => format!("`{method}`"),
        false => format!("a route without a method, which defaults to `{method}`,"),
    };
    format!(
        "{method} cannot have a body\nhelp: use `POST`, `PUT` or `PATCH`, or read the query: `?{{name: Type}}`"
    )
}

pub(crate) fn refutable_body(pattern: &str) -> String {
    format!(
        "the pattern of a body must match every value, found `{pattern}`\nhelp: use a variable, and `match` it after `=>`"
    )
}

pub(crate) fn borrowed_body(ty: &str, ours: &str) -> String {
    format!("the body must own its data, found `{ty}`\nhelp: use `{ours}`")
}

pub(crate) fn body_type(ty: &str, ours: &str) -> String {
    format!("`{ty}` cannot be the body of a route\nhelp: use `{ours}`")
}

pub(crate) fn double_optional_body(ty: &str) -> String {
    format!("a body is either present or missing, found `{ty}`\nhelp: remove one `Option`")
}

pub(crate) fn hidden_by_body(name: &str, function: &str) -> String {
    format!(
        "the body `{name}` shadows the argument `{name}` of `{function}`\nhelp: rename it, for example to `{name}_body`"
    )
}

pub(crate) fn body_and_parameter(name: &str, part: &str) -> String {
    format!(
        "`{name}` is a parameter of the {part} and a variable of the body\nhelp: rename one of them, for example the variable of the body to `{name}_body`"
    )
}

pub(crate) fn unused_body(name: &str) -> String {
    format!(
        "unused body `{name}`\nhelp: use it after `=>`, or rename it to `_{name}` to read it and ignore it"
    )
}

pub(crate) fn body_in_guard(name: &str) -> String {
    format!(
        "`{name}` is the body, which is read after the guard has matched\nhelp: test `{name}` in the expression after `=>`"
    )
}

pub(crate) fn body_read_again(request: &str, names: &[String]) -> String {
    let help = match names {
        [] => "give the body a name in the parentheses, and use it".to_owned(),
        names => format!("use `{}`", names.join("`, `")),
    };
    format!("`{request}.body` is empty: this route has already read the body\nhelp: {help}")
}

pub(crate) fn body_read_above(request: &str) -> String {
    format!(
        "a statement above has already read `{request}.body`, which can be read only once\nhelp: move the statement below the route, or use its value and remove the body from the route"
    )
}
