//! Content negotiation ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).

use http::{HeaderValue, header};

use crate::http::{Headers, Request, is_token_text, split_unquoted, weight};

impl Request {
    /// Returns the given media type that the client prefers, according to its `accept` header.
    ///
    /// A type that the client accepts with a higher `q` wins, then one that it names more specifically (`text/html`
    /// before `text/*` before `*/*`), then the one that it names first, then the first one given. Returns `None` if the
    /// client accepts none of the types; the usual response is then a 406. Returns the first type given if `accept` is
    /// missing or empty. Malformed ranges are ignored.
    ///
    /// The server adds `vary: accept` to the response, so that caches keep the variants apart. The header is not added
    /// to a detached [`Response::new`](crate::http::Response::new), which has no request.
    ///
    /// If the body was moved out of the request, use [`headers.accepts`](Headers::accepts).
    /// Node.js: no counterpart; Express: `req.accepts(types)`, which takes file extensions as well.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/products" => match req.accepts(&["text/html", "application/json"]) {
    ///         Some("text/html") => Ok(res.send(Html("<li>cups</li>"))),
    ///         Some(_) => Ok(res.send(Json(["cups"]))),
    ///         None => Err(Error::new(StatusCode::NOT_ACCEPTABLE, "text/html or application/json")),
    ///     });
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let get = |accept| shop(Request::get("/products").header("accept", accept), Response::new());
    /// assert_eq!(get("application/json, text/html;q=0.9").await?.text(), r#"["cups"]"#);
    /// assert_eq!(get("text/*, application/json;q=0.5").await?.text(), "<li>cups</li>");
    /// assert_eq!(get("image/png").await.unwrap_err().status(), StatusCode::NOT_ACCEPTABLE);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn accepts<'a>(&self, types: &[&'a str]) -> Option<&'a str> {
        self.headers.accepts(types)
    }
}

impl Headers {
    /// Returns the given media type that the client prefers: see [`Request::accepts`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("accept", "application/json");
    /// assert_eq!(req.headers.accepts(&["text/html", "application/json"]), Some("application/json"));
    /// ```
    #[inline]
    pub fn accepts<'a>(&self, types: &[&'a str]) -> Option<&'a str> {
        self.mark_negotiated();
        preferred(self.get_all(header::ACCEPT), types)
    }
}

#[inline]
fn preferred<'a, 'h>(
    accept: impl IntoIterator<Item = &'h HeaderValue>,
    types: &[&'a str],
) -> Option<&'a str> {
    let mut ranges: Vec<MediaRange> = Vec::new();
    let mut is_empty = true;
    for value in accept {
        let value = String::from_utf8_lossy(value.as_bytes());
        for range in split_unquoted(&value, ',') {
            is_empty &= range.is_empty();
            ranges.extend(MediaRange::parse(range));
        }
    }
    if is_empty {
        return types.first().copied();
    }
    let mut best: Option<(Rank, &str)> = None;
    for &offered in types {
        let Some(rank) = rank(&ranges, offered) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, offered));
        }
    }
    best.map(|(_, offered)| offered)
}

/// How much a client prefers a type: the weight in thousandths, the specificity, and the position in `accept`, counted
/// from the end.
type Rank = (u16, Specificity, std::cmp::Reverse<usize>);

/// Ranks a type by the most specific range that matches it. Returns `None` if the client does not accept the type.
#[inline]
fn rank(ranges: &[MediaRange], offered: &str) -> Option<Rank> {
    let offered = MediaRange::parse(offered)?;
    let matching = ranges.iter().enumerate().filter_map(|(index, range)| {
        let specificity = range.specificity(&offered)?;
        Some((specificity, std::cmp::Reverse(index), range.weight))
    });
    let (specificity, index, weight) = matching.max()?;
    (weight > 0).then_some((weight, specificity, index))
}

/// Whether a range has a type and a subtype instead of wildcards, and its number of parameters.
type Specificity = (bool, bool, usize);

