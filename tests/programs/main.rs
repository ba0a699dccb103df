//! The example programs, run as their users run them.

mod chat;
mod expanded;
mod notes;
mod probe;
mod program;
mod shop;
