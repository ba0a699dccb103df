//! The events of a server, their payloads, and the emitter that servers, connections and exchanges share.
//!
//! Invariants:
//!
//! 1. Listeners receive `&T`. If a listener can change or take a part of a payload, that part is in a mutex.
//! 2. A [`PendingRequest`] or [`PendingUpgrade`] can be taken once; every later `take` and `peek` returns `None`.
//! 3. If several listeners decide about a [`ClientError`], the last call wins. Without a call, the default applies.
//! 4. [`server_emitter::ServerEmitter`] loses no error: if there is neither a listener nor a caller to return it to, it
//!    is printed to the standard error stream.
//!
//! This folder knows nothing about connections, HTTP/1 or the handler: other code emits the events and then reads the
//! decisions of the listeners.

pub(crate) mod client_error;
pub(crate) mod drop_reason;
pub(crate) mod dropped_connection;
pub(crate) mod dropped_request;
#[cfg(feature = "tls")]
pub(crate) mod failed_handshake;
pub(crate) mod pending_request;
pub(crate) mod server_emitter;
pub(crate) mod server_events;
#[cfg(feature = "tls")]
pub(crate) mod tls_events;
pub(crate) mod upgrade;

pub use self::client_error::{ClientError, ClientErrorKind};
pub use self::drop_reason::DropReason;
pub use self::dropped_connection::DroppedConnection;
pub use self::dropped_request::DroppedRequest;
#[cfg(feature = "tls")]
pub use self::failed_handshake::FailedHandshake;
pub use self::pending_request::PendingRequest;
pub use self::upgrade::PendingUpgrade;
