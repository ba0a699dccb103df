//! The programs that are compared.

use std::path::PathBuf;
use std::process::Command;

/// The ways in which events are sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// `Bridge::emit`, and `emit_confirmed` for the last event of a batch.
    Emit,
    /// `Bridge::emit_confirmed`.
    EmitConfirmed,
    /// An `XADD` with all events of a batch.
    Batched,
    /// An `XADD` for each event, a batch of them in a pipeline.
    Pipelined,
    /// An `XADD` for each event, one at a time.
    Single,
    SocketIo,
}

pub(crate) struct Contender {
    pub(crate) program: Program,
    pub(crate) name: &'static str,
    /// The events whose confirmation the sender waits for.
    pub(crate) confirmed: &'static str,
}

const fn contender(program: Program, name: &'static str, confirmed: &'static str) -> Contender {
    Contender {
        program,
        name,
        confirmed,
    }
}

/// All contenders, each of which is compared with the first one that confirms as often.
pub(crate) const CONTENDERS: [Contender; 6] = [
    contender(Program::Emit, "**onward**", "every 256th"),
    contender(
        Program::Batched,
        "redis, 256 events in an entry",
        "every 256th",
    ),
    contender(
        Program::Pipelined,
        "redis, 256 entries in a pipeline",
        "every 256th",
    ),
    contender(Program::SocketIo, "Socket.IO's adapter", "every 256th"),
    contender(Program::EmitConfirmed, "**onward**", "each"),
    contender(Program::Single, "redis, an entry at a time", "each"),
];

impl Program {
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Emit, "emit"),
        (Self::EmitConfirmed, "emit-confirmed"),
        (Self::Batched, "batched"),
        (Self::Pipelined, "pipelined"),
        (Self::Single, "single"),
        (Self::SocketIo, "socket-io"),
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|it| it.1 == name);
        found.map(|it| it.0)
    }

    fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|it| it.0 == self);
        found.map_or("", |it| it.1)
    }

    /// Returns the command that starts a process of this program.
    pub(crate) fn command(self) -> crate::Result<Command> {
        if self == Self::SocketIo {
            let mut node = Command::new("node");
            node.arg(socket_io()?);
            return Ok(node);
        }
        let mut own = Command::new(std::env::current_exe()?);
        own.args(["replica", self.name()]);
        Ok(own)
    }
}

/// Copies the program to the target folder, where npm installs its dependencies, and returns its path.
fn socket_io() -> crate::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(2).ok_or("no target folder")?;
    let folder = target.join("bridge");
    std::fs::create_dir_all(&folder)?;
    let program = folder.join("socket-io.mjs");
    std::fs::write(&program, include_str!("node/socket-io.mjs"))?;
    std::fs::write(
        folder.join("package.json"),
        include_str!("node/package.json"),
    )?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--silent"]);
    match npm.current_dir(&folder).status()?.success() {
        true => Ok(program),
        false => Err("npm cannot install its dependencies".into()),
    }
}
