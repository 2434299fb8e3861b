//! The whole office: it comes as one file, and it ends when two coordinators want it to, when one types the
//! phrase, or when the bot was away for long.

use super::{CHAIR, COORDINATOR, DESK, MEMBER, SECOND, add, cards, command, office, press};
use crate::{gateway::let_in, wording::read};
use rstest::rstest;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use storage::archive::{Fate, TABLES, Table};
use tests::{
    database::Database,
    world::{World, world},
};

const PHRASE: &str = "この拠点の記録をすべて削除する";

/// How many rows the office has in each table.
async fn counted(world: &World) -> Vec<(&'static Table, i64)> {
    let office = office(world).await;
    let mut counted = Vec::new();
    for table in TABLES {
        let count = world
            .store()
            .read(move |c| Box::pin(storage::archive::count(c, office, table)))
            .await;
        counted.push((table, count.expect("counted")));
    }
    counted
}

/// Whether nothing is left of an office.
async fn is_erased(world: &World, office: domain::id::OfficeId) -> bool {
    let found = world
        .store()
        .read(move |c| Box::pin(storage::erasure::find(c, office)))
        .await;
    found
        .expect("read")
        .is_some_and(|found| found.ended_at.is_some())
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn everything_of_the_office_comes_as_one_file_that_is_counted_again(
    #[case] database: Database,
) {
    world(database, async |world| {
        add(world, "=SUM(1)のように始まる意見").await;
        world.settled().await;
        let refused = command(world, CHAIR, "office export", json!({})).await;
        assert!(refused.attachments.is_empty() && refused.text().contains("コーディネーター"));
        let before = counted(world).await;
        let made = command(world, COORDINATOR, "office export", json!({})).await;
        insta::assert_snapshot!(
            "archive_made",
            made.text().replace(
                &before
                    .iter()
                    .filter(|(table, _)| matches!(table.fate, Fate::Exported(_)))
                    .map(|(_, count)| count)
                    .sum::<i64>()
                    .to_string(),
                "N"
            )
        );
        assert!(made.ephemeral);
        let file = world
            .fake
            .file(made.attachments[0].id)
            .expect("the file is there");
        assert_eq!(file.filename, "renkei-2026-11-20.zip");
        let mut zip = zip::ZipArchive::new(Cursor::new(&file.bytes[..])).expect("a zip");
        let mut entry = |name: &str| {
            let mut words = String::new();
            zip.by_name(name)
                .unwrap_or_else(|_| panic!("{name} is in the archive"))
                .read_to_string(&mut words)
                .expect("text");
            words
        };
        let schema: Value = serde_json::from_str(&entry("schema.json")).expect("JSON");
        assert_eq!(
            (&schema["schema"], &schema["version"]),
            (&json!("renkei-archive"), &json!(1))
        );
        for (table, count) in &before {
            let Fate::Exported(_) = table.fate else {
                continue;
            };
            let rows: Value =
                serde_json::from_str(&entry(&format!("json/{}.json", table.name))).expect("JSON");
            let rows = rows["rows"].as_array().expect("rows");
            assert_eq!(
                i64::try_from(rows.len()).expect("few"),
                *count,
                "{}",
                table.name
            );
            let told = schema["tables"].as_array().expect("tables").iter();
            let told: Vec<&Value> = told.filter(|told| told["name"] == table.name).collect();
            assert_eq!(told.len(), 1, "{}", table.name);
            assert_eq!(told[0]["rows"], json!(rows.len()), "{}", table.name);
            for row in rows {
                let columns = told[0]["columns"].as_array().expect("columns");
                assert_eq!(
                    row.as_object().expect("a row").len(),
                    columns.len(),
                    "{}",
                    table.name
                );
            }
        }
        let issues = entry("json/issue.json");
        assert!(issues.contains("見本 花子") && issues.contains("=SUM(1)のように始まる意見"));
        assert!(!issues.contains("speaker_key"));
        assert!(entry("README.txt").contains("氏名が入っています"));
        let mut bytes = Vec::new();
        zip.by_name("excel/issue.xlsx")
            .expect("a workbook")
            .read_to_end(&mut bytes)
            .expect("bytes");
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let sheet = calamine::Reader::worksheet_range(&mut book, "issue").expect("a sheet");
        assert_eq!(sheet.height(), 2, "a heading and an issue");
        let cells: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
        assert!(
            cells.iter().any(|cell| cell == "=SUM(1)のように始まる意見"),
            "words stay words"
        );
        let audit = command(world, COORDINATOR, "office audit", json!({})).await;
        assert!(
            audit.text().contains("拠点の一括書き出し"),
            "{}",
            audit.text()
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_office_is_deleted_when_a_second_coordinator_says_so(#[case] database: Database) {
    world(database, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        world.settled().await;
        let before = office(world).await;
        let refused = command(world, MEMBER, "office delete", json!({})).await;
        assert!(
            refused.text().contains("コーディネーター"),
            "{}",
            refused.text()
        );
        let shown = command(
            world,
            COORDINATOR,
            "office delete",
            json!({"confirm": "はい"}),
        )
        .await;
        insta::assert_snapshot!("deletion_shown", read(&shown));
        let asked = press(world, COORDINATOR, &shown, "ほかのコーディネーターに頼む").await;
        assert!(
            asked.text().contains("相談窓口にカード"),
            "{}",
            asked.text()
        );
        world.settled().await;
        let card = cards(world, DESK, "すべて削除したい").remove(0);
        insta::assert_snapshot!("deletion_card", read(&card));
        let own = press(
            world,
            COORDINATOR,
            &card,
            "すべて削除する（元に戻せません）",
        )
        .await;
        assert!(own.text().contains("申し出たご本人"), "{}", own.text());
        let begun = press(world, SECOND, &card, "すべて削除する（元に戻せません）").await;
        assert!(
            begun.text().contains("削除を始めました"),
            "{}",
            begun.text()
        );
        let ended = async |world: &World| is_erased(world, before).await;
        assert!(world.until(ended).await, "{}", world.log());
        for table in TABLES {
            let count = world
                .store()
                .read(move |c| Box::pin(storage::archive::count(c, before, table)))
                .await;
            assert_eq!(count.expect("counted"), 0, "{}", table.name);
        }
        // The server begins anew, with what the configuration file says.
        let again = command(world, SECOND, "issue show", json!({"number": "1"})).await;
        assert!(!again.text().contains("在庫"), "{}", again.text());
        let anew = office(world).await;
        assert_ne!(anew, before);
        let refused = press(world, SECOND, &card, "取り下げる").await;
        assert!(
            refused.text().contains("もう終わっています"),
            "{}",
            refused.text()
        );
    })
    .await;
}

#[tokio::test]
async fn a_wish_to_delete_is_taken_back_runs_out_and_is_confirmed_by_the_phrase() {
    world(Database::Sqlite, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        let before = office(world).await;
        let shown = command(world, COORDINATOR, "office delete", json!({})).await;
        press(world, COORDINATOR, &shown, "ほかのコーディネーターに頼む").await;
        world.settled().await;
        let card = cards(world, DESK, "すべて削除したい").remove(0);
        let back = press(world, SECOND, &card, "取り下げる").await;
        assert!(back.text().contains("取り下げました"), "{}", back.text());
        world.settled().await;
        assert_eq!(cards(world, DESK, "取り下げました").len(), 1);
        let shown = command(world, COORDINATOR, "office delete", json!({})).await;
        press(world, COORDINATOR, &shown, "ほかのコーディネーターに頼む").await;
        world.settled().await;
        let card = cards(world, DESK, "すべて削除したい").remove(0);
        world.clock.move_to("2026-11-21 10:01");
        let late = press(world, SECOND, &card, "すべて削除する（元に戻せません）").await;
        assert!(
            late.text().contains("もう終わっています"),
            "{}",
            late.text()
        );

        let coordinator = world.person(COORDINATOR);
        let shown = command(world, COORDINATOR, "office delete", json!({})).await;
        let form = coordinator
            .press_label(shown.id, "文を入力して削除…")
            .await
            .expect_modal();
        let wrong = coordinator
            .submit(&form, json!({"phrase": "削除する"}))
            .await;
        assert!(wrong.expect_message().text().contains("文が違う"));
        assert_eq!(office(world).await, before);
        let done = command(
            world,
            COORDINATOR,
            "office delete",
            json!({"confirm": PHRASE}),
        )
        .await;
        assert!(done.text().contains("削除を始めました"), "{}", done.text());
        let ended = async |world: &World| is_erased(world, before).await;
        assert!(world.until(ended).await, "{}", world.log());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_office_the_bot_was_removed_from_has_thirty_days(#[case] database: Database) {
    world(database, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        world.settled().await;
        let (office, guild) = (office(world).await, world.city.guild);
        let away = async |world: &World| {
            let away = world
                .store()
                .read(|c| Box::pin(storage::departure::away(c)))
                .await;
            !away.expect("read").is_empty()
        };
        // An outage is no departure.
        world.fake.set_unavailable(guild, true);
        world.clock.move_to("2027-02-20 10:00");
        world.fake.set_unavailable(guild, false);
        world.dealt_with().await;
        assert!(!away(world).await, "nothing was counted");

        let role = world.fake.bot_role(guild);
        world.fake.bot_leaves(guild);
        assert!(world.until(away).await, "{}", world.log());
        world.clock.move_to("2027-03-20 10:00");
        world.fake.bot_joins(guild);
        let_in(world, role);
        let told = async |world: &World| cards(world, DESK, "サーバーに戻りました").len() == 1;
        assert!(world.until(told).await, "the desk is told\n{}", world.log());
        assert!(!away(world).await);
        insta::assert_snapshot!(
            "departure_card",
            read(&cards(world, DESK, "サーバーに戻りました")[0])
        );

        world.fake.bot_leaves(guild);
        assert!(world.until(away).await, "{}", world.log());
        world.clock.move_to("2027-04-19 09:59");
        world.restart().await;
        let kept = world
            .store()
            .read(move |c| Box::pin(storage::erasure::find(c, office)))
            .await;
        assert_eq!(kept.expect("read"), None, "a day is missing");
        world.clock.move_to("2027-04-19 10:01");
        let ended = async |world: &World| is_erased(world, office).await;
        assert!(world.until(ended).await, "{}", world.log());
        world.hear("nothing is left of it");
        world.fake.bot_joins(guild);
    })
    .await;
}
