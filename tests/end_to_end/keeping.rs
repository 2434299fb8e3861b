//! Keeping and letting go: what was kept long enough goes when the desk says so, the whole office comes as
//! one file, an office ends when two want it to or the bot was away for long, and persons have their name
//! removed.

use super::{gateway::let_in, wording::read};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use storage::archive::{Fate, TABLES};
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";
const MEMBER: &str = "薬剤師会の会員";
const COORDINATOR: &str = "コーディネーター";
const SECOND: &str = "二人目のコーディネーター";
const TALK: &str = "一次-薬剤師会";
const DESK: &str = "相談窓口";
const PHRASE: &str = "この拠点の記録をすべて削除する";

async fn command(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    world
        .person(who)
        .slash(place, path, options)
        .await
        .expect_message()
}

async fn press(world: &World, who: &str, message: &MessageView, label: &str) -> MessageView {
    world
        .person(who)
        .press_label(message.id, label)
        .await
        .expect_message()
}

async fn add(world: &World, words: &str) {
    let options = json!({"text": words, "tier": 1, "speaker": "見本 花子"});
    let said = command(world, CHAIR, "issue add", options).await;
    assert!(said.text().contains('#'), "{}", said.text());
}

/// The cards of a channel that say this.
fn cards(world: &World, channel: &str, words: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains(words));
    cards.sort_by_key(|card| card.id);
    cards
}

async fn office(world: &World) -> domain::id::OfficeId {
    let server = domain::id::ServerId(world.city.guild);
    let found = world.store().office(server).await.expect("read");
    found.expect("the office is there").id
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_kept_long_enough_goes_when_the_desk_says_so_and_not_before(
    #[case] database: Database,
) {
    world(database, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        add(world, "会費の集め方がまちまちだ").await;
        let dropped = json!({"number": "1", "status": "dropped", "note": "やめた"});
        command(world, COORDINATOR, "issue status", dropped).await;
        world.settled().await;
        assert_eq!(world.cards(TALK).len(), 2);

        let early = json!({"of": "issue:1"});
        let early = command(world, COORDINATOR, "office retention", early).await;
        insta::assert_snapshot!("retention_too_early", read(&early));
        let open = json!({"of": "issue:2"});
        let open = command(world, COORDINATOR, "office retention", open).await;
        assert!(open.text().contains("まだ続いている"), "{}", open.text());
        let none = command(world, COORDINATOR, "office retention", json!({})).await;
        insta::assert_snapshot!("retention_nothing_due", read(&none));
        let refused = command(world, CHAIR, "office retention", json!({})).await;
        assert!(
            refused.text().contains("コーディネーター"),
            "{}",
            refused.text()
        );

        world.clock.move_to("2032-05-05 10:00");
        world.dealt_with().await;
        assert!(cards(world, DESK, "保存期間を過ぎた記録").is_empty());
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let told = cards(world, DESK, "保存期間を過ぎた記録");
        assert_eq!(told.len(), 1, "{}", world.log());
        insta::assert_snapshot!("retention_card", read(&told[0]));
        let listed = press(world, COORDINATOR, &told[0], "一覧を見る").await;
        assert!(
            listed.text().contains("#1") && !listed.text().contains("#2　"),
            "{}",
            listed.text()
        );

        let asked = press(world, COORDINATOR, &told[0], "削除する…").await;
        assert!(asked.text().contains("バックアップ"), "{}", asked.text());
        assert_eq!(
            world.cards(TALK).len(),
            2,
            "nothing goes before it is confirmed"
        );
        world.restart().await;
        let begun = press(world, COORDINATOR, &asked, "削除する（元に戻せません）").await;
        assert!(
            begun.text().contains("削除を始めました"),
            "{}",
            begun.text()
        );
        let twice = press(world, SECOND, &told[0], "削除する…").await;
        assert!(
            twice.text().contains("いま削除できる記録はありません")
                || twice.text().contains("件を削除します"),
            "{}",
            twice.text()
        );
        let gone = async |world: &World| world.cards(TALK).len() == 1;
        assert!(
            world.until(gone).await,
            "the post goes too\n{}",
            world.log()
        );
        let ended = async |world: &World| cards(world, DESK, "件を削除しました").len() == 1;
        assert!(
            world.until(ended).await,
            "the desk is told\n{}",
            world.log()
        );
        let office = office(world).await;
        let swept = async |world: &World| {
            world.store().occurrence_changed().notify_one();
            let marked = world
                .store()
                .read(|c| Box::pin(storage::retention::marked(c)))
                .await;
            marked.expect("read").is_empty()
        };
        assert!(world.until(swept).await, "{}", world.log());
        for table in TABLES
            .iter()
            .filter(|table| table.name.starts_with("issue"))
        {
            let count = world
                .store()
                .read(move |c| Box::pin(storage::archive::count(c, office, table)))
                .await
                .expect("counted");
            assert!(count <= 1, "{} {count}", table.name);
        }
        let shown = command(world, COORDINATOR, "issue show", json!({"number": "1"})).await;
        assert!(!shown.text().contains("在庫"), "{}", shown.text());
        let audit = command(world, COORDINATOR, "office audit", json!({})).await;
        assert!(
            audit.text().contains("保存期間を過ぎた記録の削除"),
            "{}",
            audit.text()
        );
        assert!(!audit.text().contains("在庫"), "{}", audit.text());
        let kept = command(world, COORDINATOR, "issue show", json!({"number": "2"})).await;
        assert!(kept.text().contains("会費の集め方"), "{}", kept.text());
    })
    .await;
}

