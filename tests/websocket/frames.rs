//! Frames, valid and hostile, at every byte position.

use std::sync::{Arc, Mutex};

use onward::websocket::{WebSocketError, WebSocketOptions, event};

use crate::client::{
    BINARY, CLOSE, Client, FIN, PING, PONG, TEXT, close_frame, closed, echo, frame, server,
};

const LIMIT: usize = 1000;

fn options() -> WebSocketOptions {
    WebSocketOptions::new().max_message_size(LIMIT)
}

/// Sends the bytes in two parts, split at every position, and returns the frames that the server sends. The frames must
/// be the same for every position.
async fn at_every_position(bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let server = echo(options());
    let mut all = Vec::new();
    for at in 0..=bytes.len() {
        let mut client = Client::in_memory(&server).await;
        client.send(&bytes[..at]).await;
        // The server handles the first part.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        client.send(&bytes[at..]).await;
        all.push(client.rest().await);
    }
    let first = all[0].clone();
    for (at, frames) in all.iter().enumerate() {
        assert_eq!(*frames, first, "split at {at}");
    }
    first
}

#[tokio::test]
async fn messages_are_the_same_wherever_they_are_split() {
    let mut bytes = frame(TEXT, "h\u{e9}llo \u{1f600}".as_bytes());
    bytes.extend(frame(PING, b"are you there"));
    bytes.extend(frame(0x01, "one \u{e9}".as_bytes()));
    bytes.extend(frame(PING, b""));
    bytes.extend(frame(0x00, b" two"));
    bytes.extend(frame(FIN, b" three"));
    bytes.extend(frame(PONG, b"nobody asked"));
    bytes.extend(frame(BINARY, &[0xff; 130]));
    bytes.extend(close_frame(1000));
    let expected = vec![
        (TEXT, "h\u{e9}llo \u{1f600}".as_bytes().to_vec()),
        (PONG, b"are you there".to_vec()),
        (PONG, b"".to_vec()),
        (TEXT, "one \u{e9} two three".as_bytes().to_vec()),
        (BINARY, vec![0xff; 130]),
        (CLOSE, 1000u16.to_be_bytes().to_vec()),
    ];
    assert_eq!(at_every_position(&bytes).await, expected);
}

/// Returns violations of the protocol, each with the code that the client receives.
fn hostile() -> Vec<(&'static str, Vec<u8>, u16)> {
    let unmasked = |first: u8, payload: &[u8]| {
        let mut frame = vec![first, payload.len() as u8];
        frame.extend(payload);
        frame
    };
    let long = |first: u8, len: u64| {
        let mut frame = vec![first, 0xff];
        frame.extend(len.to_be_bytes());
        frame.extend([1, 2, 3, 4]);
        frame
    };
    let mut rows = vec![
        ("not masked", unmasked(TEXT, b"hello"), 1002),
        ("a ping that is not masked", unmasked(PING, b""), 1002),
        ("a continuation without a start", frame(FIN, b"x"), 1002),
        (
            "a message inside another",
            [frame(0x01, b"a"), frame(TEXT, b"b")].concat(),
            1002,
        ),
        ("a fragmented ping", frame(0x09, b"a"), 1002),
        ("a fragmented close", frame(0x08, b""), 1002),
        ("a long ping", frame(PING, &[b'a'; 126]), 1002),
        ("a long close", frame(CLOSE, &[3; 126]), 1002),
        ("a close of one byte", frame(CLOSE, b"x"), 1002),
        (
            "a close whose reason is not UTF-8",
            frame(CLOSE, b"\x03\xe8\xff"),
            1002,
        ),
        (
            "a length that is not minimal",
            vec![TEXT, 0xfe, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9],
            1002,
        ),
        ("a long length that is not minimal", long(TEXT, 500), 1002),
        (
            "a length with its highest bit set",
            long(TEXT, 1 << 63),
            1009,
        ),
        ("the longest length", long(TEXT, u64::MAX), 1009),
        ("a length above the limit", long(BINARY, 70_000), 1009),
        (
            "a message above the limit",
            frame(TEXT, &[b'a'; LIMIT + 1]),
            1009,
        ),
        (
            "fragments above the limit",
            [frame(0x01, &[b'a'; LIMIT]), frame(FIN, b"a")].concat(),
            1009,
        ),
        ("text that is not UTF-8", frame(TEXT, b"a\xffb"), 1007),
        ("truncated UTF-8", frame(TEXT, b"\xe2\x82"), 1007),
        ("a surrogate", frame(TEXT, b"\xed\xa0\x80"), 1007),
        ("overlong UTF-8", frame(TEXT, b"\xc0\xaf"), 1007),
        (
            "bad UTF-8 in a fragment",
            [frame(0x01, b"a\xc3"), frame(FIN, b"b")].concat(),
            1007,
        ),
    ];
    for bit in [0x40, 0x20, 0x10] {
        rows.push(("a reserved bit", frame(TEXT | bit, b"a"), 1002));
        rows.push(("a reserved bit of a ping", frame(PING | bit, b"a"), 1002));
    }
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        rows.push(("a reserved opcode", frame(FIN | opcode, b"a"), 1002));
    }
    for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
        rows.push(("a reserved close code", close_frame(code), 1002));
    }
    rows
}

