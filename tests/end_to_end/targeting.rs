//! 年度目標: what the office has set itself, entry by entry of progress, and how the year gets on.

mod choosing;
mod goal;
mod guard;
mod marking;
mod record;

use super::{field, wording::read};
use fake_discord::{MessageView, Outcome, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const COORDINATOR: &str = "コーディネーター";
const ITEM: &str = "多職種連携研修により、多職種間の連携を図る";

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let answer = world
        .person(who)
        .slash(world.channel("広場"), path, options)
        .await;
    answer.expect_message()
}

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    ask(world, COORDINATOR, path, options).await
}

/// What the coordinator is answered, as it is read.
async fn said(world: &World, path: &str, options: Value) -> String {
    read(&desk(world, path, options).await)
}

async fn press(world: &World, message: &MessageView, label: &str) -> Outcome {
    world
        .person(COORDINATOR)
        .press_label(message.id, label)
        .await
}

async fn add(world: &World, area: &str, number: &str, goal: Option<&str>) {
    let mut options = json!({"area": area, "number": number, "item": ITEM});
    if let Some(goal) = goal {
        options["goal"] = json!(goal);
    }
    let answer = said(world, "target add", options).await;
    assert!(answer.contains("登録しました"), "{answer}");
}

/// The plan of a small city: monthly trainings, a yearly talk, a leaflet in words, and one without a goal.
async fn plan(world: &World) {
    add(world, "医療・看護", "1-①", Some("研修会を年12回開く")).await;
    add(world, "医療・看護", "1-②", Some("講演会（年1回）")).await;
    add(world, "生活支援", "1-①", Some("リーフレットを配る")).await;
    add(world, "生活支援", "2-①", None).await;
}

async fn note(world: &World, number: &str, other: Value) -> MessageView {
    let mut options = json!({ "number": number });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    desk(world, "target record", options).await
}

async fn show(world: &World, number: &str) -> MessageView {
    desk(world, "target show", json!({ "number": number })).await
}

/// How a target gets on, as its details say.
async fn state(world: &World, number: &str) -> String {
    let shown = show(world, number).await;
    field(&shown, "状況").expect("a state")
}

/// A talk with the pharmacists that was held ten days ago, but for what is given otherwise.
async fn hold(world: &World, other: Value) {
    let mut options = json!({
        "title": "在宅医療協議会", "tier": 3, "kind": "council", "date": "令和8年11月10日",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    desk(world, "session plan", options).await;
}

/// A press of what nobody was offered, from a message of one's own.
async fn forge(world: &World, who: &Person, custom_id: &str, values: Option<&[&str]>) -> Outcome {
    let place = world.channel("広場");
    let own = who.slash(place, "help", json!({})).await.expect_message();
    let data = match values {
        None => json!({"custom_id": custom_id, "component_type": 2}),
        Some(values) => json!({"custom_id": custom_id, "component_type": 3, "values": values}),
    };
    who.deliver_raw(place, 3, data, Some(own.id)).await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_plan_shows_how_the_year_gets_on(#[case] database: Database) {
    world(database, async |world| {
        let empty = said(world, "target list", json!({})).await;
        assert!(empty.contains("/target import"), "{empty}");
        plan(world).await;
        note(
            world,
            "1",
            json!({"text": "研修会を開いた", "amount": "3回", "date": "6/20"}),
        )
        .await;
        let told = note(
            world,
            "1、3",
            json!({"text": "○研修会でリーフレットを配った", "amount": "2", "date": "11/10"}),
        )
        .await;
        insta::assert_snapshot!("target_recorded", read(&told));
        let list = desk(world, "target list", json!({})).await;
        insta::assert_snapshot!("target_list", read(&list));
        let shown = show(world, "医療・看護 1-①").await;
        insta::assert_snapshot!("target_shown", read(&shown));
        insta::assert_snapshot!("target_shown_bare", read(&show(world, "4").await));
        for (options, expected) in [
            (json!({"state": "behind"}), &["#1"][..]),
            (json!({"state": "no-goal"}), &["#4"]),
            (json!({"area": "生活支援"}), &["#3", "#4"]),
            (json!({"area": "医療・看護", "state": "not-begun"}), &["#2"]),
        ] {
            let list = said(world, "target list", options.clone()).await;
            for number in ["#1", "#2", "#3", "#4"] {
                let there = expected.contains(&number);
                assert_eq!(
                    list.contains(&format!("{number} ")),
                    there,
                    "{options}: {list}"
                );
            }
        }
        let none = said(world, "target list", json!({"state": "reached"})).await;
        assert!(none.contains("当てはまる年度目標はありません"), "{none}");
        let next = said(world, "target list", json!({"year": "令和9年度"})).await;
        assert!(
            next.contains("目標なし") && !next.contains("要確認"),
            "{next}"
        );
    })
    .await;
}

#[tokio::test]
async fn in_december_six_of_twelve_are_behind_and_none_of_one_is_not() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        note(world, "1", json!({"amount": "6回", "date": "11/1"})).await;
        world.clock.move_to("2026-12-01 10:00");
        assert_eq!(state(world, "1").await, "要確認\u{3000}6/12回");
        assert_eq!(state(world, "2").await, "未着手\u{3000}0/1回");
        note(world, "1", json!({"amount": "2回"})).await;
        assert_eq!(state(world, "1").await, "順調\u{3000}8/12回");
        note(world, "2", json!({"amount": "1"})).await;
        assert_eq!(state(world, "2").await, "達成\u{3000}1/1回");
    })
    .await;
}

