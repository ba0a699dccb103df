//! The state that the handles and the tasks of a bridge share.

use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use super::backoff::random;
use super::event::BridgeEvents;
use super::frame;
use super::inbox::Inbox;
use super::outbox::Outbox;
use super::registry::CarriedEvents;
use crate::events::Emitter;

/// The default bound of the outbox and of the inbox.
const CAPACITY: usize = 1024;

const HEARTBEAT: Duration = Duration::from_secs(5);

/// The tasks start after this delay, so that the calls to `carry`, `replica` and `on` that follow `Bridge::over` come
/// first. The engine keeps the events that are sent in the meantime.
pub(super) const START: Duration = Duration::from_millis(20);

pub(super) struct Shared {
    pub(super) events: Arc<Emitter<BridgeEvents>>,
    pub(super) outbox: Outbox,
    pub(super) inbox: Arc<Inbox>,
    carried: RwLock<CarriedEvents>,
    settings: Mutex<Settings>,
    epoch: u64,
}

struct Settings {
    /// The name and the epoch of this replica.
    identity: Arc<str>,
    heartbeat: Duration,
}

impl Shared {
    pub(super) fn new(max_frame: usize) -> Self {
        let events = Arc::new(Emitter::new());
        let epoch = random();
        let name = format!("{:08x}", random() >> 32);
        Self {
            outbox: Outbox::new(CAPACITY, max_frame),
            inbox: Arc::new(Inbox::new(CAPACITY, Arc::clone(&events))),
            events,
            carried: RwLock::default(),
            settings: Mutex::new(Settings {
                identity: frame::identity(&name, epoch).into(),
                heartbeat: HEARTBEAT,
            }),
            epoch,
        }
    }

    pub(super) fn carried(&self) -> RwLockReadGuard<'_, CarriedEvents> {
        self.carried.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn carried_mut(&self) -> RwLockWriteGuard<'_, CarriedEvents> {
        self.carried.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn settings<T>(&self, with: impl FnOnce(&mut Settings) -> T) -> T {
        let mut settings = self.settings.lock();
        with(settings.as_mut().unwrap_or_else(|it| it.get_mut()))
    }

    pub(super) fn identity(&self) -> Arc<str> {
        self.settings(|it| Arc::clone(&it.identity))
    }

    pub(super) fn set_replica(&self, name: &str) {
        let identity = frame::identity(name, self.epoch).into();
        self.settings(|it| it.identity = identity);
    }

    pub(super) fn heartbeat(&self) -> Duration {
        self.settings(|it| it.heartbeat)
    }

    pub(super) fn set_heartbeat(&self, heartbeat: Duration) {
        self.settings(|it| it.heartbeat = heartbeat);
    }
}
