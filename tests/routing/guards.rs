//! Guards: `if …` before `=>`.

use crate::client::{ask, get, post, with};
use onward::prelude::*;

struct User {
    admin: bool,
}

impl User {
    async fn may(&self, what: &str) -> bool {
        tokio::task::yield_now().await;
        self.admin && what == "read"
    }
}

#[server]
async fn doors(req: Request, res: Response) -> Result {
    route!("/even/{n: u32}" if n % 2 == 0 => format!("even {n}"));
    route!("/even/{n: u32}" if n > 100 => format!("big {n}"));
    route!("/even/{n}" => format!("other {n}"));
    let user = User {
        admin: req.headers.contains_key("admin"),
    };
    route!("/door" if user.admin => "open");
    route!("/door/{what}" if user.may(what).await => format!("you may {what}"));
    route!("/length/{text}" if text.len() == 3_u8 as usize => "three");
    route!("/query" if req.url.query::<bool>("on")? => "on");
    route!("/query" if let Ok(n) = req.url.query::<u8>("n") => format!("n is {n}"));
    route!(POST "/door" => "knock");
    route!(ANY "/{any}" if any.len() == 3 => format!("three: {any}"));
    route!(DELETE "/{any}" => format!("gone: {any}"));
}

#[tokio::test]
async fn a_guard_reads_parameters_request_and_state() {
    assert_eq!(get(doors, "/even/2").await, "200 even 2");
    assert_eq!(get(doors, "/even/101").await, "200 big 101");
    assert_eq!(get(doors, "/length/cup").await, "200 three");
    let admin = || Request::get("/door").header("admin", "1");
    assert_eq!(ask(doors, admin()).await, "200 open");
    let read = || Request::get("/door/read").header("admin", "1");
    assert_eq!(ask(doors, read()).await, "200 you may read");
    assert_eq!(get(doors, "/query?on=true").await, "200 on");
    assert_eq!(get(doors, "/query?on=false&n=7").await, "200 n is 7");
}

#[tokio::test]
async fn a_guard_that_is_false_continues_with_the_next_route() {
    assert_eq!(get(doors, "/even/3").await, "200 other 3");
    assert_eq!(get(doors, "/even/x").await, "200 other x");
    assert_eq!(with("PUT", doors, "/abc").await, "200 three: abc");
    assert_eq!(with("DELETE", doors, "/abc").await, "200 three: abc");
    assert_eq!(with("DELETE", doors, "/abcd").await, "200 gone: abcd");
}

#[tokio::test]
async fn a_question_mark_in_a_guard_ends_the_handler() {
    let error = get(doors, "/query").await;
    assert_eq!(error, "400 query parameter `on` is missing");
}

#[tokio::test]
async fn a_path_rejected_only_by_guards_is_not_found() {
    assert_eq!(get(doors, "/door/read").await, "404");
    assert_eq!(with("HEAD", doors, "/door/read").await, "404");
}

#[tokio::test]
async fn a_path_with_other_methods_exists_regardless_of_guards() {
    // A guard has rejected GET, so GET is not listed.
    assert_eq!(
        get(doors, "/door").await,
        "405 allowed methods: POST, DELETE, OPTIONS"
    );
    let all = "GET, HEAD, POST, DELETE, OPTIONS";
    assert_eq!(with("OPTIONS", doors, "/door").await, format!("204 {all}"));
    assert_eq!(
        with("PUT", doors, "/door").await,
        format!("405 allowed methods: {all}")
    );
    assert_eq!(post(doors, "/door").await, "200 knock");
}

#[server]
async fn counted(req: Request, res: Response, seen: &std::cell::Cell<u32>) -> Result {
    let count = || {
        seen.set(seen.get() + 1);
        false
    };
    route!("/{a}" if a == "x" && count() => "first");
    route!(POST "/x" if count() => "second");
    route!("/{a: u8}" if count() => a.to_string());
    route!("/{a}" if a == "x" && count() => "third");
    route!("/x" => "last");
}

#[tokio::test]
async fn guards_are_evaluated_in_order_and_only_of_routes_that_match() {
    let seen = std::cell::Cell::new(0);
    let handler = |req, res| counted(req, res, &seen);
    assert_eq!(get(handler, "/x").await, "200 last");
    assert_eq!(seen.replace(0), 2);
    assert_eq!(get(handler, "/7").await, "404");
    assert_eq!(seen.replace(0), 1);
}
