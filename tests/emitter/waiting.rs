//! `events::once` and `events::on`, beyond the behaviors recorded from Node.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_core::Stream;
use onward::events::{self, Emitter, MaxListenersExceeded, NewListener, WaitError};

use crate::support::poll;
use crate::{Letters, Text, X, emitter};

onward::events! {
    Disk {
        Written(u32),
        Error(str),
    }
}

/// A waker that counts how often it is woken.
#[derive(Default)]
struct WakeCounter(AtomicUsize);

impl Wake for WakeCounter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn the_task_that_polled_last_is_woken() {
    let e = emitter();
    let (first, last) = (
        Arc::new(WakeCounter::default()),
        Arc::new(WakeCounter::default()),
    );
    let mut text = pin!(events::once(e, Text));
    for counter in [&first, &last] {
        let waker = Waker::from(Arc::clone(counter));
        let polled = text.as_mut().poll(&mut Context::from_waker(&waker));
        assert_eq!(polled, Poll::Pending);
    }
    e.emit(Text, "now");
    assert_eq!(first.0.load(Ordering::Relaxed), 0);
    assert_eq!(last.0.load(Ordering::Relaxed), 1);
    assert_eq!(poll(text.as_mut()), Poll::Ready(Ok("now".to_owned())));
    assert_eq!(poll(text.as_mut()), Poll::Pending);
}

#[test]
fn an_event_before_the_first_poll_is_received() {
    let e = emitter();
    let event = pin!(events::once(e, X));
    e.emit(X, &());
    assert_eq!(poll(event), Poll::Ready(Ok(())));
}

#[test]
fn a_completed_once_no_longer_listens_to_errors() {
    let e = Emitter::<Disk>::new();
    let written = pin!(events::once(&e, Written));
    e.emit(Written, &1);
    assert_eq!(e.emit_error("later"), Err("later"));
    assert_eq!(poll(written), Poll::Ready(Ok(1)));
}

#[test]
fn removed_listeners_and_a_dropped_emitter_end_once_and_on() {
    let e = Emitter::<Disk>::new();
    let (mut once, mut on) = (events::once(&e, Written), events::on(&e, Written));
    e.emit(Written, &1);
    let (mut late_once, mut late_on) = (events::once(&e, Written), events::on(&e, Written));
    e.remove_all_listeners_of(Written);
    assert_eq!(poll(Pin::new(&mut once)), Poll::Ready(Ok(1)));
    assert_eq!(
        poll(Pin::new(&mut late_once)),
        Poll::Ready(Err(WaitError::Removed))
    );
    assert_eq!(poll(pin!(on.next())), Poll::Ready(Some(Ok(1))));
    assert_eq!(poll(pin!(on.next())), Poll::Ready(None));
    assert_eq!(poll(pin!(late_on.next())), Poll::Ready(None));

    let (mut once, mut on) = (events::once(&e, Written), events::on(&e, Written));
    drop(e);
    assert_eq!(
        poll(Pin::new(&mut once)),
        Poll::Ready(Err(WaitError::Removed))
    );
    assert_eq!(poll(pin!(on.next())), Poll::Ready(None));
}

#[test]
fn a_stream_ends_with_the_error() {
    let e = Emitter::<Disk>::new();
    let mut written = events::on(&e, Written);
    e.emit(Written, &1);
    e.emit_error("full").expect("a listener");
    e.emit(Written, &2);
    let all: Vec<_> = std::iter::from_fn(|| match poll(pin!(written.next())) {
        Poll::Ready(item) => item,
        Poll::Pending => panic!("the stream has ended"),
    })
    .collect();
    assert_eq!(all, [Ok(1), Err(WaitError::Error("full".to_owned()))]);
    assert_eq!(e.emit_error("again"), Err("again"));
}

