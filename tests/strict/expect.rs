//! RFC 9110, 10.1.1: `Expect`.

use crate::probe::Probe;

const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";

fn post(expect: &str) -> Vec<u8> {
    format!("POST / HTTP/1.1\r\nhost: a\r\nexpect: {expect}\r\ncontent-length: 5\r\n\r\n")
        .into_bytes()
}

#[tokio::test]
async fn a_waiting_client_gets_100_continue() {
    // Empty elements of a list are ignored (RFC 9110, 5.6.1.2).
    for expect in [
        "100-continue",
        "100-Continue",
        ", 100-continue",
        "100-continue,",
        ",\t, 100-continue ,,",
        "100-continue, 100-continue",
    ] {
        let responses = Probe::new().in_two_parts(&post(expect), b"hello").await;
        let response = responses.strip_prefix(CONTINUE).expect("a 100");
        assert!(
            response.starts_with("HTTP/1.1 200 ") && response.ends_with("hello"),
            "{responses}"
        );
    }
}

#[tokio::test]
async fn an_unknown_expectation_is_a_417() {
    for expect in [
        "x",
        "100-continue, x",
        "x, , 100-continue",
        "200-ok",
        "100-continue;a=b",
        "100",
    ] {
        let response = Probe::new()
            .exchange(&[post(expect), b"hello".to_vec()].concat())
            .await;
        assert!(
            response.starts_with("HTTP/1.1 417 "),
            "{expect}: {response}"
        );
    }
}

#[tokio::test]
async fn an_empty_list_expects_nothing() {
    for expect in ["", ",", " , \t,"] {
        let response = Probe::new()
            .exchange(&[post(expect), b"hello".to_vec()].concat())
            .await;
        assert!(
            response.starts_with("HTTP/1.1 200 "),
            "{expect}: {response}"
        );
    }
}

#[tokio::test]
async fn an_http_1_0_expectation_is_ignored() {
    let request = b"POST / HTTP/1.0\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\nhello";
    let response = Probe::new().exchange(request).await;
    assert!(
        response.starts_with("HTTP/1.0 200 ") && response.ends_with("hello"),
        "{response}"
    );
}

#[tokio::test]
async fn a_half_closed_client_gets_its_response() {
    let response = Probe::new()
        .exchange(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await;
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
}
