//! The plan of the year: a few targets, what was done for them so far, and the month in the progress
//! channel, with its chart and its sheet. Offices get it by themselves on the first working day of the next
//! month; a story that is told on any day does not wait for it.

use std::io::Write;

use anyhow::{Context, ensure};
use chrono::Datelike;
use serde_json::json;

use super::scene::{Scene, found, posted_in};
use crate::stage::Stage;

/// Who keeps the plan.
const COORDINATOR: &str = "コーディネーター";
/// Where the month stands.
const PROGRESS: &str = "#進捗";
/// What the post of a month is called, behind its month.
const MONTH: &str = "の進捗";
/// Area, number, item and goal of each target, as cities write them (seed 001).
const TARGETS: [(&str, &str, &str, &str); 6] = [
    ("医療・看護", "1-①", "多職種の研修会を開く", "年6回"),
    ("医療・看護", "1-②", "入退院の連絡票を見直す", "年1回"),
    ("介護", "2-①", "事例検討会を開く", "年12回"),
    ("生活支援", "3-①", "通いの場で専門職が話す", "年10回"),
    ("生活支援", "3-②", "相談窓口の案内を配る", "2,000部"),
    ("認知症", "4-①", "本人と家族の声を聞く場をつくる", ""),
];
/// What was done: for which target, in which words, and how much.
const DONE: [(&str, &str, &str); 6] = [
    ("1", "服薬の研修会を開いた", "4"),
    ("2", "連絡票の案を病院と話した", ""),
    ("3", "事例検討会を開いた", "5"),
    ("4", "薬剤師と歯科衛生士が話した", "7"),
    ("5", "民生委員に案内を預けた", "1,200"),
    ("6", "家族会と準備を始めた", ""),
];

/// Sets the targets, records what was done, and posts the month; gives how many posts reached somebody they
/// must not.
pub(super) async fn plan(stage: &Stage, out: &mut (dyn Write + Send)) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, "年度目標を決め、進みを書きとめる");
    for (area, number, item, goal) in TARGETS {
        let mut options = vec![
            ("area", json!(area)),
            ("number", json!(number)),
            ("item", json!(item)),
        ];
        options.extend((!goal.is_empty()).then(|| ("goal", json!(goal))));
        scene.command(COORDINATOR, "target add", &options).await?;
    }
    for (number, text, amount) in DONE {
        let mut options = vec![("number", json!(number)), ("text", json!(text))];
        options.extend((!amount.is_empty()).then(|| ("amount", json!(amount))));
        scene
            .command(COORDINATOR, "target record", &options)
            .await?;
    }
    let today = stage.wall().date();
    let month = format!("{}-{:02}", today.year(), today.month());
    let options = [("month", json!(month)), ("post", json!(true))];
    scene
        .command(COORDINATOR, "progress month", &options)
        .await?;
    found(&scene.posted().await?, PROGRESS, "")?;
    month_stands(stage)?;
    scene.end(out).await
}

/// The month has its picture and its sheet.
fn month_stands(stage: &Stage) -> anyhow::Result<()> {
    let post = posted_in(stage, PROGRESS, MONTH).context("月の進捗が届きません")?;
    let attached = post.raw["attachments"].as_array();
    let files = attached.into_iter().flatten();
    let names: Vec<&str> = files.filter_map(|file| file["filename"].as_str()).collect();
    for kind in [".png", ".xlsx"] {
        let found = names.iter().any(|name| name.ends_with(kind));
        ensure!(found, "月の進捗に {kind} がありません：{names:?}");
    }
    Ok(())
}
