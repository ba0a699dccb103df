//! Compares `req.accepts` with the choices of Express's `accepts`, recorded by `tests/data/negotiation.mjs`.

use onward::http;
use onward::prelude::*;
use serde::Deserialize;

use crate::client::once;

#[derive(Deserialize)]
struct Row {
    accept: Option<String>,
    types: Vec<String>,
    express: Option<String>,
}

/// The differences from Express: the header and the reason.
const DIFFERENCES: [(&str, &str); 7] = [
    (
        " ",
        "an empty list expresses no preference, so it has the same meaning as no header",
    ),
    (",", "the same"),
    (
        "text/html;q=2, application/json",
        "a range with an invalid weight is ignored",
    ),
    ("text/html;q=.5, application/json;q=0.6", "the same"),
    ("text/html;q=0.5555, application/json;q=0.5554", "the same"),
    ("text/html;q=", "the same"),
    (
        "*/html",
        "a subtype of any type is not a range, so it is ignored",
    ),
];

#[test]
fn the_choice_is_that_of_express_except_for_listed_differences() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../data/negotiation.json")).unwrap();
    let (mut different, mut unlisted) = (Vec::new(), Vec::new());
    for row in &rows {
        let mut req = Request::get("/");
        if let Some(accept) = &row.accept {
            req = req.header("accept", accept);
        }
        let types: Vec<&str> = row.types.iter().map(String::as_str).collect();
        let chosen = req.accepts(&types);
        if chosen != row.express.as_deref() {
            let accept = row.accept.as_deref().unwrap_or_default();
            match DIFFERENCES.iter().any(|(listed, _)| *listed == accept) {
                true => different.push(accept),
                false => unlisted.push(format!(
                    "{accept:?} {types:?}: {chosen:?}, Express: {:?}",
                    row.express
                )),
            }
        }
    }
    assert!(unlisted.is_empty(), "{unlisted:#?}");
    for (accept, _) in DIFFERENCES {
        assert!(
            different.contains(&accept),
            "{accept:?} is no longer different"
        );
    }
    assert!(rows.len() > 200);
}

#[server]
async fn negotiating(req: Request, mut res: Response) -> Result {
    route!("/" => match req.accepts(&["text/html", "application/json"]) {
        Some("text/html") => Ok(res.send(Html("<b>cups</b>"))),
        Some(_) => Ok(res.send(Json(["cups"]))),
        None => Err(Error::new(StatusCode::NOT_ACCEPTABLE, "text/html or application/json")),
    });
    route!(POST "/moved" => {
        let body = req.body.text().await?;
        format!("{:?} {body}", req.headers.accepts(&["text/plain"]))
    });
    res.set_header("vary", "origin");
    route!("/merged" => req.accepts(&["text/html"]).is_some().to_string());
    route!("/streamed" => {
        req.accepts(&["text/html"]);
        res.write("a").await?;
        res.end()
    });
    route!("/star" => {
        res.set_header("vary", "*");
        req.accepts(&["text/html"]);
        res.end()
    });
    route!("/plain" => "nothing was negotiated");
    route!("/panic" => {
        req.accepts(&["text/html"]);
        panic!("on purpose")
    });
}

#[tokio::test]
async fn the_response_varies() {
    for (line, accept, status, vary) in [
        ("GET /", "accept: text/html", 200, Some("accept")),
        ("GET /", "accept: application/json", 200, Some("accept")),
        ("GET /", "x: y", 200, Some("accept")),
        ("GET /", "accept: image/png", 406, Some("accept")),
        ("POST /moved", "content-length: 0", 200, Some("accept")),
        ("GET /merged", "x: y", 200, Some("origin, accept")),
        ("GET /streamed", "x: y", 200, Some("origin, accept")),
        ("GET /star", "x: y", 200, Some("*")),
        ("GET /plain", "accept: text/html", 200, Some("origin")),
        (
            "GET /panic",
            "accept: text/html",
            500,
            Some("origin, accept"),
        ),
        ("GET /nope", "accept: text/html", 404, Some("origin")),
    ] {
        let received = once(negotiating, &[line, accept]).await;
        assert_eq!(
            (received.status, received.header("vary")),
            (status, vary),
            "{line} {accept}"
        );
    }
}

#[tokio::test]
async fn one_request_does_not_affect_the_next_on_its_connection() {
    let served = crate::served::serve(http::create_server(negotiating));
    let first = "GET / HTTP/1.1\r\nhost: a\r\naccept: text/html\r\n\r\n";
    let second = String::from_utf8(crate::client::request(&["GET /plain"], b"")).unwrap();
    let bytes = crate::client::exchange(served.addr, (first.to_owned() + &second).as_bytes()).await;
    let text = String::from_utf8(bytes).unwrap();
    let (first, second) = text.split_once("<b>cups</b>").unwrap();
    assert!(first.contains("\r\nvary: accept\r\n"), "{text}");
    assert!(second.contains("\r\nvary: origin\r\n"), "{text}");
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn a_dispatched_request_varies_as_well() {
    let server = http::create_server(negotiating);
    let sent = server
        .dispatch(Request::get("/").header("accept", "*/*"), Response::new())
        .await;
    assert_eq!(sent.header("vary").unwrap(), "accept");
}
