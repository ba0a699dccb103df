//! The option `captureRejections`, which is always on in Onward.

use std::io;

use onward::events::{Emitter, ListenerFailed};
use tokio::sync::mpsc;

use crate::support::Log;

onward::events! {
    Disk {
        Written,
        Error(io::Error),
    }
}

#[tokio::test]
async fn capture_rejections() {
    let (e, o) = (Emitter::<Disk>::new(), Log::new());
    let (sender, mut receiver) = mpsc::channel(1);
    e.on_async(Written, move |_| async move {
        tokio::task::yield_now().await;
        Err(io::Error::other("rej"))
    });
    e.on(Error, move |error| {
        o.push(format!("error {error}"));
        sender.try_send(()).unwrap();
    });
    e.emit(Written, &());
    o.push("emit returned");
    receiver.recv().await;
    assert_eq!(o.take(), ["emit returned", "error rej"]);
}

/// Node's `unhandledRejection` is `ListenerFailed` here.
#[tokio::test]
async fn capture_rejections_in_error() {
    let (e, o) = (Emitter::<Disk>::new(), Log::new());
    let (sender, mut receiver) = mpsc::channel(1);
    e.on_async(Error, move |_| async move {
        o.push("error listener");
        tokio::task::yield_now().await;
        Err(io::Error::other("again"))
    });
    e.on(ListenerFailed, move |failure| {
        o.push(failure);
        sender.try_send(()).unwrap();
    });
    e.emit_error(io::Error::other("x")).expect("a listener");
    receiver.recv().await;
    assert_eq!(
        o.take(),
        [
            "error listener",
            "error listener",
            "unhandled error of an async listener of `Error`: again"
        ]
    );
}
