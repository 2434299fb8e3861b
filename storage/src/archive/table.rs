//! Every table, in the order in which an office is deleted: what refers comes before what it refers to.

/// What becomes of a table when an office is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in the archive, among the tables of a noun.
    Exported(&'static str),
    /// It is not, for this reason (a code).
    Left(&'static str),
}

/// A column under seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal {
    pub(super) column: &'static str,
    /// The column with the id of the key.
    pub(super) key: &'static str,
    /// What the seal is bound to.
    pub(super) place: &'static str,
}

/// A table of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What becomes of it.
    pub fate: Fate,
    /// The columns its rows are ordered by.
    pub(crate) order: &'static str,
    /// A change of its rows before any of them may go, where they refer to each other.
    pub(crate) loosen: Option<&'static str>,
    pub(super) sealed: Option<Seal>,
}

impl Table {
    /// The column that names the office.
    pub(crate) fn key(&self) -> &'static str {
        if self.name == "office" {
            "id"
        } else {
            "office_id"
        }
    }

    const fn loosened(mut self, sql: &'static str) -> Self {
        self.loosen = Some(sql);
        self
    }

    const fn sealed(
        mut self,
        column: &'static str,
        key: &'static str,
        place: &'static str,
    ) -> Self {
        self.sealed = Some(Seal { column, key, place });
        self
    }
}

const fn exported(noun: &'static str, name: &'static str, order: &'static str) -> Table {
    Table {
        name,
        fate: Fate::Exported(noun),
        order,
        loosen: None,
        sealed: None,
    }
}

const fn left(reason: &'static str, name: &'static str) -> Table {
    Table {
        name,
        fate: Fate::Left(reason),
        order: "office_id",
        loosen: None,
        sealed: None,
    }
}

/// What stands in channels, and what will be said there: the program's own bookkeeping.
const DELIVERY: &str = "delivery";
/// What lies between two steps of one person, at most a day.
const PASSING: &str = "passing";
/// What is made of other tables.
const DERIVED: &str = "derived";

/// Every table that belongs to offices.
pub const TABLES: &[Table] = &[
    left(DELIVERY, "reminder_item"),
    left(DELIVERY, "reminder"),
    left(DELIVERY, "occurrence"),
    left(DELIVERY, "stoppage_visible"),
    left(DELIVERY, "stoppage"),
    left(DELIVERY, "outbox"),
    left(DELIVERY, "outbox_lane"),
    left(PASSING, "draft"),
    left(PASSING, "interaction"),
    left(DERIVED, "issue_wording"),
    left(DELIVERY, "event"),
    left(DERIVED, "notice_letters"),
    exported("notice", "feed_entry", "feed_id, number"),
    exported("notice", "feed", "id"),
    exported("notice", "bulletin_notice", "bulletin_id, position"),
    exported("notice", "bulletin", "id"),
    exported("feedback", "feedback_left_out", "feedback_id, issue_id"),
    exported("feedback", "feedback_tally", "feedback_id, status"),
    exported("feedback", "feedback_item", "feedback_id, position"),
    exported("feedback", "feedback_words", "feedback_id, version"),
    exported("feedback", "feedback", "id"),
    exported("fund", "fund_use", "fund_id, project_id, fiscal_year"),
    exported("fund", "fund", "id"),
    exported("rule", "rule_association", "id"),
    exported("notice", "notice_wording", "notice_id, version"),
    exported("notice", "notice_change", "notice_id, position"),
    exported("notice", "notice_scope", "notice_id, position"),
    exported("notice", "notice", "id"),
    exported("notice", "topic", "id"),
    exported("target", "report_correction", "kind, number, target_id"),
    exported("target", "report", "kind, number"),
    exported("target", "record_target", "record_id, position"),
    exported("target", "record", "id").loosened(
        "update record set again_of = null where office_id = $1 and again_of is not null",
    ),
    exported("target", "target_word", "target_id, fiscal_year, turn"),
    exported("target", "goal", "target_id, fiscal_year, version"),
    exported("target", "target", "id"),
    exported("review", "review_issue", "review_id, issue_id"),
    exported("review", "review", "id"),
    exported("project", "task", "id"),
    exported("project", "project_session", "project_id, position"),
    exported("project", "project_issue", "project_id, position"),
    exported("project", "project_association", "project_id, position"),
    exported("project", "project", "id"),
    exported("issue", "matching", "id"),
    exported("issue", "issue_link", "first_id, second_id"),
    exported("issue", "issue_merge", "issue_id"),
    exported("issue", "import_issue", "import_id, issue_id"),
    exported("issue", "import", "id"),
    exported("issue", "disclosure", "issue_id, version"),
    exported("session", "issue_session", "session_id, issue_id"),
    exported("session", "session_agenda", "session_id, position"),
    exported(
        "session",
        "session_answer",
        "session_id, question, position",
    ),
    exported("session", "session_question", "session_id, position"),
    exported("session", "session_attendance", "session_id, position"),
    exported("session", "session_account", "session_id"),
    exported("session", "session_association", "session_id, position"),
    exported("session", "session", "id"),
    exported("issue", "issue_category", "issue_id, position"),
    exported("issue", "issue_about", "issue_id, position"),
    exported("issue", "issue", "id").sealed("speaker", "speaker_key", "issue.speaker"),
    exported("issue", "category", "id"),
    exported("office", "memo", "id"),
    exported("office", "key_person", "id").sealed("person", "person_key", "key_person.person"),
    exported("office", "acceptance", "discord_id"),
    exported("office", "circle_association", "circle_id, association_id"),
    exported("office", "circle", "id"),
    exported("office", "association_scope", "association_id, position"),
    exported(
        "office",
        "association_profession",
        "association_id, position",
    ),
    exported("office", "association", "id"),
    exported("office", "profession_alias", "profession_id, position"),
    exported("office", "profession", "id"),
    exported("office", "office_role", "capacity"),
    exported("office", "office_channel", "used_for"),
    exported("office", "office_setting", "key"),
    exported("trace", "petition", "id"),
    exported("trace", "departure", "id"),
    exported("trace", "deletion", "id"),
    exported("trace", "retention", "year"),
    left(DELIVERY, "erased"),
    exported("trace", "history_entry", "id"),
    exported("trace", "audit_entry", "id"),
    left(DERIVED, "office_counter"),
    exported("office", "office", "id"),
];

/// Tables that are no office's, each with the reason.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("_sqlx_migrations", "which migrations were applied"),
    ("registration", "which commands Discord knows"),
    ("erasure", "offices that were deleted: who, when, why"),
    (
        "issue_gram",
        "the index of wordings: numbers and pairs of letters of issue_wording",
    ),
    (
        "notice_gram",
        "the index of notices: numbers and pairs of letters of notice_letters",
    ),
];
