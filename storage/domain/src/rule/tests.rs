//! Deadlines of a rule pack on the calendar, and who is told of them.

use super::*;
use crate::{calendar::Calendar, era::format_date, occurrence::Lead};
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Asia::Tokyo;

fn rule(code: &str) -> &'static Rule {
    find("care-management", code).expect("it is shipped").1
}

fn date(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn instant(written: &str) -> DateTime<Utc> {
    let (day, time) = written.split_once(' ').expect("a day and a time");
    crate::occurrence::Moment {
        date: date(day),
        time: time.parse().expect("a time"),
    }
    .instant(Tokyo)
}

#[test]
fn every_pack_that_is_shipped_can_be_read() {
    for written in SHIPPED {
        let pack = read(written).unwrap_or_else(|fault| panic!("{fault}"));
        for rule in &pack.rules {
            assert!(find(&pack.code, &rule.code).is_some());
        }
    }
    assert_eq!(packs().len(), SHIPPED.len());
}

#[test]
fn the_standards_rules_are_those_of_the_document() {
    let pack = &packs()[0];
    assert_eq!(pack.rules.len(), 9);
    let notification = rule("plan-notification");
    assert_eq!(notification.article, "第13条第18号の2");
    assert_eq!(notification.effect, Some(date("2018-10-01")));
    assert_eq!(notification.change, Change::New);
    let manager = rule("manager");
    assert_eq!(manager.change, Change::Changed);
    // 平成33年3月31日 is a day of another era.
    let until = manager.transition.expect("a transition");
    assert_eq!(
        crate::era::parse_date("平成33年3月31日", date("2026-11-21")),
        Ok(until)
    );
    assert!(format_date(until).starts_with("令和3年3月31日"));
    assert_eq!(rule("meeting-record").keeping_years, Some(2));
    // What one patient's condition asks for belongs to the doctor.
    for word in ["服薬", "薬が", "体重", "口臭", "湿疹"] {
        let said = |rule: &Rule| rule.phrase.ja.contains(word);
        assert!(!pack.rules.iter().any(said), "{word}");
    }
}

#[test]
fn a_plan_is_notified_by_the_last_day_of_the_next_month() {
    let deadline = rule("plan-notification")
        .deadline
        .as_ref()
        .expect("it has one");
    let calendar = Calendar::default();
    for (month, due) in [
        ("2018-10-15", "2018-11-30"),
        // A Sunday stays: the document says nothing of business days.
        ("2019-02-01", "2019-03-31"),
        ("2024-01-31", "2024-02-29"),
        ("2023-01-31", "2023-02-28"),
        ("2026-11-30", "2026-12-31"),
        ("2026-12-01", "2027-01-31"),
    ] {
        assert_eq!(
            deadline.due(date(month), &calendar),
            Some(date(due)),
            "{month}"
        );
    }
    let shifted = Deadline {
        shift: crate::calendar::Shift::Next,
        ..deadline.clone()
    };
    assert_eq!(
        shifted.due(date("2019-02-01"), &calendar),
        Some(date("2019-04-01"))
    );
    let tenth = Deadline {
        day: Day::Of(31),
        ..deadline.clone()
    };
    assert_eq!(
        tenth.due(date("2024-01-10"), &calendar),
        Some(date("2024-02-29"))
    );
}

#[test]
fn records_of_a_meeting_are_kept_for_two_years() {
    let record = rule("meeting-record");
    for (finished, until) in [
        ("2026-11-21", "2028-11-21"),
        ("2024-02-29", "2026-02-28"),
        ("2022-02-28", "2024-02-28"),
        ("2025-12-31", "2027-12-31"),
    ] {
        assert_eq!(
            record.kept_until(date(finished)),
            Some(date(until)),
            "{finished}"
        );
    }
    assert_eq!(rule("manager").kept_until(date("2026-11-21")), None);
}

#[test]
fn reminders_come_one_after_the_other_and_only_ahead() {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    let calendar = Calendar::default();
    for (code, event, after, expected) in [
        // Seven days before 30 November 2026 is a holiday: the business day before.
        (
            "plan-notification",
            Event::Deadline,
            "2026-11-01 10:00",
            Some(("2026-11-30", 7, "2026-11-20")),
        ),
        (
            "plan-notification",
            Event::Deadline,
            "2026-11-20 09:00",
            Some(("2026-11-30", 1, "2026-11-27")),
        ),
        (
            "plan-notification",
            Event::Deadline,
            "2026-11-27 09:00",
            Some(("2026-12-31", 7, "2026-12-24")),
        ),
        // Before it took effect the first month is October 2018.
        (
            "plan-notification",
            Event::Deadline,
            "2018-08-01 10:00",
            Some(("2018-11-30", 7, "2018-11-22")),
        ),
        (
            "plan-notification",
            Event::Deadline,
            "2010-08-01 10:00",
            Some(("2018-11-30", 7, "2018-11-22")),
        ),
        (
            "plan-notification",
            Event::Effect,
            "2018-08-01 10:00",
            Some(("2018-10-01", 30, "2018-08-31")),
        ),
        (
            "plan-notification",
            Event::Effect,
            "2018-08-31 09:00",
            Some(("2018-10-01", 7, "2018-09-21")),
        ),
        ("plan-notification", Event::Effect, "2018-09-24 09:00", None),
        ("plan-notification", Event::Effect, "2026-11-01 10:00", None),
        (
            "plan-notification",
            Event::Transition,
            "2018-08-01 10:00",
            None,
        ),
        (
            "manager",
            Event::Transition,
            "2020-09-01 10:00",
            Some(("2021-03-31", 180, "2020-10-02")),
        ),
        ("manager", Event::Transition, "2021-03-01 09:00", None),
        ("manager", Event::Deadline, "2020-09-01 10:00", None),
        ("meeting-record", Event::Effect, "2020-09-01 10:00", None),
    ] {
        let step = next(rule(code), event, (nine, Tokyo), &calendar, instant(after));
        let found = step.map(|step| (step.date, step.lead, step.moment.date));
        let expected = expected
            .map(|(of, lead, said)| (date(of), Lead::days(lead).expect("a lead"), date(said)));
        assert_eq!(found, expected, "{code} {event:?} after {after}");
    }
}

#[test]
fn over_ten_years_every_month_is_reminded_of_twice() {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    let calendar = Calendar::default();
    let rule = rule("plan-notification");
    let (mut at, end) = (instant("2018-10-01 00:00"), instant("2028-10-01 00:00"));
    let mut said = std::collections::BTreeMap::new();
    while let Some(step) = next(rule, Event::Deadline, (nine, Tokyo), &calendar, at) {
        at = step.moment.instant(Tokyo);
        if at >= end {
            break;
        }
        assert!(calendar.is_business_day(step.moment.date) && step.moment.date < step.date);
        *said.entry(step.month.expect("of a month")).or_insert(0) += 1;
    }
    assert_eq!(said.len(), 119);
    assert!(said.values().all(|times| *times == 2), "{said:?}");
}

#[test]
fn a_date_of_today_is_no_longer_announced() {
    let today = date("2026-11-21");
    for (day, expected) in [
        ("2026-11-22", true),
        ("2026-11-21", false),
        ("2021-03-31", false),
    ] {
        assert_eq!(is_announced(date(day), today), expected, "{day}");
    }
}
