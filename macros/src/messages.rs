//! What the macros say about a mistake: the one place for the words.
//!
//! Lower case, the user's text in backticks, no full stop; what to type comes behind `help:`. Stable
//! Rust can neither point into a string literal nor add a note, so a message quotes the piece it
//! means and names other lines itself.

use proc_macro2::TokenStream;

/// Tokens as one would write them.
pub(crate) fn source_text(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    let tight = [
        (" < ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (":: ", "::"),
        ("! (", "!("),
        ("& ", "&"),
        (" .", "."),
        (" ,", ","),
        (" [", "["),
    ];
    let text = tight
        .iter()
        .fold(text, |text, (wide, tight)| text.replace(wide, tight));
    short(&text)
}

/// The text, or its beginning where it is very long.
fn short(text: &str) -> String {
    const LONG: usize = 80;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

// The path

pub(crate) fn empty_path() -> String {
    "the path is empty\nhelp: the root is `\"/\"`".to_owned()
}

pub(crate) fn full_url(path: &str, own: &str) -> String {
    let path = short(path);
    let own = short(own);
    format!(
        "`{path}` is a whole URL, and a route is the path alone\nhelp: write `\"{own}\"`; the host is in `req.headers`"
    )
}

pub(crate) fn blank_around(path: &str) -> String {
    format!(
        "the path {:?} has blanks around it or control characters in it, which no request has\nhelp: write `{:?}`",
        short(path),
        short(&path.trim().replace(char::is_control, ""))
    )
}

pub(crate) fn query(path: &str, at: usize) -> String {
    let (own, query) = path.split_at(at);
    let (own, query) = (short(own), short(query));
    let name = query[1..].split(['=', '&']).next().unwrap_or_default();
    let name = if name.is_empty() { "name" } else { name };
    format!(
        "`{query}` is a query, and a route is the path alone\nhelp: write `\"{own}\"` and read the query in the answer: `req.url.query::<u32>(\"{name}\")?`"
    )
}

pub(crate) fn fragment(path: &str, at: usize) -> String {
    let (own, fragment) = path.split_at(at);
    let (own, fragment) = (short(own), short(fragment));
    format!("`{fragment}` is a fragment, which browsers never send\nhelp: write `\"{own}\"`")
}

pub(crate) fn no_leading_slash(path: &str) -> String {
    let path = short(path);
    format!("the path `{path}` does not start with a slash\nhelp: write `\"/{path}\"`")
}

pub(crate) fn double_slash(path: &str) -> String {
    let mut single = path.to_owned();
    while single.contains("//") {
        single = single.replace("//", "/");
    }
    let (path, single) = (short(path), short(&single));
    format!("`{path}` has an empty segment: `//`\nhelp: write `\"{single}\"`")
}

pub(crate) fn trailing_slash(path: &str) -> String {
    let own = short(path.trim_end_matches('/'));
    let path = short(path);
    format!(
        "`{path}` ends with a slash\nhelp: write `\"{own}\"`; `#[server(trailing_slash = ignore)]` answers both, `redirect` sends one to the other"
    )
}

pub(crate) fn dot_segment(segment: &str) -> String {
    let segment = short(segment);
    format!(
        "a segment `{segment}` never arrives: clients resolve it before they send the path\nhelp: leave it out"
    )
}

pub(crate) fn backslash(path: &str) -> String {
    let own = short(&path.replace('\\', "/"));
    let path = short(path);
    format!("`{path}` has a backslash, and paths are written with slashes\nhelp: write `\"{own}\"`")
}

pub(crate) fn method_in_path(method: &str, path: &str) -> String {
    let path = short(path);
    format!("the method stands outside the quotes\nhelp: write `{method} \"{path}\" => …`")
}

pub(crate) fn percent_encoded(segment: &str, decoded: &str) -> String {
    let segment = short(segment);
    let decoded = short(decoded);
    format!(
        "`{segment}` is percent-encoded, and routes are matched decoded\nhelp: write `{decoded}`"
    )
}

pub(crate) fn translated(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!("`{theirs}` is another router's syntax\nhelp: write `{ours}`")
}

pub(crate) fn translated_regex(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!(
        "`{theirs}`: a path takes no regex\nhelp: give the parameter a type that reads it, such as `{ours}`, or a guard: `if …`"
    )
}

pub(crate) fn regex(path: &str) -> String {
    let path = short(path);
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

pub(crate) fn optional_group(group: &str, ours: &str) -> String {
    format!(
        "`{group}`: a part of a path cannot be optional\nhelp: write two routes, one with `{ours}` and one without"
    )
}

pub(crate) fn lookalike(theirs: char, ours: char) -> String {
    format!("`{theirs}` only looks like `{ours}`\nhelp: write `{ours}`")
}

pub(crate) fn stray_brace(path: &str) -> String {
    let path = short(path);
    format!("`{path}` has a `}}` without its `{{`\nhelp: a parameter is written `{{name}}`")
}

pub(crate) fn unclosed_brace(piece: &str) -> String {
    let piece = short(piece);
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

pub(crate) fn rest_not_last(name: &str, behind: &str) -> String {
    let name = short(name);
    let behind = short(behind);
    format!(
        "`{{{name}..}}` takes all that follows, so `{behind}` never matches\nhelp: put `{{{name}..}}` last, or write `{{{name}}}` for one segment"
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

pub(crate) fn misspelt_primitive(name: &str, ty: &str, like: &str) -> String {
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

// The attribute

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

pub(crate) fn return_type(ty: &str) -> String {
    format!(
        "a server returns a `Result`, and `{ty}` is none\nhelp: write `-> Result`; the answers of its routes may be anything that is a `Reply`"
    )
}

pub(crate) fn result_of(ty: &str) -> String {
    format!(
        "a server returns a `Result` of `Sent`, and this is `{ty}`\nhelp: write `-> Result`; the answers of its routes may be anything that is a `Reply`"
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

pub(crate) fn capital_name(name: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "a route's name becomes a function, which is written in lower case\nhelp: write `as {lower}`"
    )
}

pub(crate) fn server_twice() -> String {
    "`#[server]` is given twice\nhelp: leave one out".to_owned()
}

pub(crate) fn path_as_option(path: &str) -> String {
    format!(
        "`#[server]` takes no path\nhelp: write the path into its routes, or nest the function: `route!(ANY \"{path}/{{rest..}}\" => name(req.at(rest), res).await)`"
    )
}

pub(crate) fn reserved_name(name: &str) -> String {
    let name_lower = name.to_lowercase();
    format!(
        "`{name}` is taken by the generated code\nhelp: choose another name: `as {name_lower}_route`"
    )
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
    "a method is missing beside `|`\nhelp: write `GET | POST \"/path\" => …`".to_owned()
}

pub(crate) fn sign_behind_method(sign: &str, method: &str, path: &str) -> String {
    format!("no `{sign}` between the method and the path\nhelp: write `{method} {path} => …`")
}

pub(crate) fn named_argument(name: &str) -> String {
    format!(
        "`{name} = …`: a route has no named arguments\nhelp: a route is written `[METHOD] \"/path\" [as name] [if condition] => answer`"
    )
}

pub(crate) fn called_method(method: &str, path: &str) -> String {
    format!("a method is no function\nhelp: write `{method} {path} => …`")
}

pub(crate) fn qualified_method(method: &str) -> String {
    format!("a method is written without a path in front\nhelp: write `{method} \"/path\" => …`")
}

pub(crate) fn methods_not_joined(methods: &[proc_macro2::Ident]) -> String {
    let methods: Vec<String> = methods
        .iter()
        .map(|method| method.to_string().to_uppercase())
        .collect();
    let methods = methods.join(" | ");
    format!("several methods are joined by `|`\nhelp: write `{methods} \"/path\" => …`")
}

pub(crate) fn repeated_method(name: &str) -> String {
    format!("`{name}` is named twice\nhelp: leave one out")
}

pub(crate) fn any_with_others() -> String {
    "`ANY` is every method already\nhelp: write `ANY` alone, or leave it out".to_owned()
}

pub(crate) fn method_behind_path(method: &str, path: &str) -> String {
    format!("the method stands in front of the path\nhelp: write `{method} \"{path}\" => …`")
}

pub(crate) fn unknown_method(name: &str) -> String {
    let upper = name.to_uppercase();
    if crate::methods::Methods::named(&upper).is_some() {
        return format!("`{name}` is no method\nhelp: methods are in capitals: `{upper}`");
    }
    let help = match nearest_method(&upper) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "methods are {} and `ANY`; a name for the route stands behind the path: `as …`",
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

/// The number of letters to change, add, drop or swap with their neighbour between two words.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
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

pub(crate) fn several_paths() -> String {
    "a route has one path\nhelp: write a `route!` for each path; they may call the same function"
        .to_owned()
}

pub(crate) fn path_not_a_string() -> String {
    "a path is a string literal\nhelp: write it in plain quotes: `\"/path\"`".to_owned()
}

pub(crate) fn unquoted_path(path: &str) -> String {
    let path = path.replace([' ', '"'], "");
    format!("a path is a string literal\nhelp: put it in quotes: `\"{path}\"`")
}

pub(crate) fn path_not_a_literal(text: &str) -> String {
    format!(
        "`{text}` is no string literal, and the routes are compiled from the text of their paths\nhelp: write the path itself: `route!(\"/path\" => answer)`"
    )
}

pub(crate) fn route_name(text: &str) -> String {
    if text.is_empty() {
        return "the name is missing\nhelp: write it behind `as`: `as product`".to_owned();
    }
    if text
        .chars()
        .all(|char| char.is_alphanumeric() || char == '_')
    {
        return format!("`{text}` is a keyword of Rust\nhelp: write `as {text}_`");
    }
    format!("`{text}` cannot name a route\nhelp: write a plain name, without quotes: `as product`")
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

pub(crate) fn quoted_fallback(path: &str) -> String {
    format!("`{path}` is no path\nhelp: the fallback is written `_ => …`, without quotes")
}

pub(crate) fn semicolon_in_guard() -> String {
    "a guard is an expression and ends at `=>`\nhelp: leave the `;` out".to_owned()
}

pub(crate) fn name_behind_guard(name: &str) -> String {
    format!(
        "the name stands in front of the guard\nhelp: write `\"/path\" as {name} if condition => …`"
    )
}

pub(crate) fn name_behind_answer(name: &str) -> String {
    format!("the name stands in front of the answer\nhelp: write `\"/path\" as {name} => …`")
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

pub(crate) fn arrow_left_out(answer: &str) -> String {
    format!("`=>` is missing in front of `{answer}`\nhelp: write `\"/path\" => {answer}`")
}

pub(crate) fn second_arrow() -> String {
    "a route has one `=>`\nhelp: a route is written `[METHOD] \"/path\" [as name] [if condition] => answer`".to_owned()
}

pub(crate) fn second_name() -> String {
    "a route has one name\nhelp: leave one `as …` out".to_owned()
}

pub(crate) fn second_guard() -> String {
    "a route has one guard\nhelp: join the conditions: `if first && second`".to_owned()
}

pub(crate) fn guard_behind_answer(guard: &str) -> String {
    format!("the guard stands in front of the answer\nhelp: write `\"/path\" {guard} => …`")
}

pub(crate) fn statement_as_answer() -> String {
    "an answer is an expression, and `let` begins a statement\nhelp: put statements in braces, and the answer behind them: `=> { let …; answer }`".to_owned()
}

pub(crate) fn wrong_guard_word(found: &str) -> String {
    format!(
        "`{found}` is not how a guard begins\nhelp: write `if condition` between the path and `=>`"
    )
}

pub(crate) fn unexpected_before_arrow(found: &str) -> String {
    format!(
        "`{found}` is not expected here\nhelp: a name begins with `as` and a guard with `if`: `[METHOD] \"/path\" [as name] [if condition] => answer`"
    )
}

pub(crate) fn missing_answer() -> String {
    "the answer is missing\nhelp: write an expression behind `=>`".to_owned()
}

pub(crate) fn closure_as_answer() -> String {
    "an answer is an expression and no closure\nhelp: write the closure's body alone: the request, the response and the parameters are in scope".to_owned()
}

pub(crate) fn missing_bang() -> String {
    "`route!` is a macro\nhelp: write it with its `!`: `route!(\"/path\" => answer);`".to_owned()
}

pub(crate) fn answer_outside() -> String {
    "the answer stands inside the parentheses\nhelp: write `route!(\"/path\" => answer);`"
        .to_owned()
}

pub(crate) fn answer_thrown_away(value: &str) -> String {
    format!("this `;` throws the answer away\nhelp: leave it out behind `{value}`")
}

pub(crate) fn ok_as_answer(value: &str) -> String {
    format!("`Ok` leaves open what the error would be\nhelp: write `{value}` alone")
}

pub(crate) fn err_as_answer(error: &str) -> String {
    format!(
        "`Err` leaves open what the answer would be\nhelp: write `return Err({error})`, or `{error}` alone if it is a `Reply`"
    )
}

pub(crate) fn none_as_answer() -> String {
    "`None` leaves open what the answer would be\nhelp: write `StatusCode::NOT_FOUND`".to_owned()
}

pub(crate) fn borrowed_answer(name: &str, expression: &str) -> String {
    format!(
        "`{name}` is a part of the request's path, and an answer outlives the request\nhelp: write `{expression}`"
    )
}

pub(crate) fn end_with_argument(response: &str, argument: &str) -> String {
    format!("`end` takes no argument\nhelp: write `{response}.send({argument})`")
}

pub(crate) fn invalid_header(name: &str, bad: char) -> String {
    let name = short(name);
    format!(
        "`{}` cannot be the name of a header: it holds {bad:?}\nhelp: a name is made of letters, digits and dashes, such as `content-type`",
        name.escape_debug()
    )
}

pub(crate) fn static_header_in_capitals(name: &str) -> String {
    let lower = name.to_lowercase();
    format!("`HeaderName::from_static` takes a name in lower case\nhelp: write `\"{lower}\"`")
}

pub(crate) fn invalid_header_value(bad: char) -> String {
    format!(
        "the value of a header cannot hold {bad:?}\nhelp: `from_static` takes visible ASCII; for other text write `HeaderValue::try_from(text)?`"
    )
}

pub(crate) fn no_status(number: &str) -> String {
    format!(
        "`{number}` is no status\nhelp: a status has three digits: write `StatusCode::NOT_FOUND` or another of its constants"
    )
}

pub(crate) fn empty_header() -> String {
    "the header needs a name\nhelp: write one, such as `content-type`".to_owned()
}

pub(crate) fn misspelt_header(name: &str, known: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "`{name}` looks like a slip\nhelp: write `{known}`; if `{name}` is a header of your own, say so by `HeaderName::from_static(\"{lower}\")`"
    )
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
    "`route!` belongs into the body of a `#[server]` function, and under this name\nhelp: write `#[server] async fn name(req: Request, res: Response) -> Result { … }` around it".to_owned()
}

pub(crate) fn unused_param(name: &str) -> String {
    let name = short(name);
    format!(
        "the answer does not use the parameter `{name}`\nhelp: use the local variable `{name}`, or write `{{_{name}}}` to leave it unused"
    )
}

/// `winners` are the routes that answer first, on `lines`; `same` where they match the very same requests.
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
    let answer = if winners.len() == 1 {
        "answers"
    } else {
        "answer"
    };
    let winners = winners.join(" and ");
    let help = if same {
        "leave one of them out, or give the first a guard: `if …`"
    } else {
        "put this route above, or leave it out"
    };
    format!(
        "`{route}` is never reached: {winners} {answer} first, for instance to `{example}`\nhelp: {help}"
    )
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_slip_is_one_letter_or_two_swapped() {
        let slips = [
            ("GTE", "GET"),
            ("POTS", "POST"),
            ("PSOT", "POST"),
            ("DELET", "DELETE"),
        ];
        for (slip, word) in slips {
            assert_eq!(distance(slip, word), 1, "{slip}");
        }
        assert_eq!(distance("GET", "PUT"), 2);
        assert_eq!(distance("", "GET"), 3);
    }
}
