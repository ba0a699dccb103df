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
fn a_busy_handler_is_checked_rarely_until_something_changes() {
    let (timeouts, start) = timeouts(Limits::default());
    let mut timeouts = timeouts.noticing_changes();
    let mut busy = snapshot(ConnectionState::Busy, 1);
    for _ in 0..10 {
        timeouts.check(busy, start);
    }
    let rarely = TimeoutAction::Wait(start + BUSY_STRETCH * TICK);
    assert_eq!(timeouts.check(busy, start), rarely);
    assert!(!timeouts.has_changed(|| busy));
    busy.waiting = Some(0);
    assert!(timeouts.has_changed(|| busy));
    timeouts.check(busy, start);
    assert!(!timeouts.has_changed(|| busy));
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
    // The handler is slow, and no output waits for the client.
    assert!(!at(100, None));
    // The client accepts enough every minute, then everything.
    assert!(!at(200, Some(0)));
    assert!(!at(259, Some(SEND_STEP)));
    assert!(!at(318, Some(2 * SEND_STEP)));
    assert!(!at(377, None));
    // The client accepts too little.
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
fn a_half_closed_connection_counts_as_disconnected_after_a_second() {
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
