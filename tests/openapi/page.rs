//! The API page: its files, and the events that it shows.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use onward::http;
use onward::openapi::{ApiPage, OpenApi, api_page};
use onward::prelude::*;
use serde_json::Value;

use crate::served::serve;

/// The shop.
#[server]
async fn shop(req: Request, res: Response, page: ApiPage) -> Result {
    route!("/products/{id: u32}" -> Json<u32> => Json(id));
    route!("/failure" -> String => Err(Error::new(StatusCode::BAD_GATEWAY, "no upstream"))?);
    route!(mount "/dev/{_version}/api" => api_page(req, res, page).await);
}

async fn get(url: &str) -> Result {
    shop(
        Request::get(url),
        Response::new(),
        ApiPage::new(shop::ROUTES),
    )
    .await
}

#[tokio::test]
async fn the_page_names_its_files_by_the_path_of_its_mount() {
    for url in ["/dev/v1/api", "/dev/v1/api/"] {
        let sent = get(url).await.unwrap();
        assert_eq!(
            sent.header("content-type").unwrap(),
            "text/html; charset=utf-8"
        );
        assert_eq!(sent.header("cache-control").unwrap(), "no-cache");
        let text = sent.text();
        assert!(text.contains("src=\"/dev/v1/api/page.js\""), "{text}");
        assert!(!text.contains("{base}") && !text.contains("http:") && !text.contains("https:"));
    }
    for (file, content_type) in [
        ("page.js", "text/javascript; charset=utf-8"),
        ("page.css", "text/css; charset=utf-8"),
        ("openapi.json", "application/json"),
        ("openapi-3.0.json", "application/json"),
    ] {
        let sent = get(&format!("/dev/v1/api/{file}")).await.unwrap();
        assert_eq!(sent.header("content-type").unwrap(), content_type, "{file}");
    }
}

/// The path of a URL may contain quotes, which must not inject a script into the page.
#[tokio::test]
async fn the_path_of_the_mount_is_escaped() {
    let text = get("/dev/%22%3E%3Cscript%3E'/api").await.unwrap().text();
    assert!(!text.contains("\"><script>'"), "{text}");
    assert!(
        text.contains("/dev/%22%3E%3Cscript%3E'/api/page.js"),
        "{text}"
    );
}

#[tokio::test]
async fn the_routes_of_the_page_are_not_in_the_document() {
    let document: Value = get("/dev/v1/api/openapi.json").await.unwrap().json();
    assert_eq!(&document, OpenApi::new(shop::ROUTES).document());
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/failure", "/products/{id}"]);
}

/// A client that reads the events of the page.
struct Events(BufReader<TcpStream>);

impl Events {
    fn follow(addr: SocketAddr) -> Self {
        let mut stream = TcpStream::connect(addr).unwrap();
        write!(
            stream,
            "GET /dev/v1/api/live HTTP/1.1\r\nhost: shop\r\n\r\n"
        )
        .unwrap();
        let mut events = Self(BufReader::new(stream));
        while !events.line().is_empty() {}
        events
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
        line.trim_end().to_owned()
    }

    /// Reads up to the next event with this name and returns its payload.
    fn next(&mut self, name: &str) -> Value {
        let event = format!("event: {name}");
        while self.line() != event {}
        loop {
            if let Some(data) = self.line().strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

fn ask(addr: SocketAddr, path: &str) {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_the_server_are_shown() {
    let page = ApiPage::new(shop::ROUTES);
    let mounted = page.clone();
    let server = http::create_server(move |req, res| shop(req, res, mounted.clone()));
    page.watch(&server);
    let served = serve(server);
    let addr = served.addr;
    let events = tokio::task::spawn_blocking(move || {
        let mut events = Events::follow(addr);
        ask(addr, "/products/7");
        let connection = events.next("connection");
        let request = events.next("request");
        ask(addr, "/failure");
        (connection, request, events.next("failure"))
    });
    let (connection, request, failure) = events.await.unwrap();
    assert!(
        connection["from"]
            .as_str()
            .unwrap()
            .starts_with("127.0.0.1:")
    );
    assert_eq!(request["method"], "GET");
    assert_eq!(request["url"], "/products/7");
    assert_eq!(request["route"], "/products/{id: u32}");
    assert_eq!(
        (&request["status"], &request["outcome"]),
        (&200.into(), &"Complete".into())
    );
    assert!(request["ms"].as_f64().unwrap() > 0.0);
    assert!(
        failure["text"].as_str().unwrap().contains("no upstream"),
        "{failure}"
    );
    served.server.close_all_connections();
    served.server.close();
    served.closed().await;
}
