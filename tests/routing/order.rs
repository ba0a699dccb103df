//! Routes are tried from top to bottom, and the first match wins.

use crate::client::get;
use onward::prelude::*;

#[server]
async fn text_first(req: Request, res: Response) -> Result {
    route!("/users/me" => "me");
    route!("/users/{name}" => format!("user {name}"));
    route!("/a/b/{y}" => format!("y {y}"));
    route!("/a/{x}/c" => format!("x {x}"));
    route!("/{id: u8}" => format!("id {id}"));
    route!("/{id: i64}" => format!("long id {id}"));
    route!("/{rest..}" => format!("rest {rest}"));
}

#[server]
async fn capture_first(req: Request, res: Response) -> Result {
    route!("/a/{x}/c" => format!("x {x}"));
    route!("/a/b/{y}" => format!("y {y}"));
    route!("/files/{name}.json" => format!("json {name}"));
    route!("/files/{name}" => format!("file {name}"));
    route!("/v/{id: u8}" => format!("id {id}"));
    route!("/v/new" => "new");
    route!("/v/{name}" => format!("name {name}"));
}

#[tokio::test]
async fn of_two_matching_routes_the_first_wins() {
    assert_eq!(get(text_first, "/users/me").await, "200 me");
    assert_eq!(get(text_first, "/users/you").await, "200 user you");
    assert_eq!(get(text_first, "/a/b/c").await, "200 y c");
    assert_eq!(get(capture_first, "/a/b/c").await, "200 x b");
    assert_eq!(get(capture_first, "/a/b/d").await, "200 y d");
    assert_eq!(get(text_first, "/a/d/c").await, "200 x d");
}

#[tokio::test]
async fn a_route_that_does_not_match_continues_with_the_next() {
    assert_eq!(get(text_first, "/7").await, "200 id 7");
    assert_eq!(get(text_first, "/256").await, "200 long id 256");
    assert_eq!(get(text_first, "/x").await, "200 rest x");
    assert_eq!(get(text_first, "/users/me/x").await, "200 rest users/me/x");
    assert_eq!(get(text_first, "/a/b").await, "200 rest a/b");
    assert_eq!(get(capture_first, "/files/a.json").await, "200 json a");
    assert_eq!(get(capture_first, "/files/.json").await, "200 file .json");
    assert_eq!(get(capture_first, "/files/a.xml").await, "200 file a.xml");
    assert_eq!(get(capture_first, "/v/new").await, "200 new");
    assert_eq!(get(capture_first, "/v/newer").await, "200 name newer");
}

#[server]
async fn rest_in_the_middle(req: Request, res: Response) -> Result {
    route!("/a" => "a");
    route!("/{first}/{rest..}" => format!("{first}, then {rest}"));
    route!("/{name}" => format!("name {name}"));
}

#[tokio::test]
async fn a_rest_matches_only_what_no_earlier_route_matches() {
    assert_eq!(get(rest_in_the_middle, "/a").await, "200 a");
    assert_eq!(get(rest_in_the_middle, "/a/").await, "200 a, then");
    assert_eq!(get(rest_in_the_middle, "/b").await, "200 name b");
    assert_eq!(get(rest_in_the_middle, "/b/c/d").await, "200 b, then c/d");
}
