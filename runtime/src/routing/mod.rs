//! What the code that `#[server]` writes calls to match a path and to answer.

mod allow;
mod answer;
mod encode;
mod path;
mod segment;
mod slash;

pub use allow::{Allow, Unmatched, unmatched};
pub use answer::{Answered, draft, group, half, not_found, redirect, reply, sent};
pub use encode::{encode, encode_rest};
pub use path::{Path, Rest, decode, own_path, path};
pub use segment::{before, ending, last_segment, parse, segment};
pub use slash::{other_slash, without_trailing_slash};
