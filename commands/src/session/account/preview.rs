//! What was understood of an account, shown before it is kept.

use super::{
    STEP,
    written::{Trouble, Understood, Written},
};
use crate::{
    answer::{Answer, Reply},
    card::frame::Frame,
    custom_id::{self, Action},
    error::Error,
    issue::draft as drafts,
    option::joined,
    request::Request,
    session::word,
    text,
    text::Text,
};
use domain::{
    account::total,
    session::Session,
    text::{escape_markdown, one_line, utf16_len},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of the beginning of the minutes that is shown.
const MINUTES_UNITS_MAX: usize = 300;
/// UTF-16 units of who came.
const ATTENDANCE_UNITS_MAX: usize = 900;
/// UTF-16 units of a question in its line, and of an answer.
const LINE_UNITS_MAX: usize = 60;

/// What comes of what was written: what is not well, or what would be kept.
pub(super) async fn considered(
    request: &Request,
    session: &Session,
    mut written: Written,
    why: Option<&str>,
) -> Result<Answer, Error> {
    let understood = written.understood(&request.office, why.is_some());
    let draft = drafts::put(request, STEP, &written).await?;
    let edit =
        CreateButton::new(Action::Session(custom_id::Session::AccountEdit(draft)).custom_id())
            .label(request.say(&Text::new("button-account-edit")));
    let reply = match understood {
        Err(trouble) => unwell(request, &trouble).row(CreateActionRow::Buttons(vec![
            edit.style(ButtonStyle::Primary),
        ])),
        Ok(understood) => {
            let keep = CreateButton::new(
                Action::Session(custom_id::Session::AccountKeep(draft)).custom_id(),
            )
            .label(request.say(&Text::new("button-account-keep")))
            .style(ButtonStyle::Primary);
            let row = vec![keep, edit.style(ButtonStyle::Secondary)];
            shown(request, session, &written, &understood).row(CreateActionRow::Buttons(row))
        }
    };
    Ok(Answer::Say(reply))
}

fn unwell(request: &Request, trouble: &Trouble) -> Reply {
    let mut lines = vec![request.say(&Text::new("account-not-yet"))];
    lines.extend(trouble.said.iter().map(|text| request.say(text)));
    if trouble.doubtful {
        lines.push(request.say(&Text::new("account-doubtful")));
    }
    Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
}

fn shown(
    request: &Request,
    session: &Session,
    written: &Written,
    understood: &Understood,
) -> Reply {
    let language = request.language;
    let say = |key: &str| request.say(&Text::new(key));
    let key = if written.corrects > 0 {
        "account-asked-correction"
    } else {
        "account-asked"
    };
    let minutes = understood.minutes.as_deref().map(|minutes| {
        text!(
            "account-minutes-shown",
            units = utf16_len(minutes),
            beginning = escape_markdown(&one_line(minutes, MINUTES_UNITS_MAX)),
        )
        .say(language)
    });
    let came = understood.attendance.iter().map(|came| {
        let key = match came.profession {
            Some(_) => "account-came",
            None => "account-came-other",
        };
        text!(key, word = escape_markdown(&came.word), count = came.count).say(language)
    });
    let survey: Vec<String> = understood
        .survey
        .questions
        .iter()
        .map(|asked| {
            let free = asked.opinions.len();
            let answers: Vec<String> = asked
                .answers
                .iter()
                .map(|answer| {
                    let words = escape_markdown(&one_line(&answer.wording, LINE_UNITS_MAX));
                    let times = i64::from(answer.count);
                    text!("account-answer", words = words, times = times).say(language)
                })
                .chain((free > 0).then(|| text!("account-free", count = free).say(language)))
                .collect();
            text!(
                "account-question",
                question = escape_markdown(&one_line(&asked.wording, LINE_UNITS_MAX)),
                answers = answers.join(&say("list-separator")),
            )
            .say(language)
        })
        .collect();
    let frame = Frame::titled(word::heading(session, language))
        .words(word::when(session, language))
        .field(
            request.say(&text!(
                "field-account-attendance",
                total = total(&understood.attendance)
            )),
            joined(came, language, ATTENDANCE_UNITS_MAX),
            false,
        )
        .field(
            say("field-account-minutes"),
            minutes.unwrap_or_default(),
            false,
        )
        .field(say("field-account-survey"), survey.join("\n"), false)
        .footer(say("account-readers"));
    Reply {
        content: say(key),
        ..Reply::default()
    }
    .embed(frame.draw())
}
