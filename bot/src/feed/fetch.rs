//! Fetching a feed: one request at a time, every step of a redirect checked anew, everything with a limit.
//!
//! Nothing compressed is asked for or taken, so that what is counted is what comes. Errors say nothing of
//! the address or of what was read: an address may carry a key, and what stands in a feed is not ours to log.

use super::{
    guard::{Ground, Guard, Inside, literal},
    parse::parse,
};
use commands::feed::{Asked, Failure, Feeds, Fetched};
use domain::feed::{Fault, INTERVAL_MINUTES_MAX, Reading, URL_UNITS_MAX, VALIDATOR_BYTES_MAX};
use futures::future::BoxFuture;
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
        HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
    },
    redirect,
};
use std::{error::Error as _, sync::Arc, time::Duration};

/// Most redirects that are followed.
const REDIRECTS_MAX: usize = 5;
/// What we say we are.
const USER_AGENT: &str = concat!("Renkei/", env!("CARGO_PKG_VERSION"), " (feed reader)");
/// What we can read.
const READABLE: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
                        application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

/// How much a feed may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest time from the first request to the last byte, redirects included.
    pub whole: Duration,
    /// Most bytes of an answer.
    pub bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            // Shorter than the lease of a feed (`storage::feed::LEASE_SECONDS`).
            whole: Duration::from_secs(20),
            bytes_max: 2 * 1024 * 1024,
        }
    }
}

/// Fetches and reads feeds.
pub struct Reader {
    client: Client,
    ground: Arc<dyn Ground>,
    limits: Limits,
}

impl Reader {
    /// A reader on a ground: [`super::Internet`] for everything but tests.
    ///
    /// # Errors
    /// The client cannot be made.
    pub fn new(ground: Arc<dyn Ground>, limits: Limits) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .use_rustls_tls()
            // A proxy would look names up where no guard stands.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .dns_resolver(Arc::new(Guard(Arc::clone(&ground))))
            // Every request looks its name up anew and asks the guard.
            .pool_max_idle_per_host(0)
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .referer(false)
            .user_agent(USER_AGENT)
            .build()?;
        Ok(Self {
            client,
            ground,
            limits,
        })
    }

    async fn follow(&self, asked: &Asked) -> Result<Fetched, Failure> {
        let mut url = checked(&asked.url)?;
        for _ in 0..=REDIRECTS_MAX {
            let answer = self.request(&url, asked).await?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::Unchanged);
            }
            if status.is_redirection() {
                let place = answer.headers().get(LOCATION);
                let place = place.and_then(|place| place.to_str().ok());
                let next = place.and_then(|place| url.join(place).ok());
                url = checked(next.ok_or(Fault::Refused)?.as_str())?;
                continue;
            }
            return match status {
                StatusCode::OK => self.read(answer, &url).await.map(Fetched::Read),
                StatusCode::NOT_FOUND | StatusCode::GONE => Err(Fault::Gone.into()),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Failure {
                    fault: Fault::Busy,
                    retry_after_minutes: retry_after(answer.headers()),
                }),
                _ => Err(Fault::Refused.into()),
            };
        }
        Err(Fault::Redirects.into())
    }

    /// One request, to an address the guard lets through.
    async fn request(&self, url: &Url, asked: &Asked) -> Result<Response, Failure> {
        if literal(url).is_some_and(|at| !self.ground.permits(at)) {
            return Err(Fault::Inside.into());
        }
        let mut request = self
            .client
            .get(url.clone())
            .header(ACCEPT, READABLE)
            .header(ACCEPT_ENCODING, "identity");
        for (name, value) in [
            (IF_NONE_MATCH, &asked.etag),
            (IF_MODIFIED_SINCE, &asked.last_modified),
        ] {
            if let Some(value) = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok()) {
                request = request.header(name, value);
            }
        }
        let answer = request.send().await.map_err(|error| fault_of(&error))?;
        // What the guard let through is what was connected to; asked once more of the connection itself.
        match answer.remote_addr() {
            Some(at) if self.ground.permits(at) => Ok(answer),
            _ => Err(Fault::Inside.into()),
        }
    }

    async fn read(&self, mut answer: Response, from: &Url) -> Result<Reading, Failure> {
        let packed = answer.headers().get(CONTENT_ENCODING);
        if packed.is_some_and(|coding| coding != "identity") {
            return Err(Fault::Packed.into());
        }
        let most = self.limits.bytes_max;
        let announced = answer.content_length().map(usize::try_from);
        if announced.is_some_and(|length| length.map_or(true, |length| length > most)) {
            return Err(Fault::Large.into());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| fault_of(&error))? {
            if bytes.len() + chunk.len() > most {
                return Err(Fault::Large.into());
            }
            bytes.extend_from_slice(&chunk);
        }
        let headers = answer.headers();
        let (etag, last_modified) = (kept(headers, &ETAG), kept(headers, &LAST_MODIFIED));
        let charset = charset(headers);
        let from = from.clone();
        // Megabytes of markup take their time; others go on meanwhile.
        let parsed = tokio::task::spawn_blocking(move || parse(&bytes, charset.as_deref(), &from));
        let reading = parsed.await.map_err(|_| Fault::Form)??;
        Ok(Reading {
            etag,
            last_modified,
            ..reading
        })
    }
}

