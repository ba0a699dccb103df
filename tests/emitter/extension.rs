//! Events that are added to a set: to the server's, which another crate declares, and to one of this crate.

use onward::events::{Emitter, ErrorMonitor, NewListener};
use onward::http;
use onward::prelude::*;

use crate::support::Log;

onward::events! {
    /// The events that this crate adds to servers.
    pub(crate) for http::event::ServerEvents {
        /// A user has signed in. The payload is the user name.
        SignedIn(str),
        SignedOut,
    }
}

/// An event that has the name of one of the server's own events, and does not replace that event.
mod own {
    onward::events! {
        pub(super) for onward::http::event::ServerEvents {
            Close(u32),
        }
    }
}

mod chat {
    onward::events! {
        #[allow(dead_code)]
        pub(crate) ChatEvents {
            Posted(str),
            Error(std::io::Error),
        }
    }
}

onward::events! {
    for chat::ChatEvents {
        Typing(std::rc::Rc<str>, usize),
        Things(dyn std::fmt::Display),
    }
}

fn server() -> http::Server {
    http::create_server(|_req, res| async move { res.send("hello") })
}

#[test]
fn a_server_handles_added_events_like_its_own() {
    let (server, o) = (server(), Log::new());
    server.on(NewListener, |new| o.push(format!("new {}", new.event)));
    assert!(!server.emit(SignedIn, "grace"));
    let id = server.on(SignedIn, |name| o.push(name));
    server.once(SignedOut, |_| o.push("bye"));
    assert!(server.clone().emit(SignedIn, "ada"));
    assert!(server.emit(SignedOut, &()));
    assert!(!server.emit(SignedOut, &()));
    assert_eq!(o.take(), ["new SignedIn", "new SignedOut", "ada", "bye"]);
    assert_eq!(server.event_names(), ["NewListener", "SignedIn"]);
    assert_eq!(server.listeners(SignedIn), [id]);
    assert!(server.off(SignedIn, id));
    server.on(SignedIn, |_| {});
    server.remove_all_listeners();
    assert_eq!(server.event_names().len(), 0);
}

/// `?` converts any error in an async listener of a server; the listener of `Error` receives it.
#[tokio::test]
async fn async_listeners_of_a_server_may_fail() {
    let (server, o) = (server(), Log::new());
    server.on(event::Error, |error| {
        o.push(format!("{error:?}").contains("no such digit"))
    });
    server.on_async(SignedIn, |name| {
        let name = name.to_owned();
        async move {
            let _: u32 = name
                .parse()
                .map_err(|_| std::io::Error::other("no such digit"))?;
            Ok(())
        }
    });
    server.emit(SignedIn, "ada");
    assert_eq!(o.take(), ["true"]);
}

#[test]
fn events_with_equal_names_are_different() {
    let (server, o) = (server(), Log::new());
    server.on(own::Close, |code| o.push(code));
    server.on(event::Close, |()| o.push("closed"));
    server.emit(own::Close, &7);
    server.emit(event::Close, &());
    assert_eq!(o.take(), ["7", "closed"]);
}

#[test]
fn servers_share_no_listeners() {
    let (one, other) = (server(), server());
    one.on(SignedIn, |_| {});
    assert!(!other.emit(SignedIn, "ada"));
}

#[test]
fn added_events_may_have_any_payload() {
    let (e, o) = (Emitter::<chat::ChatEvents>::new(), Log::new());
    e.on(ErrorMonitor, |error| o.push(error));
    e.on(Typing, |(who, keys)| o.push(format!("{who} {keys}")));
    e.on(Things, |thing| o.push(thing));
    e.emit(Typing, &("ada".into(), 3));
    e.emit(Things, &'x');
    assert!(e.emit_error(std::io::Error::other("no")).is_err());
    assert_eq!(o.take(), ["ada 3", "x", "no"]);
}

#[test]
fn the_first_listeners_may_come_from_several_threads() {
    for _ in 0..50 {
        let e = Emitter::<chat::ChatEvents>::new();
        let calls = std::sync::atomic::AtomicUsize::new(0);
        let calls: &'static _ = Box::leak(Box::new(calls));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    e.on(Things, |_| {
                        calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    })
                });
                scope.spawn(|| e.on(ErrorMonitor, |_| {}));
                scope.spawn(|| e.on(Typing, |_| {}));
            }
        });
        e.emit(Things, &"x");
        assert_eq!(calls.load(std::sync::atomic::Ordering::Relaxed), 2);
        assert_eq!(e.listener_count(ErrorMonitor), 2);
        assert_eq!(e.event_names().len(), 3);
    }
}
