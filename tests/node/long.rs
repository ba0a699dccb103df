//! Restores long repetitive text, which the recording shortens: `aaa...<8026 chars>`.

/// Restores a request as it was sent.
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

/// Restores a response as received, except for its date. The recording contains the beginning and the end.
pub(crate) fn response(text: &str) -> String {
    let Some((begin, length)) = shortened(text, " bytes") else {
        return text.to_owned();
    };
    let (_, end) = text.split_once(">...").expect("the end of the response");
    // The recorded length includes a date of 29 bytes, which is replaced with `<DATE>` here.
    filled(begin, length - 29 + "<DATE>".len(), end)
}

fn shortened<'a>(text: &'a str, unit: &str) -> Option<(&'a str, usize)> {
    let (begin, rest) = text.split_once("...<")?;
    let (length, _) = rest.split_once(unit)?;
    Some((begin, length.parse().ok()?))
}

fn filled(begin: &str, length: usize, end: &str) -> String {
    let filler = begin.chars().next_back().expect("the repeated character");
    let left = length - begin.len() - end.len();
    [begin, &filler.to_string().repeat(left), end].concat()
}
