//! Statements and texts that resemble mistakes but are correct.

use onward::prelude::*;

/// A function that has only its name in common with `onward::cors`.
const fn cors(calls: &mut u32) {
    *calls += 1;
}

fn prepare(res: &mut Response) {
    *res = Response::new();
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let mut calls = 0;
    let is_asked = req.url.query_string().is_some();
    res.set_header("x-shop", "cups");
    res.set_header("vary", "accept");
    route!("/above" => "above");
    res.set_header("vary", "accept-language");
    route!("/replaced" => {
        res.write("text");
        prepare(&mut res);
        res.status_code = StatusCode::CREATED;
        "replaced"
    });
    route!("/conditional" => {
        res.set_header("set-cookie", "theme=dark");
        if is_asked {
            res.set_header("set-cookie", "theme=light");
        }
        if is_asked {
            res.write("written");
        } else {
            res.status_code = StatusCode::ACCEPTED;
        }
        res.end()
    });
    route!("/default/{number}" => {
        res.status_code = StatusCode::BAD_REQUEST;
        res.set_header("x-kind", "error");
        let number: u8 = number.parse()?;
        res.set_header("x-kind", "number");
        res.status_code = StatusCode::OK;
        number.to_string()
    });
    route!("/inner" => {
        let status = {
            res.write("text");
            StatusCode::NOT_FOUND
        };
        res.write(status.as_str().to_owned());
        res.end()
    });
    route!("/html" => {
        res.set_header("content-type", "text/html");
        "<h1>shop</h1>"
    });
    route!("/text" => "redirect: none. See index.html, or <b>nothing</b> {}");
    cors(&mut calls);
    println!("{calls} calls, no route for {}", req.url);
}

#[tokio::test]
async fn statements_keep_their_order() {
    let get = async |path: &str| shop(Request::get(path), Response::new()).await;
    let sent = get("/above").await.expect("a reply");
    assert_eq!(sent.header("vary").expect("a header"), "accept");
    let sent = get("/replaced").await.expect("a reply");
    assert_eq!(sent.text(), "replaced");
    let sent = get("/conditional").await.expect("a reply");
    assert_eq!(sent.status_code(), StatusCode::ACCEPTED);
    let sent = get("/default/7").await.expect("a reply");
    assert_eq!(sent.header("x-kind").expect("a header"), "number");
    for path in ["/inner", "/html", "/text"] {
        assert!(!get(path).await.expect("a reply").text().is_empty());
    }
}
