//! A thousand followers, through restarts of their server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use onward::prelude::*;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::client::{Follower, server};
use crate::served::{serve, soon};

const FOLLOWERS: usize = 1000;

/// Does what a browser does: connects, reads, and reconnects with the id of the last event. Returns the numbers
/// received, and how many gaps there were.
async fn browse(mut addr: watch::Receiver<SocketAddr>, last: u64) -> (Vec<u64>, usize) {
    let (mut numbers, mut gaps, mut last_id) = (Vec::new(), 0, None);
    loop {
        let at = *addr.borrow_and_update();
        let Some(mut follower) = Follower::connect(at, last_id.clone()).await else {
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        while let Some(event) = follower.event().await {
            last_id.clone_from(&follower.last_id);
            match &*event.name {
                "gap" => gaps += 1,
                _ => numbers.push(event.data.parse().unwrap()),
            }
            if numbers.last() == Some(&last) {
                return (numbers, gaps);
            }
        }
        last_id.clone_from(&follower.last_id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_followers_get_each_event_once_through_restarts() {
    let live = Live::new(100_000);
    let mut served = serve(server(&live));
    let (addr, addrs) = watch::channel(served.addr);
    let last = 400;
    let mut followers = JoinSet::new();
    for _ in 0..FOLLOWERS {
        followers.spawn(browse(addrs.clone(), last));
    }
    soon("the followers", async {
        while live.followers() < FOLLOWERS {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let number = Arc::new(AtomicU64::new(0));
    let is_done = Arc::new(AtomicBool::new(false));
    let emitting = tokio::spawn({
        let (live, number, is_done) = (live.clone(), Arc::clone(&number), Arc::clone(&is_done));
        async move {
            while !is_done.load(Ordering::Relaxed) {
                live.send("Number", &number.fetch_add(1, Ordering::Relaxed))
                    .unwrap();
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
    });
    for _ in 0..3 {
        let begun = number.load(Ordering::Relaxed);
        while number.load(Ordering::Relaxed) < begun + 20 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        served.server.close();
        served.closed().await;
        assert_eq!(live.followers(), 0);
        served = serve(server(&live));
        addr.send_replace(served.addr);
    }
    while number.load(Ordering::Relaxed) <= last {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    is_done.store(true, Ordering::Relaxed);
    emitting.await.unwrap();
    let expected: Vec<u64> = (0..=last).collect();
    while let Some(follower) = soon("a follower", followers.join_next()).await {
        let (numbers, gaps) = follower.unwrap();
        assert_eq!(gaps, 0);
        assert!(numbers == expected, "lost or duplicated: {numbers:?}");
    }
}

/// A program that is started again has different ids.
#[tokio::test]
async fn followers_of_an_earlier_program_get_a_gap() {
    let before = Live::new(100);
    let served = serve(server(&before));
    let mut follower = Follower::connect(served.addr, None).await.unwrap();
    before.send("Number", &0).unwrap();
    assert_eq!(follower.number().await, 0);
    served.server.close();
    served.closed().await;

    let after = Live::new(100);
    for number in 0..10 {
        after.send("Number", &number).unwrap();
    }
    let served = serve(server(&after));
    let mut resumed = Follower::connect(served.addr, follower.last_id)
        .await
        .unwrap();
    assert_eq!(resumed.event().await.unwrap().name, "gap");
    after.send("Number", &10).unwrap();
    assert_eq!(resumed.number().await, 10);
}
