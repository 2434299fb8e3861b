//! Scheduled events over REST, on the gateway, and by people's hands.

use chrono::{DateTime, Duration, TimeZone, Utc};
use fake_discord::{
    Channel, EventStatus, Fault, Overwrite, Role, ScheduledEvent, Trouble, permission,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

use crate::wire::{GUILDS, Line, Wire, id_of, start};

/// GUILD_SCHEDULED_EVENTS.
const EVENTS: u64 = 1 << 16;

/// A server whose events keep to a clock that the test moves.
struct House {
    wire: Wire,
    guild: u64,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

async fn house() -> House {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let noon = Utc.with_ymd_and_hms(2026, 11, 20, 3, 0, 0).unwrap();
    let clock = Arc::new(Mutex::new(noon));
    let shown = Arc::clone(&clock);
    wire.fake.follow_clock(move || *shown.lock().unwrap());
    House { wire, guild, clock }
}

impl House {
    fn path(&self) -> String {
        format!("/guilds/{}/scheduled-events", self.guild)
    }

    fn pass(&self, by: Duration) {
        *self.clock.lock().unwrap() += by;
    }

    async fn make(&self, body: Value) -> u64 {
        let (status, made) = self.wire.post(&self.path(), body).await;
        assert_eq!(status, 200, "{made}");
        id_of(&made)
    }

    async fn refused(&self, body: Value) -> (u16, Value) {
        let (status, answer) = self.wire.post(&self.path(), body).await;
        (status, answer["code"].clone())
    }

    fn one(&self, id: u64) -> ScheduledEvent {
        let events = self.wire.fake.events(self.guild);
        events.into_iter().find(|event| event.id == id).unwrap()
    }
}

fn meeting(other: Value) -> Value {
    let mut body = json!({
        "name": "第1回 推進協議会", "description": "年に一度の協議会です",
        "scheduled_start_time": "2026-12-01T05:00:00Z", "scheduled_end_time": "2026-12-01T06:30:00Z",
        "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "市民会館"},
    });
    for (name, value) in other.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[tokio::test]
async fn an_event_is_made_read_changed_and_deleted() {
    let house = house().await;
    let id = house.make(meeting(json!({}))).await;
    let path = format!("{}/{id}", house.path());
    let (status, shown) = house.wire.get(&path).await;
    assert_eq!((status, &shown["status"]), (200, &json!(1)));
    assert_eq!(shown["entity_metadata"]["location"], "市民会館");
    let (_, listed) = house.wire.get(&house.path()).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let moved = json!({"scheduled_start_time": "2026-12-02T05:00:00Z",
        "scheduled_end_time": "2026-12-02T06:00:00Z", "name": "改題"});
    let (status, changed) = house.wire.call("PATCH", &path, moved).await;
    assert_eq!((status, &changed["name"]), (200, &json!("改題")));
    assert_eq!(changed["description"], "年に一度の協議会です");
    let (status, _) = house.wire.call("DELETE", &path, Value::Null).await;
    assert_eq!(status, 204);
    let (status, answer) = house.wire.get(&path).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10070)));
}

#[tokio::test]
async fn what_discord_does_not_take_is_refused() {
    let house = house().await;
    let invalid = (400, json!(50035));
    for other in [
        json!({"name": "あ".repeat(101)}),
        json!({"name": ""}),
        json!({"description": "あ".repeat(1001)}),
        json!({"entity_metadata": {"location": "あ".repeat(101)}}),
        json!({"entity_metadata": {"location": ""}}),
        json!({"scheduled_end_time": null}),
        json!({"scheduled_start_time": "2026-11-20T02:59:59Z"}),
        json!({"scheduled_end_time": "2026-12-01T05:00:00Z"}),
        json!({"scheduled_start_time": "tomorrow"}),
        json!({"privacy_level": 1}),
    ] {
        assert_eq!(
            house.refused(meeting(other.clone())).await,
            invalid,
            "{other}"
        );
    }
    let mut nowhere = meeting(json!({}));
    nowhere.as_object_mut().unwrap().remove("entity_metadata");
    assert_eq!(house.refused(nowhere).await, invalid);
    assert!(house.wire.fake.events(house.guild).is_empty());
    let longest = json!({"name": "あ".repeat(100), "description": "あ".repeat(1000),
        "entity_metadata": {"location": "あ".repeat(100)}});
    house.make(meeting(longest)).await;
}

#[tokio::test]
async fn a_server_holds_a_hundred_events_that_are_not_over() {
    let house = house().await;
    let first = house.make(meeting(json!({}))).await;
    for _ in 1..100 {
        house.make(meeting(json!({}))).await;
    }
    assert_eq!(house.refused(meeting(json!({}))).await, (400, json!(30038)));
    let path = format!("{}/{first}", house.path());
    house.wire.call("PATCH", &path, json!({"status": 4})).await;
    house.make(meeting(json!({}))).await;
}

