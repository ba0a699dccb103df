//! The state that the streams of a connection share.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use http::HeaderValue;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::connection::MAX_STREAMS;
use super::date::DateValue;
use crate::http::exchange::Exchange;
use crate::http::exchange::context::ConnectionContext;
use crate::http::interruption::Interruption;
use crate::http::request::channel::{BodyFailure, RequestChannel};
use crate::http::sync::lock;

pub(crate) struct Streams {
    pub(super) context: Arc<ConnectionContext>,
    active: AtomicUsize,
    /// The number of streams accepted so far.
    total: AtomicU64,
    /// Whether no further streams are accepted.
    is_closed: AtomicBool,
    /// Whether to wake the connection's task when no stream is active anymore.
    is_awaited: AtomicBool,
    /// The number of bytes of response bodies that hyper has taken and has neither written nor discarded.
    unsent: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    arriving: Arriving,
    /// Exchanges of streams that have ended, to be reused.
    #[expect(
        clippy::vec_box,
        reason = "an exchange is large, and is moved from stream to stream"
    )]
    spare: Vec<Box<Exchange>>,
    date: DateValue,
    /// The tasks of streams for another protocol.
    tunnels: Vec<AbortHandle>,
    /// The reason that is reported for streams that end only because the connection does.
    interruption: Interruption,
}

/// Incomplete request bodies, in the order in which their requests were received. There are at most [`MAX_STREAMS`].
#[derive(Default)]
struct Arriving {
    bodies: Vec<IncompleteBody>,
    next: u64,
}

struct IncompleteBody {
    number: u64,
    begun: Instant,
    channel: Arc<RequestChannel>,
}

impl Arriving {
    /// Returns the first deadline and the channel of its body, which is removed if the deadline has passed. The caller
    /// fails exactly the bodies that are removed, so both use the same `now`.
    fn next_deadline(
        &mut self,
        timeout: Duration,
        now: Instant,
    ) -> Option<(Instant, Arc<RequestChannel>)> {
        let first = self.bodies.first()?;
        let deadline = first.begun + timeout;
        let channel = match deadline <= now {
            true => self.bodies.remove(0).channel,
            false => Arc::clone(&first.channel),
        };
        Some((deadline, channel))
    }

    fn remove(&mut self, number: u64) -> Option<IncompleteBody> {
        let position = self.bodies.iter().position(|it| it.number == number)?;
        Some(self.bodies.remove(position))
    }
}

impl Streams {
    pub(super) fn new(context: Arc<ConnectionContext>) -> Arc<Self> {
        Arc::new(Self {
            context,
            active: AtomicUsize::new(0),
            total: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
            is_awaited: AtomicBool::new(false),
            unsent: AtomicUsize::new(0),
            state: Mutex::default(),
        })
    }

    /// Returns the number of exchanges and tunnels that have not ended.
    pub(crate) fn active(&self) -> usize {
        self.active.load(Acquire)
    }

    /// Returns the number of streams accepted so far.
    pub(crate) fn total(&self) -> u64 {
        self.total.load(Relaxed)
    }

    /// Returns whether the connection has reached its maximum number of streams.
    pub(crate) fn is_exhausted(&self) -> bool {
        let limit = self.context.limits.requests_per_socket;
        limit.is_some_and(|limit| self.total() >= limit)
    }

    /// Sets the reason that streams report if they end after this call.
    pub(crate) fn interrupt(&self, reason: Interruption) {
        lock(&self.state).interruption = reason;
    }

    /// Returns the reason to report for a stream that ended early.
    pub(super) fn interruption(&self) -> Interruption {
        lock(&self.state).interruption
    }

    /// Makes the connection accept no further streams.
    pub(crate) fn close(&self) {
        self.is_closed.store(true, Relaxed);
    }

    /// Makes the last active stream wake the connection's task when it ends.
    pub(crate) fn wake_when_idle(&self) {
        self.is_awaited.store(true, Relaxed);
    }

    /// Returns the `date` of a response that is sent now.
    pub(super) fn date(&self) -> HeaderValue {
        lock(&self.state).date.get()
    }

    /// Counts a stream. Returns `None` if no further streams are accepted.
    pub(super) fn accept(this: &Arc<Self>) -> Option<StreamGuard> {
        if this.is_closed.load(Relaxed) || this.is_exhausted() {
            return None;
        }
        this.total.fetch_add(1, Relaxed);
        this.active.fetch_add(1, Relaxed);
        Some(StreamGuard(Arc::clone(this)))
    }

    /// Returns an exchange, which may have served another stream.
    pub(super) fn exchange(&self) -> Box<Exchange> {
        let spare = lock(&self.state).spare.pop();
        spare.unwrap_or_else(|| Exchange::new(Arc::clone(&self.context)))
    }

