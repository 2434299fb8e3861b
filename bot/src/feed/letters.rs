//! The letters of a feed: bytes in whichever encoding to text, and text that is safe to parse.
//!
//! Japanese offices publish in UTF-8, Shift_JIS and EUC-JP, and what they declare is sometimes another. What
//! is declared is tried first; then whatever reads every byte.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

/// Bytes in which the encoding is declared.
const DECLARATION_BYTES_MAX: usize = 200;
/// Deepest nesting of elements; feeds have some ten. A parser may follow what lies deeper until its stack ends.
pub(super) const DEPTH_MAX: usize = 100;

/// The text of bytes; `None` where no encoding reads every byte. `declared` is what the answer's header says.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]);
        return text.map(std::borrow::Cow::into_owned);
    }
    let named = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let header = declared.and_then(named);
    let own = declaration(bytes).as_deref().and_then(named);
    // A text in Shift_JIS is hardly ever one in EUC-JP by chance, but not the other way round.
    let all = [
        own,
        header,
        Some(UTF_8),
        Some(ISO_2022_JP),
        Some(EUC_JP),
        Some(SHIFT_JIS),
    ];
    all.into_iter().flatten().find_map(|encoding| {
        // Bytes that only change the character set are no text in other encodings.
        if encoding == ISO_2022_JP && !bytes.contains(&0x1B) {
            return None;
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        (encoding == ISO_2022_JP || !text.contains('\u{1B}')).then(|| text.into_owned())
    })
}

/// The encoding that the first line of an XML text declares.
fn declaration(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES_MAX)];
    let head = String::from_utf8_lossy(head);
    let line = head.trim_start().strip_prefix("<?xml")?;
    let (line, _) = line.split_once("?>")?;
    let (_, value) = line.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|q| matches!(q, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

/// The text without its declaration, which is no longer true; `None` where it could do harm: entities of its
/// own, or elements within elements without end.
pub(super) fn harmless(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>")?.1.trim_start(),
        None => text,
    };
    if text.starts_with('{') {
        // JSON: its parser has a limit of its own.
        return Some(text);
    }
    let (mut depth, mut rest) = (0_usize, text);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(data) = rest.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>")?.1;
        } else if rest.starts_with('!') {
            // A document type may name itself, and define nothing.
            let (kind, after) = rest.split_once('>')?;
            if kind.contains('[') || kind.to_ascii_uppercase().starts_with("!ENTITY") {
                return None;
            }
            rest = after;
        } else if let Some(instruction) = rest.strip_prefix('?') {
            rest = instruction.split_once("?>")?.1;
        } else {
            let closes = rest.starts_with('/');
            let end = end_of_tag(rest)?;
            let empty = rest[..end].ends_with('/');
            rest = &rest[end + 1..];
            if closes {
                depth = depth.saturating_sub(1);
            } else if !empty {
                depth += 1;
            }
            if depth > DEPTH_MAX {
                return None;
            }
        }
    }
    // What breaks off in the middle is not taken for the whole.
    (depth == 0).then_some(text)
}

/// Where a tag ends: at the first `>` that stands in no value.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// A title as plain words: no tags, no entities that were written twice.
pub(super) fn plain(title: &str) -> String {
    let mut words = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let tag = &rest[at..];
        let named = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag.find('>').filter(|_| named) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                words.push('<');
                rest = &tag[1..];
            }
        }
    }
    words.push_str(rest);
    for (written, meant) in [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        words = words.replace(written, meant);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_an_office_are_read_in_whichever_encoding() {
        let words = "<rss>介護保険最新情報</rss>";
        let of = |encoding: &'static Encoding| encoding.encode(words).0.into_owned();
        for (bytes, header) in [
            (words.as_bytes().to_vec(), None),
            (of(SHIFT_JIS), Some("Shift_JIS")),
            (of(SHIFT_JIS), None),
            (of(EUC_JP), Some("euc-jp")),
            (of(EUC_JP), None),
            (of(ISO_2022_JP), None),
            // What is declared is not true.
            (of(SHIFT_JIS), Some("utf-8")),
            (of(EUC_JP), Some("utf-8")),
            (words.as_bytes().to_vec(), Some("no such encoding")),
            (
                [b"\xEF\xBB\xBF".as_slice(), words.as_bytes()].concat(),
                Some("euc-jp"),
            ),
        ] {
            assert_eq!(decode(&bytes, header).as_deref(), Some(words), "{header:?}");
        }
        let own = SHIFT_JIS
            .encode("<?xml version='1.0' encoding=\"Shift_JIS\"?><a>通知</a>")
            .0;
        assert!(decode(&own, None).is_some_and(|text| text.contains("通知")));
        assert_eq!(decode(b"\xFF\xFE\x00\xD8", None), None);
        assert_eq!(decode(b"<a>\x80\xFF\xFE\xA0</a>", None), None);
    }

    #[test]
    fn what_could_do_harm_is_not_parsed() {
        let deep = "<a>".repeat(DEPTH_MAX + 1);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        for (text, expected) in [
            ("<?xml version='1.0'?>\n<a/>", Some("<a/>")),
            ("\u{FEFF}<a>b</a>", Some("<a>b</a>")),
            (
                "<!DOCTYPE rss PUBLIC \"x\" \"y\"><a/>",
                Some("<!DOCTYPE rss PUBLIC \"x\" \"y\"><a/>"),
            ),
            (
                "<a><!-- <b --><![CDATA[<c]]></a>",
                Some("<a><!-- <b --><![CDATA[<c]]></a>"),
            ),
            ("<a b='>'/>", Some("<a b='>'/>")),
            ("{\"version\": 1}", Some("{\"version\": 1}")),
            (bomb, None),
            ("<!ENTITY b 'c'><a/>", None),
            (&deep, None),
            ("<?xml version='1.0'", None),
            ("<a", None),
        ] {
            assert_eq!(harmless(text), expected, "{text}");
        }
        let flat = "<a></a>".repeat(10_000);
        assert!(harmless(&flat).is_some());
        let empty = "<br/>".repeat(10_000);
        assert!(harmless(&empty).is_some());
    }

    #[test]
    fn a_title_is_plain_words() {
        for (title, expected) in [
            ("<b>通知</b>について", "通知について"),
            ("A &amp; B", "A & B"),
            ("3 < 5 の場合", "3 < 5 の場合"),
            ("<img src=x>様式", "様式"),
        ] {
            assert_eq!(plain(title), expected);
        }
    }
}
