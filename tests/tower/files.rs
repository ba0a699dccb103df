//! Files from tower-http's services.

use std::path::PathBuf;

use onward::http;
use onward::prelude::*;
use tower_http::services::{ServeDir, ServeFile};

use crate::client::{ask, get};
use crate::serving::by_onward;

/// A folder with files, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("onward-tower-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("hello.txt"), "hello file").unwrap();
        std::fs::write(folder.join("index.html"), "<h1>hello</h1>").unwrap();
        std::fs::write(folder.join("empty.txt"), "").unwrap();
        std::fs::write(folder.join("long.bin"), vec![b'x'; 3_000_000]).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[server]
async fn site(req: Request, res: Response, folder: PathBuf) -> Result {
    route!(ANY "/file" => req.forward(ServeFile::new(folder.join("hello.txt"))).await?);
    route!(ANY "/static/{rest..}" => req.at(rest).forward(ServeDir::new(&folder)).await?);
}

fn server(folder: &Folder) -> http::Server {
    let folder = folder.0.clone();
    http::create_server(move |req, res| site(req, res, folder.clone()))
}

#[tokio::test]
async fn serve_dir() {
    let folder = Folder::new("dir");
    let addr = by_onward(server(&folder));
    let answer = get(addr, "/static/hello.txt").await;
    assert_eq!((answer.status, answer.text()), (200, "hello file"));
    assert_eq!(answer.header("content-length"), Some("10"));
    assert_eq!(answer.header("content-type"), Some("text/plain"));
    let modified = answer.header("last-modified").unwrap().to_owned();
    let answer = ask(
        addr,
        &format!("GET /static/hello.txt HTTP/1.1\r\nif-modified-since: {modified}"),
    )
    .await;
    assert_eq!((answer.status, answer.body.len()), (304, 0));
    let answer = ask(addr, "GET /static/hello.txt HTTP/1.1\r\nrange: bytes=6-").await;
    assert_eq!((answer.status, answer.text()), (206, "file"));
    assert_eq!(answer.header("content-range"), Some("bytes 6-9/10"));
    let answer = ask(addr, "GET /static/hello.txt HTTP/1.1\r\nrange: bytes=10-").await;
    assert_eq!(answer.status, 416);
    let answer = ask(addr, "HEAD /static/hello.txt HTTP/1.1").await;
    assert_eq!(answer.header("content-length"), Some("10"));
    assert!(answer.is_whole && answer.body.is_empty());
    let answer = get(addr, "/static/empty.txt").await;
    assert_eq!(
        (answer.status, answer.header("content-length")),
        (200, Some("0"))
    );
    assert_eq!(get(addr, "/static/").await.text(), "<h1>hello</h1>");
    let answer = get(addr, "/static/long.bin").await;
    assert!(answer.is_whole && answer.body == vec![b'x'; 3_000_000]);
    for path in [
        "/static/none",
        "/static/..%2fhello.txt",
        "/static/%2fetc/passwd",
    ] {
        assert_eq!(get(addr, path).await.status, 404, "{path}");
    }
    let answer = ask(addr, "POST /static/hello.txt HTTP/1.1\r\ncontent-length: 0").await;
    assert_eq!(answer.status, 405);
}

#[tokio::test]
async fn serve_file() {
    let folder = Folder::new("file");
    let addr = by_onward(server(&folder));
    assert_eq!(get(addr, "/file").await.text(), "hello file");
    let answer = ask(addr, "GET /file HTTP/1.1\r\nrange: bytes=0-4").await;
    assert_eq!((answer.status, answer.text()), (206, "hello"));
    let answer = ask(addr, "HEAD /file HTTP/1.1").await;
    assert_eq!(answer.header("content-length"), Some("10"));
}

/// A file service is also a complete server, and its test needs no socket.
#[tokio::test]
async fn serve_dir_needs_no_socket() {
    let folder = Folder::new("whole");
    let server = http::create_server(http::service(ServeDir::new(&folder.0)));
    let sent = server
        .dispatch(Request::get("/hello.txt"), Response::new())
        .await;
    assert_eq!(sent.text(), "hello file");
    let sent = site(Request::get("/file"), Response::new(), folder.0.clone())
        .await
        .unwrap();
    assert_eq!(sent.read_body().await.unwrap(), "hello file");
}
