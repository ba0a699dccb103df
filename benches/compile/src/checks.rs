//! Measures `cargo check` of an app whose routes declare their query, body and reply, compared with the same code
//! written manually.

use compile::{Contract, Crate, Framework, rustc};
use page::{Table, number, with_ratio};

/// The number of times that the app is checked in each form, in turn. The table shows the minimum, because
/// disturbances only add time.
const ROUNDS: usize = 7;

pub(crate) fn measure(count: usize) -> Table {
    let dependencies =
        Framework::Onward.dependencies() + "serde = { version = \"1\", features = [\"derive\"] }\n";
    let it = Crate::new("checks", "onward", &dependencies);
    it.write("fn main() {}");
    it.check(None);
    let mut least = [f64::INFINITY; 3];
    for round in 0..ROUNDS {
        eprintln!("check, round {} of {ROUNDS}", round + 1);
        for (contract, least) in Contract::ALL.iter().zip(&mut least) {
            it.write(&contract.app(count));
            it.check(Some(&it.log()));
            *least = least.min(rustc::read(&it.log()).cpu_seconds);
        }
    }
    let by_hand = least[1];
    let mut table = Table::new(["query, body and reply", "`cargo check`: CPU, s"]);
    for (contract, seconds) in Contract::ALL.iter().zip(least) {
        let cell = match contract {
            Contract::ByHand => number(seconds),
            _ => with_ratio(seconds, by_hand),
        };
        table.row([contract.name().to_owned(), cell]);
    }
    table
}
