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
pub fn encode<T: IntoUrl>(value: &T) -> Encoded {
    Encoded(value.text(), SEGMENT)
}

/// `{rest..}`, percent-encoded; its slashes stay.
pub fn encode_rest<T: IntoUrl>(value: &T) -> Encoded {
    Encoded(value.text(), REST)
}

/// What the parameters of a route with a name must be: `Display`, under a name by which rustc can tell what it is for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written into a URL",
    label = "the route's name makes a function that writes its URL",
    note = "implement `std::fmt::Display` for the type, or leave the name out"
)]
pub trait IntoUrl {
    /// The value as text.
    fn text(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Display> IntoUrl for T {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// Text that is percent-encoded when it is written.
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
