//! The `content-type` of a response whose handler sets none.
//!
//! Most responses have one of these types and no other header. The type is kept out of the header map, so that such a
//! response needs no map. The writer copies the header line of the type into the head.

use http::{HeaderMap, HeaderValue, header};

use crate::http::headers::lazy_map;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentType {
    Text,
    Html,
    Json,
    Bytes,
}

/// The status line of most responses.
const OK: &str = "HTTP/1.1 200 OK\r\n";

/// The `content-length` line without its number.
pub(crate) const LENGTH: &str = "content-length: ";

/// The beginning of most responses without a `content-type`, up to the number of the `content-length`.
pub(crate) const UNTYPED: &str = "HTTP/1.1 200 OK\r\ncontent-length: ";

macro_rules! beginning {
    ($value:literal) => {
        concat!(
            "HTTP/1.1 200 OK\r\ncontent-type: ",
            $value,
            "\r\ncontent-length: "
        )
    };
}

impl ContentType {
    /// Returns the beginning of most responses of this type, up to the number of the `content-length`.
    pub(crate) fn beginning(self) -> &'static str {
        match self {
            Self::Text => beginning!("text/plain; charset=utf-8"),
            Self::Html => beginning!("text/html; charset=utf-8"),
            Self::Json => beginning!("application/json"),
            Self::Bytes => beginning!("application/octet-stream"),
        }
    }

    /// Returns the header line, such as `content-type: application/json`, with its CRLF.
    pub(crate) fn line(self) -> &'static str {
        let beginning = self.beginning();
        &beginning[OK.len()..beginning.len() - LENGTH.len()]
    }

    fn value(self) -> &'static str {
        self.line()["content-type: ".len()..].trim_end()
    }

    /// Sets the type in a header map.
    pub(crate) fn set(self, headers: &mut HeaderMap) {
        let value = HeaderValue::from_static(self.value());
        lazy_map::set(headers, header::CONTENT_TYPE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_line_matches_the_header_map() {
        for content_type in [
            ContentType::Text,
            ContentType::Html,
            ContentType::Json,
            ContentType::Bytes,
        ] {
            let mut headers = HeaderMap::new();
            content_type.set(&mut headers);
            let value = headers[header::CONTENT_TYPE].to_str().expect("text");
            assert_eq!(content_type.line(), format!("content-type: {value}\r\n"));
        }
    }
}
