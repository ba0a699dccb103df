//! Clients that flood the server with input that is cheap for them and expensive for the server. The server must
//! continue to serve others, and its work for such a client is counted.

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Protocol, get};
use crate::frames::{
    self, CONTINUATION, END_HEADERS, END_STREAM, HEADERS, PING, PRIORITY, RST_STREAM, Raw,
    SETTINGS, frame,
};
use crate::server::{Counter, Served, serve, soon};

const FLAGS: u8 = END_HEADERS | END_STREAM;

/// The error code of HTTP/2 for abuse, such as h2's `too_many_resets`.
const ENHANCE_YOUR_CALM: u32 = 11;

fn counted() -> (Server, Counter) {
    let called = Counter::default();
    let count = called.clone();
    let server = http::create_server(move |req: Request, res: Response| {
        let count = count.clone();
        async move {
            if req.url != "/normal" {
                count.add();
            }
            if req.url == "/wait" {
                std::future::pending::<()>().await;
            }
            res.send("hello")
        }
    });
    server.on(event::ClientError, |_| {});
    (server, called)
}

/// Checks that an ordinary client gets its response.
async fn is_served(served: &Served) {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let mut client = served.connect(protocol).await;
        assert_eq!(client.ask(get("/normal")).await.text(), "hello");
    }
}

/// Sends until the server closes the connection. Returns the server's reason.
async fn flood(raw: Raw, mut next: impl FnMut(u32) -> Vec<u8>) -> Option<u32> {
    let (mut read, mut write) = tokio::io::split(raw.stream);
    let sending = async move {
        use tokio::io::AsyncWriteExt;
        for number in 0.. {
            if write.write_all(&next(number)).await.is_err() {
                return;
            }
        }
    };
    let reading = async move {
        use tokio::io::AsyncReadExt;
        let mut reason = None;
        let mut head = [0; 9];
        while read.read_exact(&mut head).await.is_ok() {
            let len = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; len as usize];
            if read.read_exact(&mut payload).await.is_err() {
                break;
            }
            if head[3] == frames::GOAWAY {
                reason = Some(u32::from_be_bytes(payload[4..8].try_into().unwrap()));
            }
        }
        reason
    };
    let (reason, ()) = soon("the end", async { tokio::join!(reading, sending) }).await;
    reason
}

#[tokio::test]
async fn rapid_resets_end_the_connection() {
    let (server, called) = counted();
    let served = serve(server);
    let raw = Raw::connect(served.addr, &[]).await;
    let reason = flood(raw, |number| {
        let stream = 2 * number + 1;
        let request = frame(HEADERS, FLAGS, stream, frames::GET);
        [request, frame(RST_STREAM, 0, stream, &[0, 0, 0, 8])].concat()
    });
    let reason = reason.await;
    assert!(
        matches!(reason, None | Some(ENHANCE_YOUR_CALM)),
        "{reason:?}"
    );
    assert!(called.get() < 2000, "{}", called.get());
    is_served(&served).await;
}

#[tokio::test]
async fn endless_continuations_end_the_connection() {
    let (server, called) = counted();
    let served = serve(server);
    let raw = Raw::connect(served.addr, &[]).await;
    let reason = flood(raw, |number| match number {
        0 => frame(HEADERS, END_STREAM, 1, frames::GET),
        _ => frame(CONTINUATION, 0, 1, &[]),
    });
    let reason = reason.await;
    assert!(
        matches!(reason, None | Some(ENHANCE_YOUR_CALM)),
        "{reason:?}"
    );
    assert_eq!(called.get(), 0);
    is_served(&served).await;
}