    /// Keeps the exchange of a finished stream for another stream.
    pub(super) fn recycle(&self, exchange: Box<Exchange>) {
        let mut state = lock(&self.state);
        if state.spare.len() < MAX_STREAMS as usize {
            state.spare.push(exchange);
        }
    }

    pub(super) fn add_tunnel(&self, tunnel: AbortHandle) {
        let mut state = lock(&self.state);
        state.tunnels.retain(|tunnel| !tunnel.is_finished());
        state.tunnels.push(tunnel);
    }

    /// Aborts the tasks of streams for another protocol.
    pub(crate) fn abort_tunnels(&self) {
        let tunnels = std::mem::take(&mut lock(&self.state).tunnels);
        for tunnel in tunnels {
            tunnel.abort();
        }
    }

    /// Releases memory of an idle connection.
    pub(crate) fn shrink(&self) {
        let spare = std::mem::take(&mut lock(&self.state).spare);
        drop(spare);
    }

    /// Counts bytes of a response body that hyper takes.
    pub(super) fn on_taken(&self, bytes: usize) {
        self.unsent.fetch_add(bytes, Relaxed);
    }

    /// Counts bytes that hyper has taken and has written or discarded.
    pub(super) fn on_released(&self, bytes: usize) {
        self.unsent.fetch_sub(bytes, Relaxed);
    }

    /// Returns whether a part of a response body waits for the client, because of its flow control or because it does
    /// not read.
    pub(crate) fn has_unsent_data(&self) -> bool {
        self.unsent.load(Relaxed) > 0
    }

    /// Starts the timeout of a request body.
    pub(super) fn expect_body(this: &Arc<Self>, channel: &Arc<RequestChannel>) -> ArrivingBody {
        let arriving = &mut lock(&this.state).arriving;
        arriving.next += 1;
        let number = arriving.next;
        arriving.bodies.push(IncompleteBody {
            number,
            begun: Instant::now(),
            channel: Arc::clone(channel),
        });
        ArrivingBody {
            streams: Arc::downgrade(this),
            number,
        }
    }

    /// Fails the bodies that have not arrived in time. Returns the deadline of the next body.
    pub(crate) fn fail_late_bodies(&self, now: Instant) -> Option<Instant> {
        let timeout = self.context.limits.request?;
        loop {
            let (deadline, channel) = lock(&self.state).arriving.next_deadline(timeout, now)?;
            if deadline > now {
                return Some(deadline);
            }
            channel.fail(BodyFailure::Late(timeout));
        }
    }
}

/// An active stream. Dropping it removes the stream from the count.
pub(super) struct StreamGuard(Arc<Streams>);

impl StreamGuard {
    pub(super) fn streams(&self) -> &Arc<Streams> {
        &self.0
    }

    /// Counts the same stream once more, for a task that outlives its exchange.
    pub(super) fn another(&self) -> Self {
        self.0.active.fetch_add(1, Relaxed);
        Self(Arc::clone(&self.0))
    }
}

impl Drop for StreamGuard {
    fn drop(&mut self) {
        let streams = &self.0;
        if streams.active.fetch_sub(1, AcqRel) == 1 && streams.is_awaited.load(Relaxed) {
            streams.context.socket.handle().wake();
        }
    }
}

/// A request body with a timeout. Dropping it ends the timeout. It may outlive its connection.
pub(super) struct ArrivingBody {
    streams: Weak<Streams>,
    number: u64,
}

impl ArrivingBody {
    /// Returns the reason why the body ended early.
    pub(super) fn interruption(&self) -> Interruption {
        let streams = self.streams.upgrade();
        streams.map_or_else(Interruption::default, |streams| streams.interruption())
    }
}

impl Drop for ArrivingBody {
    fn drop(&mut self) {
        if let Some(streams) = self.streams.upgrade() {
            let removed = lock(&streams.state).arriving.remove(self.number);
            drop(removed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Time passes between reading the clock and the check: a body that becomes late in between is failed by the next
    /// check.
    #[test]
    fn a_body_that_becomes_late_during_a_check_is_kept() {
        const TIMEOUT: Duration = Duration::from_secs(1);
        let mut arriving = Arriving::default();
        let begun = Instant::now() - 2 * TIMEOUT;
        arriving.bodies.push(IncompleteBody {
            number: 1,
            begun,
            channel: Arc::default(),
        });
        let deadline = begun + TIMEOUT;
        let mut check = |now| {
            let (at, _) = arriving.next_deadline(TIMEOUT, now).unwrap();
            (at, arriving.bodies.len())
        };
        assert_eq!(check(deadline - Duration::from_nanos(1)), (deadline, 1));
        assert_eq!(check(deadline), (deadline, 0));
    }
}
