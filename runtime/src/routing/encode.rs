//! Percent-encoding of parameters, for the URLs of routes.

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are encoded in a segment: all but the `pchar` characters of RFC 3986.
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

/// The characters that are encoded in a rest, which keeps its slashes.
const REST: &AsciiSet = &SEGMENT.remove(b'/');

/// Percent-encodes a parameter of a segment.
pub fn encode<T: IntoUrl>(value: &T) -> Encoded {
    Encoded(value.text(), SEGMENT)
}

/// Percent-encodes the value of a `{rest..}`, except for its slashes.
pub fn encode_rest<T: IntoUrl>(value: &T) -> Encoded {
    Encoded(value.text(), REST)
}

/// The bound of the parameters of a named route: `Display`, with its own error message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a URL",
    label = "the name adds a function that formats the URL of the route",
    note = "implement `std::fmt::Display` for the type, or remove the name"
)]
pub trait IntoUrl {
    /// Returns the value as text.
    fn text(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Display> IntoUrl for T {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// Text that is percent-encoded when it is formatted.
pub struct Encoded(String, &'static AsciiSet);

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
