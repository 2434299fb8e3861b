//! `/issue status` 状況: how far an issue has come.

use super::{change, original, privacy};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    dispatch::{May, answer},
    error::Error,
    issue::change::Change,
    option::{StatusChoice, clean_optional, issue_number},
    permission,
    request::Request,
    review::propose,
    text,
    text::Text,
};
use domain::{
    era::{FiscalYear, parse_fiscal_year},
    issue::{MoveContext, MoveFault, REASON_UNITS_MAX, Status},
    review::Of,
    setting::Language,
};

/// `/issue status` 状況
#[poise::command(slash_command)]
pub(crate) async fn status(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    status: StatusChoice,
    year: Option<String>,
    note: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let (before, _) = original(&request, issue_number(&number)?).await?;
        permission::coordinate(&request)?;
        if let Some(into) = before.merged_into {
            let (number, into) = (before.id.0, into.0);
            return Err(Error::refuse(text!(
                "refused-merged-status",
                number = number,
                into = into
            )));
        }
        let reason = clean_optional(note.as_deref(), REASON_UNITS_MAX, "what-reason")?;
        if let Some(reason) = &reason {
            privacy::refuse_personal_data(reason)?;
        }
        let year = match year.as_deref() {
            None => None,
            Some(written) => Some(
                parse_fiscal_year(written)
                    .map_err(|_| Error::refuse(Text::new("refused-not-a-year")))?
                    .western(),
            ),
        };
        let start = request.office.settings.fiscal_year_start;
        let this_year = FiscalYear::of(request.today(), start).western();
        let context = MoveContext {
            has_reason: reason.is_some(),
            by_review: false,
            measure_open: before.measure_open,
            year,
            this_year,
        };
        if status.0 == Status::Later && before.status == Status::Later && before.later_year == year
        {
            return Err(refusal(MoveFault::Same, &request));
        }
        before
            .status
            .check_move(status.0, context)
            .map_err(|fault| refusal(fault, &request))?;
        let mut after = before.clone();
        after.status = status.0;
        after.measure_open = after.status.measure_open(before.measure_open);
        after.later_year = year.filter(|_| status.0 == Status::Later);
        let details = vec![
            ("from", before.status.code().to_owned()),
            ("to", after.status.code().to_owned()),
        ];
        let was = card::issue::status(&before, &request.office);
        let change = Change {
            act: "issue.status",
            details,
            reason,
            ..Change::default()
        };
        let changed = change::apply(&request, before, after, change).await?;
        let text = text!(
            "status-changed",
            number = changed.issue.id.0,
            from = was,
            to = card::issue::status(&changed.issue, &request.office),
        );
        let mut reply = Reply::of(&text, request.language);
        if let Some((line, row)) = propose::offered(&request, Of::Issue(changed.issue.id)).await? {
            reply = reply.line(&line).row(row);
        }
        Ok(Answer::Say(reply.row(changed.undo)))
    })
    .await
}

/// The refusal of a year that is not ahead, with one that is.
pub(crate) fn refuse_year_not_ahead(request: &Request) -> Error {
    refusal(MoveFault::YearNotAhead, request)
}

fn refusal(fault: MoveFault, request: &Request) -> Error {
    let start = request.office.settings.fiscal_year_start;
    let year = FiscalYear::of(request.today(), start).western() + 1;
    let first_day = FiscalYear::starting_in(year).first_day(start);
    let year = match request.language {
        Language::Ja => domain::era::fiscal_year(first_day, start),
        Language::En => year.to_string(),
    };
    Error::refuse(match fault {
        MoveFault::Same => Text::new("refused-same-status"),
        MoveFault::DoneNeedsReason => Text::new("refused-done-needs-reason"),
        MoveFault::DroppedNeedsReason => Text::new("refused-dropped-needs-reason"),
        MoveFault::LaterNeedsYear => text!("refused-later-needs-year", year = year),
        MoveFault::YearNotAhead => text!("refused-year-not-ahead", year = year),
        MoveFault::YearWithoutLater => Text::new("refused-year-without-later"),
    })
}
