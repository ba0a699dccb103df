//! What generated code may name. Nothing here is for users: it changes without notice.

pub use ::http::Method;

pub use crate::json::private as json;
pub use crate::routes::{rest, route, text, typed};
pub use crate::routing::{
    Allow, Answered, Path, Unmatched, before, decode, draft, encode, encode_rest, ending, group,
    half, last_segment, not_found, other_slash, own_path, parse, path, redirect, reply, segment,
    sent, unmatched, without_trailing_slash,
};
