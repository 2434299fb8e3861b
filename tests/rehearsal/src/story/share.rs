//! What was said in confidence is shared: the desk writes words for those concerned, and only those
//! words reach them.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Context, bail};
use fake_discord::{Fake, Outcome};
use serde_json::{Value, json};

use super::layout::{heading, labelled};
use super::play::{OPEN_CHANNEL, PATIENCE, Recorded};
use super::report::counted;
use crate::stage::Stage;

/// Who shares.
const COORDINATOR: &str = "コーディネーター";
/// The statement of the manual's own example of needs that do not meet (chapter 2 (2)).
pub(super) const OF: &str = "ケアマネジャーに在宅復帰を拒否されてしまう";
/// What the coordinator writes in its place.
const WORDING: &str = "退院の前に、早めに一緒に話し合えると助かります";

/// What came of sharing.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// Who got the words that were written for them.
    readers: BTreeSet<u64>,
    /// Who reads the written words only, and got the original as well: nobody, if all is well.
    strangers: BTreeSet<u64>,
    /// The card says who raised it, though nobody ticked that.
    names_source: bool,
}

impl Shared {
    /// Whether more was told than was meant to be.
    pub(super) fn leaked(&self) -> bool {
        self.names_source || !self.strangers.is_empty()
    }
}

/// Shares a statement that is at the desk with the narrowest circle of those concerned.
pub(super) async fn share(stage: &Stage, recorded: &Recorded) -> anyhow::Result<Shared> {
    let coordinator = stage
        .fake
        .person(stage.city.guild, stage.city.person(COORDINATOR));
    let options = json!({"number": recorded.number, "audience": "tier2", "wording": WORDING});
    let channel = stage.city.channel(OPEN_CHANNEL);
    let outcome = coordinator.slash(channel, "issue share", options).await;
    if !matches!(outcome, Outcome::Message(_)) {
        bail!("共有の答えがありません（{}）", outcome.text());
    }
    let posted = |fake: &Fake| card(fake).is_some();
    stage
        .fake
        .until(posted, PATIENCE)
        .await
        .context("共有の札が届きません")?;
    let card = card(&stage.fake).context("the card was there a moment ago")?;
    let mut fields = card["fields"].as_array().into_iter().flatten();
    let names_source = fields.any(|field| field["name"] == "職種・団体");
    let original = stage.fake.who_saw(OF);
    let before: BTreeSet<u64> = recorded.readers.iter().copied().collect();
    Ok(Shared {
        readers: stage.fake.who_saw(WORDING),
        strangers: original.difference(&before).copied().collect(),
        names_source,
    })
}

/// The frame of the card with the written words.
fn card(fake: &Fake) -> Option<Value> {
    let mut posts = fake.all_messages().into_iter();
    let card = posts.find(|message| {
        message.ephemeral_for.is_none() && message.raw["embeds"][0]["description"] == WORDING
    });
    card.map(|message| message.raw["embeds"][0].clone())
}

/// Writes down what came of it.
pub(super) fn report(
    stage: &Stage,
    number: &str,
    shared: &Shared,
    out: &mut (dyn Write + Send),
) -> std::io::Result<()> {
    let readers: Vec<u64> = shared.readers.iter().copied().collect();
    write!(
        out,
        "{}",
        heading(&format!("{number} を二次連携へ共有する"))
    )?;
    write!(out, "{}", labelled("元のことば", &format!("「{OF}」")))?;
    write!(out, "{}", labelled("共有する文", &format!("「{WORDING}」")))?;
    write!(out, "{}", labelled("届いた人", &counted(stage, &readers)))?;
    let check = if shared.leaked() {
        "× 元のことばか、だれの声かが、届いてはいけない人に届きました"
    } else {
        "○ 元のことばが新しく届いた人はいません。だれの声かも伝わっていません"
    };
    write!(out, "{}", labelled("確かめ", check))
}
