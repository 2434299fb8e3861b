//! One statement on the stage: said through the person's client, then looked for everywhere.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, bail};
use fake_discord::{Fake, MessageView, Outcome, StoredMessage};
use serde_json::{Map, Value, json};

use super::statement::Statement;
use crate::stage::Stage;

/// How long a card may take to come; far more than it does.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// The channel everybody can use commands in.
pub(super) const OPEN_CHANNEL: &str = "広場";
/// The command the statements are said with.
pub(super) const ISSUE_ADD: &str = "issue add";
/// The channel of the coordinators.
const DESK_CHANNEL: &str = "相談窓口";

/// What became of a statement.
#[derive(Clone, Debug)]
pub enum Told {
    /// It has a number and a card.
    Recorded(Recorded),
    /// It was not kept.
    Refused(Refused),
}

/// A statement that was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The number, with its `#`.
    pub number: String,
    /// Tier and the words that decided, as the bot told the person.
    pub tier: String,
    /// Where it goes and why, as the bot told the person.
    pub destination: String,
    /// The channel where the card stands, with its title where it is a post.
    pub place: String,
    /// Everybody whose client got the words.
    pub readers: Vec<u64>,
    /// Readers who neither said it nor may see the channel of the card: nobody, if all is well.
    pub strangers: Vec<u64>,
    /// Who got the speaker's name, where one was given.
    pub speaker: Option<SpeakerReaders>,
}

/// Who got the name of the person who said it.
#[derive(Clone, Debug)]
pub struct SpeakerReaders {
    /// Everybody whose client got it.
    pub readers: Vec<u64>,
    /// Those of them who do not see the desk's channel: nobody, if all is well.
    pub strangers: Vec<u64>,
}

impl Recorded {
    /// Whether anything reached somebody it was not meant for.
    #[must_use]
    pub fn leaked(&self) -> bool {
        let named = self
            .speaker
            .as_ref()
            .is_some_and(|speaker| !speaker.strangers.is_empty());
        named || !self.strangers.is_empty()
    }
}

/// A statement that was refused.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What the bot told the person.
    pub answer: String,
    /// Everybody but the person who typed them whose client got the words: nobody, if all is well.
    pub strangers: Vec<u64>,
    /// Whether the answer gives back what it must hide.
    pub unmasked: bool,
}

impl Refused {
    /// Whether anything came back or went to somebody.
    #[must_use]
    pub fn leaked(&self) -> bool {
        self.unmasked || !self.strangers.is_empty()
    }
}

/// Says the statement and finds out what became of it.
pub(super) async fn play(stage: &Stage, statement: &Statement) -> anyhow::Result<Told> {
    let speaker = stage.city.person(statement.person);
    let person = stage.fake.person(stage.city.guild, speaker);
    let mut options = Map::from_iter([("text".to_owned(), json!(statement.words))]);
    options.extend(
        statement
            .options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value))),
    );
    let channel = stage.city.channel(OPEN_CHANNEL);
    let outcome = person
        .slash(channel, ISSUE_ADD, Value::Object(options))
        .await;
    let Outcome::Message(answer) = outcome else {
        bail!(
            "{}：答えがありません（{}）",
            statement.person,
            outcome.text()
        );
    };
    match answer.embeds.first() {
        None => Ok(Told::Refused(refused(stage, statement, speaker, &answer))),
        Some(embed) => Ok(Told::Recorded(
            recorded(stage, statement, speaker, embed).await?,
        )),
    }
}

fn refused(stage: &Stage, statement: &Statement, typist: u64, answer: &MessageView) -> Refused {
    let hidden = statement.secret.unwrap_or(statement.words);
    let readers = stage.fake.who_saw(hidden);
    Refused {
        answer: plain(&stage.fake, &answer.content),
        strangers: readers
            .into_iter()
            .filter(|reader| *reader != typist)
            .collect(),
        unmasked: statement
            .secret
            .is_some_and(|secret| answer.text().contains(secret)),
    }
}

/// Who got the speaker's name, compared with who sees the desk's channel.
fn speaker_readers(stage: &Stage, statement: &Statement) -> Option<SpeakerReaders> {
    let (_, name) = statement
        .options
        .iter()
        .find(|(option, _)| *option == "speaker")?;
    let readers = stage.fake.who_saw(name);
    let desk: BTreeSet<u64> = stage
        .fake
        .viewers(stage.city.channel(DESK_CHANNEL))
        .into_iter()
        .collect();
    Some(SpeakerReaders {
        strangers: readers.difference(&desk).copied().collect(),
        readers: readers.into_iter().collect(),
    })
}

