//! Custom ids of buttons and forms: `v1:ACTION:ID[:MARK]`.
//!
//! They come back from clients and are treated as hostile: an unknown action, a bad number, anything
//! too long is simply not one of ours. They carry codes and numbers only, never words, and rights are
//! checked again when they come back.

mod batch;
mod category;
mod course;
mod event;
mod feed;
mod feedback;
mod fund;
mod import;
mod keeping;
mod matching;
mod memo;
mod merge;
mod notice;
pub mod plan;
mod project;
mod report;
mod review;
mod round;
mod rule;
mod session;
mod share;
mod target;

pub use batch::Batch;
pub use category::Category;
pub use course::Course;
use domain::id::{DraftId, IssueId, StoppageId};
pub use event::Event;
pub use feed::Feed;
pub use feedback::Feedback;
pub use fund::Fund;
pub use import::{Group, Import};
pub use keeping::Keeping;
pub use matching::{KeyPerson, Link, Matching};
pub use memo::Memo;
pub use merge::Merge;
pub use notice::Notice;
pub use plan::Plan;
pub use project::Project;
pub use report::Report;
pub use review::Review;
pub use round::{Gathering, Round};
pub use rule::Rule;
pub use session::Session;
pub use share::{Share, Ticks};
pub use target::{Target, WORDS};

/// Longest custom id of Discord.
pub const CHARACTERS_MAX: usize = 100;

/// What a button or a form leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The form of `/issue add` was sent; its options wait in the draft.
    IssueAdd(DraftId),
    /// The form opens again with the masked text of the draft.
    IssueReword(DraftId),
    /// The reworded text was sent.
    IssueReworded(DraftId),
    /// The details of an issue, as far as the person may read them.
    IssueShow(IssueId),
    /// The form of `/issue edit` was sent.
    IssueEdit(DraftId),
    /// The form of `/issue edit` opens again with the masked text of the draft.
    IssueEditReword(DraftId),
    /// The reworded correction was sent.
    IssueEditReworded(DraftId),
    /// A page of a list whose filter waits in the draft.
    IssueList(DraftId, i64),
    /// The desk passes an issue on to the association that raised it.
    IssuePassOn(IssueId),
    /// A stoppage as it is now.
    StoppageShow(StoppageId),
    /// Sharing (共有): writing, approving, taking back.
    Share(Share),
    /// Categories (カテゴリ): making, giving, merging.
    Category(Category),
    /// What becomes of an issue: its thread, its return.
    Course(Course),
    /// Pairs whose needs meet (連携提案).
    Matching(Matching),
    /// Links between issues (関連).
    Link(Link),
    /// Key persons (キーパーソン).
    KeyPerson(KeyPerson),
    /// Memos (登録したリマインダー): keeping, stopping, lists.
    Memo(Memo),
    /// Notices (行政通知) and bulletins.
    Notice(Notice),
    /// The weekly digest (週のまとめ) and what the yearly round asks to be planned.
    Round(Round),
    /// Importing (取込): preview, storing, taking back.
    Import(Import),
    /// Plan tables (計画表): preview, storing, taking back.
    Plan(Plan),
    /// Funds (基金メニュー): taking catalogues in, searching, linking.
    Fund(Fund),
    /// Rules (基準): looking, taking back.
    Rule(Rule),
    /// Sessions (連携の場): planning, lists.
    Session(Session),
    /// Support projects (支援事業) and their tasks.
    Project(Project),
    /// Yearly targets (年度目標): lists, records, goals.
    Target(Target),
    /// Months (月次) and years (年次) of progress: looking, holding, posting.
    Report(Report),
    /// Reviews (反省会): planning, outcomes, lists.
    Review(Review),
    /// The events of sessions in the server's list.
    Event(Event),
    /// Feeds (購読) and the drafts they bring.
    Feed(Feed),
    /// Feedback (フィードバック): previews, sending, corrections, lists.
    Feedback(Feedback),
    /// Several lines recorded at once.
    Batch(Batch),
    /// Keeping and letting go (保存と削除).
    Keeping(Keeping),
    /// A page of `/office check`, counted from 1.
    OfficeCheck(i64),
    /// The desk accepts that somebody (Discord's id of a person, a role, a bot) sees everything.
    OfficeAccept(u64),
    /// The desk takes that back.
    OfficeAcceptNoLonger(u64),
    /// Taking several issues for the same opinion, and apart again.
    Merge(Merge),
    /// A page of what a search found, whose words wait in the draft.
    IssueSearch(DraftId, i64),
    /// A change is taken back; what that needs waits in the draft.
    IssueUndo(DraftId),
    /// All steps of an issue's history.
    IssueHistory(IssueId),
    /// A page of them.
    IssueHistoryPage(IssueId, i64),
    /// A page of the audit whose filter waits in the draft.
    OfficeAudit(DraftId, i64),
}

