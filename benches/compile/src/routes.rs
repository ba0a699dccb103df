//! rustc alone, on an app with so many routes.

use crate::app::Framework;
use crate::cost::Cost;
use crate::crates::{Crate, Profile};
use crate::report::{row, with_ratio};
use crate::rustc;

pub(crate) fn measure(counts: &[usize]) {
    let crates = Framework::BOTH.map(|framework| (framework, Crate::new("routes", framework)));
    println!("| routes | profile | onward: CPU, s | peak, MB | axum: CPU, s | peak, MB |");
    println!("|---|---|---|---|---|---|");
    for profile in Profile::BOTH {
        for (framework, it) in &crates {
            it.write(&framework.app(1));
            it.build(profile, None);
        }
        for count in counts {
            let [ours, axum] = costs(&crates, profile, *count);
            row(&[
                count.to_string(),
                profile.name().to_owned(),
                format!("{:.1} (1.0×)", ours.cpu_seconds),
                format!("{:.0} (1.0×)", ours.peak_megabytes),
                with_ratio(axum.cpu_seconds, ours.cpu_seconds, 1),
                with_ratio(axum.peak_megabytes, ours.peak_megabytes, 0),
            ]);
        }
    }
}

/// The medians of both, measured in turn.
fn costs(crates: &[(Framework, Crate); 2], profile: Profile, count: usize) -> [Cost; 2] {
    // What takes long differs little from one time to the next.
    let rounds = if count > 100 { 1 } else { 3 };
    let mut all = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for ((framework, it), costs) in crates.iter().zip(&mut all) {
            it.write(&framework.app(count));
            it.build(profile, Some(&it.log()));
            costs.push(rustc::read(&it.log()));
        }
    }
    all.map(median)
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| one.cpu_seconds.total_cmp(&other.cpu_seconds));
    costs[costs.len() / 2]
}
