//! Rows of a Markdown table.

pub(crate) fn row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}

/// `8.2 (2.7×)`
pub(crate) fn with_ratio(value: f64, ours: f64, digits: usize) -> String {
    format!("{value:.digits$} ({:.1}×)", value / ours)
}
