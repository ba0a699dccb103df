//! Header maps and values, shared by requests and responses.
//!
//! Invariants:
//!
//! 1. A [`LazyHeaderMap`](lazy_map::LazyHeaderMap) is one pointer wide and allocates nothing before a header is set.
//! 2. Reading an untouched map never allocates, and finds no header.
//! 3. A recycled map holds no headers of the previous message.
//! 4. [`IntoHeaderValues`] passes on every value in order, valid or not; the caller decides how to handle an invalid
//!    one.
//!
//! This folder knows nothing about requests, responses or the wire format.

pub(crate) mod lazy_map;
pub(crate) mod list;
pub(crate) mod origin;
pub(crate) mod values;
pub(crate) mod vary;

pub use self::values::IntoHeaderValues;
