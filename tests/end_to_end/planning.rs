//! 連携の場: planned by coordinators, numbered within their series, known to their own circle of people.

pub(crate) mod issue;

use super::{field, wording::read};
use fake_discord::{MessageView, Outcome, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";

async fn ask(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

/// A talk with the pharmacists on the first of December, but for what is given otherwise.
fn talk(other: Value) -> Value {
    let mut options = json!({
        "title": "薬剤師会との連携に関する打合せ会", "tier": 1, "kind": "meeting",
        "date": "令和8年12月1日", "associations": "薬剤師会",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    options
}

async fn plan(world: &World, other: Value) -> MessageView {
    let coordinator = world.person("コーディネーター");
    ask(world, &coordinator, "session plan", talk(other)).await
}

async fn listed(world: &World, who: &Person) -> String {
    ask(world, who, "session list", json!({})).await.text()
}

/// What somebody reads of session 2.
async fn told(world: &World, who: &str) -> String {
    let number = json!({"number": "2"});
    ask(world, &world.person(who), "session show", number)
        .await
        .text()
}

async fn choices(
    who: &Person,
    world: &World,
    path: &str,
    option: &str,
    typed: &str,
) -> Vec<String> {
    let options = json!({ option: typed });
    let found = who
        .autocomplete(world.channel("広場"), path, options, option)
        .await;
    let choices = found.choices().expect("choices");
    choices.iter().map(|choice| choice.name.clone()).collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_talk_is_planned_and_its_circle_finds_it(#[case] database: Database) {
    world(database, async |world| {
        let planned = plan(
            world,
            json!({
                "start": "午後2時", "end": "15:30", "purpose": "gathering", "place": "市民会館 会議室",
                "method": "ざっくばらんに話す",
            }),
        )
        .await;
        insta::assert_snapshot!("session_planned", read(&planned));
        let contact = world.person("薬剤師会の連携担当");
        let shown = ask(world, &contact, "session show", json!({"number": "1"})).await;
        insta::assert_snapshot!("session_shown", read(&shown));
        let listed = ask(world, &contact, "session list", json!({})).await;
        insta::assert_snapshot!("session_list", read(&listed));
        let found = choices(&contact, world, "session show", "number", "薬剤").await;
        assert_eq!(
            found,
            ["第1回 令和8年12月1日(火) 薬剤師会との連携に関する打合せ会"]
        );
    })
    .await;
}

#[tokio::test]
async fn who_may_not_know_of_a_session_is_answered_as_if_there_were_none() {
    world(Database::Sqlite, async |world| {
        let title = "非公開の題名をもつ打合せ会";
        plan(world, json!({ "title": title })).await;
        for (key, knows) in [
            ("コーディネーター", true),
            ("薬剤師会の会長", true),
            ("薬剤師会の連携担当", true),
            ("薬剤師会の会員", false),
            ("病院連携室の会長", false),
            ("アドバイザー", false),
            ("オブザーバー", false),
            ("所属のない人", false),
        ] {
            let person = world.person(key);
            let shown = ask(world, &person, "session show", json!({"number": "1"})).await;
            let none = ask(world, &person, "session show", json!({"number": "9"})).await;
            assert_eq!(shown.text().contains(title), knows, "{key}");
            if !knows {
                assert_eq!(shown.text(), none.text(), "{key}: alike");
            }
            let list = ask(world, &person, "session list", json!({})).await;
            assert_eq!(list.text().contains(title), knows, "{key}: {}", list.text());
            for (path, option) in [
                ("session show", "number"),
                ("issue add", "session"),
                ("issue list", "session"),
            ] {
                let found = choices(&person, world, path, option, "").await;
                assert_eq!(!found.is_empty(), knows, "{key}: {path}");
            }
            // A number that was not offered.
            for path in ["issue add", "issue list"] {
                let of =
                    |number: &str| json!({"session": number, "text": "道具の置き場が足りない"});
                let options = |number| match path {
                    "issue add" => of(number),
                    _ => json!({ "session": number }),
                };
                if knows || (path == "issue add" && matches!(key, "オブザーバー" | "所属のない人"))
                {
                    continue;
                }
                let hidden = ask(world, &person, path, options("1")).await.text();
                let none = ask(world, &person, path, options("9")).await.text();
                assert_eq!(hidden, none, "{key}: {path}");
                assert!(!hidden.contains(title), "{key}: {path}");
            }
        }
        let mut allowed = world.city.group("連携拠点");
        allowed.retain(|id| *id != world.city.person("アドバイザー"));
        allowed.extend(["会長", "連携担当"].map(|r| world.city.person(&format!("薬剤師会の{r}"))));
        // Its card stands in the association's channel, which the owner of the server sees as well.
        allowed.push(world.city.owner);
        world.settled().await;
        let saw = world.fake.who_saw(title);
        assert!(saw.iter().all(|id| allowed.contains(id)), "{saw:?}");
    })
    .await;
}

#[tokio::test]
async fn sessions_of_circles_and_of_the_region_reach_further() {
    world(Database::Sqlite, async |world| {
        let both = json!({
            "title": "退院の情報交換会", "tier": 2, "kind": "exchange",
            "associations": "病院連携室、介護支援専門員連絡協議会",
        });
        plan(world, both).await;
        let region = json!({
            "title": "推進協議会", "tier": 3, "kind": "council", "associations": "", "role": "take-part",
        });
        plan(world, region).await;
        for (key, circle, region) in [
            ("病院連携室の連携担当", true, true),
            ("介護支援専門員連絡協議会の会長", true, true),
            ("病院連携室の会員", false, true),
            ("薬剤師会の会長", false, true),
            ("アドバイザー", false, true),
            ("オブザーバー", false, true),
            ("所属のない人", false, false),
        ] {
            let person = world.person(key);
            let list = ask(world, &person, "session list", json!({})).await.text();
            assert_eq!(list.contains("退院の情報交換会"), circle, "{key}: {list}");
            assert_eq!(list.contains("推進協議会"), region, "{key}: {list}");
        }
        let tier = json!({"tier": 3, "from": "11/1", "to": "令和9年3月31日"});
        let person = world.person("病院連携室の会長");
        let list = ask(world, &person, "session list", tier).await.text();
        assert!(list.contains("推進協議会") && !list.contains("情報交換会"), "{list}");
        let nothing = ask(world, &person, "session list", json!({"from": "令和9年4月1日"})).await;
        assert!(nothing.text().contains("当てはまる連携の場はありません"));
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_plan() {
    world(Database::Sqlite, async |world| {
        for key in [
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let person = world.person(key);
            let refused = ask(world, &person, "session plan", talk(json!({}))).await;
            assert!(!refused.text().contains("予定しました"), "{key}");
            for option in ["associations", "issues"] {
                let found = choices(&person, world, "session plan", option, "").await;
                assert_eq!(found, Vec::<String>::new(), "{key}: {option}");
            }
        }
        let coordinator = world.person("コーディネーター");
        let found = choices(
            &coordinator,
            world,
            "session plan",
            "associations",
            "医師会、薬",
        )
        .await;
        assert_eq!(found, ["医師会、薬剤師会"]);
        let list = ask(world, &coordinator, "session list", json!({}))
            .await
            .text();
        assert!(
            list.contains("/session plan"),
            "the empty list says how to begin: {list}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_number_counts_in_its_series_and_a_title_may_bring_its_own() {
    world(Database::Sqlite, async |world| {
        for (other, expected) in [
            (json!({}), "第1回"),
            (json!({"date": "12/20"}), "第2回"),
            (json!({"title": "第五回　薬剤師会との打合せ会"}), "第5回"),
            (json!({}), "第6回"),
            (json!({"associations": "医師会"}), "第1回"),
            (json!({"kind": "training"}), "第1回"),
            (json!({"date": "令和9年4月2日"}), "第1回"),
        ] {
            let said = plan(world, other.clone()).await.text();
            assert!(said.contains(expected), "{other}: {said}");
            assert!(!said.contains("第五回"), "{said}");
        }
        let taken = plan(world, json!({"title": "第2回 打合せ会"})).await.text();
        assert!(taken.contains("第2回は、すでにあります"), "{taken}");
    })
    .await;
}

#[tokio::test]
async fn a_second_profession_at_a_tier_1_talk_is_asked_about_and_not_refused() {
    world(Database::Sqlite, async |world| {
        let asked = plan(world, json!({"associations": "薬剤師会、医師会"})).await;
        insta::assert_snapshot!("session_asked", read(&asked));
        let coordinator = world.person("コーディネーター");
        assert!(
            listed(world, &coordinator).await.contains("ありません"),
            "nothing is planned yet"
        );
        // Somebody else has the button's id.
        let button = asked.buttons()[0].custom_id.clone().expect("an id");
        for key in ["二人目のコーディネーター", "薬剤師会の会長"] {
            let other = world.person(key);
            let own = ask(world, &other, "help", json!({})).await;
            let data = json!({"custom_id": button, "component_type": 2});
            let place = world.channel("広場");
            let said = other.deliver_raw(place, 3, data, Some(own.id)).await;
            assert!(
                !said.text().contains("予定しました"),
                "{key}: {}",
                said.text()
            );
        }
        world.restart().await;
        let pressed = coordinator.press_label(asked.id, "このまま予定する").await;
        let said = pressed.expect_message().text();
        assert!(
            said.contains("予定しました") && said.contains("第1回"),
            "{said}"
        );
        let data = json!({"custom_id": button, "component_type": 2});
        let own = ask(world, &coordinator, "help", json!({})).await;
        let again = coordinator
            .deliver_raw(world.channel("広場"), 3, data, Some(own.id))
            .await;
        assert!(!again.text().contains("予定しました"), "{}", again.text());
        assert!(
            listed(world, &coordinator).await.contains("全1件"),
            "{}",
            listed(world, &coordinator).await
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_planned_is_said_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        for (other, expected) in [
            (json!({"title": "　"}), "題名が空です"),
            (json!({"title": "題".repeat(90)}), "長すぎます"),
            (json!({"title": "連絡先は090-1234-5678の会"}), "個人情報"),
            (json!({"method": "090-1234-5678に電話する"}), "個人情報"),
            (json!({"date": "いつか"}), "日付は"),
            (json!({"date": "2/30"}), "暦にありません"),
            (json!({"date": "令和18年12月1日"}), "離れすぎています"),
            (json!({"start": "25時"}), "その時刻はありません"),
            (json!({"start": "昼すぎ"}), "時刻は"),
            (json!({"start": "午前12時"}), "12:00"),
            (json!({"end": "15:00"}), "「開始」"),
            (
                json!({"start": "15:00", "end": "14:00"}),
                "後ではありません",
            ),
            (json!({"associations": "薬剤氏会"}), "職能団体はありません"),
            (json!({"issues": "#9"}), "その番号の課題は"),
            (json!({"issues": "九番"}), "番号は"),
        ] {
            let said = plan(world, other.clone()).await.text();
            assert!(said.contains(expected), "{other}: {said}");
            assert!(!said.contains("1234"), "{said}");
        }
        // What everybody may know of a place passes.
        let place = json!({"place": "市民会館（架空市本町1-2-3、電話 0193-00-0000）"});
        let said = plan(world, place).await;
        assert_eq!(
            field(&said, "場所").as_deref(),
            Some("市民会館（架空市本町1-2-3、電話 0193-00-0000）")
        );
        let held = plan(world, json!({"date": "令和8年11月10日"})).await;
        assert_eq!(field(&held, "状況").as_deref(), Some("実施済"));
    })
    .await;
}

#[tokio::test]
async fn a_planning_is_taken_back_while_nothing_names_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let planned = plan(world, json!({})).await;
        let options = json!({"text": "薬の棚卸しのやり方がまちまちだ", "session": "1", "tier": 1});
        let added = ask(world, &coordinator, "issue add", options).await;
        let refused = coordinator.press_label(planned.id, UNDO).await;
        assert!(
            refused.text().contains("課題が付いています"),
            "{}",
            refused.text()
        );
        coordinator
            .press_label(added.id, UNDO)
            .await
            .expect_message();
        let undone = coordinator.press_label(planned.id, UNDO).await;
        assert!(
            undone.text().contains("取り消しました"),
            "{}",
            undone.text()
        );
        let gone = ask(world, &coordinator, "session show", json!({"number": "1"})).await;
        assert!(
            gone.text().contains("ないか、ご覧になれません"),
            "{}",
            gone.text()
        );
        let next = plan(world, json!({})).await.text();
        assert!(
            next.contains("第1回") && next.contains("連携の場 2"),
            "{next}"
        );
        let late = plan(world, json!({})).await;
        world.clock.advance(chrono::Duration::minutes(11));
        let refused = coordinator.press_label(late.id, UNDO).await;
        assert!(
            refused.text().contains("10分が過ぎた"),
            "{}",
            refused.text()
        );
        let audit = ask(world, &coordinator, "office audit", json!({}))
            .await
            .text();
        assert!(
            audit.contains("連携の場の予定") && audit.contains("予定の取り消し"),
            "{audit}"
        );
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_list_turns_its_pages_after_a_restart() {
    world(Database::Sqlite, async |world| {
        for day in 1..=12 {
            plan(world, json!({"date": format!("令和8年12月{day}日")})).await;
        }
        plan(world, json!({"date": "令和9年1月8日"})).await;
        let chair = world.person("薬剤師会の会長");
        let first = ask(world, &chair, "session list", json!({})).await;
        assert!(first.text().contains("全13件") && first.text().contains("1 / 2"));
        world.restart().await;
        let second = chair.press_label(first.id, "次へ").await;
        let text = second.expect_message().text();
        assert!(
            text.contains("令和9年1月") && text.contains("8日(金)"),
            "{text}"
        );
        let forged = json!({"custom_id": "v1:session-list:1:9", "component_type": 2});
        let other = world.person("病院連携室の会長");
        let own = ask(world, &other, "help", json!({})).await;
        let said = other
            .deliver_raw(world.channel("広場"), 3, forged, Some(own.id))
            .await;
        assert!(!said.text().contains("打合せ会"), "{}", said.text());
        assert!(matches!(said, Outcome::Message(_) | Outcome::Updated(_)));
    })
    .await;
}
