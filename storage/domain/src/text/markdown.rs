//! Text shown on Discord as it was typed.

use super::ZERO_WIDTH_SPACE;

/// The text with everything that Discord would act on shown as it was typed.
///
/// Discord's renderer takes a backslash before any ASCII punctuation as "this character itself", so markdown is escaped that
/// way; signs that act only at the start of a line are escaped only there. Mentions, custom emoji and timestamps are also
/// read by Discord's server, which knows no backslash: they are broken by a zero-width space after `<` or `@`, which no
/// syntax of theirs allows, so the text stays harmless even where `allowed_mentions` is forgotten. A plain link stays a link
/// when nothing in it could act; otherwise it is broken too.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        escape_line(line, &mut out);
    }
    out
}

/// Escapes one line: first what acts at its start, then what acts anywhere.
fn escape_line(line: &str, out: &mut String) {
    let body = line.trim_start();
    out.push_str(&line[..line.len() - body.len()]);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = 0;
    if body.starts_with(['#', '-', '+']) {
        out.push('\\');
        out.push_str(&body[..1]);
        at = 1;
    } else if digits > 0 && body[digits..].starts_with(['.', ')']) {
        out.push_str(&body[..digits]);
        out.push('\\');
        out.push_str(&body[digits..=digits]);
        at = digits + 1;
    }
    while let Some(letter) = body[at..].chars().next() {
        let link = link_len(&body[at..]);
        if link > 0 {
            out.push_str(&body[at..at + link]);
            at += link;
            continue;
        }
        match letter {
            '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '(' | ')' | '>' => {
                out.extend(['\\', letter])
            }
            '<' => out.extend(['\\', letter, ZERO_WIDTH_SPACE]),
            '@' => out.extend([letter, ZERO_WIDTH_SPACE]),
            ':' if body[at..].starts_with("://") => out.extend([ZERO_WIDTH_SPACE, letter]),
            other => out.push(other),
        }
        at += letter.len_utf8();
    }
}

/// Length in bytes of the harmless link at the start of `text`, 0 when there is none.
fn link_len(text: &str) -> usize {
    let Some(after) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return 0;
    };
    let scheme = text.len() - after.len();
    // Discord's own end of a link: white space or `<`, less closing punctuation.
    let whole = &text[..text
        .find(|letter: char| letter.is_whitespace() || letter == '<')
        .unwrap_or(text.len())];
    let link = whole.trim_end_matches(['.', ',', ':', ';', '"', '\'', ')', ']']);
    let harmless = |letter: char| {
        letter.is_ascii_alphanumeric() || !letter.is_ascii() || "-._%/?&=#+:!$,;~".contains(letter)
    };
    if link.len() > scheme && link[scheme..].chars().all(harmless) {
        whole.len()
    } else {
        0
    }
}
