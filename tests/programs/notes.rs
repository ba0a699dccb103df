//! The smallest examples: emitter, events, raw handlers, and JSON with and without the macro.

use crate::program::{Program, build};
use std::process::Command;

#[test]
fn an_emitter_calls_its_listener() {
    let output = Command::new(build("emitter"))
        .output()
        .expect("the example runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success() && !printed.is_empty(), "{printed}");
}

#[test]
fn a_connection_is_an_event() {
    let mut server = Program::serve("hello_events", &[]);
    assert_eq!(server.get("/").body, "hello");
    let line = server.line();
    assert!(line.starts_with("new connection from 127.0.0.1:"), "{line}");
}

#[test]
fn the_raw_example_serves_its_path_and_responds_with_404_otherwise() {
    let server = Program::serve("raw", &[]);
    assert_eq!(server.get("/").body, "hello");
    assert_eq!(server.get("/nope").status, 404);
}

#[test]
fn both_product_examples_send_json() {
    for example in ["raw_json", "products"] {
        let server = Program::serve(example, &[]);
        let products = server.get("/products");
        assert_eq!(products.status, 200, "{example}");
        assert_eq!(products.body, r#"["shoes","lipstick","cups"]"#, "{example}");
        assert_eq!(server.get("/").body, "hello", "{example}");
        assert_eq!(server.get("/nope").status, 404, "{example}");
    }
}

#[test]
fn the_macro_example_sends_a_type_a_length_and_405() {
    let server = Program::serve("products", &[]);
    let products = server.get("/products");
    assert_eq!(products.header("content-type"), "application/json");
    assert_eq!(products.header("content-length"), "27");
    let refused = server.ask("POST", "/products", &[], "");
    assert_eq!(refused.status, 405);
    assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS");
    let options = server.ask("OPTIONS", "/products", &[], "");
    assert_eq!(
        (options.status, options.header("allow")),
        (204, "GET, HEAD, OPTIONS")
    );
    let head = server.ask("HEAD", "/products", &[], "");
    assert_eq!(
        (
            head.status,
            head.header("content-length"),
            head.body.as_str()
        ),
        (200, "27", "")
    );
}
