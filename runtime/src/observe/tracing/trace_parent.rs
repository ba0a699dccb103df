//! The trace context of a request ([W3C Trace Context](https://www.w3.org/TR/trace-context/)).

use std::fmt;

use crate::http::Headers;

/// The span of the client that sent a request: its `traceparent` header.
///
/// A tracing backend joins the spans of both programs if the span of the request has this parent: see
/// [`Tracing::on_start`](super::Tracing::on_start).
///
/// # Examples
///
/// ```
/// use onward::observe::TraceParent;
/// use onward::prelude::*;
///
/// let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
/// let req = Request::get("/").header("traceparent", header);
/// let parent = TraceParent::of(&req.headers).unwrap();
/// assert_eq!(parent.trace_id[..2], [0x0a, 0xf7]);
/// assert!(parent.is_sampled());
/// assert_eq!(parent.to_string(), header);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TraceParent {
    /// The id of the trace, which is never 0.
    pub trace_id: [u8; 16],
    /// The id of the client's span, which is never 0.
    pub parent_id: [u8; 8],
    /// The flags. The lowest bit is [`is_sampled`](Self::is_sampled).
    pub flags: u8,
}

impl TraceParent {
    /// Returns the parent that the headers of a request name, or `None` if they do not name a parent.
    ///
    /// A header that is repeated or violates the standard counts as missing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::TraceParent;
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("traceparent", "00-0-0-0");
    /// assert_eq!(TraceParent::of(&req.headers), None);
    /// ```
    pub fn of(headers: &Headers) -> Option<Self> {
        let header = headers.get("traceparent")?;
        if headers.get_all("traceparent").iter().nth(1).is_some() {
            return None;
        }
        Self::parse(header.as_bytes())
    }

    fn parse(header: &[u8]) -> Option<Self> {
        let mut rest = header;
        let [version] = bytes(&mut rest)?;
        let trace_id = field(&mut rest)?;
        let parent_id = field(&mut rest)?;
        let [flags] = field(&mut rest)?;
        let is_valid = match version {
            0 => rest.is_empty(),
            0xff => false,
            // A later version may append fields.
            _ => matches!(rest.first(), None | Some(b'-')),
        };
        let is_valid = is_valid && trace_id != [0; 16] && parent_id != [0; 8];
        is_valid.then_some(Self {
            trace_id,
            parent_id,
            flags,
        })
    }

    /// Returns whether the client records its span.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::TraceParent;
    /// use onward::prelude::*;
    ///
    /// let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    /// let req = Request::get("/").header("traceparent", header);
    /// assert!(!TraceParent::of(&req.headers).unwrap().is_sampled());
    /// ```
    pub fn is_sampled(&self) -> bool {
        self.flags & 1 == 1
    }
}

/// Takes a hyphen and bytes in hexadecimal.
fn field<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    *rest = rest.strip_prefix(b"-")?;
    bytes(rest)
}

/// Takes bytes in lowercase hexadecimal.
fn bytes<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    for byte in &mut bytes {
        let [high, low, after @ ..] = *rest else {
            return None;
        };
        *byte = digit(*high)? << 4 | digit(*low)?;
        *rest = after;
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Writes the value of the header, in version 00.
impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (trace_id, parent_id) = (Hex(&self.trace_id), Hex(&self.parent_id));
        write!(f, "00-{trace_id}-{parent_id}-{:02x}", self.flags)
    }
}

/// Bytes in hexadecimal.
pub(super) struct Hex<'a>(pub(super) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_header_of_any_version_is_read() {
        let parent = TraceParent::parse(VALID.as_bytes()).expect("a parent");
        assert_eq!(parent.to_string(), VALID);
        for header in [
            VALID.replacen("00", "01", 1),
            VALID.replacen("00", "cc", 1) + "-what-the-future-will-bring",
            VALID.replace("-01", "-ff"),
        ] {
            let read = TraceParent::parse(header.as_bytes());
            assert_eq!(read.map(|it| it.trace_id), Some(parent.trace_id));
        }
    }

    #[test]
    fn a_header_that_violates_the_standard_is_ignored() {
        for header in [
            String::new(),
            VALID[..54].to_owned(),
            VALID.to_owned() + "-",
            VALID.to_owned() + "0",
            VALID.to_uppercase(),
            VALID.replacen("00", "ff", 1),
            VALID.replacen("00", "cc", 1) + ".",
            VALID.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32)),
            VALID.replace("b7ad6b7169203331", &"0".repeat(16)),
            VALID.replace('-', "_"),
            VALID.replace("-01", "-0x"),
            VALID.replace("b7ad", "b7a"),
            " ".to_owned() + VALID,
        ] {
            assert_eq!(TraceParent::parse(header.as_bytes()), None, "{header}");
        }
        for cut in 0..VALID.len() {
            assert_eq!(TraceParent::parse(&VALID.as_bytes()[..cut]), None);
        }
    }
}
