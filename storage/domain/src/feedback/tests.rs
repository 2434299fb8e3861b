//! The small rules of feedback; that nothing of others leaks is drawn by chance in
//! `tests/disclosure/feedback.rs`.

use super::*;
use crate::{id::ReviewId, issue::Status};
use chrono_tz::Asia::Tokyo;

fn month(number: i64) -> YearMonth {
    YearMonth::from_number(number).expect("a month")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn feedback() -> Feedback {
    let now = at("2026-11-20T01:00:00Z");
    Feedback {
        id: FeedbackId(1),
        revision: 1,
        association: AssociationId(1),
        state: State::Draft,
        window: Window {
            since: None,
            until: now,
        },
        occasion: Occasion::default(),
        items: vec![Item::Session(SessionId(1)), Item::Review(ReviewId(2))],
        left_out: BTreeSet::new(),
        tally: Tally::default(),
        words: Words::default(),
        made_by: UserId(1),
        made_at: now,
        sent_at: None,
        corrected_at: None,
        changed_at: now,
    }
}

#[test]
fn what_was_told_already_is_not_told_again() {
    let window = Window {
        since: Some(at("2026-10-01T00:00:00Z")),
        until: at("2026-11-01T00:00:00Z"),
    };
    for (when, expected) in [
        ("2026-09-30T23:59:59Z", false),
        ("2026-10-01T00:00:00Z", false),
        ("2026-10-01T00:00:01Z", true),
        ("2026-11-01T00:00:00Z", true),
        ("2026-11-01T00:00:01Z", false),
    ] {
        assert_eq!(window.holds(at(when)), expected, "{when}");
    }
}

#[test]
fn a_month_is_told_from_its_first_to_its_last_moment_on_the_offices_wall() {
    let window = Window::of_month(month(202_610), Tokyo, at("2026-11-20T01:00:00Z"));
    for (when, expected) in [
        ("2026-09-30T14:59:59.999999Z", false),
        ("2026-09-30T15:00:00Z", true),
        ("2026-10-31T14:59:59.999999Z", true),
        ("2026-10-31T15:00:00Z", false),
    ] {
        assert_eq!(window.holds(at(when)), expected, "{when}");
    }
    let running = at("2026-11-20T01:00:00Z");
    assert_eq!(
        Window::of_month(month(202_611), Tokyo, running).until,
        running
    );
}

#[test]
fn what_is_to_come_alone_is_no_news() {
    let quiet = feedback();
    assert!(quiet.is_quiet());
    let issue = IssueId(7);
    let mut moved = quiet.clone();
    moved.items.push(Item::Moved {
        issue,
        from: Status::Open,
        to: Status::Done,
    });
    assert!(!moved.is_quiet());
    moved.left_out.insert(issue);
    assert!(moved.is_quiet(), "what was left out is not told");
    assert_eq!(moved.told().count(), 2);
    let mut followed = quiet;
    followed.occasion.session = Some(SessionId(1));
    assert!(!followed.is_quiet(), "that a session was held is news");
}

#[test]
fn a_short_word_comes_once_a_quarter() {
    for (last, now, expected) in [
        (None, 202_611, true),
        (Some(202_611), 202_611, false),
        (Some(202_611), 202_612, false),
        (Some(202_611), 202_701, false),
        (Some(202_611), 202_702, true),
        (Some(202_612), 202_611, false),
        (Some(202_511), 202_611, true),
    ] {
        assert_eq!(
            quiet_is_due(last.map(month), month(now)),
            expected,
            "{last:?} {now}"
        );
    }
}

#[test]
fn a_draft_takes_in_what_came_since() {
    let session = Occasion {
        session: Some(SessionId(3)),
        ..Occasion::default()
    };
    let monthly = Occasion {
        month: Some(month(202_610)),
        ..Occasion::default()
    };
    let both = session.joined(monthly);
    assert_eq!(both.session, Some(SessionId(3)));
    assert_eq!(both.month, Some(month(202_610)));
    let now = at("2026-12-20T01:00:00Z");
    let mut draft = feedback();
    draft.occasion = both;
    assert_eq!(draft.window_at(now, Tokyo).until, now);
    draft.occasion.month_only = true;
    assert_eq!(
        draft.window_at(now, Tokyo),
        Window::of_month(month(202_610), Tokyo, now)
    );
}
