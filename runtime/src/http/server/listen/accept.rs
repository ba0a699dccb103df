//! Accepts connections despite errors.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::error::Error;

/// The first pause if the operating system has no file descriptor or memory for a connection. The pause doubles with
/// each further error, up to `MAX_PAUSE`.
const MIN_PAUSE: Duration = Duration::from_millis(10);
const MAX_PAUSE: Duration = Duration::from_secs(1);

/// An acceptor of connections from the queue of a listener.
pub(crate) struct Acceptor<'a> {
    /// Notified when a connection closes, which may end a shortage of resources.
    connection_closed: &'a Notify,
    /// Whether the current shortage was reported. A shortage lasts until the queue is empty: a closed connection may
    /// free resources for only one new connection.
    reported: bool,
    /// The length of the next pause.
    next_pause: Duration,
    /// The current pause.
    pause: Option<Pin<Box<dyn Future<Output = ()> + Send + 'a>>>,
}

impl<'a> Acceptor<'a> {
    pub(crate) fn new(connection_closed: &'a Notify) -> Self {
        Self {
            connection_closed,
            reported: false,
            next_pause: MIN_PAUSE,
            pause: None,
        }
    }

    /// Polls for the next connection. An error of a single connection is skipped. Any other error, such as too many
    /// open files, is reported once per shortage and followed by a pause, which ends early if a connection closes.
    pub(crate) fn poll_next<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut poll_accept: impl FnMut(&mut Context<'_>) -> Poll<io::Result<T>>,
        report: impl Fn(&Error),
    ) -> Poll<T> {
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(cx));
                self.pause = None;
            }
            // The future is created before accepting, so that a connection that closes right afterward is not missed.
            let closed = self.connection_closed.notified();
            let next = poll_accept(cx);
            self.reported &= next.is_ready();
            match ready!(next) {
                Ok(accepted) => {
                    self.next_pause = MIN_PAUSE;
                    return Poll::Ready(accepted);
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    if !std::mem::replace(&mut self.reported, true) {
                        report(&accept_error(error));
                    }
                    self.pause = Some(Box::pin(pause(self.next_pause, closed)));
                    self.next_pause = MAX_PAUSE.min(self.next_pause * 2);
                }
            }
        }
    }
}

fn accept_error(error: io::Error) -> Error {
    let message = "a connection could not be accepted";
    Error::new(StatusCode::SERVICE_UNAVAILABLE, message).with_source(error)
}

async fn pause(length: Duration, closed: Notified<'_>) {
    // The timer or a closed connection ends the pause.
    let _ = tokio::time::timeout(length, closed).await;
}

/// Returns whether the client or its network failed before the connection was accepted. Such a connection has already
/// left the queue.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::Interrupted
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::TimedOut
    )
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::future::poll_fn;

    use tokio::time::Instant;

    use super::*;

    /// A listener that returns these results in order, and the errors that were reported. A result is `None` if the
    /// queue is empty.
    struct Listener {
        acceptor: Acceptor<'static>,
        results: RefCell<Vec<Option<Result<u8, io::ErrorKind>>>>,
        reports: RefCell<Vec<String>>,
    }

    impl Listener {
        fn new(results: &[Option<Result<u8, io::ErrorKind>>]) -> Self {
            let results = results.iter().rev().copied().collect();
            Self {
                acceptor: Acceptor::new(notify()),
                results: RefCell::new(results),
                reports: RefCell::default(),
            }
        }

        async fn next(&mut self) -> u8 {
            poll_fn(|cx| {
                let poll_accept = |cx: &mut Context<'_>| match self.results.borrow_mut().pop() {
                    Some(Some(result)) => Poll::Ready(result.map_err(io::Error::from)),
                    _ => {
                        cx.waker().wake_by_ref();
                        Poll::Pending
                    }
                };
                let report = |error: &Error| self.reports.borrow_mut().push(error.to_string());
                self.acceptor.poll_next(cx, poll_accept, report)
            })
            .await
        }
    }

    fn notify() -> &'static Notify {
        Box::leak(Box::default())
    }

    const SHORTAGE: Option<Result<u8, io::ErrorKind>> = Some(Err(io::ErrorKind::OutOfMemory));

    #[tokio::test(start_paused = true)]
    async fn a_lost_connection_is_skipped() {
        let mut listener =
            Listener::new(&[Some(Err(io::ErrorKind::ConnectionAborted)), Some(Ok(7))]);
        assert_eq!(listener.next().await, 7);
        assert!(listener.reports.borrow().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_shortage_is_reported_once_and_the_pauses_double() {
        let start = Instant::now();
        let mut listener = Listener::new(&[SHORTAGE, SHORTAGE, SHORTAGE, Some(Ok(7))]);
        assert_eq!(listener.next().await, 7);
        assert_eq!(start.elapsed(), (1 + 2 + 4) * MIN_PAUSE);
        assert_eq!(
            *listener.reports.borrow(),
            ["503 Service Unavailable: a connection could not be accepted: out of memory"]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_at_most_a_second() {
        let start = Instant::now();
        let mut results = vec![SHORTAGE; 20];
        results.push(Some(Ok(7)));
        Listener::new(&results).next().await;
        let doubled = (1 + 2 + 4 + 8 + 16 + 32 + 64) * MIN_PAUSE;
        assert_eq!(start.elapsed(), doubled + 13 * MAX_PAUSE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_shortage_lasts_until_the_queue_is_empty() {
        let mut listener = Listener::new(&[
            SHORTAGE,
            Some(Ok(1)),
            SHORTAGE,
            Some(Ok(2)),
            None,
            SHORTAGE,
            Some(Ok(3)),
        ]);
        for (accepted, reports) in [(1, 1), (2, 1), (3, 2)] {
            assert_eq!(listener.next().await, accepted);
            assert_eq!(listener.reports.borrow().len(), reports);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_when_a_connection_closes() {
        let start = Instant::now();
        let closed = notify();
        let mut tries = 0;
        let mut acceptor = Acceptor::new(closed);
        let accepted = poll_fn(|cx| {
            let poll_accept = |_: &mut Context<'_>| {
                tries += 1;
                // A connection that closes right after the call is not missed.
                closed.notify_waiters();
                match tries {
                    ..100 => Poll::Ready(Err(io::ErrorKind::OutOfMemory.into())),
                    _ => Poll::Ready(Ok(tries)),
                }
            };
            acceptor.poll_next(cx, poll_accept, |_| {})
        });
        assert_eq!(accepted.await, 100);
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
