//! What the macros say about a mistake: the one place for the words.
//!
//! Lower case, the user's text in backticks, no full stop; what to type comes behind `help:`. Stable
//! Rust can neither point into a string literal nor add a note, so a message quotes the piece it
//! means and names other lines itself.

// The path

pub(crate) fn empty_path() -> String {
    "the path is empty\nhelp: the root is `\"/\"`".to_owned()
}

pub(crate) fn full_url(path: &str, own: &str) -> String {
    format!(
        "`{path}` is a whole URL, and a route is the path alone\nhelp: write `\"{own}\"`; the host is in `req.headers`"
    )
}

pub(crate) fn blank_around(path: &str) -> String {
    format!(
        "the path {path:?} has blanks around it or control characters in it, which no request has\nhelp: write `{:?}`",
        path.trim().replace(char::is_control, "")
    )
}

pub(crate) fn query(path: &str, at: usize) -> String {
    let (own, query) = path.split_at(at);
    let name = query[1..].split(['=', '&']).next().unwrap_or_default();
    let name = if name.is_empty() { "name" } else { name };
    format!(
        "`{query}` is a query, and a route is the path alone\nhelp: write `\"{own}\"` and read the query in the answer: `req.url.query::<u32>(\"{name}\")?`"
    )
}

pub(crate) fn fragment(path: &str, at: usize) -> String {
    let (own, fragment) = path.split_at(at);
    format!("`{fragment}` is a fragment, which browsers never send\nhelp: write `\"{own}\"`")
}

pub(crate) fn no_leading_slash(path: &str) -> String {
    format!("the path `{path}` does not start with a slash\nhelp: write `\"/{path}\"`")
}

pub(crate) fn double_slash(path: &str) -> String {
    let mut single = path.to_owned();
    while single.contains("//") {
        single = single.replace("//", "/");
    }
    format!("`{path}` has an empty segment: `//`\nhelp: write `\"{single}\"`")
}

pub(crate) fn trailing_slash(path: &str) -> String {
    let own = path.trim_end_matches('/');
    format!(
        "`{path}` ends with a slash\nhelp: write `\"{own}\"`; `#[server(trailing_slash = ignore)]` answers both, `redirect` sends one to the other"
    )
}

pub(crate) fn dot_segment(segment: &str) -> String {
    format!(
        "a segment `{segment}` never arrives: clients resolve it before they send the path\nhelp: leave it out"
    )
}

pub(crate) fn percent_encoded(segment: &str, decoded: &str) -> String {
    format!(
        "`{segment}` is percent-encoded, and routes are matched decoded\nhelp: write `{decoded}`"
    )
}

pub(crate) fn translated(theirs: &str, ours: &str) -> String {
    format!("`{theirs}` is another router's syntax\nhelp: write `{ours}`")
}

pub(crate) fn translated_regex(theirs: &str, ours: &str) -> String {
    format!(
        "`{theirs}`: a path takes no regex\nhelp: give the parameter a type that reads it, such as `{ours}`, or a guard: `if …`"
    )
}

pub(crate) fn regex(path: &str) -> String {
    format!(
        "`{path}`: a path takes no regex\nhelp: give a parameter a type that reads it, such as `{{id: u32}}`, or a guard: `if …`"
    )
}

pub(crate) fn optional_param(name: &str) -> String {
    let name = name.trim_end_matches('?');
    format!(
        "`{name}?`: a parameter cannot be optional\nhelp: write two routes, one with `/{{{name}}}` and one without"
    )
}

pub(crate) fn stray_brace(path: &str) -> String {
    format!("`{path}` has a `}}` without its `{{`\nhelp: a parameter is written `{{name}}`")
}

pub(crate) fn unclosed_brace(piece: &str) -> String {
    let name: String = piece
        .chars()
        .skip_while(|char| *char == '{')
        .take_while(|char| char.is_alphanumeric() || *char == '_')
        .collect();
    let name = if name.is_empty() { "name" } else { &name };
    format!("`{piece}` has a `{{` without its `}}`\nhelp: write `{{{name}}}`")
}

