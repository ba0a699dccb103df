//! The event `MaxListenersExceeded`, which warns of a possible leak.

use onward::events::{Emitter, MaxListenersExceeded};

use crate::support::Log;
use crate::{Letters, X, Y, emitter};

fn add(e: &Emitter<Letters>, listeners: usize) {
    for _ in 0..listeners {
        e.on(X, |_| {});
    }
}

#[test]
fn the_eleventh_listener_causes_one_warning() {
    let (e, o) = (emitter(), Log::new());
    e.on(MaxListenersExceeded, |leak| {
        o.push(format!("{} {}>{}", leak.event, leak.count, leak.max));
    });
    add(e, 10);
    assert_eq!(o.take(), [""; 0]);
    add(e, 5);
    assert_eq!(o.take(), ["X 11>10"]);
}

#[test]
fn every_event_has_its_own_warning() {
    let (e, o) = (emitter(), Log::new());
    e.on(MaxListenersExceeded, |leak| o.push(leak.event));
    e.set_max_listeners(1);
    add(e, 2);
    e.on(Y, |_| {});
    e.once(Y, |_| {});
    assert_eq!(o.take(), ["X", "Y"]);
}

#[test]
fn the_warning_is_repeated_after_the_last_listener_was_removed() {
    let (e, o) = (emitter(), Log::new());
    e.on(MaxListenersExceeded, |leak| o.push(leak.count));
    e.set_max_listeners(2);
    add(e, 4);
    e.remove_all_listeners_of(X);
    add(e, 2);
    assert_eq!(o.take(), ["3"]);
    add(e, 2);
    assert_eq!(o.take(), ["3"]);
}

#[test]
fn the_warning_names_the_remedy() {
    let (e, o) = (emitter(), Log::new());
    e.on(MaxListenersExceeded, |leak| o.push(leak));
    e.set_max_listeners(1);
    add(e, 2);
    assert_eq!(
        o.take(),
        [
            "possible leak: `X` has 2 listeners, more than the limit of 1; use `set_max_listeners` to raise it"
        ]
    );
}
