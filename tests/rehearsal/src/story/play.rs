//! One statement on the stage: said through the person's client, then looked for everywhere.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, bail};
use fake_discord::{Fake, MessageView, Outcome, StoredMessage};
use serde_json::{Map, Value, json};

use super::statement::Statement;
use crate::stage::Stage;

/// How long a card may take to come; far more than it does.
const PATIENCE: Duration = Duration::from_secs(20);
/// The channel everybody can use commands in.
const OPEN_CHANNEL: &str = "広場";

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
}

/// A statement that was refused.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What the bot told the person.
    pub answer: String,
    /// Everybody whose client got the words that must be kept nowhere: nobody, if all is well.
    pub readers_of_secret: Vec<u64>,
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
        .slash(channel, "issue add", Value::Object(options))
        .await;
    let Outcome::Message(answer) = outcome else {
        bail!(
            "{}：答えがありません（{}）",
            statement.person,
            outcome.text()
        );
    };
    match answer.embeds.first() {
        None => Ok(Told::Refused(refused(&stage.fake, statement, &answer))),
        Some(embed) => Ok(Told::Recorded(
            recorded(stage, statement, speaker, embed).await?,
        )),
    }
}

fn refused(fake: &Fake, statement: &Statement, answer: &MessageView) -> Refused {
    let secret = statement.secret.unwrap_or(statement.words);
    let readers_of_secret = fake.who_saw(secret).into_iter().collect();
    Refused {
        answer: answer.content.clone(),
        readers_of_secret,
    }
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
        tier: field(embed, "階層"),
        destination: field(embed, "届け先"),
        place: place(&stage.fake, card.channel),
        strangers: readers.difference(&allowed).copied().collect(),
        readers: readers.into_iter().collect(),
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

fn field(embed: &Value, name: &str) -> String {
    let fields = embed["fields"].as_array().into_iter().flatten();
    let found = fields.into_iter().find(|field| field["name"] == name);
    let value = found
        .and_then(|field| field["value"].as_str())
        .unwrap_or("（答えにありません）");
    plain(value)
}

/// A text without Discord's marks, for a terminal.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            '*' if letters.peek() == Some(&'*') => {
                letters.next();
            }
            other => plain.push(other),
        }
    }
    plain
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
fn place(fake: &Fake, channel: u64) -> String {
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

    #[test]
    fn a_terminal_shows_no_marks_of_discord() {
        assert_eq!(
            plain("**①職種内** 1\\. \\*そのまま\\*"),
            "①職種内 1. *そのまま*"
        );
    }
}
