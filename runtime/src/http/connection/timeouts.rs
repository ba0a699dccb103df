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
pub(crate) enum Activity {
    /// The head of a request is to come, or comes: of the first one from the beginning of the connection on.
    Head,
    /// The body of a request comes.
    Body,
    /// A request is answered, or the answer is still on its way to the client.
    Busy,
    /// The same, for a client that sends no more and may be gone.
    HalfOpen,
    /// Nothing, since the last answer.
    Idle,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pulse {
    pub(crate) activity: Activity,
    /// The number of the request that it is about.
    pub(crate) request: u64,
    /// How many bytes have gone in and out.
    pub(crate) bytes: u64,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing; look again then.
    Wait(Instant),
    /// It has been idle for a while, and may be for longer: let go of memory, and look again then.
    Rest(Instant),
    /// It waited long enough for a next request: close it.
    Idle,
    /// A head did not arrive in time: 408.
    LateHead,
    /// A body did not arrive in time: 408, and look again then.
    LateBody(Instant),
    /// Nothing was sent or received for too long.
    Silent,
    /// The client is gone.
    Gone,
}

#[derive(Debug)]
pub(crate) struct Clock {
    headers: Option<Duration>,
    request: Option<Duration>,
    keep_alive: Option<Duration>,
    silence: Option<Duration>,
    /// How long it takes until a change is seen, ...
    tick: Duration,
    /// ... times this: what does not change is looked at less often.
    stretch: u32,
    activity: Activity,
    request_seen: u64,
    since: Instant,
    bytes: u64,
    moved: Instant,
}

impl Clock {
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
            activity: Activity::Head,
            request_seen: 1,
            since: now,
            bytes: 0,
            moved: now,
        }
    }

    /// How long after its beginning a connection is first looked at.
    pub(crate) fn first_look(&self) -> Duration {
        self.tick
    }

    pub(crate) fn verdict(&mut self, pulse: Pulse, now: Instant) -> Verdict {
        if pulse.bytes != self.bytes {
            self.bytes = pulse.bytes;
            self.moved = now;
        }
        let changed = self.see(pulse, now);
        let silence = self.silence.map(|limit| self.moved + limit);
        if silence.is_some_and(|deadline| deadline <= now) {
            return Verdict::Silent;
        }
        let (limit, verdict) = match self.activity {
            Activity::Head => (self.headers, Verdict::LateHead),
            Activity::Body => (self.request, Verdict::LateBody(now + self.tick)),
            Activity::Idle => (self.keep_alive, Verdict::Idle),
            Activity::HalfOpen => (Some(HALF_OPEN), Verdict::Gone),
            Activity::Busy => (None, Verdict::Gone),
        };
        let deadline = limit.map(|limit| self.since + limit);
        if deadline.is_some_and(|deadline| deadline <= now) {
            return verdict;
        }
        let next = deadline.into_iter().chain(silence).min();
        if self.activity == Activity::Idle && !changed {
            return Verdict::Rest(next.unwrap_or(now + IDLE));
        }
        self.stretch = if changed {
            1
        } else {
            (2 * self.stretch).min(STRETCH)
        };
        let tick = now + self.tick * self.stretch;
        Verdict::Wait(next.map_or(tick, |next| next.min(tick)))
    }

    /// Since when the connection is known to be at what it is at.
    pub(crate) fn unchanged_since(&self, pulse: Pulse) -> Option<Instant> {
        let same = (self.activity, self.request_seen) == (pulse.activity, pulse.request);
        same.then_some(self.since)
    }

    /// Counts silence from now on.
    pub(crate) fn hear(&mut self, now: Instant) {
        self.moved = now;
    }

    /// Notes what the connection is at. The time of a body counts from the beginning of its head.
    fn see(&mut self, pulse: Pulse, now: Instant) -> bool {
        let same_request = self.request_seen == pulse.request;
        let changed = !same_request || self.activity != pulse.activity;
        let goes_on =
            same_request && (self.activity, pulse.activity) == (Activity::Head, Activity::Body);
        if changed && !goes_on {
            self.since = now;
        }
        self.activity = pulse.activity;
        self.request_seen = pulse.request;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pulse(activity: Activity, request: u64) -> Pulse {
        Pulse {
            activity,
            request,
            bytes: 0,
        }
    }

    fn clock(limits: Limits) -> (Clock, Instant) {
        let now = Instant::now();
        (Clock::new(&limits, now), now)
    }

    #[test]
    fn an_idle_connection_is_closed_after_five_seconds() {
        let (mut clock, start) = clock(Limits::default());
        let idle = pulse(Activity::Idle, 1);
        let wait = Verdict::Wait(start + TICK);
        assert_eq!(clock.verdict(idle, start), wait);
        let rest = Verdict::Rest(start + 5 * SECOND);
        assert_eq!(clock.verdict(idle, start + TICK), rest);
        assert_eq!(clock.verdict(idle, start + 5 * SECOND), Verdict::Idle);
    }

    #[test]
    fn an_answer_may_take_its_time_and_is_looked_at_less_often() {
        let (mut clock, start) = clock(Limits::default());
        let now = start + 1000 * SECOND;
        let busy = pulse(Activity::Busy, 1);
        assert_eq!(clock.verdict(busy, now), Verdict::Wait(now + TICK));
        let later = now + 1000 * SECOND;
        assert_eq!(clock.verdict(busy, later), Verdict::Wait(later + 2 * TICK));
    }

    #[test]
    fn the_first_head_has_sixty_seconds_from_the_beginning() {
        let (mut clock, start) = clock(Limits::default());
        let head = pulse(Activity::Head, 1);
        let now = start + 59 * SECOND;
        assert_eq!(clock.verdict(head, now), Verdict::Wait(now + 2 * TICK));
        assert_eq!(clock.verdict(head, now + SECOND), Verdict::LateHead);
    }

    #[test]
    fn a_later_head_has_sixty_seconds_from_when_it_is_seen() {
        let (mut clock, start) = clock(Limits::default());
        let head = pulse(Activity::Head, 7);
        let seen = start + 100 * SECOND;
        assert_eq!(clock.verdict(head, seen), Verdict::Wait(seen + TICK));
        assert_eq!(clock.verdict(head, seen + 60 * SECOND), Verdict::LateHead);
    }

    #[test]
    fn a_body_has_the_time_of_its_whole_request() {
        let (mut clock, start) = clock(Limits::default());
        let (head, body) = (pulse(Activity::Head, 1), pulse(Activity::Body, 1));
        clock.verdict(head, start + 50 * SECOND);
        let late = start + 300 * SECOND;
        assert_eq!(clock.verdict(body, late - TICK), Verdict::Wait(late));
        assert_eq!(clock.verdict(body, late), Verdict::LateBody(late + TICK));
    }

    #[test]
    fn silence_is_counted_from_the_last_byte() {
        let (mut clock, start) = clock(Limits {
            timeout: Some(10 * SECOND),
            ..Limits::default()
        });
        let mut busy = pulse(Activity::Busy, 1);
        busy.bytes = 1;
        clock.verdict(busy, start + 9 * SECOND);
        let now = start + 18 * SECOND;
        assert_eq!(clock.verdict(busy, now), Verdict::Wait(now + 2 * TICK));
        assert_eq!(clock.verdict(busy, now + SECOND), Verdict::Silent);
    }

    #[test]
    fn a_client_that_sends_no_more_is_gone_after_a_second() {
        let (mut clock, start) = clock(Limits::default());
        let half = pulse(Activity::HalfOpen, 1);
        clock.verdict(half, start);
        assert_eq!(clock.verdict(half, start + SECOND), Verdict::Gone);
    }

    #[test]
    fn no_limit_is_no_limit() {
        let (mut clock, start) = clock(Limits {
            keep_alive: None,
            headers: None,
            request: None,
            ..Limits::default()
        });
        let now = start + 10_000 * SECOND;
        let head = clock.verdict(pulse(Activity::Head, 1), now);
        assert_eq!(head, Verdict::Wait(now + 2 * TICK));
        let body = clock.verdict(pulse(Activity::Body, 1), now);
        assert_eq!(body, Verdict::Wait(now + TICK));
    }
}
