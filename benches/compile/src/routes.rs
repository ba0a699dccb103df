//! Measures rustc alone, on an app with a given number of routes.

use compile::{Cost, Crate, Framework, Profile, rustc};
use page::{Table, number, with_ratio};

pub(crate) fn measure(counts: &[usize]) -> Table {
    let crates = Framework::BOTH.map(|framework| {
        let it = Crate::new("routes", framework.name(), &framework.dependencies());
        (framework, it)
    });
    let mut table = Table::new([
        "routes",
        "profile",
        "onward: CPU, s",
        "peak, MB",
        "axum: CPU, s",
        "peak, MB",
    ]);
    for profile in Profile::BOTH {
        for (framework, it) in &crates {
            it.write(&framework.app(1));
            it.build(profile, None);
        }
        for count in counts {
            eprintln!("{count} routes, {}", profile.name());
            let [ours, axum] = costs(&crates, profile, *count);
            table.row([
                count.to_string(),
                profile.name().to_owned(),
                number(ours.cpu_seconds),
                number(ours.peak_megabytes),
                with_ratio(axum.cpu_seconds, ours.cpu_seconds),
                with_ratio(axum.peak_megabytes, ours.peak_megabytes),
            ]);
        }
    }
    table
}

/// Measures both frameworks in turn, and returns the median of each.
fn costs(crates: &[(Framework, Crate); 2], profile: Profile, count: usize) -> [Cost; 2] {
    // Long runs differ little from each other.
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
