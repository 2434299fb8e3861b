//! What protects a batch: previews of others, forged values, double presses, rights that are lost.

use super::{count, custom_id, forge, numbered, plan, press, preview};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_preview_outlives_a_restart_and_is_kept_once(#[case] database: Database) {
    world(database, async |world| {
        let chair = world.person("薬剤師会の会長");
        let shown = preview(
            world,
            &chair,
            json!({"tier": 1}),
            "・棚卸しの日がばらばらだ\n・鍵の番が決まらない",
        )
        .await;
        let button = custom_id(&shown, "2件として記録");
        world.restart().await;
        let kept = press(&chair.twice(), &shown, "2件として記録").await;
        assert!(kept.text().contains("2件を記録しました"), "{}", kept.text());
        let data = json!({"custom_id": button, "component_type": 2});
        let again = forge(world, &chair, data).await;
        assert!(again.contains("すでに記録しました（#1～#2）"), "{again}");
        let rest = json!({"custom_id": button.replace("keep", "one"), "component_type": 2});
        let again = forge(world, &chair, rest).await;
        assert!(again.contains("すでに記録しました"), "{again}");
        assert!(count(world).await.contains("全2件"));
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_presses_at_once_keep_the_lines_once() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let shown = preview(
            world,
            &chair,
            json!({"tier": 1}),
            "棚卸しの日がばらばらだ\n鍵の番が決まらない",
        )
        .await;
        let (one, other) = tokio::join!(
            chair.press_label(shown.id, "2件として記録"),
            chair.press_label(shown.id, "2件として記録"),
        );
        let kept = [one.text(), other.text()];
        assert!(
            kept.iter().any(|said| said.contains("2件を記録しました")),
            "{kept:?}"
        );
        assert!(count(world).await.contains("全2件"));
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn another_s_preview_is_nobody_else_s() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let said = "棚卸しの日がばらばらだと聞いた\n鍵の番が決まらないと聞いた";
        let shown = preview(world, &chair, json!({"tier": 1}), said).await;
        let keep = custom_id(&shown, "2件として記録");
        for key in [
            "薬剤師会の連携担当",
            "コーディネーター",
            "病院連携室の会長",
            "オブザーバー",
        ] {
            let other = world.person(key);
            for name in ["keep", "one", "reword", "page", "rest", "undo"] {
                let id = keep.replace("keep", name);
                let id = if name == "page" {
                    format!("{id}:0")
                } else {
                    id
                };
                let data = json!({"custom_id": id, "component_type": 2});
                let answer = forge(world, &other, data).await;
                assert!(!answer.contains("棚卸し"), "{key} {name}: {answer}");
            }
            let id = format!("{}:0", keep.replace("keep", "tier"));
            let data = json!({"custom_id": id, "component_type": 3, "values": ["1:3"]});
            let answer = forge(world, &other, data).await;
            assert!(!answer.contains("棚卸し"), "{key}: {answer}");
        }
        assert_eq!(count(world).await, "");
    })
    .await;
}

#[tokio::test]
async fn forged_values_change_nothing() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let said = "棚卸しの日がばらばらだ\n電話は090-1234-5678\n鍵の番が決まらない";
        let shown = preview(world, &chair, json!({"tier": 1}), said).await;
        let id = shown.selects()[0]["custom_id"]
            .as_str()
            .expect("a select")
            .to_owned();
        for value in [
            "0:1",
            "1:4",
            "9:2",
            "2:3",
            "-1:2",
            "1",
            "",
            "1:2:3",
            "99999999999999999999:1",
        ] {
            let data = json!({"custom_id": id, "component_type": 3, "values": [value]});
            let place = world.channel("広場");
            let answer = chair
                .deliver_raw(place, 3, data, Some(shown.id))
                .await
                .text();
            assert!(answer.contains("使えなくなりました"), "{value}: {answer}");
        }
        let kept = press(&chair, &shown, "2件として記録").await;
        assert!(kept.text().contains("#1～#2"), "{}", kept.text());
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_the_right_meanwhile_keeps_nothing() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let contact = world.person("薬剤師会の連携担当");
        let id = contact.id();
        let shown = preview(world, &contact, json!({"session": "1"}), &numbered()).await;
        for roles in [
            vec![],
            vec![world.city.role("病院連携室 連携担当")],
            vec![world.city.role("薬剤師会 会員")],
        ] {
            world.fake.set_roles(world.city.guild, id, &roles);
            let said = contact.press_label(shown.id, "12件として記録").await.text();
            assert!(!said.contains("記録しました（"), "{roles:?}: {said}");
            assert_eq!(count(world).await, "");
        }
        let role = world.city.role("薬剤師会 連携担当");
        world.fake.set_roles(world.city.guild, id, &[role]);
        let kept = contact.press_label(shown.id, "12件として記録").await;
        assert!(
            kept.text().contains("12件を記録しました"),
            "{}",
            kept.text()
        );
        world.settled().await;
    })
    .await;
}
