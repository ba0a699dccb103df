//! Measures the processor time of rustc in an incremental `cargo check`, after a change to one of many handlers.

use compile::{Crate, Framework, inline_app, rustc};
use page::{Table, number, with_ratio};

const ROUTES: usize = 300;

/// The number of rounds. The table shows the minimum, because other load on the machine only adds to the processor
/// time.
const ROUNDS: usize = 7;

type Change = (&'static str, fn(usize) -> String);

/// The kinds of change, and what each puts into the source in a round. The argument is the index of the round.
const CHANGES: [Change; 2] = [
    ("a number in a handler", |round| {
        format!("db.read({}, ", 9000 + round)
    }),
    // All code below moves down by one more line in each round.
    ("a further line in a handler", |round| {
        format!("{}db.read({}, ", "\n".repeat(round + 1), 9000 + round)
    }),
];

pub(crate) fn measure() -> Table {
    let [onward, axum] = Framework::BOTH;
    let apps = || {
        [
            (axum, "axum", axum.app(ROUTES)),
            (onward, "functions", onward.app(ROUTES)),
            (onward, "inline", inline_app(ROUTES)),
        ]
    };
    let crates = apps().map(|(framework, name, app)| {
        let it = Crate::new("check", name, &framework.dependencies()).incremental();
        (it, app)
    });
    let optimized = apps().map(|(framework, name, app)| {
        let it = Crate::new("check-optimized", name, &framework.dependencies());
        (it.incremental().with_optimized_macros(), app)
    });
    let mut table = Table::new([
        format!("changed in a server of {ROUTES} routes").as_str(),
        "axum: CPU, s",
        "onward, handlers are functions",
        "onward, handlers are inline",
    ]);
    for (crates, setting) in [(crates, ""), (optimized, ", macros with `opt-level = 1`")] {
        for (what, change) in CHANGES {
            let what = format!("{what}{setting}");
            eprintln!("check: {what}");
            for (it, app) in &crates {
                it.write(app);
                it.check(None);
            }
            let [axum, functions, inline] = least(&crates, change);
            table.row([
                what,
                number(axum),
                with_ratio(functions, axum),
                with_ratio(inline, axum),
            ]);
        }
    }
    table
}

/// Measures each crate and returns the minimum for each. The crates take turns.
fn least(crates: &[(Crate, String); 3], change: fn(usize) -> String) -> [f64; 3] {
    let mut least = [f64::INFINITY; 3];
    for round in 0..ROUNDS {
        for ((it, app), least) in crates.iter().zip(&mut least) {
            it.write(&app.replacen("db.read(150, ", &change(round), 1));
            it.check(Some(&it.log()));
            *least = least.min(rustc::read(&it.log()).cpu_seconds);
        }
    }
    least
}
