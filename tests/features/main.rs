//! Programs without the default features: they compile, an error names the feature that is missing, and the binary
//! contains only the parts of the server that the program uses.

mod linked;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PROGRAM: &str = include_str!("without_serde.rs");

/// Writes a program without default features, and returns the cargo command for it, without arguments.
fn cargo(name: &str, program: &str) -> Command {
    let tests = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let folder = tests.join(name);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::create_dir_all(folder.join("src")).expect("a folder for tests");
    let lock = fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"));
    lock.expect("a workspace that is built has a lock file");
    let onward = workspace.join("runtime");
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nonward = {{ path = {onward:?}, default-features = false }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file for tests");
    fs::write(folder.join("src/main.rs"), program).expect("a file for tests");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .env("CARGO_TARGET_DIR", tests.join("target"))
        .current_dir(&folder);
    cargo
}

/// Runs rustc's checks on a program, and returns the line and the message of each error.
fn errors(program: &str) -> Vec<(usize, String)> {
    let cargo = cargo("errors", program)
        .args(["check", "--offline", "--message-format=json"])
        .output()
        .expect("cargo");
    let stdout = String::from_utf8_lossy(&cargo.stdout);
    let errors: Vec<_> = stdout.lines().filter_map(error).collect();
    let stderr = String::from_utf8_lossy(&cargo.stderr);
    assert_eq!(cargo.status.success(), errors.is_empty(), "{stderr}");
    errors
}

fn error(line: &str) -> Option<(usize, String)> {
    let report: Value = serde_json::from_str(line).ok()?;
    let message = &report["message"];
    let spans = message["spans"].as_array()?;
    let mut primary = spans.iter().find(|span| span["is_primary"] == true)?;
    // An error in the expansion of `json!` is located at the call in the program.
    while primary["file_name"] != "src/main.rs" {
        primary = &primary["expansion"]["span"];
    }
    let line = usize::try_from(primary["line_start"].as_u64()?).ok()?;
    (message["level"] == "error").then(|| (line, message["rendered"].to_string()))
}

/// Returns the lines of the program that need the feature.
fn marked() -> BTreeSet<usize> {
    let lines = PROGRAM.lines().enumerate();
    let marked = lines.filter(|(_, line)| line.ends_with("// needs serde"));
    marked.map(|(index, _)| index + 1).collect()
}

#[test]
fn an_error_names_the_missing_feature_at_each_line_that_needs_it() {
    let errors = errors(PROGRAM);
    for (line, message) in &errors {
        assert!(message.contains("`serde` of `onward`"), "{line}: {message}");
    }
    let lines: BTreeSet<usize> = errors.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, marked());

    let rest: Vec<&str> = PROGRAM
        .lines()
        .map(|line| match line.ends_with("// needs serde") {
            true => "",
            false => line,
        })
        .collect();
    let rest = rest
        .join("\n")
        .replace("Ok((page, count))", "Ok((1, req.url.path().len() as u32))");
    assert_eq!(self::errors(&rest), []);
}
