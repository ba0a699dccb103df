//! As much of the language server protocol as the test needs: JSON in frames over stdin and stdout.

use serde_json::{Value, json};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A rust-analyzer that runs.
pub(crate) fn find() -> Option<String> {
    let program = env::var("RUST_ANALYZER").unwrap_or_else(|_| "rust-analyzer".to_owned());
    let output = Command::new(&program).arg("--version").output().ok()?;
    output.status.success().then_some(program)
}

/// An editor with one file open.
pub(crate) struct Client {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    last_id: u64,
}

impl Client {
    /// Opens a package whose `main.rs` is `text`, and waits until all of it is read.
    pub(crate) fn open(program: &str, text: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
        write_package(&folder, text);
        let mut server = Command::new(program)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("it ran a moment ago");
        let input = server.stdin.take().expect("it is piped");
        let output = BufReader::new(server.stdout.take().expect("it is piped"));
        let root = format!("file://{}", folder.display());
        let uri = format!("{root}/src/main.rs");
        let mut client = Self {
            server,
            input,
            output,
            uri,
            last_id: 0,
        };
        client.initialize(&root, &folder, text);
        client
    }

    fn initialize(&mut self, root: &str, folder: &Path, text: &str) {
        let target = folder.join("target");
        self.request(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": root,
                "workspaceFolders": [{ "uri": root, "name": "editor" }],
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": { "definition": { "linkSupport": false } }
                },
                "initializationOptions": {
                    "checkOnSave": false,
                    "cachePriming": { "enable": false },
                    "cargo": { "targetDir": target.display().to_string() }
                }
            }),
        );
        self.notify("initialized", &json!({}));
        let document = json!({ "uri": self.uri, "languageId": "rust", "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
        self.wait_until_ready();
    }

    /// Until the packages are loaded and the procedural macros built.
    fn wait_until_ready(&mut self) {
        loop {
            let message = self.read();
            if env::var_os("EDITOR_LOG").is_some() { eprintln!("{message}"); }
            if message["method"] == "experimental/serverStatus"
                && message["params"]["quiescent"] == true
            {
                let health = &message["params"]["health"];
                assert_ne!(health, "error", "{message}");
                return;
            }
        }
    }

    /// Asks about a place in the file.
    pub(crate) fn at(&mut self, method: &str, place: (usize, usize)) -> Value {
        let position = super::position(place);
        let document = json!({ "uri": self.uri });
        self.request(
            method,
            &json!({ "textDocument": document, "position": position }),
        )
    }

    pub(crate) fn rename(&mut self, place: (usize, usize), name: &str) -> Value {
        let position = super::position(place);
        let document = json!({ "uri": self.uri });
        let params = json!({ "textDocument": document, "position": position, "newName": name });
        self.request("textDocument/rename", &params)
    }

    pub(crate) fn close(mut self) {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        let _ = self.server.wait();
    }

    /// Sends a request until it is answered: while the server reads on, it takes answers back.
    fn request(&mut self, method: &str, params: &Value) -> Value {
        loop {
            self.last_id += 1;
            let id = self.last_id;
            let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
            self.write(&message);
            let answer = self.answer_to(id);
            match answer.get("error").map(|error| error["code"].as_i64()) {
                // The content was modified, or the request cancelled.
                Some(Some(-32801 | -32802)) => {}
                Some(_) => panic!("{method}: {answer}"),
                None => return answer["result"].clone(),
            }
        }
    }

    fn answer_to(&mut self, id: u64) -> Value {
        loop {
            let message = self.read();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn notify(&mut self, method: &str, params: &Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.write(&message);
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        self.input.flush().expect("it listens");
    }

    /// The next message; what the server asks for itself is answered by `null`.
    fn read(&mut self) -> Value {
        let message = self.read_frame();
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            let answer = json!({ "jsonrpc": "2.0", "id": id, "result": null });
            self.write(&answer);
        }
        message
    }

    fn read_frame(&mut self) -> Value {
        let mut len = 0;
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("a line");
            assert_ne!(read, 0, "rust-analyzer ended");
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                len = value.trim().parse().expect("a length");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; len];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A package of its own that depends on onward by its path, locked as the workspace is.
fn write_package(folder: &Path, text: &str) {
    let workspace: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = workspace.join("runtime");
    let manifest = format!(
        "[package]\nname = \"editor\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nonward = {{ path = {:?} }}\n\n[workspace]\n",
        runtime.display().to_string()
    );
    fs::create_dir_all(folder.join("src")).expect("a folder for tests");
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file for tests");
    fs::write(folder.join("src/main.rs"), text).expect("a file for tests");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
}
