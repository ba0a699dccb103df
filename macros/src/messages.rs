//! The texts of all compile errors, one file for each part of the grammar; `route/` has those of a route.
//!
//! A message is lowercase, quotes the user's code in backticks and has no final period: what is wrong (found,
//! expected), then one `help:` with what to type. On stable Rust, a macro can neither point into a string literal nor
//! add a note, so a message quotes the part that it means and names other lines itself.

mod events;
mod function;
mod habits;
mod header;
mod internal;
mod option;
mod order;
mod route;
mod text;

pub(crate) use events::*;
pub(crate) use function::*;
pub(crate) use habits::*;
pub(crate) use header::*;
pub(crate) use internal::*;
pub(crate) use option::*;
pub(crate) use order::*;
pub(crate) use route::*;
pub(crate) use text::{distance, source_text, written};
