//! The user's names shadow those of the standard library and of onward.
#![allow(
    non_camel_case_types,
    dead_code,
    unused_macros,
    clippy::missing_const_for_fn,
    reason = "these names exist only to shadow others"
)]

use ::onward::{http as h, server};

struct Result;
struct Option;
struct String;
struct Error;
struct Allow;
struct Method;
struct Unmatched;
struct Mountable;
struct Response;
struct Request;
enum Mine {
    Some,
    None,
    Ok,
    Err,
}
mod core {}
mod std {}
mod onward {}
mod http {}
trait Clone {}
trait From {}
trait Into {}

use Mine::{Err, None, Ok, Some};

fn mine() -> [Mine; 4] {
    [Some, None, Ok, Err]
}

fn segment() {}
fn last_segment() {}
fn before() {}
fn ending() {}
fn parse() {}
fn path() {}
fn method() {}
fn decide() {}
fn reply() {}
fn allow() {}

macro_rules! format {
    () => {};
}
macro_rules! matches {
    () => {};
}

#[server(trailing_slash = redirect)]
async fn shop(req: h::Request, mut res: h::Response) -> ::onward::Result {
    route!("/" => { res.status_code = h::StatusCode::ACCEPTED; "root" });
    route!("/a/{id: u32}" as a => if id == 7 { "seven" } else { "other" });
    route!("/b/{path}.{method}" as b => if path == method { "same" } else { "other" });
    route!("/c/{skip}" if skip == "x" => "x");
    route!(POST "/c/{allow}" => if allow.is_empty() { "" } else { "post" });
    route!("/d/{r#type}" => if r#type.is_empty() { "" } else { "typed" });
    route!("/e/{rest..}" as e => if rest == "x/y" { "rest" } else { "other" });
    let unused = (
        mine(),
        segment(),
        before(),
        ending(),
        parse(),
        path(),
        method(),
        decide(),
    );
    let _: (_, (), (), (), (), (), (), ()) = unused;
    let _: ((), ()) = (reply(), allow());
    let url = req.url.path().len();
    route!("/f" if url == 2 => "f");
}

#[server]
async fn outer(req: h::Request, res: h::Response) -> ::onward::Result {
    route!(unmatched);
    route!(mount "/m/{inner_url}" as m if inner_url != "no" => shop(req, res).await);
    route!(POST "/m/{allow}/a" => if allow.is_empty() { "" } else { "post" });
    route!(mount "/o" => MountedServer::shop(req, res).await);
}

#[allow(non_snake_case, reason = "the name of the generated import")]
mod MountedServer {
    #[::onward::server]
    pub(super) async fn shop(
        req: ::onward::http::Request,
        res: ::onward::http::Response,
    ) -> ::onward::Result {
        route!("/{path}" => if path.is_empty() { "" } else { "mounted" });
    }
}

#[tokio::test]
async fn shadowed_names_do_not_matter_to_mounts() {
    for (path, expected) in [("/m/x/a/7", "seven"), ("/o/x", "mounted"), ("/m/no/x", "")] {
        let sent = outer(h::Request::get(path), h::Response::new()).await;
        let text = sent.map(|sent| sent.text()).unwrap_or_default();
        assert_eq!(text, expected, "{path}");
    }
    assert_eq!(outer::m("x", shop::a(7)), "/m/x/a/7", "a URL");
}

async fn ask(path: &::core::primitive::str) -> ::std::string::String {
    let sent = shop(h::Request::get(path), h::Response::new()).await;
    match sent {
        ::core::result::Result::Ok(sent) => sent.text(),
        ::core::result::Result::Err(error) => error.message().into(),
    }
}

#[tokio::test]
async fn shadowed_names_do_not_matter() {
    assert_eq!(ask("/").await, "root", "no parameter");
    assert_eq!(ask("/a/7").await, "seven", "a number");
    assert_eq!(ask("/b/x.x").await, "same", "two parameters");
    assert_eq!(ask("/c/x").await, "x", "a guard");
    assert_eq!(ask("/d/x").await, "typed", "a raw identifier");
    assert_eq!(ask("/e/x/y").await, "rest", "the rest of a path");
    assert_eq!(ask("/f").await, "f", "a guard after statements");
    assert_eq!(shop::a(7), "/a/7", "a URL");
    assert_eq!(shop::b("x", "y"), "/b/x.y", "a URL");
    assert_eq!(shop::e("x/y"), "/e/x/y", "a URL");
}
