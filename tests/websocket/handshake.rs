//! The opening handshake.

use onward::http;
use onward::prelude::*;
use onward::websocket::{WebSocketOptions, websocket};
use tokio::net::TcpStream;

use crate::client::{Client, HANDSHAKE, TEXT, echo, echo_session, frame};
use crate::served::{Served, serve};

async fn head(served: &Served, headers: &str) -> String {
    let stream = TcpStream::connect(served.addr).await.unwrap();
    Client::open(stream, headers).await.0
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_response_is_that_of_the_rfc() {
    let served = serve(echo(WebSocketOptions::new()));
    let head = head(&served, HANDSHAKE).await;
    assert!(
        head.starts_with("HTTP/1.1 101 Switching Protocols\r\n"),
        "{head}"
    );
    for line in [
        "upgrade: websocket",
        "connection: upgrade",
        "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ] {
        assert!(head.lines().any(|it| it == line), "{line}: {head}");
    }
    assert!(
        !head.contains("content-length") && !head.contains("transfer-encoding"),
        "{head}"
    );
}

#[tokio::test]
async fn a_request_that_is_not_a_handshake_is_rejected() {
    let served = serve(echo(WebSocketOptions::new()));
    let without = |name: &str| {
        let lines = HANDSHAKE.split_inclusive("\r\n");
        lines
            .filter(|line| !line.starts_with(name))
            .collect::<String>()
    };
    let key = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (headers, expected) in [
        ("", 426),
        (&*without("connection"), 426),
        (&*without("upgrade"), 426),
        (
            &*HANDSHAKE.replace("upgrade: websocket", "upgrade: h2c"),
            426,
        ),
        (&*HANDSHAKE.replace("version: 13", "version: 12"), 426),
        (&*without("sec-websocket-version"), 426),
        (&*without("sec-websocket-key"), 400),
        (&*HANDSHAKE.replace("ZQ==", "=="), 400),
        (&*format!("{HANDSHAKE}{key}"), 400),
        (
            &*format!("{HANDSHAKE}origin: https://evil.example\r\n"),
            403,
        ),
        (&*format!("{HANDSHAKE}origin: null\r\n"), 403),
    ] {
        let head = head(&served, headers).await;
        assert_eq!(status(&head), expected, "{headers}\n{head}");
        assert_eq!(
            head.contains("\r\nupgrade: websocket\r\n"),
            expected == 426 && !head.contains("version"),
            "{head}"
        );
    }
    let old = head(&served, &HANDSHAKE.replace("version: 13", "version: 8")).await;
    assert!(old.contains("\r\nsec-websocket-version: 13\r\n"), "{old}");
}

#[tokio::test]
async fn the_connection_is_kept_after_a_rejected_handshake() {
    let served = serve(echo(WebSocketOptions::new()));
    let stream = TcpStream::connect(served.addr).await.unwrap();
    let (rejected, mut client) = Client::open(stream, "content-length: 0\r\n").await;
    assert_eq!(status(&rejected), 426);
    // The body of a rejection is a problem document.
    let length = rejected
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.unwrap().parse().unwrap()];
    tokio::io::AsyncReadExt::read_exact(&mut client.0, &mut body)
        .await
        .unwrap();
    let (accepted, mut client) = Client::open(client.0, HANDSHAKE).await;
    assert_eq!(status(&accepted), 101);
    client.text("hello").await;
    assert_eq!(client.receive().await, Some((TEXT, b"hello".to_vec())));
}

#[tokio::test]
async fn pages_of_the_same_host_and_listed_origins_may_open_a_websocket() {
    let own = format!("{HANDSHAKE}origin: http://a\r\n");
    let other = format!("{HANDSHAKE}origin: https://shop.example\r\n");
    let third = format!("{HANDSHAKE}origin: https://evil.example\r\n");
    for (options, expected) in [
        (WebSocketOptions::new(), [101, 403, 403]),
        (
            WebSocketOptions::new().allow_origins(["https://shop.example"]),
            [403, 101, 403],
        ),
        (WebSocketOptions::new().allow_any_origin(), [101, 101, 101]),
    ] {
        let served = serve(echo(options.clone()));
        for (headers, expected) in [&own, &other, &third].into_iter().zip(expected) {
            assert_eq!(
                status(&head(&served, headers).await),
                expected,
                "{options:?} {headers}"
            );
        }
    }
}

#[tokio::test]
async fn the_first_subprotocol_of_the_server_that_the_client_offers_is_used() {
    let options = WebSocketOptions::new().protocols(["v2", "v1"]);
    let served = serve(crate::client::server(options, |mut socket| async move {
        let protocol = socket.protocol().unwrap_or("none").to_owned();
        socket.send(protocol).await
    }));
    for (offered, expected) in [
        ("sec-websocket-protocol: v1, v2\r\n", Some("v2")),
        ("sec-websocket-protocol: v0,v1\r\n", Some("v1")),
        (
            "sec-websocket-protocol: v0\r\nsec-websocket-protocol: v1\r\n",
            Some("v1"),
        ),
        ("sec-websocket-protocol: V1\r\n", None),
        ("", None),
    ] {
        let stream = TcpStream::connect(served.addr).await.unwrap();
        let (head, mut client) = Client::open(stream, &format!("{HANDSHAKE}{offered}")).await;
        let chosen = head
            .lines()
            .find_map(|line| line.strip_prefix("sec-websocket-protocol: "));
        assert_eq!(chosen, expected, "{offered}");
        let expected = expected.unwrap_or("none").as_bytes().to_vec();
        assert_eq!(client.receive().await, Some((TEXT, expected)), "{offered}");
    }
}

#[derive(Debug)]
struct Page(StatusCode);

impl From<Failure> for Page {
    fn from(failure: Failure) -> Self {
        Self(failure.status())
    }
}

impl Reply for Page {
    fn reply(self, res: Response) -> Sent {
        res.send((self.0, "a page of our own"))
    }
}

#[server]
async fn rooms(req: Request, mut res: Response) -> Result<Sent, Page> {
    res.set_header("x-before", "1");
    route!("/ws" => websocket(&req, res, echo_session));
    route!("/page" => "a page");
}

#[tokio::test]
async fn a_route_opens_a_websocket_and_rejects_with_the_error_type_of_its_handler() {
    let served = serve(http::create_server(rooms));
    let plain = head(&served, "").await;
    assert_eq!(status(&plain), 426);
    assert!(
        plain.contains("\r\nx-before: 1\r\n") && plain.contains("text/plain"),
        "{plain}"
    );
    assert!(plain.contains("\r\nupgrade: websocket\r\n"), "{plain}");
    let accepted = head(&served, HANDSHAKE).await;
    assert!(accepted.contains("\r\nx-before: 1\r\n"), "{accepted}");
}

#[tokio::test]
async fn frames_may_follow_the_handshake_at_once() {
    let served = serve(echo(WebSocketOptions::new()));
    let stream = TcpStream::connect(served.addr).await.unwrap();
    let mut client = Client(stream);
    let mut bytes = crate::client::request(HANDSHAKE).into_bytes();
    bytes.extend(frame(TEXT, b"early"));
    client.send(bytes).await;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(
            tokio::io::AsyncReadExt::read_u8(&mut client.0)
                .await
                .unwrap(),
        );
    }
    assert_eq!(client.receive().await, Some((TEXT, b"early".to_vec())));
}
