//! `/notice watch` and `/notice compare`: what is new in a feed waits at the desk until somebody decides; a
//! feed that fails keeps no other waiting; two wordings are shown side by side.

use super::command;
use chrono::NaiveDate;
use domain::{
    id::{NoticeId, OfficeId},
    notice::{Notice, Origin},
};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use storage::audit::CALENDAR;
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
const DESK: &str = "相談窓口";
const SECRET: &str = "geheim";

async fn watch(world: &World, name: &str) -> MessageView {
    let url = format!("http://{name}/rss?key={SECRET}");
    let options = json!({"url": url, "scope": "居宅介護支援、訪問系"});
    command(world, COORDINATOR, "notice watch", options).await
}

fn titles(from: usize, to: usize) -> Vec<String> {
    (from..=to)
        .rev()
        .map(|at| format!("通知その{at}"))
        .collect()
}

/// The cards at the desk that hold these words.
fn cards(world: &World, words: &str) -> Vec<MessageView> {
    let mut cards = world.cards(DESK);
    cards.retain(|card| card.text().contains(words));
    cards
}

async fn until_cards(world: &World, words: &str, count: usize) {
    let met = world
        .until(async |world: &World| cards(world, words).len() == count)
        .await;
    let found = cards(world, words).len();
    assert!(
        met,
        "{found} cards with {words}, {count} wanted\n{}",
        world.log()
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_new_waits_at_the_desk_until_somebody_decides(#[case] database: Database) {
    world(database, async |world| {
        world.news.publish("pref.example", &titles(1, 7)).await;
        let answer = watch(world, "pref.example").await;
        assert!(answer.text().contains("新しい順に5件"), "{}", answer.text());
        assert!(answer.text().contains("古い2件"), "{}", answer.text());
        until_cards(world, "新しい通知の下書き", 5).await;
        assert!(cards(world, "通知その2").is_empty());
        // An hour later there is one more, and nothing comes twice.
        world.news.publish("pref.example", &titles(1, 8)).await;
        world.clock.move_to("2026-11-20 11:01");
        until_cards(world, "新しい通知の下書き", 6).await;
        let card = cards(world, "通知その8").remove(0);
        for words in [
            "居宅介護支援、訪問系",
            "pref.exampleの新着",
            "http://pref.example/",
        ] {
            assert!(card.text().contains(words), "{}", card.text());
        }
        let desk = world.person(COORDINATOR);
        let taken = desk.press_label(card.id, "取り込む").await.expect_message();
        assert!(taken.text().contains("取り込みました"), "{}", taken.text());
        until_cards(world, "通知その8", 0).await;
        let back = desk
            .press_label(taken.id, "下書きに戻す")
            .await
            .expect_message();
        assert!(
            back.text().contains("下書きに戻しました"),
            "{}",
            back.text()
        );
        until_cards(world, "通知その8", 1).await;
        let card = cards(world, "通知その8").remove(0);
        let gone = desk.press_label(card.id, "見送る").await.expect_message();
        assert!(gone.text().contains("見送りました"), "{}", gone.text());
        until_cards(world, "通知その8", 0).await;
        // It is known by now, whatever became of it.
        world.clock.move_to("2026-11-20 13:00");
        assert!(
            world
                .until(async |world: &World| world.news.met("pref.example") >= 3)
                .await
        );
        world.settled().await;
        until_cards(world, "新しい通知の下書き", 5).await;
        assert!(!world.log().contains(SECRET) && !world.log().contains("通知その"));
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn feeds_that_fail_keep_no_other_waiting_and_the_desk_is_told_once(
    #[case] database: Database,
) {
    world(database, async |world| {
        for name in [
            "good.example",
            "bad.example",
            "turning.example",
            "endless.example",
        ] {
            world.news.publish(name, &titles(1, 1)).await;
            watch(world, name).await;
        }
        until_cards(world, "新しい通知の下書き", 4).await;
        world
            .news
            .answer("bad.example", "200 OK", "<html>お知らせ</html>")
            .await;
        world.news.never_end("endless.example").await;
        // The name leads to this machine now.
        world.news.lead_inside("turning.example");
        world.news.publish("good.example", &titles(1, 2)).await;
        world.clock.move_to("2026-11-20 11:01");
        until_cards(world, "通知その2", 1).await;
        // A place inside is told at once: trying again does not help.
        until_cards(world, "公開されていない場所", 1).await;
        assert!(cards(world, "RSSやAtomの形").is_empty());
        let days = ["20 14", "20 20", "21 09", "22 10", "23 11"];
        // Asked once more each time.
        let asked = world.news.met("good.example") + 1;
        for (times, day) in (asked..).zip(days) {
            world.clock.move_to(&format!("2026-11-{day}:00"));
            for name in ["good.example", "bad.example", "endless.example"] {
                let read = async |world: &World| world.news.met(name) >= times;
                assert!(world.until(read).await, "{name}\n{}", world.log());
            }
        }
        until_cards(world, "RSSやAtomの形", 1).await;
        until_cards(world, "大きすぎます", 1).await;
        let list = command(world, COORDINATOR, "notice watch", json!({})).await;
        assert!(list.text().contains("購読の一覧（4件）"), "{}", list.text());
        assert!(
            list.text().contains("回続けて読めていません"),
            "{}",
            list.text()
        );
        assert!(!list.text().contains(SECRET));
        // Mended, the card goes; stopped, it goes as well.
        world.news.publish("bad.example", &titles(1, 1)).await;
        world.clock.move_to("2026-11-25 11:00");
        until_cards(world, "RSSやAtomの形", 0).await;
        let card = cards(world, "大きすぎます").remove(0);
        let desk = world.person(COORDINATOR);
        let stopped = desk
            .press_label(card.id, "購読をやめる")
            .await
            .expect_message();
        assert!(
            stopped.text().contains("購読をやめました"),
            "{}",
            stopped.text()
        );
        until_cards(world, "大きすぎます", 0).await;
        assert!(!world.log().contains(SECRET));
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[tokio::test]
async fn a_wrong_address_is_refused_and_nobody_but_coordinators_watches(
    #[case] database: Database,
) {
    world(database, async |world| {
        world.news.publish("pref.example", &titles(1, 1)).await;
        world.news.lead_inside("inside.example");
        world
            .news
            .answer("page.example", "200 OK", "<html></html>")
            .await;
        for (url, words) in [
            ("http://127.0.0.1/rss", "公開されていない"),
            ("http://169.254.169.254/latest", "公開されていない"),
            ("http://inside.example/rss", "公開されていない"),
            ("http://name:word@pref.example/rss", "アドレスが"),
            ("http://pref.example:8080/rss", "アドレスが"),
            ("ftp://pref.example/rss", "アドレスが"),
            ("http://nobody.example/rss", "つながりませんでした"),
            ("http://page.example/", "RSSやAtomの形"),
        ] {
            let options = json!({"url": url, "scope": "訪問系"});
            let answer = command(world, COORDINATOR, "notice watch", options).await;
            assert!(answer.text().contains(words), "{url}: {}", answer.text());
        }
        let options = json!({"url": "http://pref.example/rss"});
        let answer = command(world, COORDINATOR, "notice watch", options).await;
        assert!(
            answer.text().contains("対象サービスを"),
            "{}",
            answer.text()
        );
        let empty = command(world, COORDINATOR, "notice watch", json!({})).await;
        assert!(
            empty.text().contains("購読しているものはありません"),
            "{}",
            empty.text()
        );
        for options in [
            json!({}),
            json!({"url": "http://pref.example/rss", "scope": "訪問系"}),
        ] {
            let answer = command(world, CHAIR, "notice watch", options).await;
            assert!(!answer.text().contains("始めました"), "{}", answer.text());
            assert!(
                answer.text().contains("コーディネーター"),
                "{}",
                answer.text()
            );
        }
        assert_eq!(world.news.met("pref.example"), 0);
        watch(world, "pref.example").await;
        let again = watch(world, "pref.example").await;
        assert!(
            again.text().contains("もう購読しています"),
            "{}",
            again.text()
        );
        until_cards(world, "新しい通知の下書き", 1).await;
        // A button that somebody forged opens nothing.
        let message = command(world, CHAIR, "help", json!({})).await;
        for forged in [
            "v1:feed-take:1",
            "v1:feed-dismiss:1",
            "v1:feed-stop:1",
            "v1:feed-back:1:1",
        ] {
            let data = json!({"custom_id": forged, "component_type": 2});
            let chair = world.person(CHAIR);
            let answer = chair
                .deliver_raw(world.channel("広場"), 3, data, Some(message.id))
                .await
                .expect_message();
            assert!(
                answer.text().contains("コーディネーター"),
                "{forged}: {}",
                answer.text()
            );
        }
        until_cards(world, "新しい通知の下書き", 1).await;
    })
    .await;
}

/// A notice with a wording, as the form would keep it.
async fn kept(world: &World, title: &str, day: u32, wording: &str) {
    let now = commands::clock::Clock::now(&*world.clock);
    let notice = Notice {
        id: NoticeId(0),
        revision: 0,
        draft: false,
        title: title.to_owned(),
        number: None,
        issuer: None,
        date: NaiveDate::from_ymd_opt(2026, 11, day),
        topic: None,
        link: None,
        scopes: vec!["居宅介護支援".to_owned()],
        changes: Vec::new(),
        origin: Origin::Form,
        added_by: Some(CALENDAR),
        created_at: now,
        changed_at: now,
        retracted: false,
    };
    let wording = wording.to_owned();
    world
        .store()
        .write(move |tx| {
            let (notice, wording) = (notice.clone(), wording.clone());
            Box::pin(async move {
                storage::notice::insert(tx, OfficeId(1), &notice, Some(&wording)).await
            })
        })
        .await
        .expect("it is kept");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[tokio::test]
async fn two_wordings_are_shown_side_by_side(#[case] database: Database) {
    world(database, async |world| {
        let old = "管理者は、介護支援専門員とする。記録は２年間保存する。";
        let new =
            "管理者は、主任介護支援専門員とする。記録は２年間保存する。翌月の末日までに届け出る。";
        kept(world, "新しい基準", 10, new).await;
        kept(world, "前の基準", 1, old).await;
        let answer = command(
            world,
            COORDINATOR,
            "notice compare",
            json!({"number": "1", "with": "#2"}),
        )
        .await;
        assert!(
            answer.text().contains("改正 1文・新設 1文・削除 0文"),
            "{}",
            answer.text()
        );
        assert!(
            answer.text().contains("新：行政通知 1"),
            "{}",
            answer.text()
        );
        assert_eq!(answer.attachments.len(), 1);
        for (options, words) in [
            (json!({"number": "1", "with": "9"}), "見つかりません"),
            (json!({"number": "1", "with": "1"}), "一つの版しか"),
        ] {
            let answer = command(world, COORDINATOR, "notice compare", options).await;
            assert!(answer.text().contains(words), "{}", answer.text());
        }
    })
    .await;
}
