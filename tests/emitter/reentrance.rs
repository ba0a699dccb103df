//! Listeners that use the emitter that is calling them. A lock held during a call would cause a deadlock.

use onward::events::{ListenerId, NewListener, RemoveListener};

use crate::support::Log;
use crate::{Text, X, Y, emitter};

#[test]
fn a_listener_may_emit_its_own_event() {
    let (e, o) = (emitter(), Log::new());
    e.on(Text, |text| {
        o.push(text);
        if let Some(shorter) = text.strip_suffix('!') {
            e.emit(Text, shorter);
        }
    });
    e.emit(Text, "hey!!");
    assert_eq!(o.take(), ["hey!!", "hey!", "hey"]);
}

#[test]
fn a_once_listener_called_by_an_inner_emit_is_not_called_by_the_outer_one() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| {
        if o.len() == 0 {
            o.push("outer");
            e.emit(X, &());
        }
    });
    e.once(X, |_| o.push("once"));
    e.emit(X, &());
    assert_eq!(o.take(), ["outer", "once"]);
}

#[test]
fn a_once_listener_removed_during_emit_still_runs_in_that_emit() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, |_| e.remove_all_listeners());
    e.once(X, |_| o.push("once"));
    e.emit(X, &());
    assert_eq!(o.take(), ["once"]);
    assert!(!e.emit(X, &()));
}

#[test]
fn listeners_prepended_during_emit_run_from_the_next_emit_on() {
    let (e, o) = (emitter(), Log::new());
    e.once(X, |_| {
        e.prepend_listener(X, |_| o.push("second"));
        e.prepend_once_listener(X, |_| o.push("first"));
    });
    e.emit(X, &());
    assert_eq!(o.take(), [""; 0]);
    e.emit(X, &());
    e.emit(X, &());
    assert_eq!(o.take(), ["first", "second", "second"]);
}

#[test]
fn a_listener_may_inspect_the_emitter() {
    let (e, o) = (emitter(), Log::new());
    e.on(X, move |_| o.push(format!("{e:?}")));
    e.once(Y, |_| o.push(e.event_names().join(",")));
    e.emit(X, &());
    e.emit(Y, &());
    assert_eq!(o.take(), [r#"Emitter {"X": 1, "Y": 1}"#, "X"]);
}

#[test]
fn a_listener_of_a_meta_event_may_change_listeners() {
    let (e, o) = (emitter(), Log::new());
    e.on(NewListener, |new| {
        o.push(format!("new {}", new.event));
        if new.event == "X" {
            e.on(Y, |_| {});
        }
    });
    e.on(RemoveListener, |removed| {
        o.push(format!("removed {}", removed.event));
        if removed.event == "X" {
            e.remove_all_listeners_of(Y);
        }
    });
    o.take();
    let id = e.on(X, |_| {});
    e.off(X, id);
    assert_eq!(o.take(), ["new X", "new Y", "removed X", "removed Y"]);
}

/// A value that removes a listener when it is dropped.
struct Removal(ListenerId);

impl Drop for Removal {
    fn drop(&mut self) {
        emitter_of_removals().off(X, self.0);
    }
}

fn emitter_of_removals() -> &'static onward::events::Emitter<crate::Letters> {
    static EMITTER: onward::events::Emitter<crate::Letters> = onward::events::Emitter::new();
    &EMITTER
}

#[test]
fn captured_values_may_use_the_emitter_in_their_destructor() {
    let e = emitter_of_removals();
    let add_pair = || {
        let removal = Removal(e.on(X, |_| {}));
        e.on(X, move |_| {
            let _ = &removal;
        })
    };
    let last = add_pair();
    e.off(X, last);
    assert_eq!(e.listener_count(X), 0);

    add_pair();
    e.remove_all_listeners_of(X);
    assert_eq!(e.listener_count(X), 0);

    let removal = Removal(e.on(X, |_| {}));
    e.once(X, move |_| drop(removal));
    e.emit(X, &());
    assert_eq!(e.listener_count(X), 0);
}
