//! The code of `decide`, one property at a time.

mod conditions;
mod mounts;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Visibility;

use super::{Choice, expand_decide};
use crate::server::tree::tests::sample::SampleRoute;

/// Returns `decide` for `routes`, whose variants are `A`, `B`, …: `GET /a if` has a guard, and `GET /a #unix` a
/// condition.
fn decide(routes: &[&str]) -> String {
    let read: Vec<_> = routes.iter().zip('A'..).map(TestRoute::new).collect();
    let choices: Vec<_> = read.iter().map(TestRoute::choice).collect();
    let decide = expand_decide(&quote!(::onward), &Visibility::Inherited, &choices, false);
    let file = syn::parse2(quote!(impl A { #decide })).expect("decide is Rust");
    let text = prettyplease::unparse(&file);
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns only the `if`s between `let mut allow` and `Self::Unmatched`.
fn ifs(routes: &[&str]) -> String {
    let decide = decide(routes);
    let ifs = decide
        .lines()
        .skip_while(|line| !line.starts_with("    if "));
    let ifs = ifs.take_while(|line| !line.contains("Unmatched"));
    ifs.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line)))
        .collect()
}

struct TestRoute {
    row: SampleRoute,
    variant: Ident,
    is_guarded: bool,
    cfg: Option<TokenStream>,
}

impl TestRoute {
    fn new((route, letter): (&&str, char)) -> Self {
        let (route, cfg) = route.split_once(" #").unwrap_or((route, ""));
        let (path, is_guarded) = match route.strip_suffix(" if") {
            Some(path) => (path, true),
            None => (route, false),
        };
        let cfg: TokenStream = cfg.parse().expect("a condition");
        Self {
            row: SampleRoute::new(path),
            variant: format_ident!("{letter}"),
            is_guarded,
            cfg: (!cfg.is_empty()).then_some(cfg),
        }
    }

    fn choice(&self) -> Choice<'_> {
        let params = self.row.pattern.params();
        let params = params.filter(|param| param.extent.is_written());
        let names = params.map(|param| &param.name);
        Choice {
            pattern: &self.row.pattern,
            methods: self.row.methods,
            variant: &self.variant,
            fields: names.map(|name| format_ident!("{name}")).collect(),
            cfg: self.cfg.clone(),
            is_guarded: self.is_guarded,
            is_mount: self.row.is_mount,
            span: self.variant.span(),
        }
    }
}

#[track_caller]
fn assert_ifs(routes: &[&str], wanted: &str) {
    let got = ifs(routes);
    let unindented = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(unindented(&got), unindented(wanted), "\n{got}");
}

#[test]
fn the_whole_function() {
    assert_eq!(
        decide(&["GET /", "POST /a/{id: u8}"]),
        r#"fn decide(method: &::onward::__private::Method, path: &str) -> Self {
    use ::core::option::Option::Some;
    use ::onward::__private::{Allow, Method, Unmatched, last_segment, parse};
    let mut allow = Allow::NONE;
    if let Some(path) = path.strip_prefix('/') {
        if path.is_empty() {
            match *method {
                Method::GET | Method::HEAD => return Self::A,
                _ => allow |= Allow::GET,
            }
        } else if let Some(path) = path.strip_prefix("a/")
            && let Some(id) = last_segment(path) && let Some(id) = parse(id)
        {
            match *method {
                Method::POST => return Self::B { id },
                _ => allow |= Allow::POST,
            }
        }
    }
    Self::Unmatched(Unmatched::new(method, path, allow))
}
"#
    );
}

#[test]
fn unused_code_is_not_generated() {
    assert_eq!(
        decide(&["ANY /a"]),
        r#"fn decide(method: &::onward::__private::Method, path: &str) -> Self {
    use ::onward::__private::{Allow, Unmatched};
    if path == "/a" {
        return Self::A;
    }
    Self::Unmatched(Unmatched::new(method, path, Allow::NONE))
}
"#
    );
}

#[test]
fn one_match_serves_all_methods_of_a_path() {
    assert_ifs(
        &["GET /a", "PUT|PATCH /a", "DELETE /a"],
        r#"if path == "/a" {
            match *method {
                Method::GET | Method::HEAD => return Self::A,
                Method::PUT | Method::PATCH => return Self::B,
                Method::DELETE => return Self::C,
                _ => allow |= Allow::GET | Allow::PUT | Allow::PATCH | Allow::DELETE,
            }
        }"#,
    );
}

#[test]
fn a_handled_method_is_not_matched_again() {
    assert_ifs(
        &["HEAD /a", "GET /a", "ANY /a"],
        r#"if path == "/a" {
            match *method {
                Method::HEAD => return Self::A,
                Method::GET => return Self::B,
                _ => return Self::C,
            }
        }"#,
    );
}

#[test]
fn a_guard_that_failed_is_skipped() {
    assert_ifs(
        &["GET /a if", "POST /a if", "GET /a", "ANY /b if", "ANY /b"],
        r#"if let Some(path) = path.strip_prefix('/') {
            if path == "a" {
                match *method {
                    Method::GET | Method::HEAD if skip == 0 => return Self::A,
                    Method::POST if skip <= 1 => return Self::B,
                    Method::GET | Method::HEAD => return Self::C,
                    _ => allow |= Allow::GET | Allow::POST,
                }
            } else if path == "b" {
                if skip <= 3 {
                    return Self::D;
                }
                return Self::E;
            }
        }"#,
    );
}

