//! What the code that `#[server]` writes calls to match a path and to answer.

mod allow;
mod answer;
mod path;
mod segment;

pub use allow::{Allow, Unmatched, unmatched};
pub use answer::{Answered, answer, redirect, sent};
pub use path::{Path, Rest, decode, path, rest};
pub use segment::{before, ending, parse, segment};
