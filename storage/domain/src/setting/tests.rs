//! What people write as settings, and what is stored of it.

use super::*;

fn nobody(_: &str) -> Option<AssociationId> {
    None
}

#[test]
fn every_setting_survives_being_stored() {
    let mut settings = Settings::default();
    let find = |name: &str| (name == "薬剤師会").then_some(AssociationId(3));
    for (key, value) in [
        (Key::Locale, "en"),
        (Key::TimeZone, "Europe/Berlin"),
        (Key::FiscalYearStart, "１"),
        (Key::AdviserSees, "相談窓口、薬剤師会"),
        (Key::TierRules, "3:防災無線\n1:研修記録"),
        (Key::RetentionYears, "7"),
        (Key::ClosedDays, "12月28日～1月4日、8/15"),
        (Key::Holidays, "令和9年6月1日 市制記念日；2027-02-11 開所"),
        (Key::ReviewBefore, "30日前、当日"),
        (Key::ReviewOverdue, "なし"),
        (Key::SessionBefore, "3日前"),
        (Key::RemindedAt, "午前8時半"),
        (Key::SessionEvent, "Never"),
        (Key::Digest, "0 8 * * 2 shift=previous"),
        (Key::AdviserMeeting, "６か月ごと"),
        (Key::Progress, "なし"),
        (Key::Marks, "●＝実施、○：予定"),
        (Key::Feedback, "0 9 B2 * *"),
        (Key::Handover, "0 9 B1 2 *"),
        (Key::Handover, "なし"),
    ] {
        settings.set(key, value, &find).expect("a good value");
    }
    let rows = Key::ALL
        .iter()
        .map(|key| (key.code().to_owned(), settings.stored(*key)))
        .collect();
    assert_eq!(Settings::from_stored(&rows, BTreeSet::new()), settings);
}

#[test]
fn rules_are_separated_by_semicolons_and_taken_out_by_saying_so() {
    let mut settings = Settings::default();
    let mut set = |value: &str| {
        settings
            .set(Key::TierRules, value, &nobody)
            .expect("a good value");
        settings.stored(Key::TierRules)
    };
    assert_eq!(set("3:防災無線；1:研修記録"), "3:防災無線\n1:研修記録");
    assert_eq!(set("なし"), "");
    assert_eq!(names("なし").count(), 0);
    assert_eq!(names("なし、薬剤師").count(), 2);
}

#[test]
fn a_value_that_does_not_fit_changes_nothing() {
    let mut settings = Settings::default();
    for (key, value) in [
        (Key::Marks, "実施"),
        (Key::Locale, "fr"),
        (Key::TimeZone, "Tokio"),
        (Key::FiscalYearStart, "13"),
        (Key::AdviserSees, "どこかの会"),
        (Key::TierRules, "4:災害"),
        (Key::TierRules, "3:("),
        (Key::RetentionYears, "0"),
        (Key::ClosedDays, "年末"),
        (Key::Holidays, "6/1 市制記念日"),
        (Key::ReviewBefore, "2週間前"),
        (Key::ReviewOverdue, "0日ごと"),
        (Key::SessionBefore, "1000日前"),
        (Key::RemindedAt, "午前3時"),
        (Key::RemindedAt, "朝"),
        (Key::SessionEvent, "tier1"),
        (Key::Digest, "毎週月曜"),
        (Key::AdviserMeeting, "13"),
        (Key::Progress, "いつか"),
        (Key::Handover, "三月"),
        (Key::AdviserMeeting, "毎月"),
    ] {
        assert!(
            settings.set(key, value, &nobody).is_err(),
            "{key:?} {value}"
        );
    }
    assert_eq!(settings, Settings::default());
}

#[test]
fn what_an_older_version_cannot_read_counts_as_the_default() {
    let rows = BTreeMap::from([
        ("locale".to_owned(), "tlh".to_owned()),
        ("colour".to_owned(), "red".to_owned()),
    ]);
    assert_eq!(
        Settings::from_stored(&rows, BTreeSet::new()),
        Settings::default()
    );
}
