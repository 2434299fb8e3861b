//! A row of a list of notices: its cells, with what stands for those left blank.

use super::{Guess, Part, Reason, Taken, heading::Columns};
use crate::{
    notice::{
        ISSUER_UNITS_MAX, NUMBER_UNITS_MAX, TITLE_UNITS_MAX, TOPIC_UNITS_MAX, WORDING_UNITS_MAX,
        personal, read_issued, read_link, scope,
    },
    sheet::Sheet,
    text::{clean, normalise, one_line, utf16_len},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What stands for the cell above.
const DITTOS: [&str; 5] = ["〃", "″", "\"", "同上", "同"];

/// The cells of a row, with what was guessed on the way.
pub(super) struct Cells {
    by_part: BTreeMap<Part, String>,
    guesses: Vec<Guess>,
    faulty: bool,
}

impl Cells {
    pub(super) fn get(&self, part: Part) -> &str {
        self.by_part.get(&part).map_or("", String::as_str)
    }
}

/// The cells of a row; topic and scopes of a row without them are those above.
pub(super) fn cells(
    sheet: &Sheet,
    at: usize,
    columns: &Columns,
    above: &mut BTreeMap<Part, String>,
) -> Cells {
    let mut cells = Cells {
        by_part: BTreeMap::new(),
        guesses: Vec::new(),
        faulty: false,
    };
    for (part, column) in columns {
        let (mut words, place) = (sheet.cell(at, *column).to_owned(), (at, *column));
        cells.faulty |= sheet.faulty.contains_key(&place);
        if sheet.formulas.contains(&place) {
            cells.guesses.push(Guess::Formula);
        }
        let ditto = DITTOS.contains(&normalise(&words).trim());
        let inherits = ditto || words.is_empty() && matches!(part, Part::Topic | Part::Scope);
        let block = sheet.begun_above(at, *column).is_some();
        // A blank scope below another topic's is none, unless the cells are one.
        let same_topic = columns.get(&Part::Topic).is_none_or(|topic| {
            sheet.cell(at, *topic).is_empty() || DITTOS.contains(&sheet.cell(at, *topic))
        });
        if inherits && (*part != Part::Scope || same_topic || block || ditto) {
            words = above.get(part).cloned().unwrap_or_default();
            if !words.is_empty() {
                cells.guesses.push(Guess::FromAbove(*part));
            }
        }
        above.insert(*part, words.clone());
        cells.by_part.insert(*part, words);
    }
    cells
}

/// Everything of a row but its day.
pub(super) fn whole(cells: &Cells) -> Result<Taken, Reason> {
    if cells.faulty {
        return Err(Reason::Faulty);
    }
    let within = |part: Part, most: usize| {
        let words = clean(cells.get(part), usize::MAX).unwrap_or_default();
        if utf16_len(&words) > most {
            return Err(Reason::TooLong(part, most));
        }
        Ok((!words.is_empty()).then_some(words))
    };
    let line = |words: String| one_line(&words, usize::MAX);
    let topic = within(Part::Topic, TOPIC_UNITS_MAX)?.map(line);
    let title = within(Part::Title, TITLE_UNITS_MAX)?.map(line);
    let wording = within(Part::Wording, WORDING_UNITS_MAX)?;
    let mut number = within(Part::Number, NUMBER_UNITS_MAX)?.map(line);
    let mut issuer = within(Part::Issuer, ISSUER_UNITS_MAX)?.map(line);
    for words in [&topic, &title, &wording, &number, &issuer]
        .into_iter()
        .flatten()
    {
        if !personal(words).is_empty() {
            return Err(Reason::PersonalData);
        }
    }
    let mut guesses = cells.guesses.clone();
    // 厚生労働省老健局ほか連名事務連絡 in one cell holds both.
    if let (None, Some(both)) = (&number, &issuer) {
        let issued = read_issued(both);
        (number, issuer) = (issued.number, issued.issuer);
    }
    let title = match (title, &topic) {
        (Some(title), _) => title,
        (None, Some(topic)) => {
            guesses.push(Guess::TitleFromTopic);
            topic.clone()
        }
        (None, None) => return Err(Reason::NoTitle),
    };
    let scopes = scope::read(cells.get(Part::Scope));
    if scopes.is_empty() {
        guesses.push(Guess::NoScope);
    }
    let unknown = scopes.iter().filter(|tag| !scope::is_known(tag));
    guesses.extend(unknown.map(|tag| Guess::UnknownScope(tag.clone())));
    let written = cells.get(Part::Link);
    let link = read_link(written);
    if link.is_none() && !written.is_empty() {
        guesses.push(Guess::NoLink);
    }
    Ok(Taken {
        title,
        number,
        issuer,
        date: NaiveDate::default(),
        topic,
        scopes,
        link,
        wording,
        guesses,
    })
}
