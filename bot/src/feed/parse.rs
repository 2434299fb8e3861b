//! From the bytes of a feed to its entries: RSS 0.9x, 1.0, 2.0, Atom and JSON Feed.

use super::letters::{decode, harmless, plain};
use domain::{
    feed::{ENTRIES_MAX, Entry, Fault, Reading, TITLE_UNITS_MAX},
    notice,
    text::{one_line, utf16_len},
};
use feed_rs::model;
use reqwest::Url;
use sha2::{Digest, Sha256};

/// Parses what an answer held. `charset` is what its header says of the letters.
///
/// # Errors
/// [`Fault::Encoding`], [`Fault::Form`].
pub(super) fn parse(bytes: &[u8], charset: Option<&str>, from: &Url) -> Result<Reading, Fault> {
    let text = decode(bytes, charset).ok_or(Fault::Encoding)?;
    let text = harmless(&text).ok_or(Fault::Form)?;
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(from.as_str()))
        // What has no id of its own is known by its link and its title.
        .id_generator(|_, _, _| String::new())
        .build();
    let found = parser.parse(text.as_bytes()).map_err(|_| Fault::Form)?;
    let title = found
        .title
        .map(|title| words(&title.content, TITLE_UNITS_MAX));
    let entries = found.entries.iter().take(ENTRIES_MAX);
    Ok(Reading {
        title: title.unwrap_or_default(),
        entries: entries.filter_map(|read| entry(read, from)).collect(),
        etag: None,
        last_modified: None,
        ttl_minutes: found.ttl.map(i64::from),
    })
}

/// An entry; `None` for one that has neither title nor link.
fn entry(read: &model::Entry, from: &Url) -> Option<Entry> {
    let link = link(read, from);
    let title = read.title.as_ref();
    let title = title.map(|title| words(&title.content, notice::TITLE_UNITS_MAX));
    let title = match (title.filter(|title| !title.is_empty()), &link) {
        (Some(title), _) => title,
        (None, Some(link)) => one_line(link, notice::TITLE_UNITS_MAX),
        (None, None) => return None,
    };
    let published = read.published.or(read.updated);
    let key = match (read.id.trim(), &link) {
        ("", Some(link)) => digest("link", link),
        ("", None) => digest("title", &format!("{title} {published:?}")),
        (id, _) => digest("id", id),
    };
    Some(Entry {
        key,
        link_key: link.as_deref().map(|link| digest("link", link)),
        title,
        link,
        published,
    })
}

/// Where an entry can be read: http or https, without a name or password, not too long.
fn link(read: &model::Entry, from: &Url) -> Option<String> {
    let is_plain = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let links = read.links.iter();
    let link = links
        .clone()
        .find(is_plain)
        .or_else(|| links.clone().next())?;
    let url = from.join(link.href.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_open = url.username().is_empty() && url.password().is_none();
    let fits = utf16_len(url.as_str()) <= notice::LINK_UNITS_MAX;
    (is_web && is_open && fits).then(|| url.to_string())
}

fn words(title: &str, units_max: usize) -> String {
    one_line(&plain(title), units_max)
}

/// What an entry is known by: of one length whatever the feed writes.
fn digest(kind: &str, words: &str) -> String {
    let digest = Sha256::digest(format!("{kind}:{words}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &str) -> Result<Reading, Fault> {
        let from = Url::parse("https://pref.example.jp/news/feed.xml").expect("a URL");
        parse(feed.as_bytes(), None, &from)
    }

    #[test]
    fn feeds_of_every_kind_are_read() {
        let rss2 = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>新着</title>
            <link>https://pref.example.jp/</link><description>d</description><ttl>120</ttl>
            <item><title>通知 &lt;b&gt;その1&lt;/b&gt;</title><link>/a.html</link>
            <pubDate>Fri, 20 Nov 2026 09:00:00 +0900</pubDate></item></channel></rss>"#;
        let rss1 = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="x"><title>新着</title><link>https://pref.example.jp/</link>
            <description>d</description></channel>
            <item rdf:about="a"><title>通知 その1</title><link>https://pref.example.jp/a.html</link>
            <dc:date>2026-11-20T09:00:00+09:00</dc:date></item></rdf:RDF>"#;
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>新着</title><id>x</id>
            <updated>2026-11-20T00:00:00Z</updated><entry><title>通知 その1</title><id>urn:1</id>
            <link href="https://pref.example.jp/a.html"/><updated>2026-11-20T00:00:00Z</updated></entry></feed>"#;
        for feed in [rss2, rss1, atom] {
            let found = read(feed).expect("a feed");
            assert_eq!(found.title, "新着");
            let entry = &found.entries[0];
            assert_eq!(entry.title, "通知 その1");
            assert_eq!(
                entry.link.as_deref(),
                Some("https://pref.example.jp/a.html")
            );
            let day = entry.published.map(|at| at.timestamp());
            assert_eq!(day, Some(1_795_132_800), "{feed}");
        }
        assert_eq!(read(rss2).map(|found| found.ttl_minutes), Ok(Some(120)));
    }

    #[test]
    fn what_is_no_feed_or_harmful_is_refused() {
        let deep = format!("<rss version=\"2.0\">{}", "<a>".repeat(100_000));
        for (feed, fault) in [
            ("<!doctype html><html><body>404</body></html>", Fault::Form),
            ("", Fault::Form),
            ("hello", Fault::Form),
            ("<rss version=\"2.0\"><channel><title>x", Fault::Form),
            (
                "<!DOCTYPE x [<!ENTITY a \"a\">]><rss version=\"2.0\"/>",
                Fault::Form,
            ),
            ("{\"a\": 1}", Fault::Form),
            (&deep, Fault::Form),
        ] {
            assert_eq!(read(feed), Err(fault), "{}", &feed[..feed.len().min(40)]);
        }
    }

    #[test]
    fn a_link_that_is_none_of_the_web_is_left_out() {
        for link in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://name:word@pref.example.jp/",
        ] {
            let feed = format!(
                "<rss version=\"2.0\"><channel><title>x</title><item><title>通知</title>\
                 <link>{link}</link></item></channel></rss>"
            );
            let found = read(&feed).expect("a feed");
            assert_eq!(found.entries[0].link, None, "{link}");
        }
    }
}
