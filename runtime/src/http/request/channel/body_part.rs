//! The parts in which a protocol delivers a body.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::Frame;

use crate::http::headers::lazy_map;
use crate::http::request::syntax::field_lines::FieldLines;

/// A part of a body.
#[derive(Debug)]
pub(crate) enum BodyPart {
    Data(Bytes),
    /// Valid trailer fields, one per line, as received. They become a map when the body is read.
    TrailerLines(Bytes),
    #[cfg(feature = "http2")]
    Trailers(Box<HeaderMap>),
}

impl BodyPart {
    /// Returns the number of bytes of data.
    pub(crate) fn data_len(&self) -> usize {
        self.data().map_or(0, Bytes::len)
    }

    /// Returns the data, or `None` for trailers.
    pub(crate) fn data(&self) -> Option<&Bytes> {
        match self {
            Self::Data(data) => Some(data),
            _ => None,
        }
    }

    pub(crate) fn into_frame(self) -> Frame<Bytes> {
        match self {
            Self::Data(data) => Frame::data(data),
            Self::TrailerLines(lines) => Frame::trailers(trailers(&lines)),
            #[cfg(feature = "http2")]
            Self::Trailers(trailers) => Frame::trailers(*trailers),
        }
    }
}

/// Builds the map. Its values share the memory of the lines, which were validated when they were received.
fn trailers(lines: &Bytes) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    for line in FieldLines::of_trailers(lines) {
        let value = HeaderValue::from_maybe_shared(lines.slice(line.value));
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(line.name), value) {
            lazy_map::append(&mut trailers, name, value);
        }
    }
    trailers
}

#[cfg(feature = "http2")]
impl From<Frame<Bytes>> for BodyPart {
    fn from(frame: Frame<Bytes>) -> Self {
        match frame.into_data() {
            Ok(data) => Self::Data(data),
            Err(frame) => Self::Trailers(Box::new(frame.into_trailers().unwrap_or_default())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_become_a_map() {
        let lines = Bytes::from_static(b"X-A: 1\r\nx-b:\t two \r\nx-a:3\r\nx-c:\r\n");
        let frame = BodyPart::TrailerLines(lines).into_frame();
        let trailers = frame.into_trailers().expect("trailers");
        assert_eq!(trailers["x-b"], "two");
        assert_eq!(trailers["x-c"], "");
        let both: Vec<_> = trailers.get_all("x-a").iter().collect();
        assert_eq!(both, ["1", "3"]);
    }
}
