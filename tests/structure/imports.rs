//! The parts of `http/` that each part may use.
//!
//! The layers, from top to bottom:
//!
//! 0. `tower`
//! 1. `server`
//! 2. `connection`
//! 3. `h1`, `h2`
//! 4. `exchange`
//! 5. `events`
//! 6. `response`
//! 7. `request`
//! 8. `socket`
//! 9. `headers`
//! 10. `foreign_body`, `limits`, `control`, `error_reporter`, `interruption`, `outlet`, `panic`, `proxies`, `rare`,
//!     `scratch`, `sync`, and `crate::error`, `crate::events`
//!
//! A file uses its own folder and the layers below it. Folders in the same layer do not use each other. `http/mod.rs`
//! and `http/event.rs` are the public surface: they re-export items, and no file of `http/` uses paths through them
//! (`crate::http::Request` is wrong, `crate::http::request::Request` is right), except for links in documentation.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use crate::Violation;
use crate::source::Source;

const LAYERS: [&[&str]; 11] = [
    &["tower"],
    &["server"],
    &["connection"],
    &["h1", "h2"],
    &["exchange"],
    &["events"],
    &["response"],
    &["request"],
    &["socket"],
    &["headers"],
    &BASE,
];

/// The files of the last layer, which may use one another.
const BASE: [&str; 11] = [
    "foreign_body",
    "limits",
    "control",
    "error_reporter",
    "interruption",
    "outlet",
    "panic",
    "proxies",
    "rare",
    "scratch",
    "sync",
];

/// Returns the imports and paths that point upward, sideways or through the public surface.
pub(crate) fn violations(source: &Source) -> Vec<Violation> {
    let Some(part) = source.http_part() else {
        return emitter_violations(source);
    };
    if matches!(part, "mod" | "event") {
        return Vec::new();
    }
    let mut violations = Vec::new();
    if layer(part).is_none() {
        let message = format!("`{part}` is in no layer: add it to tests/structure/imports.rs");
        violations.push(Violation::new(source, 1, message));
        return violations;
    }
    for path in paths(source) {
        if let Some(message) = wrong(part, &path.segments) {
            violations.push(Violation::new(source, path.line, message));
        }
    }
    violations
}

/// Returns the paths by which the emitter uses `http`, which it must not do.
fn emitter_violations(source: &Source) -> Vec<Violation> {
    let is_emitter = source.path.starts_with("events/");
    let paths = paths(source).into_iter();
    paths
        .filter(|path| is_emitter && path.segments.first().is_some_and(|it| it == "http"))
        .map(|path| {
            let message = format!("`events` uses `{}`", path.segments.join("::"));
            Violation::new(source, path.line, message)
        })
        .collect()
}

/// Returns the reason, if a path must not be used. The path is passed without `crate`.
fn wrong(part: &str, segments: &[String]) -> Option<String> {
    let [http, target, ..] = segments else {
        return None;
    };
    if http != "http" {
        return None;
    }
    let path = segments.join("::");
    let (Some(from), Some(to)) = (layer(part), layer(target)) else {
        return Some(format!(
            "`crate::{path}` goes through the public surface: name the file that defines it"
        ));
    };
    let same = part == target || BASE.contains(&part) && BASE.contains(&target.as_str());
    if from < to || same {
        return None;
    }
    let direction = if from == to { "sideways" } else { "upward" };
    Some(format!(
        "`{part}` uses `crate::{path}`, which points {direction}"
    ))
}

fn layer(part: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&part))
}

/// A path that begins with `crate`, `super` or `self`.
struct UsedPath {
    line: usize,
    /// The path without `crate`.
    segments: Vec<String>,
}

/// Returns all paths of a file, in imports, code and arguments of macros.
fn paths(source: &Source) -> Vec<UsedPath> {
    let mut paths = Vec::new();
    let tokens = source.syntax.to_token_stream();
    collect(tokens, &source.module(), &mut paths);
    paths
}

fn collect(tokens: TokenStream, module: &[String], paths: &mut Vec<UsedPath>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            // A module within the file: its `super` is this file.
            TokenTree::Ident(ident) if ident == "mod" => {
                if let [TokenTree::Ident(name), TokenTree::Group(body), ..] = &tokens[index..] {
                    let inner = [module, &[name.to_string()]].concat();
                    collect(body.stream(), &inner, paths);
                    index += 2;
                }
            }
            TokenTree::Ident(ident) if is_separator(&tokens[index..]) => {
                let follows_path = index >= 2 && is_colon(&tokens[index - 2]);
                let base = match &*ident.to_string() {
                    _ if follows_path => None,
                    "crate" => Some(Vec::new()),
                    "self" => Some(module.to_vec()),
                    "super" => Some(parent(module)),
                    _ => None,
                };
                if let Some(base) = base {
                    expand(base, &tokens[index..], paths);
                }
            }
            TokenTree::Group(group) => collect(group.stream(), module, paths),
            _ => {}
        }
    }
}

