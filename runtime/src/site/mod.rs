//! Statements and replies for websites: redirects, negotiation, protection against other sites, cookies, sessions,
//! forms with files, static files, compression and entity tags.
//!
//! # Invariants
//!
//! 1. Each item is a function that a handler calls, or a value that it replies with; nothing here runs unless a handler
//!    uses it.
//! 2. Input from a client never causes a redirect to another site or a 5xx.
//!
//! This module uses the public API of `http` and is independent of connections.

mod accept;
#[cfg(any(feature = "compression", feature = "files"))]
mod accept_encoding;
#[cfg(any(feature = "files", feature = "multipart"))]
mod blocking;
#[cfg(feature = "compression")]
mod compression;
#[cfg(feature = "cookies")]
pub(crate) mod cookies;
mod cors;
mod csrf;
mod etag;
#[cfg(feature = "files")]
pub(crate) mod files;
#[cfg(feature = "multipart")]
pub(crate) mod multipart;
mod readiness;
mod redirect;
mod security_headers;
#[cfg(feature = "sessions")]
pub(crate) mod sessions;

#[cfg(feature = "compression")]
pub use self::compression::{compress, decompress};
pub use self::cors::{Cors, cors};
pub use self::csrf::{csrf, csrf_trusting};
pub use self::etag::etag;
pub use self::readiness::readiness;
pub use self::redirect::{Redirect, redirect};
pub use self::security_headers::security_headers;
