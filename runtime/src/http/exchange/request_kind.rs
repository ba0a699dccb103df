//! Requests that ask for more than a response.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// Only a response is requested.
    #[default]
    Plain,
    /// CONNECT requests a tunnel.
    Connect,
    /// The `upgrade` header requests another protocol on this connection.
    Upgrade,
    /// The client waits for a 100 (Continue) before it sends the body.
    ExpectContinue,
    UnknownExpectation,
}
