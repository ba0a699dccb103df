//! Counts the open connections of each client address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use crate::http::sync::lock;

/// The number of connections from each network. Each network is assumed to belong to one client, and a network
/// without connections has no entry.
#[derive(Debug, Default)]
pub(crate) struct ConnectionsPerAddress(Mutex<HashMap<ClientNetwork, usize>>);

/// An IPv4 address, or the /64 prefix of an IPv6 address: the smallest network that is usually assigned to a client,
/// which can use every address in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ClientNetwork {
    V4(u32),
    V6(u64),
}

impl From<IpAddr> for ClientNetwork {
    fn from(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self::V4(ip.to_bits()),
            IpAddr::V6(ip) => Self::V6((ip.to_bits() >> 64) as u64),
        }
    }
}

impl ConnectionsPerAddress {
    /// Counts one more connection of this client, unless it already has `limit` connections.
    pub(crate) fn try_open(self: &Arc<Self>, ip: IpAddr, limit: usize) -> Option<AddressGuard> {
        let network = ip.into();
        let mut counts = lock(&self.0);
        let count = counts.get(&network).copied().unwrap_or_default();
        if count >= limit {
            return None;
        }
        counts.insert(network, count + 1);
        Some(AddressGuard {
            counts: Arc::clone(self),
            network,
        })
    }
}

/// A guard that counts one connection of a client until it is dropped.
#[derive(Debug)]
pub(crate) struct AddressGuard {
    counts: Arc<ConnectionsPerAddress>,
    network: ClientNetwork,
}

impl Drop for AddressGuard {
    fn drop(&mut self) {
        let mut counts = lock(&self.counts.0);
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_without_connections_are_forgotten() {
        let counts = Arc::<ConnectionsPerAddress>::default();
        let open = |ip: &str| counts.try_open(ip.parse().unwrap(), 2);
        let first = open("192.0.2.1");
        // The same client, on a dual-stack socket.
        let second = open("::ffff:192.0.2.1");
        assert!(first.is_some() && second.is_some());
        assert!(open("192.0.2.1").is_none());
        assert!(open("192.0.2.2").is_some());
        drop(first);
        assert!(open("192.0.2.1").is_some());
        drop(second);
        assert!(lock(&counts.0).is_empty());
    }

    #[test]
    fn an_ipv6_client_is_identified_by_its_64_bit_prefix() {
        let counts = Arc::<ConnectionsPerAddress>::default();
        let open = |ip: &str| counts.try_open(ip.parse().unwrap(), 1);
        let first = open("2001:db8:0:1::1");
        assert!(first.is_some());
        assert!(open("2001:db8:0:1:ffff:ffff:ffff:ffff").is_none());
        assert!(open("2001:db8:0:2::1").is_some());
    }
}
