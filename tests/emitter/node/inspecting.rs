//! Inspecting listeners.

use crate::support::Log;
use crate::{Text, X, Y, emitter};

#[test]
fn max_listeners_zero() {
    let (e, o) = (emitter(), Log::new());
    assert_eq!(e.get_max_listeners(), 10);
    e.on(onward::events::MaxListenersExceeded, |leak| o.push(leak));
    e.set_max_listeners(0);
    for _ in 0..30 {
        e.on(X, |_| {});
    }
    assert_eq!(o.take(), [""; 0]);
    assert_eq!(e.get_max_listeners(), 0);
}

/// Node can also count the registrations of one function; closures cannot be compared.
#[test]
fn listener_count() {
    let e = emitter();
    let f = |_: &()| {};
    e.on(X, f);
    e.on(X, f);
    e.on(X, |_| {});
    e.once(X, f);
    assert_eq!(e.listener_count(X), 4);
    assert_eq!(e.listener_count(Y), 0);
}

/// Node has two forms of a `once` listener, wrapped and unwrapped; an id is the same for both.
#[test]
fn listeners_copy() {
    let e = emitter();
    let id = e.once(X, |_| {});
    let mut listeners = e.listeners(X);
    assert_eq!(listeners, [id]);
    listeners.push(e.on(Y, |_| {}));
    assert_eq!(e.listener_count(X), 1);
    e.emit(X, &());
    assert_eq!(e.listener_count(X), 0);
}

/// Node's functions are methods here, because there is only one kind of emitter.
#[test]
fn get_event_listeners() {
    let e = emitter();
    e.on(X, |_| {});
    assert_eq!(e.listeners(X).len(), 1);
    assert_eq!(e.get_max_listeners(), 10);
}

#[test]
fn event_names() {
    let e = emitter();
    let y = e.on(Y, |_| {});
    e.on(Text, |_| {});
    e.on(X, |_| {});
    assert_eq!(e.event_names(), ["Y", "Text", "X"]);
    e.off(Y, y);
    assert_eq!(e.event_names(), ["Text", "X"]);
    e.on(Y, |_| {});
    assert_eq!(e.event_names(), ["Text", "X", "Y"]);
}

/// The counterpart of `__proto__` and `toString`: names that the expansion of the macro uses.
#[test]
fn proto_names() {
    onward::events! { Awkward { Event, Slot, Emitter, Listeners, Clone, Debug, r#Some } }

    let (e, o) = (onward::events::Emitter::<Awkward>::new(), Log::new());
    e.on(Event, |_| o.push("Event"));
    e.on(Slot, |_| o.push("Slot"));
    e.on(Emitter, |_| o.push("Emitter"));
    e.on(Listeners, |_| o.push("Listeners"));
    e.on(Clone, |_| o.push("Clone"));
    e.on(Debug, |_| o.push("Debug"));
    e.on(Some, |_| o.push("Some"));
    e.emit(Slot, &());
    e.emit(Some, &());
    e.emit(Event, &());
    e.emit(Debug, &());
    e.emit(Clone, &());
    e.emit(Listeners, &());
    e.emit(Emitter, &());
    assert_eq!(
        o.take(),
        [
            "Slot",
            "Some",
            "Event",
            "Debug",
            "Clone",
            "Listeners",
            "Emitter"
        ]
    );
}
