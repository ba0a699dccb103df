//! Events that the feed writes to the connection of a follower while the connection's task waits.

use std::sync::{Arc, Mutex};

use onward::http::event;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Follower, server};
use crate::served::{serve, soon};

/// Decodes the body of a chunked response.
fn decode(mut coded: &str) -> String {
    let mut body = String::new();
    loop {
        let (size, rest) = coded.split_once("\r\n").unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        body.push_str(&rest[..size]);
        coded = rest[size..].strip_prefix("\r\n").unwrap();
        if size == 0 {
            return body;
        }
    }
}

#[tokio::test]
async fn events_that_the_feed_writes_are_counted() {
    let live = Live::new(8);
    let server = server(&live);
    let counts = Arc::new(Mutex::new(None));
    let finished = Arc::clone(&counts);
    server.on(event::Finish, move |it| {
        *finished.lock().unwrap() = Some((it.response_bytes, it.socket.bytes_written()));
    });
    let served = serve(server);
    let mut stream = TcpStream::connect(served.addr).await.unwrap();
    let request = b"GET /live HTTP/1.1\r\nhost: a\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut received = String::new();
    for number in 0..20 {
        // The first read returns the headers.
        read_some(&mut stream, &mut received).await;
        live.send("Number", &number).unwrap();
    }
    while !received.contains("data: 19\n") {
        read_some(&mut stream, &mut received).await;
    }
    served.server.close();
    soon("the end", stream.read_to_string(&mut received))
        .await
        .unwrap();
    served.closed().await;
    let (_, coded) = received.split_once("\r\n\r\n").unwrap();
    let body = decode(coded);
    assert_eq!(body.matches("event: Number\n").count(), 20);
    let lengths = (body.len() as u64, received.len() as u64);
    assert_eq!(*counts.lock().unwrap(), Some(lengths));
}

async fn read_some(stream: &mut TcpStream, received: &mut String) {
    let mut buffer = [0; 4096];
    let len = soon("an event", stream.read(&mut buffer)).await.unwrap();
    assert!(len > 0);
    received.push_str(std::str::from_utf8(&buffer[..len]).unwrap());
}

/// The operating system accepts a part of a long event; the connection sends the rest.
#[tokio::test]
async fn a_long_event_is_whole_and_in_order() {
    const LENGTH: usize = 16 * 1024 * 1024;
    let live = Live::new(8);
    let served = serve(server(&live));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    for round in 0..2 {
        live.send("Number", &round).unwrap();
        assert_eq!(follower.number().await, round);
        live.send("Long", &"x".repeat(LENGTH)).unwrap();
        tokio::task::yield_now().await;
        live.send("Number", &(round + 10)).unwrap();
        let event = follower.event().await.unwrap();
        assert_eq!((&*event.name, event.data.len()), ("Long", LENGTH + 2));
        assert!(event.data[1..=LENGTH].bytes().all(|it| it == b'x'));
        assert_eq!(follower.number().await, round + 10);
    }
}

/// The events are written on several threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_follower_gets_each_event_once_while_threads_send() {
    const EVENTS: u64 = 400;
    let live = Live::new(4096);
    let served = serve(server(&live));
    let mut followers = Vec::new();
    for _ in 0..70 {
        followers.push(Follower::connect(served.addr, None).await.unwrap());
    }
    while live.followers() < followers.len() {
        tokio::task::yield_now().await;
    }
    let reading: Vec<_> = followers
        .into_iter()
        .map(|mut follower| {
            tokio::spawn(async move {
                let mut numbers = Vec::new();
                while numbers.len() < EVENTS as usize {
                    numbers.push(follower.number().await);
                }
                numbers
            })
        })
        .collect();
    let sending = (0..4).map(|sender| {
        let live = live.clone();
        tokio::spawn(async move {
            for number in 0..EVENTS / 4 {
                live.send("Number", &(number * 4 + sender)).unwrap();
                tokio::task::yield_now().await;
            }
        })
    });
    for sending in sending.collect::<Vec<_>>() {
        sending.await.unwrap();
    }
    let mut first = None;
    for reading in reading {
        let numbers = reading.await.unwrap();
        let first = first.get_or_insert_with(|| numbers.clone());
        assert_eq!(*first, numbers);
        let mut sorted = numbers;
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..EVENTS));
    }
}
