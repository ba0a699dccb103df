//! Programs that resemble mistakes but are correct: they must compile.

use onward::http;
use onward::prelude::*;

/// A trait that other frameworks have. The program's own trait takes precedence over that of the prelude.
trait IntoResponse {
    fn text(&self) -> String;
}

impl IntoResponse for u32 {
    fn text(&self) -> String {
        format!("number {self}")
    }
}

fn number() -> impl IntoResponse {
    7_u32
}

struct Router(&'static str);

impl Router {
    fn new() -> Self {
        Self("routed")
    }
}

trait Size {
    fn len(&self) -> usize;
}

impl Size for http::Body {
    fn len(&self) -> usize {
        42
    }
}

trait Checked {
    fn status(&self) -> u16;
}

impl Checked for Sent {
    fn status(&self) -> u16 {
        self.status_code().as_u16()
    }
}

#[derive(serde::Serialize)]
struct Point {
    x: u32,
}

fn complete() -> std::result::Result<&'static str, std::convert::Infallible> {
    Ok("complete")
}

async fn deny(mut res: Response) -> Sent {
    res.status_code = StatusCode::FORBIDDEN;
    res.send("no")
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    if req.url == "/banned" {
        let url = req.url;
        return Ok(res.send(url.to_string()));
    }
    let url = req.url.clone();
    let method = &req.method;
    println!("{method} {url}");
    let headers = req.headers.clone();
    let count = move || headers.len();

    route!("/own" => number().text());
    route!("/router" => Router::new().0);
    route!(POST "/length" => format!("{}", req.body.len()));
    route!("/denied" => deny(res).await);
    route!("/count" => format!("{}", count()));
    route!("/url" => format!("{url}"));
    route!("/sent" => {
        let sent = res.send("sent");
        println!("a response was sent");
        sent
    });
    route!("/branch" => {
        if req.url.query_string().is_some() {
            return Ok(res.send("query"));
        }
        res.send("none")
    });
    route!("/loop" => {
        for number in 0..3 {
            res.write(number.to_string());
        }
        res.end()
    });
    route!("/replaced" => {
        res = Response::new();
        "replaced"
    });
    route!("/braces/{text}" => format!("{{id}} {text}"));
    route!("/closures" => [1, 2].map(|id| format!("{id}")).join(","));
    route!("/named" => format!("{id}", id = 7));
    route!("/arms/{n: u32}" => match (n, 1) {
        (a, b) if a == (b) => "one",
        (_, _) => "other",
    });
    route!("/null" => json!({ "user": null }));
    route!("/keys/{key}" => json!({ key: 1, "point": Point { x: 7 } }));
    route!(POST "/body" => {
        if req.url.query_string().is_some() {
            let text = req.body.text().await?;
            return Ok(res.send(text));
        }
        let text = req.body.text().await?;
        res.send(text.to_uppercase())
    });
    route!("/agent" => req.headers.get("user-agent").and_then(|it| it.to_str().map(str::to_owned).ok()).unwrap_or_default());
    route!("/complete" => match complete() { Ok(text) => text });
    route!("/then" => true.then(|| "then".to_owned()));
    route!("/block" => {
        let text = String::from("block");
        match text.len() {
            5 => text,
            _ => String::new(),
        }
    });
}

async fn text(request: Request) -> String {
    let sent = shop(request, Response::new()).await.expect("a response");
    sent.text()
}

#[tokio::test]
async fn what_resembles_a_mistake_compiles_and_replies() {
    let replies = [
        ("/banned", "/banned"),
        ("/own", "number 7"),
        ("/router", "routed"),
        ("/denied", "no"),
        ("/count", "0"),
        ("/url", "/url"),
        ("/sent", "sent"),
        ("/branch?a", "query"),
        ("/branch", "none"),
        ("/loop", "012"),
        ("/replaced", "replaced"),
        ("/braces/x", "{id} x"),
        ("/closures", "1,2"),
        ("/named", "7"),
        ("/arms/1", "one"),
        ("/arms/2", "other"),
        ("/null", r#"{"user":null}"#),
        ("/keys/a", r#"{"a":1,"point":{"x":7}}"#),
        ("/agent", ""),
        ("/complete", "complete"),
        ("/then", "then"),
        ("/block", "block"),
    ];
    for (url, reply) in replies {
        assert_eq!(text(Request::get(url)).await, reply, "{url}");
    }
    assert_eq!(text(Request::post("/length")).await, "42");
    assert_eq!(text(Request::post("/body").body("a")).await, "A");
    let sent = shop(Request::get("/denied"), Response::new()).await;
    assert_eq!(sent.expect("a response").status(), 403);
}

#[test]
fn listeners_may_end_the_program_and_handlers_may_be_boxed() {
    let server = http::create_server(|_req, res| std::future::ready(res.end()));
    server.on(event::Close, |_| std::process::exit(0));
    let _ = http::create_server(|_req, res| Box::pin(async move { res.end() }));
}
