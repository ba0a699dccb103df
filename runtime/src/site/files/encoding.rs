//! Encoded files next to the original ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use std::cmp::Reverse;

use crate::http::Request;
use crate::site::accept_encoding::CodingWeights;

/// The encoding of a file. The variants are in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Zstandard,
    Gzip,
}

impl Encoding {
    const ALL: [Self; 3] = [Self::Brotli, Self::Zstandard, Self::Gzip];

    /// Returns the value of `content-encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstandard => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Returns the suffix for the name of the file.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstandard => ".zst",
            Self::Gzip => ".gz",
        }
    }

    /// Returns the encodings that the client accepts, sorted by weight, then by preference.
    pub(super) fn accepted(req: &Request) -> Vec<Self> {
        let weights = CodingWeights::of(req);
        let mut accepted = Self::ALL.to_vec();
        accepted.retain(|it| weights.of_coding(it.name()) > 0);
        // The sort is stable, so encodings of the same weight stay in order.
        accepted.sort_by_key(|it| Reverse(weights.of_coding(it.name())));
        accepted
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
