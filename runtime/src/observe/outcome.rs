//! Names of outcomes, for logs and spans.

use crate::http::ResponseOutcome;

#[inline]
pub(super) fn name(outcome: ResponseOutcome) -> &'static str {
    match outcome {
        ResponseOutcome::Complete => "complete",
        ResponseOutcome::ClientDisconnected => "client_disconnected",
        ResponseOutcome::Aborted => "aborted",
        ResponseOutcome::ConnectionClosed => "connection_closed",
        ResponseOutcome::Shutdown => "shutdown",
    }
}
