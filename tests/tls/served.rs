//! Requests over TLS.

use onward::cookies;
use onward::http;
use onward::prelude::*;

use crate::{Site, exchange, serve, soon};

#[tokio::test]
async fn a_request_is_served_with_http_1() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let client = site.authority.client(None, &["http/1.1"]);
    let mut stream = client.connect(served.addr, "a.example").await.unwrap();
    let response = exchange(&mut stream).await.unwrap();
    let expected = r#"HTTP/1.1 true Some("TLSv1.3 http/1.1 a.example") 0"#;
    assert!(response.ends_with(expected), "{response}");
}

#[tokio::test]
async fn a_request_is_served_with_http_2_if_the_client_prefers_it() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let client = site.authority.client(None, &["h2", "http/1.1"]);
    let stream = client.connect(served.addr, "a.example").await.unwrap();
    let (mut requests, connection) = h2::client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let request = ::http::Request::get("https://a.example/").body(()).unwrap();
    let (response, _) = requests.send_request(request, true).unwrap();
    let mut body = soon("a response", response).await.unwrap().into_body();
    let text = soon("the body", body.data()).await.unwrap().unwrap();
    let expected = r#"HTTP/2.0 true Some("TLSv1.3 h2 a.example") 0"#;
    assert_eq!(str::from_utf8(&text).unwrap(), expected);
}

#[tokio::test]
async fn the_address_of_a_server_with_tls_is_an_https_url() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    site.get(served.addr, "a.example").await.unwrap();
    let url = served.server.address().unwrap().to_string();
    assert_eq!(url, format!("https://{}", served.addr));
}

#[tokio::test]
async fn cookies_are_secure_over_tls() {
    let site = Site::new();
    let server = http::create_server(|req, mut res| async move {
        cookies(&req, &mut res).set(("a", "1"))?;
        Ok::<_, Error>(res.send("set"))
    });
    let served = serve(server.tls(site.tls.clone()));
    let response = site.get(served.addr, "a.example").await.unwrap();
    let expected = "set-cookie: a=1; HttpOnly; SameSite=Lax; Secure; Path=/\r\n";
    assert!(response.contains(expected), "{response}");
}

#[tokio::test]
async fn a_long_body_arrives_in_both_directions() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const LEN: usize = 5_000_000;
    let site = Site::new();
    let server = http::create_server(|req, res| async move {
        let body = req.body.limit(LEN).bytes().await?;
        Ok::<_, Error>(res.send(body))
    });
    let served = serve(server.tls(site.tls.clone()));
    let client = site.authority.client(None, &[]);
    let stream = client.connect(served.addr, "a.example").await.unwrap();
    let (mut reader, mut writer) = tokio::io::split(stream);
    let body: Vec<u8> = (0..LEN).map(|index| (index % 251) as u8).collect();
    let sent = body.clone();
    let writing = tokio::spawn(async move {
        let head = format!(
            "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {LEN}\r\n\r\n"
        );
        writer.write_all(head.as_bytes()).await.unwrap();
        writer.write_all(&sent).await.unwrap();
        writer.flush().await.unwrap();
        writer
    });
    let mut received = Vec::new();
    let read = reader.read_to_end(&mut received);
    soon("the response", read).await.unwrap();
    drop(writing.await.unwrap());
    assert!(received.ends_with(&body));
}

#[test]
fn the_threads_of_a_server_use_tls() {
    let site = Site::new();
    let server = crate::facts().tls(site.tls.clone()).threads(2);
    let handle = server.clone();
    let (sender, receiver) = std::sync::mpsc::channel();
    server.on(event::Listening, move |at| {
        sender.send(at.socket_addr().unwrap()).unwrap();
    });
    let running = std::thread::spawn(move || server.run("127.0.0.1:0"));
    let addr = receiver.recv().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let response = runtime.block_on(site.get(addr, "a.example")).unwrap();
    assert!(response.contains("TLSv1.3"), "{response}");
    handle.close();
    running.join().unwrap().unwrap();
}

#[tokio::test]
async fn a_client_that_agreed_on_http_2_is_disconnected_if_it_sends_no_preface() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let client = site.authority.client(None, &["h2"]);
    let mut stream = client.connect(served.addr, "a.example").await.unwrap();
    stream.write_all(crate::REQUEST).await.unwrap();
    let mut received = Vec::new();
    // Reading also fails if the server closes the connection without a TLS alert.
    let read = stream.read_to_end(&mut received);
    soon("the end", read).await.unwrap();
    // The settings of the server: a frame of type 4 on stream 0.
    assert_eq!(received[3..9], [4, 0, 0, 0, 0, 0], "{received:?}");
}
