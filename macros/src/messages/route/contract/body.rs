//! The body of a route.

use crate::messages::extracted_params;

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
    "a request has only one body\nhelp: use one type with all fields: `(Json(new): Json<NewProduct>)`; parameters of the query belong in the path: `?{name: Type}`".to_owned()
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

/// Returns the message for `(Path(id): Path<u32>)` after the path.
pub(crate) fn extractor_as_body(written: &str, help: &str) -> String {
    format!(
        "only the body of the request can be declared after the path, found `{written}`\nhelp: {help}"
    )
}

pub(crate) fn parameter_type_in_path(name: &str, ty: &str) -> String {
    let params: Vec<String> = extracted_params(name, ty)
        .map(|(name, ty)| match ty {
            "String" | "&str" => format!("`{{{name}}}`"),
            ty => format!("`{{{name}: {ty}}}`"),
        })
        .collect();
    format!("remove it, and use {} in the path", params.join(" and "))
}

/// Returns the help for `(Query(page): Query<u32>)`.
pub(crate) fn query_in_path(name: &str, ty: &str) -> String {
    let simple = ["String", "Option<", "Vec<", "u", "i", "f", "bool"];
    let name = if name.contains(char::is_uppercase) || name.contains(' ') {
        "filter"
    } else {
        name
    };
    match simple.iter().any(|it| ty.starts_with(it)) {
        true => format!(
            "remove it, and declare the parameter in the path: `\"/path?{{{name}: {ty}}}\"`"
        ),
        false => format!(
            "remove it, and declare the query in the path: `\"/path?{{{name}..: {ty}}}\"`, or each parameter: `\"/path?{{page: u32}}\"`"
        ),
    }
}

/// Returns the help for `(State(db): State<Db>)`.
pub(crate) fn state_as_argument(function: &str, name: &str, ty: &str) -> String {
    format!(
        "remove it, and use an argument: `async fn {function}(req: Request, res: Response, {name}: {ty})`, which `main` passes: `create_server(move |req, res| {function}(req, res, {name}.clone()))`"
    )
}

pub(crate) fn refutable_body(pattern: &str) -> String {
    format!(
        "the pattern of a body must match every value, found `{pattern}`\nhelp: use a variable, and `match` it after `=>`"
    )
}

pub(crate) fn borrowed_body(ty: &str) -> String {
    let ours = owned(ty);
    let fields = borrowing(ty).map_or_else(String::new, |name| {
        format!(", and `String` in place of `&str` in the fields of `{name}`")
    });
    format!("the body must own its data, found `{ty}`\nhelp: use `{ours}`{fields}")
}

/// Returns a type without lifetimes and references: `Json<Note>` for `Json<Note<'_>>`.
fn owned(ty: &str) -> String {
    let mut plain = String::new();
    let mut chars = ty.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '\'' {
            plain.push(char);
            continue;
        }
        while chars
            .next_if(|it| it.is_alphanumeric() || *it == '_')
            .is_some()
        {}
    }
    let plain = plain
        .replace("<, ", "<")
        .replace("<>", "")
        .replace("& ", "&");
    let plain = plain
        .replace("&str", "String")
        .replace("std::borrow::Cow", "Cow")
        .replace("Cow<str>", "String");
    plain.replace('&', "")
}

/// Returns the name of the type that has a lifetime: `Note` for `Json<Note<'_>>`.
fn borrowing(ty: &str) -> Option<&str> {
    let (before, _) = ty.split_once("<'")?;
    let start = before.rfind(|it: char| !it.is_alphanumeric() && it != '_');
    let name = &before[start.map_or(0, |at| at + 1)..];
    (name != "Cow").then_some(name)
}

pub(crate) fn body_type(ty: &str, ours: &str) -> String {
    format!("`{ty}` cannot be the body of a route\nhelp: use `{ours}`")
}

pub(crate) fn double_optional_body(ty: &str) -> String {
    format!("a body is either present or missing, found `{ty}`\nhelp: remove one `Option`")
}

pub(crate) fn hidden_by_body(name: &str, function: &str) -> String {
    format!(
        "the body `{name}` shadows the argument `{name}` of `{function}`\nhelp: rename the variable of the body, for example to `{name}_body`"
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
        "`{name}` is the body, which is read after the guard is evaluated\nhelp: move the test of `{name}` to the expression after `=>`"
    )
}

pub(crate) fn body_read_again(request: &str, names: &[String]) -> String {
    let help = match names {
        [] => "add a variable to the pattern in the parentheses, and use it".to_owned(),
        names => format!("use `{}`", names.join("`, `")),
    };
    format!("`{request}.body` is empty: this route has already read the body\nhelp: {help}")
}

pub(crate) fn body_read_above(request: &str) -> String {
    format!(
        "a statement above has already read `{request}.body`, which can be read only once\nhelp: move the statement below the route, or use its value and remove the body from the route"
    )
}
