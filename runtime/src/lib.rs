//! Routes that compile to ifs, on a server that emits events.

pub mod events;
