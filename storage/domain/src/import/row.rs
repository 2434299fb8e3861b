//! One row after the other: what becomes of each.

use super::{
    EXCERPT_UNITS_MAX, Guess, Known, Place, Plan, ROWS_MAX, Reason, Row, Same, Taken, Verdict,
    bullet::{self, Bullet},
    heading::{Heading, Part},
    source::{self, Named, Source},
};
use crate::{
    id::CategoryId,
    issue::{CATEGORIES_MAX, Kind, NOTE_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX},
    personal_data::{self, mask, single_case},
    setting::split_list,
    sheet::Sheet,
    speaker::Speaker,
    text::{Unclean, clean, fold, normalise, one_line},
    tier::{self, Statement, Tier},
};
use std::collections::{BTreeMap, HashMap};

/// What stands for the cell above.
const DITTOS: [&str; 7] = ["〃", "″", "\"", "々", "同上", "同", "''"];
/// What stands for nothing.
const BLANKS: [&str; 9] = ["-", "－", "ー", "―", "—", "−", "なし", "不明", "？"];
/// Most words that are told of a guessed tier.
const WORDS_MAX: usize = 3;
/// UTF-16 units of each, and of a written name.
const WORD_UNITS_MAX: usize = 20;

/// Reading the rows of all sheets, one after the other.
pub(super) struct Reading<'a> {
    known: Known<'a>,
    /// What this file has said so far, and which row of the plan it is.
    said: HashMap<Same, (Place, usize)>,
    /// How many rows were taken.
    taken: usize,
    /// Sources by what is written: a list names few, many times.
    named: HashMap<String, (Source, bool)>,
}

/// A table while its rows are read.
struct Table<'t> {
    sheet: &'t Sheet,
    heading: &'t Heading,
    /// Where merged cells began, by column.
    blocks: BTreeMap<usize, Vec<Option<(usize, usize)>>>,
    /// The last word of a column, for 同上.
    last: BTreeMap<Part, String>,
    /// Whose list it is.
    source: Source,
}

/// The cells of a row by what they hold, and what was guessed on the way.
#[derive(Default)]
struct Cells {
    by_part: BTreeMap<Part, String>,
    guesses: Vec<Guess>,
    fault: Option<String>,
}

