//! What a server tells its connections to do.

/// The orders of a server so far. Connections watch it; each order is seen by those that were open when it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(dead_code, reason = "until connections obey")]
pub(crate) struct Orders {
    /// The server closes: answer what is under way and no more.
    pub(crate) closing: bool,
    /// How often it was asked to close the connections that are idle.
    pub(crate) close_idle: u32,
    /// How often it was asked to close all connections, whatever they are at.
    pub(crate) close_all: u32,
}
