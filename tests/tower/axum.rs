//! axum in Onward, and Onward in axum.

use std::net::SocketAddr;

use ::axum::extract::{ConnectInfo, Path};
use ::axum::routing::{get as on_get, post as on_post};
use ::axum::{Extension, Json, Router};
use onward::http::{self, Socket};
use onward::prelude::{Error, Request, Response, Result, event, route, server};

use tokio::io::AsyncWriteExt;

use crate::client::{Call, ask, get, soon};
use crate::serving::{by_axum, by_onward, hello};

fn router() -> Router {
    Router::new()
        .route("/", on_get(|| async { "axum" }))
        .route("/users/{id}", on_get(|Path(id): Path<u32>| async move { Json([id]) }))
        .route("/echo", on_post(|body: ::axum::body::Body| async { body }))
        .route("/whoami", on_get(|Extension(socket): Extension<Socket>| async move {
            socket.remote_addr.to_string()
        }))
        .route("/fail", on_get(|| async {
            let parts = [Ok("some"), Err(std::io::Error::other("the disk is on fire"))];
            ::axum::body::Body::from_stream(futures_util::stream::iter(parts))
        }))
}

/// Both halves of a site that migrates route by route.
#[server]
async fn migrated(req: Request, res: Response, old: Router) -> Result {
    route!("/" => "onward");
    route!(ANY "/old/{rest..}" => req.at(rest).forward(old).await?);
}

#[tokio::test]
async fn a_router_handles_routes() {
    let old = router();
    let server = http::create_server(move |req, res| migrated(req, res, old.clone()));
    let addr = by_onward(server);
    assert_eq!(get(addr, "/").await.text(), "onward");
    assert_eq!(get(addr, "/old/").await.text(), "axum");
    let answer = get(addr, "/old/users/7").await;
    assert_eq!(answer.text(), "[7]");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(get(addr, "/old/users/x").await.status, 400);
    assert_eq!(get(addr, "/old/nothing").await.status, 404);
    let answer = ask(addr, "DELETE /old/echo HTTP/1.1").await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    let answer = ask(addr, "HEAD /old/users/7 HTTP/1.1").await;
    assert_eq!(answer.header("content-length"), Some("3"));
    assert!(
        get(addr, "/old/whoami")
            .await
            .text()
            .starts_with("127.0.0.1:")
    );
}

#[tokio::test]
async fn a_router_is_a_whole_server() {
    let server = http::create_server(http::service(router()));
    let (errors, mut reported) = tokio::sync::mpsc::unbounded_channel();
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    let addr = by_onward(server);
    assert_eq!(get(addr, "/users/7").await.text(), "[7]");
    let head = "POST /echo HTTP/1.1\r\ncontent-length: 5";
    let answer = Call::open(addr, head, b"hello").await.answer().await;
    assert_eq!((answer.text(), answer.is_whole), ("hello", true));
    let answer = get(addr, "/fail").await;
    assert!(!answer.is_whole);
    let error = soon("the report", reported.recv()).await.unwrap();
    assert!(error.contains("the disk is on fire"), "{error}");
}

#[tokio::test]
async fn onward_is_mounted_in_axum() {
    let shop = http::create_server(|req: Request, mut res: Response| async move {
        match req.url.path() {
            "/echo" => return Ok(res.end_body(req.body)),
            "/error" => return Err(Error::bad_request("no")),
            "/panic" => panic!("on purpose"),
            "/late" => {
                res.write("some").await?;
                tokio::task::yield_now().await;
                panic!("on purpose");
            }
            "/streamed" => {
                res.write("hel").await?;
                res.write("lo").await?;
                res.add_trailers([("x-sum", "5")]);
                return Ok(res.end());
            }
            "/later" => {
                tokio::spawn(async move { res.send("from a task") });
                return Err(Error::bad_request("not sent"));
            }
            "/host" => return Ok(res.send(req.headers["host"].to_str().unwrap().to_owned())),
            "/client" => return Ok(res.send(req.socket.remote_addr.to_string())),
            _ => {}
        }
        Ok(res.send(format!("{} of {}", req.url, req.method)))
    });
    let (errors, mut reported) = tokio::sync::mpsc::unbounded_channel();
    shop.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    let router = Router::new()
        .route("/", on_get(|| async { "axum" }))
        .nest_service("/shop", shop);
    let addr = by_axum(router).await;
    assert_eq!(get(addr, "/").await.text(), "axum");
    let answer = get(addr, "/shop/cups?size=2").await;
    assert_eq!(answer.text(), "/cups?size=2 of GET");
    assert_eq!(answer.header("content-length"), Some("19"));
    let answer = ask(addr, "HEAD /shop/cups HTTP/1.1").await;
    assert_eq!(answer.header("content-length"), Some("13"));
    assert_eq!(get(addr, "/shop/error").await.status, 400);
    assert_eq!(get(addr, "/shop/panic").await.status, 500);
    assert!(reported.recv().await.unwrap().contains("on purpose"));
    let answer = get(addr, "/shop/late").await;
    // hyper sends no head if the body fails immediately.
    assert!(!answer.is_whole);
    assert!(reported.recv().await.unwrap().contains("on purpose"));
    let answer = get(addr, "/shop/streamed").await;
    assert_eq!((answer.text(), answer.is_whole), ("hello", true));
    assert_eq!(answer.header("content-length"), None);
    assert_eq!(get(addr, "/shop/later").await.text(), "from a task");
    assert_eq!(get(addr, "/shop/host").await.text(), "a");
    assert_eq!(get(addr, "/shop/client").await.text(), "127.0.0.1:0");
    let head = "POST /shop/echo HTTP/1.1\r\ncontent-length: 5";
    let answer = Call::open(addr, head, b"hello").await.answer().await;
    assert_eq!((answer.text(), answer.is_whole), ("hello", true));
    let answer = get(addr, "/shop/{a}").await;
    assert_eq!(answer.status, 400, "{}", answer.text());
}