impl Cells {
    fn get(&self, part: Part) -> &str {
        self.by_part.get(&part).map_or("", String::as_str)
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(known: Known<'a>) -> Self {
        Self {
            known,
            said: HashMap::new(),
            taken: 0,
            named: HashMap::new(),
        }
    }

    /// Reads the rows below the headings of a sheet, whose title is the last one of the plan.
    pub(super) fn sheet(&mut self, plan: &mut Plan, sheet: &Sheet, heading: &Heading) {
        let number = plan.titles.len().saturating_sub(1);
        let mut table = Table {
            sheet,
            heading,
            blocks: heading
                .telling()
                .map(|(_, column)| (column, sheet.blocks(column)))
                .collect(),
            last: BTreeMap::new(),
            source: plan.titles[number].source,
        };
        for at in heading.row + 1..sheet.rows.len() {
            if heading.is_repeated(sheet, at) {
                continue;
            }
            let place = Place {
                sheet: number,
                row: at + 1,
            };
            let Some(cells) = table.row(at) else { continue };
            for opinion in opinions(&cells) {
                self.opinion(plan, &table, &cells, opinion, place);
            }
        }
    }

    fn opinion(
        &mut self,
        plan: &mut Plan,
        table: &Table<'_>,
        cells: &Cells,
        opinion: Bullet,
        place: Place,
    ) {
        let decided = self.decide(table, cells, &opinion.text);
        let (verdict, speaker) = match decided {
            Ok((taken, speaker)) => {
                let same = taken.same(self.known.session);
                // What form 2 lists again under another heading is no mistake, but one category more.
                if let Some((_, row)) = self.said.get(&same).filter(|_| opinion.again) {
                    list_again(plan, *row, &taken.categories);
                    return;
                }
                match self.standing(&same, &taken) {
                    Some(verdict) => (verdict, None),
                    None => {
                        self.said.insert(same, (place, plan.rows.len()));
                        self.taken += 1;
                        (Verdict::Take(taken), speaker)
                    }
                }
            }
            Err(reason) => {
                let excerpt = excerpt(&opinion.text, &reason);
                (Verdict::Refuse { reason, excerpt }, None)
            }
        };
        if let Some(speaker) = speaker {
            plan.speakers.insert(plan.rows.len(), speaker);
        }
        plan.rows.push(Row { place, verdict });
    }

    /// What stands against taking a row that is well in itself.
    fn standing(&self, same: &Same, taken: &Taken) -> Option<Verdict> {
        let excerpt = || one_line(&taken.text, EXCERPT_UNITS_MAX);
        let refuse = |reason| Verdict::Refuse {
            reason,
            excerpt: excerpt(),
        };
        if let Some((first, _)) = self.said.get(same) {
            return Some(refuse(Reason::Repeated { first: *first }));
        }
        if let Some(issue) = self.known.there.get(same) {
            return Some(Verdict::There {
                issue: *issue,
                excerpt: excerpt(),
            });
        }
        (self.taken >= ROWS_MAX).then(|| refuse(Reason::Beyond))
    }

    fn decide(
        &mut self,
        table: &Table<'_>,
        cells: &Cells,
        wording: &str,
    ) -> Result<(Taken, Option<Speaker>), Reason> {
        if let Some(shown) = &cells.fault {
            return Err(Reason::Faulty {
                shown: shown.clone(),
            });
        }
        let text = match clean(wording, TEXT_UNITS_MAX) {
            Ok(text) => text,
            Err(Unclean::Empty) => return Err(Reason::NoWording),
            Err(Unclean::TooLong { limit, actual }) => {
                return Err(Reason::TooLong { limit, actual });
            }
        };
        let note = optional(cells.get(Part::Note), NOTE_UNITS_MAX)
            .map_err(|(limit, actual)| Reason::NoteTooLong { limit, actual })?;
        let speaker = optional(cells.get(Part::Speaker), SPEAKER_UNITS_MAX)
            .map_err(|(limit, actual)| Reason::SpeakerTooLong { limit, actual })?
            .filter(|name| !is_blank(name));
        check(&text, note.as_deref(), speaker.as_deref())?;
        let mut guesses = cells.guesses.clone();
        let source = self.source(table, cells.get(Part::Profession), &mut guesses)?;
        let kind = kind(table, cells.get(Part::Kind), &mut guesses);
        let categories = self.categories(cells.get(Part::Category), &mut guesses);
        let named = tier_named(cells.get(Part::Tier));
        let tier = named.unwrap_or_else(|| self.tier(&text, source, &mut guesses));
        guesses.sort();
        guesses.dedup();
        let taken = Taken {
            text,
            note,
            profession: source.profession,
            association: source.association,
            kind,
            tier,
            tier_named: named.is_some(),
            categories,
            guesses,
        };
        Ok((taken, speaker.as_deref().and_then(Speaker::new)))
    }

    /// Who said it: as the row says, or as the title does.
    fn source(
        &mut self,
        table: &Table<'_>,
        written: &str,
        guesses: &mut Vec<Guess>,
    ) -> Result<Source, Reason> {
        let office = self.known.office;
        if is_blank(written) {
            guesses.push(if table.source == Source::default() {
                Guess::NoSource
            } else {
                Guess::SourceFromTitle
            });
            return Ok(table.source);
        }
        let (mut source, exact) = match self.named.get(written) {
            Some(found) => *found,
            None => {
                let found = match source::named(office, written) {
                    Named::Exactly(source) => (source, true),
                    Named::Otherwise(source) => (source, false),
                    Named::Nobody(nearest) => {
                        return Err(Reason::UnknownSource {
                            written: one_line(written, WORD_UNITS_MAX),
                            nearest,
                        });
                    }
                };
                self.named.insert(written.to_owned(), found);
                found
            }
        };
        if !exact {
            guesses.push(Guess::Source {
                written: one_line(written, WORD_UNITS_MAX),
            });
        }
        // Of two associations that speak for a profession, the one whose list it is.
        let theirs = table.source.association.filter(|id| {
            source.association.is_none()
                && office.association(*id).is_some_and(|association| {
                    source
                        .profession
                        .is_some_and(|id| association.professions.contains(&id))
                })
        });
        source.association = source.association.or(theirs);
        Ok(source)
    }

    /// The office's categories that a cell names.
    fn categories(&self, written: &str, guesses: &mut Vec<Guess>) -> Vec<CategoryId> {
        let mut found = Vec::new();
        for name in split_list(written).filter(|name| !is_blank(name)) {
            let known = self.known.office.category_named(name);
            match known.filter(|category| !category.retired) {
                Some(category) if found.contains(&category.id) => {}
                Some(category) if found.len() < CATEGORIES_MAX => found.push(category.id),
                _ => guesses.push(Guess::Category {
                    written: one_line(name, WORD_UNITS_MAX),
                }),
            }
        }
        found
    }

    fn tier(&self, text: &str, source: Source, guesses: &mut Vec<Guess>) -> Tier {
        let office = self.known.office;
        let speakers: Vec<String> = match (source.profession, source.association) {
            (Some(id), _) => vec![id],
            (None, Some(id)) => office
                .association(id)
                .map(|association| association.professions.clone())
                .unwrap_or_default(),
            (None, None) => Vec::new(),
        }
        .into_iter()
        .filter_map(|id| office.profession(id))
        .map(|profession| profession.name.clone())
        .collect();
        let statement = Statement {
            text,
            speaker_professions: &speakers,
            about: &[],
        };
        let suggestion = tier::suggest(&statement, office.vocabulary(), office.rules());
        let mut words: Vec<String> = Vec::new();
        let deciding = suggestion
            .reasons
            .iter()
            .filter(|reason| reason.tier == suggestion.tier && !reason.is_learned())
            .flat_map(|reason| &reason.words);
        for word in deciding {
            let word = one_line(word, WORD_UNITS_MAX);
            if words.len() < WORDS_MAX && !words.iter().any(|known| known.contains(&word)) {
                words.push(word);
            }
        }
        guesses.push(Guess::Tier { words });
        suggestion.tier
    }
}

impl Table<'_> {
    /// The cells of a row; `None` when nothing in it tells anything.
    fn row(&mut self, at: usize) -> Option<Cells> {
        let mut cells = Cells::default();
        let mut own = false;
        for (part, column) in self.heading.telling() {
            let here = self.sheet.cell(at, column);
            let block = self.blocks[&column].get(at).copied().flatten();
            own |= !here.is_empty() && block.is_none();
            let fault = self.sheet.faulty.get(&(at, column));
            if let Some(shown) = fault {
                own = true;
                cells.fault = Some(shown.clone());
            }
            let mut words = match block {
                // An opinion over several rows is one opinion.
                Some((row, _)) if part == Part::Wording && row < at => String::new(),
                Some((row, column)) if row > self.heading.row => {
                    self.sheet.cell(row, column).to_owned()
                }
                _ => here.to_owned(),
            };
            if part != Part::Wording && DITTOS.contains(&words.as_str()) {
                words = self.last.get(&part).cloned().unwrap_or_default();
                cells.guesses.push(Guess::Ditto);
            }
            if !words.is_empty() {
                self.last.insert(part, words.clone());
                if self.sheet.formulas.contains(&(at, column)) {
                    cells.guesses.push(Guess::Formula);
                }
            }
            cells.by_part.insert(part, words);
        }
        own.then_some(cells)
    }
}

