//! A package with a program for each question, and what cargo reports about them.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::grade::Message;
use super::question::Question;

/// The messages of each program, by its name.
pub(crate) struct Printed(HashMap<String, Vec<Message>>);

impl Printed {
    pub(crate) fn of(&self, question: &Question) -> &[Message] {
        self.0.get(&name(question)).map_or(&[], Vec::as_slice)
    }
}

fn name(question: &Question) -> String {
    format!("m{}", question.number)
}

/// Runs rustc's checks on the programs.
pub(crate) fn check(questions: &[&Question]) -> Printed {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // Cargo would also build the programs of an earlier run.
    let _ = fs::remove_dir_all(folder.join("src"));
    fs::create_dir_all(folder.join("src")).expect("a folder for tests");
    let lock = fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"));
    lock.expect("a workspace that is built has a lock file");
    let mut manifest = manifest(&workspace.join("runtime"));
    for question in questions {
        let name = name(question);
        let file = format!("src/{name}.rs");
        writeln!(manifest, "[[bin]]\nname = {name:?}\npath = {file:?}").expect("text");
        fs::write(folder.join(file), &question.program).expect("a file for tests");
    }
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file for tests");
    let cargo = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--bins",
            "--keep-going",
            "--message-format=json",
        ])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .current_dir(&folder)
        .output()
        .expect("cargo");
    let stdout = String::from_utf8_lossy(&cargo.stdout);
    let messages = stdout.lines().filter_map(read).collect::<Vec<_>>();
    assert!(
        !messages.is_empty(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    let mut printed: HashMap<String, Vec<Message>> = HashMap::new();
    for (name, message) in messages {
        printed.entry(name).or_default().push(message);
    }
    Printed(printed)
}

fn read(line: &str) -> Option<(String, Message)> {
    let report: Value = serde_json::from_str(line).ok()?;
    let name = report["target"]["name"].as_str()?.to_owned();
    Message::read(&report["message"]).map(|message| (name, message))
}

fn manifest(onward: &Path) -> String {
    format!(
        "[package]\n\
         name = \"mistakes\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         autobins = false\n\
         \n\
         [dependencies]\n\
         onward = {{ path = {onward:?} }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n\
         \n\
         [workspace]\n\
         \n"
    )
}
