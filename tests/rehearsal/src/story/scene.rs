//! One scene of the story's second half: what people of the city did at their clients, what they were
//! answered, and what came of it in the channels.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Context, bail};
use fake_discord::{MessageView, Outcome, Person, StoredMessage};
use serde_json::{Map, Value};

use super::layout::{heading, labelled, lines};
use super::play::{OPEN_CHANNEL, place, plain};
use super::report::{counted, names};
use crate::stage::Stage;

/// Columns of the first words of an answer or a post.
const EXCERPT_COLUMNS: usize = 132;

/// A scene that is being played.
pub(super) struct Scene<'a> {
    stage: &'a Stage,
    title: String,
    /// Posts that stood there before.
    known: BTreeSet<u64>,
    told: Vec<(&'static str, String)>,
}

/// A post of the bot that stands in a channel.
#[derive(Clone, Debug)]
pub(super) struct Posted {
    /// The channel, with the title where it is a forum's post.
    pub(super) place: String,
    /// Its title.
    pub(super) title: String,
    /// Its message.
    pub(super) message: u64,
    /// Those in front of the channel whose clients got its words.
    readers: Vec<u64>,
    /// Who got them and may see no channel where they stand: nobody, if all is well.
    strangers: Vec<u64>,
}

impl<'a> Scene<'a> {
    /// Begins a scene.
    pub(super) fn begin(stage: &'a Stage, title: impl Into<String>) -> Self {
        let known = posts(stage).map(|post| post.id).collect();
        Self {
            stage,
            title: title.into(),
            known,
            told: Vec::new(),
        }
    }

    /// Somebody uses a command in the channel open to all, and is answered.
    ///
    /// # Errors
    /// When no answer comes.
    pub(super) async fn command(
        &mut self,
        who: &str,
        path: &str,
        options: &[(&str, Value)],
    ) -> anyhow::Result<MessageView> {
        let person = self.person(who);
        self.did(who, &typed(self.stage, &person, path, options));
        let given = options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        let given = Value::Object(Map::from_iter(given));
        let channel = self.stage.city.channel(OPEN_CHANNEL);
        let answer = answered(person.slash(channel, path, given).await, path)?;
        self.answered(&answer);
        Ok(answer)
    }

    /// Somebody presses a button, and is answered.
    ///
    /// # Errors
    /// When there is no such button, or no answer comes.
    pub(super) async fn press(
        &mut self,
        who: &str,
        message: u64,
        label: &str,
    ) -> anyhow::Result<MessageView> {
        let person = self.person(who);
        self.did(who, &format!("［{label}］"));
        let answer = answered(person.press_label(message, label).await, label)?;
        self.answered(&answer);
        Ok(answer)
    }

    /// Says something of its own about the scene.
    pub(super) fn note(&mut self, label: &'static str, words: String) {
        self.told.push((label, words));
    }

    /// Waits until everything is sent; gives what stands there now that did not before, oldest first.
    ///
    /// # Errors
    /// When the bot does not come to rest.
    pub(super) async fn posted(&self) -> anyhow::Result<Vec<Posted>> {
        self.stage.dealt_with().await?;
        let fresh = posts(self.stage).filter(|post| !self.known.contains(&post.id));
        Ok(fresh.map(|post| posted(self.stage, &post)).collect())
    }

    /// Ends the scene and writes it down; gives how many posts reached somebody they must not.
    ///
    /// # Errors
    /// When the bot does not come to rest, or the writer fails.
    pub(super) async fn end(self, out: &mut (dyn Write + Send)) -> anyhow::Result<usize> {
        let posted = self.posted().await?;
        write!(out, "{}", heading(&self.title))?;
        for (label, words) in &self.told {
            write!(out, "{}", labelled(label, words))?;
        }
        for post in &posted {
            let words = format!("{}　{}", post.place, post.title);
            write!(out, "{}", labelled("届いた所", &words))?;
            let readers = counted(self.stage, &post.readers);
            write!(out, "{}", labelled("届いた人", &readers))?;
            if !post.strangers.is_empty() {
                let who = names(self.stage, &post.strangers);
                let words = format!("× 届いてはいけない人に届きました：{who}");
                write!(out, "{}", labelled("確かめ", &words))?;
            }
        }
        Ok(posted.iter().filter(|post| post.leaked()).count())
    }

    fn person(&self, who: &str) -> Person {
        let id = self.stage.city.person(who);
        self.stage.fake.person(self.stage.city.guild, id)
    }

    fn did(&mut self, who: &str, what: &str) {
        let known = self.stage.city.people().iter();
        let person = known.into_iter().find(|person| person.key == who);
        let name = person.map_or(who, |person| person.name.as_str());
        self.told.push(("したこと", format!("{name}　{what}")));
    }

