//! Sessions and issues: what was said there, and what is to be talked about.

use super::{ask, plan, told};
use crate::{field, number_in};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn what_is_added_to_a_talk_is_its_association_s_and_said_in_confidence() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let circle = json!({
            "title": "退院の情報交換会", "tier": 2, "kind": "exchange",
            "associations": "病院連携室、介護支援専門員連絡協議会",
        });
        plan(world, circle).await;
        let coordinator = world.person("コーディネーター");
        let room = world.person("病院連携室の連携担当");
        let about = "退院の日取りを早めに知らせてほしい";
        for (who, options, origin, channel) in [
            (
                &coordinator,
                json!({"text": "薬局によって在宅への姿勢がバラバラだ", "tier": 1, "session": "1"}),
                "一次連携",
                "一次-薬剤師会",
            ),
            (
                &coordinator,
                json!({"text": about, "tier": 2, "session": "2", "origin": "open",
                    "profession": "病院連携室", "about": "介護支援専門員"}),
                "公開の場",
                "二次-入退院",
            ),
            (
                &coordinator,
                json!({"text": "どの団体のことばか分からない声です", "tier": 2, "session": "2"}),
                "相談窓口",
                "相談窓口",
            ),
            (
                &room,
                json!({"text": "申し送りの様式がそろっていない", "tier": 2, "session": "2"}),
                "一次連携",
                "相談窓口",
            ),
        ] {
            let before = world.cards(channel).len();
            let added = ask(world, who, "issue add", options.clone()).await;
            let number = json!({"number": number_in(&added).to_string()});
            world.settled().await;
            assert_eq!(world.cards(channel).len(), before + 1, "{options}");
            let shown = ask(world, &coordinator, "issue show", number).await;
            assert_eq!(
                field(&shown, "把握の場").as_deref(),
                Some(origin),
                "{options}"
            );
            assert!(field(&shown, "連携の場").is_some_and(|it| it.contains("第1回")));
        }
        let of_talk = ask(world, &coordinator, "issue list", json!({"session": "1"}))
            .await
            .text();
        assert!(
            of_talk.contains("全1件") && of_talk.contains("バラバラ"),
            "{of_talk}"
        );
        // Everybody reads of a session what they may read anyway.
        let (own, other) = (
            told(world, "病院連携室の会長").await,
            told(world, "介護支援専門員連絡協議会の会長").await,
        );
        assert!(
            own.contains("2件") && own.contains("申し送りの様式"),
            "{own}"
        );
        assert!(
            other.contains("1件") && !other.contains("申し送り"),
            "{other}"
        );
        assert!(told(world, "コーディネーター").await.contains("3件"));
    })
    .await;
}

#[tokio::test]
async fn a_session_has_an_agenda_of_which_each_reads_their_part() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let own = json!({"text": "薬局の夜間の当番が決まらない", "tier": 1});
        ask(world, &chair, "issue add", own).await;
        let room = world.person("病院連携室の会長");
        let other = json!({"text": "転院の調整に手間がかかっている", "tier": 2});
        ask(world, &room, "issue add", other).await;
        let planned = plan(
            world,
            json!({"issues": "#1、2", "tier": 2, "associations": "薬剤師会、病院連携室"}),
        );
        let planned = planned.await;
        assert!(
            planned.text().contains("予定しました"),
            "{}",
            planned.text()
        );
        for (key, first, second) in [
            ("コーディネーター", true, true),
            ("薬剤師会の会長", true, false),
            ("病院連携室の会長", false, true),
        ] {
            let person = world.person(key);
            let shown = ask(world, &person, "session show", json!({"number": "1"})).await;
            let agenda = field(&shown, "話し合う課題").unwrap_or_default();
            assert_eq!(agenda.contains("当番"), first, "{key}: {agenda}");
            assert_eq!(agenda.contains("転院"), second, "{key}: {agenda}");
            assert_eq!(
                agenda.lines().count(),
                usize::from(first) + usize::from(second),
                "{key}"
            );
        }
        world.settled().await;
    })
    .await;
}
