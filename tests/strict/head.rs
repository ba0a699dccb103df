//! RFC 9112, 2.2 and 5: lines and fields.

use crate::probe::Probe;

#[tokio::test]
async fn a_line_without_crlf_is_rejected() {
    let cases: &[(&str, &[u8])] = &[
        ("LF only", b"GET / HTTP/1.1\nhost: a\n\n"),
        (
            "LF after the request line",
            b"GET / HTTP/1.1\nhost: a\r\n\r\n",
        ),
        (
            "LF after a field",
            b"GET / HTTP/1.1\r\nhost: a\nx: y\r\n\r\n",
        ),
        ("LF at the end", b"GET / HTTP/1.1\r\nhost: a\r\n\n"),
        (
            "LF after the last field",
            b"GET / HTTP/1.1\r\nhost: a\n\r\n",
        ),
        ("CR only", b"GET / HTTP/1.1\rhost: a\r\r\n\r\n"),
        (
            "CR in a value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\rb\r\n\r\n",
        ),
        (
            "CR before CR LF",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\r\n\r\n",
        ),
        (
            "CR in a name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx\ry: a\r\n\r\n",
        ),
        (
            "CR in place of a hyphen in a name",
            b"GET / HTTP/1.1\r\nhost: a\r\ncontent\rlength: 0\r\n\r\n",
        ),
        (
            "CR after the request line",
            b"GET / HTTP/1.1\r\r\nhost: a\r\n\r\n",
        ),
        ("CR at the end", b"GET / HTTP/1.1\r\nhost: a\r\n\rX\r\n\r\n"),
    ];
    Probe::new().rejects(&[400], cases).await;
}

#[tokio::test]
async fn an_invalid_field_is_rejected() {
    let cases: &[(&str, &[u8])] = &[
        ("no colon", b"GET / HTTP/1.1\r\nhost: a\r\nx\r\n\r\n"),
        ("no name", b"GET / HTTP/1.1\r\nhost: a\r\n: x\r\n\r\n"),
        (
            "a space as the name",
            b"GET / HTTP/1.1\r\nhost: a\r\n : x\r\n\r\n",
        ),
        (
            "a space before the colon",
            b"GET / HTTP/1.1\r\nhost : a\r\n\r\n",
        ),
        (
            "a tab before the colon",
            b"GET / HTTP/1.1\r\nhost: a\r\nx\t: y\r\n\r\n",
        ),
        (
            "a space in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx y: z\r\n\r\n",
        ),
        (
            "a parenthesis in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx(y: z\r\n\r\n",
        ),
        (
            "an at sign in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx@y: z\r\n\r\n",
        ),
        (
            "a quote in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\n\"x\": z\r\n\r\n",
        ),
        (
            "a control character in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx\x01: z\r\n\r\n",
        ),
        (
            "NUL in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx\0: z\r\n\r\n",
        ),
        (
            "a non-ASCII byte in the name",
            b"GET / HTTP/1.1\r\nhost: a\r\nx\xe9: z\r\n\r\n",
        ),
        (
            "NUL in the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n",
        ),
        (
            "a control character in the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\x01b\r\n\r\n",
        ),
        (
            "a bell in the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\x07b\r\n\r\n",
        ),
        (
            "a vertical tab in the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\x0bb\r\n\r\n",
        ),
        (
            "DEL in the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\x7fb\r\n\r\n",
        ),
        ("folded", b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n"),
        (
            "folded with a tab",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n\tb\r\n\r\n",
        ),
        (
            "folded without content",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n \r\n\r\n",
        ),
        (
            "a space before the first field",
            b"GET / HTTP/1.1\r\n host: a\r\n\r\n",
        ),
        (
            "a space before the first of two fields",
            b"GET / HTTP/1.1\r\n x: y\r\nhost: a\r\n\r\n",
        ),
    ];
    Probe::new().rejects(&[400], cases).await;
}

#[tokio::test]
async fn a_valid_field_is_accepted() {
    let cases: &[(&str, &[u8], &str)] = &[
        (
            "no blank before the value",
            b"GET / HTTP/1.1\r\nhost:a\r\n\r\n",
            "GET / \"\"",
        ),
        (
            "blanks around the value",
            b"GET / HTTP/1.1\r\nhost: \t a \t \r\n\r\n",
            "GET / \"\"",
        ),
        (
            "an empty value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx:\r\n\r\n",
            "GET / \"\"",
        ),
        (
            "a tab within the value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: a\tb\r\n\r\n",
            "GET / \"\"",
        ),
        (
            "a non-ASCII byte in a value",
            b"GET / HTTP/1.1\r\nhost: a\r\nx: caf\xe9\r\n\r\n",
            "GET / \"\"",
        ),
        (
            "all characters of a token",
            b"GET / HTTP/1.1\r\nhost: a\r\n!#$%&'*+-.^_`|~09aZ: x\r\n\r\n",
            "GET / \"\"",
        ),
        (
            "empty lines before the request",
            b"\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n",
            "GET / \"\"",
        ),
    ];
    Probe::new().accepts(cases).await;
}
