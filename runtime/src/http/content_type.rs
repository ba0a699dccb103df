//! The types that answers have unless their handler says another.
//!
//! Most answers have one of these and no other header. So it is not put into a map, for hyper to take out again: the line
//! goes into the head as it is.

use http::{HeaderMap, HeaderValue, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentType {
    Text,
    Html,
    Json,
    Bytes,
}

/// The same text as a line of a head and as a value.
macro_rules! line {
    ($value:literal) => {
        (concat!("content-type: ", $value, "\r\n"), $value)
    };
}

impl ContentType {
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => line!("text/plain; charset=utf-8"),
            Self::Html => line!("text/html; charset=utf-8"),
            Self::Json => line!("application/json"),
            Self::Bytes => line!("application/octet-stream"),
        }
    }

    /// `content-type: application/json`, with the end of the line.
    pub(crate) fn line(self) -> &'static [u8] {
        self.texts().0.as_bytes()
    }

    /// Sets it in a map that has none.
    pub(crate) fn set(self, headers: &mut HeaderMap) {
        let value = HeaderValue::from_static(self.texts().1);
        headers.insert(header::CONTENT_TYPE, value);
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
            assert_eq!(
                content_type.line(),
                format!("content-type: {value}\r\n").as_bytes()
            );
        }
    }
}
