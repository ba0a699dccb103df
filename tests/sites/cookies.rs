//! Cookies on the wire.

use std::sync::{Arc, Mutex};

use onward::cookies::{Cookie, Keys};
use onward::prelude::*;
use onward::{cookies, http};

use crate::client::{exchange, once, request};
use crate::served::serve;

fn keys() -> Keys {
    Keys::new("a secret of at least 32 random bytes").unwrap()
}

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    let cookies = cookies(&req, &mut res);
    route!("/read" => format!("{:?} {:?}", cookies.get("a"), cookies.get("b")));
    route!("/set" => cookies.set(("a", "1 2;é"))?);
    route!("/twice" => {
        cookies.set(("a", "1"))?;
        cookies.set(("a", "2"))?;
        cookies.set(Cookie::new("a", "3").path("/x"))?;
        cookies.get("a")
    });
    route!("/remove" => cookies.remove("a")?);
    route!("/host" => cookies.set(("__Host-a", "1"))?);
    route!("/conflict" => {
        cookies.set(("a", "1"))?;
        Err::<&str, _>(StatusCode::CONFLICT)
    });
    route!("/panic" => {
        cookies.set(("a", "1"))?;
        panic!("on purpose")
    });
    route!("/late" => {
        res.write("part").await?;
        tokio::task::yield_now().await;
        let late = cookies.set(("a", "1"));
        res.write(format!(" {}", late.unwrap_err().status().as_u16())).await?;
        res.end()
    });
    route!("/bad" => cookies.set(("a b", "1"))?);
    route!("/signed" => format!("{:?}", cookies.signed(&keys()).get("user")));
}

#[tokio::test]
async fn cookies_are_read_and_set() {
    let plain = "HttpOnly; SameSite=Lax; Path=/";
    let a1 = format!("a=1; {plain}");
    for (line, header, status, set) in [
        (
            "GET /set",
            "x: y",
            200,
            vec![format!("a=1%202%3B%C3%A9; {plain}")],
        ),
        (
            "GET /set",
            "x-forwarded-proto: https",
            200,
            vec![format!(
                "a=1%202%3B%C3%A9; HttpOnly; SameSite=Lax; Secure; Path=/"
            )],
        ),
        (
            "GET /set",
            "forwarded: for=1.2.3.4;proto=https",
            200,
            vec![format!(
                "a=1%202%3B%C3%A9; HttpOnly; SameSite=Lax; Secure; Path=/"
            )],
        ),
        (
            "GET /twice",
            "x: y",
            200,
            vec![
                format!("a=2; {plain}"),
                "a=3; HttpOnly; SameSite=Lax; Path=/x".to_owned(),
            ],
        ),
        (
            "GET /host",
            "x: y",
            200,
            vec!["__Host-a=1; HttpOnly; SameSite=Lax; Secure; Path=/".to_owned()],
        ),
        ("GET /conflict", "x: y", 409, vec![a1.clone()]),
        ("GET /panic", "x: y", 500, vec![a1]),
        ("GET /bad", "x: y", 500, vec![]),
        ("GET /read", "x: y", 200, vec![]),
    ] {
        let received = once(site, &[line, header]).await;
        assert_eq!(received.status, status, "{line}");
        assert_eq!(received.all("set-cookie"), set, "{line}");
    }
    let removed = once(site, &["GET /remove"]).await;
    assert!(removed.header("set-cookie").unwrap().contains("a=; "));
    assert!(removed.header("set-cookie").unwrap().contains("Max-Age=0"));
}

#[tokio::test]
async fn received_cookies_are_decoded() {
    for (cookie, expected) in [
        ("cookie: a=1; b=2", "Some(\"1\") Some(\"2\")"),
        ("cookie: a=caf%C3%A9", "Some(\"café\") None"),
        ("cookie: a=1; a=2", "Some(\"1\") None"),
        ("cookie: a=\"1\"", "Some(\"\\\"1\\\"\") None"),
        ("cookie: =; ;; a; b=", "None Some(\"\")"),
        ("cookie: a=%FF; b=1", "None Some(\"1\")"),
    ] {
        assert_eq!(
            once(site, &["GET /read", cookie]).await.text(),
            expected,
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn a_cookie_after_the_headers_is_an_error() {
    assert_eq!(once(site, &["GET /late"]).await.text(), "part 500");
}

#[tokio::test]
async fn a_forged_cookie_is_ignored_and_logged() {
    let server = http::create_server(site);
    let log = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&log);
    server.on(event::Error, move |error| {
        lines.lock().unwrap().push(error.to_string())
    });
    let served = serve(server);

    let mut res = Response::new();
    cookies(&Request::get("/"), &mut res)
        .signed(&keys())
        .set(("user", "ada"))
        .unwrap();
    let valid = res.end().header("set-cookie").unwrap();
    let valid = valid
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let foreign = Keys::new("another secret of at least 32 bytes").unwrap();
    let mut res = Response::new();
    cookies(&Request::get("/"), &mut res)
        .signed(&foreign)
        .set(("user", "eve"))
        .unwrap();
    let foreign = res.end().header("set-cookie").unwrap();
    let foreign = foreign
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();

    for (cookie, expected, logged) in [
        (valid.clone(), "Some(\"ada\")", 0),
        (valid[..valid.len() - 1].to_owned(), "None", 1),
        (valid.replace("ada", "eve"), "None", 1),
        (foreign.clone(), "None", 1),
        (format!("{foreign}; {valid}"), "Some(\"ada\")", 1),
        ("user=ada".to_owned(), "None", 1),
        ("user=".to_owned(), "None", 1),
        ("other=1".to_owned(), "None", 0),
    ] {
        let line = format!("cookie: {cookie}");
        let bytes = exchange(served.addr, &request(&["GET /signed", &line], b"")).await;
        let received = crate::client::Received::parse(&bytes);
        assert_eq!(
            (received.status, &*received.text()),
            (200, expected),
            "{cookie}"
        );
        let log = std::mem::take(&mut *log.lock().unwrap());
        assert_eq!(log.len(), logged, "{cookie}: {log:?}");
        assert!(
            log.iter()
                .all(|it| it.contains("the cookie `user` has no valid signature")),
            "{log:?}"
        );
    }
    served.server.close();
    served.closed().await;
}
