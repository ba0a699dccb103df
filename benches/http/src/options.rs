//! The command line.

use crate::contender::{self, Contender, Source};
use crate::requests::Kind;
use lexopt::prelude::*;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
usage: http [--only NAME,…] [--what cpu,latency,instructions,allocs,idle,http2,tls,files,websocket,fan-out]
            [--requests KIND,…] [--rounds N] [--seconds S] [--beside NAME=PROGRAM]… [--write FOLDER]";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Cpu,
    Latency,
    Instructions,
    Allocations,
    Idle,
    Http2,
    Tls,
    Files,
    WebSocket,
    FanOut,
}

#[derive(Clone)]
pub(crate) struct Options {
    only: Vec<String>,
    what: Vec<Measure>,
    beside: Vec<(String, PathBuf)>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) rounds: usize,
    pub(crate) seconds: f64,
    pub(crate) write: Option<PathBuf>,
}

impl Options {
    /// Parses the command line. Returns `None` if only help was requested.
    pub(crate) fn parse() -> Result<Option<Self>, lexopt::Error> {
        let mut options = Self {
            only: Vec::new(),
            what: Vec::new(),
            beside: Vec::new(),
            kinds: Kind::all(),
            rounds: 7,
            seconds: 0.5,
            write: None,
        };
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("only") => options.only = list(&words.value()?.string()?, contender)?,
                Long("what") => options.what = list(&words.value()?.string()?, measure)?,
                Long("requests") => options.kinds = list(&words.value()?.string()?, kind)?,
                Long("rounds") => options.rounds = words.value()?.parse()?,
                Long("seconds") => options.seconds = words.value()?.parse()?,
                Long("beside") => options.beside.push(program(&words.value()?.string()?)?),
                Long("write") => options.write = Some(words.value()?.into()),
                Short('h') | Long("help") => {
                    println!("{USAGE}");
                    return Ok(None);
                }
                other => return Err(other.unexpected()),
            }
        }
        options.check().map(Some)
    }

    fn check(self) -> Result<Self, lexopt::Error> {
        if self.rounds == 0 || !(0.001..=600.0).contains(&self.seconds) {
            return Err("rounds must be at least 1, and seconds from 0.001 to 600".into());
        }
        let partial = !self.only.is_empty() || self.kinds.len() < Kind::all().len();
        if partial && self.write.is_some() {
            return Err(
                "--write with --only or --requests would lose rows or columns of the page".into(),
            );
        }
        Ok(self)
    }

    pub(crate) fn measures(&self, measure: Measure) -> bool {
        self.what.is_empty() || self.what.contains(&measure)
    }

    /// Returns whether a contender takes part. One whose times are not measured takes part only in a run that counts
    /// instructions or allocations.
    pub(crate) fn takes(&self, contender: &Contender) -> bool {
        let counts = self.measures(Measure::Instructions) || self.measures(Measure::Allocations);
        let named = self.only.is_empty()
            || self.only.contains(&contender.key)
            || matches!(contender.source, Source::Program(_));
        named && (counts || !contender.counted_only)
    }

    /// Returns the same options for the requests for files.
    pub(crate) fn for_files(&self) -> Self {
        Self {
            kinds: Kind::files(),
            ..self.clone()
        }
    }

    /// Returns whether the run measures the app with HTTP/1.
    pub(crate) fn measures_http1(&self) -> bool {
        let is_other = |it: &Measure| {
            use Measure::{FanOut, Files, Http2, Tls, WebSocket};
            matches!(it, Http2 | Tls | Files | WebSocket | FanOut)
        };
        self.what.is_empty() || !self.what.iter().all(is_other)
    }

    /// Returns the programs given with `--beside`.
    pub(crate) fn beside(&self) -> impl Iterator<Item = Contender> {
        self.beside.iter().map(|(name, program)| Contender {
            key: name.clone(),
            title: name.clone(),
            source: Source::Program(program.clone()),
            counted_only: false,
        })
    }
}

fn list<T>(text: &str, one: fn(&str) -> Result<T, lexopt::Error>) -> Result<Vec<T>, lexopt::Error> {
    text.split(',').map(one).collect()
}

fn contender(text: &str) -> Result<String, lexopt::Error> {
    let keys: Vec<String> = contender::all().into_iter().map(|it| it.key).collect();
    if keys.iter().any(|key| key == text) {
        return Ok(text.to_owned());
    }
    Err(format!("unknown name {text:?}; known: {}", keys.join(", ")).into())
}

fn measure(text: &str) -> Result<Measure, lexopt::Error> {
    Ok(match text {
        "cpu" => Measure::Cpu,
        "latency" => Measure::Latency,
        "instructions" => Measure::Instructions,
        "allocs" => Measure::Allocations,
        "idle" => Measure::Idle,
        "http2" => Measure::Http2,
        "tls" => Measure::Tls,
        "files" => Measure::Files,
        "websocket" => Measure::WebSocket,
        "fan-out" => Measure::FanOut,
        _ => return Err(format!("{text:?} cannot be measured; see the usage").into()),
    })
}

fn kind(text: &str) -> Result<Kind, lexopt::Error> {
    let all = Kind::all();
    let found = all.iter().find(|kind| kind.key() == text);
    let keys: Vec<String> = all.iter().map(|kind| kind.key()).collect();
    let why = || format!("unknown request {text:?}; known: {}", keys.join(", "));
    found.copied().ok_or_else(|| why().into())
}

fn program(text: &str) -> Result<(String, PathBuf), lexopt::Error> {
    match text.split_once('=') {
        Some((name, program)) => Ok((name.to_owned(), program.into())),
        None => Err("--beside takes a name, = and the path of a program".into()),
    }
}
