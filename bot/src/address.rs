//! The way to Discord over HTTP: one client with timeouts, and a stand-in's address in its place.
//!
//! serenity sends everything to `https://discord.com` while its rate limiter is on, so a stand-in is
//! reached by resolving that name to another address and trusting another certificate authority:
//! the same code path as in production.

use crate::{
    config::{Address, Discord},
    error::{Error, Result},
};
use reqwest::{Certificate, Client, redirect};
use secrecy::ExposeSecret;
use serenity::http::{Http, HttpBuilder};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Longest wait for a connection.
const CONNECT_SECONDS_MAX: u64 = 5;
/// Longest wait for one answer. The lease of an outbox row is longer.
pub(crate) const ANSWER_SECONDS_MAX: u64 = 10;
/// Largest certificate file, in bytes.
const CA_BYTES_MAX: usize = 256 * 1024;
/// The names that a stand-in takes the place of.
const NAMES: [&str; 2] = ["discord.com", "cdn.discordapp.com"];

/// The client through which everything goes out. It carries no token of its own: serenity adds the
/// token per request, and what is asked without serenity goes out without one.
///
/// # Errors
/// [`Error::Address`] when the stand-in's address or certificate cannot be used.
pub async fn client(address: Option<&Address>) -> Result<Client> {
    let mut builder = Client::builder()
        .use_rustls_tls()
        .https_only(true)
        .redirect(redirect::Policy::none())
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
        .timeout(Duration::from_secs(ANSWER_SECONDS_MAX));
    if let Some(address) = address {
        let at = look_up(&address.host_port).await?;
        builder = builder.no_proxy().tls_built_in_root_certs(false);
        for name in NAMES {
            builder = builder.resolve(name, at);
        }
        for certificate in certificates(address).await? {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder
        .build()
        .map_err(|error| Error::System(error.without_url().to_string()))
}

/// serenity's HTTP with its rate limiter, over our client.
#[must_use]
pub fn http(discord: &Discord, client: &Client) -> Arc<Http> {
    Arc::new(
        HttpBuilder::new(discord.token.expose_secret())
            .client(client.clone())
            .build(),
    )
}

async fn look_up(host_port: &str) -> Result<SocketAddr> {
    let mut found = tokio::net::lookup_host(host_port)
        .await
        .map_err(|error| Error::Address(format!("{host_port}: {error}")))?;
    found
        .next()
        .ok_or_else(|| Error::Address(format!("{host_port}: no address")))
}

async fn certificates(address: &Address) -> Result<Vec<Certificate>> {
    let file = address.ca_file.display();
    let bytes = tokio::fs::read(&address.ca_file)
        .await
        .map_err(|error| Error::Address(format!("{file}: {error}")))?;
    if bytes.len() > CA_BYTES_MAX {
        return Err(Error::Address(format!(
            "{file}: more than {CA_BYTES_MAX} bytes"
        )));
    }
    let found = Certificate::from_pem_bundle(&bytes)
        .map_err(|_| Error::Address(format!("{file}: not a PEM certificate")))?;
    if found.is_empty() {
        return Err(Error::Address(format!("{file}: no certificate in it")));
    }
    Ok(found)
}
