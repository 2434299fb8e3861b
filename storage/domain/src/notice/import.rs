//! A list of notices that an office kept in a spreadsheet, understood row by row before anything is stored.
//!
//! Headings are found by their names in any order. Topic and scopes may stand once for several rows (a
//! merged block, 〃, or the cell left blank below). A cell with several days (令和2年2月28日付事務連絡、3月6日付事務連絡)
//! is as many notices. What is there already changes nothing; what is refused says why.

use super::{
    ISSUER_UNITS_MAX, NUMBER_UNITS_MAX, Same, TITLE_UNITS_MAX, TOPIC_UNITS_MAX, WORDING_UNITS_MAX,
    personal, read_issued, read_link, scope,
};
use crate::{
    era::{DateFault, read_date},
    id::NoticeId,
    personal_data::mask,
    sheet::Sheet,
    text::{clean, fold, normalise, one_line, utf16_len},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Most notices one import takes.
pub const ROWS_MAX: usize = 3_000;
/// Rows of a sheet in which headings are looked for.
const ROWS_SEARCHED_MAX: usize = 30;
/// Most days of one cell.
const DATES_MAX: usize = 60;
/// UTF-16 units of a title that is shown but not taken.
const EXCERPT_UNITS_MAX: usize = 60;
/// What stands for the cell above.
const DITTOS: [&str; 5] = ["〃", "″", "\"", "同上", "同"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 話題
    Topic,
    /// 件名
    Title,
    /// 番号
    Number,
    /// 発出元
    Issuer,
    /// 発出日
    Date,
    /// 対象
    Scope,
    /// 本文
    Wording,
    /// リンク
    Link,
}

/// What columns are called.
const NAMES: [(Part, &[&str]); 8] = [
    (
        Part::Topic,
        &[
            "話題",
            "分類",
            "項目",
            "テーマ",
            "カテゴリ",
            "大項目",
            "区分",
            "topic",
        ],
    ),
    (
        Part::Title,
        &[
            "件名",
            "題名",
            "標題",
            "表題",
            "タイトル",
            "通知名",
            "通知",
            "名称",
            "title",
            "subject",
        ],
    ),
    (
        Part::Number,
        &[
            "番号",
            "文書番号",
            "発番",
            "通知番号",
            "文書種別",
            "種別",
            "number",
        ],
    ),
    (
        Part::Issuer,
        &[
            "発出元",
            "発出者",
            "発信元",
            "発信者",
            "発行元",
            "所管",
            "発出",
            "担当課",
            "issuer",
            "from",
        ],
    ),
    (
        Part::Date,
        &[
            "発出日",
            "日付",
            "年月日",
            "通知日",
            "発出年月日",
            "発行日",
            "発信日",
            "日",
            "date",
        ],
    ),
    (
        Part::Scope,
        &[
            "対象",
            "対象サービス",
            "範囲",
            "対象事業所",
            "サービス",
            "対象範囲",
            "対象施設",
            "scope",
            "scopes",
        ],
    ),
    (
        Part::Wording,
        &[
            "本文", "内容", "概要", "要旨", "要点", "wording", "text", "body",
        ],
    ),
    (
        Part::Link,
        &[
            "リンク",
            "掲載先",
            "掲載場所",
            "参照先",
            "アドレス",
            "url",
            "link",
        ],
    ),
];

/// A list as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The rows, in the order of the sheets; one with several days stands several times.
    pub rows: Vec<Row>,
    /// Names of sheets that hold no list.
    pub unread: Vec<String>,
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row as the spreadsheet counts it, from 1.
    pub line: usize,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It becomes a notice.
    Take(Box<Taken>),
    /// The same is there already.
    There {
        /// As which notice.
        notice: NoticeId,
        /// The beginning of its title.
        title: String,
    },
    /// It is not taken.
    Refuse {
        /// Why.
        reason: Reason,
        /// The beginning of its title; what may not be kept is masked.
        title: String,
    },
}

/// A notice as the list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// 件名
    pub title: String,
    /// 番号
    pub number: Option<String>,
    /// 発出元
    pub issuer: Option<String>,
    /// 発出日
    pub date: NaiveDate,
    /// 話題
    pub topic: Option<String>,
    /// 対象, as tags.
    pub scopes: Vec<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Its words.
    pub wording: Option<String>,
    /// What was guessed.
    pub guesses: Vec<Guess>,
}

