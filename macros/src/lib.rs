//! The macros of the `onward` crate, which re-exports them; use them from there.
