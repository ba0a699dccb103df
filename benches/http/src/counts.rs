//! Instructions and allocations, counted by callgrind; they do not depend on the load of the machine.
//!
//! One run of the server handles some requests of every kind; a further run for each kind handles more of that kind.
//! The difference in cost, divided by the difference in requests, is the cost of one request: start-up cancels out.

use crate::contender::Program;
use crate::cores::Cores;
use crate::load::{Load, Pace, Until};
use crate::requests::Kind;
use crate::server::Server;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Error};
use std::path::Path;

/// The cost of one request in user space.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
}

/// The number of warm-up batches of every kind, in which caches fill and buffers grow. These batches are not counted.
const BEFORE: usize = 200;
const COUNTED: usize = 2000;

pub(crate) fn count(program: &Program, cores: Cores, kinds: &[Kind]) -> io::Result<Vec<Count>> {
    let base = run(program, cores, kinds, None)?;
    let each = kinds.iter().map(|kind| {
        let with = run(program, cores, kinds, Some(*kind))?;
        let requests = (COUNTED * kind.pipelined) as f64;
        Ok(Count {
            instructions: (with.instructions - base.instructions) / requests,
            allocations: (with.allocations - base.allocations) / requests,
        })
    });
    each.collect()
}

/// Runs the server once under callgrind, and returns what was counted.
fn run(
    program: &Program,
    cores: Cores,
    kinds: &[Kind],
    counted: Option<Kind>,
) -> io::Result<Count> {
    let out = tempfile::NamedTempFile::new()?;
    let file = format!("--callgrind-out-file={}", out.path().display());
    let tool = ["valgrind", "--tool=callgrind", &file].map(Into::into);
    let server = Server::start_under(&tool, program, cores)?;
    for kind in kinds {
        let more = if counted == Some(*kind) { COUNTED } else { 0 };
        let mut load = Load::new(server.address, *kind, CONNECTIONS)?;
        load.run(Until::Batches(BEFORE + more), Pace::AtOnce)?;
    }
    server.end()?;
    read(out.path())
}

/// The number of connections: one, so that the server waits before each batch and handles it separately.
const CONNECTIONS: usize = 1;

/// The allocating functions of the C library. No server replaces Rust's default allocator, which calls them.
const ALLOCATORS: [&str; 6] = [
    "malloc",
    "calloc",
    "realloc",
    "posix_memalign",
    "aligned_alloc",
    "memalign",
];

/// Reads callgrind's file: `totals: 48213`, and a line `calls=7 …` after each `cfn=(12) malloc`.
fn read(file: &Path) -> io::Result<Count> {
    let text = fs::read(file)?;
    let text = String::from_utf8_lossy(&text);
    let mut instructions = None;
    let mut allocations = 0.0;
    let mut names = HashMap::new();
    let mut called_allocates = false;
    for line in text.lines() {
        if let Some(total) = line.strip_prefix("totals: ") {
            instructions = total.parse().ok();
        } else if let Some(name) = line.strip_prefix("cfn=").or(line.strip_prefix("fn=")) {
            let (id, name) = name.split_once(' ').unwrap_or((name, ""));
            let known = names.entry(id).or_insert(name);
            let name = known.split('\'').next().unwrap_or_default();
            called_allocates = ALLOCATORS.contains(&name);
        } else if let Some(calls) = line.strip_prefix("calls=")
            && called_allocates
        {
            let count = calls.split(' ').next();
            allocations += count.and_then(|count| count.parse().ok()).unwrap_or(0.0);
        }
    }
    Ok(Count {
        instructions: instructions.ok_or(Error::other("callgrind wrote no totals"))?,
        allocations,
    })
}
