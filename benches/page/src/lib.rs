//! What the programs of this workspace print: Markdown tables, which they also put into a page between two comments,
//! and plots of them.

mod markdown;
mod plot;
mod text;

pub use markdown::{Page, Table};
pub use plot::{Bar, Line, bars, lines};
pub use text::{number, with_ratio};