/// The opinions of a row; one without words is refused further on, so that it is not lost unseen.
fn opinions(cells: &Cells) -> Vec<Bullet> {
    let read = bullet::read(cells.get(Part::Wording));
    if read.is_empty() {
        return vec![Bullet {
            text: String::new(),
            again: false,
        }];
    }
    read
}

/// Puts an issue into the categories under which it is listed again.
fn list_again(plan: &mut Plan, row: usize, categories: &[CategoryId]) {
    if let Some(Row {
        verdict: Verdict::Take(first),
        ..
    }) = plan.rows.get_mut(row)
    {
        for id in categories {
            if !first.categories.contains(id) && first.categories.len() < CATEGORIES_MAX {
                first.categories.push(*id);
            }
        }
    }
}

/// Refuses what must not be kept.
fn check(text: &str, note: Option<&str>, speaker: Option<&str>) -> Result<(), Reason> {
    let written = || [Some(text), note].into_iter().flatten();
    if written().any(|words| !personal_data::check(words).is_empty()) {
        return Err(Reason::PersonalData);
    }
    if speaker.is_some_and(|name| personal_data::check(name).has_certain()) {
        return Err(Reason::NumberInSpeaker);
    }
    if written().any(|words| single_case(words).is_some()) {
        return Err(Reason::SingleCase);
    }
    Ok(())
}

/// The beginning of a wording that is not taken, without what may not be kept.
fn excerpt(wording: &str, reason: &Reason) -> String {
    // One patient's condition is not repeated, not even to whoever wrote it.
    if *reason == Reason::SingleCase {
        return String::new();
    }
    let masked = mask(wording, &personal_data::check(wording).hits);
    one_line(&masked, EXCERPT_UNITS_MAX)
}

fn optional(written: &str, units_max: usize) -> Result<Option<String>, (usize, usize)> {
    match clean(written, units_max) {
        Ok(text) => Ok(Some(text)),
        Err(Unclean::Empty) => Ok(None),
        Err(Unclean::TooLong { limit, actual }) => Err((limit, actual)),
    }
}

fn is_blank(written: &str) -> bool {
    let written = written.trim();
    written.is_empty() || BLANKS.contains(&written)
}

fn kind(table: &Table<'_>, written: &str, guesses: &mut Vec<Guess>) -> Kind {
    let folded = fold(written);
    match (
        folded.contains("あいであ") || folded == "idea",
        folded.contains("課題") || folded == "issue",
    ) {
        (true, false) => Kind::Idea,
        (false, true) => Kind::Issue,
        _ => {
            if table.heading.column(Part::Kind).is_some() {
                guesses.push(Guess::Kind);
            }
            Kind::Issue
        }
    }
}

/// The tier a cell names: ①, 1, 一次, 職種内 …; `None` when it names none, or several.
fn tier_named(written: &str) -> Option<Tier> {
    let even = normalise(written);
    let mut named = [
        (Tier::One, ["1", "一次", "職種内"]),
        (Tier::Two, ["2", "二次", "職種間"]),
        (Tier::Three, ["3", "三次", "地域全体"]),
    ]
    .into_iter()
    .filter(|(_, words)| words.iter().any(|word| even.contains(word)))
    .map(|(tier, _)| tier);
    match (named.next(), named.next()) {
        (only, None) => only,
        _ => None,
    }
}
