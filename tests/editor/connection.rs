//! A language server process: JSON messages over its stdin and stdout.

use super::package::Package;
use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// The maximum time for which the server may be silent. During a build, it reports each crate.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Connection {
    server: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    last_id: u64,
}

impl Connection {
    pub(crate) fn start(program: &str, package: &Package) -> Self {
        let mut server = Command::new(program)
            .current_dir(package.folder())
            // All dependencies are available: this test was built with them.
            .env("CARGO_NET_OFFLINE", "true")
            .env("RA_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server ran a moment ago");
        let input = server.stdin.take().expect("stdin is piped");
        let output = server.stdout.take().expect("stdout is piped");
        Self {
            server,
            input,
            messages: receive(output),
            last_id: 0,
        }
    }

    /// Sends a request, and returns the response: a result or an error.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Reads the next message. Requests from the server get `null` as their result.
    pub(crate) fn read(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        let message = message.expect("rust-analyzer ended, or sent nothing for too long");
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            self.write(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
        }
        message
    }

    /// Waits until the server closes its output, which it does when it exits.
    pub(crate) fn wait(&mut self) {
        while self.messages.recv_timeout(PATIENCE).is_ok() {}
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .expect("the server reads its input");
        self.input.flush().expect("the server reads its input");
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The process has already exited, unless the test failed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Reads on a separate thread, because reads from a pipe have no timeout.
fn receive(output: ChildStdout) -> Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        while let Ok(message) = read_frame(&mut output) {
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    receiver
}

fn read_frame(output: &mut impl BufRead) -> io::Result<Value> {
    let mut body = vec![0; read_header(output)?];
    output.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body)?)
}

/// Reads the header and returns the length of the body.
fn read_header(output: &mut impl BufRead) -> io::Result<usize> {
    let mut len = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => len = value.parse().map_err(io::Error::other)?,
            Some(_) => {}
            None => return Ok(len),
        }
    }
}
