//! Text → a part of a URL.

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a segment as it is: the `pchar` of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// In a rest the slashes stay.
const REST: &AsciiSet = &SEGMENT.remove(b'/');

/// A parameter of a segment, percent-encoded.
pub fn encode(value: &impl Display) -> impl Display {
    Encoded(value.to_string(), SEGMENT)
}

/// `{rest..}`, percent-encoded; its slashes stay.
pub fn encode_rest(value: &impl Display) -> impl Display {
    Encoded(value.to_string(), REST)
}

struct Encoded(String, &'static AsciiSet);

impl Display for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        utf8_percent_encode(&self.0, self.1).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_has_no_slash_and_a_rest_keeps_its_own() {
        assert_eq!(encode(&"a/b é%?#").to_string(), "a%2Fb%20%C3%A9%25%3F%23");
        assert_eq!(encode_rest(&"a/b c").to_string(), "a/b%20c");
        assert_eq!(encode(&7).to_string(), "7");
        assert_eq!(encode(&"a-b.c_d~e!f@g:h").to_string(), "a-b.c_d~e!f@g:h");
    }
}
