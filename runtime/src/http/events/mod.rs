//! What the events of a server carry, and what listeners may decide.

pub(crate) mod client_error;
pub(crate) mod dropped_connection;
pub(crate) mod pending_request;
pub(crate) mod server_emitter;
pub(crate) mod server_events;
pub(crate) mod upgrade;

pub use self::client_error::{ClientError, ClientErrorKind};
pub use self::dropped_connection::DroppedConnection;
pub use self::pending_request::PendingRequest;
pub use self::upgrade::{PendingUpgrade, UpgradedStream};
