//! The macros of the `onward` crate, which re-exports them; use them from there.

mod expand;
mod methods;
mod pattern;
mod tree;
