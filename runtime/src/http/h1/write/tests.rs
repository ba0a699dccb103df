use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::framing::{HeadPlan, RequestTraits, ResponseFraming};
use super::response_writer::ResponseWriter;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::response::channel::ResponseBody;
use crate::http::response::content_type::ContentType;
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;

const GET: RequestTraits = RequestTraits {
    is_head: false,
    is_http10: false,
    is_persistent: true,
    accepts_trailers: false,
};

const STREAMING: ResponseBody = ResponseBody::Streaming { length: None };

fn head(status: StatusCode, headers: &[(&'static str, &'static str)]) -> ResponseHead {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::from_static(name);
        map.append(name, HeaderValue::from_static(value));
    }
    ResponseHead {
        status,
        headers: match headers {
            [] => LazyHeaderMap::default(),
            _ => LazyHeaderMap::from(map),
        },
        undated: true,
        ..ResponseHead::default()
    }
}

fn output(writer: &ResponseWriter) -> String {
    let pieces = writer.pieces().map(|piece| piece.to_vec());
    String::from_utf8(pieces.concat()).expect("text")
}

/// Returns the bytes of a written head.
fn written(head: &ResponseHead, body: &ResponseBody, request: RequestTraits) -> String {
    let plan = HeadPlan::new(head, body, request, false);
    let mut writer = ResponseWriter::default();
    writer.write_head(head, &plan);
    output(&writer)
}

#[test]
fn a_head_frames_its_body_in_exactly_one_way() {
    let whole = || ResponseBody::Whole(Bytes::from_static(b"hello"));
    let http10 = RequestTraits {
        is_http10: true,
        ..GET
    };
    for (status, headers, body, request, expected) in [
        (200, &[][..], whole(), GET, "content-length: 5\r\n"),
        (
            200,
            &[("content-length", "5")],
            whole(),
            GET,
            "content-length: 5\r\n",
        ),
        (200, &[], STREAMING, GET, "transfer-encoding: chunked\r\n"),
        (
            200,
            &[("transfer-encoding", "chunked")],
            STREAMING,
            GET,
            "transfer-encoding: chunked\r\n",
        ),
        (
            200,
            &[("transfer-encoding", "gzip")],
            STREAMING,
            GET,
            "transfer-encoding: gzip, chunked\r\n",
        ),
        (200, &[], STREAMING, http10, "connection: close\r\n"),
        (
            200,
            &[],
            whole(),
            http10,
            "content-length: 5\r\nconnection: keep-alive\r\n",
        ),
        (204, &[], whole(), GET, ""),
        (205, &[], whole(), GET, "content-length: 0\r\n"),
        (
            304,
            &[("content-length", "5")],
            whole(),
            GET,
            "content-length: 5\r\n",
        ),
    ] {
        let status = StatusCode::from_u16(status).expect("a status");
        let text = written(&head(status, headers), &body, request);
        let (line, rest) = text.split_once("\r\n").expect("a status line");
        let version = if request.is_http10 {
            "HTTP/1.0"
        } else {
            "HTTP/1.1"
        };
        assert_eq!(line, format!("{version} {status}"));
        assert_eq!(rest, format!("{expected}\r\n"));
    }
}

#[test]
fn the_last_response_of_a_connection_has_connection_close() {
    let body = ResponseBody::Whole(Bytes::new());
    let not_persistent = RequestTraits {
        is_persistent: false,
        ..GET
    };
    let close = "connection: close\r\n";
    for (headers, request, expected) in [
        (&[][..], GET, ""),
        (&[], not_persistent, close),
        (&[("connection", "close")], GET, close),
        (&[("connection", "x, Close")], GET, close),
        (&[("connection", "keep-alive")], not_persistent, close),
        (
            &[("connection", "keep-alive")],
            GET,
            "connection: keep-alive\r\n",
        ),
    ] {
        let text = written(&head(StatusCode::OK, headers), &body, request);
        let rest = text.replace("content-length: 0\r\n", "");
        assert_eq!(
            rest,
            format!("HTTP/1.1 200 OK\r\n{expected}\r\n"),
            "{headers:?}"
        );
    }
}

