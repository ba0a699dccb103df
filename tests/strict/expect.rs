//! RFC 9110, 10.1.1: `Expect`.

use crate::probe::Probe;

const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";

fn post(expect: &str) -> Vec<u8> {
    format!("POST / HTTP/1.1\r\nhost: a\r\nexpect: {expect}\r\ncontent-length: 5\r\n\r\n")
        .into_bytes()
}

#[tokio::test]
async fn a_client_that_waits_is_told_to_go_on() {
    // Empty elements of a list do not count (RFC 9110, 5.6.1.2).
    for expect in [
        "100-continue",
        "100-Continue",
        ", 100-continue",
        "100-continue,",
        ",\t, 100-continue ,,",
        "100-continue, 100-continue",
    ] {
        let answers = Probe::new().in_two_parts(&post(expect), b"hello").await;
        let answer = answers.strip_prefix(CONTINUE).expect("a 100");
        assert!(
            answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello"),
            "{answers}"
        );
    }
}

#[tokio::test]
async fn other_expectations_fail() {
    for expect in [
        "x",
        "100-continue, x",
        "x, , 100-continue",
        "200-ok",
        "100-continue;a=b",
        "100",
    ] {
        let answer = Probe::new()
            .exchange(&[post(expect), b"hello".to_vec()].concat())
            .await;
        assert!(answer.starts_with("HTTP/1.1 417 "), "{expect}: {answer}");
    }
}

#[tokio::test]
async fn nothing_is_expected_by_an_empty_list() {
    for expect in ["", ",", " , \t,"] {
        let answer = Probe::new()
            .exchange(&[post(expect), b"hello".to_vec()].concat())
            .await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{expect}: {answer}");
    }
}

#[tokio::test]
async fn http_1_0_expects_nothing() {
    let request = b"POST / HTTP/1.0\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\nhello";
    let answer = Probe::new().exchange(request).await;
    assert!(
        answer.starts_with("HTTP/1.0 200 ") && answer.ends_with("hello"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_client_that_sends_no_more_gets_its_answer() {
    let answer = Probe::new()
        .exchange(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
