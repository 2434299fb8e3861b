//! Who may write reminders, and what is not taken.

use super::{CHAIR, COORDINATOR, TALK, WORDS, add, asked, at, command, posts, repeated};
use serde_json::json;
use std::fmt::Write as _;
use tests::{database::Database, world::world};

#[tokio::test]
async fn each_writes_for_their_own_places_only() {
    world(Database::Sqlite, async |world| {
        let channel = |name: &str| world.channel(name).to_string();
        for (who, place, expected) in [
            (CHAIR, None, "薬剤師会の一次連携チャンネル"),
            (
                "薬剤師会の連携担当",
                Some(TALK),
                "薬剤師会の一次連携チャンネル",
            ),
            (CHAIR, Some("広場"), "ご自身の団体のチャンネル"),
            (CHAIR, Some("三次連携"), "ご自身の団体のチャンネル"),
            (COORDINATOR, None, "相談窓口"),
            (COORDINATOR, Some("三次連携"), "三次連携チャンネル"),
            (COORDINATOR, Some("二次-入退院"), "二次連携チャンネル"),
            (COORDINATOR, Some("広場"), "使いみちがありません"),
            ("薬剤師会の会員", None, "三役・連携担当の方です"),
            ("アドバイザー", None, "三役・連携担当の方です"),
            ("オブザーバー", None, "三役・連携担当の方です"),
            ("所属のない人", None, "どの団体の方か分かりません"),
        ] {
            let options = place.map_or(json!({}), |place| json!({"channel": channel(place)}));
            let said = add(world, who, "12/1 14:00", options).await.text();
            assert!(said.contains(expected), "{who} {place:?}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_number_of_others_is_answered_like_one_that_does_not_exist() {
    world(Database::Sqlite, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        for who in [
            "医師会の会長",
            "薬剤師会の会員",
            "アドバイザー",
            "所属のない人",
        ] {
            let mine = command(world, who, "reminder cancel", json!({"number": "1"})).await;
            let none = command(world, who, "reminder cancel", json!({"number": "999"})).await;
            assert_eq!(mine.text(), none.text(), "{who}");
            let listed = command(world, who, "reminder list", json!({})).await;
            assert!(!listed.text().contains(WORDS), "{who}: {}", listed.text());
            let found = world
                .person(who)
                .autocomplete(
                    world.channel("広場"),
                    "reminder cancel",
                    json!({"number": ""}),
                    "number",
                )
                .await;
            assert!(found.choices().expect("choices").is_empty(), "{who}");
        }
        at(world, "2026-11-23 09:00").await;
        let said = posts(world, TALK);
        // Somebody of elsewhere forges the press of a button they cannot see.
        for forged in [
            "v1:memo-stop:1",
            "v1:memo-show:1",
            "v1:memo-keep:1",
            "v1:memo-undo:1",
            "v1:memo-list:9",
        ] {
            let stranger = world.person("医師会の会長");
            let options = json!({});
            let own = stranger
                .slash(world.channel("広場"), "help", options)
                .await
                .expect_message();
            let answer = stranger.press(own.id, forged).await;
            assert!(
                !answer.text().contains(WORDS),
                "{forged}: {}",
                answer.text()
            );
        }
        assert_eq!(said.len(), 1);
        let listed = command(world, COORDINATOR, "reminder list", json!({})).await;
        assert!(
            listed.text().contains(WORDS),
            "nobody stopped it: {}",
            listed.text()
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_what_can() {
    world(Database::Sqlite, async |world| {
        let mut refused = String::new();
        for when in [
            "そのうち",
            "昨日 9時",
            "今日 9時",
            "11/31",
            "12/1(月)",
            "12/1 午前12時",
            "12/1 25時",
            "12/1 9時と10時30分",
            "毎月第6火曜",
            "5か月ごとの1日",
            "令和40年4月1日",
            "* * * * *",
            "0 9 * *",
            "0 9 32 * *",
            "0 9 * * MOON",
            "0 9 30 2 *",
            "0 9 B * 1",
        ] {
            let said = add(world, CHAIR, when, json!({})).await.text();
            writeln!(refused, "{when}\n  {said}").expect("a string takes everything");
        }
        insta::assert_snapshot!("memo_refusals", refused);
        let listed = command(world, CHAIR, "reminder list", json!({})).await;
        assert!(listed.text().contains("ありません"), "{}", listed.text());
    })
    .await;
}

#[tokio::test]
async fn patients_data_is_not_kept_and_marks_are_shown_as_they_are() {
    world(Database::Sqlite, async |world| {
        for words in [
            "山田花子さん（82歳、要介護3）の件を話す",
            "連絡は090-1234-5678へ",
        ] {
            let said = add(world, CHAIR, "毎週月曜 9時", json!({"text": words}))
                .await
                .text();
            assert!(said.contains("個人情報"), "{said}");
        }
        let words = "@everyone **太字** <@1> `x` を持ち寄る";
        add(world, CHAIR, "11/23 9時", json!({"text": words})).await;
        at(world, "2026-11-23 09:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].text().contains(r"\*\*太字\*\*"),
            "{}",
            said[0].text()
        );
        assert!(world.fake.pings().is_empty(), "nobody is mentioned");
        let log = world.log();
        assert!(
            !log.contains("持ち寄る") && !log.contains("山田花子"),
            "words stay out of the log"
        );
    })
    .await;
}

#[tokio::test]
async fn one_person_fills_thirty_and_no_more() {
    world(Database::Sqlite, async |world| {
        for day in 1..=30 {
            add(world, CHAIR, &format!("12/{day} 9時"), json!({})).await;
        }
        let said = add(world, CHAIR, "12/31 9時", json!({})).await.text();
        assert!(said.contains("お一人 30 件まで"), "{said}");
        add(world, "薬剤師会の連携担当", "12/31 9時", json!({})).await;
        let first = command(world, CHAIR, "reminder list", json!({})).await;
        assert!(
            first.text().contains("全31件") && first.text().contains("1 / 4"),
            "{}",
            first.text()
        );
        world.restart().await;
        let second = world
            .person(CHAIR)
            .press_label(first.id, "次へ")
            .await
            .expect_message();
        assert!(second.text().contains("12月11日"), "{}", second.text());
        let previewed = asked(world, CHAIR, "毎週月曜 9時", json!({}))
            .await
            .expect_message();
        let refused = world
            .person(CHAIR)
            .press_label(previewed.id, "登録する")
            .await;
        assert!(refused.text().contains("30 件まで"), "{}", refused.text());
    })
    .await;
}

#[tokio::test]
async fn a_preview_counts_once_and_only_with_the_rights_it_was_made_with() {
    world(Database::Sqlite, async |world| {
        let shown = add(world, CHAIR, "毎週月曜 9時", json!({})).await;
        let chair = world.person(CHAIR);
        let twice = chair.twice();
        twice.press_label(shown.id, "登録する").await;
        let again = add(world, CHAIR, "毎週火曜 9時", json!({})).await;
        world
            .fake
            .set_roles(world.city.guild, world.city.person(CHAIR), &[]);
        let refused = chair.press_label(again.id, "登録する").await;
        assert!(
            refused.text().contains("どの団体の方か分かりません"),
            "{}",
            refused.text()
        );
        let listed = command(world, COORDINATOR, "reminder list", json!({})).await;
        assert!(listed.text().contains("全1件"), "{}", listed.text());
        // The association's contact goes on with what its chair has set up.
        at(world, "2026-11-23 09:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 1);
        let contact = world.person("薬剤師会の連携担当");
        let stopped = contact
            .press_label(said[0].id, "止める")
            .await
            .expect_message();
        assert!(stopped.text().contains("止めました"), "{}", stopped.text());
    })
    .await;
}
