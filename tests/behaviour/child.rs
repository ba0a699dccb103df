use std::io::{BufRead, BufReader, Lines};
use std::os::fd::OwnedFd;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// A child process that runs one of the ignored tests.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts the process with a shell. `before` may set limits and variables for it; `input` is its standard input.
    pub(crate) fn start(before: &str, test: &str, input: Option<OwnedFd>) -> Self {
        let script = format!("{before} exec \"$0\" --exact {test} --ignored --nocapture");
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(script)
            .arg(std::env::current_exe().unwrap())
            .stdin(input.map_or(Stdio::null(), Stdio::from))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Waits for a line that contains `begin`, and returns the rest of the line.
    pub(crate) fn wait_for(&mut self, begin: &str) -> String {
        for line in self.lines.by_ref() {
            let line = line.unwrap();
            // The test harness writes to the same line first.
            if let Some((_, rest)) = line.split_once(begin) {
                return rest.to_owned();
            }
        }
        panic!("the program ended and did not print {begin:?}");
    }

    /// Returns the id of the process, which is that of the server: `exec` replaces the shell.
    #[allow(dead_code, reason = "not every suite that includes this file needs it")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let sent = Command::new("sh").arg("-c").arg(kill).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

/// Ends the process if the test failed before the process ended.
impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
