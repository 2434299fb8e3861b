//! The keys of `/office setting`, and which of them move what is planned.

/// The keys of `/office setting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `locale`: language of posts.
    Locale,
    /// `time_zone`: IANA name.
    TimeZone,
    /// `fiscal_year_start`: month 1 to 12.
    FiscalYearStart,
    /// `adviser_sees`: where the adviser takes part besides tier 3 (`desk`, `tier2`, names of
    /// associations), several separated by 、.
    AdviserSees,
    /// `tier_rules`: the office's own rules, `tier:pattern`, one per line.
    TierRules,
    /// `retention_years`: years records are kept after the fiscal year's end.
    RetentionYears,
    /// `closed_days`: days the office is closed every year, 12/29-1/3.
    ClosedDays,
    /// `holidays`: single days added to the national holidays or taken out of them.
    Holidays,
    /// `review_before`: when a review is reminded of before it and on the day, 14日前、1日前、当日.
    ReviewBefore,
    /// `review_overdue`: how often an overdue review is reminded of, 7日ごと.
    ReviewOverdue,
    /// `session_before`: when a session is reminded of, 7日前、1日前.
    SessionBefore,
    /// `reminded_at`: the time of day of every reminder, 9:00.
    RemindedAt,
    /// `session_event`: which sessions become events of the server, `tier3` or `never`.
    SessionEvent,
    /// `digest`: when the desk's weekly digest comes, as an expression (`0 9 * * 1 shift=next`);
    /// `/office schedule` takes phrases as well.
    Digest,
    /// `progress`: when the month (月次) is posted, as an expression, or なし; `/office schedule` takes
    /// phrases as well.
    Progress,
    /// `feedback`: when the desk gets the drafts of what associations are told, as an expression, or なし;
    /// `/office schedule` takes phrases as well.
    Feedback,
    /// `marks`: what the marks of the plan table mean, ●実施、○予定, or なし.
    Marks,
    /// `handover`: when the desk is reminded to hand over (引継ぎ), as [`Key::Progress`].
    Handover,
    /// `adviser_meeting`: how many months lie between meetings with the adviser, or なし.
    AdviserMeeting,
}

crate::codes!(Key {
    Locale = "locale",
    TimeZone = "time_zone",
    FiscalYearStart = "fiscal_year_start",
    AdviserSees = "adviser_sees",
    TierRules = "tier_rules",
    RetentionYears = "retention_years",
    ClosedDays = "closed_days",
    Holidays = "holidays",
    ReviewBefore = "review_before",
    ReviewOverdue = "review_overdue",
    SessionBefore = "session_before",
    RemindedAt = "reminded_at",
    SessionEvent = "session_event",
    Digest = "digest",
    Progress = "progress",
    Feedback = "feedback",
    Marks = "marks",
    Handover = "handover",
    AdviserMeeting = "adviser_meeting",
});

impl Key {
    /// Whether what is planned by the calendar of the office, or by its leads, has to be planned anew
    /// when this is changed.
    #[must_use]
    pub const fn moves_what_is_planned(self) -> bool {
        matches!(
            self,
            Self::ClosedDays
                | Self::Holidays
                | Self::ReviewBefore
                | Self::ReviewOverdue
                | Self::SessionBefore
                | Self::RemindedAt
                | Self::Digest
                | Self::Progress
                | Self::Feedback
                | Self::Handover
                | Self::FiscalYearStart
        )
    }
}
