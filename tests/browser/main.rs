//! The examples, and the rules that browsers enforce, in headless Chromium. These tests need Debian's packages
//! `chromium`, `chromium-driver`, `nginx` and `redis-server`, and npm's `html-validate`, which `.ci/run` installs in
//! `target`:
//!
//! ```text
//! cargo test -p onward-tests --test browser -- --ignored
//! ```
//!
//! The screenshots are written to `target/tmp/screenshots`.

mod api;
/// Headless Chromium.
mod browser;
mod chat;
mod cors;
/// Checks pages with html-validate.
mod html;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../programs/program.rs"]
mod program;
mod replicas;
#[allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a panic fails the test; other tests use the rest"
)]
#[path = "../support/served.rs"]
mod served;
mod shop;
mod stock;
