//! Async listeners.

use std::io;

use onward::events::{self, Emitter, FailureReason, ListenerFailed};
use tokio::task::yield_now;

use crate::support::Log;

onward::events! {
    Jobs {
        Started(str),
        Done(u32),
        Error(io::Error),
    }
}

onward::events! { Simple { Rung } }

fn jobs() -> &'static Emitter<Jobs> {
    Box::leak(Box::default())
}

#[tokio::test]
async fn async_listeners_are_polled_once_in_listener_order() {
    let (e, o) = (jobs(), Log::new());
    let mut done = events::on(e, Done);
    e.on(Started, |_| o.push("first"));
    e.on_async(Started, move |name| {
        o.push(format!("second creates the future for {name}"));
        let name = name.to_owned();
        async move {
            o.push("second runs");
            yield_now().await;
            o.push(format!("second continues with {name}"));
            e.emit(Done, &2);
        }
    });
    e.on(Started, |_| o.push("third"));
    e.emit(Started, "job");
    o.push("emit returned");
    assert_eq!(done.next().await, Some(Ok(2)));
    assert_eq!(
        o.take(),
        [
            "first",
            "second creates the future for job",
            "second runs",
            "third",
            "emit returned",
            "second continues with job"
        ]
    );
}

#[tokio::test]
async fn a_one_time_listener_runs_once_and_may_consume_what_it_captured() {
    let e = jobs();
    let mut done = events::on(e, Done);
    let consumed = vec![7];
    e.once_async(Started, move |_| async move {
        yield_now().await;
        e.emit(Done, &consumed.into_iter().sum());
    });
    assert!(e.emit(Started, ""));
    assert!(!e.emit(Started, ""));
    assert_eq!(done.next().await, Some(Ok(7)));
}

#[tokio::test]
async fn errors_are_converted_and_emitted_with_the_monitor_first() {
    let (e, o) = (jobs(), Log::new());
    e.on(events::ErrorMonitor, |_| o.push("monitor"));
    e.on(Error, |error| o.push(error));
    e.on_async(Started, move |name| {
        let name = name.to_owned();
        async move {
            let number: u32 = name.parse().map_err(io::Error::other)?;
            o.push(number);
            Ok(())
        }
    });
    e.emit(Started, "7");
    e.emit(Started, "seven");
    assert_eq!(o.take(), ["7", "monitor", "invalid digit found in string"]);
}

#[tokio::test]
async fn an_unhandled_error_is_reported_as_a_failure() {
    let e = jobs();
    let id = e.on_async(Started, move |_| async move {
        yield_now().await;
        Err(io::Error::other("no"))
    });
    // `events::on` is not used, because it would listen to `Error`.
    let (sender, mut failures) = tokio::sync::mpsc::unbounded_channel();
    e.on(ListenerFailed, move |failure| {
        drop(sender.send(failure.clone()))
    });
    e.emit(Started, "");
    let failure = failures.recv().await.expect("a failure");
    assert_eq!((failure.event, failure.listener), ("Started", id));
    assert_eq!(failure.reason, FailureReason::Error("no".to_owned()));
}

#[tokio::test]
async fn a_panic_is_reported_before_and_after_the_first_wait() {
    let e = Emitter::<Simple>::new();
    let mut failures = events::on(&e, ListenerFailed);
    e.on_async(Rung, move |_| async { panic!("before") });
    e.on_async(Rung, move |_| async move {
        yield_now().await;
        panic!("after");
    });
    e.emit(Rung, &());
    for message in ["before", "after"] {
        let failure = failures.next().await.expect("a failure").expect("no error");
        assert_eq!(failure.reason, FailureReason::Panic(message.to_owned()));
    }
}

#[test]
fn without_a_runtime_a_pending_listener_is_dropped() {
    let (e, o) = (Emitter::<Simple>::new(), Log::new());
    e.on(ListenerFailed, |failure| {
        o.push(failure.reason == FailureReason::NoRuntime);
        o.push(failure);
    });
    e.on_async(Rung, move |_| async move { o.push("ready at once") });
    e.on_async(Rung, move |_| async move {
        yield_now().await;
        o.push("never");
    });
    assert!(e.emit(Rung, &()));
    assert_eq!(
        o.take(),
        [
            "ready at once",
            "true",
            "the future of an async listener of `Rung` was dropped: it had to wait, and `emit` was called outside of a tokio runtime"
        ]
    );
}

#[tokio::test]
async fn a_running_listener_outlives_the_emitter_and_its_error_is_emitted() {
    let o = Log::new();
    let e = Emitter::<Jobs>::new();
    let (resume, resumed) = tokio::sync::oneshot::channel();
    let (sender, mut errors) = tokio::sync::mpsc::unbounded_channel();
    e.on(Error, move |error| drop(sender.send(error.to_string())));
    e.once_async(Started, move |_| async move {
        resumed.await.map_err(io::Error::other)?;
        o.push("resumed");
        Err(io::Error::other("late"))
    });
    e.emit(Started, "");
    drop(e);
    resume.send(()).expect("the listener waits");
    assert_eq!(errors.recv().await.as_deref(), Some("late"));
    assert_eq!(
        errors.recv().await,
        None,
        "the last task drops the listeners"
    );
    assert_eq!(o.take(), ["resumed"]);
}

/// Without the guard, two listeners that cause each other's failure would recurse endlessly.
#[tokio::test]
async fn a_failure_within_a_failure_is_not_emitted_again() {
    let (e, o) = (jobs(), Log::new());
    e.on_async(Started, move |_| async { Err(io::Error::other("no")) });
    e.on(Error, |_| {
        o.push("error");
        e.emit(Started, "again");
    });
    e.on(ListenerFailed, |failure| o.push(failure.event));
    e.emit(Started, "");
    assert_eq!(o.take(), ["error", "Started"]);
}
