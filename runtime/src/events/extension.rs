//! Events that were added to a set from outside.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::slot::{AnySlot, Slot};

/// The slots of the events that `events! { for Set { … } }` added to a set, in the order in which they were first
/// listened to: a list that only grows, so that a slot stays where it is and none is looked for under a lock.
#[derive(Default)]
pub(super) struct Extensions {
    first: Place,
}

type Place = OnceLock<Box<Node>>;

struct Node {
    entry: Box<dyn AnyEntry>,
    next: Place,
}

/// The slot of the event `E`, which is what it is found by.
struct Entry<E, P: ?Sized> {
    slot: Slot<P>,
    event: PhantomData<fn() -> E>,
}

/// An entry whatever its event.
trait AnyEntry: Any + Send + Sync {
    fn any_slot(&self) -> &dyn AnySlot;
}

impl Extensions {
    /// The slot of `E`, unless nobody ever listened to it.
    pub(super) fn find<E: 'static, P: ?Sized + 'static>(&self) -> Option<&Slot<P>> {
        self.nodes().find_map(Node::slot::<E, P>)
    }

    /// The slot of `E`, made if need be.
    pub(super) fn slot<E: 'static, P: ?Sized + 'static>(&self, name: &'static str) -> &Slot<P> {
        let mut place = &self.first;
        loop {
            let node = place.get_or_init(|| Node::new::<E, P>(name));
            if let Some(slot) = node.slot::<E, P>() {
                return slot;
            }
            place = &node.next;
        }
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = &dyn AnySlot> {
        self.nodes().map(|node| node.entry.any_slot())
    }

    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let first = self.first.get();
        std::iter::successors(first, |node| node.next.get()).map(Box::as_ref)
    }
}

impl Node {
    fn new<E: 'static, P: ?Sized + 'static>(name: &'static str) -> Box<Self> {
        let entry = Entry {
            slot: Slot::<P>::new(name),
            event: PhantomData::<fn() -> E>,
        };
        Box::new(Self {
            entry: Box::new(entry),
            next: Place::new(),
        })
    }

    fn slot<E: 'static, P: ?Sized + 'static>(&self) -> Option<&Slot<P>> {
        let entry: &dyn Any = self.entry.as_ref();
        Some(&entry.downcast_ref::<Entry<E, P>>()?.slot)
    }
}

impl<E: 'static, P: ?Sized + 'static> AnyEntry for Entry<E, P> {
    fn any_slot(&self) -> &dyn AnySlot {
        &self.slot
    }
}
