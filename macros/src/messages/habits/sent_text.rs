//! Text that other frameworks understand as something else.

/// Returns the message for `"redirect:/new"`.
pub(crate) fn redirect_as_text(text: &str) -> String {
    let (word, url) = text.split_once(':').unwrap_or((text, "/path"));
    let url = url.trim();
    let help = match word.trim() {
        "forward" => format!("call the function that responds to `{url}`"),
        _ => format!("use `onward::redirect(\"{url}\")`"),
    };
    format!("this is sent as text with the status 200\nhelp: {help}")
}

/// Returns the message for `"hello {name}"`.
pub(crate) fn placeholder_in_text(name: &str, text: &str) -> String {
    format!(
        "this text is sent as is, with `{{{name}}}` instead of the value of the variable\nhelp: use `format!({text:?})`"
    )
}

/// Returns the message for `"index.html"`.
pub(crate) fn file_as_text(text: &str) -> String {
    format!(
        "this sends the text `{text}`, not the content of a file\nhelp: use `Html(include_str!(\"{text}\"))`, `onward::files::send_file` (feature `files`), or a template crate"
    )
}

/// Returns the message for `"<h1>hello</h1>"`.
pub(crate) fn html_as_text() -> String {
    "text has the content type `text/plain`, so a browser shows the tags\nhelp: use `Html(…)`"
        .to_owned()
}

/// Returns the message for `"{\"ok\": true}"`.
pub(crate) fn json_as_text() -> String {
    "text has the content type `text/plain`\nhelp: use `json!({ … })`, or `Json(value)`".to_owned()
}

/// Returns the message for `"404 not found"`.
pub(crate) fn status_as_text(text: &str) -> String {
    let lower = text.to_lowercase();
    let status = [
        ("unauthorized", "UNAUTHORIZED"),
        ("forbidden", "FORBIDDEN"),
        ("bad request", "BAD_REQUEST"),
        ("internal server error", "INTERNAL_SERVER_ERROR"),
        ("method not allowed", "METHOD_NOT_ALLOWED"),
        ("401", "UNAUTHORIZED"),
        ("403", "FORBIDDEN"),
        ("400", "BAD_REQUEST"),
        ("50", "INTERNAL_SERVER_ERROR"),
    ];
    let status = status.iter().find(|(word, _)| lower.contains(word));
    let status = status.map_or("NOT_FOUND", |(_, status)| status);
    format!("this text is sent with the status 200\nhelp: use `(StatusCode::{status}, \"{text}\")`")
}