/// axum knows the client, and a layer forwards its address.
#[tokio::test]
async fn the_client_of_axum_reaches_onward() {
    let whoami = http::create_server(|req: Request, res: Response| async move {
        res.send(req.socket.remote_addr.to_string())
    });
    let pass_on = ::axum::middleware::map_request(
        |ConnectInfo(client): ConnectInfo<SocketAddr>, mut request: ::axum::extract::Request| async move {
            request.extensions_mut().insert(client);
            request
        },
    );
    let router = Router::new().fallback_service(whoami).layer(pass_on);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { ::axum::serve(listener, service).await.unwrap() });
    let call = Call::open(addr, "GET / HTTP/1.1", &[]).await;
    let client = call.stream.local_addr().unwrap();
    assert_eq!(call.answer().await.text(), client.to_string());
}

/// An upgrade of a service needs a type that only hyper can create, so a 101 is reported as an error.
#[tokio::test]
async fn an_upgrade_that_is_not_possible_is_a_clear_error() {
    let switching = tower::service_fn(|_req: ::http::Request<http::Body>| async {
        let response = ::http::Response::builder().status(101);
        Ok::<_, std::convert::Infallible>(response.body(http::Body::default()).unwrap())
    });
    let server = http::create_server(http::service(switching));
    let (errors, mut reported) = tokio::sync::mpsc::unbounded_channel();
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    assert_eq!(get(by_onward(server), "/").await.status, 500);
    assert!(reported.recv().await.unwrap().contains("event::Upgrade"));
}

#[tokio::test]
async fn a_handler_is_a_service() {
    use tower::ServiceExt;
    let request = ::http::Request::get("/a").body(String::new()).unwrap();
    let response = hello().oneshot(request).await.unwrap();
    let body = http_body_util::BodyExt::collect(response.into_body())
        .await
        .unwrap();
    assert_eq!(body.to_bytes(), "hello /a");
}

/// A handler in axum, which hyper serves, can switch protocols.
#[tokio::test]
async fn a_mounted_server_switches_protocols() {
    let echo = || {
        http::create_server(|_req: Request, res: Response| async move {
            res.switch_protocols("echo", |stream| async move {
                let (mut from, mut to) = tokio::io::split(stream);
                let _ = tokio::io::copy(&mut from, &mut to).await;
            })
        })
    };
    let head = "GET /echo HTTP/1.1\r\nupgrade: echo\r\nconnection: upgrade";
    let addr = by_axum(Router::new().nest_service("/echo", echo())).await;
    let mut call = Call::upgrade(addr, head).await;
    call.until("HTTP/1.1 101 ").await;
    call.until("\r\n\r\n").await;
    for text in ["one", "two"] {
        call.stream.write_all(text.as_bytes()).await.unwrap();
        call.until(text).await;
    }
    assert_eq!(get(addr, "/echo").await.status, 426);
    // In Onward, a service cannot switch protocols.
    let addr = by_onward(http::create_server(http::service(echo())));
    let mut call = Call::upgrade(addr, head).await;
    call.until("HTTP/1.1 501 ").await;
}
