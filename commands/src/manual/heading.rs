//! What stands above a form: the title line, whose opinions they are, and the day (seed 000, chapter 2
//! (1): 職種名、【一次連携】 第1回〇〇連携に関する打合せ会、令和〇年〇月〇日(〇)).

use crate::{card, error::Error, request::Request, text, text::Text};
use chrono::NaiveDate;
use domain::{setting::Language, tier::Tier};
use storage::issue::{Categorised, Filter};

/// The lines above a form, not yet in a language.
pub(super) struct Heading {
    title: Text,
    of: Vec<Text>,
    date: NaiveDate,
    /// The day the list was made, not the day of a gathering.
    is_today: bool,
}

impl Heading {
    /// The heading of what a filter lets through.
    pub(super) async fn of(request: &Request, filter: &Filter) -> Result<Self, Error> {
        let office = &request.office;
        let mut of: Vec<Text> = Vec::new();
        let association = filter.association.and_then(|id| office.association(id));
        of.extend(association.map(|association| text!("form-of", name = association.name.clone())));
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
        let title = text!("form-title", tier = tier(filter.tier));
        Ok(Self {
            title,
            of,
            date: request.today(),
            is_today: true,
        })
    }

    /// The title line.
    pub(super) fn title(&self, language: Language) -> String {
        self.title.say(language)
    }

    /// Whose opinions they are, and by what they were chosen; may be empty.
    pub(super) fn of_whom(&self, language: Language) -> String {
        let words: Vec<String> = self.of.iter().map(|text| text.say(language)).collect();
        words.join("　")
    }

    /// The day.
    pub(super) fn day(&self, language: Language) -> String {
        let date = card::date(self.date, language);
        if self.is_today {
            text!("form-day-made", date = date).say(language)
        } else {
            date
        }
    }
}

/// 【一次連携】; nothing where all tiers are listed.
fn tier(tier: Option<Tier>) -> Text {
    let number = tier.map_or(0, Tier::number);
    Text::new(format!("form-tier-{number}"))
}
