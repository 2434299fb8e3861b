//! The city's plan table: taken in after a preview, changed, taken back, and out again as it came.

mod english;
pub(crate) mod file;
mod posted;
mod refused;

use base64::Engine;
use domain::{
    id::{OfficeId, ServerId},
    target::{
        Goal, Record, Target,
        plan::{Doubt, Known, read},
    },
};
use fake_discord::{MessageView, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const STORE: &str = "記録する";

fn handed(name: &str, bytes: &[u8]) -> Value {
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    json!({ "file": { "name": name, "bytes_base64": bytes } })
}

/// What a person sees of an answer, without the ids behind the buttons.
fn seen(message: &MessageView) -> String {
    let text = message.text();
    let lines = text.lines();
    let lines = lines.filter(|line| !line.starts_with("v1:") && *line != "rich");
    lines.collect::<Vec<_>>().join("\n")
}

/// Hands a table in, at the desk.
async fn hand_in(world: &World, who: &Person, bytes: &[u8]) -> MessageView {
    hand_in_at(world, who, "相談窓口", bytes).await
}

async fn hand_in_at(world: &World, who: &Person, place: &str, bytes: &[u8]) -> MessageView {
    let place = world.channel(place);
    let answer = who.slash(place, "target import", handed("計画表.xlsx", bytes));
    answer.await.expect_message()
}

fn button(message: &MessageView, words: &str) -> Option<String> {
    let buttons = message.buttons();
    let found = buttons.iter().find(|button| button.label.contains(words))?;
    Some(found.custom_id.clone().expect("it has an id"))
}

async fn press(who: &Person, message: &MessageView, words: &str) -> MessageView {
    let id = button(message, words);
    let id = id.unwrap_or_else(|| panic!("no button {words}: {}", message.text()));
    who.press(message.id, &id).await.expect_message()
}

async fn office(world: &World) -> OfficeId {
    let server = ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    office.expect("an office").id
}

/// Everything that is kept.
#[derive(Debug, PartialEq)]
struct Kept {
    targets: Vec<Target>,
    goals: Vec<Goal>,
    records: Vec<Record>,
}

async fn kept(world: &World) -> Kept {
    let office = office(world).await;
    world
        .store()
        .read(move |connection| {
            Box::pin(async move {
                let targets = storage::target::all(connection, office).await?;
                let goals = storage::target::goal::latest(connection, office).await?;
                let records = storage::target::record::imported(connection, office).await?;
                Ok(Kept {
                    targets,
                    goals: goals.into_values().collect(),
                    records,
                })
            })
        })
        .await
        .expect("it is read")
}

async fn audited(world: &World, act: &str) -> Vec<Vec<String>> {
    let office = office(world).await;
    let all = storage::audit::Filter::default();
    let page = world
        .store()
        .read(move |connection| {
            Box::pin(async move {
                let most = storage::audit::PAGE_MAX;
                storage::audit::list(connection, office, &all, 0, most).await
            })
        })
        .await
        .expect("the audit is read");
    let entries = page.entries.into_iter().filter(|entry| entry.act == act);
    entries
        .map(|entry| {
            let details = entry.details.iter();
            details
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        })
        .collect()
}

#[test]
fn the_citys_workbook_and_its_csv_are_read_as_the_table_is() {
    let known = Known {
        year: None,
        areas: &[],
        start_month: 4,
        today: chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
    };
    let whole = read(&file::read(&file::xlsx(&[])), &known).expect("a plan");
    let plain = read(&file::read(&file::csv(&[])), &known).expect("a plan");
    for plan in [&whole, &plain] {
        assert_eq!(
            (plan.rows.len(), plan.areas.len(), plan.unread.len()),
            (51, 7, 0)
        );
    }
    let label = |row: &domain::target::plan::PlanRow| format!("{} {}", row.area, row.number);
    let names = |plan: &domain::target::plan::Plan| plan.rows.iter().map(label).collect::<Vec<_>>();
    assert_eq!(names(&whole), names(&plain));
    // Without joined cells nobody knows whether a blank one belongs to the one above; it is asked.
    let asked: Vec<String> = plain
        .rows
        .iter()
        .filter(|row| row.doubts.contains(&Doubt::MaybeShared))
        .map(label)
        .collect();
    assert_eq!(
        asked,
        [
            "本人の選択・本人家族の心構え 1-④",
            "本人の選択・本人家族の心構え 2-③",
            "認知症の予防と支援 6-①"
        ]
    );
    assert!(
        whole
            .rows
            .iter()
            .all(|row| !row.doubts.contains(&Doubt::MaybeShared))
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_citys_plan_table_becomes_targets_when_its_preview_is_confirmed(
    #[case] database: Database,
) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, &file::xlsx(&[])).await;
        assert!(preview.ephemeral);
        insta::assert_snapshot!("preview_guessed", seen(&preview));
        let next = press(&coordinator, &preview, "次へ").await;
        assert!(next.text().contains("生 活 支 援"), "{}", next.text());
        let new = press(&coordinator, &next, "新しい").await;
        assert!(new.text().contains("1 / 6 ページ"), "{}", new.text());
        assert!(
            kept(world).await.targets.is_empty(),
            "nothing is stored yet"
        );
        // The bot is another one by now: what waits is a draft.
        world.restart().await;
        let stored = press(&coordinator, &new, STORE).await;
        assert!(
            stored.text().contains("新しい目標 51件"),
            "{}",
            stored.text()
        );
        let first = kept(world).await;
        assert_eq!(first.targets.len(), 51);
        let again = first.records.iter().filter(|record| record.again.is_some());
        assert_eq!(again.count(), 2, "what is listed again is counted once");
        let entries = audited(world, "target.import").await;
        assert_eq!(entries.len(), 1, "audited once, without a word of it");
        assert_eq!(entries[0][0], "targets=51");

        let twice = hand_in(world, &coordinator, &file::xlsx(&[])).await;
        assert!(
            twice.text().contains("今の記録と変わりません"),
            "{}",
            twice.text()
        );
        assert_eq!(button(&twice, STORE), None, "there is nothing to store");
        press(&coordinator, &twice, "やめる").await;
        assert_eq!(kept(world).await, first);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_changed_table_shows_what_differs_and_can_be_taken_back(#[case] database: Database) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, &file::xlsx(&[])).await;
        press(&coordinator, &preview, STORE).await;
        let first = kept(world).await;
        let changed = file::xlsx(&[
            (
                "| 原稿検討 | 冊子作成 / 配布・講座開始 |",
                "| 原稿検討 | 冊子2,000部作成 |",
            ),
            ("地域で3回実施。", "地域で4回実施。"),
            (
                "^ | 6-② | みなと坊ファミリーの活用",
                "^ | 6-③ | みなと坊ファミリーの活用",
            ),
        ]);
        let preview = hand_in(world, &coordinator, &changed).await;
        let differing = press(&coordinator, &preview, "変わる").await;
        insta::assert_snapshot!("preview_changed", seen(&differing));
        let gone = press(&coordinator, &differing, "表にない").await;
        insta::assert_snapshot!("preview_gone", seen(&gone));
        let stored = press(&coordinator, &gone, STORE).await;
        let second = kept(world).await;
        assert_eq!(second.targets.len(), 52, "nothing is deleted");
        let goals = second.goals.iter().filter(|goal| goal.version == 2);
        assert_eq!(goals.count(), 1, "a goal that changed has another version");
        let corrected: Vec<_> = second
            .records
            .iter()
            .filter(|record| record.revision == 2)
            .map(|record| record.amount)
            .collect();
        assert_eq!(corrected, [Some(4)]);
        let twice = hand_in(world, &coordinator, &changed).await;
        assert_eq!(button(&twice, STORE), None, "{}", twice.text());

        let undone = press(&coordinator, &stored, "取り消す").await;
        assert!(
            undone.text().contains("取り込む前のとおり"),
            "{}",
            undone.text()
        );
        let third = kept(world).await;
        let words = |kept: &Kept| {
            let targets = kept.targets.iter();
            let targets = targets.map(|it| (it.label(), it.item.clone(), it.position));
            let goals = kept.goals.iter().map(|it| it.content.clone());
            let records = kept.records.iter().map(|it| (it.text.clone(), it.amount));
            (
                targets.collect::<Vec<_>>(),
                goals.collect::<Vec<_>>(),
                records.collect::<Vec<_>>(),
            )
        };
        assert_eq!(words(&third), words(&first), "everything is as before");
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_table_goes_out_as_the_citys_own_and_comes_in_without_a_change(
    #[case] database: Database,
) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, &file::xlsx(&[])).await;
        press(&coordinator, &preview, STORE).await;
        let before = kept(world).await;
        let place = world.channel("相談窓口");
        let options = json!({ "year": "2019年度", "date": "2020年1月31日" });
        let answer = coordinator.slash(place, "target export", options).await;
        let answer = answer.expect_message();
        assert!(answer.ephemeral, "a table is for the person who asked");
        insta::assert_snapshot!("exported", seen(&answer));
        let [attachment] = answer.attachments.as_slice() else {
            panic!("one file: {}", answer.text());
        };
        assert_eq!(attachment.filename, "targets-2019-2020-01-31.xlsx");
        let table = world.fake.file(attachment.id).expect("the file is there");
        let sheets = file::read(&table.bytes);
        assert_eq!(sheets[0].cell(2, 6), "令和元年度の進捗（令和2年1月時点）");
        let preview = hand_in(world, &coordinator, &table.bytes).await;
        assert!(
            preview.text().contains("今の記録と変わりません"),
            "{}",
            preview.text()
        );
        assert!(
            preview.text().contains("変わらない 51件"),
            "{}",
            preview.text()
        );
        press(&coordinator, &preview, "やめる").await;
        assert_eq!(kept(world).await, before);
        assert_eq!(
            audited(world, "target.export").await,
            [["year=2019", "count=51"]]
        );
        // Whoever the office knows gets what is nobody's own; a year without targets says so.
        let member = world.person("薬剤師会の会員");
        let place = world.channel("広場");
        let asked = member
            .slash(place, "target export", json!({ "year": "2019" }))
            .await;
        assert_eq!(asked.expect_message().attachments.len(), 1);
        let asked = member
            .slash(place, "target export", json!({ "year": "2040" }))
            .await;
        assert!(asked.expect_message().text().contains("まだありません"));
    })
    .await;
}
