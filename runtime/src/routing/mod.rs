//! The functions that the expansion of `#[server]` calls to match a path and to respond.
//!
//! # Invariants
//!
//! 1. A path that reaches a route is in normal form: every `%XX` is decoded except `%25` and `%2F`, so a decoded slash
//!    never splits a segment.
//! 2. A parameter or a rest, after decoding, contains no segment that is `.`, `..` or empty (the last one of a rest may
//!    be empty), no `..` that is delimited by slashes or backslashes, and no NUL. A request that would violate this
//!    does not match any route.
//! 3. An integer in a path has one spelling; a float is decimal.
//! 4. The time for matching is linear in the length of the path. Matching allocates only if the path contains a `%`, or
//!    to find out whether `trailing_slash = redirect` applies.
//! 5. Every error of a route is returned, so that it is converted to the handler's own error type.
//!
//! This folder knows nothing about sockets, protocols or the macros' model of a route.

mod allow;
mod encode;
mod mount;
mod normalize;
mod number;
mod path;
mod reply;
mod rest;
mod segment;
mod trailing_slash;
mod under;
mod unmatched;

#[cfg(test)]
mod tests;

pub use allow::Allow;
pub use encode::{encode, encode_rest};
pub use mount::{
    Mountable, Slash, below, decide, join, mount, mounted, require_server, respond_unmatched_below,
};
pub use normalize::{decode, path};
pub use path::{Path, own_path};
pub use reply::{IntoSent, group, incomplete, incomplete_with_response, matched, reply, sent};
pub use rest::Rest;
pub use segment::{before, ending, last_segment, parse, segment};
pub use trailing_slash::{other_slash, redirect, without_trailing_slash};
pub use under::Under;
pub use unmatched::{Unmatched, not_found, respond_unmatched};