async fn recorded(
    stage: &Stage,
    statement: &Statement,
    speaker: u64,
    embed: &Value,
) -> anyhow::Result<Recorded> {
    let title = embed["title"].as_str().unwrap_or_default();
    let number = number(title).with_context(|| format!("番号が読めません：{title}"))?;
    let card = card(&stage.fake, &number).await?;
    let readers = stage.fake.who_saw(statement.words);
    let mut allowed: BTreeSet<u64> = stage.fake.viewers(card.channel).into_iter().collect();
    allowed.insert(speaker);
    Ok(Recorded {
        tier: field(&stage.fake, embed, "階層"),
        destination: field(&stage.fake, embed, "届け先"),
        place: place(&stage.fake, card.channel),
        strangers: readers.difference(&allowed).copied().collect(),
        readers: readers.into_iter().collect(),
        speaker: speaker_readers(stage, statement),
        number,
    })
}

/// `#12` at the head of a title.
fn number(title: &str) -> Option<String> {
    let digits: String = title
        .strip_prefix('#')?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then(|| format!("#{digits}"))
}

fn field(fake: &Fake, embed: &Value, name: &str) -> String {
    let fields = embed["fields"].as_array().into_iter().flatten();
    let found = fields.into_iter().find(|field| field["name"] == name);
    let value = found
        .and_then(|field| field["value"].as_str())
        .unwrap_or("（答えにありません）");
    plain(fake, value)
}

/// A text without Discord's marks, for a terminal; mentions of channels become names.
pub(super) fn plain(fake: &Fake, text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((channel, after)) = channel_mention(rest) {
            let name = fake.channel(channel).map(|channel| channel.name);
            plain.push_str(&format!(
                "#{}",
                name.as_deref().unwrap_or("（消えたチャンネル）")
            ));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else {
            // A backslash only keeps the next letter from being a mark.
            let escaped = if letter == '\\' {
                rest[1..].chars().next()
            } else {
                None
            };
            let shown = escaped.unwrap_or(letter);
            plain.push(shown);
            rest = &rest[shown.len_utf8() + usize::from(escaped.is_some())..];
        }
    }
    plain
}

/// `<#12>` at the head of a text: the id, and what follows.
fn channel_mention(text: &str) -> Option<(u64, &str)> {
    let (id, after) = text.strip_prefix("<#")?.split_once('>')?;
    Some((id.parse().ok()?, after))
}

/// The card of an issue, once the outbox has brought it.
async fn card(fake: &Fake, number: &str) -> anyhow::Result<StoredMessage> {
    fake.until(|fake| find_card(fake, number).is_some(), PATIENCE)
        .await
        .with_context(|| format!("{number} のカードが届きません"))?;
    find_card(fake, number).context("the card was there a moment ago")
}

fn find_card(fake: &Fake, number: &str) -> Option<StoredMessage> {
    let is_card = |message: &StoredMessage| {
        let title = message.raw["embeds"][0]["title"]
            .as_str()
            .unwrap_or_default();
        message.author == fake.application_id()
            && message.ephemeral_for.is_none()
            && !message.deleted
            && self::number(title).as_deref() == Some(number)
    };
    fake.all_messages().into_iter().find(is_card)
}

/// `#一次-薬剤師会`, or `#三次連携 の投稿「…」`.
pub(super) fn place(fake: &Fake, channel: u64) -> String {
    let Some(found) = fake.channel(channel) else {
        return "（消えたチャンネル）".to_owned();
    };
    let parent = found
        .parent
        .filter(|_| found.kind.is_thread())
        .and_then(|id| fake.channel(id));
    match parent {
        Some(forum) => format!("#{} の投稿「{}」", forum.name, found.name),
        None => format!("#{}", found.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_from_a_title() {
        for (title, expected) in [
            ("#12　課題として記録しました", Some("#12")),
            ("#3", Some("#3")),
            ("# 3", None),
            ("課題 #3", None),
            ("", None),
        ] {
            assert_eq!(number(title).as_deref(), expected, "{title}");
        }
    }

    #[tokio::test]
    async fn a_terminal_shows_no_marks_of_discord() {
        let fake = Fake::start(fake_discord::Options::default())
            .await
            .expect("it starts");
        let guild = fake.guild("架空市", "管理者");
        let channel = fake.add_channel(guild, fake_discord::Channel::text("相談窓口"));
        for (marked, expected) in [
            (
                "**①職種内** 1\\. \\*そのまま\\*".to_owned(),
                "①職種内 1. *そのまま*",
            ),
            (format!("<#{channel}>（非公開）"), "#相談窓口（非公開）"),
            ("<#1>".to_owned(), "#（消えたチャンネル）"),
            ("\\".to_owned(), "\\"),
        ] {
            assert_eq!(plain(&fake, &marked), expected);
        }
        fake.shutdown();
    }
}