// Parameters

pub(crate) fn empty_param() -> String {
    "a parameter needs a name\nhelp: write `{name}`, `{name: Type}` or, last, `{rest..}`".to_owned()
}

pub(crate) fn underscore_param() -> String {
    "a parameter needs a name\nhelp: write `{_name}` for one that the answer leaves unused"
        .to_owned()
}

pub(crate) fn keyword_param(name: &str) -> String {
    format!("`{{{name}}}`: `{name}` is a keyword of Rust\nhelp: write `{{{name}_}}`")
}

pub(crate) fn invalid_param(name: &str, like: &str) -> String {
    format!(
        "`{{{name}}}`: a parameter becomes a local variable, and `{name}` cannot name one\nhelp: write `{{{like}}}`"
    )
}

pub(crate) fn duplicate_param(name: &str, path: &str) -> String {
    format!(
        "`{path}` has two parameters `{name}`\nhelp: give each its own name, such as `{{{name}}}` and `{{other_{name}}}`"
    )
}

pub(crate) fn missing_type(name: &str) -> String {
    format!("`{{{name}:}}` lacks the type\nhelp: write `{{{name}}}` or `{{{name}: u32}}`")
}

pub(crate) fn typed_rest(name: &str) -> String {
    format!(
        "`{{{name}..}}` is text and takes no type\nhelp: write `{{{name}..}}` and parse it in the answer"
    )
}

pub(crate) fn adjacent_params(first: &str, second: &str) -> String {
    format!(
        "nothing says where `{first}` ends and `{second}` begins\nhelp: put text between them: `{first}-{second}`"
    )
}

pub(crate) fn rest_not_last(name: &str, behind: &str) -> String {
    format!(
        "`{{{name}..}}` takes all that follows, so `{behind}` never matches\nhelp: put `{{{name}..}}` last, or write `{{{name}}}` for one segment"
    )
}

pub(crate) fn rest_in_segment(name: &str, segment: &str) -> String {
    format!(
        "`{segment}`: `{{{name}..}}` is a segment of its own\nhelp: write `/{{{name}..}}`, or `{{{name}}}` for a part of one segment"
    )
}

pub(crate) fn not_a_type(name: &str, ty: &str) -> String {
    format!(
        "`{{{name}: {ty}}}`: `{ty}` is no type\nhelp: write `{{{name}}}` or a type, such as `{{{name}: u32}}`"
    )
}

pub(crate) fn hides_argument(name: &str, suggestion: &str, function: &str) -> String {
    format!(
        "the parameter `{name}` hides the argument `{name}` of `{function}`\nhelp: rename one of them, for instance to `{suggestion}`"
    )
}

// The attribute

