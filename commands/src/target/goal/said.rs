//! A coordinator's own word on how a goal in words gets on (コーディネーターの判断).

use crate::{
    answer::{Answer, Reply},
    error::Error,
    permission,
    request::Request,
    target::{
        day_of, find, standings,
        undo::{self, Was},
        word, write,
    },
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::TargetId,
    target::{
        goal::Word,
        pace::{Aim, State},
    },
};

/// A coordinator says how a goal in words gets on.
pub(in crate::target) async fn say(
    request: &Request,
    id: TargetId,
    year: FiscalYear,
    state: Option<State>,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let target = find(request, id).await?;
    let in_words = standings(request, year).await?.into_iter().any(|standing| {
        let goal = standing.goal.as_ref();
        standing.target.id == id && goal.is_some_and(|goal| goal.content.aim() == Aim::Words)
    });
    if !in_words {
        return Err(Error::refuse(Text::new("refused-target-word")));
    }
    let office = request.office_id();
    let said = request
        .app
        .store
        .read(move |connection| {
            Box::pin(storage::target::goal::words(connection, office, id, year))
        })
        .await?;
    let before = said.last().and_then(|word| word.state);
    let next = Word {
        target: id,
        year,
        turn: said.last().map_or(0, |word| word.turn) + 1,
        day: day_of(request, year),
        state,
        said_by: request.person.user,
        said_at: request.now,
    };
    let ((), undo) = write::record(request, None, move |tx, by| {
        let next = next.clone();
        Box::pin(async move {
            write::word(tx, by, &next, "target.word").await?;
            let was = Was::Word {
                target: next.target,
                year: next.year,
                turn: next.turn,
                before: before.map(|before| before.code().to_owned()),
            };
            Ok(((), was))
        })
    })
    .await?;
    let name = word::name(&target, request.language);
    let text = match state {
        Some(state) => text!("target-word-said", name = name, state = word::state(state)),
        None => text!("target-word-left", name = name),
    };
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}
