use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;

use super::body_part::BodyPart;
use super::{BodyFailure, Demand, RequestChannel};

fn streaming(length: Option<u64>) -> (RequestChannel, Context<'static>) {
    let channel = RequestChannel::default();
    channel.set_streaming(length);
    (channel, Context::from_waker(Waker::noop()))
}

#[test]
fn data_is_requested_when_the_reader_waits() {
    let (channel, cx) = streaming(Some(5));
    assert!(channel.poll_demand(&cx).is_pending());
    assert!(channel.poll_frame(&cx).is_pending());
    assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Data));
    channel.push(BodyPart::Data(Bytes::from_static(b"hello")));
    assert!(channel.poll_demand(&cx).is_pending());
    channel.end();
    assert!(matches!(channel.poll_frame(&cx), Poll::Ready(Some(Ok(_)))));
    assert!(channel.is_at_end());
    assert!(matches!(channel.poll_frame(&cx), Poll::Ready(None)));
}

#[test]
fn an_unread_body_is_drained() {
    let (channel, cx) = streaming(Some(5));
    channel.on_dropped();
    assert_eq!(channel.unread_len(), Some(5));
    assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Drain));
    channel.on_drained();
    assert!(channel.is_complete());
    assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Done));
}

#[test]
fn a_late_body_fails_for_its_reader() {
    let (channel, cx) = streaming(None);
    let failure = BodyFailure::Late(Duration::from_secs(7));
    channel.fail(failure);
    let frame = channel.poll_frame(&cx);
    assert!(matches!(frame, Poll::Ready(Some(Err(it))) if it == failure));
    assert!(channel.is_failed() && !channel.is_complete());
}
