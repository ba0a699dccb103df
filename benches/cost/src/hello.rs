//! Hello world: what a newcomer waits for.

use crate::peers::Peer;
use compile::{Crate, Profile};
use page::{Table, with_ratio};

struct Figures {
    crates: f64,
    debug_cpu: f64,
    release_cpu: f64,
    megabytes: f64,
}

pub(crate) fn measure(peers: &[Peer]) -> Table {
    let mut table = Table::new([
        "hello world",
        "crates compiled for it",
        "clean debug build, CPU s",
        "clean release build, CPU s",
        "stripped release binary, MB",
    ]);
    let all: Vec<(&str, Figures)> = peers
        .iter()
        .map(|peer| (peer.title, figures(peer)))
        .collect();
    let Some((_, ours)) = all.first() else {
        return table;
    };
    for (title, it) in &all {
        let ratio = |value: fn(&Figures) -> f64| with_ratio(value(it), value(ours));
        let crates = format!("{:.0} ({:.1}×)", it.crates, it.crates / ours.crates);
        table.row([
            (*title).to_owned(),
            crates,
            ratio(|it| it.debug_cpu),
            ratio(|it| it.release_cpu),
            ratio(|it| it.megabytes),
        ]);
    }
    table
}

fn figures(peer: &Peer) -> Figures {
    eprintln!("hello world: {}", peer.key);
    let it = Crate::new("hello", peer.key, &peer.dependencies);
    it.write(peer.hello);
    it.fetch();
    it.clean();
    let [debug_cpu, release_cpu] = Profile::BOTH.map(|profile| it.timed_build(profile));
    Figures {
        crates: it.dependencies() as f64,
        debug_cpu,
        release_cpu,
        megabytes: it.size(Profile::Release) as f64 / 1e6,
    }
}
