//! Handlers are functions: these tests call them without a server.

use onward::http;
use onward::prelude::*;

async fn greet(req: &Request) -> Result<String> {
    tokio::task::yield_now().await;
    Ok(req.url.query("name")?)
}

async fn hello(req: Request, mut res: Response) -> Result {
    res.set_header("x-a", "1");
    let name = greet(&req).await?;
    let text = req.body.text().await?;
    Ok(res.send(format!("hello {name}: {text}")))
}

#[tokio::test]
async fn a_handler_is_called_like_any_function() {
    let req = Request::post("/?name=world").body("hi");
    let sent = hello(req, Response::new()).await.unwrap();
    assert_eq!(sent.status_code(), StatusCode::OK);
    assert_eq!(sent.header("x-a").unwrap(), "1");
    assert_eq!(sent.text(), "hello world: hi");
    assert_eq!(sent.body_bytes(), sent.body_bytes());
}

#[tokio::test]
async fn the_error_of_a_handler_is_a_value() {
    let error = hello(Request::get("/"), Response::new()).await.unwrap_err();
    assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    assert_eq!(error.message(), "query parameter `name` is missing");
}

#[tokio::test]
async fn writes_to_a_detached_response_never_wait() {
    let mut res = Response::new();
    for _ in 0..100 {
        res.write(vec![b'x'; 100_000]).await.unwrap();
    }
    assert_eq!(res.end().body_bytes().len(), 10_000_000);
}

#[test]
fn handlers_requests_and_responses_are_send() {
    fn send<T: Send>(_: T) {}
    fn send_and_sync<T: Send + Sync>(_: T) {}
    send(hello(Request::get("/"), Response::new()));
    send_and_sync(Request::get("/"));
    send_and_sync(Response::new());
    send_and_sync(Response::new().end());
    send_and_sync(Error::not_found());
    send_and_sync(http::create_server(hello));
}

#[test]
fn a_reply_has_its_content_type_unless_one_is_set() {
    fn content_type(reply: impl Reply) -> Option<String> {
        let sent = Response::new().send(reply);
        sent.header("content-type")
            .map(|value| value.to_str().unwrap().to_owned())
    }
    assert_eq!(content_type("a").unwrap(), "text/plain; charset=utf-8");
    assert_eq!(
        content_type(String::from("a")).unwrap(),
        "text/plain; charset=utf-8"
    );
    assert_eq!(content_type(vec![1]).unwrap(), "application/octet-stream");
    assert_eq!(content_type(b"a").unwrap(), "application/octet-stream");
    assert_eq!(content_type(Json(7)).unwrap(), "application/json");
    assert_eq!(
        content_type(serde_json::json!([7])).unwrap(),
        "application/json"
    );
    assert_eq!(content_type(Html("a")).unwrap(), "text/html; charset=utf-8");
    assert_eq!(
        content_type(Error::not_found()).unwrap(),
        "application/problem+json"
    );
    assert_eq!(content_type(()), None);
    assert_eq!(content_type(StatusCode::ACCEPTED), None);

    let mut res = Response::new();
    res.set_header("content-type", "text/csv");
    assert_eq!(res.send("a,b").header("content-type").unwrap(), "text/csv");
    let mut res = Response::new();
    res.set_header("content-type", "text/csv");
    let sent = res.send(Error::not_found());
    assert_eq!(
        sent.header("content-type").unwrap(),
        "application/problem+json"
    );
}

#[test]
fn replies_combine() {
    let sent = Response::new().send((StatusCode::CREATED, Some(Ok::<_, Error>("made"))));
    assert_eq!(
        (sent.status_code(), &*sent.text()),
        (StatusCode::CREATED, "made")
    );
    let sent = Response::new().send((StatusCode::CREATED, None::<&str>));
    assert_eq!(sent.status_code(), StatusCode::NOT_FOUND);
    let error = Err::<&str, _>(Error::bad_request("no"));
    let error = (StatusCode::CREATED, error)
        .try_reply(Response::new())
        .unwrap_err();
    assert_eq!(error.message(), "no");
}
