//! A running server, in a separate process on a separate core.

use crate::contender::Program;
use crate::cores::Cores;
use nix::sys::signal::{Signal, kill};
use nix::time::clock_getcpuclockid;
use nix::unistd::Pid;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Error};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// The maximum time for a server to start, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    pub(crate) fn start(program: &Program, cores: Cores) -> io::Result<Self> {
        Self::start_under(&[], program, cores)
    }

    /// Starts the server under another program, such as valgrind, and waits until it accepts connections.
    pub(crate) fn start_under(
        tool: &[OsString],
        program: &Program,
        cores: Cores,
    ) -> io::Result<Self> {
        // The operating system chooses a free port, which is released before the server binds it.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut words = tool.iter().chain(&program.words);
        let first = words.next().ok_or(Error::other("no program"))?;
        let mut command = Command::new(first);
        command.args(words).arg(address.to_string());
        command.env("NODE_ENV", "production");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        if !tool.is_empty() {
            command.stderr(Stdio::null());
        }
        let child = cores.on_servers(|| command.spawn())?;
        let mut server = Self { child, address };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> io::Result<()> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                return Err(Error::other(format!("the server ended: {status}")));
            }
            if start.elapsed() > PATIENCE {
                return Err(Error::other("the server does not listen"));
            }
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Returns the user and system time of all threads of the server so far.
    pub(crate) fn cpu_time(&self) -> io::Result<Duration> {
        Ok(clock_getcpuclockid(self.pid())?.now()?.into())
    }

    /// Returns the resident memory of the server, in bytes.
    pub(crate) fn resident(&self) -> io::Result<u64> {
        let text = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.pid()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("Rss:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kib.map(|kib| kib * 1024)
            .ok_or(Error::other("no Rss in smaps_rollup"))
    }

    /// Ends the server with a signal that no server handles, and that lets valgrind write its counts.
    pub(crate) fn end(mut self) -> io::Result<()> {
        kill(self.pid(), Signal::SIGALRM)?;
        let start = Instant::now();
        while self.child.try_wait()?.is_none() {
            if start.elapsed() > PATIENCE {
                return Err(Error::other("the server does not end"));
            }
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("a process id of this system"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