impl Feeds for Reader {
    fn fetch<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Fetched, Failure>> {
        Box::pin(async move {
            match tokio::time::timeout(self.limits.whole, self.follow(asked)).await {
                Ok(fetched) => fetched,
                Err(_) => Err(Fault::Slow.into()),
            }
        })
    }
}

/// The URL, if it is one of the web that holds no name or password and asks for no port of its own.
fn checked(address: &str) -> Result<Url, Fault> {
    if domain::text::utf16_len(address) > URL_UNITS_MAX {
        return Err(Fault::Address);
    }
    let url = Url::parse(address).map_err(|_| Fault::Address)?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let is_open = url.username().is_empty() && url.password().is_none();
    // The usual port of a scheme is no port of its own; 80 for https and the like are not wanted either.
    let plain = is_web && is_open && url.port().is_none();
    plain.then_some(url).ok_or(Fault::Address)
}

/// Why a request failed, by what lies below the error.
fn fault_of(error: &reqwest::Error) -> Fault {
    let mut below = error.source();
    while let Some(cause) = below {
        if cause.is::<Inside>() {
            return Fault::Inside;
        }
        below = cause.source();
    }
    if error.is_timeout() {
        Fault::Slow
    } else {
        Fault::Unreachable
    }
}

/// A header that is sent back with the next request, if it is short and plain.
fn kept(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_BYTES_MAX).then(|| value.to_owned())
}

/// What the answer says of its letters: text/xml; charset=Shift_JIS.
fn charset(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = kind
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches('"').to_owned())
}

/// Minutes until the server wants to be asked again; only seconds are understood, a day at most.
fn retry_after(headers: &HeaderMap) -> Option<i64> {
    let seconds: i64 = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some((seconds / 60 + 1).clamp(1, INTERVAL_MINUTES_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_of_the_web_are_fetched() {
        for (address, expected) in [
            ("https://pref.example.jp/rss.xml", true),
            ("http://pref.example.jp:80/rss.xml?key=1", true),
            ("https://日本.example/rss", true),
            ("https://pref.example.jp:8443/rss.xml", false),
            ("http://pref.example.jp:443/rss.xml", false),
            ("https://name:word@pref.example.jp/rss.xml", false),
            ("https://name@pref.example.jp/rss.xml", false),
            ("ftp://pref.example.jp/rss.xml", false),
            ("file:///etc/passwd", false),
            ("data:text/xml,<rss/>", false),
            ("pref.example.jp/rss.xml", false),
            ("", false),
        ] {
            assert_eq!(checked(address).is_ok(), expected, "{address}");
        }
        let long = format!("https://pref.example.jp/{}", "a".repeat(URL_UNITS_MAX));
        assert_eq!(checked(&long), Err(Fault::Address));
    }
}
