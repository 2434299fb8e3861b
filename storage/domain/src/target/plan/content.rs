//! What the cells of a row say: goals, lines of progress and plan, and the figures they stand for.

use super::{
    Doubt, Goal, PlanRow, Told, ToldColumn, ToldLine,
    cell::{tidy, unbracketed},
};
use crate::{
    era::FiscalYear,
    target::{
        bullet,
        figure::{self, Figure, figures},
    },
};

/// A goal as its cell says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadGoal {
    pub(super) text: String,
    pub(super) bracketed: bool,
    pub(super) withdrawn: bool,
    pub(super) again: bool,
}

/// Reads the cell of a goal; `None` when it says nothing.
pub(super) fn read_goal(words: &str) -> Option<ReadGoal> {
    let (text, again) = bullet::without_again(&tidy(words));
    let (text, bracketed) = unbracketed(&text);
    (!text.is_empty()).then(|| ReadGoal {
        text: text.to_owned(),
        bracketed,
        withdrawn: is_withdrawn(text),
        again,
    })
}

/// Words that give a goal up, at its end or by themselves: 年12回（中止）, 取り下げ.
fn is_withdrawn(text: &str) -> bool {
    const WORDS: [&str; 8] = [
        "取り下げ",
        "取下げ",
        "取下",
        "中止",
        "廃止",
        "見送り",
        "withdrawn",
        "cancelled",
    ];
    let end = text
        .trim_end_matches(|last: char| "）)】］]。".contains(last) || last.is_whitespace())
        .to_lowercase();
    WORDS.iter().any(|word| {
        end.strip_suffix(word).is_some_and(|before| {
            before.is_empty() || before.ends_with(['（', '(', '【', '［', '[', '→', '⇒', '\n'])
        })
    })
}

impl Told {
    /// Reads what a cell tells.
    #[must_use]
    pub fn read(words: &str) -> Self {
        let written = tidy(words);
        let (text, mut bracketed) = unbracketed(&written);
        let mut bullets = bullet::bullets(text);
        // Marks without words behind what stands in brackets as a whole: once they are gone, the brackets
        // are read, as they will be when the line stands by itself.
        if let [only] = &bullets[..]
            && only.mark.is_none()
            && !only.again
            && let (inner, true) = unbracketed(&only.text)
        {
            bullets = bullet::bullets(inner);
            bracketed = true;
        }
        let lines = bullets.into_iter().map(|bullet| ToldLine {
            figures: figures(&bullet.text),
            bullet,
            first: None,
        });
        Self {
            lines: lines.collect(),
            bracketed,
            written,
            shared_with: None,
        }
    }
}

impl PlanRow {
    /// The figure that a year's goal stands for, and whether it was read from what is planned because the
    /// goal itself has none. What is listed again or shared is counted elsewhere and has none here.
    #[must_use]
    pub fn figure(&self, columns: &[ToldColumn], year: FiscalYear) -> Option<(Figure, bool)> {
        let goal = self.goals.get(&year);
        if goal.is_some_and(|goal| goal.again) {
            return None;
        }
        let mut planned = self.told.iter().zip(columns);
        let planned = planned.find(|(_, column)| column.planned && column.year == year);
        let planned = planned.map_or("", |(told, _)| told.written.as_str());
        figure_of(goal.map_or("", |goal| goal.text.as_str()), planned)
    }

    /// Says which figures were guessed, and which were left open.
    pub(super) fn doubt_figures(&mut self, columns: &[ToldColumn]) {
        let mut years: Vec<FiscalYear> = self.goals.keys().copied().collect();
        let planned = columns.iter().filter(|column| column.planned);
        years.extend(planned.map(|column| column.year));
        years.sort_unstable();
        years.dedup();
        for year in years {
            let open = |goal: &&Goal| !goal.again && !goal.figures.is_empty();
            match self.figure(columns, year) {
                Some((_, true)) => self.doubts.push(Doubt::FigureFromPlan(year)),
                None if self.goals.get(&year).filter(open).is_some() => {
                    self.doubts.push(Doubt::FiguresOpen(year));
                }
                Some((_, false)) | None => {}
            }
        }
    }
}

/// The figure that a goal in words and the plan beside it stand for, and whether it was read from the plan
/// because the goal has none.
pub(super) fn figure_of(goal: &str, planned: &str) -> Option<(Figure, bool)> {
    let said = figures(goal);
    if !said.is_empty() {
        let changed = figure::change(goal).map(|change| change.to);
        let figure = changed.or_else(|| figure::goal(&said).cloned());
        return figure.map(|figure| (figure, false));
    }
    let told = Told::read(planned);
    let lines = told.lines.iter();
    let lines = lines.filter(|line| !told.bracketed && !line.bullet.again);
    let figures: Vec<Figure> = lines
        .flat_map(|line| match figure::change(&line.bullet.text) {
            Some(change) => vec![change.to],
            None => line.figures.clone(),
        })
        .filter(|figure| figure.periodic)
        .collect();
    Some((figure::goal(&figures)?.clone(), true))
}
