//! The document that a program prints.

use std::process::Command;

use serde_json::Value;

fn printed(argument: &str) -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "run",
        "--quiet",
        "-p",
        "onward-examples",
        "--example",
        "library",
        "--",
        argument,
    ]);
    let output = cargo.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_program_prints_its_document() {
    assert_eq!(printed("--openapi")["openapi"], "3.1.1");
    assert_eq!(printed("--openapi=3.0")["openapi"], "3.0.3");
}
