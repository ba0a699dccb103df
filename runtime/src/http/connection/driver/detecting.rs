//! Detects from the first bytes of a connection whether it speaks HTTP/2.

use std::task::{Context, Poll, ready};

use super::{Driver, Phase};
use crate::http::connection::close::CloseReason;
use crate::http::h2::PREFACE;

impl Driver {
    /// Is ready when the protocol is known.
    pub(super) fn poll_preface(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let received = self.transport.reader.rest();
            let len = received.len().min(PREFACE.len());
            let is_undecided = received[..len] == PREFACE[..len];
            // If ALPN selected HTTP/2, an invalid preface is an HTTP/2 error (RFC 9113, 3.4) and does not get an HTTP/1
            // response.
            let is_violated = !is_undecided && self.has_agreed_on_http2();
            if is_violated || is_undecided && len == PREFACE.len() {
                self.closing = Some(CloseReason::Http2);
                return Poll::Ready(());
            }
            if !is_undecided || self.transport.is_half_closed() {
                self.phase = Phase::Idle;
                return Poll::Ready(());
            }
            if let Err(error) = ready!(self.transport.poll_fill(cx)) {
                self.closing = Some(CloseReason::Failed(error));
                return Poll::Ready(());
            }
        }
    }

    fn has_agreed_on_http2(&self) -> bool {
        #[cfg(feature = "tls")]
        if let Some(tls) = self.context.socket.tls() {
            return tls.alpn_protocol.as_deref() == Some("h2");
        }
        false
    }
}
