//! The headers of a part.

use percent_encoding::percent_decode_str;

use crate::http::{split_unquoted, split_unquoted_of_form};

/// The declarations in the headers of a part.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PartHead {
    pub(super) name: Option<String>,
    /// The last component of the file's name, if the part is a file. It is empty if no file was chosen.
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl PartHead {
    /// Parses headers, each of which ends with a line break. Malformed headers are ignored; the caller rejects a part
    /// without a name.
    pub(super) fn parse(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let mut parsed = Self::default();
        for line in text.split("\r\n") {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            if name.eq_ignore_ascii_case("content-disposition") {
                parsed.set_disposition(value);
            } else if name.eq_ignore_ascii_case("content-type") {
                parsed.content_type = Some(value.trim().to_owned());
            }
        }
        parsed
    }

    fn set_disposition(&mut self, value: &str) {
        let mut parameters = split_unquoted_of_form(value, ';');
        let kind = parameters.next().unwrap_or_default();
        if !kind.eq_ignore_ascii_case("form-data") {
            return;
        }
        let mut extended = None;
        for parameter in parameters {
            let Some((name, value)) = parameter.split_once('=') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "name" => self.name = Some(unquoted(value)),
                "filename" => self.file_name = Some(base_name(&unquoted(value))),
                "filename*" => extended = extended_value(value),
                _ => {}
            }
        }
        if let Some(extended) = extended {
            self.file_name = Some(base_name(&extended));
        }
    }
}

/// Returns the text of a quoted string as browsers write it: `"` is `%22` (WHATWG) or `\"`, and other backslashes are
/// literal.
fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let text = inner.unwrap_or(value).replace("\\\"", "\"");
    text.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// Decodes an extended value, such as `UTF-8''na%C3%AFve.txt` (RFC 8187).
fn extended_value(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let decoded = percent_decode_str(encoded).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// Returns the last component of a path of any platform, without control characters. It is empty for `.` and `..`.
fn base_name(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|it| !is_dangerous(*it)).collect();
    match plain.trim() {
        "." | ".." => String::new(),
        name => name.to_owned(),
    }
}

/// Returns whether a character is a control character or changes the apparent order of text.
fn is_dangerous(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the boundary of a `content-type`, if the type is `multipart/form-data`.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = split_unquoted(content_type, ';');
    let kind = parameters.next()?;
    if !kind.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_boundary = name.trim().eq_ignore_ascii_case("boundary");
        is_boundary.then(|| unquoted(value.trim()))
    })?;
    // RFC 2046 allows up to 70 characters, none of which can be a line break.
    let is_valid = !boundary.is_empty()
        && boundary.len() <= 70
        && boundary
            .bytes()
            .all(|it| it.is_ascii_graphic() || it == b' ');
    is_valid.then_some(boundary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_name(parameter: &str) -> Option<String> {
        let head = format!("Content-Disposition: form-data; name=\"f\"; {parameter}\r\n\r\n");
        let parsed = PartHead::parse(head.as_bytes());
        assert_eq!(parsed.name.as_deref(), Some("f"), "{parameter}");
        parsed.file_name
    }

    #[test]
    fn file_names_are_base_names() {
        for (parameter, expected) in [
            ("filename=\"a.txt\"", "a.txt"),
            ("filename=a.txt", "a.txt"),
            ("filename=\"\"", ""),
            ("filename=\"../../etc/passwd\"", "passwd"),
            ("filename=\"/etc/passwd\"", "passwd"),
            ("filename=\"C:\\dir\\a.txt\"", "a.txt"),
            ("filename=\"..\\..\\a.txt\"", "a.txt"),
            ("filename=\"..\"", ""),
            ("filename=\".\"", ""),
            ("filename=\"a/\"", ""),
            ("filename=\"a\0b.txt\"", "ab.txt"),
            ("filename=\"a%0D%0Ab.txt\"", "ab.txt"),
            ("filename=\"a\\\"b.txt\"", "a\"b.txt"),
            ("filename=\"a%22b;c.txt\"", "a\"b;c.txt"),
            ("filename=\"报告.pdf\"", "报告.pdf"),
            ("filename=\"a\u{202e}gpj.exe\"", "agpj.exe"),
            (
                "filename=\"x\"; filename*=UTF-8''na%C3%AFve.txt",
                "naïve.txt",
            ),
            ("filename*=utf-8'en'a%2F..%2Fb.txt; filename=\"x\"", "b.txt"),
            ("filename=\"x\"; filename*=UTF-8''%FF", "x"),
            ("filename=\"x\"; filename*=ISO-8859-1''%e9", "x"),
        ] {
            assert_eq!(
                file_name(parameter).as_deref(),
                Some(expected),
                "{parameter}"
            );
        }
        assert_eq!(file_name("x=y"), None);
    }

    #[test]
    fn a_part_has_a_name_if_it_is_form_data() {
        for head in [
            "",
            "Content-Disposition: attachment; name=\"a\"\r\n",
            "name: a\r\n",
            "Content-Disposition: form-data\r\n",
        ] {
            assert_eq!(PartHead::parse(head.as_bytes()).name, None, "{head}");
        }
        let head =
            b"CONTENT-disposition:form-data;NAME=\"a;b\\\"c\"\r\ncontent-TYPE: text/plain \r\n";
        let parsed = PartHead::parse(head);
        assert_eq!(parsed.name.as_deref(), Some("a;b\"c"));
        assert_eq!(parsed.content_type.as_deref(), Some("text/plain"));
    }

    #[test]
    fn boundaries_are_read_from_the_type() {
        for (content_type, expected) in [
            ("multipart/form-data; boundary=abc", Some("abc")),
            (
                "Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b;c\"",
                Some("a b;c"),
            ),
            ("multipart/form-data", None),
            ("multipart/form-data; boundary=", None),
            ("multipart/mixed; boundary=abc", None),
            ("text/plain", None),
        ] {
            assert_eq!(
                boundary(content_type).as_deref(),
                expected,
                "{content_type}"
            );
        }
        assert_eq!(
            boundary(&format!("multipart/form-data; boundary={}", "a".repeat(71))),
            None
        );
    }
}
