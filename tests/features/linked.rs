//! What the binary of a program contains.

use std::fs;
use std::path::Path;

use crate::cargo;

/// Names in the symbols of functions that hello world does not need, and what a program does to need them.
const OPTIONAL: [(&str, &str); 5] = [
    ("poll_hooks", "calls `before_head`"),
    ("poll_encoded", "calls `before_head`"),
    ("enter_queue", "limits requests"),
    ("GatedSlot", "limits requests"),
    (
        "HeaderName10from_bytes",
        "reads a body, which may have trailers",
    ),
];

const HELLO: &str = r#"
use onward::http;
use onward::prelude::*;

#[server]
async fn hello(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(hello).listen(3000).await
}
"#;

const MORE: &str = r#"
use onward::http;
use onward::prelude::*;

#[server]
async fn hello(req: Request, mut res: Response) -> Result {
    res.before_head(|head| {
        head.set_header("x-powered-by", "hooks");
    });
    route!(POST "/" => req.body.text().await?);
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = http::create_server(hello).max_concurrent_requests(100);
    server.listen(3000).await
}
"#;

#[test]
fn a_program_contains_only_the_parts_that_it_uses() {
    let hello = symbols("hello", HELLO);
    let more = symbols("more", MORE);
    for (name, why) in OPTIONAL {
        assert!(!contains(&hello, name), "hello world contains `{name}`");
        assert!(
            contains(&more, name),
            "a program that {why} does not contain `{name}`"
        );
    }
}

/// Builds a program, and returns its binary, which contains the names of its functions.
fn symbols(name: &str, program: &str) -> Vec<u8> {
    let built = cargo(name, program)
        .args(["build", "--offline"])
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_STRIP", "none")
        .status();
    assert!(built.expect("cargo").success(), "{name} does not compile");
    let tests = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let binary = tests.join("target/debug").join(name);
    fs::read(binary).expect("cargo built the program")
}

fn contains(binary: &[u8], name: &str) -> bool {
    binary.windows(name.len()).any(|it| it == name.as_bytes())
}
