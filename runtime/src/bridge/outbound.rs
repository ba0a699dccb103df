//! The task that sends frames.

use std::sync::Arc;

use tokio::time::sleep;

use super::backoff::Backoff;
use super::engine::Outbound;
use super::frame;
use super::inbox::Link;
use super::outbox::Batch;
use super::shared::{START, Shared};

/// Sends the events of the outbox, in order, until the last frame is sent, or until a frame of an abandoned outbox
/// cannot be sent. After an error, the same frame is sent again, so the other replicas may receive it twice; they
/// ignore the second copy because of its sequence numbers.
pub(super) async fn run(shared: Arc<Shared>, mut engine: impl Outbound) {
    sleep(START).await;
    let mut backoff = Backoff::new();
    loop {
        let Batch {
            events,
            tip,
            is_closed,
        } = shared.outbox.next_batch(shared.heartbeat()).await;
        let frame = frame::write(&shared.identity(), tip, is_closed, &events);
        while let Err(error) = engine.send(&frame).await {
            shared.inbox.set_link(Link::Outbound, Err(error));
            if shared.outbox.is_abandoned() {
                return;
            }
            backoff.wait().await;
        }
        shared.outbox.set_sent();
        backoff.reset();
        shared.inbox.set_link(Link::Outbound, Ok(()));
        for stored in events.into_iter().filter_map(|it| it.stored) {
            // The caller may have stopped waiting.
            let _ = stored.send(());
        }
        if is_closed {
            shared.outbox.set_flushed();
            return;
        }
    }
}
