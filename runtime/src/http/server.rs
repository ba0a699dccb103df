//! The server.
use std::sync::Arc;

use super::event::{self, ServerEvents};
use crate::error::Error;
use crate::events::Emitter;

pub(crate) type Reporter = Arc<Shared>;

pub(crate) struct Shared {
    emitter: Emitter<ServerEvents>,
}

impl Shared {
    pub(crate) fn report(&self, error: &Error) {
        if !self.emitter.emit(event::Error, error) {
            eprintln!("{error}");
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}
