//! Accepting connections, whatever the system says.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::error::Error;

/// How long to wait first when the system has no file descriptor or no memory for a connection; twice as long each time
/// after, up to `LONGEST`.
const SHORTEST: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_secs(1);

/// Takes connections out of a listener's queue.
pub(crate) struct Acceptor<'a> {
    /// Says that something was given back of which the system may be short.
    freed: &'a Notify,
    /// The present shortage was told. It lasts until the queue is empty: as long as each connection that ends lets but
    /// one other in, it is the same one.
    told: bool,
    /// How long the next shortage is waited out.
    pause: Duration,
    /// While one is.
    rest: Option<Pin<Box<dyn Future<Output = ()> + Send + 'a>>>,
}

impl<'a> Acceptor<'a> {
    pub(crate) fn new(freed: &'a Notify) -> Self {
        Self {
            freed,
            told: false,
            pause: SHORTEST,
            rest: None,
        }
    }

    /// The next connection. Errors do not end a server: those of one connection are skipped, others, such as too many
    /// open files, are reported once and waited out, at most until something was given back.
    pub(crate) fn poll_next<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut poll_accept: impl FnMut(&mut Context<'_>) -> Poll<io::Result<T>>,
        report: impl Fn(&Error),
    ) -> Poll<T> {
        loop {
            if let Some(rest) = &mut self.rest {
                ready!(rest.as_mut().poll(cx));
                self.rest = None;
            }
            // What is given back right behind the attempt is not missed.
            let freed = self.freed.notified();
            let next = poll_accept(cx);
            self.told &= next.is_ready();
            match ready!(next) {
                Ok(accepted) => {
                    self.pause = SHORTEST;
                    return Poll::Ready(accepted);
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    if !std::mem::replace(&mut self.told, true) {
                        let what = "a connection could not be accepted";
                        let error =
                            Error::new(StatusCode::SERVICE_UNAVAILABLE, what).with_source(error);
                        report(&error);
                    }
                    self.rest = Some(Box::pin(rest(self.pause, freed)));
                    self.pause = LONGEST.min(self.pause * 2);
                }
            }
        }
    }
}

async fn rest(pause: Duration, freed: Notified<'_>) {
    // What ended it makes no difference.
    let _ = tokio::time::timeout(pause, freed).await;
}

/// The client left before it was accepted, or its network did: the connection is out of the queue.
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

/// Whichever is ready first; `first` where both are.
pub(crate) async fn either<A, B>(
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> Result<A, B> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|cx| {
        if let Poll::Ready(value) = first.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        second.as_mut().poll(cx).map(Err)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use tokio::time::Instant;

    use super::*;

    /// A listener that says so, one after the other, and what was reported. `None`: its queue is empty.
    struct Listener {
        acceptor: Acceptor<'static>,
        says: RefCell<Vec<Option<Result<u8, io::ErrorKind>>>>,
        reports: RefCell<Vec<String>>,
    }

    impl Listener {
        fn new(says: &[Option<Result<u8, io::ErrorKind>>]) -> Self {
            let says = says.iter().rev().copied().collect();
            Self {
                acceptor: Acceptor::new(freed()),
                says: RefCell::new(says),
                reports: RefCell::default(),
            }
        }

        async fn next(&mut self) -> u8 {
            poll_fn(|cx| {
                let poll_accept = |cx: &mut Context<'_>| match self.says.borrow_mut().pop() {
                    Some(Some(said)) => Poll::Ready(said.map_err(io::Error::from)),
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

    fn freed() -> &'static Notify {
        Box::leak(Box::default())
    }

    const SHORT: Option<Result<u8, io::ErrorKind>> = Some(Err(io::ErrorKind::OutOfMemory));

    #[tokio::test(start_paused = true)]
    async fn a_lost_connection_is_skipped() {
        let mut listener =
            Listener::new(&[Some(Err(io::ErrorKind::ConnectionAborted)), Some(Ok(7))]);
        assert_eq!(listener.next().await, 7);
        assert!(listener.reports.borrow().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_shortage_is_reported_once_and_waited_out_for_longer_and_longer() {
        let start = Instant::now();
        let mut listener = Listener::new(&[SHORT, SHORT, SHORT, Some(Ok(7))]);
        assert_eq!(listener.next().await, 7);
        assert_eq!(start.elapsed(), (1 + 2 + 4) * SHORTEST);
        assert_eq!(
            *listener.reports.borrow(),
            ["503 Service Unavailable: a connection could not be accepted: out of memory"]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_a_second_at_most() {
        let start = Instant::now();
        let mut says = vec![SHORT; 20];
        says.push(Some(Ok(7)));
        Listener::new(&says).next().await;
        let doubled = (1 + 2 + 4 + 8 + 16 + 32 + 64) * SHORTEST;
        assert_eq!(start.elapsed(), doubled + 13 * LONGEST);
    }

    #[tokio::test(start_paused = true)]
    async fn a_shortage_lasts_until_nobody_waits() {
        let mut listener = Listener::new(&[
            SHORT,
            Some(Ok(1)),
            SHORT,
            Some(Ok(2)),
            None,
            SHORT,
            Some(Ok(3)),
        ]);
        for (accepted, reports) in [(1, 1), (2, 1), (3, 2)] {
            assert_eq!(listener.next().await, accepted);
            assert_eq!(listener.reports.borrow().len(), reports);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends_when_something_is_freed() {
        let start = Instant::now();
        let freed = freed();
        let mut tries = 0;
        let mut acceptor = Acceptor::new(freed);
        let accepted = poll_fn(|cx| {
            let poll_accept = |_: &mut Context<'_>| {
                tries += 1;
                // What is freed right after a try is not missed either.
                freed.notify_waiters();
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