/// Follows a path from `::` on, including every branch of a use tree.
fn expand(mut segments: Vec<String>, mut tokens: &[TokenTree], paths: &mut Vec<UsedPath>) {
    let mut line = tokens.first().map_or(0, |it| it.span().start().line);
    while is_separator(tokens) {
        match tokens.get(2) {
            Some(TokenTree::Ident(ident)) if ident == "super" => segments = parent(&segments),
            Some(TokenTree::Ident(ident)) if ident == "self" => {}
            Some(TokenTree::Ident(ident)) => {
                line = ident.span().start().line;
                segments.push(ident.to_string());
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                for branch in branches(group.stream()) {
                    let mut begin = colons();
                    begin.extend(branch);
                    expand(segments.clone(), &begin, paths);
                }
                return;
            }
            _ => break,
        }
        tokens = &tokens[3..];
    }
    paths.push(UsedPath { line, segments });
}

/// Returns the parts of a use tree between the commas.
fn branches(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let branches =
        tokens.split(|it| matches!(it, TokenTree::Punct(punct) if punct.as_char() == ','));
    branches
        .filter(|branch| !branch.is_empty())
        .map(<[TokenTree]>::to_vec)
        .collect()
}

fn colons() -> Vec<TokenTree> {
    quote::quote!(::).into_iter().collect()
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [first, second, ..] if is_colon(first) && is_colon(second))
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, text: &str) -> Vec<String> {
        let violations = violations(&Source::new(path, text));
        violations
            .into_iter()
            .map(|it| format!("{}: {}", it.line, it.message))
            .collect()
    }

    #[test]
    fn a_path_may_point_downward() {
        let text = "use crate::http::{limits::Limits, socket::{Socket, handle}};\n\
                    use crate::error::Error;\nuse super::Head;\nuse std::fmt;\n\
                    fn f() -> crate::http::sync::Lock { self::g::<crate::http::headers::Map>() }";
        assert_eq!(messages("http/request/url.rs", text), [""; 0]);
    }

    #[test]
    fn a_path_upward_is_found_wherever_it_is() {
        let text = "use crate::http::{\n    limits::Limits,\n    server::{Server, options},\n};\n\
                    fn f() { g(|| vec![crate::http::exchange::Exchange::new()]) }\n\
                    mod inner { use super::super::super::connection::task; }";
        let found = messages("http/request/url.rs", text);
        let upward =
            |path: &str| format!("`request` uses `crate::http::{path}`, which points upward");
        assert_eq!(
            found,
            [
                format!("3: {}", upward("server::Server")),
                format!("3: {}", upward("server::options")),
                format!("5: {}", upward("exchange::Exchange::new")),
                format!("6: {}", upward("connection::task")),
            ]
        );
    }

    #[test]
    fn a_path_sideways_is_found() {
        let found = messages("http/h1/read/host.rs", "use crate::http::h2::Stream;");
        let message = "1: `h1` uses `crate::http::h2::Stream`, which points sideways";
        assert_eq!(found, [message]);
        assert_eq!(
            messages("http/limits.rs", "use crate::http::sync::lock;"),
            [""; 0]
        );
    }

    #[test]
    fn a_path_through_the_surface_is_found() {
        for text in [
            "use crate::http::Request;",
            "use crate::http::event::Close;",
            "use super::event;",
        ] {
            let found = messages("http/server.rs", text);
            assert!(found[0].contains("public surface"), "{found:?}");
        }
    }

    #[test]
    fn tests_and_links_may_use_anything() {
        let text = "/// See [`a`](crate::http::Request).\nfn f() {}\n\
                    #[cfg(test)]\nmod tests {\n    use crate::http::server::Server;\n}";
        assert_eq!(messages("http/limits.rs", text), [""; 0]);
    }

    #[test]
    fn the_emitter_does_not_use_http() {
        let found = messages("events/call.rs", "use crate::http::sync::lock;");
        assert_eq!(found, ["1: `events` uses `http::sync::lock`"]);
    }
}
