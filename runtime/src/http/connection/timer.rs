//! The timer of a connection.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::task::unconstrained;
use tokio::time::{Instant, Sleep};

/// A timer that is polled with every request but rarely fires. While the timer has not fired and would wake the polling
/// task, a poll does not reach the runtime.
#[derive(Debug)]
pub(crate) struct Timer {
    sleep: Pin<Box<Sleep>>,
    /// The task that the timer wakes.
    waker: Option<Waker>,
}

impl Timer {
    pub(crate) fn after(time: Duration) -> Self {
        Self {
            sleep: Box::pin(tokio::time::sleep(time)),
            waker: None,
        }
    }

    /// Is ready once the timer has fired, until it is reset.
    #[inline]
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let waker = self.waker.as_ref();
        if waker.is_some_and(|waker| waker.will_wake(cx.waker())) && !self.sleep.is_elapsed() {
            return Poll::Pending;
        }
        self.poll_sleep(cx)
    }

    fn poll_sleep(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // Without `unconstrained`, the runtime may ask the task to yield, in which case the timer would not be set.
        let fired = pin!(unconstrained(self.sleep.as_mut())).poll(cx);
        self.waker = fired.is_pending().then(|| cx.waker().clone());
        fired
    }

    pub(crate) fn reset(&mut self, until: Instant) {
        self.sleep.as_mut().reset(until);
        self.waker = None;
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::task::consume_budget;

    use super::*;

    const LONG: Duration = Duration::from_secs(1000);

    #[tokio::test(start_paused = true)]
    async fn a_timer_can_be_reset_after_it_fired() {
        let start = Instant::now();
        let mut timer = Timer::after(LONG);
        for round in 1..4 {
            poll_fn(|cx| timer.poll(cx)).await;
            assert!(start.elapsed() >= round * LONG);
            timer.reset(Instant::now() + LONG);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_timer_wakes_the_task_that_polled_it_last() {
        let mut timer = Timer::after(LONG);
        let mut other = Context::from_waker(Waker::noop());
        assert_eq!(timer.poll(&mut other), Poll::Pending);
        let task = tokio::spawn(async move { poll_fn(|cx| timer.poll(cx)).await });
        task.await.expect("the timer fires");
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_that_has_to_yield_still_sets_its_timer() {
        let mut timer = Timer::after(LONG);
        let mut polls = 0;
        let task = tokio::spawn(poll_fn(move |cx| {
            polls += 1;
            while polls == 1 && pin!(consume_budget()).poll(cx).is_ready() {}
            timer.poll(cx)
        }));
        let fired = tokio::time::timeout(2 * LONG, task).await;
        assert!(fired.expect("the timer fires").is_ok());
    }
}
