//! `/issue tier` 階層: another tier than the rules chose, with a reason.

use super::{change, original, privacy, share};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    issue::change::Change,
    option::{TierChoice, clean, issue_number},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::issue::{REASON_UNITS_MAX, TierBy};

/// `/issue tier` 階層
#[poise::command(slash_command)]
pub(crate) async fn tier(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    tier: TierChoice,
    reason: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let (before, _) = original(&request, issue_number(&number)?).await?;
        permission::change_issue(&request, &before)?;
        let reason = clean(&reason, REASON_UNITS_MAX, "what-reason")?;
        privacy::refuse_personal_data(&reason)?;
        let name = Text::new(format!("word-tier-{}", tier.0.number()));
        if before.tier == tier.0 {
            return Err(Error::refuse(text!("refused-same-tier", tier = name)));
        }
        let mut after = before.clone();
        after.tier = tier.0;
        after.tier_by = TierBy::Person;
        let details = vec![
            ("from", before.tier.number().to_string()),
            ("to", after.tier.number().to_string()),
        ];
        let change = Change {
            act: "issue.tier",
            details,
            reason: Some(reason),
            ..Change::default()
        };
        let changed = change::apply(&request, before, after, change).await?;
        let mut lines = vec![
            text!("tier-changed", number = changed.issue.id.0, tier = name).say(request.language),
            change::arrival(&request, &changed.route),
        ];
        lines.extend(share::told::standing(&request, changed.issue.id).await?);
        let reply = Reply {
            content: lines.join("\n"),
            ..Reply::default()
        };
        Ok(Answer::Say(reply.row(changed.undo)))
    })
    .await
}