    fn answered(&mut self, answer: &MessageView) {
        let words = match answer.embeds.first() {
            _ if !answer.content.is_empty() => answer.content.as_str(),
            Some(embed) => embed["title"].as_str().unwrap_or_default(),
            None => "",
        };
        let first = words.lines().next().unwrap_or_default();
        let words = excerpt(&plain(&self.stage.fake, first));
        self.told.push(("答え", words));
    }
}

impl Posted {
    /// Whether it reached somebody who may not see where it stands.
    pub(super) fn leaked(&self) -> bool {
        !self.strangers.is_empty()
    }

    /// How many people got it.
    pub(super) fn readers(&self) -> usize {
        self.readers.len()
    }
}

fn answered(outcome: Outcome, what: &str) -> anyhow::Result<MessageView> {
    match outcome {
        Outcome::Message(message) | Outcome::Updated(message) => Ok(*message),
        other => bail!("{what}：答えがありません（{}）", other.text()),
    }
}

/// The bot's posts that stand in channels, oldest first.
fn posts(stage: &Stage) -> impl Iterator<Item = StoredMessage> {
    let bot = stage.fake.application_id();
    let stands = move |message: &StoredMessage| {
        message.author == bot && message.ephemeral_for.is_none() && !message.deleted
    };
    stage.fake.all_messages().into_iter().filter(stands)
}

/// The last post of the bot that stands in a channel and has a word in its title.
pub(super) fn posted_in(stage: &Stage, channel: &str, word: &str) -> Option<StoredMessage> {
    let title = |post: &StoredMessage| {
        let title = post.raw["embeds"][0]["title"].as_str();
        title.is_some_and(|title| title.contains(word))
    };
    let there = posts(stage).filter(|post| place(&stage.fake, post.channel) == channel);
    there.filter(title).last()
}

fn posted(stage: &Stage, post: &StoredMessage) -> Posted {
    let embed = &post.raw["embeds"][0];
    let part = |name: &str| embed[name].as_str().unwrap_or_default();
    let title = part("title");
    // The words that no other post has: a frame without a description is known by its title.
    let words = [part("description"), title]
        .into_iter()
        .find(|words| !words.is_empty());
    let saw = words.map(|words| stage.fake.who_saw(words));
    let saw = saw.unwrap_or_default();
    let here: BTreeSet<u64> = stage.fake.viewers(post.channel).into_iter().collect();
    // The same words may stand in several channels: a project's card does.
    let allowed: BTreeSet<u64> = posts(stage)
        .filter(|other| other.raw["embeds"][0]["description"] == embed["description"])
        .flat_map(|other| stage.fake.viewers(other.channel))
        .collect();
    Posted {
        place: place(&stage.fake, post.channel),
        title: excerpt(&plain(&stage.fake, title)),
        message: post.id,
        strangers: saw.difference(&allowed).copied().collect(),
        readers: saw.intersection(&here).copied().collect(),
    }
}

fn excerpt(words: &str) -> String {
    let mut cut = lines(words, EXCERPT_COLUMNS).into_iter();
    let first = cut.next().unwrap_or_default();
    match cut.next() {
        Some(_) => format!("{first}…"),
        None => first,
    }
}

/// A command as the client shows it: /連携の場 予定　題名＝….
fn typed(stage: &Stage, person: &Person, path: &str, given: &[(&str, Value)]) -> String {
    let commands = person.commands(stage.city.channel(OPEN_CHANNEL));
    let known = commands.iter().find(|command| command.path == path);
    let name = known.map_or(path, |command| command.display.as_str());
    let mut words = vec![format!("/{name}")];
    words.extend(options(stage, person, path, given));
    words.join("　")
}

/// Options of a command in the words of the client: 把握の場＝公開の場.
pub(super) fn options(
    stage: &Stage,
    person: &Person,
    path: &str,
    given: &[(&str, Value)],
) -> Vec<String> {
    let commands = person.commands(stage.city.channel(OPEN_CHANNEL));
    let command = commands.into_iter().find(|command| command.path == path);
    let known = command.map(|command| command.options).unwrap_or_default();
    let shown = |(name, value): &(&str, Value)| {
        let option = known.iter().find(|option| option.name == *name);
        let choice = option.and_then(|option| option.choices.iter().find(|(_, v)| v == value));
        let written = match (choice, value.as_str()) {
            (Some((display, _)), _) => display.clone(),
            (None, Some(text)) => text.to_owned(),
            (None, None) => value.to_string(),
        };
        let name = option.map_or(*name, |option| option.display.as_str());
        format!("{name}＝{written}")
    };
    given.iter().map(shown).collect()
}

/// The first of these posts that stands in a channel of this name and whose title begins so.
pub(super) fn found<'p>(
    posted: &'p [Posted],
    channel: &str,
    title: &str,
) -> anyhow::Result<&'p Posted> {
    posted
        .iter()
        .find(|post| post.place == channel && post.title.starts_with(title))
        .with_context(|| format!("{channel} に「{title}」が届きません"))
}
