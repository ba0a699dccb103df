//! Statements and replies that sites are made of: redirects, negotiation, protection against other sites.
//!
//! # Invariants
//!
//! 1. Each is a function that a handler calls, or a value that it replies with; nothing here runs by itself.
//! 2. What a client may influence never leads to another site, and is never a 5xx.
//!
//! It uses the public surface of `http` and knows nothing of connections.

mod accept;
#[cfg(feature = "compression")]
mod compression;
mod csrf;
mod etag;
mod redirect;
mod security_headers;
#[cfg(feature = "compression")]
mod vary;

#[cfg(feature = "compression")]
pub use self::compression::{compress, decompress};
pub use self::csrf::{csrf, csrf_trusting};
pub use self::etag::etag;
pub use self::redirect::{Redirect, redirect};
pub use self::security_headers::security_headers;
