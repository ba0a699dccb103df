//! The emitters. The emitters of crates are used as the documentation of the crates describes.

use crate::contender::{Emitter, Listener};
use async_event_emitter::AsyncEventEmitter;
use event_emitter_rs::EventEmitter;
use pollster::block_on;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hint::black_box;
use typed_emitter::TypedEmitter;

onward::events! { Numbers { Told(u32) } }

pub(crate) struct Onward(onward::events::Emitter<Numbers>);

impl Emitter for Onward {
    fn new<L: Listener>(listeners: usize, listener: L) -> Self {
        let emitter = onward::events::Emitter::new();
        emitter.set_max_listeners(0);
        for listener in vec![listener; listeners] {
            emitter.on(Told, move |number| listener(*number));
        }
        Self(emitter)
    }

    fn emit(&self, number: u32) {
        self.0.emit(Told, &number);
    }
}

/// The code that you would write without a crate. Listeners cannot be added while the emitter is shared.
pub(crate) struct Hash(HashMap<String, Vec<Function>>);

type Function = Box<dyn Fn(&u32)>;

impl Emitter for Hash {
    fn new<L: Listener>(listeners: usize, listener: L) -> Self {
        let mut of_event = Vec::<Function>::new();
        for listener in vec![listener; listeners] {
            of_event.push(Box::new(move |number| listener(*number)));
        }
        Self(HashMap::from([("told".to_owned(), of_event)]))
    }

    fn emit(&self, number: u32) {
        for listener in self.0.get(black_box("told")).into_iter().flatten() {
            listener(&number);
        }
    }
}

pub(crate) struct Typed(TypedEmitter<&'static str, u32>);

impl Emitter for Typed {
    fn new<L: Listener>(listeners: usize, listener: L) -> Self {
        let emitter = TypedEmitter::new();
        for listener in vec![listener; listeners] {
            emitter.on("told", move |number| {
                listener(number);
                async {}
            });
        }
        Self(emitter)
    }

    fn emit(&self, number: u32) {
        block_on(self.0.emit("told", number));
    }
}

pub(crate) struct Async(AsyncEventEmitter);

impl Emitter for Async {
    fn new<L: Listener>(listeners: usize, listener: L) -> Self {
        let emitter = AsyncEventEmitter::new();
        for listener in vec![listener; listeners] {
            emitter.on("told", move |number: u32| {
                listener(number);
                async {}
            });
        }
        Self(emitter)
    }

    fn emit(&self, number: u32) {
        let sent = block_on(self.0.emit("told", number));
        sent.expect("a number can be serialized");
    }
}

/// An emitter that starts a thread for each listener. The other emitters wait for their listeners, so this adapter
/// waits for the threads. The crate's `sync_emit` cannot be used instead, because its body is empty.
pub(crate) struct Threads(RefCell<EventEmitter>);

impl Emitter for Threads {
    fn new<L: Listener>(listeners: usize, listener: L) -> Self {
        let mut emitter = EventEmitter::new();
        for listener in vec![listener; listeners] {
            emitter.on("told", move |number: u32| listener(number));
        }
        Self(RefCell::new(emitter))
    }

    fn emit(&self, number: u32) {
        for thread in self.0.borrow_mut().emit("told", number) {
            thread.join().expect("no listener panics");
        }
    }
}
