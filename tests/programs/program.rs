//! Builds and starts the example programs, and sends requests to them.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running example. Dropping it ends the process.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Program {
    /// Starts a server on a free port and waits until it prints its URL.
    pub(crate) fn serve(example: &str, arguments: &[&str]) -> Self {
        Self::serve_at("127.0.0.1:0", example, arguments)
    }

    /// Starts a server on an address, for example the address of a program that has ended.
    pub(crate) fn serve_at(addr: &str, example: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new(build(example))
            .arg(addr)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let output = child.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(output).lines();
        let line = lines.next().expect("a line").expect("text");
        let url = line.strip_prefix("Listening on ").expect("the URL");
        Self {
            child,
            url: url.trim_end_matches('/').to_owned(),
            lines,
        }
    }

    /// Reads the next line that the program prints.
    pub(crate) fn line(&mut self) -> String {
        self.lines.next().expect("a line").expect("text")
    }

    pub(crate) fn get(&self, path: &str) -> Received {
        self.ask("GET", path, &[], "")
    }

    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Received {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).expect("a request");
        let config = ureq::config::Config::builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .build();
        let response = ureq::Agent::new_with_config(config).run(request);
        let (parts, mut body) = response.expect("a response").into_parts();
        Received {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.read_to_string().expect("text"),
        }
    }
}

impl Program {
    pub(crate) fn addr(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Sends bytes on a new connection, and returns all bytes received until the server closes the connection.
    pub(crate) fn raw(&self, bytes: &str) -> String {
        let mut stream = TcpStream::connect(self.addr()).expect("a connection");
        stream
            .write_all(bytes.as_bytes())
            .expect("the bytes are sent");
        let mut response = Vec::new();
        // A reset counts as the end.
        let _ = stream.read_to_end(&mut response);
        String::from_utf8_lossy(&response).into_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The process may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("text"))
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// Builds an example, unless it is up to date, and returns the path of its executable.
pub(crate) fn build(example: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "onward-examples"])
        .args(["--example", example, "--message-format", "json"])
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{example} builds");
    let messages = String::from_utf8(output.stdout).expect("text");
    let mut executables = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executables.next_back().expect("an executable")
}
