//! Listeners that panic.

use std::sync::atomic::{AtomicUsize, Ordering};

use onward::events::{
    FailureReason, ListenerFailed, MaxListenersExceeded, NewListener, RemoveListener,
};

use crate::support::Log;
use crate::{Text, X, Y, emitter};

#[test]
fn every_panic_is_reported_with_its_listener() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |failure| {
        o.push(format!("{:?} {failure}", failure.listener));
    });
    let first = e.once(X, |_| panic!("first"));
    e.on(X, |_| o.push("between"));
    let second = e.on(X, |_| panic!("{}", "second".to_owned()));
    let third = e.on(X, |_| std::panic::panic_any(3));
    e.once(X, |_| o.push("last"));
    assert!(e.emit(X, &()));
    let panicked = |id, why| format!("{id:?} a listener of `X` panicked: {why}");
    assert_eq!(
        o.take(),
        [
            panicked(first, "first"),
            "between".to_owned(),
            panicked(second, "second"),
            panicked(third, "the panic value is not text"),
            "last".to_owned()
        ]
    );
    assert_eq!(e.listeners(X).len(), 3);
    assert!(e.emit(X, &()));
    assert_eq!(o.take().len(), 3);
}

#[test]
fn a_panic_in_a_listener_of_listener_failed_is_not_emitted_again() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |_| panic!("again"));
    e.on(ListenerFailed, |failure| o.push(failure.event));
    e.on(X, |_| panic!("boom"));
    assert!(e.emit(X, &()));
    assert_eq!(o.take(), ["X"]);
}

#[test]
fn a_panic_in_a_listener_of_a_meta_event_does_not_prevent_the_change() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |failure| o.push(failure.event));
    e.on(NewListener, |_| panic!("boom"));
    e.on(RemoveListener, |_| panic!("boom"));
    e.on(MaxListenersExceeded, |_| panic!("boom"));
    o.take();
    e.set_max_listeners(1);
    let id = e.on(X, |_| {});
    e.on(X, |_| {});
    assert!(e.off(X, id));
    assert_eq!(e.listener_count(X), 1);
    assert_eq!(
        o.take(),
        [
            "NewListener",
            "NewListener",
            "MaxListenersExceeded",
            "RemoveListener"
        ]
    );
}

/// A panic value that panics when it is dropped.
struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[test]
fn a_panic_value_that_panics_on_drop_is_caught() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |_| o.push("reported"));
    e.on(X, |_| std::panic::panic_any(PanicsOnDrop));
    e.on(X, |_| o.push("next"));
    assert!(e.emit(X, &()));
    assert_eq!(o.take(), ["reported", "next"]);
}

#[test]
fn a_listener_may_panic_while_a_thread_unwinds() {
    struct Emits;
    impl Drop for Emits {
        fn drop(&mut self) {
            EMITTER.emit(Text, "goodbye");
        }
    }
    static EMITTER: onward::events::Emitter<crate::Letters> = onward::events::Emitter::new();
    static FAILURES: AtomicUsize = AtomicUsize::new(0);

    EMITTER.on(Text, |text| panic!("{text}"));
    EMITTER.on(ListenerFailed, |failure| {
        if failure.reason == FailureReason::Panic("goodbye".to_owned()) {
            FAILURES.fetch_add(1, Ordering::Relaxed);
        }
    });
    let unwound = std::thread::spawn(|| {
        let _emits = Emits;
        panic!("unwinding");
    });
    assert!(unwound.join().is_err());
    assert_eq!(FAILURES.load(Ordering::Relaxed), 1);
}

#[test]
fn a_panic_does_not_reach_the_listener_that_emitted() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |_| {});
    e.on(X, |_| {
        e.emit(Y, &());
        o.push("X continues");
    });
    e.on(Y, |_| panic!("boom"));
    e.emit(X, &());
    assert_eq!(o.take(), ["X continues"]);
}