/// What was guessed of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Topic or scopes stand above it.
    FromAbove(Part),
    /// It has no title; the topic is taken for it.
    TitleFromTopic,
    /// It names nobody it is for: only the desk gets it until somebody does.
    NoScope,
    /// A tag that is not known; it finds associations that write it the same way.
    UnknownScope(String),
    /// One of so many days of one cell.
    OneOfDays(usize),
    /// The year was taken from the day before it in the cell.
    YearFromBefore,
    /// The era as written did not hold on that day any more.
    BeyondEra,
    /// What stands in the column of links is no link; it was left out.
    NoLink,
    /// A cell was computed; its last result was taken.
    Formula,
}

/// Why a row is refused; each can be put right in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has neither title nor topic.
    NoTitle,
    /// It has no day.
    NoDate,
    /// What stands for the day is none.
    NotADate(String),
    /// There is no such day, or it is another weekday.
    WrongDay(String),
    /// A part is too long; the most there may be, in UTF-16 units.
    TooLong(Part, usize),
    /// It holds personal data.
    PersonalData,
    /// A cell shows an error.
    Faulty,
    /// The same stands in another row of the file.
    Repeated(usize),
    /// There are more than [`ROWS_MAX`].
    Beyond,
}

/// Understands the sheets of a file; `there` is what the office has. `None` when no sheet has headings for
/// a day and for a title or topic.
#[must_use]
pub fn read(sheets: &[Sheet], there: &HashMap<Same, NoticeId>, today: NaiveDate) -> Option<Listed> {
    let mut listed = Listed::default();
    let mut reading = Reading {
        there,
        today,
        said: HashMap::new(),
        taken: 0,
    };
    let mut found = false;
    for sheet in sheets {
        match heading(sheet) {
            Some((row, columns)) => {
                found = true;
                reading.sheet(&mut listed, sheet, row, &columns);
            }
            None => listed.unread.extend(sheet.name.clone()),
        }
    }
    found.then_some(listed)
}

type Columns = BTreeMap<Part, usize>;

/// The row of headings: the one that names most columns.
fn heading(sheet: &Sheet) -> Option<(usize, Columns)> {
    let searched = sheet.rows.len().min(ROWS_SEARCHED_MAX);
    let mut best: Option<(usize, Columns)> = None;
    for row in 0..searched {
        let mut columns = Columns::new();
        for (column, cell) in sheet.rows[row].iter().enumerate() {
            if let Some(part) = part_of(cell) {
                columns.entry(part).or_insert(column);
            }
        }
        let titled = columns.contains_key(&Part::Title) || columns.contains_key(&Part::Topic);
        let well = titled && columns.contains_key(&Part::Date);
        if well
            && best
                .as_ref()
                .is_none_or(|(_, known)| known.len() < columns.len())
        {
            best = Some((row, columns));
        }
    }
    best
}

fn part_of(cell: &str) -> Option<Part> {
    let folded = fold(cell);
    let name = folded.split(['(', '※']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = |names: &[&str]| {
        names.iter().any(|known| {
            let known = fold(known);
            known
                .chars()
                .filter(|c| c.is_alphanumeric())
                .eq(name.chars())
        })
    };
    NAMES
        .iter()
        .find(|(_, names)| known(names))
        .map(|(part, _)| *part)
}

struct Reading<'a> {
    there: &'a HashMap<Same, NoticeId>,
    today: NaiveDate,
    said: HashMap<Same, usize>,
    taken: usize,
}

/// The cells of a row, with what was guessed on the way.
struct Cells {
    by_part: BTreeMap<Part, String>,
    guesses: Vec<Guess>,
    faulty: bool,
}

impl Cells {
    fn get(&self, part: Part) -> &str {
        self.by_part.get(&part).map_or("", String::as_str)
    }
}

