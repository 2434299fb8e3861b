//! `/notice compare` 新旧対照: an old wording beside the new one, the new on the left as ministries print it.
//!
//! Short ones are pictures; what is long, or was shortened for the picture, comes as a sheet as well, which
//! leaves nothing out. Only the person who asked gets them.

mod layout;
mod picture;
mod sheet;
#[cfg(test)]
mod tests;

use crate::{
    Context,
    answer::{Answer, File, Reply},
    dispatch::{May, answer},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    comparison::{Comparison, Count, Fault, Kind, compare},
    id::NoticeId,
    notice::{Notice, Wording},
    setting::Language,
    text::{escape_markdown, one_line},
};

/// Longest name of a wording above its column, in UTF-16 units.
const NAME_UNITS_MAX: usize = 80;

/// Two wordings with what they are called.
pub(crate) struct Pair {
    /// What is compared.
    pub(crate) comparison: Comparison,
    /// What the old one is called: 行政通知 12（令和3年4月1日）.
    pub(crate) old: String,
    /// What the new one is called.
    pub(crate) new: String,
    /// The language of the words around it.
    pub(crate) language: Language,
}

impl Pair {
    /// The name of a kind: 改正, 新設 …
    fn kind(&self, kind: Kind) -> String {
        Text::new(format!("word-comparison-{}", kind.code())).say(self.language)
    }

    /// What stands on the side that has nothing: （新設）, （削る）, （移動）.
    fn gap(&self, kind: Kind) -> String {
        let key = match kind {
            Kind::Added => "comparison-gap-added",
            Kind::Removed => "comparison-gap-removed",
            Kind::MovedAway => "comparison-gap-away",
            _ => "comparison-gap-here",
        };
        Text::new(key).say(self.language)
    }

    /// How much changed, in one sentence.
    fn summary(&self) -> Text {
        let Count {
            kept,
            renumbered,
            changed,
            added,
            removed,
            moved,
        } = self.comparison.count();
        text!(
            "comparison-summary",
            changed = changed,
            added = added,
            removed = removed,
            moved = moved,
            renumbered = renumbered,
            kept = kept,
        )
    }
}

/// `/notice compare` 新旧対照
#[poise::command(slash_command, rename = "compare")]
pub(crate) async fn compared(ctx: Context<'_>, number: String, with: String) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let (one, other) = (number_of(&number)?, number_of(&with)?);
        let (one, other) = wordings(&request, one, other).await?;
        let pair = (name(&request, &one), name(&request, &other));
        shown(&request, (one, other), pair).await.map(Answer::Say)
    })
    .await
}

/// The number of a notice as people write it.
fn number_of(written: &str) -> Result<NoticeId, Error> {
    crate::option::issue_number(written).map(|id| NoticeId(id.0))
}

/// A notice with one of its wordings.
type Worded = (Notice, Wording);

/// The older one first: by its day, then by its number. The same number twice asks for the last two versions
/// of its wording.
async fn wordings(
    request: &Request,
    one: NoticeId,
    other: NoticeId,
) -> Result<(Worded, Worded), Error> {
    let office = request.office_id();
    let coordinator = request.person.coordinator;
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut found = Vec::new();
                for id in [one, other] {
                    let notice = storage::notice::find(connection, office, id).await?;
                    let seen = notice.filter(|n| !n.retracted && (coordinator || !n.draft));
                    let latest = storage::notice::wording(connection, office, id, None).await?;
                    found.push((seen, latest));
                }
                let before = match &found[1].1 {
                    Some(latest) if one == other && latest.version > 1 => {
                        let version = Some(latest.version - 1);
                        storage::notice::wording(connection, office, one, version).await?
                    }
                    _ => None,
                };
                Ok((found, before))
            })
        })
        .await?;
    let (mut found, before) = found;
    let mut worded = Vec::new();
    for (id, (notice, latest)) in [one, other].into_iter().zip(found.drain(..)) {
        let missing = || Error::refuse(text!("refused-comparison-no-notice", number = id.0));
        let notice = notice.ok_or_else(missing)?;
        let missing = || Error::refuse(text!("refused-comparison-no-wording", number = id.0));
        worded.push((notice, latest.ok_or_else(missing)?));
    }
    if one == other {
        let missing = || Error::refuse(text!("refused-comparison-one-version", number = one.0));
        worded[0].1 = before.ok_or_else(missing)?;
    } else {
        worded.sort_by_key(|(notice, _)| (notice.date, notice.id));
    }
    let mut worded = worded.into_iter();
    worded
        .next()
        .zip(worded.next())
        .ok_or(Error::Fault("two wordings were read"))
}

fn name(request: &Request, (notice, wording): &Worded) -> String {
    let day = notice
        .date
        .map_or_else(String::new, |day| crate::card::date(day, request.language));
    let name = text!(
        "comparison-name",
        number = notice.id.0,
        version = wording.version,
        date = day,
        title = notice.title.clone(),
    );
    one_line(&request.say(&name), NAME_UNITS_MAX)
}

/// The answer: a sentence, pictures, and a sheet where they leave something out.
async fn shown(
    request: &Request,
    ((_, old), (_, new)): (Worded, Worded),
    (old_name, new_name): (String, String),
) -> Result<Reply, Error> {
    let (language, at) = (request.language, request.now);
    let drawn = tokio::task::spawn_blocking(move || {
        let comparison = compare(&old.text, &new.text)?;
        let pair = Pair {
            comparison,
            old: old_name,
            new: new_name,
            language,
        };
        let pictures = picture::draw(&pair);
        Ok((pictures, sheet::write(&pair, at), pair))
    });
    let drawn = drawn
        .await
        .map_err(|_| Error::Fault("a comparison was not drawn to its end"))?;
    let (pictures, sheet, pair) = drawn.map_err(|fault| {
        Error::refuse(match fault {
            Fault::TooLong => text!(
                "refused-comparison-too-long",
                sentences = domain::comparison::SENTENCES_MAX
            ),
            Fault::Empty => Text::new("refused-comparison-empty"),
        })
    })?;
    let names = text!(
        "comparison-shown",
        new = escape_markdown(&pair.new),
        old = escape_markdown(&pair.old),
    );
    let mut reply = Reply::of(&names, language);
    if pair.comparison.is_same() {
        return Ok(reply.line(&request.say(&Text::new("comparison-same"))));
    }
    reply = reply.line(&request.say(&pair.summary()));
    let pictures = pictures.map_err(|_| Error::Fault("a comparison could not be drawn"))?;
    let day = request.today();
    let count = pictures.pages.len();
    for (at, png) in pictures.pages.into_iter().enumerate() {
        let page = at + 1;
        let said = text!(
            "comparison-alternative",
            page = page,
            pages = count,
            new = pair.new.clone(),
            old = pair.old.clone(),
            summary = pair.summary(),
        );
        let name = format!("versions-{day}-{page}.png");
        reply = reply.file(File::new(name, request.say(&said), png)?);
    }
    if pictures.missing {
        reply = reply.line(&request.say(&Text::new("comparison-missing")));
    }
    if pictures.shortened || count > 1 {
        let sheet = sheet.map_err(|_| Error::Fault("a comparison could not be written"))?;
        let said = request.say(&Text::new("comparison-sheet-description"));
        reply = reply
            .file(File::new(format!("versions-{day}.xlsx"), said, sheet)?)
            .line(&request.say(&Text::new("comparison-sheet-next")));
    }
    Ok(reply)
}
