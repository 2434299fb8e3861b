//! What follows from a statement in the next weeks: a gathering, a report that becomes an event of the
//! server, a review, a support project, a reminder of people's own; beside them the plan of the year. Then
//! the clock is moved from morning to morning until all of it has been reminded of.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context;
use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::json;

use super::layout::{heading, labelled};
use super::plan;
use super::scene::{Posted, Scene, found};
use crate::stage::Stage;

/// Who plans.
const COORDINATOR: &str = "コーディネーター";
/// The association whose statement is followed.
const ASSOCIATION: &str = "薬剤師会";
/// Its channel.
const TALK: &str = "#一次-薬剤師会";
/// The channel of the coordinators.
const DESK: &str = "#相談窓口";
/// When the gathering is, in days from the beginning: its reminder, seven days before, is still to come.
const GATHERING_DAYS: u64 = 15;
/// When the review is: a day later, so that each is reminded of by itself on its day.
const REVIEW_DAYS: u64 = 16;
/// When the report is.
const REPORT_DAYS: u64 = 20;
/// When the event of the project is: late enough for all the manual's tasks to be ahead.
const PROJECT_DAYS: u64 = 90;
/// When the office is reminded, unless it has set otherwise.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock");

/// Plays what follows from an issue; gives how many posts came, and how many of them reached somebody
/// they must not.
pub(super) async fn follow(
    stage: &Stage,
    issue: &str,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<(usize, usize)> {
    let today = stage.wall().date();
    let mut leaked = gathering(stage, issue, day(today, GATHERING_DAYS)?, out).await?;
    leaked += report(stage, day(today, REPORT_DAYS)?, out).await?;
    leaked += review(stage, issue, day(today, REVIEW_DAYS)?, out).await?;
    leaked += project(stage, issue, day(today, PROJECT_DAYS)?, out).await?;
    leaked += memo(stage, out).await?;
    leaked += plan::plan(stage, out).await?;
    let posted = weeks(stage, day(today, REVIEW_DAYS)?, out).await?;
    leaked += posted.iter().filter(|post| post.leaked()).count();
    Ok((posted.len(), leaked))
}

fn day(today: NaiveDate, days: u64) -> anyhow::Result<NaiveDate> {
    let day = today.checked_add_days(Days::new(days));
    day.context("the calendar ends")
}

/// A tier 1 gathering talks about the issue.
async fn gathering(
    stage: &Stage,
    issue: &str,
    date: NaiveDate,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, format!("{issue} を話し合う打合せ会を予定する"));
    let options = [
        ("title", json!("薬剤師会との打合せ会")),
        ("tier", json!(1)),
        ("kind", json!("meeting")),
        ("date", json!(date.to_string())),
        ("start", json!("14:00")),
        ("associations", json!(ASSOCIATION)),
        ("place", json!("保健福祉センター 会議室")),
        ("issues", json!(issue)),
    ];
    scene.command(COORDINATOR, "session plan", &options).await?;
    found(&scene.posted().await?, TALK, "【一次連携】")?;
    scene.end(out).await
}

/// A report for the whole region stands in the server's list of events.
async fn report(
    stage: &Stage,
    date: NaiveDate,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, "報告会を予定し、サーバーのイベントにする");
    let events = [("key", json!("session_event")), ("value", json!("tier3"))];
    scene
        .command(COORDINATOR, "office setting", &events)
        .await?;
    let options = [
        ("title", json!("多職種連携 報告会")),
        ("tier", json!(3)),
        ("kind", json!("report")),
        ("date", json!(date.to_string())),
        ("start", json!("18:30")),
        ("end", json!("20:00")),
        ("place", json!("市民会館 小ホール")),
    ];
    scene.command(COORDINATOR, "session plan", &options).await?;
    scene.posted().await?;
    let events = stage.fake.events(stage.city.guild);
    let event = events.first().context("サーバーのイベントができません")?;
    let seen = stage.fake.who_saw(&event.name).len();
    let words = format!("{}　サーバーの全員（{seen}人）に見えます", event.name);
    scene.note("イベント", words);
    scene.end(out).await
}