impl Reading<'_> {
    fn sheet(&mut self, listed: &mut Listed, sheet: &Sheet, heading: usize, columns: &Columns) {
        let mut above: BTreeMap<Part, String> = BTreeMap::new();
        for at in heading + 1..sheet.rows.len() {
            let cells = cells(sheet, at, columns, &mut above);
            let own = [
                Part::Title,
                Part::Date,
                Part::Number,
                Part::Wording,
                Part::Link,
            ];
            let blank = own.iter().all(|part| cells.get(*part).is_empty());
            let repeated = columns
                .values()
                .all(|column| sheet.cell(at, *column) == sheet.cell(heading, *column));
            if blank || repeated {
                continue;
            }
            for verdict in self.row(&cells, at + 1) {
                listed.rows.push(Row {
                    line: at + 1,
                    verdict,
                });
            }
        }
    }

    fn row(&mut self, cells: &Cells, line: usize) -> Vec<Verdict> {
        let written = [Part::Title, Part::Topic].map(|part| cells.get(part));
        let shown = written
            .into_iter()
            .find(|words| !words.is_empty())
            .unwrap_or_default();
        let hits = personal(shown);
        let shown = one_line(&mask(shown, &hits), EXCERPT_UNITS_MAX);
        let refuse = |reason| Verdict::Refuse {
            reason,
            title: shown.clone(),
        };
        let whole = match whole(cells) {
            Ok(whole) => whole,
            Err(reason) => return vec![refuse(reason)],
        };
        let days = match days(cells.get(Part::Date), self.today) {
            Ok(days) => days,
            Err(reason) => return vec![refuse(reason)],
        };
        let several = days.len();
        let of_day = |day: Day| {
            let mut taken = whole.clone();
            taken.date = day.date;
            if let Some(number) = day.number
                && taken.number.is_none()
            {
                taken.number = Some(number);
            }
            if several > 1 {
                taken.guesses.push(Guess::OneOfDays(several));
            }
            taken.guesses.extend(day.guesses);
            self.standing(taken, line, &shown)
        };
        days.into_iter().map(of_day).collect()
    }

    /// What stands against taking a notice that is well in itself.
    fn standing(&mut self, taken: Taken, line: usize, shown: &str) -> Verdict {
        let same = Same::of(&taken.title, taken.number.as_deref(), Some(taken.date));
        let refuse = |reason| Verdict::Refuse {
            reason,
            title: shown.to_owned(),
        };
        if let Some(first) = self.said.get(&same) {
            return refuse(Reason::Repeated(*first));
        }
        self.said.insert(same.clone(), line);
        if let Some(notice) = self.there.get(&same) {
            return Verdict::There {
                notice: *notice,
                title: shown.to_owned(),
            };
        }
        if self.taken >= ROWS_MAX {
            return refuse(Reason::Beyond);
        }
        self.taken += 1;
        Verdict::Take(Box::new(taken))
    }
}

/// The cells of a row; topic and scopes of a row without them are those above.
fn cells(sheet: &Sheet, at: usize, columns: &Columns, above: &mut BTreeMap<Part, String>) -> Cells {
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
fn whole(cells: &Cells) -> Result<Taken, Reason> {
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

struct Day {
    date: NaiveDate,
    number: Option<String>,
    guesses: Vec<Guess>,
}

/// The days of a cell: 令和2年2月28日付事務連絡、3月6日付事務連絡. What stands behind a day is its number.
fn days(written: &str, today: NaiveDate) -> Result<Vec<Day>, Reason> {
    let mut days: Vec<Day> = Vec::new();
    let apart = ['、', ',', '，', '､', '\n', ';', '；'];
    let pieces = written
        .split(apart)
        .map(str::trim)
        .filter(|piece| !piece.is_empty());
    for piece in pieces.take(DATES_MAX) {
        let plain = normalise(piece);
        let plain = plain.trim_matches(|c: char| matches!(c, '(' | ')') || c.is_whitespace());
        let (mut day, number) = match plain.find('日') {
            Some(end) => {
                let (day, rest) = plain.split_at(end + '日'.len_utf8());
                let rest = if rest.starts_with('(') && rest.contains(')') {
                    rest.split_once(')').map_or("", |(_, rest)| rest)
                } else {
                    rest
                };
                (
                    day.to_owned(),
                    rest.trim_start_matches("付け")
                        .trim_start_matches('付')
                        .trim(),
                )
            }
            None => (plain.to_owned(), ""),
        };
        let mut guesses = Vec::new();
        // 3月6日 behind 令和2年2月28日 is of the same year.
        if let Some(before) = days.last()
            && !day.contains('年')
            && day.contains('月')
        {
            day = format!("{}年{day}", before.date.format("%Y"));
            guesses.push(Guess::YearFromBefore);
        }
        let excerpt = || one_line(piece, EXCERPT_UNITS_MAX);
        let read = read_date(&day, today).map_err(|fault| match fault {
            DateFault::NotADate => Reason::NotADate(excerpt()),
            DateFault::NoSuchDay { .. } | DateFault::WrongWeekday { .. } => {
                Reason::WrongDay(excerpt())
            }
        })?;
        if read.beyond_era {
            guesses.push(Guess::BeyondEra);
        }
        days.push(Day {
            date: read.date,
            number: (!number.is_empty()).then(|| one_line(number, NUMBER_UNITS_MAX)),
            guesses,
        });
    }
    if days.is_empty() {
        return Err(Reason::NoDate);
    }
    Ok(days)
}