impl Action {
    /// The custom id of the action.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::IssueAdd(draft) => format!("v1:issue-add:{draft}"),
            Self::IssueReword(draft) => format!("v1:issue-reword:{draft}"),
            Self::IssueReworded(draft) => format!("v1:issue-reworded:{draft}"),
            Self::IssueShow(issue) => format!("v1:issue-show:{issue}"),
            Self::IssueEdit(draft) => format!("v1:issue-edit:{draft}"),
            Self::IssueEditReword(draft) => format!("v1:issue-edit-reword:{draft}"),
            Self::IssueEditReworded(draft) => format!("v1:issue-edit-reworded:{draft}"),
            Self::IssueList(draft, page) => format!("v1:issue-list:{draft}:{page}"),
            Self::IssuePassOn(issue) => format!("v1:issue-pass-on:{issue}"),
            Self::StoppageShow(stoppage) => format!("v1:stoppage-show:{stoppage}"),
            Self::Share(share) => share.custom_id(),
            Self::Category(category) => category.custom_id(),
            Self::Course(course) => course.custom_id(),
            Self::Matching(press) => press.custom_id(),
            Self::Link(press) => press.custom_id(),
            Self::KeyPerson(press) => press.custom_id(),
            Self::Memo(press) => press.custom_id(),
            Self::Notice(press) => press.custom_id(),
            Self::Round(press) => press.custom_id(),
            Self::Import(import) => import.custom_id(),
            Self::Plan(plan) => plan.custom_id(),
            Self::Fund(fund) => fund.custom_id(),
            Self::Rule(rule) => rule.custom_id(),
            Self::Session(session) => session.custom_id(),
            Self::Project(project) => project.custom_id(),
            Self::Target(target) => target.custom_id(),
            Self::Report(report) => report.custom_id(),
            Self::Review(review) => review.custom_id(),
            Self::Event(event) => event.custom_id(),
            Self::Feed(feed) => feed.custom_id(),
            Self::Feedback(press) => press.custom_id(),
            Self::Batch(batch) => batch.custom_id(),
            Self::Keeping(press) => press.custom_id(),
            Self::OfficeCheck(page) => format!("v1:office-check:{page}"),
            Self::OfficeAccept(id) => format!("v1:office-accept:{id}"),
            Self::OfficeAcceptNoLonger(id) => format!("v1:office-accept-no-longer:{id}"),
            Self::Merge(merge) => merge.custom_id(),
            Self::IssueSearch(draft, page) => format!("v1:issue-search:{draft}:{page}"),
            Self::IssueUndo(draft) => format!("v1:issue-undo:{draft}"),
            Self::IssueHistory(issue) => format!("v1:issue-history:{issue}"),
            Self::IssueHistoryPage(issue, page) => format!("v1:issue-history-page:{issue}:{page}"),
            Self::OfficeAudit(draft, page) => format!("v1:office-audit:{draft}:{page}"),
        }
    }

    /// The custom id of the action on a card, carrying the card's mark: by it the outbox finds the
    /// message again after a crash.
    #[must_use]
    pub fn marked(self, mark: &str) -> String {
        format!("{}:{mark}", self.custom_id())
    }

    /// The action of a custom id; `None` for what is not ours.
    #[must_use]
    pub fn parse(custom_id: &str) -> Option<Self> {
        if custom_id.len() > CHARACTERS_MAX {
            return None;
        }
        let mut parts = custom_id.split(':');
        if parts.next()? != "v1" {
            return None;
        }
        let action = parts.next()?;
        let id: i64 = parts.next()?.parse().ok().filter(|id| *id > 0)?;
        Some(match action {
            "issue-add" => Self::IssueAdd(DraftId(id)),
            "issue-reword" => Self::IssueReword(DraftId(id)),
            "issue-reworded" => Self::IssueReworded(DraftId(id)),
            "issue-show" => Self::IssueShow(IssueId(id)),
            "issue-edit" => Self::IssueEdit(DraftId(id)),
            "issue-edit-reword" => Self::IssueEditReword(DraftId(id)),
            "issue-edit-reworded" => Self::IssueEditReworded(DraftId(id)),
            "issue-list" => Self::IssueList(DraftId(id), page(parts.next())?),
            "issue-pass-on" => Self::IssuePassOn(IssueId(id)),
            "stoppage-show" => Self::StoppageShow(StoppageId(id)),
            "office-check" => Self::OfficeCheck(id),
            // Discord's ids are far from using the highest of their 64 bits.
            "office-accept" => Self::OfficeAccept(id.cast_unsigned()),
            "office-accept-no-longer" => Self::OfficeAcceptNoLonger(id.cast_unsigned()),
            "issue-search" => Self::IssueSearch(DraftId(id), page(parts.next())?),
            "issue-undo" => Self::IssueUndo(DraftId(id)),
            "issue-history" => Self::IssueHistory(IssueId(id)),
            "issue-history-page" => Self::IssueHistoryPage(IssueId(id), page(parts.next())?),
            "office-audit" => Self::OfficeAudit(DraftId(id), page(parts.next())?),
            name @ ("discuss" | "returned" | "returned-page") => {
                Self::Course(Course::parse(name, id, parts)?)
            }
            name if matching::is_ours(name) => matching::parse(name, id, parts)?,
            name if name.starts_with("import-") => Self::Import(Import::parse(name, id, parts)?),
            name if name.starts_with("fund-") => Self::Fund(Fund::parse(name, id, parts)?),
            name if name.starts_with("rule-") => Self::Rule(Rule::parse(name, id)?),
            name if name.starts_with("plan-") => Self::Plan(Plan::parse(name, id, parts)?),
            name if name.starts_with("session-") => {
                Self::Session(Session::parse(name, id, parts.next())?)
            }
            name if name.starts_with("project-") => {
                Self::Project(Project::parse(name, id, parts.next())?)
            }
            name if name.starts_with("review-") => Self::Review(Review::parse(name, id, parts)?),
            name if name.starts_with("target-") => Self::Target(Target::parse(name, id, parts)?),
            name if name.starts_with("report-") => Self::Report(Report::parse(name, id)?),
            name if name.starts_with("feed-") => Self::Feed(Feed::parse(name, id, parts)?),
            name if name.starts_with("feedback-") => {
                Self::Feedback(Feedback::parse(name, id, parts.next())?)
            }
            name if name.starts_with("event-") => Self::Event(Event::parse(name, id)?),
            name if name.starts_with("notice-") => {
                Self::Notice(Notice::parse(name, id, parts.next())?)
            }
            name if name.starts_with("keeping-") => Self::Keeping(Keeping::parse(name, id)?),
            name if name.starts_with("memo-") => Self::Memo(Memo::parse(name, id)?),
            name if name.starts_with("round-") => Self::Round(Round::parse(name, id)?),
            name if name.starts_with("batch-") => {
                Self::Batch(Batch::parse(name, id, parts.next())?)
            }
            name if name.starts_with("merge-") => Self::Merge(Merge::parse(name, id, parts)?),
            name => match Category::parse(name, id) {
                Some(category) => Self::Category(category),
                None => Self::Share(Share::parse(name, id, parts)?),
            },
        })
    }
}

