//! The first sheet of a handover: how much is urgent, and how much there is of everything.

use super::{Rows, issue::Wait, paper::row};
use crate::{
    day::wall,
    office::{ASSOCIATIONS, Office},
};
use chrono::{DateTime, TimeDelta, Utc};

/// What nobody has confirmed for so long, and nothing speaks of any more, is urgent.
const UNCONFIRMED: TimeDelta = TimeDelta::days(21);

impl Office {
    /// The first sheet: how much is urgent, and how much there is of everything.
    pub(super) fn first(&self, sheets: &[(&str, Rows)], now: DateTime<Utc>) -> Rows {
        let (today, _) = wall(now);
        let many = |sheet: &str, kinds: &[&str], place: usize| {
            let (_, rows) = sheets
                .iter()
                .find(|(name, _)| *name == sheet)
                .expect("a sheet");
            let of = rows.iter().filter(|row| {
                let kind = row.get(place).map_or("", String::as_str);
                kinds.contains(&kind) && !is_none(row)
            });
            of.count()
        };
        let open = self.matters.issues.iter().filter(|(_, one)| one.is_open());
        let waits: Vec<Wait> = open.map(|(id, one)| self.wait(*id, one, now)).collect();
        let late = |noun| self.still(noun).filter(|one| one.date < today).count();
        let bulletins = self.expected.notices.bulletins.values();
        let long_ago = bulletins.filter(|one| {
            !one.confirmed && now - one.at >= UNCONFIRMED && !one.is_reminded_after(now)
        });
        let mut urgent: Vec<(&str, usize)> = [
            "決まっていない共有の提案",
            "受付のまま2週間を過ぎた課題",
            "反省会の日がない課題",
        ]
        .into_iter()
        .map(|line| {
            let of = waits.iter().filter(|wait| wait.urgent == Some(line));
            (line, of.count())
        })
        .collect();
        urgent.extend([
            ("期日を過ぎた反省会", late("review")),
            ("記録のない連携の場", self.unwritten(today).count()),
            ("返事をしていない持込み企画", self.matters.ideas.len()),
            ("期日を過ぎた分担（支援事業の番号）", late("task")),
            ("要確認の年度目標", many("年度目標", &["要確認"], 6)),
            (
                "送っていないフィードバックの下書き",
                self.expected.drafts.len(),
            ),
            ("3週間を過ぎて未確認の通知ダイジェスト", long_ago.count()),
        ]);
        urgent.retain(|(_, count)| *count > 0);
        let promises = [
            "共有の提案",
            "共有したこと",
            "支援事業の分担",
            "支援事業",
            "持込み企画",
            "連携の場の案",
        ];
        let ahead = ["反省会", "連携の場", "連携の場（記録なし）", "リマインダー"];
        let lying = ["フィードバックの下書き", "未確認の通知ダイジェスト"];
        let counts = [
            ("終わっていない課題", waits.len()),
            (
                "約束（共有、分担、企画、日取り）",
                many("約束", &promises, 0),
            ),
            (
                "反省会・連携の場・リマインダー",
                many("これからの予定", &ahead, 1),
            ),
            ("相談窓口で確かめるもの", many("窓口の手元", &lying, 0)),
            (
                "要確認・未着手の目標",
                many("年度目標", &["要確認", "未着手"], 6),
            ),
            ("キーパーソン", self.matters.persons.len()),
            ("届いていない知らせ", 0),
            (
                "購読・基準・使った基金",
                many("続けていること", &["基準のお知らせ"], 0),
            ),
            ("職能団体", ASSOCIATIONS.len()),
            (
                "操作した人・分担のある人",
                many("役割と人", &["□ 続ける　□ 外す"], 5),
            ),
        ];
        let lines = urgent.into_iter().chain(counts);
        lines
            .map(|(line, count)| row([line, &count.to_string()]))
            .collect()
    }
}

/// Whether a row of a part says that there is nothing of it.
fn is_none(row: &[String]) -> bool {
    row.iter()
        .any(|cell| cell.contains("はありません。") || cell.contains("確認済みです。"))
}
