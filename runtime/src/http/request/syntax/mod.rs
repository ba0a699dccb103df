//! The characters that the parts of a request may contain, in every version of HTTP.
//!
//! This folder knows nothing about how requests are received.

pub(crate) mod byte_class;
pub(crate) mod field_lines;
pub(crate) mod host;
pub(crate) mod method;
pub(crate) mod target_bytes;
pub(crate) mod trailer;