/// A page, counted from 0.
fn page(part: Option<&str>) -> Option<i64> {
    part?.parse().ok().filter(|page| *page >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        let issue = IssueId(12);
        for action in [
            Action::IssueAdd(draft),
            Action::IssueReword(draft),
            Action::IssueReworded(draft),
            Action::IssueShow(issue),
            Action::IssueEdit(draft),
            Action::IssueList(draft, i64::MAX),
            Action::IssuePassOn(issue),
            Action::StoppageShow(StoppageId(3)),
            Action::OfficeCheck(i64::MAX),
            Action::OfficeAccept(1_400_000_000_000_000_000),
            Action::OfficeAcceptNoLonger(1_400_000_000_000_000_000),
            Action::IssueEditReword(draft),
            Action::IssueEditReworded(draft),
            Action::IssueUndo(draft),
            Action::IssueSearch(draft, i64::MAX),
            Action::IssueHistory(issue),
            Action::IssueHistoryPage(issue, i64::MAX),
            Action::OfficeAudit(draft, i64::MAX),
        ] {
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        assert_eq!(
            Action::parse(&Action::IssueShow(issue).marked("ab12")),
            Some(Action::IssueShow(issue))
        );
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        for custom_id in [
            "",
            "v1",
            "v1:",
            "v1:issue-show",
            "v1:issue-show:",
            "v1:issue-show:-1",
            "v1:issue-show:0",
            "v1:issue-show:99999999999999999999",
            "v2:issue-show:1",
            "v1:issue-burn:1",
            "v1:issue-list:1",
            "v1:issue-list:1:-1",
            "v1:issue-history-page:1",
            "v1:office-audit:1:x",
            "issue-show:1",
            "v1:issue-show:1１",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
        assert_eq!(
            Action::parse(&format!("v1:issue-show:1:{}", "x".repeat(100))),
            None
        );
    }
}
