//! RFC 9112, 7.1.2 and RFC 9110, 6.5.1: trailer fields.

use crate::chunks::{accepts, rejects};

#[tokio::test]
async fn valid_trailers_are_accepted() {
    let bodies = [
        "5\r\nhello\r\n0\r\nx: 1\r\n\r\n",
        "5\r\nhello\r\n0\r\nx-a: 1\r\nx-a:\r\nx-b:2\r\n\r\n",
    ];
    accepts(&bodies, "POST / \"hello\"").await;
}

#[tokio::test]
async fn an_invalid_trailer_is_rejected() {
    let bodies = [
        "5\r\nhello\r\n0\r\nno colon\r\n\r\n",
        "5\r\nhello\r\n0\r\nbad name: 1\r\n\r\n",
        "5\r\nhello\r\n0\r\n: 1\r\n\r\n",
        "5\r\nhello\r\n0\r\nx : 1\r\n\r\n",
        "5\r\nhello\r\n0\r\nx(: 1\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: a\0b\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: a\u{1}b\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: a\rb\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: a\nb: c\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: a\r\n b\r\n\r\n",
        "5\r\nhello\r\n0\r\n x: a\r\n\r\n",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn a_trailer_that_would_change_the_request_is_rejected() {
    let bodies = [
        "5\r\nhello\r\n0\r\ncontent-length: 5\r\n\r\n",
        "5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "5\r\nhello\r\n0\r\nhost: b\r\n\r\n",
        "5\r\nhello\r\n0\r\nx: 1\r\ncontent-length: 0\r\n\r\n",
    ];
    rejects(&[400], &bodies).await;
}

#[tokio::test]
async fn too_many_trailers_are_rejected() {
    let long = format!("5\r\nhello\r\n0\r\nx: {}\r\n\r\n", "e".repeat(20_000));
    let many = "5\r\nhello\r\n0\r\n".to_owned() + &"x: 1\r\n".repeat(5_000) + "\r\n";
    rejects(&[400, 413, 431], &[&long, &many]).await;
}
