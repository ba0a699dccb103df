//! The events that were added to a set by `events! { for Set { … } }`.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::slot::{AnySlot, Slot};

/// The slots of the added events, in the order in which they first got a listener.
///
/// A linked list that only grows: a slot never moves, so a reference to it needs no lock.
#[derive(Default)]
pub(super) struct Extensions {
    first: NodeCell,
}

type NodeCell = OnceLock<Box<Node>>;

struct Node {
    entry: Box<dyn AnyExtension>,
    next: NodeCell,
}

/// The slot of the event `E`. Its type is the key by which it is found.
struct Extension<E, P: ?Sized> {
    slot: Slot<P>,
    event: PhantomData<fn() -> E>,
}

/// An [`Extension`] without its event type.
trait AnyExtension: Any + Send + Sync {
    fn any_slot(&self) -> &AnySlot;
}

impl Extensions {
    /// Returns the slot of `E`, if `E` has ever had a listener.
    pub(super) fn find<E: 'static, P: ?Sized + 'static>(&self) -> Option<&Slot<P>> {
        self.nodes().find_map(Node::slot::<E, P>)
    }

    /// Returns the slot of `E`, and creates it if necessary.
    pub(super) fn slot<E: 'static, P: ?Sized + 'static>(&self, name: &'static str) -> &Slot<P> {
        let mut cell = &self.first;
        loop {
            let node = cell.get_or_init(|| Node::new::<E, P>(name));
            if let Some(slot) = node.slot::<E, P>() {
                return slot;
            }
            cell = &node.next;
        }
    }

    pub(super) fn slots<'s>(&'s self, visit: &mut dyn FnMut(&'s AnySlot)) {
        for node in self.nodes() {
            visit(node.entry.any_slot());
        }
    }

    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let first = self.first.get();
        std::iter::successors(first, |node| node.next.get()).map(Box::as_ref)
    }
}

impl Node {
    fn new<E: 'static, P: ?Sized + 'static>(name: &'static str) -> Box<Self> {
        let entry = Extension {
            slot: Slot::<P>::new(name),
            event: PhantomData::<fn() -> E>,
        };
        Box::new(Self {
            entry: Box::new(entry),
            next: NodeCell::new(),
        })
    }

    fn slot<E: 'static, P: ?Sized + 'static>(&self) -> Option<&Slot<P>> {
        let entry: &dyn Any = self.entry.as_ref();
        Some(&entry.downcast_ref::<Extension<E, P>>()?.slot)
    }
}

impl<E: 'static, P: ?Sized + 'static> AnyExtension for Extension<E, P> {
    fn any_slot(&self) -> &AnySlot {
        self.slot.any()
    }
}