#[tokio::test]
async fn control_frames_are_read_and_discarded() {
    const FRAMES: u32 = 20_000;
    for kind in [SETTINGS, PING, PRIORITY] {
        let (server, called) = counted();
        let served = serve(server);
        let raw = Raw::connect(served.addr, &[]).await;
        let (mut read, mut write) = tokio::io::split(raw.stream);
        let sending = async {
            use tokio::io::AsyncWriteExt;
            for number in 0..FRAMES {
                let frame = match kind {
                    PING => frame(PING, 0, 0, &u64::from(number).to_be_bytes()),
                    SETTINGS => frame(SETTINGS, 0, 0, &[]),
                    _ => frame(PRIORITY, 0, 2 * number + 1, &[0, 0, 0, 0, 1]),
                };
                if write.write_all(&frame).await.is_err() {
                    return;
                }
            }
            let last = frame(PING, 0, 0, b"the last");
            let _ = write.write_all(&last).await;
            let _ = write.flush().await;
        };
        let reading = async {
            use tokio::io::AsyncReadExt;
            // The loop ends with the response to the last frame, or when the server closes the connection.
            let mut received = Vec::new();
            while !received.ends_with(b"the last") {
                received.drain(..received.len().saturating_sub(8));
                if read.read_buf(&mut received).await.unwrap_or(0) == 0 {
                    break;
                }
            }
        };
        let both = async { tokio::join!(sending, reading, is_served(&served)) };
        soon("the last frame", both).await;
        assert_eq!(called.get(), 0);
    }
}

#[tokio::test]
async fn streams_beyond_the_limit_are_refused() {
    let (server, called) = counted();
    let served = serve(server);
    let mut raw = Raw::connect(served.addr, &[]).await;
    // `:path` is `/wait`.
    let wait = [&[0x82, 0x86, 0x04, 5][..], b"/wait", &[1, 1, b'a']].concat();
    let mut bytes = Vec::new();
    for number in 0..200 {
        bytes.extend(frame(HEADERS, FLAGS, 2 * number + 1, &wait));
    }
    raw.send(&bytes).await;
    for _ in 128..200 {
        assert_eq!(raw.next(RST_STREAM).await.payload[3], 7);
    }
    called.reaches(128).await;
    assert_eq!(called.get(), 128);
    is_served(&served).await;
}

#[tokio::test]
async fn a_thousand_streams_that_are_not_read_hold_bounded_memory() {
    let written = Counter::default();
    let count = written.clone();
    let server = http::create_server(move |req: Request, mut res: Response| {
        let count = count.clone();
        async move {
            if req.url == "/normal" {
                return Ok(res.send("hello"));
            }
            loop {
                res.write(vec![0; 16 * 1024]).await?;
                count.add();
            }
            #[expect(
                unreachable_code,
                reason = "this expression determines the type of the block"
            )]
            Ok::<_, Error>(res.end())
        }
    });
    let served = serve(server);
    let mut clients = Vec::new();
    for _ in 0..10 {
        // The window of a stream has the maximum size, but that of the connection does not.
        let mut raw = Raw::connect(served.addr, &[0, 4, 0x7f, 0xff, 0xff, 0xff]).await;
        let mut bytes = Vec::new();
        for number in 0..100 {
            bytes.extend(frame(HEADERS, FLAGS, 2 * number + 1, frames::GET));
        }
        raw.send(&bytes).await;
        clients.push(raw);
    }
    let mut before = usize::MAX;
    while before != written.get() || before == 0 {
        before = written.get();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        is_served(&served).await;
    }
    // Each handler may write this much ahead, including the data that h2 buffers.
    let per_stream = before * 16 * 1024 / 1000;
    assert!(per_stream <= 256 * 1024, "{per_stream} bytes");
}

#[tokio::test]
async fn unread_bodies_of_slow_clients_do_not_block_other_clients() {
    let (server, called) = counted();
    let served = serve(server);
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut raw = Raw::connect(served.addr, &[]).await;
        let wait = [&[0x83, 0x86, 0x04, 5][..], b"/wait", &[1, 1, b'a']].concat();
        raw.send(&frame(HEADERS, END_HEADERS, 1, &wait)).await;
        raw.send(&frame(frames::DATA, 0, 1, b"s")).await;
        slow.push(raw);
    }
    called.reaches(50).await;
    is_served(&served).await;
}
