//! The task that receives frames.

use std::sync::Arc;

use bytes::Bytes;
use tokio::time::{Instant, sleep};

use super::backoff::Backoff;
use super::engine::{EngineError, Inbound, Resumed};
use super::event::{DropReason, DroppedEvent, GapCause, Missed};
use super::frame::{Frame, ReceivedEvent};
use super::inbox::{Item, Link, RemoteEvents};
use super::registry::CarriedEvents;
use super::shared::{START, Shared};
use super::tracker::{Tracker, Verdict};

/// Receives frames, and reconnects whenever the connection is lost.
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

    async fn process(&mut self, frame: &Bytes, now: Instant) {
        let items = self.read(frame, now);
        self.shared.inbox.push(items).await;
    }

    /// Reads a frame. Returns its events, the gaps that they reveal, and an item for malformed data.
    fn read(&mut self, bytes: &Bytes, now: Instant) -> Vec<Item> {
        let Some(mut frame) = Frame::parse(bytes) else {
            return vec![malformed(None)];
        };
        let identity = frame.identity;
        if *identity == *self.shared.identity() {
            return Vec::new();
        }
        if !self.tracker.knows(identity) {
            // A replica that has just started can detect the end of this one only if it has received a frame from this
            // one.
            self.shared.outbox.announce();
        }
        let replica: Arc<str> = frame.replica().into();
        let mut sender = self.tracker.sender(identity, now);
        let carried = self.shared.carried();
        let mut items = Vec::new();
        for event in &mut frame {
            let Some(event) = event else {
                // The events that cannot be read are part of the hole up to the tip of the frame.
                items.push(malformed(Some(&replica)));
                break;
            };
            match sender.accept(event.sequence) {
                Verdict::Ignore => continue,
                Verdict::Emit => {}
                Verdict::EmitAfter(missed) => items.push(Item::Gap(missed)),
            }
            add_event(&mut items, &carried, bytes, &replica, event);
        }
        items.extend(sender.finish(frame.tip, frame.is_closed).map(Item::Gap));
        items
    }

    async fn push_gap(&self, missed: Missed) {
        self.shared.inbox.push(vec![Item::Gap(missed)]).await;
    }
}

/// Adds an event. If the last item contains events of the same name and version, the event is added to that item.
fn add_event(
    items: &mut Vec<Item>,
    carried: &CarriedEvents,
    frame: &Bytes,
    replica: &Arc<str>,
    event: ReceivedEvent<'_>,
) {
    if let Some(Item::Events(last)) = items.last_mut()
        && last.carried.is(event.name, event.version)
    {
        last.payloads.push(event.payload);
        return;
    }
    items.push(match carried.named(event.name, event.version) {
        Some(carried) => Item::Events(RemoteEvents {
            carried,
            replica: Arc::clone(replica),
            frame: frame.clone(),
            payloads: vec![event.payload],
        }),
        None => {
            let (name, replica) = (event.name, Some(&**replica));
            Item::Dropped(DroppedEvent::new(name, replica, DropReason::Unknown, None))
        }
    });
}

fn malformed(replica: Option<&str>) -> Item {
    let error = Some("the message is malformed".to_owned());
    Item::Dropped(DroppedEvent::new("", replica, DropReason::Decode, error))
}
