//! The events that followers receive, and the cost of followers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onward::events::Emitter;
use onward::http;
use onward::live::{EventStream, SseEvent};
use onward::prelude::*;
use serde::{Serialize, Serializer};

use crate::client::{FeedEvents, Follower, Number, Received, server};
use crate::served::{serve, soon};

async fn until(what: &str, condition: impl Fn() -> bool) {
    soon(what, async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn events_of_an_emitter_are_json_with_a_name_and_an_id() {
    let feed = Emitter::<FeedEvents>::new();
    let live = Live::new(8).forward(&feed, Number);
    let served = serve(server(&live));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    for line in [
        "content-type: text/event-stream",
        "cache-control: no-store",
        "x-accel-buffering: no",
    ] {
        assert!(
            follower.head.lines().any(|it| it == line),
            "{}",
            follower.head
        );
    }
    // The first line is an id without data, so that even a client that receives no event can resume.
    let first = follower.line().await.unwrap();
    assert!(
        first.starts_with("id: ") && first.ends_with("-0"),
        "{first}"
    );
    feed.emit(Number, &7);
    live.send("text\r\nid: forged", "line 1\nline 2").unwrap();
    let event = |name: &str, data: &str| Received {
        name: name.to_owned(),
        data: data.to_owned(),
    };
    assert_eq!(follower.event().await, Some(event("Number", "7")));
    assert_eq!(
        follower.event().await,
        Some(event("textid: forged", r#""line 1\nline 2""#))
    );
    assert!(follower.last_id.unwrap().ends_with("-2"));
}

#[derive(Clone)]
struct Counted(Arc<AtomicUsize>);

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.fetch_add(1, Ordering::Relaxed);
        serializer.serialize_u8(7)
    }
}

#[tokio::test]
async fn an_event_is_serialized_once_for_all_followers() {
    let live = Live::new(8);
    let served = serve(server(&live));
    let mut followers = Vec::new();
    for _ in 0..50 {
        followers.push(Follower::connect(served.addr, None).await.unwrap());
    }
    until("the followers", || live.followers() == 50).await;
    let counted = Counted(Arc::default());
    live.send("counted", &counted).unwrap();
    for follower in &mut followers {
        assert_eq!(follower.event().await.unwrap().data, "7");
    }
    assert_eq!(counted.0.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_follower_that_disconnects_is_released_at_once() {
    let live = Live::new(8);
    let served = serve(server(&live));
    for resets in [false, true] {
        let follower = Follower::connect(served.addr, None).await.unwrap();
        until("the follower", || live.followers() == 1).await;
        match resets {
            true => follower.reset(),
            false => drop(follower),
        }
        until("its end", || live.followers() == 0).await;
    }
}

#[tokio::test]
async fn a_closing_server_sends_all_emitted_events_before_it_ends_followers() {
    let live = Live::new(8);
    let served = serve(server(&live));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    until("the follower", || live.followers() == 1).await;
    live.send("Number", &1).unwrap();
    served.server.close();
    assert_eq!(follower.number().await, 1);
    assert_eq!(follower.event().await, None);
    served.closed().await;
    assert_eq!(live.followers(), 0);
}

#[tokio::test]
async fn a_client_that_was_away_too_long_gets_a_gap_and_the_events_after_it() {
    let live = Live::new(4);
    let served = serve(server(&live));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    live.send("Number", &0).unwrap();
    assert_eq!(follower.number().await, 0);
    let last_id = follower.last_id.clone();
    drop(follower);
    for number in 1..=4 {
        live.send("Number", &number).unwrap();
    }
    // Four events were missed, and four are stored.
    let mut resumed = Follower::connect(served.addr, last_id.clone())
        .await
        .unwrap();
    for number in 1..=4 {
        assert_eq!(resumed.number().await, number);
    }
    live.send("Number", &5).unwrap();
    let mut late = Follower::connect(served.addr, last_id).await.unwrap();
    assert_eq!(late.event().await.unwrap().name, "gap");
    let after_gap = late.last_id.clone();
    live.send("Number", &6).unwrap();
    assert_eq!(late.number().await, 6);
    // The client can also resume from the id of the gap.
    let mut again = Follower::connect(served.addr, after_gap).await.unwrap();
    assert_eq!(again.number().await, 6);
}

#[tokio::test]
async fn a_foreign_id_gets_a_gap() {
    let live = Live::new(4);
    let served = serve(server(&live));
    let own = Follower::connect(served.addr, None)
        .await
        .unwrap()
        .event_id()
        .await;
    let (epoch, _) = own.split_once('-').unwrap();
    for id in [
        "",
        "-",
        "x",
        "0-0",
        "1",
        &format!("{epoch}-"),
        &format!("{epoch}-1"),
        &format!("{epoch}--1"),
        &format!("{epoch}-18446744073709551615"),
        &format!("{epoch}-99999999999999999999999"),
    ] {
        let mut follower = Follower::connect(served.addr, Some(id.to_owned()))
            .await
            .unwrap();
        assert_eq!(follower.event().await.unwrap().name, "gap", "{id}");
        assert_eq!(follower.last_id.unwrap(), own, "{id}");
    }
}

impl Follower {
    async fn event_id(mut self) -> String {
        let line = self.line().await.unwrap();
        line.strip_prefix("id: ").unwrap().to_owned()
    }
}

/// A follower stores no events, so the events that it misses become a gap.
#[tokio::test]
async fn a_follower_that_does_not_read_loses_events_and_gets_a_gap() {
    let live = Live::new(16);
    let served = serve(server(&live));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    until("the follower", || live.followers() == 1).await;
    let padding = "x".repeat(10_000);
    for number in 0..3000 {
        live.send("Number", &format!("{number} {padding}")).unwrap();
        if number % 10 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let (mut events, mut gaps, mut next) = (0, 0, 0);
    live.send("Last", &0).unwrap();
    loop {
        let event = follower.event().await.unwrap();
        match &*event.name {
            "Last" => break,
            "gap" => {
                gaps += 1;
                next = 0;
                // The gap may include `Last`, so `Last` is sent again.
                live.send("Last", &0).unwrap();
            }
            _ => {
                let number: u64 = event.data[1..].split(' ').next().unwrap().parse().unwrap();
                assert!(next == 0 || number == next, "{number} after {next}");
                next = number + 1;
                events += 1;
            }
        }
    }
    assert!(gaps >= 1 && events < 3000, "{gaps} gaps, {events} events");
}

#[tokio::test]
async fn silence_is_interrupted_by_comments() {
    let live = Live::new(4);
    let feed = live.clone();
    let server = http::create_server(move |req, res| {
        let follow = feed.follow(&req).keep_alive(Duration::from_millis(40));
        async move { res.send(follow.retry(Duration::from_millis(700))) }
    });
    let served = serve(server);
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    assert_eq!(follower.line().await.unwrap(), "retry: 700");
    follower.line().await;
    follower.line().await;
    for _ in 0..3 {
        assert_eq!(soon("a comment", follower.line()).await.unwrap(), ":");
        assert_eq!(follower.line().await.unwrap(), "");
    }
}

#[tokio::test]
async fn a_handler_writes_events_itself() {
    let server = http::create_server(|_req, res| async move {
        let mut events = EventStream::new(res);
        events.send(SseEvent::new("one").id(1).data("a\nb")).await?;
        events.keep_alive().await?;
        events.send(SseEvent::message("two")).await?;
        Ok::<_, Error>(events.end())
    });
    let served = serve(server);
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    let mut lines = Vec::new();
    while let Some(line) = follower.line().await {
        lines.push(line);
    }
    assert_eq!(
        lines,
        [
            "event: one",
            "id: 1",
            "data: a",
            "data: b",
            "",
            ":",
            "",
            "data: two",
            ""
        ]
    );
}

#[tokio::test]
async fn head_has_no_body_and_leaves_no_follower() {
    let live = Live::new(4);
    let served = serve(server(&live));
    let mut stream = tokio::net::TcpStream::connect(served.addr).await.unwrap();
    let request = b"HEAD /live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut stream, request)
        .await
        .unwrap();
    let mut response = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut response)
        .await
        .unwrap();
    assert!(
        response.starts_with("HTTP/1.1 200 ") && response.ends_with("\r\n\r\n"),
        "{response}"
    );
    assert_eq!(live.followers(), 0);
}
