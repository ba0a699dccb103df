//! The emitter without a server.

mod async_listener;
mod declaration;
mod extension;
mod node;
mod panic;
mod reentrance;
mod sharing;
mod stress;
mod support;
mod waiting;
mod warning;

use onward::events::Emitter;

onward::events! {
    /// The events of most tests.
    pub(crate) Letters {
        X,
        Y,
        Z,
        Text(str),
    }
}

/// Returns an emitter that listeners can capture. It is never dropped.
fn emitter() -> &'static Emitter<Letters> {
    Box::leak(Box::default())
}
