//! Writes each table as code: a `#[server]` function, and a chain of `if`s in the order of the table.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const TABLES: [&str; 3] = ["github130", "rest1000", "rest5000"];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for table in TABLES {
        let data = Path::new("../data").join(table).with_extension("routes");
        println!("cargo::rerun-if-changed={}", data.display());
        let text = fs::read_to_string(&data).expect("the tables are in data/");
        let routes: Vec<Route> = text.lines().map(Route::parse).collect();
        let code = server(&routes) + &chain(&routes);
        fs::write(out.join(table).with_extension("rs"), code).expect("OUT_DIR can be written to");
    }
}

struct Route {
    method: String,
    path: String,
    /// The names of the parameters, in order.
    parameters: Vec<String>,
}

impl Route {
    fn parse(line: &str) -> Self {
        let (method, path) = line.split_once('\t').expect("a line is method, tab, path");
        let braces = path.split('{').skip(1);
        let names = braces.filter_map(|text| text.split_once('}'));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            parameters: names.map(|(name, _)| name.to_owned()).collect(),
        }
    }

    /// Generates the statements that read the parameters: `reader.read(p1); reader.read(p2); `.
    fn reads(&self) -> String {
        let all = self
            .parameters
            .iter()
            .map(|name| format!("reader.read({name}); "));
        all.collect()
    }
}

/// Generates the module with the `#[server]` function for the routes:
///
/// ```ignore
/// mod ours {
///     #[server]
///     async fn server(req: Request, res: Response) -> Result {
///         route!(GET "/users" as r0 => "");
///         route!(GET "/users/{p1}" as r1 => p1.to_owned());
///     }
///
///     pub(crate) fn decide(method: &Method, path: &str) {
///         black_box(&server::decide(method, path));
///     }
///
///     pub(crate) fn find(method: &Method, path: &str, reader: &mut Reader) -> Answer {
///         match server::decide(method, path) {
///             server::R0 => Answer::Route(0),
///             server::R1 { p1 } => { reader.read(p1); Answer::Route(1) }
///             server::Unmatched(it) => if it.is_unknown() { Answer::NoPath } else { Answer::WrongMethod },
///         }
///     }
/// }
/// ```
fn server(routes: &[Route]) -> String {
    let mut server = String::new();
    let mut arms = String::new();
    for (index, route) in routes.iter().enumerate() {
        let Route {
            method,
            path,
            parameters,
        } = route;
        let answer = match parameters.as_slice() {
            [] => "\"\"".to_owned(),
            names => format!("[{}].concat()", names.join(", ")),
        };
        let fields = if parameters.is_empty() {
            String::new()
        } else {
            format!(" {{ {} }}", parameters.join(", "))
        };
        let reads = route.reads();
        let _ = writeln!(
            server,
            "        route!({method} {path:?} as r{index} => {answer});"
        );
        let _ = writeln!(
            arms,
            "            server::R{index}{fields} => {{ {reads}Answer::Route({index}) }}"
        );
    }
    format!(
        "pub(crate) mod ours {{
    use super::{{Answer, Reader}};
    use onward::prelude::*;
    use std::hint::black_box;

    #[allow(dead_code)]
    #[server]
    async fn server(req: Request, res: Response) -> Result {{
{server}    }}

    #[inline]
    pub(crate) fn decide(method: &http::Method, path: &str) {{
        black_box(&server::decide(method, path));
    }}

    pub(crate) fn find(method: &http::Method, path: &str, reader: &mut Reader) -> Answer {{
        match server::decide(method, path) {{
{arms}            server::Unmatched(it) => if it.is_unknown() {{ Answer::NoPath }} else {{ Answer::WrongMethod }},
        }}
    }}
}}

"
    )
}

/// The number of `if`s in one function: rustc takes more than ten minutes for five thousand in one.
const CHUNK: usize = 100;

/// Generates the function that tries the `if`s of all routes, and the functions that it calls:
///
/// ```ignore
/// pub(crate) fn chain(method: &Method, path: &str, reader: &mut Reader) -> Answer {
///     let mut known = false;
///     if let Some(route) = chain_0(method, path, &mut known, reader) { return Answer::Route(route); }
///     …
///     if known { Answer::WrongMethod } else { Answer::NoPath }
/// }
/// ```
fn chain(routes: &[Route]) -> String {
    let mut code = String::from(
        "pub(crate) fn chain(method: &Method, path: &str, reader: &mut Reader) -> Answer {\n    \
         let mut known = false;\n",
    );
    for start in (0..routes.len()).step_by(CHUNK) {
        let _ = writeln!(
            code,
            "    if let Some(route) = chain_{start}(method, path, &mut known, reader) {{ return Answer::Route(route); }}"
        );
    }
    code.push_str("    if known { Answer::WrongMethod } else { Answer::NoPath }\n}\n\n");
    for (number, chunk) in routes.chunks(CHUNK).enumerate() {
        code.push_str(&part_of_chain(number * CHUNK, chunk));
    }
    code
}

/// Generates the function with the `if`s of these routes, the first of which has the index `start`:
///
/// ```ignore
/// fn chain_0(method: &Method, path: &str, known: &mut bool, reader: &mut Reader) -> Option<u32> {
///     if path == "/users" {
///         if *method == Method::GET { return Some(0); }
///         *known = true;
///     }
///     if let Some(path) = path.strip_prefix("/users/") && let Some((p1, path)) = segment(path) && path.is_empty() {
///         if *method == Method::GET { reader.read(p1); return Some(1); }
///         *known = true;
///     }
///     …
///     None
/// }
/// ```
fn part_of_chain(start: usize, routes: &[Route]) -> String {
    let mut code = format!(
        "fn chain_{start}(method: &Method, path: &str, known: &mut bool, reader: &mut Reader) \
         -> Option<u32> {{\n    let _ = &reader;\n"
    );
    for (index, route) in (start..).zip(routes) {
        let (condition, method, reads) = (condition(&route.path), &route.method, route.reads());
        let _ = writeln!(
            code,
            "    if {condition} {{\n        \
             if *method == Method::{method} {{ {reads}return Some({index}); }}\n        \
             *known = true;\n    }}"
        );
    }
    code.push_str("    None\n}\n\n");
    code
}

/// Generates the condition on `path`, with its parameters as variables.
fn condition(path: &str) -> String {
    let Some((text, mut path)) = path.split_once('{') else {
        return format!("path == {path:?}");
    };
    let mut condition = format!("let Some(path) = path.strip_prefix({text:?})");
    while let Some((name, behind)) = path.split_once('}') {
        let _ = write!(condition, " && let Some(({name}, path)) = segment(path)");
        match behind.split_once('{') {
            Some((text, rest)) => {
                let _ = write!(
                    condition,
                    " && let Some(path) = path.strip_prefix({text:?})"
                );
                path = rest;
            }
            None => {
                let end = if behind.is_empty() {
                    "path.is_empty()".to_owned()
                } else {
                    format!("path == {behind:?}")
                };
                let _ = write!(condition, " && {end}");
                path = "";
            }
        }
    }
    condition
}
