//! The shape of the tree for small tables, mostly the order of its steps.

use std::fmt::Write;

use super::sample::SampleRoute;
use super::{Leaf, Node, Step, Tree};

/// Returns the tree of `routes` in one line. Texts are quoted, `{}` is a capture, `$` the end, `..` a tail; numbers are
/// routes, and those in brackets share a parse.
fn shape(routes: &[&str]) -> String {
    shape_of(
        &routes
            .iter()
            .map(|it| SampleRoute::new(it))
            .collect::<Vec<_>>(),
        false,
    )
}

fn shape_of(rows: &[SampleRoute], bare_rest: bool) -> String {
    let routes: Vec<_> = rows.iter().map(SampleRoute::route).collect();
    let mut shape = String::new();
    write_node(&mut shape, &Tree::new(&routes, bare_rest).root);
    shape
}

fn write_node(out: &mut String, node: &Node) {
    for (at, step) in node.steps.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        match step {
            Step::End(leaf) => write_leaf(out, "$", leaf),
            Step::Tail(leaf) => write_leaf(out, "..", leaf),
            Step::Texts(texts) => {
                for (at, text) in texts.iter().enumerate() {
                    let or = if at > 0 { " | " } else { "" };
                    write!(out, "{or}{:?} (", text.text).unwrap();
                    write_node(out, &text.then);
                    out.push(')');
                }
            }
            Step::Segment(splits) => {
                for (at, split) in splits.iter().enumerate() {
                    let or = if at > 0 { " | " } else { "" };
                    write!(out, "{or}{{}}{} (", split.shape.join("{}")).unwrap();
                    write_node(out, &split.then);
                    out.push(')');
                }
            }
        }
    }
}

fn write_leaf(out: &mut String, sign: &str, leaf: &Leaf) {
    out.push_str(sign);
    for group in leaf {
        write!(out, " {:?}", group.routes).unwrap();
    }
}

#[test]
fn static_text_comes_before_captures() {
    assert_eq!(
        shape(&[
            "GET /users/{id}",
            "POST /users/me",
            "GET /users/{id}/posts",
            "GET /users"
        ]),
        r#""/users" ($ [3], "/" ("me" ($ [1]), {} ($ [0], "/posts" ($ [2]))))"#
    );
}

#[test]
fn an_earlier_capture_that_overlaps_stays_first() {
    assert_eq!(
        shape(&["GET /users/{id: u8}", "GET /users/me", "GET /users/all/x"]),
        r#""/users/" ("all/x" ($ [2]), {} ($ [0]), "me" ($ [1]))"#
    );
}

#[test]
fn a_waiting_route_delays_the_routes_after_it() {
    assert_eq!(
        shape(&["GET /{a: u8}", "GET /x{b: u8}", "GET /xy", "GET /z/z"]),
        r#""/" ("z/z" ($ [3]), {} ($ [0]), "x" ({} ($ [1]), "y" ($ [2])))"#
    );
}

#[test]
fn a_tail_comes_last_unless_it_was_first() {
    assert_eq!(
        shape(&["GET /a/{rest..}", "POST /a/b", "POST /a/{x}"]),
        r#""/a/" ("b" ($ [1]), {} ($ [2]), .. [0])"#
    );
    assert_eq!(
        shape(&[
            "GET /a/{rest..}",
            "GET /a/b",
            "POST /a/{x}",
            "GET /a/{rest..}"
        ]),
        r#""/a/" ({} ($ [2]), .. [0], "b" ($ [1]), .. [3])"#
    );
}

#[test]
fn shapes_of_one_segment_keep_their_order() {
    assert_eq!(
        shape(&[
            "GET /{a}.json",
            "GET /{b}",
            "GET /{c}.xml",
            "POST /{d}.json"
        ]),
        r#""/" ({}.json ($ [0, 3]) | {} ($ [1]) | {}.xml ($ [2]))"#
    );
    assert_eq!(
        shape(&["GET /{a}/x", "GET /{b}.json/x", "GET /{c}/x"]),
        r#""/" ({} ("/x" ($ [0])) | {}.json ("/x" ($ [1])) | {} ("/x" ($ [2])))"#
    );
}

#[test]
fn names_and_methods_share_an_edge() {
    assert_eq!(
        shape(&["GET /a/{x}/p", "POST /a/{y}/p", "DELETE /a/{z: u8}/q"]),
        r#""/a/" ({} ("/" ("p" ($ [0, 1]) | "q" ($ [2]))))"#
    );
}

#[test]
fn one_parse_serves_the_routes_that_order_allows() {
    assert_eq!(
        shape(&[
            "GET /{a: u8}",
            "GET /{b: u16}",
            "POST /{c: u8}",
            "GET /{d: u8}"
        ]),
        r#""/" ({} ($ [0, 2] [1] [3]))"#
    );
}

#[test]
fn a_condition_is_a_separate_group() {
    let mut rows = ["GET /a", "POST /a", "PUT /a"].map(SampleRoute::new);
    rows[1].cfg = Some(true);
    assert_eq!(shape_of(&rows, false), r#""/a" ($ [0, 2] [1])"#);
}

#[test]
fn a_bare_rest_also_ends_before_its_slash() {
    let rows = ["GET /a/{rest..}", "GET /a"].map(SampleRoute::new);
    assert_eq!(shape_of(&rows, false), r#""/a" ($ [1], "/" (.. [0]))"#);
    assert_eq!(shape_of(&rows, true), r#""/a" ($ [0] [1], "/" (.. [0]))"#);
}

#[test]
fn words_with_a_common_prefix_stay_whole() {
    assert_eq!(
        shape(&["GET /products", "GET /profile/{x}", "GET /profit", "GET /a"]),
        r#""/" ("products" ($ [0]) | "profile/" ({} ($ [1])) | "profit" ($ [2]) | "a" ($ [3]))"#
    );
    assert_eq!(
        shape(&["GET /pro", "GET /products", "GET /profile"]),
        r#""/pro" ($ [0], "ducts" ($ [1]) | "file" ($ [2]))"#
    );
    assert_eq!(
        shape(&["GET /pro{x}", "POST /products", "POST /profile"]),
        r#""/pro" ("ducts" ($ [1]) | "file" ($ [2]), {} ($ [0]))"#
    );
}

#[test]
fn very_many_words_branch_at_every_character() {
    let routes: Vec<_> = ('a'..='i').map(|end| format!("GET /x/w{end}")).collect();
    let routes: Vec<_> = routes.iter().map(String::as_str).collect();
    assert!(shape(&routes).starts_with(r#""/x/w" ("a" ($ [0]) | "#));
    assert!(
        shape(&[&routes[..8], &["GET /x/y"]].concat()).starts_with(r#""/x/" ("wa" ($ [0]) | "#)
    );
}

#[test]
fn texts_are_split_between_characters() {
    assert_eq!(
        shape(&["GET /é", "GET /è", "GET /100%", "GET /100%x"]),
        r#""/" ("é" ($ [0]) | "è" ($ [1]) | "100%25" ($ [2], "x" ($ [3])))"#
    );
}

#[test]
fn the_root_and_no_routes() {
    assert_eq!(shape(&["GET /", "GET /a"]), r#""/" ($ [0], "a" ($ [1]))"#);
    assert_eq!(shape(&[]), "");
}
