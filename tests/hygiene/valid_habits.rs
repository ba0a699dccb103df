//! Valid code that looks like habits from other frameworks.
#![allow(
    clippy::literal_string_with_formatting_args,
    reason = "text with a placeholder is one of the cases"
)]

use onward::prelude::*;
use std::sync::{Arc, Mutex};

struct Lent<T>(T);

impl<T> std::ops::Deref for Lent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Lent<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

struct Shop {
    sold: u32,
    names: Mutex<Vec<String>>,
}

async fn price(id: u32) -> u32 {
    std::future::ready(id * 100).await
}

const fn head(status: u16) -> StatusCode {
    assert!(status == 204);
    StatusCode::NO_CONTENT
}

fn ok(text: &str) -> String {
    text.to_owned()
}

/// A body with the name of a part of the request.
struct Query(String);

impl onward::FromBody for Query {
    async fn from_body(body: onward::http::Body) -> std::result::Result<Self, Failure> {
        body.text().await.map(Self)
    }
}

trait Extension: Sized {
    fn json(self, text: &str) -> Sent;
}

impl Extension for Response {
    fn json(self, text: &str) -> Sent {
        self.send(Html(text.to_owned()))
    }
}

/// Changes of variables that are not the shared state.
#[server]
async fn changes(
    req: Request,
    res: Response,
    visits: Arc<u32>,
    shop: Arc<Shop>,
    mut count: u64,
    page: u32,
) -> Result {
    count += 1;
    let total = *visits + shop.sold;
    route!("/lock" => {
        shop.names.lock().expect("no panic").push("cup".to_owned());
        "saved"
    });
    route!("/arguments" => format!("{count} {total} {page}"));
    route!("/new-arc" => {
        let mut sum = Arc::clone(&visits);
        sum = Arc::new(*sum + 1);
        format!("{sum}")
    });
}

/// A variable with the name of an argument is another variable.
#[server]
async fn shadowed(
    req: Request,
    res: Response,
    visits: Arc<u32>,
    names: Arc<Vec<String>>,
    page: u32,
) -> Result {
    route!("/visits" => {
        let mut visits = Lent(*visits);
        *visits += 1;
        format!("{}", *visits)
    });
    route!("/names" => {
        let mut names = names.to_vec();
        names.push("cup".to_owned());
        Json(names)
    });
    route!("/page" => {
        let mut page = page;
        page += 1;
        format!("{page}")
    });
}

/// Closures that wait in an async block, and closures of iterators and options that do not wait.
#[server]
async fn closures(req: Request, res: Response, ids: Vec<u32>) -> Result {
    route!("/blocks" => {
        let mut prices = Vec::new();
        for price in ids.iter().map(|id| { let id = *id; async move { price(id).await } }) {
            prices.push(price.await);
        }
        Json(prices)
    });
    route!("/async" => {
        let double = async |id: u32| price(id).await * 2;
        format!("{}", double(7).await)
    });
    route!("/option" => Some(7).and_then(|id| (id > 3).then(|| id.to_string())));
    route!("/result" => Ok(7).map(|id: u32| id.to_string()).map_err(|status: StatusCode| status));
    route!("/nested" => Json(price(ids.iter().copied().max().unwrap_or(0)).await));
}

/// Names that the program declares.
#[server]
async fn names(req: Request, res: Response) -> Result {
    let name = "cup";
    route!("/head" => head(204));
    route!("/template" => "{name}".replace("{name}", name));
    route!("/braces" => "{other} and {}");
    route!("/formatted" => format!("{name} {{name}}"));
    route!("/ok" => ok("text"));
    route!(POST "/query/{id}" (Query(text): Query) => format!("{id} {text}"));
    route!("/json" => Response::json(res, "text"));
    route!("/http" => {
        let http = ["get", "post"];
        http.concat()
    });
    route!("/header" => {
        let host = req.headers.get("host").expect("a host").to_str().map(str::to_owned);
        host.map_err(|_| StatusCode::BAD_REQUEST)
    });
    route!("/catch" => {
        let catch = |text: &str| text.to_owned();
        catch("text")
    });
}

