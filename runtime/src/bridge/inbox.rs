//! Queues the received events and calls their listeners.

use std::collections::VecDeque;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::engine::EngineError;
use super::event::{
    BridgeEvents, Down, DropReason, Dropped, DroppedEvent, Gap, GapCause, Missed, Up,
};
use super::registry::Carried;
use crate::events::Emitter;

/// How long the listeners may keep the inbox full before events are discarded.
const PATIENCE: Duration = Duration::from_secs(5);

/// Items are taken until they contain at least this many events.
const CHUNK: usize = 64;

/// The bounded queue between the task that receives and the thread that calls listeners.
///
/// Listeners run on a thread of tokio's pool for blocking calls, one at a time and in order, so that a listener that
/// blocks does not stop the tasks of the bridge.
pub(super) struct Inbox {
    state: Mutex<InboxState>,
    room: Notify,
    events: Arc<Emitter<BridgeEvents>>,
}

struct InboxState {
    items: VecDeque<Item>,
    /// The sum of [`Item::count`] over `items`.
    count: usize,
    /// The items of a frame are added if fewer events than this are queued.
    capacity: usize,
    /// The number of events that were discarded because there was no room.
    discarded: u64,
    /// Whether the inbox was full for so long that events are discarded until there is room.
    is_stalled: bool,
    is_running: bool,
    /// Whether each connection works.
    links: [bool; 2],
    /// `Up` or `Down`, if it has not been emitted yet.
    change: Option<Result<(), EngineError>>,
    is_up: bool,
}

/// One of the two connections of a bridge.
#[derive(Clone, Copy)]
pub(super) enum Link {
    Inbound,
    Outbound,
}

pub(super) enum Item {
    Events(RemoteEvents),
    Gap(Missed),
    Dropped(DroppedEvent),
}

/// Successive events of the same kind from another replica.
pub(super) struct RemoteEvents {
    pub(super) carried: Arc<Carried>,
    pub(super) replica: Arc<str>,
    pub(super) frame: Bytes,
    /// The ranges of their payloads in `frame`.
    pub(super) payloads: Vec<Range<usize>>,
}

impl Inbox {
    pub(super) fn new(capacity: usize, events: Arc<Emitter<BridgeEvents>>) -> Self {
        Self {
            state: Mutex::new(InboxState {
                items: VecDeque::new(),
                count: 0,
                capacity,
                discarded: 0,
                is_stalled: false,
                is_running: false,
                links: [false, false],
                change: None,
                is_up: false,
            }),
            room: Notify::new(),
            events,
        }
    }

    fn lock(&self) -> MutexGuard<'_, InboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_capacity(&self, capacity: usize) {
        self.lock().capacity = capacity.max(1);
    }

    /// Adds the items of a frame. Waits for room; if no items are taken from the queue for [`PATIENCE`], the new items
    /// are discarded.
    pub(super) async fn push(self: &Arc<Self>, items: Vec<Item>) {
        let mut items = items;
        while !items.is_empty() {
            let room = self.room.notified();
            items = self.try_push(items);
            if !items.is_empty() && timeout(PATIENCE, room).await.is_err() {
                self.lock().is_stalled = true;
            }
        }
    }

    /// Adds or discards items. Returns the items if there is no room.
    fn try_push(self: &Arc<Self>, items: Vec<Item>) -> Vec<Item> {
        let mut state = self.lock();
        let count: usize = items.iter().map(Item::count).sum();
        if state.count < state.capacity {
            state.is_stalled = false;
            state.report_discarded();
            state.count += count;
            state.items.extend(items);
        } else if state.is_stalled {
            state.discarded += count as u64;
        } else {
            return items;
        }
        self.run(state);
        Vec::new()
    }

    /// Records the state of a connection. `Up` is emitted once both connections work, and `Down` once either of them
    /// fails.
    pub(super) fn set_link(self: &Arc<Self>, link: Link, result: Result<(), EngineError>) {
        let mut state = self.lock();
        state.links[link as usize] = result.is_ok();
        let is_up = state.links == [true, true];
        if is_up == state.is_up {
            return;
        }
        state.is_up = is_up;
        // A change that has not been emitted yet and the opposite change cancel each other out.
        state.change = match state.change.take() {
            Some(_) => None,
            None => Some(result),
        };
        self.run(state);
    }

    /// Begins to call listeners, unless they are already being called.
    fn run(self: &Arc<Self>, mut state: MutexGuard<'_, InboxState>) {
        let has_work = !state.items.is_empty() || state.change.is_some();
        if has_work && !state.is_running {
            state.is_running = true;
            drop(state);
            let inbox = Arc::clone(self);
            tokio::task::spawn_blocking(move || while inbox.deliver() {});
        }
    }

    /// Calls the listeners of the next items. Returns `false` if there was nothing to report.
    fn deliver(&self) -> bool {
        let mut state = self.lock();
        let change = state.change.take();
        let items = state.take();
        if items.is_empty() {
            state.report_discarded();
        }
        if change.is_none() && items.is_empty() && state.items.is_empty() {
            state.is_running = false;
            return false;
        }
        drop(state);
        self.room.notify_waiters();
        match change {
            Some(Ok(())) => _ = self.events.emit(Up, &()),
            Some(Err(error)) => _ = self.events.emit(Down, &error),
            None => {}
        }
        for item in items {
            self.emit(item);
        }
        true
    }

    fn report_decode(&self, events: &RemoteEvents, error: String) {
        let (name, replica) = (&events.carried.name, Some(&*events.replica));
        let lost = DroppedEvent::new(name, replica, DropReason::Decode, Some(error));
        self.events.emit(Dropped, &lost);
    }

    fn emit(&self, item: Item) {
        match item {
            Item::Events(events) => {
                for payload in &events.payloads {
                    if let Err(error) = events.emit(payload.clone()) {
                        self.report_decode(&events, error);
                    }
                }
            }
            Item::Gap(missed) => _ = self.events.emit(Gap, &missed),
            Item::Dropped(lost) => _ = self.events.emit(Dropped, &lost),
        }
    }
}

impl Item {
    /// Returns the number of events, or 1 for an item that is not a list of events.
    fn count(&self) -> usize {
        match self {
            Self::Events(events) => events.payloads.len(),
            Self::Gap(_) | Self::Dropped(_) => 1,
        }
    }
}

impl RemoteEvents {
    fn emit(&self, payload: Range<usize>) -> Result<(), String> {
        // A panic in `Deserialize` must not end the delivery of later events.
        let emit = AssertUnwindSafe(|| self.carried.emit_json(&self.frame[payload]));
        match catch_unwind(emit) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("its `Deserialize` panicked".to_owned()),
        }
    }
}

impl InboxState {
    /// Takes the next items.
    fn take(&mut self) -> Vec<Item> {
        let (mut taken, mut count) = (Vec::new(), 0);
        while count < CHUNK
            && let Some(item) = self.items.pop_front()
        {
            count += item.count();
            taken.push(item);
        }
        self.count -= count;
        taken
    }

    fn report_discarded(&mut self) {
        if self.discarded > 0 {
            let count = Some(std::mem::take(&mut self.discarded));
            let gap = Missed::new(None, count, GapCause::Slow);
            self.items.push_back(Item::Gap(gap));
            self.count += 1;
        }
    }
}
