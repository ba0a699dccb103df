//! One emitter, several threads and tasks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use onward::events::{Emitter, Event};

use crate::support::Log;
use crate::{Letters, Text, X, Y, emitter};

const THREADS: usize = 4;
const ROUNDS: usize = 100;

/// Runs `run` on all threads at the same time.
fn on_all_threads(run: impl Fn() + Sync) {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                start.wait();
                run();
            });
        }
    });
}

#[test]
fn an_emitter_is_send_and_sync_with_any_payload() {
    fn is_shareable<T: Send + Sync>() {}

    onward::events! { Unshareable { Shared(std::rc::Rc<str>) } }

    is_shareable::<Emitter<Letters>>();
    is_shareable::<Emitter<Unshareable>>();
    let text: &<Shared as Event<Unshareable>>::Payload = &"text".into();
    assert!(!Emitter::<Unshareable>::new().emit(Shared, text));
}

#[test]
fn a_listener_is_called_by_every_thread() {
    let e = emitter();
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    e.on(X, move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    on_all_threads(|| (0..ROUNDS).for_each(|_| assert!(e.emit(X, &()))));
    assert_eq!(calls.load(Ordering::Relaxed), THREADS * ROUNDS);
}

#[test]
fn a_once_listener_is_called_by_one_thread_only() {
    for _ in 0..ROUNDS {
        let e = emitter();
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        e.once(X, move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        on_all_threads(|| {
            e.emit(X, &());
        });
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        assert_eq!(e.listener_count(X), 0);
    }
}

#[test]
fn registrations_of_all_threads_are_kept_and_removed() {
    let e = emitter();
    e.set_max_listeners(0);
    on_all_threads(|| {
        for _ in 0..ROUNDS {
            e.on(X, |_| {});
            let removed = e.on(X, |_| {});
            e.emit(X, &());
            assert!(e.off(X, removed));
        }
    });
    assert_eq!(e.listener_count(X), THREADS * ROUNDS);
    e.remove_all_listeners();
    assert!(!e.emit(X, &()));
}

#[test]
fn listeners_are_dropped_when_removed_and_with_the_emitter() {
    let e = Emitter::<Letters>::new();
    let captured = Arc::new(());
    let capture = || {
        let captured = Arc::clone(&captured);
        move |_: &()| {
            let _ = &captured;
        }
    };
    let id = e.on(X, capture());
    e.off(X, id);
    assert_eq!(Arc::strong_count(&captured), 1);
    e.once(X, capture());
    e.emit(X, &());
    assert_eq!(Arc::strong_count(&captured), 1);
    e.on(X, capture());
    e.once(Y, capture());
    drop(e);
    assert_eq!(Arc::strong_count(&captured), 1);
}

#[test]
fn emit_with_builds_the_payload_only_for_a_listener() {
    let (e, o) = (emitter(), Log::new());
    let built = AtomicUsize::new(0);
    let build = || {
        built.fetch_add(1, Ordering::Relaxed);
        "text".to_owned()
    };
    assert!(!e.emit_with(Text, build));
    e.on(X, |_| {});
    assert!(!e.emit_with(Text, build));
    assert_eq!(built.load(Ordering::Relaxed), 0);
    e.on(Text, |text| o.push(text));
    e.on(Text, |text| o.push(text));
    assert!(e.emit_with(Text, build));
    assert_eq!(o.take(), ["text", "text"]);
    assert_eq!(built.load(Ordering::Relaxed), 1);
}
