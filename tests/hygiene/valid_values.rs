//! Valid code that looks like values that are not returned, not `Send` or not locked.

#![allow(
    clippy::missing_const_for_fn,
    clippy::needless_collect,
    clippy::needless_pass_by_value,
    clippy::useless_let_if_seq,
    reason = "the code is as a beginner writes it"
)]

use onward::http;
use onward::prelude::*;
use std::cell::Cell;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, PoisonError};

async fn report(_: String) {
    std::future::ready(()).await;
}

fn load(ok: bool) -> std::result::Result<String, Box<dyn StdError>> {
    if ok {
        return Ok("text".to_owned());
    }
    Err("failed".into())
}

fn sent(ok: bool) -> std::result::Result<String, Box<dyn StdError + Send + Sync>> {
    load(ok).map_err(|error| error.to_string().into())
}

fn counted() -> std::result::Result<u32, Cell<u32>> {
    Err(Cell::new(7))
}

fn note(error: Box<dyn StdError>) -> String {
    error.to_string()
}

/// Errors that are no longer held at an `.await`, and errors that may be.
#[server]
async fn errors(req: Request, res: Response) -> Result {
    route!("/scoped" => {
        let text = match load(false) {
            Ok(text) => text,
            Err(error) => error.to_string(),
        };
        report(text.clone()).await;
        text
    });
    route!("/moved" => {
        let error: Box<dyn StdError> = "failed".into();
        let text = note(error);
        report(text.clone()).await;
        text
    });
    route!("/send" => match sent(false) {
        Ok(text) => text,
        Err(error) => {
            report(error.to_string()).await;
            error.to_string()
        }
    });
    route!("/reference" => {
        let counted = counted();
        match &counted {
            Ok(number) => number.to_string(),
            Err(error) => {
                let text = error.get().to_string();
                report(text.clone()).await;
                text
            }
        }
    });
    route!("/objects" => {
        let objects: Box<dyn Iterator<Item = u32> + Send> = Box::new(1..3);
        report(String::new()).await;
        Json(objects.collect::<Vec<_>>())
    });
}

/// Variables that change in one request.
#[server]
async fn counts(req: Request, res: Response) -> Result {
    let mut limit = 10;
    let mut seen = 0;
    if req.url.query_string().is_some() {
        seen = 7;
    }
    route!("/limit" => {
        limit += 1;
        format!("{limit}")
    });
    route!("/seen" => {
        seen += 1;
        format!("{seen}")
    });
    route!("/loop" => {
        let mut count = 0;
        for _ in 0..3 {
            count += 1;
        }
        format!("{count}")
    });
}

#[tokio::test]
async fn variables_may_change_in_a_request() {
    for (url, text) in [("/limit", "11"), ("/seen?all", "8"), ("/loop", "3")] {
        let sent = counts(Request::get(url), Response::new()).await;
        assert_eq!(sent.map(|it| it.text()).unwrap_or_default(), text);
    }
}

/// `if` and `let … else` with values that are used.
#[server]
async fn values(req: Request, res: Response) -> Result {
    let kind = if req.url == "/even" { "even" } else { "odd" };
    let Some(host) = req.headers.get("host") else {
        return Err(Error::bad_request("no host"));
    };
    let host = host.clone();
    route!("/checked" => {
        let checked: Vec<std::result::Result<u32, u32>> = [1, 2]
            .into_iter()
            .map(|number| {
                let number = number + 1;
                if number > 2 { Err(number) } else { Ok(number) }
            })
            .collect();
        Json(checked.len())
    });
    route!("/last" => {
        let text = kind.to_owned();
        if text == "even" {
            (StatusCode::OK, text)
        } else {
            (StatusCode::ACCEPTED, text)
        }
    });
    route!("/guard/{number: u32}" if { let double = number * 2; double > 4 } => format!("{number}"));
    route!(_ => host.to_str()?.to_owned());
}

trait Names {
    fn push(&self, name: &str);
    fn len(&self) -> usize;
}

impl Names for Mutex<Vec<String>> {
    fn push(&self, name: &str) {
        let mut names = self.lock().unwrap_or_else(PoisonError::into_inner);
        names.push(name.to_owned());
    }

    fn len(&self) -> usize {
        self.lock().map_or(0, |names| names.len())
    }
}

/// Methods of the program's own trait on a lock.
#[server]
async fn names(req: Request, res: Response, names: Arc<Mutex<Vec<String>>>) -> Result {
    route!(POST "/{name}" => {
        names.push(name);
        format!("{}", names.len())
    });
    route!("/thread/{name}" => {
        let length = || name.len();
        let length = length();
        let name = name.to_owned();
        let job = move || name.len() + length;
        std::thread::spawn(job).join().unwrap_or(0).to_string()
    });
}

async fn text(url: &str, method: Method) -> (String, String, String) {
    let names_of = Arc::new(Mutex::new(Vec::new()));
    let request = || Request::with_method(method.clone(), url).header("host", "shop");
    let errors = http::create_server(errors);
    let values = http::create_server(values);
    let names = http::create_server(move |req, res| names(req, res, Arc::clone(&names_of)));
    (
        errors.dispatch(request(), Response::new()).await.text(),
        values.dispatch(request(), Response::new()).await.text(),
        names.dispatch(request(), Response::new()).await.text(),
    )
}

#[tokio::test]
async fn errors_may_be_used_before_an_await() {
    for url in ["/scoped", "/moved", "/send"] {
        assert_eq!(text(url, Method::GET).await.0, "failed", "{url}");
    }
    assert_eq!(text("/reference", Method::GET).await.0, "7");
    assert_eq!(text("/objects", Method::GET).await.0, "[1,2]");
}

#[tokio::test]
async fn values_of_branches_may_be_used() {
    assert_eq!(text("/checked", Method::GET).await.1, "2");
    assert_eq!(text("/last", Method::GET).await.1, "odd");
    assert_eq!(text("/guard/3", Method::GET).await.1, "3");
    assert_eq!(text("/guard/1", Method::GET).await.1, "shop");
}

#[tokio::test]
async fn a_lock_may_have_methods_of_the_program() {
    assert_eq!(text("/cup", Method::POST).await.2, "1");
    assert_eq!(text("/thread/cup", Method::GET).await.2, "6");
}
