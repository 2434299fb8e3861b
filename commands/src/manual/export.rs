//! `/issue export` 書出: the manual's forms as a sheet, for the person who asks only.
//!
//! Everybody gets what they may read and nothing else: coordinators everything, with the speakers'
//! column unless they leave it out; officers and contacts what their own association raised; others what
//! they were told. That a form was taken out is audited, never what stood in it.

use super::{Paper, choice::FormChoice};
use crate::{
    Context,
    answer::{Answer, File, Reply},
    audit,
    dispatch::{May, answer},
    error::Error,
    issue::list::readable,
    option::TierChoice,
    request::Request,
    session as sessions, text,
    text::Text,
};
use domain::{
    form::Which,
    id::{AssociationId, SessionId},
    person::Rank,
    speaker::Desk,
    tier::Tier,
};
use storage::issue::Filter;

/// `/issue export` 書出
#[poise::command(slash_command)]
pub(crate) async fn export(
    ctx: Context<'_>,
    form: FormChoice,
    tier: Option<TierChoice>,
    #[autocomplete = "crate::issue::suggest::associations"] association: Option<String>,
    #[autocomplete = "sessions::suggest::sessions"] session: Option<String>,
    speakers: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let session = sessions::option::chosen(&request, session.as_deref())
            .await?
            .map(|session| session.id);
        let association = match association.as_deref() {
            // Of a gathering everybody means all they may read.
            None if session.is_some() => None,
            None => own_association(&request),
            Some(name) => Some(
                request
                    .office
                    .association_named(name)
                    .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?
                    .id,
            ),
        };
        let filter = filter(&request, tier.map(|tier| tier.0), association, session)?;
        let desk = request.person.desk().filter(|_| speakers != Some(false));
        Ok(Answer::Say(exported(&request, form.0, filter, desk).await?))
    })
    .await
}

/// What officers and contacts mean when they name nothing: their own association.
fn own_association(request: &Request) -> Option<AssociationId> {
    let person = &request.person;
    if person.coordinator {
        return None;
    }
    person
        .association()
        .filter(|id| person.rank_in(*id).is_some_and(|rank| rank != Rank::Member))
}

fn filter(
    request: &Request,
    tier: Option<Tier>,
    association: Option<AssociationId>,
    session: Option<SessionId>,
) -> Result<Filter, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    Ok(Filter {
        tier,
        status: None,
        open_only: false,
        association,
        reporter: None,
        category: None,
        session,
        readable: readable(request),
    })
}

async fn exported(
    request: &Request,
    which: Which,
    filter: Filter,
    desk: Option<Desk>,
) -> Result<Reply, Error> {
    let chosen = Chosen::of(which, &filter);
    let paper = Paper::read(request, which, filter, desk).await?;
    if paper.is_empty() {
        return Ok(Reply::of(&Text::new("export-empty"), request.language));
    }
    // Form 2 has no such column.
    let speakers = which == Which::First && paper.said.has_speakers();
    let count = paper.count();
    let cut = paper.cut(request.language);
    let of_whom = paper.heading.of_whom_shortly(request.language);
    let (at, language) = (request.now, request.office.settings.locale);
    // A large form keeps a core busy for a while.
    let bytes = tokio::task::spawn_blocking(move || super::sheet::written(&paper, language, at))
        .await
        .map_err(|_| Error::Fault("a sheet could not be written"))?
        .map_err(|_| Error::Fault("a sheet could not be written"))?;
    let description = text!(
        "export-description",
        form = Text::new(format!("word-form-{}", which.number())),
        date = crate::card::date(request.today(), request.language),
    );
    let file = File::new(chosen.file_name(request), request.say(&description), bytes)?;
    chosen.note(request, count, speakers).await?;
    let of = if of_whom.is_empty() {
        request.say(&Text::new("export-of-all"))
    } else {
        of_whom
    };
    let mut reply = Reply::default().line(&request.say(&text!(
        "exported",
        form = Text::new(format!("word-form-{}", which.number())),
        of = of,
        count = count,
    )));
    if let Some(cut) = cut {
        reply = reply.line(&cut);
    }
    let care = if speakers {
        "export-with-speakers"
    } else {
        "export-care"
    };
    Ok(reply.line(&request.say(&Text::new(care))).file(file))
}

/// What was chosen, as numbers: for the file's name and for the audit.
struct Chosen {
    which: Which,
    tier: Option<Tier>,
    association: Option<AssociationId>,
    session: Option<SessionId>,
}

impl Chosen {
    fn of(which: Which, filter: &Filter) -> Self {
        Self {
            which,
            tier: filter.tier,
            association: filter.association,
            session: filter.session,
        }
    }

    fn numbers(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let tier = self.tier.map(|tier| ("tier", tier.number()));
        let association = self.association.map(|id| ("association", id.0));
        let session = self.session.map(|id| ("session", id.0));
        [tier, association, session].into_iter().flatten()
    }

    /// Kind, day and numbers: `form1-2026-11-20-association3.xlsx`.
    fn file_name(&self, request: &Request) -> String {
        let chosen: String = self
            .numbers()
            .map(|(name, number)| format!("-{name}{number}"))
            .collect();
        let (form, today) = (self.which.number(), request.today());
        format!("form{form}-{today}{chosen}.xlsx")
    }

    /// Writes down that a form was taken out, by whom, and how much of it; never what.
    async fn note(&self, request: &Request, count: usize, speakers: bool) -> Result<(), Error> {
        let mut details = vec![
            ("form", self.which.number().to_string()),
            ("count", count.to_string()),
        ];
        details.extend(
            self.numbers()
                .map(|(name, number)| (name, number.to_string())),
        );
        if speakers {
            details.push(("speakers", "included".to_owned()));
        }
        let (office, who, now) = (request.office_id(), request.person.user, request.now);
        request
            .record(move |tx| {
                let details = details.clone();
                Box::pin(async move {
                    audit::note(tx, office, None, "issue.export", who, now, &details).await
                })
            })
            .await
    }
}
