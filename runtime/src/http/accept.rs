//! Accepting connections, whatever the system says.

use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;

use http::StatusCode;

use crate::error::Error;

/// How long to wait when the system has no file descriptor or no memory for a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// The next connection. Errors do not end a server: those of one connection are skipped, others, such as too many open
/// files, are reported once and waited out.
pub(crate) async fn accept<T>(
    mut poll_accept: impl FnMut(&mut Context<'_>) -> Poll<io::Result<T>>,
    report: impl Fn(&Error),
) -> T {
    let mut reported = false;
    loop {
        match poll_fn(&mut poll_accept).await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if !reported {
                    reported = true;
                    let what = "a connection could not be accepted";
                    report(&Error::new(StatusCode::SERVICE_UNAVAILABLE, what).with_source(error));
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// The client left before it was accepted.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::NotConnected
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// What comes out of a listener that fails so before it succeeds, and what was reported.
    async fn after(errors: &[io::ErrorKind]) -> (u8, Vec<String>) {
        let reports = RefCell::new(Vec::new());
        let mut errors = errors.iter();
        let accepted = accept(
            |_| {
                Poll::Ready(match errors.next() {
                    Some(&error) => Err(error.into()),
                    None => Ok(7),
                })
            },
            |error| reports.borrow_mut().push(error.to_string()),
        )
        .await;
        (accepted, reports.into_inner())
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_connection_is_skipped() {
        let (accepted, reports) = after(&[io::ErrorKind::ConnectionAborted]).await;
        assert_eq!(accepted, 7);
        assert!(reports.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_shortage_is_reported_once_and_waited_out() {
        let start = tokio::time::Instant::now();
        let (accepted, reports) = after(&[io::ErrorKind::OutOfMemory; 3]).await;
        assert_eq!(accepted, 7);
        assert_eq!(start.elapsed(), 3 * PAUSE);
        assert_eq!(
            reports,
            ["503 Service Unavailable: a connection could not be accepted: out of memory"]
        );
    }
}
