//! The texts of all compile errors, one file for each part of the grammar.
//!
//! A message is lowercase, quotes the user's code in backticks and has no final period: what is wrong (found,
//! expected), then one `help:` with what to type. On stable Rust, a macro can neither point into a string literal nor
//! add a note, so a message quotes the part that it means and names other lines itself.

mod command;
mod contract;
mod events;
mod fallback;
mod function;
mod guard;
mod habits;
mod header;
mod internal;
mod method;
mod mount;
mod name;
mod option;
mod order;
mod parameter;
mod path;
mod reply;
mod route;
mod text;
mod value;

pub(crate) use command::*;
pub(crate) use contract::*;
pub(crate) use events::*;
pub(crate) use fallback::*;
pub(crate) use function::*;
pub(crate) use guard::*;
pub(crate) use habits::*;
pub(crate) use header::*;
pub(crate) use internal::*;
pub(crate) use method::*;
pub(crate) use mount::*;
pub(crate) use name::*;
pub(crate) use option::*;
pub(crate) use order::*;
pub(crate) use parameter::*;
pub(crate) use path::*;
pub(crate) use reply::*;
pub(crate) use route::*;
pub(crate) use text::{distance, source_text, written};
pub(crate) use value::*;
