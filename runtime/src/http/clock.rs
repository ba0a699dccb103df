//! When a connection has been silent for too long.
//!
//! A connection has one timer, and nothing touches it while requests come and go: when it fires, what has happened
//! since decides what comes next.

use std::time::Duration;

use tokio::time::Instant;

use super::limits::Limits;

/// What a connection is at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pulse {
    /// A request is being answered, or the answer is still on its way to the client.
    pub(crate) busy: bool,
    /// How many requests there were.
    pub(crate) requests: u64,
    /// Since when it has waited for the next one.
    pub(crate) since: Instant,
    /// Bytes of the next request have come.
    pub(crate) begun: bool,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing; look again then.
    Wait(Instant),
    /// It waited long enough for a next request: close it.
    Idle,
    /// A head did not arrive in time: 408.
    Late,
}

#[derive(Debug)]
pub(crate) struct Clock {
    keep_alive: Option<Duration>,
    headers: Option<Duration>,
    /// How long it takes at most until a change is seen.
    tick: Duration,
    /// The request whose head was seen to have begun, by its number, and when.
    head: Option<(u64, Instant)>,
}

impl Clock {
    /// A clock, unless the limits need none.
    pub(crate) fn new(limits: &Limits) -> Option<Self> {
        let (keep_alive, headers) = (limits.keep_alive, limits.headers);
        let tick = keep_alive.into_iter().chain(headers).min()?;
        Some(Self {
            keep_alive,
            headers,
            tick: tick.max(Duration::from_millis(1)),
            head: None,
        })
    }

    /// How long after its beginning a connection is first looked at.
    pub(crate) fn first_look(&self) -> Duration {
        self.tick
    }

    pub(crate) fn verdict(&mut self, pulse: Pulse, now: Instant) -> Verdict {
        let (limit, since, verdict) = if pulse.busy {
            (None, now, Verdict::Idle)
        } else if pulse.requests == 0 {
            (self.headers, pulse.since, Verdict::Late)
        } else if pulse.begun {
            (self.headers, self.head_since(pulse, now), Verdict::Late)
        } else {
            (self.keep_alive, pulse.since, Verdict::Idle)
        };
        match limit.map(|limit| since + limit) {
            Some(deadline) if deadline <= now => verdict,
            Some(deadline) => Verdict::Wait(deadline.min(now + self.tick)),
            None => Verdict::Wait(now + self.tick),
        }
    }

    /// Since when the head of the next request is known to arrive: at most a tick too late.
    fn head_since(&mut self, pulse: Pulse, now: Instant) -> Instant {
        match self.head {
            Some((requests, since)) if requests == pulse.requests => since,
            _ => {
                self.head = Some((pulse.requests, now));
                now
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn clock() -> Clock {
        Clock::new(&Limits::default()).expect("there are limits")
    }

    fn pulse(since: Instant) -> Pulse {
        Pulse {
            busy: false,
            requests: 1,
            since,
            begun: false,
        }
    }

    #[test]
    fn an_idle_connection_is_closed_after_five_seconds() {
        let start = Instant::now();
        let end = start + 5 * SECOND;
        assert_eq!(
            clock().verdict(pulse(start), end - SECOND),
            Verdict::Wait(end)
        );
        assert_eq!(clock().verdict(pulse(start), end), Verdict::Idle);
    }

    #[test]
    fn a_busy_connection_may_take_its_time() {
        let start = Instant::now();
        let now = start + 1000 * SECOND;
        let busy = Pulse {
            busy: true,
            ..pulse(start)
        };
        assert_eq!(clock().verdict(busy, now), Verdict::Wait(now + 5 * SECOND));
    }

    #[test]
    fn the_first_head_has_sixty_seconds_from_the_beginning() {
        let start = Instant::now();
        let first = Pulse {
            requests: 0,
            ..pulse(start)
        };
        let now = start + 59 * SECOND;
        assert_eq!(clock().verdict(first, now), Verdict::Wait(now + SECOND));
        assert_eq!(clock().verdict(first, now + SECOND), Verdict::Late);
    }

    #[test]
    fn a_later_head_has_sixty_seconds_from_when_it_is_seen() {
        let mut clock = clock();
        let start = Instant::now();
        let begun = Pulse {
            begun: true,
            ..pulse(start)
        };
        let seen = start + 100 * SECOND;
        assert_eq!(clock.verdict(begun, seen), Verdict::Wait(seen + 5 * SECOND));
        let late = seen + 60 * SECOND;
        assert_eq!(clock.verdict(begun, late), Verdict::Late);
        let next = Pulse {
            requests: 2,
            ..begun
        };
        assert_eq!(clock.verdict(next, late), Verdict::Wait(late + 5 * SECOND));
    }

    #[test]
    fn no_limit_needs_no_clock() {
        let limits = Limits {
            keep_alive: None,
            headers: None,
            ..Limits::default()
        };
        assert!(Clock::new(&limits).is_none());
    }
}
