//! A review speaks of what others brought in confidence, and tells nobody of it who may not know.

use super::{CHANNEL, ask, counted, desk, measure, plan, reminders, status};
use crate::number_in;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

const HOSPITAL: &str = "病院連携室の会長";

/// What the hospitals brought to their own talk, and is being carried out; the issue's number.
async fn of_the_hospitals(world: &World) -> i64 {
    let told = json!({"text": "退院の日取りの決め方が病棟ごとにまちまちだ", "tier": 1});
    let number = number_in(&ask(world, HOSPITAL, "issue add", told).await);
    status(world, number, "acting").await;
    number
}

#[tokio::test]
async fn who_holds_a_review_of_several_is_told_the_numbers_they_know() {
    world(Database::Sqlite, async |world| {
        let own = measure(world).await;
        let others = of_the_hospitals(world).await;
        let session = json!({
            "title": "退院の話し合い", "tier": 2, "kind": "meeting", "date": "2026-12-01",
            "associations": "薬剤師会、病院連携室", "issues": format!("#{own}、#{others}"),
        });
        desk(world, "session plan", session).await;
        let review = json!({"of": "session:1", "date": "2026-12-04"});
        desk(world, "review plan", review).await;
        let done = json!({"number": "1", "outcome": "連絡票をつくった", "next": "done"});
        let kept = ask(world, "薬剤師会の会長", "review done", done)
            .await
            .text();
        assert!(
            kept.contains(&format!("#{own} を「完了」にしました")),
            "{kept}"
        );
        assert!(!kept.contains(&format!("#{others}")), "{kept}");
        for (who, number) in [("薬剤師会の会長", own), (HOSPITAL, others)] {
            let shown = ask(
                world,
                who,
                "issue show",
                json!({"number": number.to_string()}),
            )
            .await;
            let status = crate::field(&shown, "状況");
            assert_eq!(status.as_deref(), Some("完了"), "#{number}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_came_of_one_opinion_is_not_told_to_others_who_said_the_same() {
    const DONE: &str = "三役だけで会費を見直した";
    world(Database::Sqlite, async |world| {
        let others = of_the_hospitals(world).await;
        let own = measure(world).await;
        plan(world, own, "2026-12-04", None).await;
        let pair = json!({"number": own.to_string(), "other": others.to_string()});
        let linked = desk(world, "issue link", pair).await;
        let same = linked.buttons().into_iter().filter_map(|it| it.custom_id);
        let same = same.into_iter().find(|id| id.starts_with("v1:merge-same"));
        let coordinator = world.person("コーディネーター");
        coordinator
            .press(linked.id, &same.expect("it is offered"))
            .await
            .expect_message();
        let done = json!({"number": "1", "outcome": DONE, "next": "done"});
        ask(world, "薬剤師会の会長", "review done", done).await;
        let ended = ask(
            world,
            HOSPITAL,
            "issue show",
            json!({"number": others.to_string()}),
        )
        .await;
        assert_eq!(crate::field(&ended, "状況").as_deref(), Some("完了"));
        assert!(!ended.text().contains(DONE), "{}", ended.text());
        assert!(
            !world
                .fake
                .who_saw(DONE)
                .contains(&world.city.person(HOSPITAL))
        );
    })
    .await;
}

#[tokio::test]
async fn a_reminder_follows_its_issue_away_from_those_who_may_no_longer_know_of_it() {
    world(Database::Sqlite, async |world| {
        let told = json!({
            "text": "入退院のときの連絡を話題にした集まりで出たこと", "profession": "病院連携室",
            "about": "介護支援専門員", "tier": 3, "origin": "open",
        });
        let number = number_in(&desk(world, "issue add", told).await);
        // Nobody in particular raised it: people are told where it stands.
        let unknown = json!({"text": "集まりで出た救急の話", "tier": 3, "origin": "open"});
        let unknown = number_in(&desk(world, "issue add", unknown).await);
        for (of, date) in [(number, "2026-12-04"), (unknown, "2026-12-04")] {
            plan(world, of, date, None).await;
        }
        let narrower = json!({
            "number": unknown.to_string(), "tier": 1, "reason": "一つの団体のことだったため",
        });
        desk(world, "issue tier", narrower).await;
        counted(world, &["2026-12-03 09:00"]).await;
        let named = format!("反省会 2（#{unknown}）");
        let said = reminders(world, "三次連携");
        assert!(
            said.iter().all(|post| !post.text().contains(&named)),
            "{said:?}"
        );
        let at_desk = reminders(world, "相談窓口");
        assert!(
            at_desk.iter().any(|post| post.text().contains(&named)),
            "{at_desk:?}"
        );
        assert!(reminders(world, CHANNEL).is_empty());
    })
    .await;
}