#[test]
fn skip_is_a_parameter_if_there_are_guards() {
    assert!(decide(&["GET /a if"]).contains("path: &str, skip: usize)"));
    assert!(!decide(&["GET /a"]).contains("skip"));
}

#[test]
fn captures_have_the_names_on_which_routes_agree() {
    assert_ifs(
        &[
            "GET /{id}",
            "POST /{id}",
            "GET /{id}/{tab}",
            "POST /{id}/{page}",
        ],
        r#"if let Some(path) = path.strip_prefix('/')
            && let Some((id, path)) = segment(path)
        {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::A { id },
                    Method::POST => return Self::B { id },
                    _ => allow |= Allow::GET | Allow::POST,
                }
            } else if let Some(path) = path.strip_prefix('/')
                && let Some(p2) = last_segment(path)
            {
                match *method {
                    Method::GET | Method::HEAD => return Self::C { id, tab: p2 },
                    Method::POST => return Self::D { id, page: p2 },
                    _ => allow |= Allow::GET | Allow::POST,
                }
            }
        }"#,
    );
}

#[test]
fn a_name_that_means_something_else_is_not_taken() {
    let taken = [
        "path", "method", "allow", "skip", "segment", "parse", "p2", "_x", "ID",
    ];
    for name in taken {
        let decide = decide(&[&format!("ANY /{{{name}}}")]);
        assert!(
            decide.contains("let Some(p1) = last_segment(path)"),
            "{decide}"
        );
        assert!(
            decide.contains(&format!("return Self::A {{ {name}: p1 }};")),
            "{decide}"
        );
    }
    assert!(decide(&["ANY /{p1}"]).contains("return Self::A { p1 };"));
    assert!(decide(&["ANY /a/{path..}"]).contains("return Self::A { path };"));
}

#[test]
fn a_segment_is_found_once_for_all_ways_to_divide_it() {
    assert_ifs(
        &[
            "ANY /{file}.json",
            "ANY /{from: u8}-{to: u8}",
            "ANY /{name}",
        ],
        r#"if let Some(path) = path.strip_prefix('/') && let Some(p1) = last_segment(path) {
            if let Some(file) = ending(p1, ".json") {
                return Self::A { file };
            }
            if let Some((from, to)) = before(p1, "-") && !to.is_empty()
                && let Some(from) = parse(from) && let Some(to) = parse(to)
            {
                return Self::B { from, to };
            }
            return Self::C { name: p1 };
        }"#,
    );
}

#[test]
fn types_are_tried_in_turn() {
    assert_ifs(
        &["GET /{id: u8}", "GET /{name}", "POST /{number: u8}"],
        r#"if let Some(path) = path.strip_prefix('/') && let Some(p1) = last_segment(path) {
            if let Some(p1) = parse(p1) {
                match *method {
                    Method::GET | Method::HEAD => return Self::A { id: p1 },
                    Method::POST => return Self::C { number: p1 },
                    _ => allow |= Allow::GET | Allow::POST,
                }
            }
            match *method {
                Method::GET | Method::HEAD => return Self::B { name: p1 },
                _ => allow |= Allow::GET,
            }
        }"#,
    );
}

#[test]
fn the_next_branch_reads_the_same_path() {
    assert_ifs(
        &["ANY /{id: u8}", "ANY /me", "ANY /{rest..}"],
        r#"if let Some(path) = path.strip_prefix('/') {
            if let Some(id) = last_segment(path) && let Some(id) = parse(id) {
                return Self::A { id };
            }
            if path == "me" {
                return Self::B;
            }
            return Self::C { rest: path };
        }"#,
    );
}

#[test]
fn nothing_follows_a_return() {
    assert_ifs(
        &["ANY /{rest..}", "GET /a", "GET /{x}"],
        r#"if let Some(path) = path.strip_prefix('/') {
            return Self::A { rest: path };
        }"#,
    );
}

#[test]
fn many_texts_are_distinguished_by_their_first_byte() {
    let texts = ["a", "b/{x}", "é", "è", "c", "d", "e", "f", "g"];
    let routes: Vec<_> = texts.iter().map(|it| format!("ANY /{it}")).collect();
    let routes: Vec<_> = routes.iter().map(String::as_str).collect();
    let many = ifs(&routes);
    let start = r#"if let Some(path) = path.strip_prefix('/') {
    match path.as_bytes().first() {
        Some(b'a') => {
            if path == "a" {
                return Self::A;
            }
        }
        Some(b'b') => {
            if let Some(path) = path.strip_prefix("b/")
                && let Some(x) = last_segment(path)
            {
                return Self::B { x };
            }
        }
        Some(b'\xC3') => {
            if path == "é" {
                return Self::C;
            } else if path == "è" {
                return Self::D;
            }
        }
"#;
    let end = "        _ => {}\n    }\n}\n";
    assert!(many.starts_with(start) && many.ends_with(end), "{many}");
    // "é" and "è" share their first byte: there are seven different bytes, fewer than the threshold.
    assert!(!ifs(&routes[..8]).contains("match"));
}
