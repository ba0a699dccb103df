//! The texts of the compile errors of `#[server]` and `route!`, with one file for each part of the grammar; `route/`
//! has those about a route.
//!
//! A message starts in lowercase, quotes the user's code in backticks and has no final period. It states what is wrong
//! (found, expected), and then what to type, after `help:`. On stable Rust, a macro can neither point into a string
//! literal nor add a note, so a message quotes the part that it means and names other lines itself.

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
