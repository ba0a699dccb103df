//! What a server tells its connections to do.

use std::time::Duration;

/// How long a connection of a server that closes may wait for a request, from its last one or from its beginning. A
/// client that keeps asking has its next request on the way: were the connection closed under it, it could not know
/// whether that was seen.
pub(crate) const LAST_CALL: Duration = Duration::from_millis(200);

/// The orders of a server so far. Connections watch it; each order is seen by those that were open when it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    /// The server closes: answer what is under way and no more.
    pub(crate) closing: bool,
    /// How often it was asked to close the connections that are idle.
    pub(crate) close_idle: u32,
    /// How often it was asked to close all connections, whatever they are at.
    pub(crate) close_all: u32,
}
