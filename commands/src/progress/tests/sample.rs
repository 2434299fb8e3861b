//! Months and years of a made-up city, for the tests that look at charts and sheets and for the benchmark.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    era::FiscalYear,
    issue::Status,
    progress::{
        Ahead, AheadOf, Balance, Before, Corrected, Counted, Draft, Figure, FundUse, Gathered,
        Goal, Helped, Issues, Month, Overdue, Row, Told, Wish, Year, YearMonth,
    },
    project::{self, Budget},
    session::{Kind, Role},
    setting::Language,
    target::{mark::Marks, number::ItemNumber, pace::State},
    tier::Tier,
};
use std::collections::BTreeMap;

/// The fiscal year of the samples: 令和8年度.
pub(crate) const YEAR: FiscalYear = FiscalYear::starting_in(2026);
/// The areas of the city.
const AREAS: [&str; 7] = [
    "医療・看護",
    "介護・リハビリテーション",
    "保健・福祉",
    "本人の選択・家族の心構え",
    "住まいの確保",
    "生活支援",
    "認知症の予防と支援",
];
/// What an item is, what it wants, its figure, and what is told of it.
type Item = (
    &'static str,
    &'static str,
    Option<(i64, &'static str)>,
    &'static str,
);
const ITEMS: [Item; 9] = [
    (
        "多職種連携研修を定期に開き、栄養・歯科口腔・薬剤管理などの分野をまたいだ話し合いの場をつくる。",
        "多職種連携研修の開催（年4回）",
        Some((4, "回")),
        "●第2回の多職種連携研修を開いた。参加42人、アンケートの回答38件。",
    ),
    (
        "入退院のときの連絡のしかたを決め、市内の病院と居宅介護支援事業所で使う。",
        "連絡様式を試す / 使いはじめる",
        None,
        "●病院の連携室と居宅介護支援事業所の代表が集まり、様式の案を直した。\n○様式を試す期間を2か月とした。",
    ),
    (
        "自立支援型の地域ケア会議を毎月開く。",
        "毎年度実施（年12回）",
        Some((12, "回")),
        "●第6回の会議を開いた。",
    ),
    (
        "救急のときに役立つ情報シートを配り、更新を働きかける。",
        "配布 2,000部",
        Some((2_000, "部")),
        "○消防と相談し、冷蔵庫に貼る形に改めた。",
    ),
    (
        "ひとり暮らしの高齢者の実態調査を、地域包括支援センターごとに進める。",
        "各120件目標",
        Some((480, "件")),
        "●9月末で各センターとも半分を終えた。",
    ),
    (
        "終活の講座を開き、書き方の説明と個別の相談を行う。",
        "講座・個別相談の実施（年1回）",
        Some((1, "回")),
        "",
    ),
    (
        "介護をする家族の会を支える。",
        "家族会の開催",
        None,
        "●家族会を開いた（偶数月）。",
    ),
    (
        "住民どうしの助け合いの担い手を増やす。",
        "養成講座の実施",
        None,
        "",
    ),
    (
        "市の広報で在宅医療と看取りについて知らせる。",
        "広報に載せる（年2回）",
        Some((2, "回")),
        "●広報10月号に記事を載せた。",
    ),
];

fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 4 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the sample year")
}

/// The lines of a text, each with its mark.
fn told(text: &str, month: u32) -> Vec<Told> {
    let lines = (0..).zip(text.lines());
    lines
        .map(|(at, line)| {
            let mark = line.chars().next().filter(|letter| "●○".contains(*letter));
            Told {
                date: Some(day(month, 12 + at)),
                text: line.trim_start_matches(['●', '○']).to_owned(),
                mark: mark.map(String::from),
                ..Told::default()
            }
        })
        .collect()
}

/// A target of the sample, by its place in the table.
fn row(at: usize, area: &str, in_area: usize) -> Row {
    let (item, goal, figure, text) = ITEMS[at % ITEMS.len()];
    let state = match at % 11 {
        0 | 4 => State::Behind,
        1 | 2 | 6 => State::OnTrack,
        3 | 8 => State::Reached,
        9 => State::NoGoal,
        _ => State::NotBegun,
    };
    let done = |goal: i64| match state {
        State::Reached => goal + goal / 6,
        State::OnTrack => goal * 2 / 3,
        State::Behind => goal / 2,
        State::NotBegun | State::NoGoal => 0,
    };
    let begun = !matches!(state, State::NotBegun | State::NoGoal);
    let goal = |wish| Goal {
        text: goal.to_owned(),
        wish,
        again: at % 13 == 5,
    };
    let wish = match state {
        State::NoGoal => Wish::Withdrawn,
        State::Behind if at.is_multiple_of(2) => Wish::Reduced,
        _ => Wish::Set,
    };
    let number = format!("{}-{}", in_area / 5 + 1, in_area % 5 + 1);
    Row {
        area: area.to_owned(),
        number: ItemNumber::read(&number).expect("a number of the sample"),
        item: item.to_owned(),
        goals: BTreeMap::from([
            (YEAR.previous(), goal(Wish::Set)),
            (YEAR, goal(wish)),
            (YEAR.next(), goal(Wish::Bracketed)),
        ]),
        figure: figure.map(|(goal, unit)| Figure {
            goal,
            done: done(goal),
            unit: unit.to_owned(),
        }),
        state,
        before: Some(Before {
            state,
            done: figure.map_or(0, |(goal, _)| done(goal)),
            records: 0,
        }),
        told: if begun { told(text, 11) } else { Vec::new() },
        plan: told("●来年度も続ける。\n○会場を地区ごとに替える。", 11)
            .into_iter()
            .map(|line| Told { date: None, ..line })
            .collect(),
    }
}

