use http::StatusCode;

use super::*;

/// Returns the data of a body, how many bytes were read, and whether it is complete. Checks that decoding it all at
/// once and byte by byte gives the same result.
fn decode(body: &str) -> Result<(String, usize, bool), ChunkError> {
    let mut decoder = ChunkedDecoder::new(1024);
    let mut data = Vec::new();
    let whole = decoder.decode(body.as_bytes(), &mut data);
    let text = |data: Vec<u8>| String::from_utf8(data).expect("text");
    let whole = whole.map(|read| (text(data), read, decoder.is_complete()));
    let mut decoder = ChunkedDecoder::new(1024);
    let (mut data, mut read) = (Vec::new(), 0);
    let single = body
        .as_bytes()
        .chunks(1)
        .try_for_each(|byte| decoder.decode(byte, &mut data).map(|len| read += len));
    let single = single.map(|()| (text(data), read, decoder.is_complete()));
    assert_eq!(single, whole, "{body}");
    whole
}

#[test]
fn valid_bodies_are_decoded() {
    for (body, data) in [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5;ext=1\r\nhello\r\n3\r\n ab\r\n0\r\n\r\n", "hello ab"),
        (
            "A ; a = \"q\\\"; x\" ;b\t;c\r\n0123456789\r\n00\r\n\r\n",
            "0123456789",
        ),
        ("0\r\nx-a: 1\r\nX-B:\r\n\r\n", ""),
        ("000000000000001\r\na\r\n0\r\n\r\n", "a"),
    ] {
        let expected = (data.to_owned(), body.len(), true);
        assert_eq!(decode(body), Ok(expected), "{body}");
    }
}

#[test]
fn bytes_after_the_body_are_not_consumed() {
    assert_eq!(
        decode("0\r\n\r\nGET / HTTP/1.1\r\n"),
        Ok((String::new(), 5, true))
    );
    assert_eq!(decode("5\r\nhel"), Ok(("hel".to_owned(), 6, false)));
}

#[test]
fn invalid_bodies_are_rejected() {
    for body in [
        "zz\r\nhello\r\n",
        "\r\n\r\n",
        "-1\r\n",
        "0x5\r\nhello\r\n",
        "5_\r\n",
        "ffffffffffffffffff\r\n",
        "00000000000000000\r\n\r\n",
        "2\r\nhello\r\n0\r\n\r\n",
        "2\nhi\n0\n\n",
        "2\r\nhi\n0\r\n\r\n",
        "2\rhi",
        "5;\r\nhello\r\n",
        "5;=x\r\nhello\r\n",
        "5;a=\r\nhello\r\n",
        "5;a b\r\nhello\r\n",
        "5;a=\"x\r\nhello\r\n",
        "5;a\x01\r\nhello\r\n",
        "5;a\nhello\r\n",
        "5 5\r\nhello\r\n",
        "5 \r\nhello\r\n",
        "5;a\t\r\nhello\r\n",
        "0\r\nbad name: 1\r\n\r\n",
        "0\r\n: 1\r\n\r\n",
        "0\r\nno colon\r\n\r\n",
        "0\r\nx: a\x00b\r\n\r\n",
        "0\r\nx: \x0ca\r\n\r\n",
        "0\r\nContent-Length: 1\r\n\r\n",
        "0\r\nx: 1\n\r\n",
    ] {
        let error = decode(body).expect_err(body);
        assert_eq!(error.status(), StatusCode::BAD_REQUEST, "{body}");
    }
}

/// `decode` checks that whole bodies and single bytes give the same result.
#[test]
fn usual_chunks_follow_the_same_rules_as_single_bytes() {
    let pieces = [
        "0",
        "1",
        "2",
        "00000000",
        "000000000000001",
        "F",
        "a",
        "ab",
        "\r\n",
        "\r",
        "\n",
        ";x",
        "1\r\na\r\n",
        "00000000a\r\n0123456789\r\n",
        "0\r\n\r\n",
    ];
    let mut state: u64 = 1;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let mut complete = 0;
    for _ in 0..20_000 {
        let body: String = (0..1 + next(8))
            .map(|_| pieces[next(pieces.len())])
            .collect();
        complete += usize::from(decode(&body).is_ok_and(|(_, _, is_complete)| is_complete));
    }
    assert!(complete > 100, "{complete}");
}

#[test]
fn extensions_and_trailers_are_limited() {
    let body = format!("1;{}\r\nx\r\n0\r\n\r\n", "e".repeat(20_000));
    let error = decode(&body).expect_err("extensions");
    assert_eq!(error.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let body = format!("0\r\nx: {}\r\n\r\n", "e".repeat(2_000));
    let error = decode(&body).expect_err("trailers");
    assert_eq!(error.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[test]
fn trailers_are_kept_in_order() {
    let mut decoder = ChunkedDecoder::new(1024);
    let body = b"0\r\nX-A: 1\r\nb:\t2 \r\nx-a: 3\r\n\r\n";
    decoder.decode(body, &mut Vec::new()).expect("a body");
    let trailers = decoder.take_trailers().expect("trailers");
    assert_eq!(trailers, "X-A: 1\r\nb:\t2 \r\nx-a: 3\r\n");
    assert!(decoder.take_trailers().is_none());
}

#[test]
fn a_trailer_has_a_valid_name_and_value() {
    for line in ["x-a: 1", "x-a:", "X_a:\t\u{e4} \"b\" "] {
        assert!(decode(&format!("0\r\n{line}\r\n\r\n")).is_ok(), "{line}");
    }
    let long = format!("{}: 1", "n".repeat(65_536));
    let too_long = decode_up_to(100_000, &format!("0\r\n{long}\r\n\r\n"));
    assert_eq!(too_long, Err(ChunkError::Trailer));
    for line in [
        ": 1",
        "x-a",
        "x a: 1",
        "x-a: \u{1}",
        "x-a: \u{7f}",
        " x-a: 1",
    ] {
        let decoded = decode(&format!("0\r\n{line}\r\n\r\n"));
        assert_eq!(decoded.map(drop), Err(ChunkError::Trailer), "{line}");
    }
}

#[test]
fn trailers_are_limited_in_number() {
    let lines = |count: usize| format!("0\r\n{}\r\n", "a:\r\n".repeat(count));
    assert_eq!(decode_up_to(1_000_000, &lines(MAX_HEADERS)), Ok(()));
    let one_more = decode_up_to(1_000_000, &lines(MAX_HEADERS + 1));
    assert_eq!(one_more, Err(ChunkError::TrailersTooLong));
}

fn decode_up_to(max_trailers: usize, body: &str) -> Result<(), ChunkError> {
    let mut decoder = ChunkedDecoder::new(max_trailers);
    decoder.decode(body.as_bytes(), &mut Vec::new()).map(drop)
}
