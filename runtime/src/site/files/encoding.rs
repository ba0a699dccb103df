//! Encoded files next to the original ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use std::cmp::Reverse;

use http::header;

use crate::http::{Request, split_unquoted, weight};

/// An encoding, in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Zstandard,
    Gzip,
}

impl Encoding {
    const ALL: [Self; 3] = [Self::Brotli, Self::Zstandard, Self::Gzip];

    /// The value of `content-encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstandard => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// The suffix for the name of the file.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstandard => ".zst",
            Self::Gzip => ".gz",
        }
    }

    /// Returns the encodings that the client accepts, by weight, then by preference.
    pub(super) fn accepted(req: &Request) -> Vec<Self> {
        let mut weights = Weights::default();
        for value in req.headers.get_all(header::ACCEPT_ENCODING) {
            weights.add(&String::from_utf8_lossy(value.as_bytes()));
        }
        let mut accepted = Self::ALL.to_vec();
        accepted.retain(|it| weights.of(it.name()) > 0);
        // The sort is stable, so encodings of the same weight stay in order.
        accepted.sort_by_key(|it| Reverse(weights.of(it.name())));
        accepted
    }
}

/// The encodings in `accept-encoding`, in lowercase, with their weights in thousandths.
#[derive(Default)]
struct Weights(Vec<(String, u16)>);

impl Weights {
    fn add(&mut self, list: &str) {
        for element in split_unquoted(list, ',') {
            let mut parts = split_unquoted(element, ';');
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let q = parts.find_map(|it| {
                let (name, value) = it.split_once('=')?;
                name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
            });
            self.0
                .push((name, q.map_or(1000, |it| weight(it).unwrap_or(0))));
        }
    }

    fn of(&self, name: &str) -> u16 {
        let find = |name: &str| self.0.iter().find(|(other, _)| other == name);
        let named = find(name).or_else(|| match name {
            "gzip" => find("x-gzip"),
            _ => None,
        });
        named.or_else(|| find("*")).map_or(0, |(_, weight)| *weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_chosen_by_weight() {
        use Encoding::{Brotli, Gzip, Zstandard};
        for (accept, expected) in [
            ("", &[][..]),
            ("identity", &[]),
            ("gzip", &[Gzip]),
            ("gzip, deflate, br, zstd", &[Brotli, Zstandard, Gzip]),
            ("br;q=0.5, gzip", &[Gzip, Brotli]),
            ("br;q=0, *", &[Zstandard, Gzip]),
            ("*;q=0", &[]),
            ("GZIP;Q=0.1", &[Gzip]),
            ("x-gzip", &[Gzip]),
            ("br;q=x", &[]),
        ] {
            let req = Request::get("/").header("accept-encoding", accept);
            assert_eq!(Encoding::accepted(&req), expected, "{accept}");
        }
    }
}
