//! What the code that `#[server]` writes calls to match a path and to answer.

mod allow;
mod encode;
mod path;
mod reply;
mod segment;
mod slash;

pub use allow::{Allow, Unmatched, respond_unmatched};
pub use encode::{encode, encode_rest};
pub use path::{Path, Rest, decode, own_path, path};
pub use reply::{
    IntoSent, group, incomplete, incomplete_with_response, not_found, redirect, reply, sent,
};
pub use segment::{before, ending, last_segment, parse, segment};
pub use slash::{other_slash, without_trailing_slash};
