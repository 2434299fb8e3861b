//! What goes on in an office, and how it is set up, as a handover tells it.

use super::{
    Rows,
    paper::{or_none, row},
    word,
};
use crate::office::{ASSOCIATIONS, Office};
use std::collections::BTreeSet;

impl Office {
    /// The rules that are on, each once with all its associations, since the first was switched.
    pub(super) fn running(&self) -> Rows {
        let rows = self.expected.switches.rows.values();
        let on: Vec<_> = rows.filter(|row| row.on).collect();
        let codes: BTreeSet<&str> = on.iter().map(|row| row.code).collect();
        let rules = codes.into_iter().map(|code| {
            let of = || on.iter().filter(|row| row.code == code);
            let names: Vec<&str> = of().map(|row| self.named(row.association)).collect();
            let since = of().map(|row| row.at).min().expect("it is on");
            let since = format!("{} から", word::day(since));
            row(["基準のお知らせ", &rule(code), &names.join("、"), &since])
        });
        let none =
            "お知らせしている基準はありません。/office rule（拠点設定 基準）で始められます。";
        let rules = or_none(rules.collect(), &["基準のお知らせ", none, "", ""]);
        let feeds = "購読はありません。/notice watch（行政通知 購読）で始められます。";
        let funds = "今年度に使った基金の記録はありません。/fund link（基金 関連）で記録できます。";
        let mut rows = vec![row(["購読", feeds, "", ""])];
        rows.extend(rules);
        rows.push(row(["使った基金", funds, "", ""]));
        rows
    }

    pub(super) fn set_up(&self) -> Rows {
        let unset = || "（決めていません）".to_owned();
        let link = |place: u64| {
            let server = self.server.0;
            format!(
                "https://discord.com/channels/{server}/{}",
                server * 100 + place
            )
        };
        let region = if self.region { link(2) } else { unset() };
        let circle = format!("{}\n薬剤師会、医師会", link(5));
        let mut rows = vec![
            row(["チャンネル", "相談窓口", &link(1)]),
            row(["チャンネル", "三次連携", &region]),
            row(["チャンネル", "進捗", &unset()]),
            row(["チャンネル", "行政通知", &link(7)]),
            row(["チャンネル", "二次連携チャンネル", &circle]),
            row(["役割", "連携コーディネーター", "役割の番号 31"]),
        ];
        let channels = [(link(3), unset()), (link(4), link(6)), (unset(), unset())];
        let named = ASSOCIATIONS.into_iter().zip(crate::notice::SERVICES);
        for ((name, services), (own, feedback)) in named.zip(channels) {
            let lines = [
                format!("通知の対象：{services}"),
                format!("一次連携：{own}"),
                format!("フィードバック：{feedback}"),
                "一次連携に加わる人：三役と連携担当".to_owned(),
            ];
            rows.push(row(["職能団体", name, &lines.join("\n")]));
        }
        for (code, name, usual) in SETTINGS {
            let set = self.matters.settings.get(code);
            let value = set.map_or(usual, String::as_str);
            let value = if value.is_empty() { &unset() } else { value };
            rows.push(row(["設定", name, value]));
        }
        rows
    }
}

/// What a rule asks for, and where it stands.
fn rule(code: &str) -> String {
    let standard = "指定居宅介護支援等の事業の人員及び運営に関する基準について";
    let (phrase, article) = match code {
        "plan-notification" => (
            "一定回数以上の訪問介護（生活援助中心）を位置づけた居宅サービス計画を市町村へ届け出る",
            "第13条第18号の2",
        ),
        "manager" => (
            "管理者は主任介護支援専門員とし、常勤で専ら管理に当たる",
            "第2の2(2)",
        ),
        _ => (
            "サービス担当者会議の要点と照会の内容の記録を保存する",
            "第29条第2項",
        ),
    };
    format!("{phrase}\n{standard} {article}")
}

/// Every setting by its code, with its name and what it is where nobody has set it.
const SETTINGS: [(&str, &str, &str); 19] = [
    ("locale", "投稿の言語（ja / en）", "ja"),
    ("time_zone", "時間帯（例：Asia/Tokyo）", "Asia/Tokyo"),
    ("fiscal_year_start", "年度の始まりの月（1～12）", "4"),
    (
        "adviser_sees",
        "アドバイザーが見る範囲（相談窓口、二次連携、職能団体名、なし）",
        "",
    ),
    (
        "tier_rules",
        "階層の独自の決まり（「階層:ことば」を「;」で区切る。なし）",
        "",
    ),
    ("retention_years", "記録の保存年数（1～30）", "5"),
    (
        "closed_days",
        "毎年の休所日（例：12/29-1/3、8/13-8/15。なし）",
        "12/29-1/3",
    ),
    (
        "holidays",
        "臨時の休みと開所（例：2027-06-01 市制記念日;2027-02-11 開所。なし）",
        "なし",
    ),
    (
        "review_before",
        "反省会の前のお知らせ（例：14日前、1日前、当日。なし）",
        "14日前、1日前、当日",
    ),
    (
        "review_overdue",
        "過ぎた反省会のお知らせ（例：7日ごと。なし）",
        "7日ごと",
    ),
    (
        "session_before",
        "連携の場の前のお知らせ（例：7日前、1日前、当日。なし）",
        "7日前、1日前",
    ),
    (
        "reminded_at",
        "お知らせの時刻（7:00～19:00。例：9:00）",
        "09:00",
    ),
    (
        "session_event",
        "サーバーのイベントにする連携の場（tier3 / never）",
        "never",
    ),
    (
        "digest",
        "週のまとめが届くとき（/office schedule で決めます）",
        "毎週月曜 9:00（休みなら翌営業日）",
    ),
    (
        "progress",
        "月次の進捗を出すとき（/office schedule で決めます）",
        "毎月第1営業日 9:00",
    ),
    (
        "feedback",
        "フィードバックの下書きが届くとき（/office schedule で決めます）",
        "毎月第1営業日 10:00",
    ),
    ("marks", "進捗の印の意味（●実施、○予定。なし）", "なし"),
    (
        "handover",
        "引継ぎの準備を知らせるとき（/office schedule で決めます）",
        "毎年3月の第1営業日 9:00",
    ),
    (
        "adviser_meeting",
        "アドバイザー会議の間隔（1～12か月、なし）",
        "3",
    ),
];
