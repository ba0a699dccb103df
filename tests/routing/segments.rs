//! Text and parameters in one segment.

use crate::client::get;
use onward::prelude::*;

#[server]
async fn files(req: Request, res: Response) -> Result {
    route!("/{file}.json" => format!("json {file}"));
    route!("/@{user}" => format!("user {user}"));
    route!("/{from}-{to}" => format!("{from} to {to}"));
    route!("/v{major: u8}.{minor: u8}/notes" => format!("version {major}, {minor}"));
    route!("/img/{name}_{width: u32}x{height: u32}.png" => format!("{name}, {width} by {height}"));
    route!("/é{x}ß/{y}" => format!("{x}, {y}"));
    route!("/{a}::{b}::{c}" => format!("{a}, {b}, {c}"));
}

#[tokio::test]
async fn text_may_precede_and_follow_a_parameter() {
    assert_eq!(get(files, "/a.json").await, "200 json a");
    assert_eq!(get(files, "/a.json.json").await, "200 json a.json");
    assert_eq!(get(files, "/@grace").await, "200 user grace");
    assert_eq!(get(files, "/%40grace").await, "200 user grace");
    assert_eq!(get(files, "/v1.22/notes").await, "200 version 1, 22");
    assert_eq!(get(files, "/%C3%A91%C3%9F/2").await, "200 1, 2");
    for path in [
        "/a.jso",
        "/a.jsonx",
        "/.json",
        "/@",
        "/v1./notes",
        "/v1.x/notes",
        "/v1.2",
        "/a.json/",
    ] {
        assert_eq!(get(files, path).await, "404", "{path}");
    }
}

#[tokio::test]
async fn the_leftmost_text_separates_two_parameters() {
    assert_eq!(get(files, "/a-b").await, "200 a to b");
    assert_eq!(get(files, "/a-b-c").await, "200 a to b-c");
    assert_eq!(get(files, "/--b").await, "200 - to b");
    assert_eq!(get(files, "/a--").await, "200 a to -");
    assert_eq!(get(files, "/1::2::3").await, "200 1, 2, 3");
    assert_eq!(get(files, "/1::2::3::4").await, "200 1, 2, 3::4");
    for path in ["/-b", "/a-", "/-", "/1::2", "/1::::3"] {
        assert_eq!(get(files, path).await, "404", "{path}");
    }
}

#[tokio::test]
async fn each_part_has_its_own_type() {
    assert_eq!(get(files, "/img/cup_64x32.png").await, "200 cup, 64 by 32");
    assert_eq!(get(files, "/img/cup_64xy.png").await, "404");
    assert_eq!(get(files, "/img/big_cup_64x32.png").await, "404");
}

#[server]
async fn escapes(req: Request, res: Response) -> Result {
    route!("/{a}2F" => format!("ends in 2F: {a}"));
    route!("/{a}25{b}" => format!("25 between {a} and {b}"));
    route!("/{a}%" => format!("{a} percent"));
    route!("/{a}" => format!("plain {a}"));
}

#[tokio::test]
async fn text_does_not_match_inside_an_escape() {
    assert_eq!(get(escapes, "/x2F").await, "200 ends in 2F: x");
    assert_eq!(get(escapes, "/x%2F").await, "404");
    assert_eq!(get(escapes, "/x%2Fy").await, "200 plain x/y");
    assert_eq!(get(escapes, "/x%252F").await, "200 ends in 2F: x%");
    assert_eq!(get(escapes, "/x25y").await, "200 25 between x and y");
    assert_eq!(get(escapes, "/x%25y").await, "200 plain x%y");
    assert_eq!(get(escapes, "/100%25").await, "200 100 percent");
}

#[tokio::test]
async fn doubled_braces_are_text() {
    #[server]
    async fn braces(req: Request, res: Response) -> Result {
        route!("/{{x}}" as text => "text");
        route!("/a{{{name}}}z" as named => format!("[{name}]"));
        route!("/{{" => "open");
    }
    assert_eq!(get(braces, "/%7Bx%7D").await, "200 text");
    assert_eq!(get(braces, "/x").await, "404");
    assert_eq!(get(braces, "/a%7B7%7Dz").await, "200 [7]");
    assert_eq!(get(braces, "/%7B").await, "200 open");
    assert_eq!(braces::text(), "/%7Bx%7D");
    assert_eq!(get(braces, &braces::named("b")).await, "200 [b]");
}
