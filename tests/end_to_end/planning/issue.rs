//! Sessions and issues: what was said there, and what is to be talked about.

use super::{ask, plan, told};
use crate::{field, number_in};
use fake_discord::Outcome;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// Another process takes the planning of a session back.
const TAKEN_BACK: &str =
    "update session set retracted = true, revision = revision + 1 where id = 1";

#[tokio::test]
async fn what_is_added_to_a_talk_is_its_association_s_and_said_in_confidence() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let circle = json!({
            "title": "退院の情報交換会", "tier": 2, "kind": "exchange",
            "associations": "病院連携室、介護支援専門員連絡協議会",
        });
        plan(world, circle).await;
        // The cards of both sessions stand before anything is added.
        world.settled().await;
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

/// Lets somebody do something while another process takes session 1 back: what was asked of the session
/// before stands no more when it is to be stored.
pub(crate) async fn meanwhile(world: &World, act: impl Future<Output = Outcome>) -> String {
    let held = world.hold_database().await;
    let before = deferrals(world);
    let back = async {
        let deferred = world.until(async |world| deferrals(world) > before).await;
        assert!(deferred, "it waits to be stored\n{}", world.log());
        held.finish(TAKEN_BACK).await;
    };
    let (outcome, ()) = tokio::join!(act, back);
    outcome.text()
}

/// Answers that were put off, by a new message or on the one that was pressed.
fn deferrals(world: &World) -> usize {
    let requests = world.fake.requests();
    let deferred = |body: &Value| body["type"] == 5 || body["type"] == 6;
    let callbacks = requests.iter().filter(|r| r.path.ends_with("/callback"));
    callbacks.filter(|r| deferred(&r.body)).count()
}

#[tokio::test]
async fn a_session_that_is_taken_back_while_one_writes_gets_no_issues() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let coordinator = world.person("コーディネーター");
        let place = world.channel("広場");
        let lines = "・棚卸しの日がばらばらだ\n・鍵の番が決まらない";
        let options = json!({"text": lines, "tier": 1, "session": "1"});
        let preview = ask(world, &coordinator, "issue add", options).await;
        let one = json!({"text": "薬局によって在宅への姿勢がバラバラだ", "session": "1"});
        let said = meanwhile(world, coordinator.slash(place, "issue add", one.clone())).await;
        assert!(said.contains("ちょうど今"), "{said}");
        // Now that it is known, it is said as always.
        let said = coordinator.slash(place, "issue add", one).await.text();
        assert!(said.contains("ご覧になれません"), "{said}");
        let said = coordinator.press_label(preview.id, "2件として記録").await;
        assert!(said.text().contains("ご覧になれません"), "{}", said.text());
        let list = ask(world, &coordinator, "issue list", json!({}))
            .await
            .text();
        assert!(!list.contains("#1"), "nothing was written down: {list}");
    })
    .await;
}

#[tokio::test]
async fn a_batch_for_a_session_that_is_taken_back_meanwhile_stays_a_preview() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let coordinator = world.person("コーディネーター");
        let lines = "・棚卸しの日がばらばらだ\n・鍵の番が決まらない";
        let options = json!({"text": lines, "tier": 1, "session": "1"});
        let preview = ask(world, &coordinator, "issue add", options).await;
        let press = coordinator.press_label(preview.id, "2件として記録");
        let said = meanwhile(world, press).await;
        assert!(said.contains("ちょうど今"), "{said}");
        let list = ask(world, &coordinator, "issue list", json!({}))
            .await
            .text();
        assert!(!list.contains("#1"), "nothing was written down: {list}");
    })
    .await;
}
