//! Code that the examples share. `cargo run --example shop` runs the main example.

/// Returns the address to listen on: the first argument, the variable `PORT`, or port 3000. It is an address such as
/// `127.0.0.1:8080`, or only a port; 0 stands for any free port.
pub fn address() -> String {
    std::env::args()
        .nth(1)
        .or_else(|| std::env::var("PORT").ok())
        .unwrap_or_else(|| "3000".to_owned())
}
