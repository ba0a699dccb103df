//! The recording shortens what is long and the same all through: `aaa...<8026 chars>`. Here it is whole again.

/// A request as it was sent.
pub(crate) fn request(scenario: &str, text: &str) -> String {
    let Some((begin, length)) = shortened(text, " chars>") else {
        return text.to_owned();
    };
    let end = match scenario {
        "post-unread-big" => "",
        "chunk-ext-flood" => "\r\nx\r\n0\r\n\r\n",
        _ if scenario.starts_with("url-") => " HTTP/1.1\r\nHost: a\r\n\r\n",
        _ => "\r\n\r\n",
    };
    filled(begin, length, end)
}

/// An answer as it came, its date apart. The recording shows how it ends.
pub(crate) fn answer(text: &str) -> String {
    let Some((begin, length)) = shortened(text, " bytes") else {
        return text.to_owned();
    };
    let (_, end) = text.split_once(">...").expect("the end of the answer");
    // The length is that of the answer with its date, of 29 bytes; what stands here has `<DATE>` for it.
    filled(begin, length - 29 + "<DATE>".len(), end)
}

fn shortened<'a>(text: &'a str, unit: &str) -> Option<(&'a str, usize)> {
    let (begin, rest) = text.split_once("...<")?;
    let (length, _) = rest.split_once(unit)?;
    Some((begin, length.parse().ok()?))
}

fn filled(begin: &str, length: usize, end: &str) -> String {
    let filler = begin.chars().next_back().expect("what it is filled with");
    let left = length - begin.len() - end.len();
    [begin, &filler.to_string().repeat(left), end].concat()
}
