//! The programs beside this crate: `cargo run --example shop` runs the main one.

/// Where an example listens: its first argument, or the variable `PORT`, or port 3000. An address as in
/// `127.0.0.1:8080`, or a port alone; 0 is any free port.
pub fn address() -> String {
    std::env::args()
        .nth(1)
        .or_else(|| std::env::var("PORT").ok())
        .unwrap_or_else(|| "3000".to_owned())
}
