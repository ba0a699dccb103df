//! Generates crates, builds them with cargo, and measures the processor time. `compile` and `cost` share this code.

mod app;
mod contract;
mod cost;
mod crates;
pub mod rustc;

pub use app::{Framework, inline_app};
pub use contract::Contract;
pub use cost::Cost;
pub use crates::{Crate, Profile};
