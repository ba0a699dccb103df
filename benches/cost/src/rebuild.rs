//! Measures a build after one of many handlers was changed: an incremental debug build with everything else unchanged.

use crate::rounds;
use compile::{Crate, Framework, Profile};
use page::{Table, with_ratio};

/// The number of times that each change is made. The command line can change the number.
pub(crate) const ROUNDS: usize = 5;

const ROUTES: usize = 300;

/// A kind of change. `apply` returns the source for a round, given the index of the round; each source differs from the
/// previous ones.
struct Change {
    what: &'static str,
    apply: fn(&str, usize) -> String,
}

const CHANGES: [Change; 2] = [
    Change {
        what: "a number in a handler",
        apply: |app, round| replace(app, &format!("db.read({}, ", 9000 + round)),
    },
    // All code below moves down by one more line in each round.
    Change {
        what: "a further line in a handler",
        apply: |app, round| {
            let lines = "\n".repeat(round + 1);
            replace(app, &format!("{lines}db.read(150, "))
        },
    },
];

/// Changes the call in the body of the middle handler.
fn replace(app: &str, by: &str) -> String {
    app.replacen("db.read(150, ", by, 1)
}

pub(crate) fn measure(rounds: usize) -> Table {
    let crates = Framework::BOTH.map(|framework| {
        let it = Crate::new("rebuild", framework.name(), &framework.dependencies()).incremental();
        (it, framework.app(ROUTES))
    });
    let mut table = Table::new([
        format!("changed in a server of {ROUTES} routes").as_str(),
        "onward: CPU, s",
        "axum: CPU, s",
    ]);
    for Change { what, apply } in CHANGES {
        eprintln!("rebuild: {what}");
        for (it, app) in &crates {
            it.write(app);
            it.build(Profile::Debug, None);
        }
        let seconds = rounds::least(&crates, rounds, |(it, app), round| {
            it.write(&apply(app, round));
            [it.timed_build(Profile::Debug)]
        });
        let ours = seconds[0][0];
        let seconds = seconds.iter().map(|[seconds]| with_ratio(*seconds, ours));
        table.row([what.to_owned()].into_iter().chain(seconds));
    }
    table
}