/// A media range, such as `text/html;level=1;q=0.5`, in lowercase.
#[derive(Debug, PartialEq, Eq)]
struct MediaRange {
    kind: String,
    subtype: String,
    parameters: Vec<(String, String)>,
    /// The weight in thousandths.
    weight: u16,
}

impl MediaRange {
    #[inline]
    fn parse(text: &str) -> Option<Self> {
        let mut parts = split_unquoted(text, ';');
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let (kind, subtype) = (kind.to_ascii_lowercase(), subtype.to_ascii_lowercase());
        if !is_token_text(&kind) || !is_token_text(&subtype) || (kind == "*" && subtype != "*") {
            return None;
        }
        let mut range = Self {
            kind,
            subtype,
            parameters: Vec::new(),
            weight: 1000,
        };
        for parameter in parts.filter(|it| !it.is_empty()) {
            let (name, value) = parameter.split_once('=')?;
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            // `q` may be followed by further parameters (RFC 9110, 12.5.1).
            match &*name {
                "q" => range.weight = weight(value)?,
                _ => range.parameters.push((name, unquoted(value))),
            }
        }
        Some(range)
    }

    /// Returns how specifically this range matches a type; `None` if it does not match.
    #[inline]
    fn specificity(&self, offered: &Self) -> Option<Specificity> {
        let names = |range: &str, of: &str| match range {
            "*" => Some(false),
            range => (range == of).then_some(true),
        };
        let has = |parameter| offered.parameters.contains(parameter);
        let kind = names(&self.kind, &offered.kind)?;
        let subtype = names(&self.subtype, &offered.subtype)?;
        let matches = self.parameters.iter().all(has);
        matches.then_some((kind, subtype, self.parameters.len()))
    }
}

#[inline]
fn unquoted(value: &str) -> String {
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match quoted {
        Some(quoted) => quoted.replace('\\', "").to_ascii_lowercase(),
        None => value.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose<'a>(accept: &'static str, types: &[&'a str]) -> Option<&'a str> {
        preferred(&[HeaderValue::from_static(accept)], types)
    }

    #[test]
    fn the_example_of_the_standard_is_ranked() {
        let accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
        let mut ranges = Vec::new();
        ranges.extend(split_unquoted(accept, ',').filter_map(MediaRange::parse));
        for (offered, weight) in [
            ("text/plain;format=flowed", 1000),
            ("text/plain", 700),
            ("text/html", 300),
            ("image/jpeg", 500),
            ("text/plain;format=fixed", 400),
            ("text/html;level=3", 300),
        ] {
            assert_eq!(
                rank(&ranges, offered).map(|it| it.0),
                Some(weight),
                "{offered}"
            );
        }
    }

    #[test]
    fn separators_in_quotes_do_not_count() {
        let types = ["text/html;a=\"x,y\"", "text/plain"];
        assert_eq!(
            choose("text/html;a=\"x,y\";q=0.2, text/plain;q=0.1", &types),
            Some(types[0])
        );
        assert_eq!(
            choose("text/html;a=\"\\\",;\", text/plain;q=0.1", &types),
            Some(types[1])
        );
    }

    #[test]
    fn malformed_ranges_are_ignored() {
        let types = ["text/html", "text/plain"];
        for accept in [
            "text/html;q=x, text/plain;q=0.1",
            "text, text/plain",
            "*/html, text/plain",
            "text/html/x, text/plain",
            ";q=1, text/plain",
            "text/html;level, text/plain",
        ] {
            assert_eq!(choose(accept, &types), Some("text/plain"), "{accept}");
        }
        assert_eq!(choose("nonsense", &types), None);
        assert_eq!(choose("", &types), Some("text/html"));
        assert_eq!(choose(" , ,", &types), Some("text/html"));
        assert_eq!(preferred(&[], &types), Some("text/html"));
        assert_eq!(choose("*/*", &[]), None);
    }
}
