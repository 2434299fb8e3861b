//! What the desk may do before a month is posted, and when it is posted at all.

use super::*;
use fake_discord::permission;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_held_month_waits_until_it_is_let_go(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        at(world, "2026-11-26 09:00").await;
        let coordinator = world.person(COORDINATOR);
        let seen = previews(world).remove(0);
        let said = coordinator.press_label(seen.id, "保留する").await;
        let said = said.expect_message();
        assert!(said.text().contains("保留にしました"), "{}", said.text());
        world.settled().await;
        let held = previews(world);
        assert_eq!(held.len(), 1, "the card is edited");
        insta::assert_snapshot!("month_preview_held", read(&held[0]));
        at(world, "2026-12-01 09:00").await;
        assert!(months(world).is_empty(), "it is held");
        at(world, "2026-12-07 09:00").await;
        let digest = posts(world, DESK, "週のまとめ").pop().expect("one");
        assert!(digest.text().contains("保留中の月次"), "{}", digest.text());
        assert!(digest.text().contains("令和8年11月"), "{}", digest.text());
        let said = coordinator.press_label(held[0].id, "保留をやめる").await;
        let said = said.expect_message();
        assert!(said.text().contains("今すぐ"), "{}", said.text());
        world.settled().await;
        assert_eq!(months(world).len(), 1);
        let audit = command(world, COORDINATOR, "office audit", json!({})).await;
        for act in ["月次の保留", "月次の保留の取りやめ"] {
            assert!(audit.text().contains(act), "{}", audit.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_month_let_go_in_time_is_posted_on_its_day() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-11-26 09:00").await;
        let coordinator = world.person(COORDINATOR);
        let id = previews(world)[0].id;
        coordinator
            .press_label(id, "保留する")
            .await
            .expect_message();
        world.settled().await;
        let said = coordinator.press_label(id, "保留をやめる").await;
        let said = said.expect_message();
        assert!(said.text().contains("12月1日(火) 9:00"), "{}", said.text());
        world.settled().await;
        assert!(months(world).is_empty());
        at(world, "2026-12-01 09:00").await;
        assert_eq!(months(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_month_posted_early_is_brought_up_to_its_last_day() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-11-26 09:00").await;
        let coordinator = world.person(COORDINATOR);
        let id = previews(world)[0].id;
        let said = coordinator.press_label(id, "今すぐ出す").await;
        assert!(
            said.expect_message()
                .text()
                .contains("進捗チャンネルに出します")
        );
        world.settled().await;
        let early = months(world);
        assert_eq!(early.len(), 1);
        assert!(early[0].text().contains("11月26日(木) 現在"));
        record(world, 2, day(11, 27), "協議会を開いた", Some(1)).await;
        at(world, "2026-12-01 09:00").await;
        let posted = months(world);
        assert_eq!(posted.len(), 1, "it is the same post");
        let text = posted[0].text();
        assert!(text.contains("11月30日(月) 現在"), "{text}");
        assert!(
            text.contains("協議会を開いた") && !text.contains("訂正"),
            "{text}"
        );
    })
    .await;
}

#[tokio::test]
async fn when_the_month_is_posted_is_the_offices_to_choose() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let schedule = async |who: &str, what: &str, cron: &str| -> String {
            let options = json!({"what": what, "cron": cron});
            command(world, who, "office schedule", options).await.text()
        };
        for (who, what, cron, expected) in [
            (MEMBER, "progress", "なし", "連携コーディネーターだけ"),
            (COORDINATOR, "progress", "毎週月曜 9時", "ひと月に一度"),
            (COORDINATOR, "progress", "12/10 9時", "くり返し届くもの"),
            (COORDINATOR, "digest", "なし", "なしにできません"),
            (COORDINATOR, "progress", "毎月10日 9時", "12月10日(木) 9:00"),
        ] {
            let said = schedule(who, what, cron).await;
            assert!(said.contains(expected), "{cron}: {said}");
        }
        at(world, "2026-12-09 10:00").await;
        assert!(months(world).is_empty());
        assert_eq!(previews(world).len(), 1);
        at(world, "2026-12-10 09:00").await;
        assert_eq!(months(world).len(), 1);
        let said = schedule(COORDINATOR, "progress", "なし").await;
        insta::assert_snapshot!("schedule_off", said);
        at(world, "2027-02-15 10:00").await;
        assert_eq!((previews(world).len(), months(world).len()), (1, 1));
        // By hand it goes on.
        let options = json!({"month": "令和9年1月", "post": true});
        command(world, COORDINATOR, "progress month", options).await;
        world.settled().await;
        assert_eq!(months(world).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn without_the_right_to_send_files_the_desk_reads_words_and_the_channel_waits() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let guild = world.city.guild;
        let attach = async |may: bool| {
            for role in [guild, world.fake.bot_role(guild)] {
                world.fake.edit_role(guild, role, |role| {
                    if may {
                        role.permissions |= permission::ATTACH_FILES;
                    } else {
                        role.permissions &= !permission::ATTACH_FILES;
                    }
                });
            }
        };
        attach(false).await;
        world.clock.move_to("2026-11-26 09:00");
        let seen = world.until(async |world| previews(world).len() == 1).await;
        assert!(seen, "{}", world.log());
        let preview = previews(world).remove(0);
        assert!(preview.attachments.is_empty());
        assert!(
            preview.text().contains("図と表を付けられませんでした"),
            "{}",
            preview.text()
        );
        world.clock.move_to("2026-12-01 09:00");
        // The desk's card waits behind the post: it says that the month is posted once it is.
        let waits = world
            .until(async |world| world.counts().await.refused == 2)
            .await;
        assert!(waits && months(world).is_empty(), "{}", world.log());
        attach(true).await;
        let sent = world.until(async |world| months(world).len() == 1).await;
        assert!(sent, "it is sent after the mend\n{}", world.log());
        assert_eq!(files(&months(world)[0]).len(), 2);
    })
    .await;
}
