//! Removing listeners.

use std::sync::{Arc, Mutex};

use onward::events::ListenerId;

use crate::support::{Log, lock};
use crate::{X, Y, emitter};

/// Node removes the most recent registration of the function; here the id identifies it.
#[test]
fn off_most_recent() {
    let (e, o) = (emitter(), Log::new());
    let f = |_: &()| o.push("f");
    e.on(X, f);
    e.on(X, |_| o.push("g"));
    let recent = e.on(X, f);
    assert!(e.off(X, recent));
    e.emit(X, &());
    assert_eq!(o.take(), ["f", "g"]);
}

#[test]
fn off_once_by_original() {
    let e = emitter();
    let id = e.once(X, |_| panic!("removed"));
    assert!(e.remove_listener(X, id));
    assert!(!e.emit(X, &()));
}

/// Node compares functions; here every registration has its own id.
#[test]
fn bound_off() {
    let e = emitter();
    let f = |_: &()| {};
    e.on(X, f);
    let bound = emitter().on(X, f);
    assert!(!e.off(X, bound));
    assert_eq!(e.listener_count(X), 1);
}

#[test]
fn remove_self_during_emit() {
    let (e, o) = (emitter(), Log::new());
    let own_id = Arc::new(Mutex::new(None::<ListenerId>));
    let own = Arc::clone(&own_id);
    let id = e.on(X, move |_| {
        o.push("a");
        let id = lock(&own).take();
        if let Some(id) = id {
            e.off(X, id);
        }
    });
    *lock(&own_id) = Some(id);
    e.on(X, |_| o.push("b"));
    e.emit(X, &());
    o.push("|");
    e.emit(X, &());
    assert_eq!(o.take(), ["a", "b", "|", "b"]);
}

#[test]
fn remove_all_during_emit() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| {
        o.push("a");
        e.remove_all_listeners_of(X);
    });
    e.on(X, |_| o.push("b"));
    e.emit(X, &());
    assert!(!e.emit(X, &()));
    assert_eq!(o.take(), ["a", "b"]);
}

#[test]
fn remove_all_one() {
    let e = emitter();
    e.on(X, |_| {});
    e.on(Y, |_| {});
    e.remove_all_listeners_of(X);
    assert_eq!(e.event_names(), ["Y"]);
}
