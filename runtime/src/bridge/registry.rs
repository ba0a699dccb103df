//! The events that a bridge carries.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::payload::Decode;
use crate::events::{Emitter, Event, EventSet, WeakEmitter};

/// The carried events, by their type and by their name.
#[derive(Default)]
pub(super) struct CarriedEvents {
    by_type: HashMap<TypeId, Arc<Carried>>,
    /// The keys have the form `ShopEvents Sold`.
    by_name: HashMap<Arc<str>, Arc<Carried>>,
    last: Option<Arc<Carried>>,
}

/// A carried event.
pub(super) struct Carried {
    /// The set and the event: `ShopEvents Sold`.
    pub(super) name: Arc<str>,
    version: AtomicU32,
    targets: Arc<dyn Targets>,
}

/// The emitters of an event, without the type of the event.
trait Targets: Any + Send + Sync {
    fn emit_json(&self, json: &[u8]) -> Result<(), serde_json::Error>;
}

/// The emitters of an event.
struct TypedTargets<Set, E> {
    event: E,
    emitters: Vec<WeakEmitter<Set>>,
}

impl<Set, E> Targets for TypedTargets<Set, E>
where
    Set: EventSet,
    E: Event<Set, Payload: Decode>,
{
    fn emit_json(&self, json: &[u8]) -> Result<(), serde_json::Error> {
        let payload = E::Payload::decode(json)?;
        for emitter in &self.emitters {
            emitter.emit(self.event, &payload);
        }
        Ok(())
    }
}

impl CarriedEvents {
    /// Adds an event of an emitter. If the event is already carried, the emitter is added to its emitters.
    pub(super) fn add<Set, E>(&mut self, emitter: &Emitter<Set>, event: E)
    where
        Set: EventSet,
        E: Event<Set, Payload: Decode>,
    {
        let id = TypeId::of::<(Set, E)>();
        let previous = self.by_type.get(&id);
        let mut emitters = match previous.and_then(|it| it.typed::<Set, E>()) {
            Some(targets) => targets.emitters.clone(),
            None => Vec::new(),
        };
        emitters.push(emitter.downgrade());
        let carried = Arc::new(Carried {
            name: format!("{} {}", Set::NAME, E::NAME).into(),
            version: AtomicU32::new(previous.map_or(1, |it| it.version())),
            targets: Arc::new(TypedTargets { event, emitters }),
        });
        let name = Arc::clone(&carried.name);
        self.by_name.insert(name, Arc::clone(&carried));
        self.by_type.insert(id, Arc::clone(&carried));
        self.last = Some(carried);
    }

    /// Sets the schema version of the event that was added last.
    pub(super) fn set_version(&self, version: u32) {
        if let Some(carried) = &self.last {
            carried.version.store(version, Ordering::Relaxed);
        }
    }

    pub(super) fn of_type<Set: EventSet, E: Event<Set>>(&self) -> Option<Arc<Carried>> {
        self.by_type.get(&TypeId::of::<(Set, E)>()).cloned()
    }

    /// Returns the event with this name and version.
    pub(super) fn named(&self, name: &str, version: u32) -> Option<Arc<Carried>> {
        let carried = self.by_name.get(name)?;
        carried.is(name, version).then(|| Arc::clone(carried))
    }
}

impl Carried {
    pub(super) fn version(&self) -> u32 {
        self.version.load(Ordering::Relaxed)
    }

    pub(super) fn is(&self, name: &str, version: u32) -> bool {
        *self.name == *name && self.version() == version
    }

    fn typed<Set: EventSet, E: Event<Set>>(&self) -> Option<&TypedTargets<Set, E>> {
        let targets: &dyn Any = &*self.targets;
        targets.downcast_ref()
    }

    /// Emits the event on the emitters of this replica only.
    pub(super) fn emit<Set: EventSet, E: Event<Set>>(&self, event: E, payload: &E::Payload) {
        if let Some(targets) = self.typed::<Set, E>() {
            for emitter in &targets.emitters {
                emitter.emit(event, payload);
            }
        }
    }

    /// Emits an event that another replica has sent, and does not send it again.
    pub(super) fn emit_json(&self, json: &[u8]) -> Result<(), serde_json::Error> {
        self.targets.emit_json(json)
    }
}
