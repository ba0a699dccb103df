//! What the parts of a request may consist of, in every version of HTTP.
//!
//! It knows nothing of how they are received.

pub(crate) mod byte_class;
pub(crate) mod host;
pub(crate) mod method;
pub(crate) mod target;
pub(crate) mod trailer;
