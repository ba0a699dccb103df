//! The example `observed`.

use serde_json::Value;

use crate::program::Program;

#[test]
fn the_example_reports_each_request() {
    let mut program = Program::serve("observed", &[]);
    let found = program.get("/products/2");
    assert_eq!((found.status, &*found.body), (200, "cups"));
    let made = found.header("x-request-id").to_owned();
    let line: Value = serde_json::from_str(&program.line()).expect("JSON");
    assert_eq!(line["route"], "/products/{id: usize}");
    assert_eq!(line["request_id"], *made);

    let missing = program.ask("GET", "/products/9", &[("x-request-id", "4711")], "");
    assert_eq!(missing.json()["request_id"], "4711");
    let line: Value = serde_json::from_str(&program.line()).expect("JSON");
    assert_eq!(
        (&line["status"], &line["request_id"]),
        (&404.into(), &"4711".into())
    );

    let failed = program.get("/error");
    assert!(!failed.body.contains("database"));
    let line: Value = serde_json::from_str(&program.line()).expect("JSON");
    assert_eq!(
        line["cause"],
        "500 Internal Server Error: the database is down"
    );

    let page = program.get("/metrics").body;
    let sample =
        r#"http_server_requests_total{method="GET",route="/products/{id: usize}",status="4xx"} 1"#;
    assert!(page.contains(sample), "{page}");
}