pub(crate) fn unknown_option(key: &str) -> String {
    format!(
        "`{key}` is no option of `#[server]`\nhelp: there are `crate = path` and `trailing_slash = strict`, `ignore` or `redirect`"
    )
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

pub(crate) fn crate_option() -> String {
    "`crate` takes a path\nhelp: write it without quotes: `crate = path::to::onward`".to_owned()
}

pub(crate) fn trailing_slash_option() -> String {
    "`trailing_slash` is `strict`, `ignore` or `redirect`\nhelp: write one of them without quotes: `trailing_slash = ignore`".to_owned()
}

// The function

const SIGNATURE: &str = "async fn name(req: Request, res: Response, …) -> Result";

pub(crate) fn not_a_function() -> String {
    format!("`#[server]` goes on an async function\nhelp: write `{SIGNATURE}`")
}

pub(crate) fn function_without_body(name: &str) -> String {
    format!("`{name}` has no body\nhelp: write `{{ … }}` with its routes behind the signature")
}

pub(crate) fn not_async(name: &str) -> String {
    format!("`{name}` is not async, and a server awaits\nhelp: write `async fn {name}`")
}

pub(crate) fn takes_self() -> String {
    format!(
        "a server is a free function and takes no `self`\nhelp: move it out of the `impl` and pass the state as an argument: `{SIGNATURE}`"
    )
}

pub(crate) fn arguments(name: &str) -> String {
    format!(
        "`{name}` takes the request first and the response second, both by value\nhelp: write `async fn {name}(req: Request, res: Response, …)`; onward's `#[server]` makes an HTTP server of the function"
    )
}

pub(crate) fn argument_patterns(name: &str) -> String {
    format!(
        "the request and the response need a name\nhelp: write `async fn {name}(req: Request, res: Response, …)`"
    )
}

pub(crate) fn unfit_qualifier(word: &str) -> String {
    format!("a server cannot be `{word}`\nhelp: leave `{word}` out")
}

// The routes of a server

pub(crate) fn no_routes(name: &str) -> String {
    format!("`{name}` has no route\nhelp: write one into its body: `route!(\"/\" => \"hello\");`")
}

pub(crate) fn second_fallback(line: usize) -> String {
    format!("there is a fallback already, on line {line}\nhelp: leave one out")
}

pub(crate) fn fallback_not_last() -> String {
    "nothing behind the fallback is ever reached\nhelp: put `route!(_ => …)` last".to_owned()
}

pub(crate) fn duplicate_name(name: &str, line: usize) -> String {
    format!(
        "`{name}` is the name of the route on line {line} already\nhelp: give this one another: `as other_{name}`"
    )
}

pub(crate) fn reserved_name(name: &str) -> String {
    format!("`{name}` is taken by the generated code\nhelp: choose another name: `as {name}_route`")
}

pub(crate) fn route_attribute() -> String {
    "a route takes doc comments, `#[cfg(…)]` and lint levels such as `#[allow(…)]`\nhelp: leave this attribute out".to_owned()
}

pub(crate) fn route_in_block() -> String {
    "a `route!` stands at the top level of the function, not inside a block\nhelp: move it out, and say when it matches with a guard: `route!(\"/path\" if condition => …)`".to_owned()
}

pub(crate) fn route_as_expression() -> String {
    "a `route!` is a statement and has no value: where it matches, the function returns\nhelp: write it on a line of its own: `route!(\"/path\" => …);`".to_owned()
}

// One route

pub(crate) fn empty_route() -> String {
    "the route is empty\nhelp: write `route!(\"/path\" => answer)`".to_owned()
}

pub(crate) fn missing_method() -> String {
    "a method is missing beside `|`\nhelp: write `GET | HEAD`".to_owned()
}

pub(crate) fn comma_behind_method(method: &str) -> String {
    format!("no comma between the method and the path\nhelp: write `{method} \"/path\" => …`")
}

pub(crate) fn unknown_method(name: &str) -> String {
    let upper = name.to_uppercase();
    if crate::methods::Methods::named(&upper).is_some() {
        return format!("`{name}` is no method\nhelp: methods are in capitals: `{upper}`");
    }
    let help = match nearest_method(&upper) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "methods are {} and `ANY`",
            crate::methods::Methods::NAMES
                .map(|name| format!("`{name}`"))
                .join(", ")
        ),
    };
    format!("`{name}` is no method\nhelp: {help}")
}

/// The method that is one slip away: a letter too many, too few, wrong, or two swapped.
fn nearest_method(name: &str) -> Option<&'static str> {
    match name {
        "ALL" | "ALWAYS" | "EVERY" | "USE" => return Some("ANY"),
        "DEL" | "REMOVE" => return Some("DELETE"),
        "OPTION" | "OPT" => return Some("OPTIONS"),
        _ => {}
    }
    let near = |candidate: &&str| distance(name, candidate) <= 2 && candidate.len() > 3;
    let names = crate::methods::Methods::NAMES.into_iter().chain(["ANY"]);
    names
        .filter(|candidate| near(candidate) || distance(name, candidate) == 1)
        .min_by_key(|candidate| distance(name, candidate))
}

