//! The timeouts of a connection.
//!
//! A connection has one timer, which requests neither set nor reset. When it fires, the state of the connection decides
//! whether a timeout has elapsed and when to check again. A change of state is observed at the next check, so a timeout may
//! elapse late.

use std::time::Duration;

use tokio::time::Instant;

use crate::http::limits::Limits;

/// How long the handler of a half-closed connection may continue before the client counts as disconnected.
const HALF_OPEN: Duration = Duration::from_secs(1);

/// The longest tick. An idle connection releases its memory after one or two ticks, and allocates it again for the next
/// request.
const TICK: Duration = Duration::from_millis(250);

/// The maximum number of ticks between two checks of a state that does not change.
const STRETCH: u32 = 4;

/// The time between two checks of an idle connection that has no timeout.
const IDLE: Duration = Duration::from_secs(60);

/// How many bytes a client must accept within the send timeout, unless it accepts all of the output.
const SEND_STEP: u64 = 16 * 1024;

/// The states of a connection that its timeouts distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionState {
    /// A request head is incomplete. A new connection begins in this state.
    Head,
    /// A request body is incomplete.
    Body,
    /// A request is being handled, or its response is not sent completely.
    Busy,
    /// The same, but the client has closed its write side and may have disconnected.
    HalfClosed,
    /// The last response is sent, and no further request has begun.
    Idle,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    pub(crate) state: ConnectionState,
    /// The number of the request that the state refers to.
    pub(crate) request: u64,
    /// The number of bytes received and sent.
    pub(crate) bytes: u64,
    /// The number of bytes sent, if more output waits for the client.
    pub(crate) waiting: Option<u64>,
}

/// Output that waits for the client.
#[derive(Clone, Copy, Debug)]
struct UnsentOutput {
    since: Instant,
    /// The number of bytes that had been sent at that time.
    sent: u64,
}

/// The action of the connection after a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeoutAction {
    /// Check again at this time.
    Wait(Instant),
    /// It was idle for a tick: release memory, and check again at this time.
    Hibernate(Instant),
    /// No further request began in time: close the connection.
    KeepAliveTimeout,
    /// The request head did not arrive in time: respond with a 408.
    HeadersTimeout,
    /// The request body did not arrive in time: fail it with a 408, and check again at this time.
    BodyTimeout(Instant),
    /// The connection was inactive for too long.
    IdleTimeout,
    /// The client accepted too little of the output: reset the connection.
    SendTimeout,
    /// The client counts as disconnected.
    Disconnected,
}

#[derive(Debug)]
pub(crate) struct Timeouts {
    headers: Option<Duration>,
    request: Option<Duration>,
    keep_alive: Option<Duration>,
    inactivity: Option<Duration>,
    send: Option<Duration>,
    /// The time after which a change of state is observed.
    tick: Duration,
    /// The number of ticks until the next check, while the state does not change.
    stretch: u32,
    state: ConnectionState,
    request_seen: u64,
    since: Instant,
    bytes: u64,
    last_activity: Instant,
    waiting: Option<UnsentOutput>,
}

impl Timeouts {
    pub(crate) fn new(limits: &Limits, now: Instant) -> Self {
        let all = [
            limits.headers,
            limits.request,
            limits.keep_alive,
            limits.timeout,
            limits.send,
        ];
        let shortest = all.into_iter().flatten().min();
        let tick = shortest.map_or(TICK, |shortest| shortest / 4);
        Self {
            headers: limits.headers,
            request: limits.request,
            keep_alive: limits.keep_alive,
            inactivity: limits.timeout,
            send: limits.send,
            tick: tick.clamp(Duration::from_millis(1), TICK),
            stretch: 1,
            state: ConnectionState::Head,
            request_seen: 1,
            since: now,
            bytes: 0,
            last_activity: now,
            waiting: None,
        }
    }

    /// The time until the first check of a connection.
    pub(crate) fn first_check(&self) -> Duration {
        self.tick
    }

