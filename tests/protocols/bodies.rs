//! Request bodies, and how much of a body is in transit.

use onward::http;
use onward::prelude::*;

use crate::client::{Protocol, get, post};
use crate::over_both;
use crate::server::{Counter, Gate, serve, soon};

async fn echo(mut req: Request, mut res: Response) -> Result {
    while let Some(chunk) = req.body.next().await? {
        res.write(chunk).await?;
    }
    for (name, value) in req.body.trailers() {
        res.set_header(name.clone(), value);
    }
    Ok(res.end())
}

async fn whole(req: Request, res: Response) -> Result {
    let complete = req.body.bytes().await?;
    Ok(res.send(complete))
}

async fn a_body_arrives_whole(protocol: Protocol) {
    let served = serve(http::create_server(whole));
    let mut client = served.connect(protocol).await;
    for len in [0, 1, 100_000, 1_500_000] {
        let body = vec![b'x'; len];
        let answer = client.send(post("/"), &body).await;
        assert_eq!((answer.status, answer.body.len()), (200, len));
    }
    let mut call = client.open(&post("/"), true).await;
    for part in ["a", "b", "c"] {
        call.send(part.as_bytes()).await;
        tokio::task::yield_now().await;
    }
    call.end(&[]).await;
    assert_eq!(call.answer().await.text(), "abc");
}

async fn a_body_is_sent_back_as_it_arrives(protocol: Protocol) {
    let served = serve(http::create_server(echo));
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&post("/"), true).await;
    call.send(b"first").await;
    let head = call.head().await.unwrap();
    assert_eq!(call.read(5).await, b"first");
    call.send(b"second").await;
    assert_eq!(call.read(6).await, b"second");
    call.end(&[]).await;
    let rest = call.rest(head).await;
    assert!(rest.is_whole && rest.body.is_empty());
}

async fn trailers_of_a_request_are_read(protocol: Protocol) {
    let server = http::create_server(|mut req, res| async move {
        while req.body.next().await?.is_some() {}
        let sum = req.body.trailers().get("x-sum").cloned();
        Ok::<_, Error>(res.send(format!("{sum:?}")))
    });
    let served = serve(server);
    for (name, status) in [("x-sum", 200), ("content-length", 400)] {
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&post("/"), true).await;
        call.send(b"hello").await;
        call.end(&[(name, "5")]).await;
        let answer = call.answer().await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.text().contains("Some(\"5\")"), status == 200);
    }
}

async fn a_handler_waits_for_a_client_that_does_not_read(protocol: Protocol) {
    const CHUNK: usize = 64 * 1024;
    let written = Counter::default();
    let count = written.clone();
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, mut res| {
        let (count, gate) = (count.clone(), inside.clone());
        async move {
            let drained = gate.clone();
            res.on(event::Drain, move |_| drained.open());
            for _ in 0..400 {
                res.write(vec![0; CHUNK]).await?;
                count.add();
            }
            Ok::<_, Error>(res.end())
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), false).await;
    let head = call.head().await.unwrap();
    // The handler stops when the buffers on both sides are full.
    let mut before = usize::MAX;
    while before != written.get() {
        before = written.get();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(before < 400, "{before}");
    let answer = call.rest(head).await;
    assert_eq!((answer.body.len(), answer.is_whole), (400 * CHUNK, true));
}

async fn a_body_is_read_when_its_handler_reads(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            gate.pass().await;
            Ok::<_, Error>(res.send(req.body.limit(64 << 20).bytes().await?.len().to_string()))
        }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&post("/"), true).await;
    let sent = Counter::default();
    let count = sent.clone();
    let upload = async {
        for _ in 0..500 {
            assert!(call.send(&[0; 64 * 1024]).await);
            count.add();
        }
        call.end(&[]).await;
        call.answer().await
    };
    let reading = async {
        gate.reached().await;
        let mut before = usize::MAX;
        while before != sent.get() {
            before = sent.get();
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert!(before < 500, "{before}");
        gate.open();
    };
    let (answer, ()) = soon("both", async { tokio::join!(upload, reading) }).await;
    assert_eq!(answer.text(), (500 * 64 * 1024).to_string());
}

over_both!(
    a_body_arrives_whole,
    a_body_is_sent_back_as_it_arrives,
    trailers_of_a_request_are_read,
    a_handler_waits_for_a_client_that_does_not_read,
    a_body_is_read_when_its_handler_reads,
);

#[tokio::test]
async fn unread_uploads_do_not_stop_another_upload() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            if req.url == "/unread" {
                gate.pass().await;
            }
            Ok::<_, Error>(res.send(req.body.bytes().await?.len().to_string()))
        }
    });
    let served = serve(server);
    let mut client = served.connect(Protocol::Http2).await;
    let mut unread = Vec::new();
    for _ in 0..4 {
        let mut other = match &client {
            crate::client::Client::Http2 { requests, .. } => requests.clone(),
            crate::client::Client::Http1(_) => unreachable!("HTTP/2"),
        };
        let request = ::http::Request::post("http://a/unread").body(()).unwrap();
        let (response, mut body) = other.send_request(request, false).unwrap();
        body.send_data(vec![0; 1_200_000].into(), true).unwrap();
        gate.reached().await;
        unread.push(response);
    }
    let answer = client.send(post("/"), &vec![0; 1_200_000]).await;
    assert_eq!(answer.text(), "1200000");
    for response in unread {
        gate.open();
        let response = soon("the response", response).await.unwrap();
        assert_eq!(response.status(), 200);
    }
}
