//! Which content coding a client prefers ([RFC 9110, 12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use http::HeaderValue;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Zstd,
    Brotli,
    Gzip,
}

/// In the order in which equal ones are preferred.
const ALL: [Coding; 3] = [Coding::Zstd, Coding::Brotli, Coding::Gzip];

impl Coding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The coding of this name. `x-gzip` is `gzip` (RFC 9110, 8.4.1.3).
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let name = match name {
            name if name.eq_ignore_ascii_case("x-gzip") => "gzip",
            name => name,
        };
        ALL.into_iter()
            .find(|coding| coding.name().eq_ignore_ascii_case(name))
    }
}

/// What a client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) coding: Option<Coding>,
    /// Whether it takes a body without a coding.
    pub(super) identity: bool,
}

/// Thousandths, as a weight has at most three digits.
type Weight = u16;

impl Accepted {
    pub(super) fn of<'a>(values: impl IntoIterator<Item = &'a HeaderValue>) -> Self {
        let mut weights = [None; ALL.len()];
        let (mut identity, mut others) = (None, None);
        for value in values {
            let value = String::from_utf8_lossy(value.as_bytes());
            for element in value.split(',') {
                let Some((name, weight)) = parse(element) else {
                    continue;
                };
                let place = match Coding::from_name(name) {
                    Some(coding) => &mut weights[coding as usize],
                    None if name == "*" => &mut others,
                    None if name.eq_ignore_ascii_case("identity") => &mut identity,
                    None => continue,
                };
                place.get_or_insert(weight);
            }
        }
        let weight = |coding: &Coding| weights[*coding as usize].or(others).unwrap_or(0);
        // The first of equal ones.
        let best = ALL.into_iter().rev().max_by_key(weight);
        let coding = best.filter(|it| weight(it) > 0 && weight(it) >= identity.unwrap_or(0));
        Self {
            coding,
            identity: identity.or(others.filter(|weight| *weight == 0)) != Some(0),
        }
    }
}

/// The name and the weight of an element, unless it is malformed.
fn parse(element: &str) -> Option<(&str, Weight)> {
    let mut parts = element.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = match parts.next() {
        None => 1000,
        Some(weight) => {
            let (q, weight) = weight.split_once('=')?;
            if !q.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            thousandths(weight.trim())?
        }
    };
    Some((name, weight))
}

/// `0.5` is 500: at most three digits after the point, and at most 1 (RFC 9110, 12.4.2).
fn thousandths(weight: &str) -> Option<Weight> {
    let (whole, digits) = weight.split_once('.').unwrap_or((weight, ""));
    let is_number = digits.len() <= 3 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let whole = match whole {
        "0" => 0,
        "1" => 1000,
        _ => return None,
    };
    if !is_number {
        return None;
    }
    let thousandths: Weight = format!("{digits:0<3}").parse().ok()?;
    Some(whole + thousandths).filter(|weight| *weight <= 1000)
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
            let accepted = Accepted::of([&HeaderValue::from_static(accept)]);
            assert_eq!(accepted, Accepted { coding, identity }, "{accept}");
        }
        let lines = ["gzip;q=0.5", "br;q=0.7"].map(HeaderValue::from_static);
        assert_eq!(Accepted::of(&lines).coding, Some(Brotli));
        assert!(Accepted::of([]).identity);
    }
}
