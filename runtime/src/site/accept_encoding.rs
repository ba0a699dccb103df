//! The content codings that a client accepts ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use http::header;

use crate::http::{Request, split_unquoted, weight};

/// The codings in `accept-encoding`, in lowercase, with their weights in thousandths.
#[derive(Default)]
pub(super) struct CodingWeights(Vec<(String, u16)>);

impl CodingWeights {
    #[inline]
    pub(super) fn of(req: &Request) -> Self {
        let mut weights = Self::default();
        for value in req.headers.get_all(header::ACCEPT_ENCODING) {
            weights.add(&String::from_utf8_lossy(value.as_bytes()));
        }
        weights
    }

    #[inline]
    fn add(&mut self, list: &str) {
        for element in split_unquoted(list, ',') {
            let mut parts = split_unquoted(element, ';');
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let q = parts.find_map(|it| {
                let (name, value) = it.split_once('=')?;
                name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
            });
            // A coding with an invalid weight is not used.
            self.0
                .push((name, q.map_or(1000, |it| weight(it).unwrap_or(0))));
        }
    }

    /// Returns the weight of a coding, or that of `*` if the coding is not listed. The weight is 0 if neither is
    /// listed.
    #[inline]
    pub(super) fn of_coding(&self, name: &str) -> u16 {
        let named = self.named(name).or_else(|| match name {
            "gzip" => self.named("x-gzip"),
            _ => None,
        });
        named.or_else(|| self.named("*")).unwrap_or(0)
    }

    /// Returns the weight of `identity`, if it is listed.
    #[cfg(feature = "compression")]
    #[inline]
    pub(super) fn of_identity(&self) -> Option<u16> {
        self.named("identity")
    }

    /// Returns whether the client accepts a body without a coding, which is the default.
    #[cfg(feature = "compression")]
    #[inline]
    pub(super) fn allows_identity(&self) -> bool {
        self.of_identity().or_else(|| self.named("*")) != Some(0)
    }

    #[inline]
    fn named(&self, name: &str) -> Option<u16> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, weight)| *weight)
    }
}
