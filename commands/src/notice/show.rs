//! `/notice show` 詳細: what stands on a notice, what became of it, what it took the place of, and the
//! history of its topic.

use super::{find, topics, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Notice as Press},
    dispatch::{May, answer as respond},
    error::Error,
    option::issue_number,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::NoticeId,
    notice::{Change, Notice, State, Wording},
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of the wording that are shown.
const WORDING_UNITS_SHOWN: usize = 1_500;
/// Most notices of a topic's history that are shown: the latest.
const HISTORY_MAX: usize = 25;
/// UTF-16 units of that history.
const HISTORY_UNITS_MAX: usize = 2_500;

/// `/notice show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(ctx: Context<'_>, number: String) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        answer(&request, NoticeId(issue_number(&number)?.0)).await
    })
    .await
}

/// A notice as it is now, to whoever may know of it.
pub(crate) async fn answer(request: &Request, id: NoticeId) -> Result<Answer, Error> {
    let notice = find(request, id).await?;
    let topics = topics(request).await?;
    let (office, topic) = (request.office_id(), notice.topic);
    let (wording, took, of_topic) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let wording = storage::notice::wording(connection, office, id, None).await?;
                let took = storage::notice::replaced_by(connection, office, id).await?;
                let of_topic = match topic {
                    Some(topic) => storage::notice::of_topic(connection, office, topic).await?,
                    None => Vec::new(),
                };
                Ok((wording, took, of_topic))
            })
        })
        .await?;
    let mut frame = word::frame(request, &notice, &topics);
    if let Some(wording) = &wording {
        frame = frame.words(told(request, wording));
    }
    frame = frame.field(
        request.say(&Text::new("field-notice-took")),
        took_place_of(request, &took),
        false,
    );
    let mut reply = Reply::default().embed(frame.draw());
    if of_topic.len() > 1 {
        reply = reply.embed(history(request, &of_topic, id).draw());
    }
    let next = notice.ending().and_then(|ending| ending.by);
    Ok(Answer::Say(match next {
        Some(next) => reply.row(to_successor(request, next)),
        None => reply,
    }))
}

fn told(request: &Request, wording: &Wording) -> String {
    let shown = cut(&escape_markdown(&wording.text), WORDING_UNITS_SHOWN);
    if wording.version == 1 {
        return shown;
    }
    let at = card::moment(wording.added_at, &request.office, request.language);
    let version = text!(
        "notice-wording-version",
        version = wording.version,
        moment = at
    );
    format!("{shown}\n{}", request.say(&version))
}

fn took_place_of(request: &Request, took: &[(NoticeId, Change)]) -> String {
    let line = |(id, change): &(NoticeId, Change)| {
        let what = word::state(change.what.state());
        request.say(&text!("notice-took", number = id.0, what = what))
    };
    took.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The notices of the topic by their days, those that are over struck through.
fn history(request: &Request, notices: &[Notice], here: NoticeId) -> Frame {
    let line = |notice: &Notice| {
        let state = notice.state_on(request.today());
        let line = word::line(request, notice);
        let line = if state.is_over() {
            format!("~~{line}~~")
        } else {
            line
        };
        if notice.id == here {
            format!("**{line}**")
        } else {
            line
        }
    };
    let shown = notices
        .iter()
        .skip(notices.len().saturating_sub(HISTORY_MAX));
    let lines: Vec<String> = shown.map(line).collect();
    let standing = notices
        .iter()
        .filter(|it| it.state_on(request.today()) == State::Standing);
    let title = text!(
        "notice-history-title",
        total = notices.len(),
        standing = standing.count()
    );
    Frame::titled(request.say(&title)).words(card::fitting(&lines, HISTORY_UNITS_MAX))
}

fn to_successor(request: &Request, next: NoticeId) -> CreateActionRow {
    let button = CreateButton::new(Action::Notice(Press::Show(next)).custom_id())
        .label(request.say(&text!("button-notice-successor", number = next.0)))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}
