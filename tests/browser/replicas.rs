//! The chat's replicas, Redis and nginx, as its script starts them. Needs Debian's `nginx` and `redis-server`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::program::build;

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(30);

pub(crate) struct Replicas {
    script: Child,
    port: u16,
    folder: PathBuf,
    /// The commands of the processes that the script has started, with the last id of each.
    processes: Arc<Mutex<HashMap<String, String>>>,
}

impl Replicas {
    pub(crate) fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let port = free_ports();
        let script = Command::new(root.join("examples/chat/replicas"))
            .arg(port.to_string())
            .env("CHAT", build("chat"))
            .stdout(Stdio::piped())
            .spawn();
        let mut script = script.expect("the script starts");
        let output = BufReader::new(script.stdout.take().expect("stdout is piped"));
        let replicas = Self {
            script,
            port,
            folder: root.join(format!("target/chat/{port}")),
            processes: Arc::default(),
        };
        let processes = Arc::clone(&replicas.processes);
        std::thread::spawn(move || {
            // The other lines are output of the processes.
            for line in output.lines().map_while(Result::ok) {
                if let Some((id, command)) = started(&line) {
                    processes.lock().expect("no panic").insert(command, id);
                }
            }
        });
        wait("nginx and both replicas", || {
            let ports = replicas.ports().into_iter().chain([port]);
            let mut connections = ports.map(|it| std::net::TcpStream::connect(("127.0.0.1", it)));
            connections.all(|it| it.is_ok())
        });
        replicas
    }

    /// Opens both windows, repeatedly if necessary, so that each replica has one of them.
    pub(crate) fn spread(&self, windows: &[Browser; 2]) {
        let url = format!("http://127.0.0.1:{}/", self.port);
        let mut attempt = 0;
        wait("a window on each replica", || {
            attempt += 1;
            for (window, name) in windows.iter().zip(["ada", "bob"]) {
                // nginx alternates, so the page would always come from one replica, and the WebSocket would connect to
                // the other.
                if attempt % 2 == 1 {
                    ureq::get(&url).call().expect("the page");
                }
                window.open(&format!("{url}?room=tea&name={name}"));
                window.until(&format!(
                    "document.getElementById('state').textContent === 'connected as {name}'"
                ));
            }
            self.ports().iter().all(|port| connections(*port) == 1)
        });
        for window in windows {
            window.until("document.getElementById('present').textContent.includes('ada, bob')");
            window.record("#messages li[data-id]");
        }
    }

    fn ports(&self) -> [u16; 2] {
        [self.port + 1, self.port + 2]
    }

    /// Returns the command that starts a replica.
    pub(crate) fn replica(&self, at: usize) -> String {
        format!("chat 127.0.0.1:{}", self.ports()[at])
    }

    /// Removes the id of the last process of this command, and returns it.
    fn take(&self, command: &str) -> Option<String> {
        let mut processes = self.processes.lock().expect("no panic");
        let started = processes.keys().find(|it| it.starts_with(command)).cloned();
        processes.remove(&started?)
    }

    /// Ends a process with SIGKILL. The script starts it again.
    pub(crate) fn kill(&self, command: &str) {
        let id = self.take(command).expect("the process was started");
        signal("-KILL", &id);
    }

    /// Waits until the script has started a process again.
    pub(crate) fn is_back(&self, command: &str) {
        wait(command, || {
            let processes = self.processes.lock().expect("no panic");
            processes.keys().any(|it| it.starts_with(command))
        });
    }
}

impl Drop for Replicas {
    fn drop(&mut self) {
        signal("-TERM", &self.script.id().to_string());
        let _ = self.script.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Reads the command and the id from a line such as `process 7: chat 127.0.0.1:8081 …`.
fn started(line: &str) -> Option<(String, String)> {
    let (id, command) = line.strip_prefix("process ")?.split_once(": ")?;
    Some((id.to_owned(), command.to_owned()))
}

fn signal(name: &str, id: &str) {
    let status = Command::new("kill").args([name, id]).status();
    assert!(status.expect("`kill` starts").success(), "kill {name} {id}");
}

/// Returns the first of four consecutive ports that are free.
fn free_ports() -> u16 {
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let mut first = (18_000..28_000).step_by(4);
    let first = first.find(|first| (*first..*first + 4).all(is_free));
    first.expect("four free ports")
}

/// Returns the number of connections of a server. nginx keeps only WebSockets open.
fn connections(port: u16) -> usize {
    let table = std::fs::read_to_string("/proc/net/tcp").expect("Linux");
    let local = format!("0100007F:{port:04X}");
    let established = table.lines().filter(|line| {
        let mut columns = line.split_whitespace().skip(1);
        columns.next() == Some(&*local) && columns.nth(1) == Some("01")
    });
    established.count()
}

fn wait(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < HANGS, "{what} does not appear");
        std::thread::sleep(Duration::from_millis(20));
    }
}