/// So many targets in the city's areas, as evenly as they go.
pub(crate) fn rows(targets: usize) -> Vec<Row> {
    let each = targets.div_ceil(AREAS.len()).max(1);
    (0..targets)
        .map(|at| row(at, AREAS[at / each], at % each))
        .collect()
}

/// November of the sample year with these targets.
pub(crate) fn month(rows: Vec<Row>) -> Month {
    let month = YearMonth::of(day(11, 1));
    Month {
        office: "汐見市在宅医療・介護連携拠点".to_owned(),
        language: Language::Ja,
        month,
        as_of: month.last_day(),
        year: YEAR,
        first_of_year: false,
        marks: Marks::default(),
        years: vec![YEAR.previous(), YEAR, YEAR.next()],
        rows,
        issues: Issues {
            now: [
                (Tier::One, Status::Open, 4),
                (Tier::Two, Status::Acting, 5),
                (Tier::Two, Status::Done, 7),
                (Tier::Three, Status::Planning, 3),
            ]
            .into_iter()
            .collect(),
            before: [
                (Tier::One, Status::Open, 6),
                (Tier::Two, Status::Acting, 5),
                (Tier::Two, Status::Done, 4),
                (Tier::Three, Status::Planning, 3),
            ]
            .into_iter()
            .collect(),
            categories: categories(),
        },
        overdue: vec![Overdue {
            number: 4,
            date: day(11, 10),
            name: Some("多職種連携研修".to_owned()),
        }],
        ahead: vec![
            Ahead {
                date: day(12, 4),
                start: NaiveTime::from_hms_opt(14, 0, 0),
                of: AheadOf::Session(Tier::Two, Kind::Exchange),
                name: Some("薬剤師と介護支援専門員の情報交換会".to_owned()),
            },
            Ahead {
                date: day(12, 18),
                start: None,
                of: AheadOf::Review(5),
                name: None,
            },
        ],
        corrected: vec![Corrected {
            area: AREAS[0].to_owned(),
            number: ItemNumber::read("1-①").expect("a number of the sample"),
            on: day(12, 3),
        }],
    }
}

fn categories() -> Vec<Counted> {
    let counted = |name: Option<&str>, now, before| Counted {
        name: name.map(str::to_owned),
        now,
        before,
    };
    vec![
        counted(Some("入退院時の連携"), 9, 7),
        counted(Some("情報の共有"), 6, 6),
        counted(None, 4, 5),
    ]
}

/// The sample year with these targets.
pub(crate) fn year(rows: Vec<Row>) -> Year {
    let gathered = |month, date, tier, kind, name: Option<&str>| Gathered {
        date: day(month, date),
        tier,
        kind,
        role: Role::Host,
        number: Some(1),
        name: name.map(str::to_owned),
        people: Some(24),
    };
    let helped = |name: &str, yen: Option<i64>, fund: Option<&str>| Helped {
        name: name.to_owned(),
        date: Some(day(10, 8)),
        associations: vec!["薬剤師会".to_owned(), "介護支援専門員の会".to_owned()],
        state: project::State::Finished,
        budget: yen.map(|yen| Budget {
            yen,
            source: Some("市の委託料".to_owned()),
        }),
        fund: fund.map(str::to_owned),
    };
    let balance = |carried_in, raised, solved| Balance {
        carried_in,
        raised,
        solved,
        dropped: 1,
        later: 2,
        carried_over: carried_in + raised - solved - 1,
    };
    Year {
        office: "汐見市在宅医療・介護連携拠点".to_owned(),
        language: Language::Ja,
        year: YEAR,
        as_of: day(3, 31),
        marks: Marks::default(),
        sessions: vec![
            gathered(5, 20, Tier::Three, Kind::Council, Some("第1回 協議会")),
            gathered(6, 9, Tier::One, Kind::Meeting, None),
            gathered(
                7,
                15,
                Tier::Two,
                Kind::Exchange,
                Some("病院連携室と介護支援専門員の情報交換会"),
            ),
            gathered(
                9,
                3,
                Tier::Two,
                Kind::Training,
                Some("口腔と栄養の合同研修会"),
            ),
            gathered(2, 18, Tier::Three, Kind::Report, Some("活動報告会")),
        ],
        projects: vec![
            helped(
                "お薬相談会",
                Some(120_000),
                Some("地域医療介護総合確保基金"),
            ),
            helped("看取りを考える市民講座", Some(85_000), None),
        ],
        funds: vec![FundUse {
            name: "地域医療介護総合確保基金（在宅医療の推進）".to_owned(),
            used_for: "お薬相談会".to_owned(),
            yen: Some(120_000),
        }],
        issues: BTreeMap::from([
            (Tier::One, balance(3, 12, 6)),
            (Tier::Two, balance(5, 21, 14)),
            (Tier::Three, balance(2, 4, 1)),
        ]),
        categories: categories(),
        drafts: rows.iter().map(|row| Draft::of(row, YEAR)).collect(),
        rows,
    }
}
