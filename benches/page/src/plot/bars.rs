//! One bar for each row.

use super::{OURS, frame, text};
use crate::text::number;

pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    /// Whether the bar is highlighted.
    pub(crate) ours: bool,
}

const LEFT: f64 = 240.0;
const WIDTH: f64 = 760.0;
const ROW: f64 = 24.0;
const TOP: f64 = 60.0;

/// The maximum ratio of a bar to the shortest one. Longer bars are truncated; otherwise the others would be too short
/// to see.
const LONGEST: f64 = 5.0;

/// Draws horizontal bars, in the order given. A bar that is too long is truncated and marked.
pub(crate) fn bars(title: &str, unit: &str, bars: &[Bar]) -> String {
    let shortest = bars
        .iter()
        .map(|bar| bar.value)
        .fold(f64::INFINITY, f64::min);
    let values = bars
        .iter()
        .map(|bar| bar.value)
        .filter(|value| *value <= shortest * LONGEST);
    let longest = values.fold(0.0, f64::max);
    let room = WIDTH - LEFT - 80.0;
    let mut content = String::new();
    for (index, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * index as f64;
        let cut = bar.value > longest;
        let length = room * (bar.value / longest).min(1.0);
        let color = if bar.ours { OURS } else { "#9aa7b5" };
        let weight = if bar.ours { "font-weight=\"600\"" } else { "" };
        content += &text(LEFT - 8.0, y + 13.0, "end", weight, &bar.name);
        content += &format!(
            "<rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"17\" fill=\"{color}\"/>\n"
        );
        if cut {
            content += &gap(LEFT + length - 24.0, y);
        }
        content += &text(
            LEFT + length + 6.0,
            y + 13.0,
            "start",
            weight,
            &number(bar.value),
        );
    }
    frame(
        WIDTH,
        TOP + ROW * bars.len() as f64 + 8.0,
        title,
        unit,
        &content,
    )
}

/// Draws a slanting gap, which shows that a part is left out.
fn gap(x: f64, y: f64) -> String {
    let (top, bottom) = (y - 1.0, y + 18.0);
    format!(
        "<path d=\"M{:.1} {bottom:.1} L{:.1} {top:.1} h6 L{:.1} {bottom:.1} z\" fill=\"#fff\"/>\n",
        x,
        x + 8.0,
        x + 6.0
    )
}
