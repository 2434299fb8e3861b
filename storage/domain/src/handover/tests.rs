//! Why issues wait, and when the desk is reminded.

use super::*;
use crate::{
    calendar::Calendar,
    id::{AssociationId, IssueId, UserId},
    issue::{Kind, TierBy},
};
use chrono_tz::Asia::Tokyo;

fn issue(status: Status, tier: Tier, origin: Origin, destination: Destination) -> Issue {
    let at = "2027-01-20T01:00:00Z".parse().expect("an instant");
    Issue {
        id: IssueId(12),
        revision: 1,
        kind: Kind::Issue,
        origin,
        tier,
        tier_by: TierBy::Rules,
        status,
        later_year: None,
        measure_open: false,
        text: "退院の連絡が遅い".to_owned(),
        note: None,
        profession: None,
        association: Some(AssociationId(3)),
        about: Vec::new(),
        categories: Vec::new(),
        session: None,
        merged_into: None,
        speaker: None,
        reporter: UserId(7),
        created_at: at,
        changed_at: at,
        passed_on: false,
        kept_private: false,
        retracted: false,
        destination,
    }
}

#[test]
fn an_open_issue_says_why_it_waits() {
    use Origin::{Desk as ToDesk, Meeting, Open as Openly};
    use Status::{Acting, Later, Open, Planning, Review, Sorted};
    use Tier::{One, Three, Two};
    let today: NaiveDate = "2027-03-01".parse().expect("a day");
    let now = "2027-03-01T00:30:00Z".parse().expect("an instant");
    let day = |written: &str| Some(written.parse().expect("a day"));
    let nothing = Known::default();
    let review = |date| Known {
        review: Some(date),
        ..nothing
    };
    let session = Known {
        session: day("2027-03-10"),
        ..nothing
    };
    let proposed = Known {
        proposed: true,
        review: Some(day("2027-02-01")),
        ..nothing
    };
    let shared = Known {
        shared: true,
        ..nothing
    };
    let talk = Destination::Tier1(AssociationId(3));
    let (desk, region) = (Destination::Desk, Destination::Tier3);
    for (issue, known, expected) in [
        // What somebody has to decide comes first, whatever else is true.
        (issue(Review, One, Meeting, talk), proposed, Wait::Proposal),
        (
            issue(Acting, One, Meeting, talk),
            review(day("2027-02-28")),
            Wait::Overdue,
        ),
        // A review of today is not overdue, nor is one without a day.
        (
            issue(Review, One, Meeting, talk),
            review(day("2027-03-01")),
            Wait::Reviewed,
        ),
        (
            issue(Review, One, Meeting, talk),
            review(None),
            Wait::Reviewed,
        ),
        (issue(Review, One, Meeting, talk), nothing, Wait::Unreviewed),
        (issue(Review, One, Meeting, talk), session, Wait::Unreviewed),
        (issue(Later, One, Meeting, talk), session, Wait::Later),
        (issue(Open, Two, Meeting, desk), session, Wait::Session),
        // Told to the desk: it belongs to an association that has not been told.
        (issue(Open, One, ToDesk, desk), nothing, Wait::NotPassedOn),
        (issue(Sorted, One, Meeting, desk), nothing, Wait::Sorted),
        // Said in confidence about others.
        (issue(Planning, Two, Meeting, desk), nothing, Wait::Unshared),
        (issue(Open, Three, ToDesk, desk), nothing, Wait::Unshared),
        (issue(Planning, Two, Meeting, desk), shared, Wait::Planning),
        (issue(Open, Three, Openly, region), nothing, Wait::Untaken),
        (issue(Open, One, Meeting, talk), nothing, Wait::Untaken),
        (issue(Sorted, Three, Openly, region), nothing, Wait::Sorted),
        (issue(Acting, One, Meeting, talk), nothing, Wait::Acting),
    ] {
        let found = wait(&issue, known, today, now);
        let (status, tier, origin) = (issue.status, issue.tier, issue.origin);
        assert_eq!(found, expected, "{status:?} {tier:?} {origin:?} {known:?}");
    }
}

#[test]
fn what_was_kept_private_or_passed_on_is_not_asked_again() {
    let now = "2027-03-01T00:30:00Z".parse().expect("an instant");
    let today = "2027-03-01".parse().expect("a day");
    let ask = |issue: &Issue| wait(issue, Known::default(), today, now);
    let desk = Destination::Desk;
    let private = Issue {
        kept_private: true,
        ..issue(Status::Open, Tier::Two, Origin::Meeting, desk)
    };
    assert_eq!(ask(&private), Wait::Untaken);
    let passed = Issue {
        passed_on: true,
        ..issue(Status::Open, Tier::One, Origin::Desk, desk)
    };
    assert_eq!(ask(&passed), Wait::Untaken);
    let unknown = Issue {
        association: None,
        ..issue(Status::Open, Tier::One, Origin::Desk, desk)
    };
    assert_eq!(ask(&unknown), Wait::Untaken);
}

#[test]
fn an_issue_is_new_for_two_weeks() {
    let mut issue = issue(
        Status::Open,
        Tier::One,
        Origin::Meeting,
        Destination::Tier1(AssociationId(3)),
    );
    let today = "2027-03-01".parse().expect("a day");
    let now: DateTime<Utc> = "2027-03-01T00:30:00Z".parse().expect("an instant");
    for (age, expected) in [
        (
            TimeDelta::days(UNTAKEN_DAYS) - TimeDelta::seconds(1),
            Wait::New,
        ),
        (TimeDelta::days(UNTAKEN_DAYS), Wait::Untaken),
    ] {
        issue.created_at = now - age;
        assert_eq!(wait(&issue, Known::default(), today, now), expected);
    }
}

#[test]
fn the_desk_is_reminded_on_the_first_business_day_of_march() {
    let calendar = Calendar::default();
    for (after, expected) in [
        // A Monday; a Sunday, so the Monday; the year after once this year's is over.
        ("2026-11-20T01:00:00Z", "2027-03-01"),
        ("2027-02-28T23:59:00Z", "2027-03-01"),
        ("2027-03-01T00:00:00Z", "2028-03-01"),
        ("2028-12-31T00:00:00Z", "2029-03-01"),
        ("2029-04-01T00:00:00Z", "2030-03-01"),
        ("2030-04-01T00:00:00Z", "2031-03-03"),
    ] {
        let after = after.parse().expect("an instant");
        let next = standard().next_moment(after, Tokyo, &calendar);
        let next = next.expect("March comes every year");
        assert_eq!(next.date.to_string(), expected, "{after}");
        assert_eq!(next.time.to_string(), "09:00:00");
    }
}
