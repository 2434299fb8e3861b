//! What becomes of a draft that a feed brought: taken in as a notice, or dismissed; and back again.

use crate::{
    answer::{Answer, Reply},
    custom_id::{self, Action},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::NoticeId,
    notice::{Notice, Origin},
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::Subject;

/// The button *take in*.
pub(super) async fn take(request: &Request, id: NoticeId) -> Result<Answer, Error> {
    let notice = waiting(request, id).await?;
    let taken = Notice {
        draft: false,
        ..notice
    };
    let stored = record(request, taken, "feed.take").await?;
    Ok(Answer::Say(said(request, &stored, "feed-taken")))
}

/// The button *dismiss*.
pub(super) async fn dismiss(request: &Request, id: NoticeId) -> Result<Answer, Error> {
    let notice = waiting(request, id).await?;
    let dismissed = Notice {
        retracted: true,
        ..notice
    };
    let stored = record(request, dismissed, "feed.dismiss").await?;
    Ok(Answer::Say(said(request, &stored, "feed-dismissed")))
}

/// It waits for the desk again, if nothing else happened to it since.
pub(super) async fn back(request: &Request, id: NoticeId, revision: i64) -> Result<Answer, Error> {
    let notice = find(request, id).await?;
    if notice.revision != revision {
        return Err(Error::refuse(text!("refused-feed-back", number = id.0)));
    }
    let again = Notice {
        draft: true,
        retracted: false,
        ..notice
    };
    let stored = record(request, again, "feed.back").await?;
    let words = text!("feed-back", title = escape_markdown(&stored.title));
    Ok(Answer::Replace(Reply::of(&words, request.language)))
}

/// The notice that a feed brought.
async fn find(request: &Request, id: NoticeId) -> Result<Notice, Error> {
    permission::coordinate(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::find(connection, office, id)))
        .await?;
    found
        .filter(|notice| notice.origin == Origin::Feed)
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-draft")))
}

/// One that nobody has decided about yet.
async fn waiting(request: &Request, id: NoticeId) -> Result<Notice, Error> {
    let notice = find(request, id).await?;
    if notice.draft && !notice.retracted {
        return Ok(notice);
    }
    let key = if notice.retracted {
        "refused-feed-dismissed"
    } else {
        "refused-feed-taken"
    };
    Err(Error::refuse(text!(key, number = id.0)))
}

async fn record(request: &Request, notice: Notice, act: &'static str) -> Result<Notice, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let notice = Notice {
        changed_at: now,
        ..notice
    };
    let stored = request
        .record(move |tx| {
            let notice = notice.clone();
            Box::pin(async move {
                let stored = storage::notice::update(tx, office, &notice).await?;
                let about = Subject::from(stored.id);
                crate::audit::note(tx, office, Some(about), act, who, now, &[]).await?;
                let revision = stored.revision;
                storage::outbox::want(tx, office, about, Destination::Desk, revision, now).await?;
                Ok(stored)
            })
        })
        .await?;
    Ok(stored)
}

fn said(request: &Request, notice: &Notice, key: &str) -> Reply {
    let words = text!(
        key,
        number = notice.id.0,
        title = escape_markdown(&notice.title)
    );
    let back = custom_id::Feed::Back(notice.id, notice.revision);
    let back = CreateButton::new(Action::Feed(back).custom_id())
        .label(request.say(&Text::new("button-feed-back")))
        .style(ButtonStyle::Secondary);
    Reply::of(&words, request.language).row(CreateActionRow::Buttons(vec![back]))
}
