//! What every sheet of a handover must hold, worked out from what happened.

use super::{Rows, word};
use crate::{
    day::wall,
    expected::Record,
    matter::{AREA, ASKED, Aimed, IDEA, item},
    memo,
    office::{ASSOCIATIONS, GATHERING, LOOKED_BACK_ON, Office, WHO},
    task::{EVENT, HELPER, NAMED},
};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{disclosure::State, project::Holder, target::Owner};
use std::collections::BTreeSet;
use tests::book::Book;

/// Below its heading of two lines every sheet has a table; the first has a second one below this line.
const COUNTS: &str = "それぞれの件数";
/// What nobody has written down is looked for so many days back.
const UNWRITTEN: TimeDelta = TimeDelta::days(366);
/// Targets are behind after so many months of the year.
const MONTHS: i64 = 11;

/// The rows of a sheet without what stands in every document: the words for the next step, and the names
/// of the columns of the second table.
pub(super) fn read(book: &Book, sheet: &str) -> Rows {
    // A key person may be of no association.
    let rows = match sheet {
        "キーパーソン" => book.rows_led_by(sheet, 2),
        _ => book.rows(sheet),
    };
    let cells = match sheet {
        "はじめに" => 2,
        "課題" => 7,
        "窓口の手元" => 3,
        _ => return rows,
    };
    let kept = |mut row: Vec<String>| {
        row.truncate(cells);
        if sheet == "課題" {
            let reason = row.pop().expect("a reason");
            row.push(reason.lines().next().unwrap_or_default().to_owned());
        }
        row
    };
    let titles = |row: &Vec<String>| [COUNTS, "内容"].contains(&row[0].as_str());
    rows.into_iter()
        .filter(|row| !titles(row))
        .map(kept)
        .collect()
}

pub(super) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.into_iter().map(str::to_owned).collect()
}

/// The one row of a sheet, or of a part of it, that has nothing else.
pub(super) fn or_none(mut rows: Rows, none: &[&str]) -> Rows {
    if rows.is_empty() {
        rows.push(none.iter().map(|cell| (*cell).to_owned()).collect());
    }
    rows
}

impl Office {
    /// Every sheet.
    pub(super) fn paper(&self, now: DateTime<Utc>) -> Vec<(&'static str, Rows)> {
        let mut sheets = vec![
            ("課題", self.issues(now)),
            ("約束", self.promises(now)),
            ("これからの予定", self.ahead(now)),
            ("窓口の手元", self.desk()),
            ("年度目標", self.targets(now)),
            ("キーパーソン", self.persons()),
            (
                "届いていないもの",
                vec![row(["届いていないものはありません。", "", "", "", ""])],
            ),
            ("続けていること", self.running()),
            ("設定", self.set_up()),
            ("役割と人", self.staff()),
        ];
        let first = self.first(&sheets, now);
        sheets.push(("はじめに", first));
        sheets
    }