    pub(crate) fn check(&mut self, snapshot: Snapshot, now: Instant) -> TimeoutAction {
        if snapshot.bytes != self.bytes {
            self.bytes = snapshot.bytes;
            self.last_activity = now;
        }
        let changed = self.observe(snapshot, now);
        let inactive = self.inactivity.map(|limit| self.last_activity + limit);
        if inactive.is_some_and(|deadline| deadline <= now) {
            return TimeoutAction::IdleTimeout;
        }
        let send = self.observe_output(snapshot.waiting, now);
        if send.is_some_and(|deadline| deadline <= now) {
            return TimeoutAction::SendTimeout;
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
        let next = deadline.into_iter().chain(inactive).chain(send).min();
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

    /// The time at which this state was first observed, if it was.
    pub(crate) fn unchanged_since(&self, snapshot: Snapshot) -> Option<Instant> {
        let same = (self.state, self.request_seen) == (snapshot.state, snapshot.request);
        same.then_some(self.since)
    }

    /// Restarts the inactivity timeout.
    pub(crate) fn restart_idle(&mut self, now: Instant) {
        self.last_activity = now;
    }

    /// Records whether output waits for the client. Returns the time by which the client must have accepted a part of
    /// it.
    fn observe_output(&mut self, sent: Option<u64>, now: Instant) -> Option<Instant> {
        self.waiting = sent.map(|sent| match self.waiting {
            Some(waiting) if sent < waiting.sent + SEND_STEP => waiting,
            _ => UnsentOutput { since: now, sent },
        });
        Some(self.waiting?.since + self.send?)
    }

    /// Records the state. Returns whether it changed. The time of a body is measured from the beginning of its head.
    fn observe(&mut self, snapshot: Snapshot, now: Instant) -> bool {
        let same_request = self.request_seen == snapshot.request;
        let changed = !same_request || self.state != snapshot.state;
        let same_deadline = same_request
            && (self.state, snapshot.state) == (ConnectionState::Head, ConnectionState::Body);
        if changed && !same_deadline {
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
            waiting: None,
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
    fn a_handler_has_no_timeout_and_is_checked_less_often() {
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
    fn the_first_head_times_out_sixty_seconds_after_the_connection_opened() {
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
    fn a_later_head_times_out_sixty_seconds_after_it_was_observed() {
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
    fn the_request_timeout_counts_from_the_beginning_of_the_head() {
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
    fn the_inactivity_timeout_counts_from_the_last_byte() {
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
    fn the_send_timeout_counts_while_output_waits() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let mut busy = snapshot(ConnectionState::Busy, 1);
        let mut at = |seconds: u32, waiting| {
            busy.waiting = waiting;
            let action = timeouts.check(busy, start + seconds * SECOND);
            action == TimeoutAction::SendTimeout
        };
        // The handler takes its time.
        assert!(!at(100, None));
        // The client accepts enough every minute, then everything.
        assert!(!at(200, Some(0)));
        assert!(!at(259, Some(SEND_STEP)));
        assert!(!at(318, Some(2 * SEND_STEP)));
        assert!(!at(377, None));
        // It accepts too little.
        assert!(!at(400, Some(2 * SEND_STEP)));
        assert!(!at(459, Some(3 * SEND_STEP - 1)));
        assert!(at(460, Some(3 * SEND_STEP - 1)));
    }

    #[test]
    fn a_client_is_not_checked_later_than_at_its_send_timeout() {
        let (mut timeouts, start) = timeouts(Limits {
            send: Some(SECOND),
            ..Limits::default()
        });
        let mut busy = snapshot(ConnectionState::Busy, 1);
        busy.waiting = Some(0);
        timeouts.check(busy, start);
        let late = start + SECOND;
        let action = timeouts.check(busy, late - TICK / 2);
        assert_eq!(action, TimeoutAction::Wait(late));
    }

    #[test]
    fn a_half_closed_connection_is_disconnected_after_a_second() {
        let (mut timeouts, start) = timeouts(Limits::default());
        let half = snapshot(ConnectionState::HalfClosed, 1);
        timeouts.check(half, start);
        assert_eq!(
            timeouts.check(half, start + SECOND),
            TimeoutAction::Disconnected
        );
    }

    #[test]
    fn a_disabled_timeout_never_elapses() {
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