#[tokio::test]
async fn a_violation_closes_with_its_code_wherever_it_is_split() {
    for (what, bytes, code) in hostile() {
        let mut sent = frame(TEXT, b"before");
        let before = sent.len();
        sent.extend(&bytes);
        sent.extend(frame(TEXT, b"after"));
        let server = echo(options());
        let positions = (before..=before + bytes.len().min(40)).chain([sent.len()]);
        for at in positions {
            let mut client = Client::in_memory(&server).await;
            client.send(&sent[..at]).await;
            tokio::task::yield_now().await;
            client.send(&sent[at..]).await;
            let mut frames = client.rest().await;
            let last = frames.pop();
            let found = last.as_ref().and_then(closed);
            // A reason that is not UTF-8 also causes a 1007.
            let is_expected = found == Some(code) || found == Some(1007) && what.contains("UTF-8");
            assert!(is_expected, "{what}, split at {at}: {last:?}");
            assert_eq!(
                frames,
                [(TEXT, b"before".to_vec())],
                "{what}, split at {at}"
            );
        }
    }
}

#[tokio::test]
async fn an_error_is_returned_and_emitted_once() {
    for (what, bytes, code) in hostile() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let server = server(options(), move |mut socket| {
            let log = Arc::clone(&log);
            let (errors, closes) = (Arc::clone(&log), Arc::clone(&log));
            socket.on(event::Error, move |error| {
                errors.lock().unwrap().push(format!("emitted {error:?}"))
            });
            socket.on(event::Close, move |frame| {
                closes.lock().unwrap().push(format!("close {}", frame.code))
            });
            async move {
                while let Some(message) = socket.next().await {
                    let error = message.unwrap_err();
                    log.lock().unwrap().push(format!("returned {error:?}"));
                    assert_eq!(matches!(error, WebSocketError::TooLarge), code == 1009);
                }
                Ok(())
            }
        });
        let mut client = Client::in_memory(&server).await;
        client.send(&bytes).await;
        let code = client.rest().await.last().and_then(closed).unwrap();
        drop(client);
        server.close();
        server.closed().await;
        let seen = seen.lock().unwrap().clone();
        let returned = seen.iter().filter(|it| it.starts_with("returned")).count();
        let emitted = seen.iter().filter(|it| it.starts_with("emitted")).count();
        let closes = seen.iter().filter(|it| it.starts_with("close")).count();
        assert_eq!((returned, emitted, closes), (1, 1, 1), "{what}: {seen:?}");
        assert!(
            seen.contains(&format!("close {code}")),
            "{what}, {code}: {seen:?}"
        );
    }
}

#[tokio::test]
async fn a_message_at_the_limit_is_accepted() {
    let server = echo(options());
    let mut client = Client::in_memory(&server).await;
    client.send(frame(TEXT, &[b'a'; LIMIT])).await;
    assert_eq!(client.receive().await, Some((TEXT, vec![b'a'; LIMIT])));
    client
        .send([frame(0x02, &[1; LIMIT - 1]), frame(FIN, &[2])].concat())
        .await;
    assert_eq!(client.receive().await.unwrap().1.len(), LIMIT);
}
