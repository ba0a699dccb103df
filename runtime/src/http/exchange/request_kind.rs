//! What a request asks for besides a response.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// Nothing.
    #[default]
    Plain,
    /// CONNECT: a tunnel.
    Connect,
    /// Another protocol on this connection.
    Upgrade,
    /// The client waits for a 100 (Continue) before it sends the body.
    ExpectContinue,
    UnknownExpectation,
}
