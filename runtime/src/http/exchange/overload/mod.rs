//! Protects a server from overload: a request waits at a gate, or is rejected, before its handler is called.

pub(super) mod gated_slot;
mod latency_gate;
pub(crate) mod request_gate;
