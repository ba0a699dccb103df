//! Several addresses of one server.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use onward::http::{self, Plain, Server, Tls};
use onward::prelude::*;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

use crate::certificates::Authority;
use crate::support::soon;

fn server() -> Server {
    http::create_server(|req, res| async move {
        res.send(format!("encrypted: {}", req.socket.encrypted()))
    })
}

async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    let request = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response.split_once("\r\n\r\n").unwrap().1.to_owned()
}

fn socket_path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("onward-{name}-{}.sock", std::process::id()))
}

fn with_listeners(authority: &Authority, path: &Path) -> Server {
    let (certificate, key) = authority.issue("a", &["a.example"]);
    server()
        .tls(Tls::pem(certificate, key).unwrap())
        .also_listen(Plain("127.0.0.1:0"))
        .also_listen(Plain(path.to_path_buf()))
}

async fn check(authority: &Authority, path: &PathBuf, urls: &[String]) {
    let [tls, plain, unix] = urls else {
        panic!("{urls:?}");
    };
    let tls = tls.strip_prefix("https://").unwrap().parse().unwrap();
    let client = authority.client(None, &[]);
    let stream = client.connect(tls, "a.example").await.unwrap();
    assert_eq!(ask(stream).await, "encrypted: true");
    let plain = plain.strip_prefix("http://").unwrap();
    let stream = TcpStream::connect(plain).await.unwrap();
    assert_eq!(ask(stream).await, "encrypted: false");
    assert_eq!(*unix, format!("unix:{}", path.display()));
    let stream = UnixStream::connect(path).await.unwrap();
    assert_eq!(ask(stream).await, "encrypted: false");
}

#[test]
fn a_server_listens_on_several_addresses() {
    for is_threaded in [false, true] {
        let authority = Authority::new();
        let path = socket_path(if is_threaded { "threads" } else { "several" });
        let server = with_listeners(&authority, &path).threads(2);
        let (sender, listening) = channel();
        server.on(event::Listening, move |at| {
            sender.send(at.to_string()).unwrap()
        });
        let handle = server.clone();
        let running = std::thread::spawn(move || match is_threaded {
            true => server.run("127.0.0.1:0"),
            false => {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(server.listen("127.0.0.1:0"))
            }
        });
        let urls: Vec<String> = listening.iter().take(3).collect();
        assert_eq!(handle.address().unwrap().to_string(), urls[0]);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(check(&authority, &path, &urls));
        handle.close();
        running.join().unwrap().unwrap();
        assert!(!path.exists());
    }
}

#[tokio::test]
async fn an_address_that_is_in_use_is_an_error() {
    let used = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = used.local_addr().unwrap();
    let server = server().also_listen(addr);
    let error = server.clone().listen("127.0.0.1:0").await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    // A second `listen` fails: the server would otherwise listen without the address of `also_listen`.
    drop(used);
    let error = soon("an error", server.listen("127.0.0.1:0"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("`also_listen`"), "{error}");
}
