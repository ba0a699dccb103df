//! The event `Error`.

use std::io;

use onward::events::{Emitter, ErrorMonitor};

use crate::support::Log;

onward::events! {
    /// The payload of `Error` is not a `std` error.
    Texts { Error(str) }
}

/// The set of events that most of the tests use.
mod disk {
    onward::events! {
        pub(super) DiskEvents {
            Error(std::io::Error),
        }
    }
}

fn disk() -> &'static Emitter<disk::DiskEvents> {
    Box::leak(Box::default())
}

/// `emit_error` returns the error that Node's `emit` throws.
#[test]
fn emit_return_errormonitor() {
    let (e, o) = (disk(), Log::new());
    e.on(ErrorMonitor, |_| o.push("monitor"));
    let unhandled = e.emit_error(io::Error::other("b"));
    o.push(format!("returned {}", unhandled.unwrap_err()));
    assert!(!e.emit(disk::Error, &io::Error::other("b")));
    e.on(disk::Error, |_| o.push("error"));
    assert!(e.emit_error(io::Error::other("b")).is_ok());
    assert!(e.emit(disk::Error, &io::Error::other("b")));
    assert_eq!(
        o.take(),
        [
            "monitor",
            "returned b",
            "monitor",
            "monitor",
            "error",
            "monitor",
            "error"
        ]
    );
}

#[test]
fn error_no_listener() {
    let error = Box::new(io::Error::other("bad"));
    let address = &raw const *error;
    let same = disk().emit_error(error).expect_err("no listener");
    assert_eq!(address, &raw const *same);
    let error = io::Error::other("bad");
    assert!(std::ptr::eq(disk().emit_error(&error).unwrap_err(), &error));
}

/// The payload is of the type that the set declares, and is returned unchanged.
#[test]
fn error_no_listener_nonerror() {
    let e = Emitter::<Texts>::new();
    assert_eq!(e.emit_error("Unhandled error"), Err("Unhandled error"));
    let text = "Unhandled error".to_owned();
    assert_eq!(e.emit_error(text.clone()), Err(text));
    e.on(Error, |_| {});
    assert_eq!(e.emit_error("handled"), Ok(()));
}

#[test]
fn error_monitor() {
    let (e, o) = (disk(), Log::new());
    e.on(ErrorMonitor, |error| o.push(format!("monitor {error}")));
    let unhandled = e.emit_error(io::Error::other("b"));
    o.push(format!("returned {}", unhandled.unwrap_err()));
    e.on(disk::Error, |_| o.push("error"));
    assert!(e.emit_error(io::Error::other("c")).is_ok());
    assert_eq!(o.take(), ["monitor b", "returned b", "monitor c", "error"]);
    assert_eq!(e.event_names(), ["ErrorMonitor", "Error"]);
}
