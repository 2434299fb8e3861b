//! The manual's two forms (様式1, 様式2): opinions as an office lists them (seed 000, chapter 2 (1), examples 1 and 2).
//!
//! Form 1 holds what was said, in the order it was said: No, 職種, 発言者, 意見, 備考. Form 2 ([`ranking`]) sorts the same
//! opinions into categories. Both begin with [`Said`], which holds only what its reader may know: without the desk's proof it
//! keeps no speaker at all. Where they are shown, and in which words, is not for this module.
//!
//! What the desk took for the same opinion stays several voices: form 1 lists each of them, form 2 shows one line with its
//! weight (（3件）).

use crate::{
    id::{AssociationId, CategoryId, IssueId, ProfessionId},
    issue::{Issue, Kind},
    speaker::{Desk, Speaker},
    visibility::SharedIssue,
};
use std::collections::{BTreeMap, BTreeSet};

pub mod ranking;

#[cfg(test)]
mod tests;

/// Most opinions of a form; the newest ones are kept, and whoever asked is told.
pub const OPINIONS_MAX: usize = 10_000;

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// 様式1: a list in the order it was said.
    First,
    /// 様式2: by category, ranked.
    Second,
}

impl Which {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// 1 or 2.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// The form of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.number() == number)
    }
}

/// One opinion as its reader may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The number people read as `#12`; opinions were said in the order of their numbers.
    pub issue: IssueId,
    /// Issue or idea.
    pub kind: Kind,
    /// The wording the reader knows.
    pub wording: String,
    /// The free note (備考); of a share there is none.
    pub note: Option<String>,
    /// The profession that said it, where the reader may know it.
    pub profession: Option<ProfessionId>,
    /// The association that raised it, where the reader may know it.
    pub association: Option<AssociationId>,
    /// The categories it is in; of a share there are none.
    pub categories: Vec<CategoryId>,
    /// The issue that stands for it, where the reader may know that.
    same_as: Option<IssueId>,
    speaker: Option<Speaker>,
    whole: bool,
}

impl Opinion {
    /// An original its reader reads.
    #[must_use]
    pub fn whole(issue: Issue) -> Self {
        Self {
            issue: issue.id,
            kind: issue.kind,
            wording: issue.text,
            note: issue.note,
            profession: issue.profession,
            association: issue.association,
            categories: issue.categories,
            same_as: issue.merged_into,
            speaker: issue.speaker,
            whole: true,
        }
    }

    /// What a reader was told who does not read the original.
    #[must_use]
    pub fn told(shared: SharedIssue) -> Self {
        let (association, profession) = shared.source.unwrap_or_default();
        Self {
            issue: shared.id,
            kind: shared.kind,
            wording: shared.wording,
            note: None,
            profession,
            association,
            categories: Vec::new(),
            same_as: None,
            speaker: None,
            whole: false,
        }
    }
}

/// The opinions of a form, in the order they were said, for one reader.
#[derive(Clone, Debug)]
pub struct Said {
    opinions: Vec<Opinion>,
    desk: Option<Desk>,
}

impl Said {
    /// Opinions for a reader. Without the desk's proof every speaker is let go of, and which issue stands
    /// for another is known only where both originals are among them.
    #[must_use]
    pub fn new(mut opinions: Vec<Opinion>, desk: Option<Desk>) -> Self {
        opinions.sort_by_key(|opinion| opinion.issue);
        opinions.dedup_by_key(|opinion| opinion.issue);
        if desk.is_none() {
            let whole: BTreeSet<IssueId> = opinions
                .iter()
                .filter(|opinion| opinion.whole)
                .map(|opinion| opinion.issue)
                .collect();
            for opinion in &mut opinions {
                opinion.speaker = None;
                opinion.same_as = opinion.same_as.filter(|issue| whole.contains(issue));
            }
        }
        Self { opinions, desk }
    }

    /// The opinions, in the order they were said. Their places count from 0; form 1 counts from 1.
    #[must_use]
    pub fn opinions(&self) -> &[Opinion] {
        &self.opinions
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.opinions.is_empty()
    }

    /// Whether the form has the speaker's column; where it has not, the column is absent, not empty.
    #[must_use]
    pub fn has_speakers(&self) -> bool {
        self.desk.is_some()
    }

    /// Who said it, for the desk.
    #[must_use]
    pub fn speaker_of<'a>(&self, opinion: &'a Opinion) -> Option<&'a str> {
        let desk = self.desk?;
        opinion.speaker.as_ref().map(|speaker| speaker.reveal(desk))
    }

    /// What was taken for the same opinion, by the place of the one that stands for it. Where that one is
    /// not among them (it was said elsewhere), the first of the others does.
    fn voices(&self) -> BTreeMap<usize, Vec<usize>> {
        let at: BTreeMap<IssueId, usize> = (0..)
            .zip(&self.opinions)
            .map(|(place, opinion)| (opinion.issue, place))
            .collect();
        let mut stands: BTreeMap<IssueId, usize> = BTreeMap::new();
        let mut voices: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, opinion) in self.opinions.iter().enumerate() {
            let issue = opinion.same_as.unwrap_or(opinion.issue);
            let first = *stands
                .entry(issue)
                .or_insert_with(|| at.get(&issue).copied().unwrap_or(place));
            voices.entry(first).or_default().push(place);
        }
        voices
    }
}