#[test]
fn trailers_are_declared_if_they_are_sent() {
    let accepting = RequestTraits {
        accepts_trailers: true,
        ..GET
    };
    let declared = &[("trailer", "x-a, content-length, date")];
    let text = written(&head(StatusCode::OK, declared), &STREAMING, accepting);
    assert!(text.contains("\r\ntrailer: x-a\r\n"), "{text}");
    for (body, request) in [
        (STREAMING, GET),
        (ResponseBody::Whole(Bytes::new()), accepting),
    ] {
        let text = written(&head(StatusCode::OK, declared), &body, request);
        assert!(!text.contains("trailer"), "{text}");
    }
}

#[test]
fn a_common_response_has_a_type_a_length_and_a_date() {
    let head = ResponseHead {
        content_type: Some(ContentType::Json),
        ..ResponseHead::default()
    };
    let body = Bytes::from_static(b"[]");
    let plan = HeadPlan::new(&head, &ResponseBody::Whole(body.clone()), GET, false);
    let mut writer = ResponseWriter::default();
    writer.write_whole(&head, &plan, body.clone());
    let usual = output(&writer);
    let beginning =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\ndate: ";
    assert!(
        usual.starts_with(beginning) && usual.ends_with(" GMT\r\n\r\n[]"),
        "{usual}"
    );
    let mut writer = ResponseWriter::default();
    writer.write_head(&head, &plan);
    writer.write_data(body);
    assert_eq!(
        output(&writer).len(),
        usual.len(),
        "the general path writes the same number of bytes"
    );
}

#[test]
fn only_the_last_chunk_ends_a_chunked_body() {
    let mut writer = ResponseWriter::default();
    for data in ["hello", "", "0123456789abcdef"] {
        writer.write_chunk(Bytes::from_static(data.as_bytes()));
    }
    let mut trailers = HeaderMap::new();
    trailers.insert("x-a", HeaderValue::from_static("1"));
    trailers.insert("content-length", HeaderValue::from_static("1"));
    writer.write_last_chunk(Some(&trailers));
    let expected = "5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nx-a: 1\r\n\r\n";
    assert_eq!(output(&writer), expected);
}

#[test]
fn a_long_body_is_not_copied_and_keeps_its_place() {
    let body = Bytes::from(vec![b'x'; 20_000]);
    let mut writer = ResponseWriter::default();
    writer.write_chunk(body.clone());
    writer.write_last_chunk(None);
    assert!(writer.is_full() && writer.single().is_none());
    let [size, long, rest] = writer.pieces();
    assert_eq!(&*size, b"4e20\r\n");
    assert_eq!(long.as_ptr(), body.as_ptr());
    assert_eq!(&*rest, b"\r\n0\r\n\r\n");
    writer.advance(6 + 19_999);
    assert_eq!(output(&writer), "x\r\n0\r\n\r\n");
    writer.advance(3);
    assert!(body.is_unique(), "a sent body is released");
    assert_eq!(output(&writer), "0\r\n\r\n");
    writer.advance(5);
    assert!(writer.is_empty());
}

#[test]
fn an_interim_response_has_its_headers_and_no_date() {
    let mut headers = HeaderMap::new();
    headers.append("link", HeaderValue::from_static("</a.css>"));
    for name in [
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
    ] {
        headers.append(name, HeaderValue::from_static("5"));
    }
    let mut writer = ResponseWriter::default();
    let status = StatusCode::EARLY_HINTS;
    writer.write_interim(&InterimResponse {
        status,
        headers: headers.into(),
    });
    let expected = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n";
    assert_eq!(output(&writer), expected);
}

#[test]
fn an_http_1_0_response_is_not_chunked() {
    let request = RequestTraits {
        is_http10: true,
        ..GET
    };
    let head = head(StatusCode::OK, &[("transfer-encoding", "chunked")]);
    let plan = HeadPlan::new(&head, &STREAMING, request, false);
    assert_eq!(plan.framing, ResponseFraming::UntilClose);
    assert!(plan.closes);
}