#[test]
fn errors_do_not_end_a_stream_of_errors() {
    let e = Emitter::<Disk>::new();
    let mut errors = events::on(&e, Error);
    assert_eq!(e.listener_count(Error), 1);
    for error in ["one", "two"] {
        e.emit_error(error).expect("a listener");
        assert_eq!(
            poll(pin!(errors.next())),
            Poll::Ready(Some(Ok(error.to_owned())))
        );
    }
}

#[test]
fn a_full_stream_reports_the_number_of_missed_events_in_order() {
    let e = Emitter::<Disk>::new();
    let mut written = events::on(&e, Written).bounded(2);
    let mut next = || poll(pin!(written.next()));
    (1..=5).for_each(|n| assert!(e.emit(Written, &n)));
    assert_eq!(next(), Poll::Ready(Some(Ok(1))));
    assert_eq!(next(), Poll::Ready(Some(Ok(2))));
    e.emit(Written, &6);
    assert_eq!(next(), Poll::Ready(Some(Err(WaitError::Missed(3)))));
    assert_eq!(next(), Poll::Ready(Some(Ok(6))));
    assert_eq!(next(), Poll::Pending);
}

#[test]
fn a_stream_of_new_listener_does_not_report_its_own_listener() {
    let e = Emitter::<Disk>::new();
    let mut changes = events::on(&e, NewListener);
    assert_eq!(poll(pin!(changes.next())), Poll::Pending);
    e.on(Written, |_| {});
    let Poll::Ready(Some(Ok(change))) = poll(pin!(changes.next())) else {
        panic!("a change")
    };
    assert_eq!(change.event, "Written");
}

#[test]
fn listeners_of_once_and_on_count_for_the_leak_warning() {
    let e = emitter();
    e.set_max_listeners(1);
    let exceeded = pin!(events::once(e, MaxListenersExceeded));
    let _both = (events::once(e, X), events::once(e, X));
    assert!(poll(exceeded).is_ready());
}

#[test]
fn payloads_that_are_not_clone_are_mapped() {
    onward::events! { Cells { Changed(std::cell::Cell<u32>) } }

    let e = Emitter::<Cells>::new();
    let kept = pin!(events::once_with(&e, Changed, |cell| cell.get()));
    let mut all = events::on_with(&e, Changed, std::cell::Cell::get);
    e.emit(Changed, &std::cell::Cell::new(3));
    assert_eq!(poll(kept), Poll::Ready(Ok(3)));
    assert_eq!(poll(pin!(all.next())), Poll::Ready(Some(Ok(3))));
}

#[test]
fn on_implements_stream() {
    fn is_stream<S: Stream<Item = Result<String, WaitError>> + Send + 'static>(
        mut stream: S,
    ) -> bool {
        let stream = std::pin::pin!(&mut stream);
        let _ = stream.size_hint();
        true
    }
    let e = Emitter::<Letters>::new();
    assert!(is_stream(events::on(&e, Text)));
}

#[tokio::test]
async fn once_and_on_may_be_moved_into_a_task() {
    let e = Emitter::<Letters>::new();
    let once = tokio::spawn(events::once(&e, Text));
    let mut on = events::on(&e, Text);
    let on = tokio::spawn(async move { on.next().await });
    e.emit(Text, "here");
    assert_eq!(once.await.expect("the task ran"), Ok("here".to_owned()));
    assert_eq!(on.await.expect("the task ran"), Some(Ok("here".to_owned())));
}

/// The functions accept a server, which dereferences to its emitter.
#[tokio::test]
async fn events_of_a_server_can_be_awaited() {
    use onward::http;
    use onward::prelude::*;

    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let listening = events::once(&server, event::Listening);
    let serving = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    assert!(
        listening
            .await
            .expect("the server listens")
            .to_string()
            .contains("127.0.0.1")
    );
    let closed = events::once(&server, event::Close);
    server.close();
    assert_eq!(closed.await, Ok(()));
    serving.await.expect("the task ran").expect("no error");
}
