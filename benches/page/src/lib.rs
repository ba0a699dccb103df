//! The output of the programs in this workspace: Markdown tables, which they also put into a page between two comments,
//! and plots of them.

mod markdown;
mod plot;
mod plots;
mod text;

pub use markdown::{Page, Table};
pub use plots::redraw;
pub use text::{number, with_ratio};