#[tokio::test]
async fn the_desk_keeps_longer_what_could_go_and_changes_its_mind() {
    world(Database::Sqlite, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        let dropped = json!({"number": "1", "status": "dropped", "note": "やめた"});
        command(world, COORDINATOR, "issue status", dropped).await;
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let told = cards(world, DESK, "保存期間を過ぎた記録").remove(0);
        let longer = press(world, COORDINATOR, &told, "もっと長く保存する").await;
        let kept = press(world, COORDINATOR, &longer, "あと2年（令和16年度まで）").await;
        assert!(kept.text().contains("令和16年度"), "{}", kept.text());
        world.settled().await;
        let of = json!({"of": "#1"});
        let until = command(world, COORDINATOR, "office retention", of.clone()).await;
        assert!(until.text().contains("令和16年4月1日"), "{}", until.text());
        let again = press(world, COORDINATOR, &kept, "延長を取り消す").await;
        assert!(again.text().contains("取り消しました"), "{}", again.text());
        let due = command(world, COORDINATOR, "office retention", of).await;
        assert!(
            due.text().contains("保存期間を過ぎています"),
            "{}",
            due.text()
        );
        world.settled().await;
    })
    .await;
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
        let office = office(world).await;
        let mut before = Vec::new();
        for table in TABLES {
            let count = world
                .store()
                .read(move |c| Box::pin(storage::archive::count(c, office, table)))
                .await;
            before.push((table, count.expect("counted")));
        }
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
        let ended = async |world: &World| {
            let found = world
                .store()
                .read(move |c| Box::pin(storage::erasure::find(c, before)))
                .await;
            found
                .expect("read")
                .is_some_and(|found| found.ended_at.is_some())
        };
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
        let ended = async |world: &World| {
            let found = world
                .store()
                .read(move |c| Box::pin(storage::erasure::find(c, before)))
                .await;
            found
                .expect("read")
                .is_some_and(|found| found.ended_at.is_some())
        };
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
        world.dealt_with().await;
        assert!(!away(world).await);
        world.fake.set_unavailable(guild, false);

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
        let ended = async |world: &World| {
            let found = world
                .store()
                .read(move |c| Box::pin(storage::erasure::find(c, office)))
                .await;
            found
                .expect("read")
                .is_some_and(|found| found.ended_at.is_some())
        };
        assert!(world.until(ended).await, "{}", world.log());
        world.hear("nothing is left of it");
        world.fake.bot_joins(guild);
    })
    .await;
}

#[tokio::test]
async fn a_person_has_their_name_removed_and_the_opinion_stays() {
    world(Database::Sqlite, async |world| {
        let options =
            json!({"text": "相談の窓口がわかりにくい", "speaker": "見本 花子", "tier": 1});
        command(world, COORDINATOR, "issue add", options).await;
        world.settled().await;
        assert_eq!(cards(world, DESK, "見本 花子").len(), 1);
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        insta::assert_snapshot!("help_privacy", read(&help));
        let laid = press(world, MEMBER, &help, "氏名の削除を頼む").await;
        assert!(
            laid.text().contains("相談窓口に届けました"),
            "{}",
            laid.text()
        );
        let twice = press(world, MEMBER, &help, "氏名の削除を頼む").await;
        assert!(
            twice.text().contains("すでに届いています"),
            "{}",
            twice.text()
        );
        world.settled().await;
        let asked = cards(world, DESK, "ご本人からの依頼");
        assert_eq!(asked.len(), 1);
        insta::assert_snapshot!("petition_card", read(&asked[0]));
        let coordinator = world.person(COORDINATOR);
        let form = coordinator
            .press_label(asked[0].id, "氏名を削除する…")
            .await
            .expect_modal();
        let found = coordinator
            .submit(&form, json!({"name": "見本　花子"}))
            .await;
        let found = found.expect_message();
        assert!(
            found.text().contains("発言者として 1 件"),
            "{}",
            found.text()
        );
        let done = press(
            world,
            COORDINATOR,
            &found,
            "氏名を削除する（元に戻せません）",
        )
        .await;
        assert!(
            done.text().contains("1 件から氏名を消し"),
            "{}",
            done.text()
        );
        world.settled().await;
        assert!(cards(world, DESK, "見本 花子").is_empty());
        assert_eq!(cards(world, DESK, "相談の窓口がわかりにくい").len(), 1);
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        assert!(help.text().contains("対応しました"), "{}", help.text());

        let laid = press(world, MEMBER, &help, "開示を頼む").await;
        assert!(
            laid.text().contains("相談窓口に届けました"),
            "{}",
            laid.text()
        );
        world.settled().await;
        let asked = cards(world, DESK, "ご本人からの依頼 2").remove(0);
        let form = coordinator
            .press_label(asked.id, "対応できない…")
            .await
            .expect_modal();
        let number = json!({"reason": "090-1234-5678 へ電話してください"});
        let masked = coordinator.submit(&form, number).await.expect_message();
        assert!(
            !masked.text().contains("090-1234-5678"),
            "{}",
            masked.text()
        );
        let reason = json!({"reason": "窓口で直接お伝えします"});
        coordinator.submit(&form, reason).await.expect_message();
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        assert!(
            help.text().contains("窓口で直接お伝えします"),
            "{}",
            help.text()
        );
        let other = command(world, CHAIR, "help", json!({"topic": "privacy"})).await;
        assert!(
            !other.text().contains("窓口で直接お伝えします"),
            "{}",
            other.text()
        );
        world.settled().await;
    })
    .await;
}
