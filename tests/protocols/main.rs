//! The behavior of a server with HTTP/1 and HTTP/2: each case is written once and runs over both. With the environment
//! variable `ONWARD_TLS`, the clients use TLS.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod bodies;
mod close;
mod events;
mod failures;
#[cfg(target_os = "linux")]
mod figures;
mod finish;
mod floods;
mod foreign;
mod hook_errors;
mod hooks;
mod http2;
mod limits;
mod overload;
mod responses;

#[path = "../support/certificates.rs"]
mod certificates;
/// One client for both protocols.
mod client;
/// HTTP/2 frames as bytes.
mod frames;
#[path = "../support/gate.rs"]
mod gate;
/// HTTP/1 as bytes.
mod http1;
#[path = "../support/http2_frames.rs"]
mod http2_frames;
#[path = "../support/served.rs"]
mod served;
/// Servers, and how a test and a handler wait for each other.
mod server;
/// The streams of the clients, with TLS or without.
mod stream;

/// Creates two tests from each function, one for each protocol.
macro_rules! over_both {
    ($($name:ident),+ $(,)?) => {
        mod over_http1 {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::client::Protocol::Http1).await;
            })+
        }

        mod over_http2 {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::client::Protocol::Http2).await;
            })+
        }
    };
}
pub(crate) use over_both;