/// Another type with a method `send`.
struct Outbox(&'static str);

impl Outbox {
    const fn send(self, text: &'static str) -> &'static str {
        if self.0.is_empty() { text } else { self.0 }
    }
}

/// A server that ends with a call of another server, to which it passes the request and the response.
#[server]
async fn at_the_end(req: Request, res: Response) -> Result {
    route!("/own" => "own");
    route!("/other/{name}" => match name {
        "cup" => {
            let res = Outbox("");
            res.send("cup")
        }
        _ => "other",
    });
    route!("/sent/{name}" => {
        if name == "cup" {
            return Ok(Extension::json(res, "cup"));
        }
        "other"
    });
    names(req, res).await
}

fn reply(sent: Result) -> String {
    sent.expect("a reply").text()
}

#[tokio::test]
async fn state_is_read_and_changed_with_a_lock() {
    let shop = Arc::new(Shop {
        sold: 1,
        names: Mutex::new(Vec::new()),
    });
    let get = |url| {
        changes(
            Request::get(url),
            Response::new(),
            Arc::new(1),
            Arc::clone(&shop),
            5,
            7,
        )
    };
    assert_eq!(reply(get("/lock").await), "saved");
    assert_eq!(reply(get("/arguments").await), "6 2 7");
    assert_eq!(reply(get("/new-arc").await), "2");
}

#[tokio::test]
async fn a_variable_with_the_name_of_an_argument_may_change() {
    let names = Arc::new(vec!["bowl".to_owned()]);
    let get = |url| {
        shadowed(
            Request::get(url),
            Response::new(),
            Arc::new(1),
            Arc::clone(&names),
            7,
        )
    };
    assert_eq!(reply(get("/visits").await), "2");
    assert_eq!(reply(get("/names").await), "[\"bowl\",\"cup\"]");
    assert_eq!(reply(get("/page").await), "8");
}

#[tokio::test]
async fn an_async_block_in_a_closure_may_wait() {
    let get = |url| closures(Request::get(url), Response::new(), vec![1, 2]);
    assert_eq!(reply(get("/blocks").await), "[100,200]");
    assert_eq!(reply(get("/async").await), "1400");
    assert_eq!(reply(get("/option").await), "7");
    assert_eq!(reply(get("/result").await), "7");
    assert_eq!(reply(get("/nested").await), "200");
}

#[tokio::test]
async fn items_of_the_program_keep_their_meaning() {
    let get = |url| names(Request::get(url), Response::new());
    assert_eq!(reply(get("/head").await), "");
    assert_eq!(reply(get("/template").await), "cup");
    assert_eq!(reply(get("/braces").await), "{other} and {}");
    assert_eq!(reply(get("/formatted").await), "cup {name}");
    assert_eq!(reply(get("/ok").await), "text");
    assert_eq!(reply(get("/json").await), "text");
    assert_eq!(reply(get("/catch").await), "text");
    assert_eq!(reply(get("/http").await), "getpost");
    let request = Request::get("/header").header("host", "shop.example");
    let sent = names(request, Response::new()).await;
    assert_eq!(reply(sent), "shop.example");
    let request = Request::post("/query/7").body("cup");
    let sent = names(request, Response::new()).await;
    assert_eq!(reply(sent), "7 cup");
}

#[tokio::test]
async fn a_server_may_end_with_a_call_of_another_one() {
    let get = |url| at_the_end(Request::get(url), Response::new());
    assert_eq!(reply(get("/own").await), "own");
    assert_eq!(reply(get("/sent/cup").await), "cup");
    assert_eq!(reply(get("/other/cup").await), "cup");
    assert_eq!(reply(get("/sent/bowl").await), "other");
    assert_eq!(reply(get("/ok").await), "text");
}
