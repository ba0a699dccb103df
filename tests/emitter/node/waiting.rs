//! The functions `events.once` and `events.on`.

use std::io;
use std::pin::pin;
use std::task::Poll;

use onward::events::{self, Emitter};

use crate::support::{Log, poll};
use crate::{Text, emitter};

onward::events! {
    Disk {
        Written(u32),
        Error(io::Error),
    }
}

#[tokio::test]
async fn once_promise() {
    let e = emitter();
    tokio::spawn(async { e.emit(Text, "1, 2") });
    assert_eq!(events::once(e, Text).await.unwrap(), "1, 2");
    assert_eq!(e.listener_count(Text), 0);
}

#[tokio::test]
async fn once_promise_error() {
    let (e, o) = (Emitter::<Disk>::new(), Log::new());
    let written = events::once(&e, Written);
    assert_eq!(e.event_names(), ["Error", "Written"]);
    e.emit_error(io::Error::other("bad")).expect("a listener");
    assert_eq!(e.event_names().len(), 0);
    o.push(format!("rejected {}", written.await.unwrap_err()));
    let error = events::once_with(&e, Error, ToString::to_string);
    e.emit_error(io::Error::other("wanted"))
        .expect("a listener");
    o.push(format!("resolved {}", error.await.unwrap()));
    assert_eq!(o.take(), ["rejected bad", "resolved wanted"]);
}

/// Dropping the future replaces Node's `AbortSignal`.
#[test]
fn once_promise_abort() {
    let e = Emitter::<Disk>::new();
    let written = events::once(&e, Written);
    assert_eq!(e.event_names().len(), 2);
    drop(written);
    assert_eq!(e.event_names().len(), 0);
}

#[test]
fn once_promise_misses() {
    let e = emitter();
    let first = pin!(events::once(e, Text));
    e.emit(Text, "1");
    e.emit(Text, "2");
    assert_eq!(poll(first), Poll::Ready(Ok("1".to_owned())));
    assert_eq!(poll(pin!(events::once(e, Text))), Poll::Pending);
}

#[tokio::test]
async fn on_iterator() {
    let (e, o) = (Emitter::<Disk>::new(), Log::new());
    let mut written = events::on(&e, Written);
    e.emit(Written, &1);
    e.emit(Written, &2);
    while let Some(bytes) = written.next().await {
        let bytes = bytes.unwrap();
        o.push(bytes);
        match bytes {
            2 => drop(e.emit(Written, &3)),
            3 => break,
            _ => {}
        }
    }
    drop(written);
    assert_eq!(o.take(), ["1", "2", "3"]);
    assert_eq!(e.event_names().len(), 0);
}
