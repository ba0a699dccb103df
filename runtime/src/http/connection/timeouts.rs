//! The timeouts of a connection.
//!
//! A connection has one timer. Requests neither set nor reset it. When the timer fires, the state of the connection
//! decides whether a timeout has elapsed and when to check again. A change of state is observed at the next check, so a
//! timeout may take effect late.

use std::time::Duration;

use tokio::time::Instant;

use crate::http::limits::Limits;

/// How long the handler of a half-closed connection may continue before the client counts as disconnected.
const HALF_OPEN: Duration = Duration::from_secs(1);

/// The longest tick. An idle connection usually releases its memory after one or two ticks, and allocates it again for
/// the next request.
const TICK: Duration = Duration::from_millis(250);

/// The maximum number of ticks between two checks while the state does not change, unless the connection is idle or
/// [`BUSY_STRETCH`] applies.
const STRETCH: u32 = 4;

/// The maximum number of ticks between two checks of a busy connection to which no timeout applies, if the caller
/// notices changes at once: see [`Timeouts::noticing_changes`].
const BUSY_STRETCH: u32 = 64;

/// The time between two checks of an idle connection to which no timeout applies.
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
    /// Like [`Busy`](Self::Busy), but the client has closed its write side and may have disconnected.
    HalfClosed,
    /// The last response is sent, and no further request has begun.
    Idle,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    pub(crate) state: ConnectionState,
    /// The ordinal of the request that the state refers to.
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

/// The action to take after a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeoutAction {
    /// Check again at this time.
    Wait(Instant),
    /// The connection was idle for a tick: release memory, and check again at this time.
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
    /// The time between two checks, before it is multiplied by `stretch`.
    tick: Duration,
    /// The number of ticks until the next check, while the state does not change.
    stretch: u32,
    busy_stretch: u32,
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
            busy_stretch: STRETCH,
            state: ConnectionState::Head,
            request_seen: 1,
            since: now,
            bytes: 0,
            last_activity: now,
            waiting: None,
        }
    }

    /// Adjusts the timeouts for a caller that also checks when [`has_changed`](Self::has_changed) returns `true`: a
    /// connection that is busy for a long time, for example with a stream of events, is then checked rarely.
    pub(crate) fn noticing_changes(mut self) -> Self {
        self.busy_stretch = BUSY_STRETCH;
        self
    }

    /// Returns whether a check is needed although the next one is not due soon: the state has changed, or
    /// output waits for the client.
    pub(crate) fn has_changed(&self, snapshot: impl FnOnce() -> Snapshot) -> bool {
        self.stretch > STRETCH && {
            let it = snapshot();
            (it.state, it.request) != (self.state, self.request_seen) || it.waiting.is_some()
        }
    }

    /// Returns the time until the first check of a connection.
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
        let is_busy = self.state == ConnectionState::Busy && snapshot.waiting.is_none();
        let is_resting = is_busy && next.is_none();
        self.stretch = match is_resting {
            _ if changed => 1,
            true => (2 * self.stretch).min(self.busy_stretch),
            false => (2 * self.stretch).min(STRETCH),
        };
        let tick = now + self.tick * self.stretch;
        TimeoutAction::Wait(next.map_or(tick, |next| next.min(tick)))
    }

    /// Returns the time at which the state of the snapshot was first observed, if it is the state that was
    /// observed last.
    pub(crate) fn unchanged_since(&self, snapshot: Snapshot) -> Option<Instant> {
        let same = (self.state, self.request_seen) == (snapshot.state, snapshot.request);
        same.then_some(self.since)
    }

    /// Restarts the inactivity timeout.
    pub(crate) fn restart_idle(&mut self, now: Instant) {
        self.last_activity = now;
    }

    /// Records whether output waits for the client. Returns the time by which the client must have accepted
    /// [`SEND_STEP`] bytes or all of the output.
    fn observe_output(&mut self, sent: Option<u64>, now: Instant) -> Option<Instant> {
        self.waiting = sent.map(|sent| match self.waiting {
            Some(waiting) if sent < waiting.sent + SEND_STEP => waiting,
            _ => UnsentOutput { since: now, sent },
        });
        Some(self.waiting?.since + self.send?)
    }

    /// Records the state. Returns whether it changed. The time for a body is measured from when its request was first
    /// observed.
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
mod tests;
