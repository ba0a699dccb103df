//! Generates crates, builds them with cargo, and measures the processor time: shared by `compile` and `cost`.

mod app;
mod contract;
mod cost;
mod crates;
pub mod rustc;

pub use app::{Framework, inline_app};
pub use contract::Contract;
pub use cost::Cost;
pub use crates::{Crate, Profile};
