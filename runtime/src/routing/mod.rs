//! What the code that `#[server]` writes calls to match a path and to answer.

mod answer;
mod encode;
mod methods;
mod path;
mod segment;
mod slash;

pub use answer::{Answered, answer, group, half, not_found, redirect, sent, typing};
pub use encode::{encode, encode_rest};
pub use methods::{
    CONNECT, DELETE, GET, HEAD, Methods, OPTIONS, PATCH, POST, PUT, QUERY, TRACE, Unmatched,
    unmatched,
};
pub use path::{Path, Rest, decode, path};
pub use segment::{before, ending, last_segment, parse, segment};
pub use slash::{other_slash, without_trailing_slash};
