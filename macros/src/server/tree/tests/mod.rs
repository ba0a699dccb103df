//! The tree is compared with a reference that tries the routes in the order written.

mod interpret;
mod overlap;
mod property;
mod reference;
pub(crate) mod sample;
mod shape;
mod split;

use super::{Leaf, Node, Route, Step, Tree};
