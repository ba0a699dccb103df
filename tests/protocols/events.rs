//! The events of a request, in order.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Protocol, get, post};
use crate::over_both;
use crate::server::{Counter, serve};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<&'static str>>>);

impl Log {
    fn add(&self, what: &'static str) -> impl Fn() + Send + Sync + use<> {
        let log = Arc::clone(&self.0);
        move || log.lock().unwrap().push(what)
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn logged(log: &Log) -> (Server, Counter) {
    let closed = Counter::default();
    let (inside, count) = (log.clone(), closed.clone());
    let server = http::create_server(move |mut req: Request, res: Response| {
        let (log, count) = (inside.clone(), count.clone());
        async move {
            log.add("handler")();
            let (data, end) = (log.add("data"), log.add("end"));
            req.on(event::Data, move |_| data());
            req.on(event::End, move |_| end());
            let close = log.add("request close");
            req.on(event::Close, move |_| {
                close();
                count.add();
            });
            let (finish, close) = (log.add("finish"), log.add("response close"));
            res.on(event::Finish, move |_| finish());
            res.on(event::Close, move |_| close());
            while req.body.next().await?.is_some() {}
            Ok::<_, Error>(res.send("hello"))
        }
    });
    let request = log.add("request");
    server.on(event::Request, move |_| request());
    let connection = log.add("connection");
    server.on(event::Connection, move |_| connection());
    (server, closed)
}

async fn events_come_in_order(protocol: Protocol) {
    let log = Log::default();
    let (server, closed) = logged(&log);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/")).await.text(), "hello");
    closed.reaches(1).await;
    let expected = [
        "connection",
        "request",
        "handler",
        "finish",
        "response close",
        "end",
        "request close",
    ];
    assert_eq!(log.take(), expected);
    assert_eq!(client.send(post("/"), b"body").await.text(), "hello");
    closed.reaches(2).await;
    let expected = [
        "request",
        "handler",
        "data",
        "end",
        "finish",
        "response close",
        "request close",
    ];
    assert_eq!(log.take(), expected);
}

async fn expectations_are_offered_to_listeners(protocol: Protocol) {
    let server = http::create_server(|req, res| async move {
        let body = req.body.bytes().await?;
        Ok::<_, Error>(res.send(format!("handler got {}", body.len())))
    });
    server.on(event::CheckContinue, |pending| {
        let is_long = |req: &Request| req.headers.get("content-length").unwrap() == "5";
        if pending.peek(is_long) == Some(true)
            && let Some((_, res)) = pending.take()
        {
            res.send(StatusCode::PAYLOAD_TOO_LARGE);
        }
    });
    let served = serve(server.clone());
    for (expect, body, status) in [
        ("100-continue", "four", 200),
        ("100-continue", "fives", 413),
        ("something", "four", 417),
    ] {
        let mut client = served.connect(protocol).await;
        let asked = post("/").header("expect", expect);
        let answer = client.send(asked, body.as_bytes()).await;
        assert_eq!(answer.status, status, "{expect} {body}");
    }
    server.on(event::CheckExpectation, |pending| {
        if let Some((_, res)) = pending.take() {
            res.send("taken");
        }
    });
    let mut client = served.connect(protocol).await;
    let answer = client.send(post("/").header("expect", "x"), b"").await;
    assert_eq!(answer.text(), "taken");
}

over_both!(events_come_in_order, expectations_are_offered_to_listeners);
