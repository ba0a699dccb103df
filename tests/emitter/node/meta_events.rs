//! The events `newListener` and `removeListener`.

use std::sync::{Arc, Mutex};

use onward::events::{NewListener, RemoveListener};

use crate::support::{Log, lock};
use crate::{X, Y, Z, emitter};

#[test]
fn new_listener() {
    let (e, o) = (emitter(), Log::new());
    let ids_added = Arc::new(Mutex::new(Vec::new()));
    let ids = Arc::clone(&ids_added);
    e.on(NewListener, move |new| {
        let count = e.listener_count(X) + e.listener_count(Y);
        o.push(format!("{} count={count}", new.event));
        lock(&ids).push(new.listener);
    });
    let x = e.on(X, |_| {});
    e.off(X, x);
    let y = e.once(Y, |_| {});
    assert_eq!(o.take(), ["X count=0", "Y count=0"]);
    assert_eq!(*lock(&ids_added), [x, y]);
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
    let ids_removed = Arc::new(Mutex::new(Vec::new()));
    let ids = Arc::clone(&ids_removed);
    e.on(RemoveListener, move |removed| {
        let of_x = removed.event == "X";
        let count = if of_x {
            e.listener_count(X)
        } else {
            e.listener_count(Y)
        };
        o.push(format!("{} count={count}", removed.event));
        lock(&ids).push(removed.listener);
    });
    e.on(X, |_| {});
    let x = e.once(X, |_| {});
    e.off(X, x);
    e.emit(X, &());
    let y = e.once(Y, |_| {});
    e.emit(Y, &());
    assert_eq!(o.take(), ["X count=1", "Y count=0"]);
    assert_eq!(*lock(&ids_removed), [x, y]);
}

#[test]
fn remove_all_order() {
    let (e, o) = (emitter(), Log::new());
    let name = Arc::new(Mutex::new(Vec::new()));
    let names = Arc::clone(&name);
    e.on(RemoveListener, move |removed| {
        let names = lock(&names);
        let name = names.iter().find(|(id, _)| *id == removed.listener);
        o.push(format!(
            "{}:{}",
            removed.event,
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
