//! The guard: which addresses a feed may be fetched from, asked of the address that is connected to.
//!
//! A name is looked up once for each request, and only what the guard lets through is handed to the
//! connection: there is no second look-up in between whose answer could be another. An address that stands
//! in the URL itself is asked about before the request. No configuration opens the guard; a test brings
//! [`Ground`] of its own.

use futures::future::BoxFuture;
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

/// Most addresses of a name that are looked at.
const ADDRESSES_MAX: usize = 16;

/// The ground names stand on: how they are looked up, and which addresses may be connected to.
pub trait Ground: Send + Sync + 'static {
    /// The addresses of a name; port 0 stands for the usual one.
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

    /// Whether an address may be connected to.
    fn permits(&self, at: SocketAddr) -> bool;
}

/// The public internet, and nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Internet;

impl Ground for Internet {
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.take(ADDRESSES_MAX).collect())
        })
    }

    fn permits(&self, at: SocketAddr) -> bool {
        is_public(at.ip())
    }
}

/// Every address of a name is one that may not be connected to.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a place that is not on the public internet")]
pub(super) struct Inside;

/// Looks names up and hands on only what the ground permits.
pub(super) struct Guard(pub(super) Arc<dyn Ground>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let ground = Arc::clone(&self.0);
        Box::pin(async move {
            let found = ground.look_up(name.as_str().to_owned()).await?;
            let permitted: Vec<SocketAddr> = found
                .into_iter()
                .take(ADDRESSES_MAX)
                .filter(|at| ground.permits(*at))
                .collect();
            if permitted.is_empty() {
                return Err(Inside.into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

/// The address that stands in a URL itself, which is never looked up.
pub(super) fn literal(url: &Url) -> Option<SocketAddr> {
    let host = url.host_str()?.trim_matches(['[', ']']);
    let ip: IpAddr = host.parse().ok()?;
    Some(SocketAddr::new(ip, url.port_or_known_default()?))
}

/// Whether an address is on the public internet, as IANA's registries of special addresses say.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = match ip.octets() {
        // This network; private; shared by carriers (CGNAT).
        [0 | 10, ..] | [100, 64..=127, ..] => true,
        // Loopback; link-local, where clouds answer about themselves; private.
        [127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..] => true,
        // Protocols; documentation; the way to 6to4; measuring.
        [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        [192, 88, 99, _] | [198, 18..=19, ..] => true,
        // Multicast; reserved; broadcast.
        [224..=255, ..] => true,
        _ => false,
    };
    !special
}

/// Only global unicast is public, and of that not what carries another address within it (6to4, Teredo),
/// nor protocols, nor documentation. Mapped and translated addresses (::ffff:…, 64:ff9b::…), unique local,
/// link-local and multicast ones lie outside of it.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        [0x2001, 0..0x200, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] => false,
        [0x3fff, 0..0x1000, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for (address, expected) in [
            ("8.8.8.8", true),
            ("100.63.255.255", true),
            ("100.128.0.1", true),
            ("172.32.0.1", true),
            ("198.20.0.1", true),
            ("223.255.255.255", true),
            ("2606:4700::1111", true),
            ("2001:200::1", true),
            ("2400:4000::1", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("100.127.255.254", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.254", false),
            ("192.0.0.1", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("198.19.255.254", false),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("224.0.0.1", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:8.8.8.8", false),
            ("::8.8.8.8", false),
            ("64:ff9b::808:808", false),
            ("64:ff9b:1::1", false),
            ("100::1", false),
            ("2001::1", false),
            ("2001:10::1", false),
            ("2001:20::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::1", false),
            ("3fff:fff::1", false),
            ("5f00::1", false),
            ("fc00::1", false),
            ("fd12:3456::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            let ip: IpAddr = address.parse().expect("an address");
            assert_eq!(is_public(ip), expected, "{address}");
        }
    }

    #[test]
    fn an_address_in_a_url_is_seen_however_it_is_written() {
        for (url, expected) in [
            ("http://127.0.0.1/", Some("127.0.0.1:80")),
            ("http://2130706433/", Some("127.0.0.1:80")),
            ("http://0x7f.1/", Some("127.0.0.1:80")),
            ("http://017700000001/", Some("127.0.0.1:80")),
            ("http://①②⑦.0.0.1/", Some("127.0.0.1:80")),
            ("https://[::1]/", Some("[::1]:443")),
            ("https://[::ffff:127.0.0.1]/", Some("[::ffff:7f00:1]:443")),
            ("https://example.jp/", None),
        ] {
            let url = Url::parse(url).expect("a URL");
            let expected = expected.map(|at| at.parse().expect("an address"));
            assert_eq!(literal(&url), expected, "{url}");
        }
    }
}
