//! The identity of a registration.

use crate::habits::missing;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// The identity of one registration of a listener.
///
/// [`Emitter::on`](super::Emitter::on) and the other methods that add a listener return it;
/// [`Emitter::off`](super::Emitter::off) takes it. Ids are unique in the process, across emitters, and are not reused.
/// Node.js: the listener function itself, which identifies its most recent registration.
///
/// # Examples
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! { DoorEvents { Opened } }
///
/// let (front, back) = (Emitter::<DoorEvents>::new(), Emitter::<DoorEvents>::new());
/// let id = front.on(Opened, |_| {});
/// assert!(!back.off(Opened, id)); // a listener of the other emitter
/// assert!(front.off(Opened, id));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListenerId(NonZeroU64);

impl ListenerId {
    /// Returns the next id, which is greater than all earlier ones.
    pub(super) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(NonZeroU64::new(number).expect("2⁶⁴ registrations take centuries"))
    }
}

/// An argument of [`Emitter::off`](super::Emitter::off): the [`ListenerId`] of the listener to remove.
#[diagnostic::on_unimplemented(
    message = "a listener is removed by its id, not by `{Self}`",
    label = "not the id of a listener",
    note = "keep the id that `on` returns: `let id = emitter.on(event, listener);`, and use `emitter.off(event, id)`"
)]
pub trait IntoListenerId {
    #[doc(hidden)]
    fn into_id(self) -> ListenerId;
}

impl IntoListenerId for ListenerId {
    fn into_id(self) -> ListenerId {
        self
    }
}

// Node's `on` returns the emitter, so that calls can be chained.
missing!(ListenerId: self NoListenOfId listen(_), "`on` returns a `ListenerId`, which has no method `listen`", "use a variable: `let server = http::create_server(app);`, then `server.on(…);` and `server.listen(3000).await`");
missing!(ListenerId: self NoRunOfId run(_), "`on` returns a `ListenerId`, which has no method `run`", "use a variable: `let server = http::create_server(app);`, then `server.on(…);` and `server.run(3000)`");
missing!(ListenerId: self NoOnOfId on(_, _), "`on` returns a `ListenerId`, which has no method `on`", "use one statement for each listener: `server.on(…); server.on(…);`");
missing!(ListenerId: self NoOnceOfId once(_, _), "`on` returns a `ListenerId`, which has no method `once`", "use one statement for each listener: `server.on(…); server.once(…);`");
missing!(ListenerId: self NoAddListenerOfId add_listener(_, _), "`on` returns a `ListenerId`, which has no method `add_listener`", "use one statement for each listener: `server.on(…); server.on(…);`");
missing!(ListenerId: self NoEmitOfId emit(_, _), "`on` returns a `ListenerId`, which has no method `emit`", "use one statement for each call: `emitter.on(…); emitter.emit(…);`");
missing!(ListenerId: self NoCloseOfId close(), "`on` returns a `ListenerId`, which has no method `close`", "use one statement for each call: `server.on(…); server.close();`");
