//! The events of a server.
use crate::events::{Event, Slot};

#[derive(Default)]
#[expect(missing_docs, missing_debug_implementations)]
pub struct ServerEvents {
    error: Slot<crate::Error>,
}

/// A handler failed.
#[derive(Clone, Copy, Debug)]
pub struct Error;

impl Event for Error {
    type Set = ServerEvents;
    type Payload = crate::Error;
    fn slot(set: &ServerEvents) -> &Slot<crate::Error> {
        &set.error
    }
}