/// The number of letters to change, add or drop between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, char) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let change = diagonal + usize::from(char != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

pub(crate) fn missing_path() -> String {
    "the path is missing\nhelp: write it as a string: `route!(\"/path\" => answer)`".to_owned()
}

pub(crate) fn quoted_method(method: &str) -> String {
    format!(
        "a route has one path, and the method stands without quotes\nhelp: write `{} \"/path\" => …`",
        method.to_uppercase()
    )
}

pub(crate) fn path_not_a_string() -> String {
    "a path is a string literal\nhelp: write it in plain quotes: `\"/path\"`".to_owned()
}

pub(crate) fn unquoted_path(path: &str) -> String {
    let path = path.replace(' ', "");
    format!("a path is a string literal\nhelp: put it in quotes: `\"{path}\"`")
}

pub(crate) fn path_not_a_literal(text: &str) -> String {
    format!(
        "`{text}` is no string literal, and the routes are compiled from the text of their paths\nhelp: write the path itself: `route!(\"/path\" => answer)`"
    )
}

pub(crate) fn route_name(text: &str) -> String {
    format!("`{text}` cannot name a route\nhelp: write a plain name, without quotes: `as product`")
}

pub(crate) fn empty_guard() -> String {
    "the guard is empty\nhelp: write a condition behind `if`, or leave `if` out".to_owned()
}

pub(crate) fn missing_arrow() -> String {
    "the answer is missing\nhelp: write `=>` and the answer behind the path".to_owned()
}

pub(crate) fn wrong_arrow(found: &str) -> String {
    format!(
        "`=>` stands between the path and the answer, not `{found}`\nhelp: write `\"/path\" => answer`"
    )
}

pub(crate) fn wrong_guard_word(found: &str) -> String {
    format!(
        "`{found}` is not how a guard begins\nhelp: write `if condition` between the path and `=>`"
    )
}

pub(crate) fn unexpected_before_arrow(found: &str) -> String {
    format!(
        "`{found}` is not expected here\nhelp: a route is written `[METHOD] \"/path\" [as name] [if condition] => answer`"
    )
}

pub(crate) fn missing_answer() -> String {
    "the answer is missing\nhelp: write an expression behind `=>`".to_owned()
}

pub(crate) fn second_route() -> String {
    "one `route!` holds one route\nhelp: write a `route!` of its own for each".to_owned()
}

pub(crate) fn semicolon_in_answer() -> String {
    "an answer is one expression\nhelp: put several statements in braces: `=> { …; … }`".to_owned()
}

pub(crate) fn tokens_behind_answer(text: &str) -> String {
    format!(
        "`{text}` stands behind the answer, which is one expression\nhelp: put several statements in braces: `=> {{ …; … }}`"
    )
}

pub(crate) fn route_outside_server() -> String {
    "`route!` belongs into the body of a `#[server]` function\nhelp: write `#[server] async fn name(req: Request, res: Response) -> Result { … }` around it".to_owned()
}

pub(crate) fn unused_param(name: &str) -> String {
    format!(
        "the answer does not use the parameter `{name}`\nhelp: use it, or write `{{_{name}}}` to leave it unused"
    )
}

/// `winners` are the routes that answer first, on `lines`; `same` where they have the very same path.
pub(crate) fn unreachable_route(
    route: &str,
    winners: &[String],
    lines: &[usize],
    example: &str,
    same: bool,
) -> String {
    let winners: Vec<String> = winners
        .iter()
        .zip(lines)
        .map(|(winner, line)| format!("`{winner}` on line {line}"))
        .collect();
    let winners = winners.join(" and ");
    let help = if same {
        "leave one of them out, or give the first a guard: `if …`"
    } else {
        "put this route above, or leave it out"
    };
    format!(
        "`{route}` is never reached: {winners} answers first, for instance to `{example}`\nhelp: {help}"
    )
}
