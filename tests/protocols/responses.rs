//! The responses that a client receives.

use onward::http;
use onward::prelude::*;

use crate::client::{Protocol, ask, get};
use crate::over_both;
use crate::server::serve;

async fn handler(req: Request, mut res: Response) -> Result {
    Ok(match req.url.path() {
        "/json" => res.send(Json(["a"])),
        "/headers" => {
            res.set_header("set-cookie", ["a=1", "b=2"]);
            res.set_header("x-accept", req.headers["accept"].clone());
            res.send("hello")
        }
        "/hop" => {
            res.set_header("connection", "x-hop");
            res.set_header("keep-alive", "timeout=5");
            res.set_header("x-end", "1");
            res.send("hello")
        }
        "/undated" => {
            res.send_date = false;
            res.end()
        }
        "/streamed" => {
            for part in ["a", "b", "c"] {
                res.write(part).await?;
                tokio::task::yield_now().await;
            }
            res.end_with("d")
        }
        "/declared" => {
            res.set_header("content-length", 2);
            res.write("a");
            res.write("b");
            res.end()
        }
        "/status" => res.send(StatusCode::from_u16(req.url.query("code")?).unwrap()),
        "/trailers" => {
            res.write("hello");
            res.add_trailers([("x-sum", "5"), ("content-length", "9")]);
            res.end()
        }
        "/long" => res.send(vec![b'x'; 5_000_000]),
        "/request" => {
            let host = req.headers["host"].to_str().unwrap().to_owned();
            let socket = req.socket.clone();
            assert!(socket.bytes_read() > 0);
            res.send(format!(
                "{} {} {:?} {host}",
                req.method, req.url, req.version
            ))
        }
        _ => return Ok(res.send(StatusCode::NOT_FOUND)),
    })
}

async fn a_handler_receives_the_request_as_sent(protocol: Protocol) {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(ask("BREW", "/request?a=%20&b")).await;
    let version = match protocol {
        Protocol::Http1 => "HTTP/1.1",
        Protocol::Http2 => "HTTP/2.0",
    };
    assert_eq!(answer.text(), format!("BREW /request?a=%20&b {version} a"));
}

async fn a_response_contains_the_headers_that_were_set(protocol: Protocol) {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/json")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), Some("5"));
    assert!(answer.header("date").is_some());
    let answer = client
        .ask(get("/headers").header("accept", "text/html"))
        .await;
    let cookies = answer.headers.get_all("set-cookie");
    assert_eq!(cookies.iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(answer.header("x-accept"), Some("text/html"));
    let answer = client.ask(get("/undated")).await;
    assert_eq!(answer.header("date"), None);
    assert_eq!(answer.header("content-length"), Some("0"));
    assert_eq!(client.ask(get("/nothing")).await.status, 404);
}

async fn a_streamed_response_is_whole(protocol: Protocol) {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/streamed")).await;
    assert_eq!((answer.text(), answer.is_whole), ("abcd", true));
    assert_eq!(answer.header("content-length"), None);
    let answer = client.ask(get("/declared")).await;
    assert_eq!((answer.text(), answer.is_whole), ("ab", true));
    assert_eq!(answer.header("content-length"), Some("2"));
    let answer = client.ask(get("/long")).await;
    assert_eq!((answer.body.len(), answer.is_whole), (5_000_000, true));
}

async fn head_and_bodiless_statuses_have_no_body(protocol: Protocol) {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(protocol).await;
    for (path, length) in [
        ("/json", Some("5")),
        ("/declared", Some("2")),
        ("/streamed", None),
    ] {
        let answer = client.ask(ask("HEAD", path)).await;
        assert_eq!(answer.header("content-length"), length, "{path}");
        assert!(answer.body.is_empty() && answer.is_whole, "{path}");
    }
    for code in [204, 304] {
        let answer = client.ask(get(&format!("/status?code={code}"))).await;
        assert_eq!(answer.status, code);
        assert_eq!(answer.header("content-length"), None, "{code}");
        assert!(answer.body.is_empty() && answer.is_whole, "{code}");
    }
    assert_eq!(client.ask(get("/json")).await.text(), r#"["a"]"#);
}

async fn trailers_are_sent_to_clients_that_accept_them(protocol: Protocol) {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(protocol).await;
    let asked = get("/trailers").header("te", "trailers");
    let answer = client.ask(asked).await;
    assert_eq!(answer.text(), "hello");
    assert_eq!(answer.header("trailer"), Some("x-sum"));
    assert_eq!(answer.trailers["x-sum"], "5");
    assert_eq!(answer.trailers.len(), 1);
    let answer = client.ask(get("/trailers")).await;
    assert_eq!((answer.text(), answer.is_whole), ("hello", true));
    assert!(answer.trailers.is_empty());
    assert_eq!(answer.header("trailer"), None);
}

over_both!(
    a_handler_receives_the_request_as_sent,
    a_response_contains_the_headers_that_were_set,
    a_streamed_response_is_whole,
    head_and_bodiless_statuses_have_no_body,
    trailers_are_sent_to_clients_that_accept_them,
);

#[tokio::test]
async fn fields_that_connection_names_are_not_sent_over_http_2() {
    let served = serve(http::create_server(handler));
    let mut client = served.connect(Protocol::Http2).await;
    let answer = client.ask(get("/hop")).await;
    for name in ["connection", "keep-alive", "x-hop"] {
        assert_eq!(answer.header(name), None);
    }
    assert_eq!(answer.header("x-end"), Some("1"));
}
