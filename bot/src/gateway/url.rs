//! Where the gateway is: asked without a token, and checked before the token is sent there.

use crate::{config::Address, error::Error};
use reqwest::{Client, Url};
use serde::Deserialize;
use std::net::IpAddr;

/// Discord's own question for the address of its gateway (events/gateway, "Get Gateway").
const QUESTION: &str = "https://discord.com/api/v10/gateway";
/// Most bytes of an answer that are read.
const ANSWER_BYTES_MAX: usize = 4 * 1024;

#[derive(Deserialize)]
struct Answer {
    url: String,
}

/// Why there is no address of the gateway.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// Nobody answered properly; asking again may help.
    Again(&'static str),
    /// The address must not get the token.
    Unacceptable(Error),
}

/// Asks Discord where its gateway is. No token is sent with the question.
pub(crate) async fn ask(client: &Client, address: Option<&Address>) -> Result<String, Unanswered> {
    let answer = client
        .get(QUESTION)
        .header(reqwest::header::USER_AGENT, serenity::constants::USER_AGENT)
        .send()
        .await
        .map_err(|_| Unanswered::Again("no answer"))?;
    if !answer.status().is_success() {
        return Err(Unanswered::Again("an answer that is not success"));
    }
    if answer
        .content_length()
        .is_some_and(|length| length > ANSWER_BYTES_MAX as u64)
    {
        return Err(Unanswered::Again("an answer that is too long"));
    }
    let bytes = answer
        .bytes()
        .await
        .map_err(|_| Unanswered::Again("half an answer"))?;
    let answer: Answer =
        serde_json::from_slice(&bytes).map_err(|_| Unanswered::Again("an unreadable answer"))?;
    accepted(&answer.url, address.is_some())
        .then_some(answer.url.clone())
        .ok_or(Unanswered::Unacceptable(Error::Gateway(
            domain::text::one_line(&answer.url, 200),
        )))
}

/// Whether the token may be sent there: Discord's own hosts over TLS; with a stand-in, this machine
/// and nothing else.
fn accepted(url: &str, stand_in: bool) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
        && matches!(url.path(), "" | "/");
    let Some(host) = url.host_str() else {
        return false;
    };
    plain
        && if stand_in {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            url.scheme() == "ws" && host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        } else {
            url.scheme() == "wss"
                && matches!(url.port(), None | Some(443))
                && (host.ends_with(".discord.gg") || host.ends_with(".discord.com"))
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_discord_only() {
        for (url, may) in [
            ("wss://gateway.discord.gg", true),
            ("wss://gateway.discord.gg/", true),
            ("wss://gateway-us-east1-b.discord.gg", true),
            ("wss://gateway.discord.com:443", true),
            ("ws://gateway.discord.gg", false),
            ("https://gateway.discord.gg", false),
            ("wss://gateway.discord.gg.example.com", false),
            ("wss://evildiscord.gg", false),
            ("wss://discord.gg@example.com", false),
            ("wss://user:pw@gateway.discord.gg", false),
            ("wss://gateway.discord.gg:8443", false),
            ("wss://gateway.discord.gg/?to=elsewhere", false),
            ("wss://gateway.discord.gg/elsewhere", false),
            ("ws://127.0.0.1:4000", false),
            ("", false),
        ] {
            assert_eq!(accepted(url, false), may, "{url}");
        }
    }

    #[test]
    fn with_a_stand_in_the_token_stays_on_this_machine() {
        for (url, may) in [
            ("ws://127.0.0.1:4000", true),
            ("ws://127.8.8.8:4000/", true),
            ("ws://[::1]:4000", true),
            ("wss://127.0.0.1:4000", false),
            ("ws://localhost:4000", false),
            ("ws://127.0.0.1.example.com:4000", false),
            ("ws://10.0.0.1:4000", false),
            ("ws://0.0.0.0:4000", false),
            ("ws://[::ffff:10.0.0.1]:4000", false),
            ("ws://a@127.0.0.1:4000", false),
            ("wss://gateway.discord.gg", false),
        ] {
            assert_eq!(accepted(url, true), may, "{url}");
        }
    }
}
