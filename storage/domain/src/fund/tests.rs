//! Lines and labels of a fund, and what a project used of it.

use super::*;

fn entry(number: Option<i64>, sub: Option<char>) -> Entry {
    Entry {
        number,
        sub,
        title: "介護ロボット導入支援事業".to_owned(),
        ..Entry::default()
    }
}

#[test]
fn a_line_is_called_by_its_number_letter_and_name() {
    for (number, sub, label, name) in [
        (
            Some(34),
            Some('ロ'),
            "34 ロ",
            "34 ロ 介護ロボット導入支援事業",
        ),
        (Some(34), None, "34", "34 介護ロボット導入支援事業"),
        (None, Some('ロ'), "ロ", "ロ 介護ロボット導入支援事業"),
        (None, None, "", "介護ロボット導入支援事業"),
    ] {
        let entry = entry(number, sub);
        assert_eq!(
            (entry.label().as_str(), entry.name().as_str()),
            (label, name)
        );
    }
}

#[test]
fn a_line_whose_number_cannot_be_trusted_is_known_by_its_name() {
    let numbered = entry(Some(34), None);
    let mut doubled = numbered.clone();
    doubled.doubt(Doubt::NumberTwice);
    let lost = entry(None, None);
    let keys = [numbered.key(), doubled.key(), lost.key()];
    assert_eq!(keys[0], "34");
    assert!(keys[1] != keys[0] && keys[2] != keys[1]);
}

#[test]
fn doubts_stand_once_and_in_order() {
    let mut entry = entry(None, None);
    for doubt in [Doubt::SinceBare, Doubt::NumberLost, Doubt::SinceBare] {
        entry.doubt(doubt);
    }
    assert_eq!(entry.doubts, [Doubt::NumberLost, Doubt::SinceBare]);
}
