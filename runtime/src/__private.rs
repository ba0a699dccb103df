//! The items that generated code calls. Not a public API: it changes without notice.

pub use ::http::Method;

pub use crate::json::private as json;
pub use crate::routes::{rest, route, text, typed};
pub use crate::routing::{
    Allow, IntoSent, Path, Unmatched, before, decode, encode, encode_rest, ending, group,
    incomplete as draft, incomplete_with_response as half, last_segment, not_found, other_slash,
    own_path, parse, path, redirect, reply, respond_unmatched as unmatched, segment, sent,
    without_trailing_slash,
};
