//! The proxies in front of a server, and how they identify the client.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The clients that are proxies, and how these proxies identify the clients whose requests they forward. Default: no
/// client is a proxy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies {
    /// The proxies whose headers are trusted.
    pub(crate) trusted: Networks,
    pub(crate) header: ProxyHeader,
    /// The proxies whose connections begin with a header of the PROXY protocol.
    pub(crate) announcing: Networks,
}

/// The header to which proxies add the address of their client. The other header is ignored, because a client
/// may have forged it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ProxyHeader {
    #[default]
    XForwardedFor,
    Forwarded,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Networks {
    networks: Vec<Network>,
    /// Clients of a Unix socket are included.
    unix: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    prefix: u8,
}

/// The error for text that is not a network.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InvalidNetwork(String);

impl Networks {
    pub(crate) fn parse<N: AsRef<str>>(
        texts: impl IntoIterator<Item = N>,
    ) -> Result<Self, InvalidNetwork> {
        let mut networks = Self::default();
        for text in texts {
            match text.as_ref() {
                "unix" => networks.unix = true,
                text => networks.networks.push(text.parse()?),
            }
        }
        Ok(networks)
    }

    /// Returns whether a connection comes from one of the networks. `ip` is `None` for a Unix socket.
    pub(crate) fn contains(&self, ip: Option<IpAddr>) -> bool {
        match ip {
            Some(ip) => self.contains_ip(ip),
            None => self.unix,
        }
    }

    pub(crate) fn contains_ip(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.networks.iter().any(|network| network.contains(ip))
    }
}

impl Network {
    fn contains(self, ip: IpAddr) -> bool {
        match (self.address, ip) {
            (IpAddr::V4(network), IpAddr::V4(ip)) => {
                let mask = mask(self.prefix, 32) as u32;
                network.to_bits() & mask == ip.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(ip)) => {
                let mask = mask(self.prefix, 128);
                network.to_bits() & mask == ip.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// Returns the mask that keeps the upper `prefix` bits of an address of `bits` bits.
fn mask(prefix: u8, bits: u8) -> u128 {
    let ones = u128::MAX.checked_shl(u32::from(bits - prefix));
    ones.unwrap_or(0)
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let bits = match address {
            IpAddr::V4(_) => Ipv4Addr::BITS as u8,
            IpAddr::V6(_) => Ipv6Addr::BITS as u8,
        };
        let prefix = match prefix {
            None => bits,
            Some(prefix) => prefix
                .parse()
                .ok()
                .filter(|it| *it <= bits)
                .ok_or_else(invalid)?,
        };
        Ok(Self { address, prefix })
    }
}

impl fmt::Display for InvalidNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(
            f,
            "`{text}` is not a network: use an address, `address/prefix` or `unix`"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_their_addresses() {
        let texts = ["10.1.0.0/16", "192.0.2.7", "2001:db8::/32", "::1"];
        let networks = Networks::parse(texts).expect("networks");
        for (ip, is_in) in [
            ("10.1.255.255", true),
            ("10.2.0.0", false),
            ("192.0.2.7", true),
            ("::ffff:192.0.2.7", true),
            ("192.0.2.8", false),
            ("2001:db8:ffff::", true),
            ("2001:db9::", false),
            ("::1", true),
            ("::2", false),
        ] {
            let ip = ip.parse().expect("an address");
            assert_eq!(networks.contains_ip(ip), is_in, "{ip}");
        }
        let all = Networks::parse(["0.0.0.0/0"]).expect("a network");
        assert!(all.contains_ip(IpAddr::from([1, 2, 3, 4])));
        assert!(!all.contains_ip(IpAddr::from(Ipv6Addr::LOCALHOST)));
    }

    #[test]
    fn other_text_is_not_a_network() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "::/129",
            "localhost",
            "10.0.0",
        ] {
            assert!(Networks::parse([text]).is_err(), "{text}");
        }
    }
}
