//! The issues that have come back by a reminder, page by page: the button below it, and its pages.

use super::list;
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Course},
    error::Error,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{IssueId, ReminderId},
    occurrence::Matter,
    visibility::{self, Seen},
};
use serenity::all::{CreateEmbed, CreateEmbedFooter};
use storage::issue::Listed;

/// The button was pressed: a message of its own.
pub(crate) async fn open(request: &Request, reminder: ReminderId) -> Result<Answer, Error> {
    Ok(Answer::Say(drawn(request, reminder, 0).await?))
}

/// A page button was pressed.
pub(crate) async fn turn(
    request: &Request,
    reminder: ReminderId,
    number: i64,
) -> Result<Answer, Error> {
    Ok(Answer::Replace(drawn(request, reminder, number).await?))
}

/// One page, as the issues are now. Rights are asked anew for each, because roles may have changed.
async fn drawn(request: &Request, reminder: ReminderId, number: i64) -> Result<Reply, Error> {
    permission::read_stoppage(request)?;
    let numbers = numbers(request, reminder).await?;
    let total = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    if total == 0 {
        return Err(Error::refuse(Text::new("refused-unknown-button")));
    }
    let last = page::last(total, list::PAGE);
    let number = number.min(last);
    let shown: Vec<IssueId> = numbers
        .into_iter()
        .skip(usize::try_from(number * list::PAGE).unwrap_or(usize::MAX))
        .take(usize::try_from(list::PAGE).unwrap_or(usize::MAX))
        .collect();
    let lines = lines(request, shown).await?;
    let embed = CreateEmbed::new()
        .title(text!("returned-title", total = total).say(request.language))
        .description(lines.join("\n"))
        .footer(CreateEmbedFooter::new(page::place(request, number, last)));
    let reply = Reply::default().embed(embed);
    if last == 0 {
        return Ok(reply);
    }
    Ok(reply.row(page::turning(request, number, last, |page| {
        Action::Course(Course::ReturnedPage(reminder, page))
    })))
}

/// The issues of the reminder that came back, by number.
async fn numbers(request: &Request, reminder: ReminderId) -> Result<Vec<IssueId>, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::reminder::find(connection, office, reminder)))
        .await?;
    let items = found.map(|reminder| reminder.items).unwrap_or_default();
    let mut numbers: Vec<IssueId> = items
        .iter()
        .filter(|item| item.key.series.matter == Matter::Return)
        .map(|item| IssueId(item.key.series.id))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Their lines, of those the person may read.
async fn lines(request: &Request, numbers: Vec<IssueId>) -> Result<Vec<String>, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            let numbers = numbers.clone();
            Box::pin(async move {
                let mut found = Vec::with_capacity(numbers.len());
                for id in numbers {
                    let issue = storage::issue::find(connection, office, id).await?;
                    let disclosures = storage::disclosure::of(connection, office, id).await?;
                    found.extend(issue.map(|issue| (issue, disclosures)));
                }
                Ok(found)
            })
        })
        .await?;
    let lines = found.into_iter().filter_map(|(issue, disclosures)| {
        let seen = visibility::view(issue, &disclosures, &request.person, &request.office)?;
        let listed = match seen {
            Seen::Whole(issue, _) => Listed::Whole(issue),
            Seen::Shared(shared) => Listed::Shared(shared),
        };
        Some(list::line(request, &listed))
    });
    Ok(lines.collect())
}
