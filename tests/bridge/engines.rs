//! The servers of the tests, which are killed and started again.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::redis_server::Redis;

pub(crate) enum Server {
    Redis(Redis),
    Nats(NatsServer),
}

impl Server {
    pub(crate) fn port(&self) -> u16 {
        match self {
            Self::Redis(it) => it.port,
            Self::Nats(it) => it.port,
        }
    }

    pub(crate) fn kill(&mut self) {
        match self {
            Self::Redis(it) => it.kill(),
            Self::Nats(it) => it.kill(),
        }
    }

    pub(crate) fn start_again(&mut self) {
        match self {
            Self::Redis(it) => it.start_again(),
            Self::Nats(it) => it.start_again(),
        }
    }

    /// Returns whether a replica that was cut off receives what it missed.
    pub(crate) fn stores(&self) -> bool {
        matches!(self, Self::Redis(_))
    }
}

pub(crate) struct NatsServer {
    port: u16,
    process: Option<Child>,
}

impl NatsServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut server = Self {
            port,
            process: None,
        };
        server.start_again();
        server
    }

    fn start_again(&mut self) {
        let mut command = Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", &self.port.to_string()]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn();
        self.process = Some(process.expect("`nats-server` (apt-get install nats-server)"));
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed().as_secs() < 20, "nats-server does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn kill(&mut self) {
        let mut process = self.process.take().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        if self.process.is_some() {
            self.kill();
        }
    }
}
