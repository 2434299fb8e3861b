//! Months and years of a small office, made up.

use super::*;
use crate::{
    era::FiscalYear,
    issue::Status,
    setting::Language,
    tally::{Totals, merge},
    target::{number::ItemNumber, pace::State},
    tier::Tier,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

fn row(area: &str, number: &str, state: State) -> Row {
    Row {
        area: area.to_owned(),
        number: ItemNumber::read(number).expect("a number"),
        item: "多職種連携研修を開催する。".to_owned(),
        goals: BTreeMap::new(),
        figure: None,
        state,
        before: None,
        told: Vec::new(),
        plan: Vec::new(),
    }
}

fn with_figure(number: &str, state: State, done: i64, goal: i64) -> Row {
    let unit = "回".to_owned();
    Row {
        figure: Some(Figure { goal, done, unit }),
        ..row("医療・看護", number, state)
    }
}

fn month(rows: Vec<Row>) -> Month {
    let month = YearMonth::from_number(202_611).expect("a month");
    Month {
        office: "白浜市在宅医療・介護連携拠点".to_owned(),
        language: Language::Ja,
        month,
        as_of: month.last_day(),
        year: FiscalYear::starting_in(2026),
        first_of_year: false,
        marks: crate::target::mark::Marks::default(),
        years: vec![FiscalYear::starting_in(2026)],
        rows,
        issues: Issues::default(),
        overdue: Vec::new(),
        ahead: Vec::new(),
        corrected: Vec::new(),
    }
}

fn told(day: u32, text: &str) -> Told {
    Told {
        date: NaiveDate::from_ymd_opt(2026, 11, day),
        text: text.to_owned(),
        ..Told::default()
    }
}

#[test]
fn months_are_known_by_their_number() {
    for (number, days) in [
        (202_611, Some(("2026-11-01", "2026-11-30"))),
        (202_402, Some(("2024-02-01", "2024-02-29"))),
        (202_612, Some(("2026-12-01", "2026-12-31"))),
        (202_613, None),
        (202_600, None),
        (0, None),
        (-202_611, None),
        (99_999_912, None),
        (i64::MAX, None),
    ] {
        let read = YearMonth::from_number(number).map(|month| {
            assert_eq!(month.number(), number);
            (month.first_day().to_string(), month.last_day().to_string())
        });
        let expected = days.map(|(first, last)| (first.to_owned(), last.to_owned()));
        assert_eq!(read, expected, "{number}");
    }
    let january = YearMonth::from_number(202_701).expect("a month");
    assert_eq!(january.previous().number(), 202_612);
    assert_eq!(january.previous().next(), january);
    assert!(january.contains(january.last_day()));
}

#[test]
fn the_first_line_says_whether_anything_has_changed() {
    let same = Before {
        state: State::OnTrack,
        done: 6,
        records: 0,
    };
    let still = || Row {
        before: Some(same),
        ..with_figure("1-①", State::OnTrack, 6, 12)
    };
    assert_eq!(month(vec![]).headline(), Headline::NoTarget);
    assert_eq!(month(vec![still()]).headline(), Headline::Unchanged);

    let begins = Month {
        first_of_year: true,
        ..month(vec![row("医療・看護", "1-①", State::NotBegun)])
    };
    assert_eq!(begins.headline(), Headline::Begins);

    let moved = |targets, issues| Headline::Changed { targets, issues };
    let done = with_figure("1-①", State::OnTrack, 7, 12);
    let done = Row {
        before: Some(same),
        ..done
    };
    assert_eq!(month(vec![still(), done]).headline(), moved(1, false));
    // Time alone can make a target fall behind, and that is news.
    let behind = Row {
        state: State::Behind,
        ..still()
    };
    assert_eq!(month(vec![behind]).headline(), moved(1, false));
    let corrected = Row {
        told: vec![told(3, "研修会を開いた。")],
        ..still()
    };
    assert_eq!(month(vec![corrected]).headline(), moved(1, false));

    let mut issues = month(vec![still()]);
    issues.issues.now = [(Tier::Two, Status::Open, 1)].into_iter().collect();
    assert_eq!(issues.headline(), moved(0, true));
    let back: Totals = issues.issues.now.clone();
    issues.issues.before = back;
    assert_eq!(issues.headline(), Headline::Unchanged);
    // Nobody without targets is told of issues under the heading of targets.
    issues.issues.before = Totals::default();
    issues.rows.clear();
    assert_eq!(issues.headline(), Headline::NoTarget);
}

#[test]
fn the_latest_line_is_the_last_of_the_last_day() {
    let mut target = row("医療・看護", "1-①", State::OnTrack);
    assert_eq!(target.latest(), None);
    target.told = vec![
        Told {
            date: None,
            ..told(1, "表から")
        },
        told(20, "先"),
        told(20, "後"),
        told(4, "前"),
    ];
    assert_eq!(target.latest().map(|told| told.text.as_str()), Some("後"));
}

#[test]
fn areas_stand_in_the_order_of_the_table_and_no_target_is_lost() {
    let rows = [
        row("保健・福祉", "1-①", State::Behind),
        row("医療・看護", "1-①", State::Reached),
        row("保健・福祉", "1-②", State::NoGoal),
    ];
    let found = areas(&rows);
    let names: Vec<_> = found.iter().map(|area| area.name.as_deref()).collect();
    assert_eq!(names, [Some("保健・福祉"), Some("医療・看護")]);
    assert_eq!((found[0].total(), found[0].count(State::Behind)), (2, 1));
    assert!(areas(&[]).is_empty());

    let hundred: Vec<Row> = (0..100)
        .map(|at| row(&format!("領域{}", at % 20), "1-①", State::OnTrack))
        .collect();
    let found = areas(&hundred);
    assert_eq!(found.len(), AREAS_MAX);
    assert_eq!(found.iter().map(Area::total).sum::<usize>(), 100);
    let last = found.last().expect("areas");
    assert_eq!(
        (last.name.as_deref(), last.areas, last.total()),
        (None, 11, 55)
    );

    let long = row(&"長".repeat(41), "1-①", State::OnTrack);
    let cut = format!("{}…", "長".repeat(39));
    assert_eq!(areas(&[long])[0].name, Some(cut));
}

#[test]
fn figures_that_need_a_look_have_room_first() {
    let rows = [
        with_figure("1-①", State::Reached, 12, 12),
        row("医療・看護", "1-②", State::OnTrack),
        with_figure("1-③", State::Behind, 2, 12),
        with_figure("1-④", State::OnTrack, 9, 12),
        with_figure("1-⑤", State::Behind, 1, 12),
        with_figure("1-⑥", State::NoGoal, 0, 12),
        with_figure("1-⑦", State::NotBegun, 0, 1),
    ];
    for (most, expected, left_out) in [
        (12, &["1-①", "1-③", "1-④", "1-⑤", "1-⑦"][..], 0),
        (3, &["1-③", "1-④", "1-⑤"], 2),
        (1, &["1-⑤"], 4),
        (0, &[], 5),
    ] {
        let (shown, without) = figures(&rows, most);
        let shown: Vec<_> = shown
            .iter()
            .map(|(row, _)| row.number.to_string())
            .collect();
        assert_eq!(
            (shown.as_slice(), without),
            (
                expected
                    .iter()
                    .map(|number| (*number).to_owned())
                    .collect::<Vec<_>>()
                    .as_slice(),
                left_out
            )
        );
    }
}

#[test]
fn parts_of_a_goal_never_overflow() {
    let part = |done, goal| {
        let unit = "件".to_owned();
        Figure { goal, done, unit }.percent()
    };
    assert_eq!((part(6, 12), part(0, 12), part(30, 12)), (50, 0, 250));
    assert_eq!((part(-5, 12), part(5, 0)), (0, 500));
    assert_eq!(part(i64::MAX, 1), i64::MAX);
}

#[test]
fn what_was_not_reached_is_proposed_for_the_next_year() {
    use State::*;
    for (state, has_figure, planned, expected) in [
        (Behind, true, false, Carry::Unfinished),
        (OnTrack, true, false, Carry::Unfinished),
        (OnTrack, false, false, Carry::GoesOn),
        (Behind, false, false, Carry::Unfinished),
        (NotBegun, true, false, Carry::NotBegun),
        (Reached, true, false, Carry::Reached),
        (NoGoal, false, false, Carry::NoGoal),
        (NoGoal, false, true, Carry::Planned),
        (Behind, true, true, Carry::Planned),
    ] {
        assert_eq!(carry(state, has_figure, planned), expected, "{state:?}");
    }
}

#[test]
fn a_draft_takes_the_goal_that_holds() {
    let year = FiscalYear::starting_in(2026);
    let goal = |text: &str, wish| Goal {
        text: text.to_owned(),
        wish,
        again: false,
    };
    let mut target = with_figure("1-①", State::Behind, 3, 12);
    target.goals.insert(year, goal("年12回", Wish::Set));
    let draft = Draft::of(&target, year);
    assert_eq!(
        (draft.carry, draft.goal.as_str()),
        (Carry::Unfinished, "年12回")
    );

    target
        .goals
        .insert(year.next(), goal("年6回", Wish::Withdrawn));
    assert_eq!(Draft::of(&target, year).goal, "年12回");
    target
        .goals
        .insert(year.next(), goal("年6回", Wish::Reduced));
    let draft = Draft::of(&target, year);
    assert_eq!(
        (draft.carry, draft.goal.as_str()),
        (Carry::Planned, "年6回")
    );

    target.goals.remove(&year.next());
    target.state = State::Reached;
    let draft = Draft::of(&target, year);
    assert_eq!((draft.carry, draft.goal.as_str()), (Carry::Reached, ""));
}

#[test]
fn small_categories_keep_no_name() {
    let counts = BTreeMap::from([(1_u8, [5, 4]), (2, [1, 2]), (3, [2, 3])]);
    let named = Counted::named(merge(&counts), |key| format!("分類{key}"));
    let one = |name: Option<&str>, now, before| Counted {
        name: name.map(str::to_owned),
        now,
        before,
    };
    assert_eq!(named, [one(Some("分類1"), 5, 4), one(None, 3, 5)]);
}
