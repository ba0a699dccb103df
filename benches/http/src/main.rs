//! Measures the cost of a request: the same small app on Onward and on other servers, in one run.
//!
//! ```text
//! http                        everything; takes half an hour once everything is built
//! http --only onward,axum     only these; the others are compared with the first
//! http --what cpu             what to measure: cpu, latency, instructions, allocs, idle, http2, tls, files, websocket, fan-out
//! http --requests plain,json  which kinds of request
//! http --rounds 3             how often every server is measured
//! http --seconds 0.2          how long each kind of request is measured in a round
//! http --beside old=PROGRAM   one more server: a program that takes the address to listen on
//! http --write ../docs/performance   puts the tables into ../docs/performance.md and redraws its plots
//! ```

mod answer;
mod budgets;
mod builds;
mod contender;
mod cores;
mod counts;
mod files;
mod http2;
mod idle;
mod live;
mod load;
mod options;
mod requests;
mod rounds;
mod server;
mod tables;
mod times;
mod tls;

use contender::{Contender, Program};
use cores::Cores;
use options::{Measure, Options};
use server::Server;
use std::io;
use std::process::ExitCode;

/// A contender that was built.
struct Entry {
    contender: Contender,
    program: Program,
}

fn main() -> ExitCode {
    let options = match Options::parse() {
        Ok(Some(options)) => options,
        Ok(None) => return ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}\n\n{}", options::USAGE);
            return ExitCode::FAILURE;
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> io::Result<()> {
    // The page is checked before the measurement, so that nothing is measured for a page that does not exist.
    let mut report = tables::Report::new(options)?;
    let cores = Cores::divide()?;
    if options.measures_http1() {
        measure_http1(options, cores, &mut report)?;
    }
    if options.measures(Measure::Http2) {
        let all = contender::http2().into_iter();
        let chosen = all.filter(|contender| options.takes(contender));
        let entries: Vec<Entry> = built(chosen, |_| Ok(()));
        report.add(tables::http2(
            &entries,
            &http2::measure(&entries, options, cores),
        ))?;
    }
    if options.measures(Measure::Files) {
        measure_files(&options.for_files(), cores, &mut report)?;
    }
    if options.measures(Measure::Tls) {
        tls::measure(options, cores, &mut report)?;
    }
    live::measure(options, cores, &mut report)?;
    report.finish()?;
    options.write.as_deref().map_or(Ok(()), page::redraw)
}

fn measure_http1(options: &Options, cores: Cores, report: &mut tables::Report) -> io::Result<()> {
    let entries: Vec<Entry> = entries(options, cores);
    let timed: Vec<&Entry> = entries
        .iter()
        .filter(|it| !it.contender.counted_only)
        .collect();
    if options.measures(Measure::Cpu) {
        report.add(tables::full_load(
            &timed,
            &times::full_load(&timed, options, cores),
            options,
        ))?;
    }
    if options.measures(Measure::Latency) {
        report.add(tables::paced(
            &timed,
            &times::paced(&timed, options, cores),
            options,
        ))?;
    }
    if options.measures(Measure::Instructions) || options.measures(Measure::Allocations) {
        let all: Vec<&Entry> = entries
            .iter()
            .filter(|it| !it.program.compiles_itself)
            .collect();
        report.add(tables::counts(&all, &count(&all, options, cores), options))?;
    }
    if options.measures(Measure::Idle) {
        report.add(tables::idle(&timed, &idle::measure(&timed, cores)?))?;
    }
    Ok(())
}

fn measure_files(options: &Options, cores: Cores, report: &mut tables::Report) -> io::Result<()> {
    let folder = files::folder()?;
    let all = contender::files().into_iter();
    let chosen = all.filter(|contender| options.takes(contender));
    let mut entries = built(chosen, |_| Ok(()));
    for entry in &mut entries {
        entry.program.words.push(folder.clone().into());
    }
    let entries: Vec<&Entry> = entries.iter().collect();
    report.add(tables::files(
        &entries,
        &times::full_load(&entries, options, cores),
        &count(&entries, options, cores),
        options,
    ))
}

/// Builds the contenders that run the app. Those that cannot be built or send wrong responses are reported and left
/// out.
fn entries(options: &Options, cores: Cores) -> Vec<Entry> {
    let all = contender::all().into_iter().chain(options.beside());
    let chosen = all.filter(|contender| options.takes(contender));
    built(chosen, |program| check(program, options, cores))
}

pub(crate) fn built(
    chosen: impl Iterator<Item = Contender>,
    check: impl Fn(&Program) -> io::Result<()>,
) -> Vec<Entry> {
    let built = chosen.filter_map(|contender| {
        eprintln!("building {}", contender.key);
        let program = builds::build(&contender).and_then(|program| {
            check(&program)?;
            Ok(program)
        });
        match program {
            Ok(program) => Some(Entry { contender, program }),
            Err(why) => {
                eprintln!("{} is left out: {why}", contender.key);
                None
            }
        }
    });
    built.collect()
}

fn check(program: &Program, options: &Options, cores: Cores) -> io::Result<()> {
    let server = Server::start(program, cores)?;
    for kind in &options.kinds {
        answer::check(server.address, *kind)
            .map_err(|error| io::Error::other(format!("{}: {error}", kind.key())))?;
    }
    Ok(())
}

fn count(entries: &[&Entry], options: &Options, cores: Cores) -> Vec<Option<Vec<counts::Count>>> {
    let all = entries.iter().map(|entry| {
        eprintln!("counting {}", entry.contender.key);
        counts::count(&entry.program, cores, &options.kinds)
            .inspect_err(|why| eprintln!("not counted: {why}"))
            .ok()
    });
    all.collect()
}
