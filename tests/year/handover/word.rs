//! How a handover says things, in words of the test's own.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{issue::Status, project::Role, tier::Tier};

/// 令和9年3月26日(金)
pub(super) fn date(day: NaiveDate) -> String {
    let weekday = ["月", "火", "水", "木", "金", "土", "日"];
    let weekday = weekday[day.weekday().num_days_from_monday() as usize];
    let (month, date) = (day.month(), day.day());
    format!("{}{month}月{date}日({weekday})", era(day.year(), day))
}

/// The day of an instant.
pub(super) fn day(at: DateTime<Utc>) -> String {
    date(crate::day::wall(at).0)
}

/// 令和9年, or 平成31年 up to April of it.
pub(super) fn era(year: i32, day: NaiveDate) -> String {
    let reiwa = NaiveDate::from_ymd_opt(2019, 5, 1).expect("a day");
    match (day >= reiwa, year - 2018) {
        (true, 1) => "令和元年".to_owned(),
        (true, count) => format!("令和{count}年"),
        (false, _) => format!("平成{}年", year - 1988),
    }
}

/// A fiscal year: 令和9年度. The one whose second month began an era has its name: 令和元年度.
pub(super) fn year(year: i32) -> String {
    let may = NaiveDate::from_ymd_opt(year, 5, 1).expect("a day");
    format!("{}度", era(year, may))
}

pub(super) fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::One => "①職種内（一次）",
        Tier::Two => "②職種間（二次）",
        Tier::Three => "③地域全体（三次）",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "受付",
        Status::Sorted => "整理済",
        Status::Planning => "検討中",
        Status::Acting => "実施中",
        Status::Review => "反省会待ち",
        Status::Later => "次年度以降",
        Status::Done | Status::Dropped => panic!("it is over"),
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Announcement => "周知",
        Role::Participants => "参加者取りまとめ",
        Role::Survey => "アンケート",
        other => panic!("{other:?} is given to nobody here"),
    }
}

/// Where something is said.
pub(super) fn place(code: &str) -> &'static str {
    match code {
        "desk" => "相談窓口",
        "tier3" => "三次連携チャンネル",
        "tier1:1" => "薬剤師会の一次連携チャンネル",
        "tier1:2" => "医師会の一次連携チャンネル",
        _ => "二次連携チャンネル",
    }
}
