//! What an office has set itself and was told, as it is on record: targets with their goals and entries of
//! progress, notices and the bulletins that told of them, and what persons asked the desk for.

use crate::number::{NOTICES_FROM, TARGETS_FROM};
use domain::{
    era::FiscalYear,
    feed::Feed,
    fund::Use,
    id::{BulletinId, NoticeId, OfficeId, PetitionId, RecordId, TargetId},
    notice::{Notice, Topic},
    rule::RuleAssociation,
    target::{Goal, Record, Target},
};
use storage::{Connection, Result, notice::bulletin::Bulletin, petition::Petition};

/// The fiscal year in which every office lives.
const YEAR: i32 = 2026;
/// More feeds than an office of some steps watches.
const FEEDS: i64 = 100;

/// A target with every version of its goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) target: Target,
    pub(crate) goals: Vec<Goal>,
}

/// A notice with its latest wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issued {
    pub(crate) notice: Notice,
    pub(crate) wording: Option<String>,
}

/// What is on record of a year's work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Year {
    pub(crate) targets: Vec<Planned>,
    /// Entries of progress, those that were taken back among them.
    pub(crate) entries: Vec<Record>,
    pub(crate) notices: Vec<Issued>,
    pub(crate) topics: Vec<Topic>,
    pub(crate) bulletins: Vec<Bulletin>,
    pub(crate) petitions: Vec<Petition>,
    /// What projects were paid from, in the year the office lives.
    pub(crate) uses: Vec<Use>,
    /// What is watched for new notices.
    pub(crate) feeds: Vec<Feed>,
    /// Rules that are on for associations.
    pub(crate) rules: Vec<RuleAssociation>,
}

impl Year {
    pub(crate) fn target(&self, number: i64) -> Option<&Target> {
        let mut targets = self.targets.iter().map(|planned| &planned.target);
        targets.find(|target| target.id.0 == number)
    }

    pub(crate) fn entry(&self, number: i64) -> Option<&Record> {
        self.entries.iter().find(|entry| entry.id.0 == number)
    }

    pub(crate) fn notice(&self, number: i64) -> Option<&Notice> {
        let mut notices = self.notices.iter().map(|issued| &issued.notice);
        notices.find(|notice| notice.id.0 == number)
    }
}

/// The number after so many of those that begin behind another.
fn next<T>(known: &[T], from: i64) -> i64 {
    from + i64::try_from(known.len() + 1).expect("few")
}

/// Reads it; numbers have no gap.
pub(super) async fn read(connection: &mut Connection, office: OfficeId) -> Result<Year> {
    use storage::{feed, fund, notice, petition, rule, target};
    let paid = fund::uses_in(connection, office, FiscalYear::starting_in(YEAR)).await?;
    let mut year = Year {
        topics: notice::topic::list(connection, office).await?,
        uses: paid.into_iter().map(|one| one.of).collect(),
        feeds: feed::list(connection, office, 0, FEEDS).await?.items,
        rules: rule::all_active(connection, office).await?,
        ..Year::default()
    };
    loop {
        let number = TargetId(next(&year.targets, TARGETS_FROM));
        let Some(target) = target::find(connection, office, number).await? else {
            break;
        };
        let goals = target::goal::versions(connection, office, number).await?;
        year.targets.push(Planned { target, goals });
    }
    loop {
        let number = RecordId(next(&year.entries, 0));
        match target::record::find(connection, office, number).await? {
            Some(entry) => year.entries.push(entry),
            None => break,
        }
    }
    loop {
        let number = NoticeId(next(&year.notices, NOTICES_FROM));
        let Some(found) = notice::find(connection, office, number).await? else {
            break;
        };
        let wording = notice::wording(connection, office, number, None).await?;
        year.notices.push(Issued {
            notice: found,
            wording: wording.map(|wording| wording.text),
        });
    }
    loop {
        let number = BulletinId(next(&year.bulletins, 0));
        match notice::bulletin::find(connection, office, number).await? {
            Some(bulletin) => year.bulletins.push(bulletin),
            None => break,
        }
    }
    loop {
        let number = PetitionId(next(&year.petitions, 0));
        match petition::find(connection, office, number).await? {
            Some(petition) => year.petitions.push(petition),
            None => return Ok(year),
        }
    }
}
