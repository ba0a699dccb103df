//! An editor with one file: as much of the language server protocol as the test needs.

use super::connection::Connection;
use super::package::Package;
use serde_json::{Value, json};

/// Line and column, both from zero.
pub(crate) type Place = (u64, u64);

/// How often a request is sent again: the server takes it back while it reads on.
const TRIES: usize = 50;

/// The content was modified, or the server cancelled the request.
const TAKEN_BACK: [i64; 2] = [-32801, -32802];

pub(crate) struct Client {
    connection: Connection,
    uri: String,
    text: String,
    version: u64,
}

impl Client {
    /// Opens a package whose `main.rs` is `text`, and waits until the server has read all of it.
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
                // Else it watches the files by itself.
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

    /// Until the packages are loaded and the procedural macros built.
    fn wait_until_ready(&mut self) {
        loop {
            let message = self.connection.read();
            let status = &message["params"];
            if message["method"] == "experimental/serverStatus" && status["quiescent"] == true {
                // A warning may be about the sources of the standard library, which no question here needs.
                assert_ne!(status["health"], "error", "{message}");
                return;
            }
        }
    }

    /// Types: the file's text is another from here on.
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

    /// Where `^` is in a piece of the text that is there once: `db.^product(id)`.
    pub(crate) fn place(&self, marked: &str) -> Place {
        let (before, behind) = marked.split_once('^').expect("a place is marked by a ^");
        let piece = format!("{before}{behind}");
        assert_eq!(self.text.matches(&piece).count(), 1, "{piece}");
        let start = self.text.find(&piece).expect("it is there once");
        let above = &self.text[..start + before.len()];
        let line = above.matches('\n').count();
        let column = above.len() - above.rfind('\n').map_or(0, |end| end + 1);
        (line as u64, column as u64)
    }

    /// Where the definitions of what is at `marked` begin.
    pub(crate) fn definitions(&mut self, marked: &str) -> Vec<Place> {
        let answer = self.ask("textDocument/definition", marked, json!({}));
        let found = answer.as_array().expect("a list of places");
        found.iter().map(start).collect()
    }

    pub(crate) fn hover(&mut self, marked: &str) -> String {
        let answer = self.ask("textDocument/hover", marked, json!({}));
        let text = answer["contents"]["value"].as_str();
        text.unwrap_or_default().to_owned()
    }

    /// The places where a renaming of what is at `marked` would put the new name.
    pub(crate) fn rename(&mut self, marked: &str, name: &str) -> Vec<Place> {
        let answer = self.ask("textDocument/rename", marked, json!({ "newName": name }));
        let files = answer["documentChanges"].as_array();
        let [file] = files.map_or(&[][..], Vec::as_slice) else {
            panic!("not the changes of one file: {answer}");
        };
        assert_eq!(file["textDocument"]["uri"], self.uri);
        let edits = file["edits"].as_array().expect("a list of edits");
        assert!(edits.iter().all(|edit| edit["newText"] == name), "{answer}");
        let mut places: Vec<Place> = edits.iter().map(start).collect();
        places.sort_unstable();
        places
    }

    /// The names that are offered, without what is shown behind them.
    pub(crate) fn complete(&mut self, marked: &str) -> Vec<String> {
        let answer = self.ask("textDocument/completion", marked, json!({}));
        let items = answer.get("items").unwrap_or(&answer);
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
            let mut answer = self.connection.request(method, params);
            match answer["error"]["code"].as_i64() {
                None => return answer["result"].take(),
                Some(code) if TAKEN_BACK.contains(&code) => {}
                Some(_) => panic!("{method}: {answer}"),
            }
        }
        panic!("{method} was taken back {TRIES} times");
    }
}

/// Where a place or an edit of the protocol begins.
fn start(it: &Value) -> Place {
    let start = &it["range"]["start"];
    let number = |name: &str| start[name].as_u64().expect("a number");
    (number("line"), number("character"))
}
