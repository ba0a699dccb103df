//! Data that is written without waiting for the client is bounded.

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::client::{Wire, get, serve, soon};
use crate::gate::Gate;

const MIB: usize = 1 << 20;

/// Collects the messages of the errors that a server emits.
fn errors(server: &Server) -> UnboundedReceiver<String> {
    let (sender, errors) = unbounded_channel();
    server.on(event::Error, move |error| {
        sender.send(error.message().to_owned()).unwrap();
    });
    errors
}

/// Creates a server that writes `chunks` chunks of one MiB each after the headers are sent, without awaiting any of
/// them.
fn writing(chunks: usize, gate: &Gate) -> Server {
    let gate = gate.clone();
    http::create_server(move |_req, mut res| {
        let gate = gate.clone();
        async move {
            res.flush_headers();
            gate.pass().await;
            for _ in 0..chunks {
                res.write(vec![7; MIB]);
                assert!(res.writable_length() <= 17 * MIB);
            }
            res.end()
        }
    })
}

#[tokio::test]
async fn a_response_is_aborted_above_max_unsent() {
    for (server_limit, chunks) in [(None, 18), (Some(2 * MIB), 4), (Some(0), 2)] {
        let gate = Gate::default();
        let mut server = writing(chunks, &gate);
        let limit = server_limit.unwrap_or(16 * MIB);
        if let Some(limit) = server_limit {
            server = server.max_unsent(limit);
        }
        let mut errors = errors(&server);
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(get("/")).await;
        assert_eq!(wire.head().await.status, 200);
        gate.open();
        assert!(!wire.rest().await.ends_with(b"0\r\n\r\n"), "{limit}");
        let error = soon("an error", errors.recv()).await.unwrap();
        let expected = format!("more than {limit} bytes of a response were written but not sent");
        assert_eq!(error, expected);
        assert!(errors.try_recv().is_err());
    }
}

#[tokio::test]
async fn a_response_up_to_max_unsent_is_sent() {
    let gate = Gate::default();
    let served = serve(writing(16, &gate));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.open();
    let response = wire.response().await;
    assert!(response.whole);
    assert_eq!(response.body.len(), 16 * MIB);
}

#[tokio::test]
async fn writing_too_much_before_the_headers_are_sent_is_a_500() {
    for dispatches in [false, true] {
        let server = http::create_server(|_req, mut res| async move {
            for _ in 0..20 {
                res.write(vec![7; MIB]);
            }
            res.end()
        });
        let server = match dispatches {
            // The limit also applies if a server dispatches the request to another one.
            true => http::create_server(move |req, res| {
                let inner = server.clone();
                async move { inner.dispatch(req, res).await }
            }),
            false => server,
        };
        let served = serve(server);
        assert_eq!(served.get("/").await.status, 500);
        let head = "HEAD / HTTP/1.1\r\nhost: a\r\n\r\n";
        let mut wire = served.connect().await;
        wire.send(head).await;
        assert_eq!(wire.head().await.status, 500);
    }
}

/// Interim responses that a client does not read do not accumulate, and the response follows them.
#[tokio::test]
async fn interim_responses_are_bounded() {
    const HINTS: usize = 5_000;
    let hint = format!("</{}>", "x".repeat(1000));
    let server = http::create_server(move |_req, mut res| {
        let hint = hint.clone();
        async move {
            for _ in 0..HINTS {
                res.write_early_hints([("link", hint.as_str())]);
                tokio::task::yield_now().await;
            }
            res.send("hello")
        }
    });
    let (client, stream) = tokio::io::duplex(1024);
    server.serve(stream).unwrap();
    let mut wire = Wire::new(client);
    wire.send(get("/")).await;
    for _ in 0..10 * HINTS {
        tokio::task::yield_now().await;
    }
    let mut hints = 0;
    let response = loop {
        let head = wire.head().await;
        match head.status {
            103 => hints += 1,
            _ => break head,
        }
    };
    assert_eq!(response.status, 200);
    assert!((1..200).contains(&hints), "{hints}");
}

#[tokio::test]
async fn awaited_writes_never_reach_the_limit() {
    let server = http::create_server(|_req, mut res| async move {
        for _ in 0..8 {
            res.write(vec![7; MIB]).await?;
        }
        Ok::<_, Error>(res.end())
    });
    let served = serve(server.max_unsent(MIB));
    assert_eq!(served.get("/").await.body.len(), 8 * MIB);
}

#[tokio::test]
async fn awaited_writes_never_reach_a_limit_below_the_usual_mark() {
    for limit in [0, 1000] {
        let server = http::create_server(|_req, mut res| async move {
            for _ in 0..500 {
                res.write(vec![7; 500]).await?;
            }
            Ok::<_, Error>(res.end())
        });
        let served = serve(server.max_unsent(limit));
        let response = served.get("/").await;
        assert!(response.whole, "{limit}");
        assert_eq!(response.body.len(), 500 * 500);
    }
}
