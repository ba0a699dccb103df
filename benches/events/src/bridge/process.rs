//! A sender and a receiver, each in its own process.

use crate::Result;
use crate::contender::Contender;
use crate::engine::Redis;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

pub(crate) struct Measured {
    pub(crate) events: u64,
    pub(crate) sender: Figures,
    pub(crate) receiver: Figures,
}

/// What a process prints about itself.
#[derive(Default)]
pub(crate) struct Figures {
    /// Microseconds of processor time.
    pub(crate) busy: f64,
    /// Resident memory in bytes, after a tenth, a half and all of the events.
    pub(crate) memory: Vec<f64>,
}

pub(crate) fn measure(contender: &Contender, events: u64) -> Result<Measured> {
    let redis = Redis::start()?;
    let mut receiver = Replica::start(contender, "receive", &redis, events)?;
    receiver.expect("ready")?;
    let mut sender = Replica::start(contender, "send", &redis, events)?;
    sender.expect("ready")?;
    Ok(Measured {
        events,
        sender: sender.figures()?,
        receiver: receiver.figures()?,
    })
}

struct Replica {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Replica {
    fn start(contender: &Contender, role: &str, redis: &Redis, events: u64) -> Result<Self> {
        let mut command = contender.program.command()?;
        command.args([role, &redis.url, &events.to_string()]);
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        Ok(Self {
            process,
            lines: BufReader::new(output).lines(),
        })
    }

    fn line(&mut self) -> Result<String> {
        let line = self.lines.next().ok_or("the process has ended")?;
        Ok(line?)
    }

    fn expect(&mut self, expected: &str) -> Result {
        match self.line()? {
            line if line == expected => Ok(()),
            line => Err(line.into()),
        }
    }

    /// Reads the line `memory 12345` three times, then `busy 12345`.
    fn figures(&mut self) -> Result<Figures> {
        let mut figures = Figures::default();
        loop {
            let line = self.line()?;
            match line.split_once(' ') {
                Some(("memory", bytes)) => figures.memory.push(bytes.parse()?),
                Some(("busy", microseconds)) => {
                    figures.busy = microseconds.parse()?;
                    return Ok(figures);
                }
                _ => return Err(line.into()),
            }
        }
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
