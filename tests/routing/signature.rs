//! The signature of the function is not changed.

use crate::client::{get, post};
use onward::http;
use onward::prelude::*;
use std::fmt::Display;
use std::pin::Pin;
use std::sync::Arc;

#[server]
async fn other_names(demand: Request, mut supply: Response) -> Result {
    supply.set_header("x-own", "1");
    route!("/" => format!("for {}", demand.url));
    route!(POST "/" => supply.send("supplied"));
}

#[server]
async fn no_type(req: Request, res: Response) {
    route!("/" => "no type");
}

#[server]
async fn long_type(req: Request, res: Response) -> onward::Result<Sent, onward::Error> {
    route!("/" => "long type");
}

#[server]
async fn std_type(req: Request, res: Response) -> std::result::Result<onward::http::Sent, Error> {
    route!("/" => "std type");
}

#[server]
async fn no_parameters_at_all(_req: Request, _res: Response) -> Result {
    route!("/a" => "a");
    route!(POST "/a" => "b");
}

#[server]
async fn by_value(
    req: Request,
    res: Response,
    name: String,
    list: Vec<u8>,
    shared: Arc<str>,
) -> Result {
    route!("/name" => name);
    route!("/list" => list);
    route!("/both" => { drop(list); format!("{name} {shared}") });
}

#[server]
async fn generic<T, const N: usize>(req: Request, res: Response, value: T, list: [u8; N]) -> Result
where
    T: Display + Send,
{
    route!("/{name}" => format!("{name} {value} {N} {}", list.len()));
}

#[server]
async fn borrowing<'a, 'b: 'a>(
    req: Request,
    res: Response,
    first: &'a str,
    second: &'b mut u32,
) -> Result {
    route!("/{n: u32}" => { *second += n; format!("{first} {second}") });
}

#[server]
async fn opaque(
    req: Request,
    res: Response,
    (left, right): (u8, u8),
    show: impl Fn(u8) -> String,
) -> Result {
    route!("/left" => show(left));
    route!("/right" => show(right));
}

#[server]
#[expect(unreachable_pub, reason = "the visibility is what is tested")]
pub async fn public(req: Request, res: Response) -> Result {
    route!("/" as home => "public");
}

#[tokio::test]
async fn request_and_response_have_the_names_of_the_signature() {
    assert_eq!(get(other_names, "/").await, "200 for /");
    assert_eq!(post(other_names, "/").await, "200 supplied");
    assert_eq!(get(no_parameters_at_all, "/a").await, "200 a");
    assert_eq!(post(no_parameters_at_all, "/a").await, "200 b");
}

#[tokio::test]
async fn the_return_type_is_any_spelling_of_a_result_of_sent() {
    assert_eq!(get(no_type, "/").await, "200 no type");
    assert_eq!(get(long_type, "/").await, "200 long type");
    assert_eq!(get(std_type, "/").await, "200 std type");
    let sent: Result<Sent, Error> = no_type(Request::get("/"), Response::new()).await;
    assert!(sent.is_ok());
}

#[tokio::test]
async fn state_is_passed_as_further_arguments() {
    let handler = |req, res| by_value(req, res, "ada".to_owned(), vec![97], "s".into());
    assert_eq!(get(handler, "/name").await, "200 ada");
    assert_eq!(get(handler, "/list").await, "200 a");
    assert_eq!(get(handler, "/both").await, "200 ada s");
    let handler = |req, res| opaque(req, res, (1, 2), |n| format!("<{n}>"));
    assert_eq!(get(handler, "/left").await, "200 <1>");
    assert_eq!(get(handler, "/right").await, "200 <2>");
}

#[tokio::test]
async fn generics_and_lifetimes_are_kept() {
    let handler = |req, res| generic(req, res, 1.5, [0; 3]);
    assert_eq!(get(handler, "/x").await, "200 x 1.5 3 3");
    let handler = |req, res| generic::<&str, 0>(req, res, "text", []);
    assert_eq!(get(handler, "/x").await, "200 x text 0 0");
    let mut count = 1;
    let sent = borrowing(Request::get("/6"), Response::new(), "sum", &mut count).await;
    assert_eq!(sent.expect("a response").text(), "sum 7");
    assert_eq!(count, 7);
}

#[tokio::test]
async fn a_server_is_called_from_a_closure_from_another_route_and_as_a_value() {
    type BoxFuture = Pin<Box<dyn Future<Output = Result> + Send>>;
    let boxed: Box<dyn Fn(Request, Response) -> BoxFuture> =
        Box::new(|req, res| Box::pin(public(req, res)));
    assert_eq!(get(boxed, "/").await, "200 public");
    assert_eq!(public::home(), "/");

    #[server]
    async fn local(req: Request, res: Response) -> Result {
        route!("/" => "local");
        route!(_ => public(Request::get("/"), res).await);
    }
    assert_eq!(get(local, "/").await, "200 local");
    assert_eq!(get(local, "/x").await, "200 public");
    let server = http::create_server(local);
    assert_eq!(server.connections(), 0);
}

mod renamed {
    pub(super) use onward as web;
}

#[server(crate = crate::signature::renamed::web)]
async fn elsewhere(req: Request, res: Response) {
    route!("/{x}" as x => x.to_owned());
    route!("/{x: u8}/{rest..}" as xs if x > 1 => rest.to_string());
}

#[server(trailing_slash = ignore, crate = renamed::web)]
async fn two_options(req: Request, res: Response) {
    route!("/{x}" => x.to_owned());
}

#[tokio::test]
async fn the_crate_path_may_be_set() {
    assert_eq!(get(elsewhere, "/a").await, "200 a");
    assert_eq!(get(elsewhere, &elsewhere::xs(2, "a")).await, "200 a");
    assert_eq!(get(two_options, "/a/").await, "200 a");
    assert_eq!(elsewhere::ROUTES.len(), 2);
}
