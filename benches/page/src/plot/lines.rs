//! Lines over a quantity that grows exponentially. Both axes are logarithmic.

use super::{OTHERS, OURS, frame, text};
use crate::text::number;

pub(crate) struct Line {
    pub(crate) name: String,
    /// The points (x, y) from left to right; both values are positive.
    pub(crate) points: Vec<(f64, f64)>,
    /// Whether the line is highlighted.
    pub(crate) ours: bool,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 590.0;
const TOP: f64 = 66.0;
const BOTTOM: f64 = 400.0;

/// An axis, which maps the range from the smallest to the largest value to a part of the plot.
struct Axis {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64> + Clone, start: f64, end: f64) -> Self {
        let from = values.clone().fold(f64::INFINITY, f64::min).log10();
        let to = values.fold(0.0, f64::max).log10();
        Self {
            from,
            to: to.max(from + 0.1),
            start,
            end,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let part = (value.log10() - self.from) / (self.to - self.from);
        self.start + part * (self.end - self.start)
    }

    /// Returns the powers of ten on the axis.
    fn powers(&self) -> impl Iterator<Item = f64> {
        let all = self.from.ceil() as i32..=self.to.floor() as i32;
        all.map(|power| 10_f64.powi(power))
    }
}

/// Draws lines, each with its name at its end.
pub(crate) fn lines(title: &str, unit: &str, x_unit: &str, lines: &[Line]) -> String {
    let points = lines.iter().flat_map(|line| &line.points);
    let x = Axis::new(points.clone().map(|(x, _)| *x), LEFT, RIGHT);
    let y = Axis::new(points.map(|(_, y)| *y), BOTTOM, TOP);
    let mut content = grid(&x, &y, lines, x_unit);
    let mut others = OTHERS.iter().cycle();
    let labels = labels(lines, &y);
    for (line, label) in lines.iter().zip(labels) {
        let color = if line.ours {
            OURS
        } else {
            others.next().unwrap_or(&OURS)
        };
        let width = if line.ours { 3.0 } else { 1.8 };
        let all = line
            .points
            .iter()
            .map(|(at, value)| (x.place(*at), y.place(*value)));
        let path: Vec<String> = all.clone().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        content += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/>\n",
            path.join(" ")
        );
        for (x, y) in all {
            content += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{color}\"/>\n");
        }
        let last = line.points.last().map_or(0.0, |(_, value)| *value);
        let weight = if line.ours {
            " font-weight=\"600\""
        } else {
            ""
        };
        let name = format!("{}  {}", line.name, number(last));
        content += &text(
            RIGHT + 10.0,
            label,
            "start",
            &format!("fill=\"{color}\"{weight}"),
            &name,
        );
    }
    frame(WIDTH, HEIGHT, title, unit, &content)
}

fn grid(x: &Axis, y: &Axis, lines: &[Line], x_unit: &str) -> String {
    let mut grid = String::new();
    for value in y.powers() {
        let at = y.place(value);
        grid += &format!(
            "<path d=\"M{LEFT} {at:.1} H{RIGHT}\" stroke=\"#e3e3e3\" stroke-width=\"1\"/>\n"
        );
        grid += &text(LEFT - 8.0, at + 4.0, "end", "fill=\"#666\"", &tick(value));
    }
    let points = lines
        .iter()
        .map(|line| line.points.as_slice())
        .max_by_key(|points| points.len());
    for (value, _) in points.unwrap_or_default() {
        let at = x.place(*value);
        let label = format!("{} {x_unit}", tick(*value));
        grid += &text(at, BOTTOM + 24.0, "middle", "fill=\"#666\"", &label);
    }
    grid
}

fn tick(value: f64) -> String {
    number(value)
        .trim_end_matches(".0")
        .trim_end_matches(".00")
        .to_owned()
}

/// Returns the positions of the names: next to the ends of their lines, without overlaps.
fn labels(lines: &[Line], y: &Axis) -> Vec<f64> {
    const APART: f64 = 17.0;
    let ends = lines
        .iter()
        .map(|line| line.points.last().map_or(BOTTOM, |(_, end)| y.place(*end)));
    let mut order: Vec<(usize, f64)> = ends.enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut labels = vec![0.0; lines.len()];
    let mut lowest = f64::INFINITY;
    for (index, end) in order {
        lowest = (end + 4.0).min(lowest - APART);
        labels[index] = lowest;
    }
    labels
}
