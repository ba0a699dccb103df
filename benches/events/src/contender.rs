//! The emitters that are compared.

use crate::peers::{Async, Hash, Onward, Threads, Typed};
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The task of every emitter: pass a number to its listeners, and return when they have returned.
pub(crate) trait Emitter {
    /// Creates an emitter with `listeners` copies of `listener`.
    fn new<L: Listener>(listeners: usize, listener: L) -> Self;

    fn emit(&self, number: u32);
}

pub(crate) trait Listener: Fn(u32) + Clone + Send + Sync + 'static {}

impl<L: Fn(u32) + Clone + Send + Sync + 'static> Listener for L {}

/// An [`Emitter`] of any type.
pub(crate) trait AnyEmitter {
    /// Emits `times` times. This is the code that is timed and counted.
    fn pass(&self, times: u32);
}

impl<E: Emitter> AnyEmitter for E {
    #[inline(never)]
    fn pass(&self, times: u32) {
        for number in 0..times {
            self.emit(number);
        }
    }
}

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Creates the emitter that is measured. Its listeners do almost nothing.
    pub(crate) emitter: fn(usize) -> Box<dyn AnyEmitter>,
    /// Creates an emitter whose listeners count their calls.
    counting: fn(usize, Arc<AtomicUsize>) -> Box<dyn AnyEmitter>,
}

/// All contenders. The others are compared with the first one.
pub(crate) const CONTENDERS: [Contender; 5] = [
    contender::<Onward>("**onward**"),
    contender::<Hash>("HashMap of Vec of Box"),
    contender::<Typed>("typed-emitter"),
    contender::<Async>("async-event-emitter"),
    contender::<Threads>("event-emitter-rs"),
];

const fn contender<E: Emitter + 'static>(name: &'static str) -> Contender {
    Contender {
        name,
        emitter: |listeners| {
            let listener = |number| {
                black_box(number);
            };
            Box::new(E::new(listeners, listener))
        },
        counting: |listeners, count| {
            let listener = move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            };
            Box::new(E::new(listeners, listener))
        },
    }
}

/// Checks before the measurement that each emitter calls each of its listeners once for each event.
pub(crate) fn verify() {
    for contender in &CONTENDERS {
        for listeners in crate::LISTENERS {
            let count = Arc::new(AtomicUsize::new(0));
            let emitter = (contender.counting)(listeners, Arc::clone(&count));
            emitter.pass(5);
            let heard = count.load(Ordering::Relaxed);
            let who = contender.name;
            assert_eq!(heard, 5 * listeners, "{who} with {listeners} listeners");
        }
    }
}
