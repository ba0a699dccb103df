//! The example programs, run in the same way as by users.

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