    pub(super) fn named(&self, place: usize) -> &'static str {
        ASSOCIATIONS[place]
    }

    /// The open records of a noun.
    pub(super) fn still(&self, noun: &'static str) -> impl Iterator<Item = &Record> {
        let records = self.expected.records.values();
        records.filter(move |record| record.noun == noun && record.open)
    }

    fn promises(&self, now: DateTime<Utc>) -> Rows {
        let (today, _) = wall(now);
        let mut rows = Rows::new();
        for ((issue, _), told) in &self.matters.told {
            let (kind, open) = match told.state {
                State::Proposed => ("共有の提案", "承認か見送り"),
                State::Approved if self.matters.issues[issue].is_open() => {
                    ("共有したこと", "その後どうなったかの返事")
                }
                _ => continue,
            };
            let whom = match told.region {
                true => "地域全体（三次連携）",
                false => "二次連携（薬剤師会、医師会）",
            };
            let what = format!("#{issue}　{}", told.wording);
            let since = format!("{} から", word::day(told.at));
            rows.push(row([kind, whom, &what, &since, open]));
        }
        for (project, tasks) in self.projects() {
            let name = format!("支援事業 {project}　{EVENT}");
            let open = tasks.iter().filter(|task| task.open);
            let open: Rows = open.map(|task| self.task(task, &name, today)).collect();
            let done = row([
                "支援事業",
                "",
                &name,
                "日取り未定",
                "完了の記録（アンケートなど）",
            ]);
            rows.extend(match open.is_empty() {
                true => vec![done],
                false => open,
            });
        }
        for (idea, (association, since)) in &self.matters.ideas {
            let name = format!("支援事業 {idea}　{IDEA}");
            let since = format!("{} から", word::day(*since));
            let whom = self.named(*association);
            rows.push(row([
                "持込み企画",
                whom,
                &name,
                &since,
                "取り上げるか見送るか",
            ]));
        }
        for (session, since) in &self.matters.asked {
            let name = format!("連携の場 {session}　{ASKED}");
            let since = format!("{} から", word::day(*since));
            rows.push(row([
                "連携の場の案",
                "薬剤師会、医師会",
                &name,
                &since,
                "日取り",
            ]));
        }
        or_none(rows, &["待っている約束はありません。", "", "", "", ""])
    }

    fn task(&self, task: &Record, project: &str, today: NaiveDate) -> Vec<String> {
        let (role, holder) = &self.matters.tasks[&task.id];
        let who = match holder {
            Holder::Desk => "連携拠点".to_owned(),
            Holder::Named(_) => NAMED.to_owned(),
            Holder::Association(id) => {
                let place = self.associations.iter().position(|one| one == id);
                self.named(place.expect("one of them")).to_owned()
            }
            Holder::Person(_) => {
                // Whoever has acted comes first.
                let place = 1 + usize::from(self.matters.acted.is_some());
                format!("人{place}\nDiscord の番号 {HELPER}")
            }
        };
        let open = match task.date < today {
            true => "期日を過ぎています",
            false => "実施",
        };
        let what = format!("{}\n{project}", word::role(*role));
        row(["支援事業の分担", &who, &what, &word::date(task.date), open])
    }

    fn ahead(&self, now: DateTime<Utc>) -> Rows {
        let (today, _) = wall(now);
        let mut rows = Rows::new();
        for review in self.still("review") {
            let issue = review.about.expect("of an issue");
            let state = match review.date < today {
                true => "期日を過ぎています",
                false => "予定",
            };
            let what = format!("反省会 {}（#{issue}）{LOOKED_BACK_ON}", review.id);
            rows.push(row([&word::date(review.date), "反省会", &what, state]));
        }
        for session in self.unwritten(today) {
            let state = "終わりましたが、記録がありません";
            rows.push(self.gathering(session, "連携の場（記録なし）", state));
        }
        for session in self.still("session").filter(|one| one.date >= today) {
            rows.push(self.gathering(session, "連携の場", "予定"));
        }
        for (memo, waiting) in &self.expected.memos.0 {
            let often = waiting
                .rhythm
                .map_or("1回だけ".to_owned(), |one| one.phrase());
            let what = format!("リマインダー {memo}　{}", memo::WORDS);
            let state = format!("{}、{often}", word::place(&waiting.place));
            rows.push(row([&word::day(waiting.at), "リマインダー", &what, &state]));
        }
        for (at, what, often) in self.expected.round.ahead(&self.expected.rules) {
            rows.push(row([&word::day(at), "自動のお知らせ", what, &often]));
        }
        rows
    }

    /// Sessions whose day has passed, held or not, and of which nothing was written down.
    pub(super) fn unwritten(&self, today: NaiveDate) -> impl Iterator<Item = &Record> {
        let sessions = self.expected.records.values();
        let sessions = sessions.filter(|one| one.noun == "session" && !one.cancelled);
        sessions.filter(move |one| one.date < today && one.date >= today - UNWRITTEN)
    }

    fn gathering(&self, session: &Record, kind: &str, state: &str) -> Vec<String> {
        let number = session.number.map(|number| format!("第{number}回 "));
        let number = number.unwrap_or_default();
        let mut what = format!("連携の場 {}　{number}{GATHERING}", session.id);
        let places = session.with.iter().map(|id| {
            let place = self.associations.iter().position(|one| one == id);
            self.named(place.expect("one of them"))
        });
        let with: Vec<&str> = places.collect();
        if !with.is_empty() {
            what = format!("{what}\n{}", with.join("、"));
        }
        row([&word::date(session.date), kind, &what, state])
    }

    fn desk(&self) -> Rows {
        let drafts = self
            .expected
            .drafts
            .iter()
            .enumerate()
            .map(|(place, draft)| {
                let month = draft.month;
                let month = format!("{}{}月分", word::era(month.year(), month), month.month());
                let name = self.named(draft.association);
                let what = format!("フィードバック {}　{name}\n{month}", place + 1);
                row(["フィードバックの下書き", &what, &word::day(draft.since)])
            });
        let none = [
            "フィードバックの下書き",
            "送るのを待っている下書きはありません。",
            "",
        ];
        let mut rows = or_none(drafts.collect(), &none);
        rows.push(row([
            "通知の下書き",
            "取り込むのを待っている下書きはありません。",
            "",
        ]));
        let open = self.expected.notices.bulletins.iter();
        let open = open
            .filter(|(_, posted)| !posted.confirmed)
            .map(|(id, posted)| {
                let name = self.named(posted.association);
                let count = posted.notices.len();
                let what = format!("通知ダイジェスト {id}　{name}\n通知 {count} 件");
                row(["未確認の通知ダイジェスト", &what, &word::day(posted.at)])
            });
        let none = ["未確認の通知ダイジェスト", "どの団体も確認済みです。", ""];
        rows.extend(or_none(open.collect(), &none));
        rows.push(row([
            "ご本人からの依頼",
            "答えを待っている依頼はありません。",
            "",
        ]));
        rows.push(row([
            "保存期間を過ぎた記録",
            "決めるのを待っている記録はありません。",
            "",
        ]));
        rows
    }

    /// How a target gets on: behind, where less was done than eleven twelfths of the year, cut down.
    fn pace(aimed: &Aimed) -> Option<&'static str> {
        let share = aimed.goal * MONTHS / 12;
        if aimed.done >= aimed.goal {
            None
        } else if aimed.done < share {
            Some("要確認")
        } else {
            (aimed.records == 0).then_some("未着手")
        }
    }

    fn targets(&self, now: DateTime<Utc>) -> Rows {
        let (today, _) = wall(now);
        let this = crate::round::fiscal_year(today);
        let rows = self.matters.targets.iter().filter_map(|(id, aimed)| {
            let pace = Self::pace(aimed).filter(|_| aimed.year == this)?;
            let owner = match &aimed.owner {
                None => "連携拠点",
                Some(Owner::Named(name)) => name,
                Some(Owner::Association(_)) => self.named(0),
            };
            Some(vec![
                word::year(this),
                format!("#{id}"),
                format!("{AREA} 1-{}", circled(aimed.number)),
                item(aimed.number),
                format!("年{}回", aimed.goal),
                format!("{}/{}回", aimed.done, aimed.goal),
                pace.to_owned(),
                owner.to_owned(),
            ])
        });
        let none = match self.matters.targets.is_empty() {
            true => "年度目標がまだありません。/target import（年度目標 取込）で取り込めます。",
            false => "要確認の目標も、未着手の目標もありません。",
        };
        or_none(rows.collect(), &[none, "", "", "", "", "", "", ""])
    }

    fn persons(&self) -> Rows {
        let persons = self
            .matters
            .persons
            .iter()
            .map(|(association, name, note)| {
                row([
                    association.map_or("", |place| self.named(place)),
                    name,
                    note,
                ])
            });
        let none = "キーパーソンはまだ書きとめられていません。/office person（拠点設定 \
                    キーパーソン）で書きとめられます。";
        or_none(persons.collect(), &[none, "", ""])
    }

    fn staff(&self) -> Rows {
        let mut rows = Rows::new();
        let keep = "□ 続ける　□ 外す";
        if let Some(acted) = self.matters.acted {
            let spoken = self.matters.issues.values();
            let spoken: BTreeSet<usize> = spoken.filter_map(|one| one.association).collect();
            let spoken: Vec<&str> = spoken.into_iter().map(|place| self.named(place)).collect();
            let person = format!("人1\nDiscord の番号 {WHO}");
            let memos = self.expected.memos.0.len();
            let has = match memos {
                0 => String::new(),
                count => format!("リマインダー {count} 件"),
            };
            let roles = "確かめられませんでした";
            let last = word::day(acted);
            rows.push(row([&person, roles, &spoken.join("、"), &last, &has, keep]));
        }
        let tasks = self.still("task").filter(|task| {
            let (_, holder) = &self.matters.tasks[&task.id];
            *holder == Holder::Person(HELPER)
        });
        let tasks = tasks.count();
        if tasks > 0 {
            let person = format!("人{}\nDiscord の番号 {HELPER}", rows.len() + 1);
            let has = format!("分担 {tasks} 件");
            let roles = "確かめられませんでした";
            rows.push(row([
                &person,
                roles,
                "",
                "操作の記録はありません",
                &has,
                keep,
            ]));
        }
        or_none(
            rows,
            &["この拠点で何かをした方はまだいません。", "", "", "", "", ""],
        )
    }
}

/// ①
fn circled(number: usize) -> char {
    let first = u32::from('①');
    let place = u32::try_from(number).expect("few") - 1;
    char::from_u32(first + place).expect("a number in a circle")
}
