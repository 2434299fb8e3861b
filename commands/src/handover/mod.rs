//! `/office handover` 引継ぎ: one document (.xlsx) for whoever takes the office over, for coordinators
//! only: open issues and why they wait, what was promised, what is ahead, targets at risk, key persons,
//! what has not gone out, the set-up, and who holds which role (DESIGN section 6).
//!
//! It is an answer to the person who asks and stands nowhere else. That it was made is audited, never
//! what stands in it. Speakers are not in it: the issue itself shows them to the desk.

mod reading;
mod sheet;
mod staff;
mod urgent;

use crate::{
    Context,
    answer::{Answer, File, Reply},
    audit,
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{setting::Language, text::utf16_len};
use staff::Staff;
use std::sync::Arc;

/// UTF-16 units of the line that says who is who; who finds no room is counted.
const WHO_UNITS_MAX: usize = 3_500;

/// What the file is called, before its day.
const STEM: &str = "handover";

const FAULT: Error = Error::Fault("a handover could not be written");

/// `/office handover` 引継ぎ
#[poise::command(slash_command)]
pub(crate) async fn handover(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        made(&request).await
    })
    .await
}

/// The handover as of now, with its file, for coordinators.
///
/// # Errors
/// Refused for everybody else; storage failed, or the file could not be written.
pub async fn made(request: &Request) -> Result<Answer, Error> {
    let desk = permission::coordinate(request).map_err(|refusal| {
        if request.person.is_known() {
            Error::refuse(Text::new("refused-handover"))
        } else {
            refusal
        }
    })?;
    let (app, office) = (&request.app, Arc::clone(&request.office));
    let handover = reading::read(app, office, request.today(), request.now).await?;
    let staff = staff::ask(request, &handover.people.items).await;
    // The paper goes round in the office, in its language.
    let language = request.office.settings.locale;
    let who = who(&staff, request.language);
    let urgent = urgent::of(&handover);
    let counted: i64 = urgent.iter().map(|one| one.count).sum();
    let issues = handover.issues.total;
    let (people, rest) = (staff.len(), handover.people.more());
    let bytes =
        tokio::task::spawn_blocking(move || sheet::written(&handover, &staff, desk, language))
            .await
            .map_err(|_| FAULT)?
            .map_err(|_| FAULT)?;
    let today = request.today();
    let description = text!(
        "handover-file-description",
        day = crate::card::date(today, request.language)
    );
    let name = format!("{STEM}-{today}.xlsx");
    let file = File::new(name, request.say(&description), bytes)?;
    note(request, issues).await?;
    let mut reply = Reply::default()
        .line(&request.say(&text!(
            "handover-made",
            day = crate::card::date(today, request.language),
            issues = issues,
            urgent = counted,
        )))
        .line(&request.say(&Text::new("handover-care")));
    if people > 0 {
        reply = reply.line(&request.say(&text!("handover-who", count = people, rest = rest)));
        reply = reply.line(&who);
    }
    Ok(Answer::Say(reply.file(file)))
}

/// The people of the last sheet as Discord shows them to the reader: a sheet can only hold their ids.
fn who(staff: &[Staff], language: Language) -> String {
    let mut line = String::new();
    for (place, one) in staff.iter().enumerate() {
        let named = text!(
            "handover-who-one",
            place = place + 1,
            who = format!("<@{}>", one.who)
        )
        .say(language);
        if utf16_len(&line) + utf16_len(&named) > WHO_UNITS_MAX {
            line.push_str(&text!("list-more-of", count = staff.len() - place).say(language));
            break;
        }
        if place > 0 {
            line.push_str(&Text::new("list-separator").say(language));
        }
        line.push_str(&named);
    }
    line
}

/// Writes down that a handover was made, by whom, and of how many open issues.
async fn note(request: &Request, issues: i64) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let details = [("count", issues.to_string())];
    request
        .record(move |tx| {
            let details = details.clone();
            Box::pin(async move {
                audit::note(tx, office, None, "office.handover", who, now, &details).await
            })
        })
        .await
}
