//! An editor with one open file: the part of the language server protocol that the test needs.

use super::connection::Connection;
use super::package::Package;
use serde_json::{Value, json};

/// Line and column, both zero-based.
pub(crate) type Place = (u64, u64);

/// The maximum number of attempts: the server cancels requests while it is still loading.
const TRIES: usize = 50;

/// The codes of errors after which a request is sent again: the content was modified, or the server canceled the
/// request.
const TAKEN_BACK: [i64; 2] = [-32801, -32802];

pub(crate) struct Client {
    connection: Connection,
    uri: String,
    text: String,
    version: u64,
}

impl Client {
    /// Opens a package whose `main.rs` is `text`, and waits until the server has loaded it.
    pub(crate) fn open(program: &str, text: &str) -> Self {
        let package = Package::write(text);
        let mut client = Self {
            connection: Connection::start(program, &package),
            uri: package.main_uri(),
            text: text.to_owned(),
            version: 1,
        };
        client.initialize(&package);
        client.wait_until_ready();
        client
    }

    fn initialize(&mut self, package: &Package) {
        let params = json!({
            "processId": null,
            "rootUri": package.uri(),
            "capabilities": {
                "experimental": { "serverStatusNotification": true },
                "window": { "workDoneProgress": true },
                // Without this capability, the server watches the files itself.
                "workspace": {
                    "didChangeWatchedFiles": { "dynamicRegistration": true },
                    "workspaceEdit": { "documentChanges": true },
                },
            },
            "initializationOptions": {
                "checkOnSave": false,
                "cachePriming": { "enable": false },
                "cargo": { "targetDir": package.target() },
            },
        });
        self.request("initialize", &params);
        self.connection.notify("initialized", &json!({}));
        let document = json!({
            "uri": self.uri, "languageId": "rust", "version": self.version, "text": self.text,
        });
        let params = json!({ "textDocument": document });
        self.connection.notify("textDocument/didOpen", &params);
    }

    /// Waits until the packages are loaded and the procedural macros are built.
    fn wait_until_ready(&mut self) {
        loop {
            let message = self.connection.read();
            let status = &message["params"];
            if message["method"] == "experimental/serverStatus" && status["quiescent"] == true {
                // A warning may concern the sources of the standard library, which the tests do not need.
                assert_ne!(status["health"], "error", "{message}");
                return;
            }
        }
    }

    /// Replaces the file's text, as typing does.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        assert_eq!(self.text.matches(old).count(), 1, "{old}");
        self.text = self.text.replace(old, new);
        self.version += 1;
        let params = json!({
            "textDocument": { "uri": self.uri, "version": self.version },
            "contentChanges": [{ "text": self.text }],
        });
        self.connection.notify("textDocument/didChange", &params);
    }

    /// Returns the position of `^` in a text that occurs once: `db.^product(id)`.
    pub(crate) fn place(&self, marked: &str) -> Place {
        let (before, after) = marked.split_once('^').expect("`^` marks a position");
        let piece = format!("{before}{after}");
        assert_eq!(self.text.matches(&piece).count(), 1, "{piece}");
        let start = self.text.find(&piece).expect("the piece is in the text");
        let above = &self.text[..start + before.len()];
        let line = above.matches('\n').count();
        let column = above.len() - above.rfind('\n').map_or(0, |end| end + 1);
        (line as u64, column as u64)
    }

    /// Returns the start of each definition of the symbol at `marked`.
    pub(crate) fn definitions(&mut self, marked: &str) -> Vec<Place> {
        let response = self.ask("textDocument/definition", marked, json!({}));
        let found = response.as_array().expect("a list of places");
        found.iter().map(start).collect()
    }

    pub(crate) fn hover(&mut self, marked: &str) -> String {
        let response = self.ask("textDocument/hover", marked, json!({}));
        let text = response["contents"]["value"].as_str();
        text.unwrap_or_default().to_owned()
    }

    /// Returns the positions that renaming the symbol at `marked` would change.
    pub(crate) fn rename(&mut self, marked: &str, name: &str) -> Vec<Place> {
        let response = self.ask("textDocument/rename", marked, json!({ "newName": name }));
        let files = response["documentChanges"].as_array();
        let [file] = files.map_or(&[][..], Vec::as_slice) else {
            panic!("not the changes of one file: {response}");
        };
        assert_eq!(file["textDocument"]["uri"], self.uri);
        let edits = file["edits"].as_array().expect("a list of edits");
        assert!(
            edits.iter().all(|edit| edit["newText"] == name),
            "{response}"
        );
        let mut places: Vec<Place> = edits.iter().map(start).collect();
        places.sort_unstable();
        places
    }

    /// Returns the completions at `marked`, without their details.
    pub(crate) fn complete(&mut self, marked: &str) -> Vec<String> {
        let response = self.ask("textDocument/completion", marked, json!({}));
        let items = response.get("items").unwrap_or(&response);
        let items = items.as_array().expect("a list of names");
        let labels = items.iter().filter_map(|item| item["label"].as_str());
        let name = |label: &str| label.split(['(', ' ']).next().map(str::to_owned);
        labels.filter_map(name).collect()
    }

    pub(crate) fn close(mut self) {
        self.request("shutdown", &Value::Null);
        self.connection.notify("exit", &Value::Null);
        self.connection.wait();
    }

    fn ask(&mut self, method: &str, marked: &str, mut params: Value) -> Value {
        let (line, character) = self.place(marked);
        params["textDocument"] = json!({ "uri": self.uri });
        params["position"] = json!({ "line": line, "character": character });
        self.request(method, &params)
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        for _ in 0..TRIES {
            let mut response = self.connection.request(method, params);
            match response["error"]["code"].as_i64() {
                None => return response["result"].take(),
                Some(code) if TAKEN_BACK.contains(&code) => {}
                Some(_) => panic!("{method}: {response}"),
            }
        }
        panic!("{method} was canceled {TRIES} times");
    }
}

/// Returns the start of a location or an edit.
fn start(it: &Value) -> Place {
    let start = &it["range"]["start"];
    let number = |name: &str| start[name].as_u64().expect("a number");
    (number("line"), number("character"))
}
