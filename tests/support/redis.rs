//! A Redis server that is killed and started again. Needs Debian's `redis-server`.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A server with its data in a folder, so that it can be started again.
pub(crate) struct Redis {
    folder: TempDir,
    pub(crate) port: u16,
    process: Option<Child>,
}

impl Redis {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut redis = Self {
            folder: tempfile::tempdir().unwrap(),
            port: listener.local_addr().unwrap().port(),
            process: None,
        };
        drop(listener);
        redis.start_again();
        redis
    }

    pub(crate) fn start_again(&mut self) {
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--port", &self.port.to_string()]);
        command.args(["--appendonly", "yes", "--dir"]);
        command.arg(self.folder.path()).stdout(Stdio::null());
        let process = command.spawn();
        self.process = Some(process.expect("`redis-server` (apt-get install redis-server)"));
        let start = std::time::Instant::now();
        while self.command(&["PING"]).trim() != "PONG" {
            assert!(start.elapsed().as_secs() < 20, "redis does not start");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Ends the process with SIGKILL.
    pub(crate) fn kill(&mut self) {
        let mut process = self.process.take().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    pub(crate) fn command(&self, words: &[&str]) -> String {
        let mut cli = Command::new("redis-cli");
        cli.args(["-p", &self.port.to_string()]).args(words);
        let output = cli.output().expect("`redis-cli` (redis-tools)");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
