//! The expression after `=>`.

use crate::client::{ask, get, post, text};
use onward::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

async fn fetch(n: u8) -> Result<u8, std::num::TryFromIntError> {
    tokio::task::yield_now().await;
    u8::try_from(u32::from(n) * 2)
}

struct Csv(&'static str);

impl Reply for Csv {
    fn reply(self, mut res: Response) -> Sent {
        res.set_header("content-type", "text/csv");
        res.send(self.0)
    }
}

#[server]
async fn values(req: Request, res: Response) -> Result {
    route!("/str" => "text");
    route!("/string" => String::from("text"));
    route!("/cow" => Cow::Borrowed("text"));
    route!("/bytes" => b"bytes");
    route!("/vec" => vec![b'v']);
    route!("/json" => Json([1, 2]));
    route!("/macro" => json!["a", 1]);
    route!("/html" => Html("<p>"));
    route!("/status" => StatusCode::ACCEPTED);
    route!("/both" => (StatusCode::CREATED, "made"));
    route!("/unit" => ());
    route!("/some" => Some("some"));
    route!("/none" => None::<&str>);
    route!("/ok" => Ok::<_, Error>("ok"));
    route!("/err" => Err::<&str, _>(Error::bad_request("err")));
    route!("/nested" => Ok::<_, Error>(Some((StatusCode::CREATED, Json(1)))));
    route!("/own" => Csv("a,b"));
    route!("/borrowed/{name}" => name.to_owned(),);
}

#[tokio::test]
async fn a_reply_is_any_value_that_implements_reply() {
    let cases = [
        ("/str", "200 text"),
        ("/string", "200 text"),
        ("/cow", "200 text"),
        ("/bytes", "200 bytes"),
        ("/vec", "200 v"),
        ("/json", "200 [1,2]"),
        ("/macro", r#"200 ["a",1]"#),
        ("/html", "200 <p>"),
        ("/status", "202"),
        ("/both", "201 made"),
        ("/unit", "200"),
        ("/some", "200 some"),
        ("/none", "404"),
        ("/ok", "200 ok"),
        ("/err", "400 err"),
        ("/nested", "201 1"),
        ("/own", "200 a,b"),
        ("/borrowed/x", "200 x"),
    ];
    for (path, expected) in cases {
        assert_eq!(get(values, path).await, expected, "{path}");
    }
}

#[server]
async fn expressions(req: Request, res: Response, map: &BTreeMap<&'static str, u8>) -> Result {
    route!("/await/{n: u8}" => fetch(n).await?.to_string());
    route!("/map/{key}" => map.get(key).map(|n| n.to_string()));
    route!("/if/{n: u8}" => if n > 1 { "many" } else { "few" });
    route!("/match/{n: u8}" => match n { 0 => "none", 1 => "one", _ => "many" });
    route!("/block/{n: u8}" => {
        let n = fetch(n).await?;
        let text = if n > 8 { return Ok(Response::new().send("early")) } else { n.to_string() };
        format!("late {text}")
    });
    route!("/loop/{n: u8}" => {
        let mut sum = 0;
        for i in 0..=n {
            if i == 3 { continue; }
            sum += i;
        }
        sum.to_string()
    });
    #[expect(clippy::redundant_closure_call, reason = "any expression is a reply")]
    route!("/closure/{n: u8}" => (|m: u8| m.wrapping_add(n).to_string())(1));
    route!("/async/{n: u8}" => async { fetch(n).await.unwrap_or(0).to_string() }.await);
    route!("/struct/{n: u8}" => Json(BTreeMap::from([("n", n)])));
    route!("/labelled/{n: u8}" => 'found: { if n == 7 { break 'found "seven"; } "other" });
    route!(POST "/body" => {
        let body: Vec<u8> = req.body.json().await?;
        (StatusCode::CREATED, body.len().to_string())
    });
}

