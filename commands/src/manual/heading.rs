//! What stands above a form: the title line, whose opinions they are, and the day (seed 000, chapter 2
//! (1): 職種名、【一次連携】 第1回〇〇連携に関する打合せ会、令和〇年〇月〇日(〇)).

use crate::{card, error::Error, request::Request, session as sessions, text, text::Text};
use chrono::NaiveDate;
use domain::{
    session::Session,
    setting::Language,
    text::{escape_markdown, one_line},
    tier::Tier,
};
use storage::issue::{Categorised, Filter};

/// UTF-16 units of whose opinions they are, in a message; escaping may double them.
const OF_WHOM_UNITS_MAX: usize = 200;

/// The lines above a form, not yet in a language.
pub(super) struct Heading {
    title: Title,
    of: Vec<Text>,
    /// The day the list was made.
    made: NaiveDate,
}

/// What a form is of.
enum Title {
    /// One gathering.
    Of(Box<Session>),
    /// All there is, of one tier or of all.
    List(Option<Tier>),
}

impl Heading {
    /// The heading of what a filter lets through.
    ///
    /// # Errors
    /// Refused when it is of a gathering the person may not know of.
    pub(super) async fn of(request: &Request, filter: &Filter) -> Result<Self, Error> {
        let office = &request.office;
        let mut of: Vec<Text> = Vec::new();
        let session = match filter.session {
            Some(id) => Some(sessions::find(request, id).await?),
            None => None,
        };
        // Whose gathering it was, where the list is not narrowed to one association anyway.
        let taking_part = session.iter().flat_map(|session| &session.associations);
        let associations: Vec<_> = match filter.association {
            Some(id) => vec![id],
            None => taking_part.copied().collect(),
        };
        let associations = associations
            .into_iter()
            .filter_map(|id| office.association(id));
        of.extend(
            associations.map(|association| text!("form-of", name = association.name.clone())),
        );
        of.extend(
            filter
                .status
                .map(|status| Text::new(format!("word-status-{}", status.code()))),
        );
        of.extend(filter.category.map(|category| match category {
            Categorised::Not => Text::new("form-uncategorised"),
            Categorised::Somehow => Text::new("form-categorised"),
            Categorised::In(id) => {
                let found = office.categories.iter().find(|category| category.id == id);
                text!(
                    "form-of",
                    name = found.map_or(String::new(), |it| it.name.clone())
                )
            }
        }));
        of.extend(filter.reporter.map(|_| Text::new("form-of-mine")));
        Ok(Self {
            title: match session {
                Some(session) => Title::Of(Box::new(session)),
                None => Title::List(filter.tier),
            },
            of,
            made: request.today(),
        })
    }

    /// The title line.
    pub(super) fn title(&self, language: Language) -> String {
        match &self.title {
            Title::Of(found) => text!(
                "form-title-session",
                tier = tier(Some(found.tier)),
                name = sessions::word::plain_name(found, language),
            ),
            Title::List(of) => text!("form-title", tier = tier(*of)),
        }
        .say(language)
    }

    /// The same for a message, escaped: of a gathering of many associations only as many as find room.
    pub(super) fn of_whom_shortly(&self, language: Language) -> String {
        escape_markdown(&one_line(&self.of_whom(language), OF_WHOM_UNITS_MAX))
    }

    /// Whose opinions they are, and by what they were chosen; may be empty.
    pub(super) fn of_whom(&self, language: Language) -> String {
        let words: Vec<String> = self.of.iter().map(|text| text.say(language)).collect();
        words.join("　")
    }

    /// The day: of the gathering, else the day the list was made.
    pub(super) fn day(&self, language: Language) -> String {
        let held = match &self.title {
            Title::Of(session) => session.date,
            Title::List(_) => None,
        };
        match held {
            Some(day) => card::date(day, language),
            None => text!("form-day-made", date = card::date(self.made, language)).say(language),
        }
    }
}

/// 【一次連携】; nothing where all tiers are listed.
fn tier(tier: Option<Tier>) -> Text {
    let number = tier.map_or(0, Tier::number);
    Text::new(format!("form-tier-{number}"))
}
