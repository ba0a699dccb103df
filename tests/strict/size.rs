//! Heads that are too large.

use crate::probe::Probe;

#[tokio::test]
async fn a_head_that_is_too_large_is_a_431() {
    let value = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nhost: a\r\n{}\r\n",
        "x: y\r\n".repeat(5_000)
    );
    let name = format!(
        "GET / HTTP/1.1\r\nhost: a\r\n{}: y\r\n\r\n",
        "x".repeat(20_000)
    );
    let method = format!("{} / HTTP/1.1\r\nhost: a\r\n\r\n", "X".repeat(20_000));
    let cases = [
        ("a long value", value.as_bytes()),
        ("many fields", many.as_bytes()),
        ("a long name", name.as_bytes()),
        ("a long method", method.as_bytes()),
    ];
    Probe::new().rejects(&[431], &cases).await;
}

#[tokio::test]
async fn a_url_that_is_too_long_is_rejected() {
    let url = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(20_000));
    Probe::new()
        .rejects(&[414, 431], &[("20 KB", url.as_bytes())])
        .await;
    let url = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(70_000));
    let roomy = Probe::of(|server| server.max_header_size(100_000));
    roomy
        .rejects(&[414, 431], &[("70 KB", url.as_bytes())])
        .await;
}

#[tokio::test]
async fn a_head_under_the_limit_is_accepted() {
    let head = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "x".repeat(15_000)
    );
    Probe::new()
        .accepts(&[("15 KB", head.as_bytes(), "GET / \"\"")])
        .await;
}
