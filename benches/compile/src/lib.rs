//! Crates that are generated, built by cargo, and the processor time that this takes: shared by `compile` and `cost`.

mod app;
mod cost;
mod crates;
pub mod rustc;

pub use app::Framework;
pub use cost::Cost;
pub use crates::{Crate, Profile};
