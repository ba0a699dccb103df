//! Plots as SVG. They have their own background, so that they are readable on light and on dark pages.

mod bars;
mod lines;

pub(crate) use bars::{Bar, bars};
pub(crate) use lines::{Line, lines};

/// Draws the frame of a plot: background, title, and a line below the title that names the unit.
fn frame(width: f64, height: f64, title: &str, unit: &str, content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#333\">\n\
         <title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n\
         {}{}{content}</svg>\n",
        text(
            16.0,
            26.0,
            "start",
            "font-size=\"16\" font-weight=\"600\"",
            title
        ),
        text(16.0, 46.0, "start", "fill=\"#666\"", unit),
    )
}

fn text(x: f64, y: f64, anchor: &str, more: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {more}>{text}</text>\n")
}

/// The color of the highlighted row; the others are gray.
const OURS: &str = "#d2451e";
const OTHERS: [&str; 6] = [
    "#4c6a92", "#6b8e4e", "#8c6bb1", "#b08a3c", "#4f9a94", "#8a8a8a",
];
