//! The task that receives.

use std::sync::Arc;

use bytes::Bytes;
use tokio::time::{Instant, sleep};

use super::backoff::Backoff;
use super::engine::{EngineError, Inbound, Resumed};
use super::event::{DropReason, DroppedEvent, GapCause, Missed};
use super::frame::{Frame, ReceivedEvent};
use super::inbox::{Item, Link, RemoteEvent};
use super::shared::{START, Shared};
use super::tracker::{Tracker, Verdict};

/// Receives frames, and connects again whenever the connection is lost.
pub(super) async fn run(shared: Arc<Shared>, mut engine: impl Inbound) {
    sleep(START).await;
    let mut backoff = Backoff::new();
    let tracker = Tracker::new(shared.heartbeat());
    let mut receiver = Receiver { shared, tracker };
    loop {
        let error = match engine.connect().await {
            Ok(resumed) => {
                backoff.reset();
                receiver.resume(resumed).await;
                receiver.receive_all(&mut engine).await
            }
            Err(error) => error,
        };
        let inbox = &receiver.shared.inbox;
        inbox.set_link(Link::Inbound, Err(error));
        backoff.wait().await;
    }
}

struct Receiver {
    shared: Arc<Shared>,
    tracker: Tracker,
}

impl Receiver {
    async fn resume(&mut self, resumed: Resumed) {
        self.report_loss(resumed).await;
        self.tracker.connected(Instant::now());
        self.shared.inbox.set_link(Link::Inbound, Ok(()));
    }

    async fn report_loss(&self, resumed: Resumed) {
        if resumed == Resumed::MayHaveMissed {
            self.push_gap(Missed::new(None, None, GapCause::Engine))
                .await;
        }
    }

    /// Receives until the connection is lost.
    async fn receive_all(&mut self, engine: &mut impl Inbound) -> EngineError {
        loop {
            let received = match engine.receive().await {
                Ok(received) => received,
                Err(error) => return error,
            };
            self.report_loss(received.resumed).await;
            let now = Instant::now();
            for frame in &received.frames {
                self.process(frame, now).await;
            }
            if received.is_complete {
                for missed in self.tracker.silent(now) {
                    self.push_gap(missed).await;
                }
            }
        }
    }

    async fn process(&mut self, bytes: &Bytes, now: Instant) {
        let Some(mut frame) = Frame::parse(bytes) else {
            return self.push_malformed(None).await;
        };
        let identity = frame.identity;
        if *identity == *self.shared.identity() {
            return;
        }
        let replica: Arc<str> = frame.replica().into();
        for event in &mut frame {
            let Some(event) = event else {
                // The rest of the frame is part of the hole up to its tip.
                self.push_malformed(Some(&replica)).await;
                break;
            };
            match self.tracker.accept(identity, event.sequence, now) {
                Verdict::Ignore => continue,
                Verdict::Emit => {}
                Verdict::EmitAfter(missed) => self.push_hole(&replica, missed).await,
            }
            self.push_event(bytes, &replica, event).await;
        }
        let (tip, is_closed) = (frame.tip, frame.is_closed);
        if let Some(missed) = self.tracker.finish(identity, tip, is_closed, now) {
            self.push_hole(&replica, missed).await;
        }
    }

    async fn push_event(&self, frame: &Bytes, replica: &Arc<str>, event: ReceivedEvent<'_>) {
        let item = match self.shared.carried().named(event.name, event.version) {
            Some(carried) => Item::Event(RemoteEvent {
                carried,
                replica: Arc::clone(replica),
                payload: frame.slice(event.payload),
            }),
            None => Item::Dropped(DroppedEvent::new(
                event.name,
                Some(replica),
                DropReason::Unknown,
                None,
            )),
        };
        self.shared.inbox.push(item).await;
    }

    async fn push_hole(&self, replica: &str, missed: u64) {
        let gap = Missed::new(Some(replica), Some(missed), GapCause::Hole);
        self.push_gap(gap).await;
    }

    async fn push_gap(&self, missed: Missed) {
        self.shared.inbox.push(Item::Gap(missed)).await;
    }

    async fn push_malformed(&self, replica: Option<&str>) {
        let error = Some("the message is malformed".to_owned());
        let lost = DroppedEvent::new("", replica, DropReason::Decode, error);
        self.shared.inbox.push(Item::Dropped(lost)).await;
    }
}
