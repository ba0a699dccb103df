//! When a connection has taken too long over something.
//!
//! A connection has one timer, and nothing touches it while requests come and go: when it fires, what has happened
//! since decides what comes next. What a connection is at is seen at most a tick late.

use std::time::Duration;

use tokio::time::Instant;

use crate::http::limits::Limits;

/// How long a client that sends no more has to wait for the end of its answer, before it is held to be gone.
const HALF_OPEN: Duration = Duration::from_secs(1);

/// The longest time between two looks. A connection that is idle lets go of its memory after one or two of them, and has to
/// ask for it again with the next request.
const TICK: Duration = Duration::from_millis(250);

const STRETCH: u32 = 4;

/// How long an idle connection is not looked at that may be so for ever.
const IDLE: Duration = Duration::from_secs(60);

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionState {
    /// The head of a request is to come, or comes: of the first one from the beginning of the connection on.
    Head,
    /// The body of a request comes.
    Body,
    /// A request is answered, or the answer is still on its way to the client.
    Busy,
    /// The same, for a client that sends no more and may be gone.
    HalfClosed,
    /// Nothing, since the last answer.
    Idle,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    pub(crate) state: ConnectionState,
    /// The number of the request that it is about.
    pub(crate) request: u64,
    /// How many bytes have gone in and out.
    pub(crate) bytes: u64,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeoutAction {
    /// Nothing; look again then.
    Wait(Instant),
    /// It has been idle for a while, and may be for longer: let go of memory, and look again then.
    Hibernate(Instant),
    /// It waited long enough for a next request: close it.
    KeepAliveTimeout,
    /// A head did not arrive in time: 408.
    HeadersTimeout,
    /// A body did not arrive in time: 408, and look again then.
    BodyTimeout(Instant),
    /// Nothing was sent or received for too long.
    IdleTimeout,
    /// The client is gone.
    Disconnected,
}

#[derive(Debug)]
pub(crate) struct Timeouts {
    headers: Option<Duration>,
    request: Option<Duration>,
    keep_alive: Option<Duration>,
    silence: Option<Duration>,
    /// How long it takes until a change is seen, ...
    tick: Duration,
    /// ... times this: what does not change is looked at less often.
    stretch: u32,
    state: ConnectionState,
    request_seen: u64,
    since: Instant,
    bytes: u64,
    moved: Instant,
}

impl Timeouts {
    pub(crate) fn new(limits: &Limits, now: Instant) -> Self {
        let all = [
            limits.headers,
            limits.request,
            limits.keep_alive,
            limits.timeout,
        ];
        let shortest = all.into_iter().flatten().min();
        let tick = shortest.map_or(TICK, |shortest| shortest / 4);
        Self {
            headers: limits.headers,
            request: limits.request,
            keep_alive: limits.keep_alive,
            silence: limits.timeout,
            tick: tick.clamp(Duration::from_millis(1), TICK),
            stretch: 1,
            state: ConnectionState::Head,
            request_seen: 1,
            since: now,
            bytes: 0,
            moved: now,
        }
    }

    /// How long after its beginning a connection is first looked at.
    pub(crate) fn first_check(&self) -> Duration {
        self.tick
    }

    pub(crate) fn check(&mut self, snapshot: Snapshot, now: Instant) -> TimeoutAction {
        if snapshot.bytes != self.bytes {
            self.bytes = snapshot.bytes;
            self.moved = now;
        }
        let changed = self.observe(snapshot, now);
        let silence = self.silence.map(|limit| self.moved + limit);
        if silence.is_some_and(|deadline| deadline <= now) {
            return TimeoutAction::IdleTimeout;
        }
        let (limit, action) = match self.state {
            ConnectionState::Head => (self.headers, TimeoutAction::HeadersTimeout),
            ConnectionState::Body => (self.request, TimeoutAction::BodyTimeout(now + self.tick)),
            ConnectionState::Idle => (self.keep_alive, TimeoutAction::KeepAliveTimeout),
            ConnectionState::HalfClosed => (Some(HALF_OPEN), TimeoutAction::Disconnected),
            ConnectionState::Busy => (None, TimeoutAction::Disconnected),
        };
        let deadline = limit.map(|limit| self.since + limit);
        if deadline.is_some_and(|deadline| deadline <= now) {
            return action;
        }
        let next = deadline.into_iter().chain(silence).min();
        if self.state == ConnectionState::Idle && !changed {
            return TimeoutAction::Hibernate(next.unwrap_or(now + IDLE));
        }
        self.stretch = if changed {
            1
        } else {
            (2 * self.stretch).min(STRETCH)
        };
        let tick = now + self.tick * self.stretch;
        TimeoutAction::Wait(next.map_or(tick, |next| next.min(tick)))
    }

    /// Since when the connection is known to be at what it is at.
    pub(crate) fn unchanged_since(&self, snapshot: Snapshot) -> Option<Instant> {
        let same = (self.state, self.request_seen) == (snapshot.state, snapshot.request);
        same.then_some(self.since)
    }

    /// Counts silence from now on.
    pub(crate) fn restart_idle(&mut self, now: Instant) {
        self.moved = now;
    }

    /// Notes what the connection is at. The time of a body counts from the beginning of its head.
    fn observe(&mut self, snapshot: Snapshot, now: Instant) -> bool {
        let same_request = self.request_seen == snapshot.request;
        let changed = !same_request || self.state != snapshot.state;
        let goes_on = same_request
            && (self.state, snapshot.state) == (ConnectionState::Head, ConnectionState::Body);
        if changed && !goes_on {
            self.since = now;
        }
        self.state = snapshot.state;
        self.request_seen = snapshot.request;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn snapshot(state: ConnectionState, request: u64) -> Snapshot {
        Snapshot {
            state,
            request,
            bytes: 0,
        }
    }

    fn timeouts(limits: Limits) -> (Timeouts, Instant) {
        let now = Instant::now();
        (Timeouts::new(&limits, now), now)
    }

    #[test]
    fn an_idle_connection_is_closed_after_five_seconds() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let idle = snapshot(ConnectionState::Idle, 1);
        let wait = TimeoutAction::Wait(start + TICK);
        assert_eq!(timeouts.check(idle, start), wait);
        let rest = TimeoutAction::Hibernate(start + 5 * SECOND);
        assert_eq!(timeouts.check(idle, start + TICK), rest);
        assert_eq!(
            timeouts.check(idle, start + 5 * SECOND),
            TimeoutAction::KeepAliveTimeout
        );
    }

    #[test]
    fn an_answer_may_take_its_time_and_is_looked_at_less_often() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let now = start + 1000 * SECOND;
        let busy = snapshot(ConnectionState::Busy, 1);
        assert_eq!(timeouts.check(busy, now), TimeoutAction::Wait(now + TICK));
        let later = now + 1000 * SECOND;
        assert_eq!(
            timeouts.check(busy, later),
            TimeoutAction::Wait(later + 2 * TICK)
        );
    }

    #[test]
    fn the_first_head_has_sixty_seconds_from_the_beginning() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let head = snapshot(ConnectionState::Head, 1);
        let now = start + 59 * SECOND;
        assert_eq!(
            timeouts.check(head, now),
            TimeoutAction::Wait(now + 2 * TICK)
        );
        assert_eq!(
            timeouts.check(head, now + SECOND),
            TimeoutAction::HeadersTimeout
        );
    }

    #[test]
    fn a_later_head_has_sixty_seconds_from_when_it_is_seen() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let head = snapshot(ConnectionState::Head, 7);
        let seen = start + 100 * SECOND;
        assert_eq!(timeouts.check(head, seen), TimeoutAction::Wait(seen + TICK));
        assert_eq!(
            timeouts.check(head, seen + 60 * SECOND),
            TimeoutAction::HeadersTimeout
        );
    }

    #[test]
    fn a_body_has_the_time_of_its_whole_request() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let (head, body) = (
            snapshot(ConnectionState::Head, 1),
            snapshot(ConnectionState::Body, 1),
        );
        timeouts.check(head, start + 50 * SECOND);
        let late = start + 300 * SECOND;
        assert_eq!(timeouts.check(body, late - TICK), TimeoutAction::Wait(late));
        assert_eq!(
            timeouts.check(body, late),
            TimeoutAction::BodyTimeout(late + TICK)
        );
    }

    #[test]
    fn silence_is_counted_from_the_last_byte() {
        let (mut timeouts, start) = timeouts(Limits {
            timeout: Some(10 * SECOND),
            ..Limits::default()
        });
        let mut busy = snapshot(ConnectionState::Busy, 1);
        busy.bytes = 1;
        timeouts.check(busy, start + 9 * SECOND);
        let now = start + 18 * SECOND;
        assert_eq!(
            timeouts.check(busy, now),
            TimeoutAction::Wait(now + 2 * TICK)
        );
        assert_eq!(
            timeouts.check(busy, now + SECOND),
            TimeoutAction::IdleTimeout
        );
    }

    #[test]
    fn a_client_that_sends_no_more_is_gone_after_a_second() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let half = snapshot(ConnectionState::HalfClosed, 1);
        timeouts.check(half, start);
        assert_eq!(
            timeouts.check(half, start + SECOND),
            TimeoutAction::Disconnected
        );
    }

    #[test]
    fn no_limit_is_no_limit() {
        let (mut timeouts, start) = timeouts(Limits {
            keep_alive: None,
            headers: None,
            request: None,
            ..Limits::default()
        });
        let now = start + 10_000 * SECOND;
        let head = timeouts.check(snapshot(ConnectionState::Head, 1), now);
        assert_eq!(head, TimeoutAction::Wait(now + 2 * TICK));
        let body = timeouts.check(snapshot(ConnectionState::Body, 1), now);
        assert_eq!(body, TimeoutAction::Wait(now + TICK));
    }
}
