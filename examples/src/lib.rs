//! The programs beside this crate: `cargo run --example shop` runs the main one.