/// What was carried out is to be looked back on.
async fn review(
    stage: &Stage,
    issue: &str,
    date: NaiveDate,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, format!("{issue} の反省会を予定する"));
    let status = [("number", json!(issue)), ("status", json!("acting"))];
    scene.command(COORDINATOR, "issue status", &status).await?;
    let of = issue.trim_start_matches('#');
    let options = [
        ("of", json!(format!("issue:{of}"))),
        ("date", json!(date.to_string())),
        ("start", json!("18:30")),
    ];
    scene.command(COORDINATOR, "review plan", &options).await?;
    scene.end(out).await
}

/// An event of two associations is divided into tasks; the first is done, and all see how far it is.
async fn project(
    stage: &Stage,
    issue: &str,
    date: NaiveDate,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, "研修会の分担を決め、進みを分かち合う");
    let both = format!("{ASSOCIATION}、リハビリテーション療法士会");
    let options = [
        ("title", json!("薬科・リハ合同研修会")),
        ("associations", json!(both)),
        ("date", json!(date.to_string())),
        ("budget", json!("15万円 市の委託料")),
        ("issues", json!(issue)),
    ];
    let added = scene.command(COORDINATOR, "project add", &options).await?;
    scene
        .press(COORDINATOR, added.id, "この案をすべて入れる")
        .await?;
    let task = [
        ("number", json!("1")),
        ("role", json!("周知")),
        ("who", json!(ASSOCIATION)),
    ];
    scene.command(COORDINATOR, "project task", &task).await?;
    let card = found(&scene.posted().await?, TALK, "支援事業 1")?.message;
    scene.press("薬剤師会の会長", card, "済み：周知").await?;
    scene.end(out).await
}

/// An officer's own reminder, by the words people use.
async fn memo(stage: &Stage, out: &mut (dyn Write + Send)) -> anyhow::Result<usize> {
    let mut scene = Scene::begin(stage, "毎月のお知らせを登録する");
    let options = [
        ("text", json!("定例会の議題を、前の日までにお寄せください")),
        ("when", json!("毎月第2火曜 14時")),
    ];
    let contact = "薬剤師会の連携担当";
    let asked = scene.command(contact, "reminder add", &options).await?;
    scene.press(contact, asked.id, "登録する").await?;
    scene.end(out).await
}

/// From morning to morning until the review: everything the office was reminded of, by day.
async fn weeks(
    stage: &Stage,
    until: NaiveDate,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Vec<Posted>> {
    let scene = Scene::begin(stage, "");
    let mut days: BTreeMap<NaiveDate, Vec<Posted>> = BTreeMap::new();
    let mut told = 0;
    while stage.wall().date() < until {
        stage.advance_to(MORNING);
        let mut posted = scene.posted().await?;
        let fresh = posted.split_off(told);
        told += fresh.len();
        if !fresh.is_empty() {
            days.insert(stage.wall().date(), fresh);
        }
    }
    let passed = days.values().flatten().cloned().collect::<Vec<_>>();
    found(&passed, TALK, "お知らせ")?;
    found(&passed, DESK, "週のまとめ")?;
    write!(out, "{}", heading("時計を朝から朝へ進める"))?;
    for (date, posted) in &days {
        let label = date.format("%-m月%-d日").to_string();
        for post in posted {
            let words = format!("{}　{}（{}人）", post.place, post.title, post.readers());
            write!(out, "{}", labelled(&label, &words))?;
        }
    }
    let check = match passed.iter().filter(|post| post.leaked()).count() {
        0 => "○ そのチャンネルを見られる人のほかには届いていません".to_owned(),
        count => format!("× 届いてはいけない人に届いたものが {count} 件あります"),
    };
    write!(out, "{}", labelled("確かめ", &check))?;
    Ok(passed)
}
