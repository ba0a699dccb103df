//! Encoded files next to the original ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use http::header;

use crate::http::Request;

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

    /// What is appended to the name of the file.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstandard => ".zst",
            Self::Gzip => ".gz",
        }
    }

    /// Those that the client accepts: by weight, then by preference.
    pub(super) fn accepted(req: &Request) -> Vec<Self> {
        let mut weights = Weights::default();
        for value in req.headers.get_all(header::ACCEPT_ENCODING) {
            weights.add(&String::from_utf8_lossy(value.as_bytes()));
        }
        let mut accepted: Vec<(f32, Self)> = Self::ALL
            .into_iter()
            .map(|it| (weights.of(it.name()), it))
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        // Stable: those of the same weight stay in order.
        accepted.sort_by(|a, b| b.0.total_cmp(&a.0));
        accepted.into_iter().map(|(_, it)| it).collect()
    }
}

#[derive(Default)]
struct Weights(Vec<(String, f32)>);

impl Weights {
    fn add(&mut self, list: &str) {
        for element in list.split(',') {
            let mut parts = element.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|it| {
                let (name, value) = it.split_once('=')?;
                name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
            });
            let weight = weight.map_or(1.0, |it| it.parse().unwrap_or(0.0));
            self.0.push((name, weight));
        }
    }

    fn of(&self, name: &str) -> f32 {
        let find = |name: &str| self.0.iter().find(|(other, _)| other == name);
        let named = find(name).or_else(|| match name {
            "gzip" => find("x-gzip"),
            _ => None,
        });
        named
            .or_else(|| find("*"))
            .map_or(0.0, |(_, weight)| *weight)
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
