//! Correct programs that resemble those for which `#[server]` reports blocking calls, panics, lost changes, or locks
//! that are held across an `.await`.

#![deny(deprecated)]

use onward::http;
use onward::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

#[derive(Clone, Default)]
struct State {
    count: Arc<Mutex<u32>>,
    list: Arc<Mutex<Vec<u32>>>,
    names: Arc<tokio::sync::RwLock<HashMap<u32, String>>>,
    total: Arc<RwLock<u32>>,
}

async fn save(_: u32) {}

fn setting() -> Option<&'static str> {
    Some("on")
}

#[server]
async fn locks(req: Request, res: Response, state: State) -> Result {
    let State {
        count,
        list,
        names,
        total,
    } = state;
    route!("/copied" => {
        let count = *count.lock().expect("a lock");
        save(count).await;
        "copied"
    });
    route!("/popped" => match list.lock().expect("a lock").pop() {
        Some(number) => number.to_string(),
        None => String::from("none"),
    });
    route!("/names/{id: u32}" => match names.read().await.get(&id) {
        Some(name) => {
            save(id).await;
            name.clone()
        }
        None => String::from("nobody"),
    });
    route!("/condition" => {
        if *count.lock().expect("a lock") == 0 {
            save(1).await;
        }
        "condition"
    });
    route!("/block" => {
        let last = { list.lock().expect("a lock").last().copied() };
        if let Some(number) = last {
            save(number).await;
        }
        "block"
    });
    route!("/loop" => {
        for number in list.lock().expect("a lock").iter() {
            assert!(*number < 100);
        }
        save(1).await;
        "loop"
    });
    route!("/written" => {
        *total.write().expect("a lock") += 1;
        save(1).await;
        match *total.read().expect("a lock") {
            0 => "zero",
            _ => "more",
        }
    });
    route!("/inner" => {
        if let Ok(mut list) = list.lock() {
            list.push(7);
            tokio::spawn(async { save(7).await });
        }
        "inner"
    });
}

#[server]
async fn values(req: Request, res: Response, mut names: Vec<String>) -> Result {
    let mut list = vec![1];
    list.push(2);
    route!("/host" => req.headers.get("host").expect("a host").len().to_string());
    route!("/blocking" => {
        let sleep = || std::thread::sleep(Duration::from_millis(1));
        tokio::task::spawn_blocking(sleep).await?;
        "blocked"
    });
    route!("/setting" => setting().ok_or("the server has no setting")?);
    route!("/unwrapped" => setting().expect("a setting"));
    route!("/names" => {
        names.push(String::from("ada"));
        Json(names)
    });
    route!("/list" => {
        list.push(3);
        format!("{list:?}")
    });
    route!("/task" => {
        let (length, path) = (req.url.path().len(), req.url.path());
        let owned = req.url.path().to_owned();
        tokio::spawn(async move { assert_eq!(owned.len(), length) });
        path.to_owned()
    });
    route!("/scope" => {
        let path = req.url.path();
        std::thread::scope(|scope| {
            scope.spawn(move || assert_eq!(path, "/scope"));
        });
        "scope"
    });
    route!("/text" => {
        use std::fmt::Write;
        let mut text = String::new();
        write!(text, "{}", 7).expect("text");
        text
    });
    route!("/own" => {
        let mut own = Vec::new();
        for number in &list {
            own.push(number + 1);
        }
        own.push(7);
        Json(own)
    });
}

#[server]
async fn shadowed(req: Request, res: Response, state: State, list: Vec<u32>) -> Result {
    let (mut total, first) = (state.total.write().expect("a lock"), list.len());
    route!("/local/{id: u32}" => {
        let mut list = state.list.lock().expect("a lock");
        list.push(id);
        first.to_string()
    });
    route!("/above/{id: u32}" => {
        state.list.lock().expect("a lock").extend(list);
        *total += id;
        "above"
    });
    let list = &state.list;
    let mut list = list.lock().expect("a lock");
    route!("/below/{id: u32}" => {
        list.push(id);
        "below"
    });
}

#[tokio::test]
async fn a_change_through_a_shadowing_variable_is_not_lost() {
    let state = State::default();
    for url in ["/local/1", "/above/2", "/below/3"] {
        let sent = shadowed(Request::get(url), Response::new(), state.clone(), vec![0]).await;
        assert!(sent.is_ok(), "{url}");
    }
    assert_eq!(*state.list.lock().expect("a lock"), [1, 0, 3]);
    assert_eq!(*state.total.read().expect("a lock"), 2);
}

#[tokio::test]
async fn valid_code_that_resembles_a_risk_compiles_and_replies() {
    let state = State::default();
    let shared = state.clone();
    http::create_server(move |req, res| locks(req, res, shared.clone()));
    for (url, text) in [
        ("/copied", "copied"),
        ("/popped", "none"),
        ("/names/7", "nobody"),
        ("/condition", "condition"),
        ("/block", "block"),
        ("/loop", "loop"),
        ("/written", "more"),
        ("/inner", "inner"),
    ] {
        let sent = locks(Request::get(url), Response::new(), state.clone()).await;
        assert_eq!(sent.expect("a response").text(), text, "{url}");
    }
    for (url, text) in [
        ("/blocking", "blocked"),
        ("/setting", "on"),
        ("/unwrapped", "on"),
        ("/names", "[\"ada\"]"),
        ("/list", "[1, 2, 3]"),
        ("/task", "/task"),
        ("/scope", "scope"),
        ("/text", "7"),
        ("/own", "[2,3,7]"),
    ] {
        let sent = values(Request::get(url), Response::new(), Vec::new()).await;
        assert_eq!(sent.expect("a response").text(), text, "{url}");
    }
}
