//! The yearly round (年間の流れ) at the desk: what should be planned, and the form that plans it.
//!
//! The forms ask for what differs each time (day, time, place); what the manual says of the gathering
//! (tier, kind, purpose) is filled in. They lead to the same planning as `/session plan`.

use crate::{
    answer::{Answer, Field, Form},
    card,
    custom_id::{Action, Gathering, Round},
    dispatch::Fields,
    error::Error,
    permission,
    request::Request,
    session::plan,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::AssociationId,
    office::Office,
    round::Unmet,
    session::{Kind, PLACE_UNITS_MAX, Purpose, Role, Session, TITLE_UNITS_MAX},
    setting::Language,
    text::escape_markdown,
    tier::Tier,
};

/// Longest day or time in a form, in characters.
const TIME_CHARACTERS_MAX: u16 = 40;

/// An association that has not been met for long, in words; nothing when it is no more.
pub(crate) fn talk_line(office: &Office, unmet: Unmet, language: Language) -> Option<String> {
    let name = escape_markdown(&office.association(unmet.association)?.name);
    let line = match unmet.last {
        Some(last) => text!(
            "round-unmet",
            name = name,
            date = card::date(last, language)
        ),
        None => text!("round-unmet-never", name = name),
    };
    Some(line.say(language))
}

/// The form of a gathering, for whoever plans.
pub(crate) fn ask(request: &Request, gathering: Gathering) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (title, name) = match gathering {
        Gathering::Council(_) => ("round-form-council", Text::new("round-council-name")),
        Gathering::Adviser => ("round-form-adviser", Text::new("round-adviser-name")),
        Gathering::Talk(association) => {
            let name = name_of(request, association)?;
            ("round-form-talk", text!("round-talk-name", name = name))
        }
    };
    let field =
        |id, (label, hint): (&str, &str), value: Option<String>, required, characters_max| Field {
            id,
            label: request.say(&Text::new(label)),
            placeholder: request.say(&Text::new(hint)),
            value,
            required,
            long: false,
            characters_max,
        };
    let units = |units: usize| u16::try_from(units).unwrap_or(TIME_CHARACTERS_MAX);
    let name = domain::text::one_line(&request.say(&name), TITLE_UNITS_MAX);
    Ok(Answer::Ask(Form {
        custom_id: Action::Round(Round::Plan(gathering)).custom_id(),
        title: request.say(&Text::new(title)),
        fields: vec![
            field(
                "title",
                ("form-round-title", "form-round-title-hint"),
                Some(name),
                true,
                units(TITLE_UNITS_MAX),
            ),
            field(
                "date",
                ("form-round-date", "form-round-date-hint"),
                None,
                true,
                TIME_CHARACTERS_MAX,
            ),
            field(
                "start",
                ("form-round-start", "form-round-start-hint"),
                None,
                false,
                TIME_CHARACTERS_MAX,
            ),
            field(
                "end",
                ("form-round-end", "form-round-end-hint"),
                None,
                false,
                TIME_CHARACTERS_MAX,
            ),
            field(
                "place",
                ("form-round-place", "form-round-place-hint"),
                None,
                false,
                units(PLACE_UNITS_MAX),
            ),
        ],
    }))
}

fn name_of(request: &Request, association: AssociationId) -> Result<String, Error> {
    let found = request.office.association(association);
    found
        .map(|association| association.name.clone())
        .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    gathering: Gathering,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let field = |id: &str| {
        fields
            .get(id)
            .cloned()
            .filter(|value| !value.trim().is_empty())
    };
    let written = plan::Written {
        title: field("title").unwrap_or_default(),
        date: field("date").unwrap_or_default(),
        start: field("start"),
        end: field("end"),
        place: field("place"),
        associations: None,
        method: None,
        issues: None,
    };
    let planned = plan::read(request, &written).await?;
    let planned = match gathering {
        Gathering::Council(year) => {
            refuse_second_council(request, year).await?;
            Session {
                tier: Tier::Three,
                kind: Kind::Council,
                ..planned
            }
        }
        Gathering::Adviser => Session {
            tier: Tier::One,
            kind: Kind::Adviser,
            purpose: Some(Purpose::Consultation),
            ..planned
        },
        Gathering::Talk(association) => {
            name_of(request, association)?;
            Session {
                tier: Tier::One,
                kind: Kind::Meeting,
                associations: vec![association],
                ..planned
            }
        }
    };
    let planned = Session {
        role: Role::Host,
        ..planned
    };
    plan::record(request, planned, None).await.map(Answer::Say)
}

/// A council is planned once a year; whoever wants another uses the command.
async fn refuse_second_council(request: &Request, year: i32) -> Result<(), Error> {
    let start = request.office.settings.fiscal_year_start;
    let year = FiscalYear::starting_in(year);
    let (office, first, last) = (
        request.office_id(),
        year.first_day(start),
        year.last_day(start),
    );
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::round::council(connection, office, first, last)))
        .await?;
    match found {
        None => Ok(()),
        Some(session) => Err(Error::refuse(text!(
            "refused-council-planned",
            year = year.to_string(),
            number = session.0
        ))),
    }
}
