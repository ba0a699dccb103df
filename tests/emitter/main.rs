//! What a plain emitter does, without a server.

mod declaration;
mod extension;
mod log;
mod node;
mod panic;
mod reentrance;
mod run;
mod sharing;
mod stress;
mod waiting;
mod warning;

use onward::events::Emitter;

onward::events! {
    /// Events to play with.
    pub(crate) Letters {
        X,
        Y,
        Z,
        Text(str),
    }
}

/// An emitter that listeners can capture. It is never dropped.
fn emitter() -> &'static Emitter<Letters> {
    Box::leak(Box::default())
}
