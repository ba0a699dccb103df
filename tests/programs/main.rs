//! The example programs, run as their users run them.

mod expanded;
mod notes;
mod program;
mod shop;
