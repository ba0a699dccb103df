//! The reports of a server about its requests: logs, metrics and traces.
//!
//! Invariants:
//!
//! 1. A server creates none of these reports unless the program requests them, and a program that does not request them
//!    incurs no cost.
//! 2. Every report comes from a listener of the events of a server. The only exception is the code that enters spans,
//!    in `http/exchange/traced_slot.rs`.
//! 3. Text from a client never ends a line, a string or a label that it is written to.
//! 4. The stored data does not grow with the data that clients send: labels come from fixed lists and from the routes
//!    of the program.
//!
//! This module uses the public API of `http` and is independent of connections.

mod access_log;
#[cfg(any(feature = "metrics", feature = "tracing"))]
mod method;
#[cfg(feature = "metrics")]
mod metrics;
mod outcome;
mod request_id;
#[cfg(feature = "tracing")]
mod tracing;

pub use self::access_log::AccessLog;
#[cfg(feature = "metrics")]
pub use self::metrics::Metrics;
pub use self::request_id::request_id;
/// The crate `prometheus-client`, in the version that [`Metrics`] uses.
#[cfg(feature = "metrics")]
#[doc(no_inline)]
pub use ::prometheus_client;

#[cfg(feature = "tracing")]
pub use self::tracing::{TraceParent, Tracing};
