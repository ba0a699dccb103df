//! Node's behaviours, as recorded from Node 20 and 26: a test for each, under the name it has in the
//! record (`_` for `-`).
//!
//! Those that have no test:
//!
//! | name | why |
//! |---|---|
//! | `emit-return-errormonitor`, `error-monitor`, `error-no-listener`, `error-no-listener-nonerror` | no event is special: an unheard one makes `emit` return `false`, it does not throw |
//! | `this` | a closure has no `this`; it captures what it needs |
//! | `return-value-ignored` | a listener that returns something does not compile |
//! | `on-returns-emitter` | `on` returns the id that `off` takes |
//! | `max-listeners-invalid` | `usize` has no such values |
//! | `default-max` | no setting is shared by all emitters of a process |
//! | `listeners-copy`, `get-event-listeners` | closures cannot be told apart, so they are not listed |
//! | `bound-off` | `off` takes an id, of which there are no copies that differ |
//! | `bad-listener`, `names-any` | do not compile: `ui/events` |
//! | `capture-rejections`, `capture-rejections-symbol`, `capture-rejections-in-error` | listeners are not async |
//! | `once-promise-error` | `next` waits for its event only; no event is special |
//! | `add-abort-listener` | dropping a future is all there is to abort |
//! | `on-iterator` | not offered |
//! | `async-resource` | there is no async context to carry along |

use std::cell::Cell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use onward::events::{Emitter, ListenerId, NewListener, RemoveListener};

use crate::log::Log;
use crate::{Text, X, Y, Z, emitter};

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Polls without anybody to wake.
fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

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

/// Node looks for the function and finds the most recent registration; here the id says which.
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

#[test]
fn remove_self_during_emit() {
    let (e, o) = (emitter(), Log::new());
    let own_id = Arc::new(Mutex::new(None::<ListenerId>));
    let own = Arc::clone(&own_id);
    let id = e.on(X, move |_| {
        o.push("a");
        let id = lock(&own).take();
        assert!(id.is_some_and(|id| e.off(X, id)));
    });
    *lock(&own_id) = Some(id);
    e.on(X, |_| o.push("b"));
    e.emit(X, &());
    o.push("|");
    e.emit(X, &());
    assert_eq!(o.take(), ["a", "b", "|", "b"]);
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
fn throw_stops() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| panic!("boom"));
    e.on(X, |_| o.push("never"));
    let thrown = catch_unwind(AssertUnwindSafe(|| e.emit(X, &())));
    assert_eq!(thrown.expect_err("the panic").downcast_ref(), Some(&"boom"));
    assert_eq!(o.take(), [""; 0]);
    assert_eq!(e.listener_count(X), 2);
}

#[test]
fn throw_in_once() {
    let e = emitter();
    e.once(X, |_| panic!("boom"));
    assert!(catch_unwind(AssertUnwindSafe(|| e.emit(X, &()))).is_err());
    assert_eq!(e.listener_count(X), 0);
    assert!(!e.emit(X, &()));
}

#[test]
fn new_listener() {
    let (e, o) = (emitter(), Log::new());
    let announced = Arc::new(Mutex::new(Vec::new()));
    let ids = Arc::clone(&announced);
    e.on(NewListener, move |new| {
        let count = e.listener_count(X) + e.listener_count(Y);
        o.push(format!("{} count={count}", new.event));
        lock(&ids).push(new.listener);
    });
    let x = e.on(X, |_| {});
    e.off(X, x);
    let y = e.once(Y, |_| {});
    assert_eq!(o.take(), ["X count=0", "Y count=0"]);
    assert_eq!(*lock(&announced), [x, y]);
}

#[test]
fn new_listener_insert() {
    let (e, o) = (emitter(), Log::new());
    e.once(NewListener, |new| {
        if new.event == "X" {
            e.on(X, |_| o.push("B"));
        }
    });
    e.on(X, |_| o.push("A"));
    e.emit(X, &());
    assert_eq!(o.take(), ["B", "A"]);
}

