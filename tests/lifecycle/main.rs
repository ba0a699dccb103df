//! Servers as processes that an orchestrator starts, checks, and replaces.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod config;
mod drain;
mod listeners;
mod notify;
mod replace;

#[path = "../support/certificates.rs"]
mod certificates;
#[path = "../behaviour/child.rs"]
mod child;
#[path = "../support/served.rs"]
mod support;