#[tokio::test]
async fn what_was_held_is_counted_by_itself_and_named() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        hold(world, json!({})).await;
        hold(world, json!({"date": "令和8年5月12日"})).await;
        hold(world, json!({"kind": "report", "title": "報告会"})).await;
        // Another fiscal year, and one that is still to come.
        hold(world, json!({"date": "令和8年3月10日"})).await;
        hold(world, json!({"date": "令和9年2月10日"})).await;
        let linked = desk(
            world,
            "target link",
            json!({"number": "1", "counts": "session:協議会"}),
        )
        .await;
        insta::assert_snapshot!("target_linked", read(&linked));
        note(world, "1", json!({"amount": "3回"})).await;
        assert_eq!(
            state(world, "1").await,
            "要確認\u{3000}5/12回（自動集計 2回＋記録 3回）"
        );
        let shown = show(world, "1").await;
        insta::assert_snapshot!("target_shown_counting", read(&shown));
        let opened = press(world, &shown, "集計の内訳").await.expect_message();
        insta::assert_snapshot!("target_counted", read(&opened));
        // What is only for some is counted for all and named to those who may know of it.
        hold(
            world,
            json!({
                "title": "薬剤師会との打合せ会", "tier": 1, "kind": "meeting", "associations": "薬剤師会",
            }),
        )
        .await;
        desk(world, "target link", json!({"number": "2", "counts": "session:tier1"})).await;
        let own = read(&ask(world, "薬剤師会の会長", "target show", json!({"number": "2"})).await);
        let others = read(&ask(world, "病院連携室の会長", "target show", json!({"number": "2"})).await);
        assert!(own.contains("薬剤師会との打合せ会"), "{own}");
        assert!(!others.contains("薬剤師会との打合せ会"), "{others}");
        assert!(others.contains("ほか 1 件"), "{others}");
        let undone = desk(world, "target link", json!({"number": "1", "counts": "なし"})).await;
        assert!(read(&undone).contains("自動集計はしません"));
        press(world, &undone, UNDO).await.expect_message();
        assert!(state(world, "1").await.contains("自動集計 2回"));
        for (wrong, expected) in [
            (json!({"counts": "session:料理教室"}), "候補から選ぶか"),
            (json!({"counts": "session:協議会"}), "すでにそのとおり"),
            (json!({}), "「集計」（counts）か「担当」（owner）"),
        ] {
            let mut options = wrong;
            options["number"] = json!("1");
            let refused = said(world, "target link", options).await;
            assert!(refused.contains(expected), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_finished_project_counts_when_a_target_is_linked_to_projects() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        desk(
            world,
            "target link",
            json!({"number": "2", "counts": "支援事業"}),
        )
        .await;
        assert_eq!(
            state(world, "2").await,
            "未着手\u{3000}0/1回（自動集計 0回＋記録 0回）"
        );
        let project = json!({
            "title": "市民講演会", "associations": "地域全体", "date": "令和8年11月15日",
        });
        desk(world, "project add", project).await;
        desk(world, "project done", json!({"number": "1"})).await;
        let shown = read(&show(world, "2").await);
        assert!(
            shown.contains("達成") && shown.contains("市民講演会"),
            "{shown}"
        );
    })
    .await;
}

#[tokio::test]
async fn long_lists_page_and_their_buttons_outlive_a_restart() {
    world(Database::Sqlite, async |world| {
        for at in 1..=23 {
            add(world, "医療・看護", &format!("1-{at}"), Some("年4回")).await;
        }
        for at in 1..=12 {
            note(world, "1", json!({"text": format!("研修会 {at}回目")})).await;
        }
        let list = desk(world, "target list", json!({"area": "医療・看護"})).await;
        assert!(read(&list).contains("1 / 3 ページ"), "{}", read(&list));
        let shown = show(world, "1").await;
        assert!(read(&shown).contains("全12件"));
        world.restart().await;
        let second = press(world, &list, "次へ").await.expect_message();
        let second = read(&second);
        assert!(
            second.contains("2 / 3 ページ") && second.contains("#11 "),
            "{second}"
        );
        let records = press(world, &shown, "進捗をすべて見る")
            .await
            .expect_message();
        assert!(read(&records).contains("1 / 2 ページ"));
        let rest = press(world, &records, "次へ").await.expect_message();
        assert!(read(&rest).contains("研修会 1回目"), "{}", read(&rest));
    })
    .await;
}

#[tokio::test]
async fn what_people_read_in_english() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        desk(
            world,
            "target link",
            json!({"number": "1", "counts": "session:tier3", "owner": "地域包括支援課"}),
        )
        .await;
        hold(world, json!({})).await;
        note(
            world,
            "1",
            json!({"text": "●研修会を開いた", "amount": "2回"}),
        )
        .await;
        let role = world.city.role("薬剤師会 会員");
        let guild = world.city.guild;
        let id = world
            .fake
            .add_member(guild, "Pat Example", "en-GB", &[role]);
        let pat = world.fake.person(guild, id);
        let square = world.channel("広場");
        let shown = pat
            .slash(square, "target show", json!({"number": "1"}))
            .await
            .expect_message();
        insta::assert_snapshot!("target_shown_english", read(&shown));
        let list = pat
            .slash(square, "target list", json!({}))
            .await
            .expect_message();
        insta::assert_snapshot!("target_list_english", read(&list));
    })
    .await;
}
