//! Assigns the cores: the server has one to itself, and the load generator has another one.

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;
use std::io;

#[derive(Clone, Copy)]
pub(crate) struct Cores {
    server: usize,
    load: usize,
}

impl Cores {
    /// Assigns the first of the allowed cores to the server, and the last one to this process, which stays on it.
    pub(crate) fn divide() -> io::Result<Self> {
        let allowed = sched_getaffinity(Pid::from_raw(0))?;
        let mut cores = (0..CpuSet::count()).filter(|core| allowed.is_set(*core).unwrap_or(false));
        let first = cores.next().unwrap_or(0);
        let last = cores.next_back().unwrap_or(first);
        if first == last {
            eprintln!("there is only one core: server and load disturb each other");
        }
        stay_on(last)?;
        Ok(Self {
            server: first,
            load: last,
        })
    }

    /// Calls `start`, whose child processes stay on the server's core. They detect one core, and so start one worker.
    pub(crate) fn on_servers<T>(self, start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        stay_on(self.server)?;
        let started = start();
        stay_on(self.load)?;
        started
    }
}

fn stay_on(core: usize) -> io::Result<()> {
    let mut cores = CpuSet::new();
    cores.set(core)?;
    Ok(sched_setaffinity(Pid::from_raw(0), &cores)?)
}
