//! One connection, from its first byte to its last.

pub(crate) mod close;
pub(crate) mod driver;
#[cfg(feature = "http2")]
pub(crate) mod http2;
pub(crate) mod open_connections;
pub(crate) mod rewind;
pub(crate) mod stream;
pub(crate) mod task;
pub(crate) mod timeouts;
pub(crate) mod timer;
pub(crate) mod transport;
