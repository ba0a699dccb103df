//! Measures the cost of building with Onward and with other frameworks.
//!
//! ```text
//! cost                      everything: builds twelve programs from scratch, six times; takes 45 minutes
//! cost --only onward,axum   measures hello world only in these
//! cost --what hello         what to measure: hello, rebuild
//! cost --rounds 1           how often each is built; default: 3 for hello, 5 for rebuild; the minimum is used
//! cost --write ../docs/performance   also puts the tables into ../docs/performance.md
//! ```

mod hello;
mod peers;
mod rebuild;
mod rounds;

use lexopt::prelude::*;
use page::{Page, Table};
use peers::Peer;
use std::error::Error;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str =
    "usage: cost [--only NAME,…] [--what hello,rebuild] [--rounds N] [--write FOLDER]";

struct Options {
    peers: Vec<Peer>,
    hello: bool,
    rebuild: bool,
    /// The number of rounds; each kind of build has its own default.
    rounds: Option<NonZero<usize>>,
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    match options().map_err(Into::into).and_then(|it| run(&it)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, lexopt::Error> {
    let mut options = Options {
        peers: peers::all(),
        hello: true,
        rebuild: true,
        rounds: None,
        write: None,
    };
    let mut partial = false;
    let mut words = lexopt::Parser::from_env();
    while let Some(word) = words.next()? {
        match word {
            Long("only") => {
                options.peers = only(&words.value()?.string()?)?;
                partial = true;
            }
            Long("what") => {
                let what = words.value()?.string()?;
                options.hello = what.split(',').any(|what| what == "hello");
                options.rebuild = what.split(',').any(|what| what == "rebuild");
                if !options.hello && !options.rebuild {
                    return Err(format!("{what:?} cannot be measured").into());
                }
            }
            Long("rounds") => options.rounds = Some(words.value()?.parse()?),
            Long("write") => options.write = Some(words.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    if partial && options.write.is_some() {
        return Err("--write with --only would lose rows of the page".into());
    }
    Ok(options)
}

fn only(names: &str) -> Result<Vec<Peer>, lexopt::Error> {
    let all = peers::all();
    let keys: Vec<&str> = all.iter().map(|peer| peer.key).collect();
    let names: Vec<&str> = names.split(',').collect();
    match names.iter().find(|name| !keys.contains(name)) {
        Some(name) => Err(format!("unknown name {name:?}; known: {}", keys.join(", ")).into()),
        None => Ok(all
            .into_iter()
            .filter(|peer| names.contains(&peer.key))
            .collect()),
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let page = options.write.as_deref().map(Page::beside).transpose()?;
    let rounds = |default| options.rounds.map_or(default, NonZero::get);
    let say = |place, rounds, table: &Table| {
        println!("CPU seconds, the minimum of {rounds} rounds:\n\n{table}");
        page.as_ref().map_or(Ok(()), |page| page.put(place, table))
    };
    if options.rebuild {
        let rounds = rounds(rebuild::ROUNDS);
        say("rebuild", rounds, &rebuild::measure(rounds))?;
    }
    if options.hello {
        let rounds = rounds(hello::ROUNDS);
        say("hello", rounds, &hello::measure(&options.peers, rounds))?;
    }
    Ok(())
}
