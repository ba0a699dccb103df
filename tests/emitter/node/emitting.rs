//! Emitting.

use std::cell::Cell;

use onward::events::{Emitter, ListenerFailed};

use crate::support::Log;
use crate::{X, emitter};

#[test]
fn order() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| o.push("a"));
    e.on(X, |_| o.push("b"));
    e.add_listener(X, |_| o.push("c"));
    e.emit(X, &());
    assert_eq!(o.take(), ["a", "b", "c"]);
}

#[test]
fn sync() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| o.push("listener"));
    o.push("before");
    e.emit(X, &());
    o.push("after");
    assert_eq!(o.take(), ["before", "listener", "after"]);
}

#[test]
fn emit_return() {
    let e = emitter();
    assert!(!e.emit(X, &()));
    e.on(X, |_| {});
    assert!(e.emit(X, &()));
}

onward::events! {
    Calls {
        /// A counter and other arguments.
        Called(Cell<u32>, u32, u32, u32, u32),
    }
}

#[test]
fn args() {
    let (e, o) = (Emitter::<Calls>::new(), Log::new());
    e.on(Called, |(n, _, _, _, last)| {
        n.set(n.get() + 1);
        o.push(last);
    });
    e.on(Called, |(n, ..)| {
        o.push(format!("second sees n={}", n.get()))
    });
    e.emit(Called, &(Cell::new(0), 2, 3, 4, 5));
    assert_eq!(o.take(), ["5", "second sees n=1"]);
}

#[test]
fn once() {
    let (e, o) = (emitter(), Log::new());
    e.once(X, |_| {
        o.push(format!("ran; count inside={}", e.listener_count(X)))
    });
    o.push(format!("emit1={}", e.emit(X, &())));
    o.push(format!("emit2={}", e.emit(X, &())));
    assert_eq!(
        o.take(),
        ["ran; count inside=0", "emit1=true", "emit2=false"]
    );
}

#[test]
fn once_reentrant() {
    let (e, o) = (emitter(), Log::new());
    e.once(X, |_| {
        o.push("once");
        e.emit(X, &());
    });
    e.on(X, |_| o.push("on"));
    e.emit(X, &());
    assert_eq!(o.take(), ["once", "on", "on"]);
}

#[test]
fn same_twice() {
    let (e, o) = (emitter(), Log::new());
    let f = |_: &()| o.push("f");
    e.on(X, f);
    e.on(X, f);
    e.emit(X, &());
    assert_eq!(o.take(), ["f", "f"]);
    assert_eq!(e.listener_count(X), 2);
}

#[test]
fn add_during_emit() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| {
        o.push("a");
        if o.len() == 1 {
            e.on(X, |_| o.push("late"));
        }
    });
    e.emit(X, &());
    o.push("|");
    e.emit(X, &());
    assert_eq!(o.take(), ["a", "|", "a", "late"]);
}

/// Unlike in Node, a panic is caught and reported, the other listeners are called, and `emit` returns.
#[test]
fn throw_stops() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |failure| o.push(failure));
    e.on(X, |_| panic!("boom"));
    e.on(X, |_| o.push("still called"));
    assert!(e.emit(X, &()));
    assert_eq!(
        o.take(),
        ["a listener of `X` panicked: boom", "still called"]
    );
    assert_eq!(e.listener_count(X), 2);
}

#[test]
fn throw_in_once() {
    let (e, o) = (emitter(), Log::new());
    e.on(ListenerFailed, |failure| o.push(failure));
    e.once(X, |_| panic!("boom"));
    assert!(e.emit(X, &()));
    assert_eq!(o.take(), ["a listener of `X` panicked: boom"]);
    assert_eq!(e.listener_count(X), 0);
    assert!(!e.emit(X, &()));
}

struct Message {
    id: u32,
    url: &'static str,
}

onward::events! { LoggerEvents { MessageLogged(Message) } }

#[derive(Default)]
struct Logger {
    events: Emitter<LoggerEvents>,
}

impl Logger {
    fn log(&self, o: &Log, message: &str) {
        self.events.emit(
            MessageLogged,
            &Message {
                id: 1,
                url: "http://",
            },
        );
        o.push(format!("logged {message}"));
    }
}

#[test]
fn subclass() {
    let (logger, o) = (Logger::default(), Log::new());
    logger.events.on(MessageLogged, |message| {
        o.push(format!("listener {} {}", message.id, message.url));
    });
    logger.log(o, "hi");
    assert_eq!(o.take(), ["listener 1 http://", "logged hi"]);
}

#[test]
fn separate_instances() {
    let (a, b) = (emitter(), emitter());
    a.on(X, |_| {});
    assert!(!b.emit(X, &()));
}
