//! The content coding that a client prefers ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use crate::http::Request;
use crate::site::accept_encoding::CodingWeights;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Zstd,
    Brotli,
    Gzip,
}

/// All codings, in the order of preference for equal weights.
const ALL: [Coding; 3] = [Coding::Zstd, Coding::Brotli, Coding::Gzip];

impl Coding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Returns the coding of this name. `x-gzip` is `gzip` (RFC 9110, 8.4.1.3).
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let name = match name {
            name if name.eq_ignore_ascii_case("x-gzip") => "gzip",
            name => name,
        };
        ALL.into_iter()
            .find(|coding| coding.name().eq_ignore_ascii_case(name))
    }
}

/// The codings that a client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) coding: Option<Coding>,
    /// Whether the client accepts a body without a coding.
    pub(super) identity: bool,
}

impl Accepted {
    pub(super) fn by(req: &Request) -> Self {
        let weights = CodingWeights::of(req);
        let weight = |coding: &Coding| weights.of_coding(coding.name());
        // If several codings have the maximum weight, `max_by_key` returns the last one.
        let best = ALL.into_iter().rev().max_by_key(weight);
        let least = weights.of_identity().unwrap_or(0).max(1);
        Self {
            coding: best.filter(|it| weight(it) >= least),
            identity: weights.allows_identity(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_coding_is_chosen() {
        use Coding::{Brotli, Gzip, Zstd};
        for (accept, coding, identity) in [
            ("", None, true),
            ("gzip", Some(Gzip), true),
            ("GZIP", Some(Gzip), true),
            ("x-gzip", Some(Gzip), true),
            ("gzip, deflate, br, zstd", Some(Zstd), true),
            ("gzip, br", Some(Brotli), true),
            ("gzip;q=1.0, br;q=0.9", Some(Gzip), true),
            ("gzip;q=0.001", Some(Gzip), true),
            ("gzip;q=0", None, true),
            ("gzip ; q = 0.5 , br;Q=0.4", Some(Gzip), true),
            ("*", Some(Zstd), true),
            ("*;q=0.5, zstd;q=0", Some(Brotli), true),
            ("gzip, *;q=0", Some(Gzip), false),
            ("*;q=0", None, false),
            ("identity;q=0", None, false),
            ("identity;q=0, gzip", Some(Gzip), false),
            ("identity, *;q=0", None, true),
            ("identity;q=0.5, *;q=0", None, true),
            ("identity, gzip;q=0.5", None, true),
            ("identity;q=0.5, gzip;q=0.5", Some(Gzip), true),
            ("deflate, compress", None, true),
            ("gzip;q=2, br;q=x, zstd;q=0.1234, *;level=1", None, true),
            ("gzip;q=0, gzip", None, true),
        ] {
            let req = Request::get("/").header("accept-encoding", accept);
            let expected = Accepted { coding, identity };
            assert_eq!(Accepted::by(&req), expected, "{accept}");
        }
        let req = Request::get("/").header("accept-encoding", "gzip;q=0.5");
        let req = req.header("accept-encoding", "br;q=0.7");
        assert_eq!(Accepted::by(&req).coding, Some(Brotli));
        assert!(Accepted::by(&Request::get("/")).identity);
    }
}
