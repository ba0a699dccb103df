//! Tables of the bytes that are allowed in a token or a host, and of hexadecimal digits.

const TOKEN: [bool; 256] = alphanumeric_or(b"!#$%&'*+-.^_`|~");

/// Returns whether a byte is allowed in a `token`
/// ([RFC 9110, 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)), such as a method or a header name.
pub(crate) fn is_token(byte: u8) -> bool {
    TOKEN[usize::from(byte)]
}

/// The value of each hexadecimal digit, and `NO_DIGIT` for other bytes.
const HEX_DIGITS: [u8; 256] = {
    let mut table = [NO_DIGIT; 256];
    let mut byte = 0;
    while byte < 256 {
        if let Some(digit) = (byte as u8 as char).to_digit(16) {
            table[byte] = digit as u8;
        }
        byte += 1;
    }
    table
};

const NO_DIGIT: u8 = u8::MAX;

/// Returns the value of a hexadecimal digit.
pub(crate) fn hex_digit(byte: u8) -> Option<u8> {
    Some(HEX_DIGITS[usize::from(byte)]).filter(|&digit| digit != NO_DIGIT)
}

/// Returns whether a string is a `token`.
pub(crate) fn is_token_text(text: &str) -> bool {
    are_token(text.as_bytes())
}

/// Returns whether bytes are a `token`.
pub(crate) fn are_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is_token(byte))
}

/// Returns a table of the ASCII letters, the digits and `marks`.
pub(crate) const fn alphanumeric_or(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
}
