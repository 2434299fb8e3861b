//! What was planned before an office was set up differently is said where its people read when it is due,
//! and nowhere else: by then a channel may be another one, or have become the channel of others.

use super::{COORDINATOR, add, circle, office, room, set_up};
use fake_discord::{Fault, Trouble};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{SetUp, World, world_with},
};

/// What a session is called that others must not hear of.
const TITLE: &str = "夜間の呼び出しの打合せ";
const COORDINATOR_ROLE: &str = "連携コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
pub(super) const CIRCLE: &str = "二次-入退院";
pub(super) const THEIRS: [&str; 2] = ["病院連携室", "介護支援専門員連絡協議会"];
pub(super) const OTHERS: [&str; 2] = ["薬剤師会", "医師会"];

async fn desk(world: &World, path: &str, options: Value) {
    office(world, path, options).await;
}

/// How many reminders in a channel speak of something.
fn said(world: &World, channel: u64, what: &str) -> usize {
    let mut posts = world.cards_in(channel);
    posts.retain(|post| post.text().contains("お知らせ　") && post.text().contains(what));
    posts.len()
}

/// Everybody of some associations, and the desk.
fn roles(associations: &[&str]) -> Vec<String> {
    let of = associations.iter();
    of.flat_map(|name| ["三役", "連携担当", "会員"].map(|rank| format!("{name} {rank}")))
        .chain([COORDINATOR_ROLE.to_owned()])
        .collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_reminder_goes_where_its_association_reads_when_it_is_due(#[case] database: Database) {
    world_with(database, SetUp::Nothing, async |world| {
        set_up(world).await;
        let told = json!({"text": "薬歴の書き方が人によってまちまちだ", "tier": 1});
        let issue = add(world, CHAIR, told).await;
        let review = json!({"of": format!("issue:{issue}"), "date": "2026-12-04"});
        desk(world, "review plan", review).await;
        let session = json!({"title": TITLE, "tier": 1, "kind": "meeting",
            "associations": "薬剤師会", "date": "2026-12-04"});
        desk(world, "session plan", session).await;
        let project = json!({"title": "お薬相談会", "associations": "薬剤師会"});
        desk(world, "project add", project).await;
        let task = json!({"number": "1", "role": "周知", "due": "2026-12-04", "who": "薬剤師会"});
        desk(world, "project task", task).await;
        world.settled().await;

        let new = room(
            world,
            "一次-薬剤師会の新しい部屋",
            &["薬剤師会 三役", "薬剤師会 連携担当", COORDINATOR_ROLE],
        );
        let options = json!({"name": "薬剤師会", "channel": new.to_string()});
        office(world, "office association", options).await;
        world.clock.move_to("2026-12-03 09:00");
        world.dealt_with().await;
        let old = world.channel("一次-薬剤師会");
        for what in ["連携の場 1", "反省会 1", "支援事業 1"] {
            assert_eq!(said(world, new, what), 1, "{what}\n{}", world.log());
            assert_eq!(said(world, old, what), 0, "{what}");
        }
    })
    .await;
}

/// What is due by then is made and waits: Discord takes nothing.
async fn waits_from(world: &World, day: &str) {
    let away = Fault::on(
        "POST",
        "/channels/{channel_id}/messages",
        Trouble::Status(503),
    );
    world.fake.faults().add(away.always());
    world.clock.move_to(day);
    let due = world
        .until(async |world| world.occurrences().await.due == 0 && world.waiting().await > 0)
        .await;
    assert!(due, "it was made and waits\n{}", world.log());
}

/// A session of two associations that read in a circle, planned for 4 December.
async fn planned_in_the_circle(world: &World) {
    set_up(world).await;
    let session = json!({"title": TITLE, "tier": 2, "kind": "meeting",
        "associations": THEIRS.join("、"), "date": "2026-12-04"});
    desk(world, "session plan", session).await;
    world.settled().await;
    assert_eq!(world.cards(CIRCLE).len(), 1, "its card stands there");
}

/// The room of the circle becomes one that others can see.
pub(super) fn opened_to(world: &World, associations: &[&str]) {
    let roles = roles(associations);
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let like = room(world, "ひな形", &roles);
    let rows = world.fake.channel(like).expect("it was made").overwrites;
    world.fake.set_overwrites(world.channel(CIRCLE), rows);
    world.fake.delete_channel(like);
}

/// The circle becomes one of these associations; the answer.
pub(super) async fn given_to(world: &World, associations: &[&str]) -> String {
    let options = json!({"use": "tier2", "association": associations.join("、"),
        "channel": world.channel(CIRCLE).to_string()});
    let said = office(world, "office channel", options).await;
    assert!(said.contains("薬剤師会"), "{said}");
    said
}

/// The circle becomes one of other associations.
async fn given_to_others(world: &World) {
    given_to(world, &OTHERS).await;
    let empty = world
        .until(async |world| world.cards(CIRCLE).is_empty())
        .await;
    assert!(empty, "what stood there went before\n{}", world.log());
}

#[tokio::test]
async fn a_circle_of_others_is_not_reminded_of_what_the_one_before_planned() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        planned_in_the_circle(world).await;
        given_to_others(world).await;
        opened_to(world, &OTHERS);
        world.clock.move_to("2026-11-27 09:00");
        world.dealt_with().await;
        let desk = world.channel("相談窓口");
        assert_eq!(said(world, desk, "連携の場 1"), 1, "{}", world.log());
        assert_eq!(
            world.cards(CIRCLE).len(),
            0,
            "nothing is left for the others"
        );
        // Its own people have a circle again: the next one is theirs.
        let roles = roles(&THEIRS);
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        world.clock.move_to("2026-11-27 15:00");
        let new = room(world, "二次-新しい部屋", &roles);
        circle(world, Some(new)).await;
        world.clock.move_to("2026-12-03 09:00");
        world.dealt_with().await;
        assert_eq!(said(world, new, "連携の場 1"), 1, "{}", world.log());
        assert_eq!(said(world, desk, "連携の場 1"), 1);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_reminder_that_waits_is_not_sent_to_those_who_came_meanwhile(#[case] database: Database) {
    world_with(database, SetUp::Nothing, async |world| {
        planned_in_the_circle(world).await;
        world.leave_leaks_to_the_test();
        let before = world.fake.who_saw(TITLE);
        waits_from(world, "2026-11-27 09:00").await;
        given_to_others(world).await;
        opened_to(world, &OTHERS);
        world.stop_bot().await;
        world.fake.faults().clear();
        world.start_bot().await;
        world.dealt_with().await;
        assert_eq!(world.cards(CIRCLE).len(), 0, "nothing of it is said there");
        for name in ["薬剤師会の会長", "薬剤師会の会員", "医師会の会長"] {
            let person = world.city.person(name);
            assert!(!before.contains(&person), "{name} does not read there");
            assert!(!world.fake.who_saw(TITLE).contains(&person), "{name}");
        }
        let shown = world
            .person(COORDINATOR)
            .slash(
                world.channel("広場"),
                "session show",
                json!({"number": "1"}),
            )
            .await
            .expect_message();
        assert!(shown.text().contains(TITLE), "the desk still knows it");
        // Its people have no channel of their own: the desk is told what they were to be told, once.
        let desk = world.channel("相談窓口");
        assert_eq!(said(world, desk, "連携の場 1"), 1, "{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_waits_goes_to_whoever_has_the_task_in_hand_by_then() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        let project = json!({"title": "お薬相談会", "associations": OTHERS.join("、")});
        desk(world, "project add", project).await;
        let task = json!({"number": "1", "role": "周知", "due": "2026-12-04", "who": OTHERS[0]});
        desk(world, "project task", task).await;
        world.settled().await;
        waits_from(world, "2026-12-03 09:00").await;
        let task = json!({"number": "1", "role": "周知", "who": OTHERS[1]});
        desk(world, "project task", task).await;
        world.stop_bot().await;
        world.fake.faults().clear();
        world.start_bot().await;
        world.dealt_with().await;
        let [before, now] = ["一次-薬剤師会", "一次-医師会"].map(|name| world.channel(name));
        assert_eq!(said(world, before, "支援事業 1"), 0, "{}", world.log());
        assert_eq!(said(world, now, "支援事業 1"), 1, "{}", world.log());
    })
    .await;
}
