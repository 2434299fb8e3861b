//! Fetching what people attach to a command: from Discord's host for files and nowhere else.
//!
//! The address is signed and opens the file to whoever holds it, so it is never logged or kept. Our
//! client follows no redirects and knows the stand-in's address where there is one.

use commands::file::{FetchFault, Files};
use futures::future::BoxFuture;
use reqwest::{Client, StatusCode, Url};
use std::time::Duration;

/// The host of files.
const HOST: &str = "cdn.discordapp.com";
/// What the path of a file begins with: of a message, and of a command's option.
const PATHS: [&str; 2] = ["/attachments/", "/ephemeral-attachments/"];

/// Fetches with the bot's client.
pub(crate) struct Fetcher {
    client: Client,
}

impl Fetcher {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn get(&self, address: &str, bytes_max: usize) -> Result<Vec<u8>, FetchFault> {
        let url = checked(address).ok_or(FetchFault::Elsewhere)?;
        let request = self.client.get(url).send();
        let mut answer = request.await.map_err(|_| FetchFault::Unreachable)?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => {
                return Err(FetchFault::Gone);
            }
            _ => return Err(FetchFault::Unreachable),
        }
        // What is announced may be wrong, so the bytes are counted as well.
        let announced = answer.content_length().map(usize::try_from);
        if announced.is_some_and(|length| length.map_or(true, |length| length > bytes_max)) {
            return Err(FetchFault::TooLarge);
        }
        let mut bytes = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() > bytes_max => {
                    return Err(FetchFault::TooLarge);
                }
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => return Ok(bytes),
                Err(_) => return Err(FetchFault::Unreachable),
            }
        }
    }
}

impl Files for Fetcher {
    fn fetch<'a>(
        &'a self,
        address: &'a str,
        bytes_max: usize,
        within: Duration,
    ) -> BoxFuture<'a, Result<Vec<u8>, FetchFault>> {
        Box::pin(async move {
            match tokio::time::timeout(within, self.get(address, bytes_max)).await {
                Ok(fetched) => fetched,
                Err(_) => Err(FetchFault::Unreachable),
            }
        })
    }
}

/// The address, if it is one of Discord's files.
fn checked(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let is_file = PATHS.iter().any(|path| url.path().starts_with(path));
    (url.scheme() == "https" && url.host_str() == Some(HOST) && is_plain && is_file).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_discord_are_fetched() {
        for (address, expected) in [
            (
                "https://cdn.discordapp.com/attachments/1/2/a.xlsx?ex=1&is=2&hm=3&",
                true,
            ),
            (
                "https://cdn.discordapp.com/ephemeral-attachments/1/2/a.csv?ex=1",
                true,
            ),
            ("https://cdn.discordapp.com:443/attachments/1/2/a.csv", true),
            ("http://cdn.discordapp.com/attachments/1/2/a.csv", false),
            (
                "https://cdn.discordapp.com:8443/attachments/1/2/a.csv",
                false,
            ),
            (
                "https://cdn.discordapp.com.example.org/attachments/1/2/a.csv",
                false,
            ),
            (
                "https://cdn.discordapp.com@example.org/attachments/1/2/a.csv",
                false,
            ),
            (
                "https://somebody:word@cdn.discordapp.com/attachments/1/2/a.csv",
                false,
            ),
            ("https://discord.com/api/v10/users/@me", false),
            ("https://cdn.discordapp.com/icons/1/2.png", false),
            (
                "https://cdn.discordapp.com/attachments/../icons/1/2.png",
                false,
            ),
            ("https://169.254.169.254/attachments/1/2/a.csv", false),
            ("file:///etc/passwd", false),
            ("a.xlsx", false),
        ] {
            assert_eq!(checked(address).is_some(), expected, "{address}");
        }
    }
}
