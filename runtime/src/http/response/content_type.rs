//! The types that answers have unless their handler says another.
//!
//! Most answers have one of these and no other header. So it is not put into a map, for hyper to take out again: the line
//! goes into the head as it is.

use http::{HeaderMap, HeaderValue, header};

use crate::http::headers::lazy_map;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentType {
    Text,
    Html,
    Json,
    Bytes,
}

/// How most heads begin.
const OK: &str = "HTTP/1.1 200 OK\r\n";

/// Up to the number.
pub(crate) const LENGTH: &str = "content-length: ";

/// How most heads begin, if they tell no type, but for the number.
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
    /// How most heads begin that tell it, but for the number.
    pub(crate) fn beginning(self) -> &'static str {
        match self {
            Self::Text => beginning!("text/plain; charset=utf-8"),
            Self::Html => beginning!("text/html; charset=utf-8"),
            Self::Json => beginning!("application/json"),
            Self::Bytes => beginning!("application/octet-stream"),
        }
    }

    /// `content-type: application/json`, with the end of the line.
    pub(crate) fn line(self) -> &'static str {
        let beginning = self.beginning();
        &beginning[OK.len()..beginning.len() - LENGTH.len()]
    }

    fn value(self) -> &'static str {
        self.line()["content-type: ".len()..].trim_end()
    }

    /// Sets it in a map that has none.
    pub(crate) fn set(self, headers: &mut HeaderMap) {
        let value = HeaderValue::from_static(self.value());
        lazy_map::set(headers, header::CONTENT_TYPE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_the_map_says() {
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
