//! Measures the first build of hello world: the processor time, the number of crates, and the size of the program.

use crate::peers::Peer;
use crate::rounds;
use compile::{Crate, Profile};
use page::{Table, with_ratio};

/// The number of times that each app is built, in both profiles. The command line can change the number.
pub(crate) const ROUNDS: usize = 3;

struct Figures {
    crates: f64,
    debug_cpu: f64,
    release_cpu: f64,
    megabytes: f64,
}

pub(crate) fn measure(peers: &[Peer], rounds: usize) -> Table {
    let mut table = Table::new([
        "hello world",
        "crates compiled for it",
        "clean debug build, CPU s",
        "clean release build, CPU s",
        "stripped release binary, MB",
    ]);
    let all = figures(peers, rounds);
    let Some(ours) = all.first() else {
        return table;
    };
    for (peer, it) in peers.iter().zip(&all) {
        let ratio = |value: fn(&Figures) -> f64| with_ratio(value(it), value(ours));
        let crates = format!("{:.0} ({:.1}×)", it.crates, it.crates / ours.crates);
        table.row([
            peer.title.to_owned(),
            crates,
            ratio(|it| it.debug_cpu),
            ratio(|it| it.release_cpu),
            ratio(|it| it.megabytes),
        ]);
    }
    table
}

fn figures(peers: &[Peer], rounds: usize) -> Vec<Figures> {
    let crates: Vec<(&str, Crate)> = peers.iter().map(|peer| (peer.key, fetched(peer))).collect();
    let seconds = rounds::least(&crates, rounds, |(key, it), round| {
        eprintln!("hello world, round {} of {rounds}: {key}", round + 1);
        it.clean();
        Profile::BOTH.map(|profile| it.timed_build(profile))
    });
    let all = crates.iter().zip(seconds);
    all.map(|((_, it), [debug_cpu, release_cpu])| Figures {
        crates: it.dependencies() as f64,
        debug_cpu,
        release_cpu,
        megabytes: it.size(Profile::Release) as f64 / 1e6,
    })
    .collect()
}

fn fetched(peer: &Peer) -> Crate {
    let it = Crate::new("hello", peer.key, &peer.dependencies);
    it.write(peer.hello);
    it.fetch();
    it
}