#[test]
fn new_listener_self() {
    let (e, o) = (emitter(), Log::new());
    e.on(NewListener, |new| o.push(format!("1:{}", new.event)));
    e.on(NewListener, |new| o.push(format!("2:{}", new.event)));
    assert_eq!(o.take(), ["1:NewListener"]);
}

#[test]
fn remove_listener() {
    let (e, o) = (emitter(), Log::new());
    let removed = Arc::new(Mutex::new(Vec::new()));
    let ids = Arc::clone(&removed);
    e.on(RemoveListener, move |gone| {
        let of_x = gone.event == "X";
        let count = if of_x {
            e.listener_count(X)
        } else {
            e.listener_count(Y)
        };
        o.push(format!("{} count={count}", gone.event));
        lock(&ids).push(gone.listener);
    });
    e.on(X, |_| {});
    let x = e.once(X, |_| {});
    e.off(X, x);
    e.emit(X, &());
    let y = e.once(Y, |_| {});
    e.emit(Y, &());
    assert_eq!(o.take(), ["X count=1", "Y count=0"]);
    assert_eq!(*lock(&removed), [x, y]);
}

#[test]
fn remove_all_order() {
    let (e, o) = (emitter(), Log::new());
    let name = Arc::new(Mutex::new(Vec::new()));
    let names = Arc::clone(&name);
    e.on(RemoveListener, move |gone| {
        let names = lock(&names);
        let name = names.iter().find(|(id, _)| *id == gone.listener);
        o.push(format!(
            "{}:{}",
            gone.event,
            name.map_or("?", |(_, name)| *name)
        ));
    });
    let add = |id, label| lock(&name).push((id, label));
    add(e.on(X, |_| {}), "a");
    add(e.on(X, |_| {}), "b");
    e.remove_all_listeners_of(X);
    add(e.on(Z, |_| {}), "a");
    e.remove_all_listeners();
    assert_eq!(o.take(), ["X:b", "X:a", "Z:a"]);
    assert_eq!(e.listener_count(RemoveListener), 0);
}

#[test]
fn remove_all_one() {
    let e = emitter();
    e.on(X, |_| {});
    e.on(Y, |_| {});
    e.remove_all_listeners_of(X);
    assert_eq!(e.event_names(), ["Y"]);
}

#[test]
fn max_listeners_zero() {
    let (e, o) = (emitter(), Log::new());
    assert_eq!(e.max_listeners(), 10);
    e.on(onward::events::MaxListenersExceeded, |leak| o.push(leak));
    e.set_max_listeners(0);
    for _ in 0..30 {
        e.on(X, |_| {});
    }
    assert_eq!(o.take(), [""; 0]);
    assert_eq!(e.max_listeners(), 0);
}

/// Without the count of one function: closures cannot be told apart.
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

/// What `__proto__` and `toString` are to an object, these are to what the macro writes.
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

#[test]
fn once_promise() {
    let e = emitter();
    let mut told = pin!(e.next(Text));
    assert_eq!(poll(told.as_mut()), Poll::Pending);
    e.emit(Text, "1, 2");
    assert_eq!(poll(told), Poll::Ready("1, 2".to_owned()));
    assert_eq!(e.listener_count(Text), 0);
}

#[test]
fn once_promise_abort() {
    let e = emitter();
    let told = e.next(Text);
    assert_eq!(e.event_names(), ["Text"]);
    drop(told);
    assert_eq!(e.event_names().len(), 0);
}

#[test]
fn once_promise_misses() {
    let e = emitter();
    let first = pin!(e.next(Text));
    e.emit(Text, "1");
    e.emit(Text, "2");
    assert_eq!(poll(first), Poll::Ready("1".to_owned()));
    assert_eq!(poll(pin!(e.next(Text))), Poll::Pending);
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