#[tokio::test]
async fn events_begin_and_end_by_themselves_and_are_over_then() {
    let house = house().await;
    let id = house.make(meeting(json!({}))).await;
    let path = format!("{}/{id}", house.path());
    let (status, answer) = house.wire.call("PATCH", &path, json!({"status": 3})).await;
    assert_eq!(
        (status, &answer["code"]),
        (400, &json!(50035)),
        "it has not begun"
    );
    house.pass(Duration::days(11) + Duration::hours(2));
    house.wire.fake.turn_events();
    assert_eq!(house.one(id).status, EventStatus::Active);
    let (status, _) = house.wire.call("PATCH", &path, json!({"status": 4})).await;
    assert_eq!(status, 400, "what has begun is not called off");
    house.pass(Duration::minutes(90));
    let (_, listed) = house.wire.get(&house.path()).await;
    assert_eq!(listed, json!([]), "what is over is not listed");
    assert_eq!(house.one(id).status, EventStatus::Completed);
    let (status, answer) = house.wire.call("PATCH", &path, json!({"name": "x"})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(180_000)));
    assert_eq!(house.wire.get(&path).await.0, 200);
    house
        .wire
        .fake
        .set(|switches| switches.events_cleared = true);
    assert_eq!(house.wire.get(&path).await.0, 404);
}

#[tokio::test]
async fn rights_of_the_server_decide_about_events() {
    let house = house().await;
    let (fake, guild) = (&house.wire.fake, house.guild);
    let id = house.make(meeting(json!({}))).await;
    let makers = fake.add_role(
        guild,
        Role::named("催事").with_permissions(permission::CREATE_EVENTS),
    );
    let stewards = fake.add_role(
        guild,
        Role::named("世話役").with_permissions(permission::MANAGE_EVENTS),
    );
    let person =
        |name, roles: &[u64]| fake.person(guild, fake.add_member(guild, name, "ja", roles));
    let (anybody, maker, steward) = (
        person("佐藤", &[]),
        person("鈴木", &[makers]),
        person("高橋", &[stewards]),
    );
    let when = (house.one(id).start, house.one(id).end);
    assert!(anybody.create_event("集い", "駅前", when).is_err());
    let theirs = maker.create_event("集い", "駅前", when).unwrap();
    assert!(maker.delete_event(id).is_err(), "it is the bot's");
    let (status, answer) = house
        .wire
        .call(
            "PATCH",
            &format!("{}/{theirs}", house.path()),
            json!({"name": "x"}),
        )
        .await;
    assert_eq!(
        (status, &answer["code"]),
        (403, &json!(50013)),
        "it is a person's"
    );
    steward
        .edit_event(id, |event| event.name = "手で直した題名".into())
        .unwrap();
    assert_eq!(house.one(id).name, "手で直した題名");
    steward.delete_event(id).unwrap();
    fake.edit_role(guild, fake.bot_role(guild), |role| {
        role.permissions &= !permission::CREATE_EVENTS;
    });
    assert_eq!(house.refused(meeting(json!({}))).await, (403, json!(50013)));
}

#[tokio::test]
async fn every_member_sees_an_event_whatever_channels_they_see() {
    let house = house().await;
    let (fake, guild) = (&house.wire.fake, house.guild);
    let hidden = Channel::text("三次").with_overwrites([Overwrite::role(
        guild,
        0,
        permission::VIEW_CHANNEL,
    )]);
    let hidden = fake.add_channel(guild, hidden);
    let sato = fake.add_member(guild, "佐藤", "ja", &[]);
    assert!(!fake.can_view(hidden, sato));
    house.make(meeting(json!({}))).await;
    let later = fake.add_member(guild, "鈴木", "ja", &[]);
    for words in ["推進協議会", "年に一度", "市民会館"] {
        let saw = fake.who_saw(words);
        assert_eq!(saw, [sato, later, fake.owner(guild)].into(), "{words}");
    }
    assert_eq!(fake.person(guild, sato).events().len(), 1);
}

#[tokio::test]
async fn the_gateway_tells_of_events_to_those_who_ask_for_them() {
    let house = house().await;
    let id = house.make(meeting(json!({}))).await;
    let (mut line, _) = Line::identify(&house.wire.fake, GUILDS | EVENTS).await;
    let whole = line.event("GUILD_CREATE").await;
    assert_eq!(whole["guild_scheduled_events"][0]["id"], id.to_string());
    let made = house.make(meeting(json!({}))).await;
    let told = line.event("GUILD_SCHEDULED_EVENT_CREATE").await;
    assert_eq!(told["id"], made.to_string());
    let owner = house
        .wire
        .fake
        .person(house.guild, house.wire.fake.owner(house.guild));
    owner
        .edit_event(made, |event| event.location = "駅前".into())
        .unwrap();
    let told = line.event("GUILD_SCHEDULED_EVENT_UPDATE").await;
    assert_eq!(told["entity_metadata"]["location"], "駅前");
    owner.delete_event(made).unwrap();
    let told = line.event("GUILD_SCHEDULED_EVENT_DELETE").await;
    assert_eq!(told["id"], made.to_string());
}

#[tokio::test]
async fn a_fault_after_the_effect_leaves_an_event() {
    let house = house().await;
    let fault = Fault::on(
        "POST",
        "/guilds/{guild_id}/scheduled-events",
        Trouble::Status(502),
    );
    house.wire.fake.faults().add(fault.after_the_effect());
    let (status, _) = house.wire.post(&house.path(), meeting(json!({}))).await;
    assert_eq!(status, 502);
    assert_eq!(house.wire.fake.events(house.guild).len(), 1);
}
