//! `events!` in every position of a declaration, and with any names in scope.

use onward::events::Emitter;

use crate::support::Log;

/// Names that generated code must not resolve to.
mod shadowed {
    #![allow(dead_code, non_camel_case_types)]

    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct String;
    pub(super) struct Box;
    pub(super) struct str;
    pub(super) trait FnMut {}
    pub(super) trait Copy {}
    pub(super) trait Clone {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod onward {}
    pub(super) mod diagnostic {}

    #[allow(unused_macros)]
    macro_rules! stringify {
        ($($any:tt)*) => {
            compile_error!("not the one of core")
        };
    }

    ::onward::events! {
        pub(super) Shadowed {
            Plain,
            Text(::core::primitive::str),
            Own(String),
        }
    }
}

#[test]
fn prelude_names_may_be_shadowed() {
    let (e, o) = (Emitter::<shadowed::Shadowed>::new(), Log::new());
    e.on(shadowed::Plain, |_| o.push("plain"));
    e.on(shadowed::Text, |text| o.push(text));
    e.on(shadowed::Own, |shadowed::String| o.push("own"));
    e.emit(shadowed::Plain, &());
    e.emit(shadowed::Text, "text");
    e.emit(shadowed::Own, &shadowed::String);
    assert_eq!(o.take(), ["plain", "text", "own"]);
}

/// All events in one module, some of them in several sets, as in `http::event`.
mod event {
    pub(crate) struct Payload(pub(crate) u32);

    impl std::fmt::Display for Payload {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "error {}", self.0)
        }
    }

    onward::events! {
        /// The events of a server.
        #[allow(dead_code)]
        pub(crate) ServerEvents {
            /// The payload type has the same name and is in another module.
            Request(super::Request),
            Error(std::io::Error),
            Close,
        }
    }

    onward::events! {
        /// The events of a socket.
        pub(crate) SocketEvents {
            use Error(Payload), Close(bool);
            /// Bytes.
            Data([u8]),
        }
    }
}

pub(crate) struct Request {
    path: &'static str,
}

#[test]
fn events_of_one_module_may_be_named_like_types() {
    let (e, o) = (Emitter::<event::ServerEvents>::new(), Log::new());
    e.on(event::Request, |req| o.push(req.path));
    e.emit(event::Request, &Request { path: "/" });
    assert_eq!(o.take(), ["/"]);
}

#[test]
fn an_event_of_two_sets_has_a_payload_in_each() {
    let server = Emitter::<event::ServerEvents>::new();
    let socket = Emitter::<event::SocketEvents>::new();
    let o = Log::new();
    server.on(event::Error, |error| o.push(error));
    server.on(event::Close, |()| o.push("server closed"));
    socket.on(event::Error, |payload| o.push(payload.0));
    socket.on(event::Close, |had_error| o.push(had_error));
    socket.on(event::Data, |bytes| o.push(bytes.len()));
    server.emit(event::Error, &std::io::Error::other("no"));
    server.emit(event::Close, &());
    socket.emit(event::Error, &event::Payload(7));
    socket.emit(event::Close, &true);
    socket.emit(event::Data, b"abc");
    assert_eq!(o.take(), ["no", "server closed", "7", "true", "3"]);
}

#[test]
fn events_may_be_declared_where_they_are_used() {
    struct Local(&'static str);

    onward::events! { Inner { Posted(Local) } }

    let (e, o) = (Emitter::<Inner>::new(), Log::new());
    e.on(Posted, |local| o.push(local.0));
    e.emit(Posted, &Local("inside"));
    assert_eq!(o.take(), ["inside"]);
}

#[test]
fn a_set_may_be_empty() {
    onward::events! { #[allow(dead_code)] Nothing {} }

    assert!(Emitter::<Nothing>::new().event_names().is_empty());
}

#[test]
fn a_payload_may_be_a_trait_object() {
    onward::events! { Things { Thing(dyn std::fmt::Display) } }

    let (e, o) = (Emitter::<Things>::new(), Log::new());
    e.on(Thing, |thing| o.push(thing));
    e.emit(Thing, &7);
    e.emit(Thing, &"seven");
    assert_eq!(o.take(), ["7", "seven"]);
}
