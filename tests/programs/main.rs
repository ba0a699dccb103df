//! The example programs, run as users run them.

mod bench;
mod chat;
mod expanded;
mod notes;
mod observed;
mod probe;
mod program;
mod shop;
mod site;
mod todo;
