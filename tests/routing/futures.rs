//! A handler's future.

use onward::prelude::*;
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::str::FromStr;
use std::task::{Context, Poll, Waker};

/// `Send`, but not `Sync`.
#[derive(Debug)]
struct Lonely(Cell<u8>);

impl FromStr for Lonely {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Cell::new).map(Self)
    }
}

async fn pause() -> &'static str {
    tokio::task::yield_now().await;
    "paused"
}

#[server]
async fn sendable(req: Request, res: Response, state: Cell<u8>) -> Result {
    route!("/{n: Lonely}" => { pause().await; n.0.get().to_string() });
    route!("/{name}/{n: Lonely}" if n.0.get() > 1 => { pause().await; format!("{name} {n:?}") });
    pause().await;
    route!(ANY "/{name}/{rest..}" => { let text = pause().await; format!("{text} {name} {rest}") });
    state.set(1);
    pause().await;
    route!(_ => { pause().await; res.send("end") });
}

fn assert_send<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_future_is_send_if_the_state_is() {
    let response = assert_send(sendable(
        Request::get("/a/1"),
        Response::new(),
        Cell::new(0),
    ));
    let sent = tokio::spawn(response)
        .await
        .expect("no panic")
        .expect("a response");
    assert_eq!(sent.text(), "paused a 1");
}

#[server]
async fn at_home(req: Request, res: Response, state: Rc<str>) -> Result {
    route!("/{name}" => { pause().await; format!("{name} {state}") });
}

#[tokio::test]
async fn a_future_does_not_have_to_be_send() {
    let sent = at_home(Request::get("/a"), Response::new(), "rc".into()).await;
    assert_eq!(sent.expect("a response").text(), "a rc");
}

#[server]
async fn few(req: Request, res: Response) -> Result {
    route!("/{a: u8}" => a.to_string());
}

#[server]
async fn many(req: Request, mut res: Response) -> Result {
    route!("/{a: u8}" => a.to_string());
    route!("/b/{b: u8}" => { let text = format!("{b}"); res.set_header("x", &text); text });
    route!("/c/{c: u8}" if c > 1 => c.to_string());
    route!("/d/{d: u8}" => res.send(d.to_string()));
    route!("/e/{e: u8}" => { let list = vec![e; 9]; Json(list) });
    route!("/f/{f: u8}" => u8::try_from(u32::from(f) * 2)?.to_string());
    route!(POST "/g/{g: u8}" => (StatusCode::CREATED, g.to_string()));
    route!("/h/{h: u8}" => return Ok(res.send(h.to_string())));
}

fn is_ready_at_once(handler: impl Future<Output = Result>) -> bool {
    let polled = pin!(handler).poll(&mut Context::from_waker(Waker::noop()));
    matches!(polled, Poll::Ready(Ok(_)))
}

/// A future stores only its arguments, unless a value lives across a suspension point.
#[test]
fn a_reply_without_await_is_not_a_suspension_point() {
    let few = few(Request::get("/1"), Response::new());
    let many = |path| many(Request::get(path), Response::new());
    assert_eq!(size_of_val(&few), size_of_val(&many("/1")));
    assert!(is_ready_at_once(few));
    for path in ["/1", "/b/1", "/c/2", "/d/1", "/e/1", "/f/1", "/h/1"] {
        assert!(is_ready_at_once(many(path)), "{path}");
    }
}

#[server]
async fn mixed(req: Request, res: Response) -> Result {
    route!("/now" => "now");
    route!("/later" => pause().await);
    route!("/after" => "after");
}

#[test]
fn a_reply_that_waits_does_not_delay_others() {
    let mixed = |path| mixed(Request::get(path), Response::new());
    assert!(is_ready_at_once(mixed("/now")) && is_ready_at_once(mixed("/after")));
    assert!(!is_ready_at_once(mixed("/later")));
}