#[tokio::test]
async fn a_reply_is_any_expression() {
    let map = BTreeMap::from([("a", 1)]);
    let handler = |req, res| expressions(req, res, &map);
    let cases = [
        ("/await/4", "200 8"),
        ("/map/a", "200 1"),
        ("/map/b", "404"),
        ("/if/1", "200 few"),
        ("/match/1", "200 one"),
        ("/block/1", "200 late 2"),
        ("/block/5", "200 early"),
        ("/loop/4", "200 7"),
        ("/closure/4", "200 5"),
        ("/async/4", "200 8"),
        ("/struct/4", r#"200 {"n":4}"#),
        ("/labelled/7", "200 seven"),
        ("/labelled/8", "200 other"),
    ];
    for (path, expected) in cases {
        assert_eq!(get(handler, path).await, expected, "{path}");
    }
    let failed = handler(Request::get("/await/200"), Response::new())
        .await
        .expect_err("too much");
    assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(
        ask(handler, Request::post("/body").json(&[1, 2])).await,
        "201 2"
    );
    assert!(
        ask(handler, Request::post("/body").json("x"))
            .await
            .starts_with("4")
    );
}

async fn respond_elsewhere(mut res: Response) -> Sent {
    tokio::task::yield_now().await;
    res.status_code = StatusCode::ACCEPTED;
    res.send("elsewhere")
}

fn stamp(res: &mut Response) {
    res.set_header("x-stamp", "1");
}

#[server]
async fn uses(req: Request, mut res: Response) -> Result {
    route!("/set" => { res.set_header("x-a", "1"); "set" });
    route!("/status" => { res.status_code = StatusCode::CREATED; "made" });
    route!("/lent" => { stamp(&mut res); "stamped" });
    route!("/end" => res.end());
    route!("/send" => res.send("sent"));
    route!("/write" => { res.write("a"); res.write("b").await?; res.end() });
    route!("/given" => respond_elsewhere(res).await);
    route!("/ok" => Ok::<_, Error>(res.send("ok")));
    route!("/failing" => { Err::<(), _>(Error::bad_request("before it was sent"))?; res.send("never") });
    route!("/branches/{n: u8}" => if n > 1 { res.send("many") } else { respond_elsewhere(res).await });
    route!("/match/{n: u8}" => match n {
        0 => { res.status_code = StatusCode::GONE; res.end() }
        1 => res.send("one"),
        _ => return Err(Error::not_found()),
    });
    route!("/early/{n: u8}" => { if n > 1 { return Ok(res.send("early")); } "late" });
    route!("/return" => return Ok(res.send("returned")));
    route!("/read" => format!("{:?}", res.get_header("x-none")));
    route!("/shadow" => { let res = "shadow"; res.to_uppercase() });
    route!("/moved" => { let other = res; other.send("moved") });
    route!("/task" => tokio::spawn(respond_elsewhere(res)).await?);
    #[expect(clippy::redundant_closure_call, reason = "any expression is a reply")]
    route!("/closure" => (move || res.send("closed over"))());
    route!("/async" => async move { res.send("async") }.await);
    route!("/tuple" => { let (res, text) = (res, "tuple"); res.send(text) });
    route!("/fails" => Err::<Sent, _>({ drop(res); Error::bad_request("dropped") }));
}

#[tokio::test]
async fn an_expression_may_use_the_response() {
    let cases = [
        ("/set", "200 set"),
        ("/status", "201 made"),
        ("/lent", "200 stamped"),
        ("/end", "200"),
        ("/send", "200 sent"),
        ("/write", "200 ab"),
        ("/given", "202 elsewhere"),
        ("/ok", "200 ok"),
        ("/failing", "400 before it was sent"),
        ("/branches/2", "200 many"),
        ("/branches/1", "202 elsewhere"),
        ("/match/0", "410"),
        ("/match/1", "200 one"),
        ("/match/2", "404"),
        ("/early/2", "200 early"),
        ("/early/1", "200 late"),
        ("/return", "200 returned"),
        ("/read", "200 None"),
        ("/shadow", "200 SHADOW"),
        ("/moved", "200 moved"),
        ("/task", "202 elsewhere"),
        ("/closure", "200 closed over"),
        ("/async", "200 async"),
        ("/tuple", "200 tuple"),
        ("/fails", "400 dropped"),
    ];
    for (path, expected) in cases {
        assert_eq!(get(uses, path).await, expected, "{path}");
    }
    for (path, header) in [("/set", "x-a"), ("/lent", "x-stamp")] {
        let sent = uses(Request::get(path), Response::new())
            .await
            .expect("a response");
        assert_eq!(text(&sent, header), "1");
    }
}

#[server]
#[allow(clippy::todo, clippy::unimplemented)]
async fn unfinished(req: Request, res: Response) -> Result {
    route!("/todo" => todo!());
    route!("/todo/{n: u8}" => todo!("{n}"));
    route!(POST "/todo" => unimplemented!("later"));
    route!("/unreachable" => unreachable!());
    route!("/partly/{n: u8}" => if n == 0 { todo!() } else { n.to_string() });
    route!("/done" => "done");
}

#[tokio::test]
async fn an_unfinished_expression_compiles_and_panics_when_it_is_reached() {
    assert_eq!(get(unfinished, "/done").await, "200 done");
    assert_eq!(get(unfinished, "/partly/1").await, "200 1");
    for req in [
        Request::get("/todo"),
        Request::post("/todo"),
        Request::get("/todo/1"),
    ] {
        let run = tokio::spawn(unfinished(req, Response::new()));
        assert!(run.await.expect_err("a panic").is_panic());
    }
    assert_eq!(
        post(unfinished, "/done").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
}
