//! The gateway over a bare WebSocket.

use std::time::Duration;

use fake_discord::{Channel, Fake, Overwrite, Role, Twist, permission};
use serde_json::json;

use crate::wire::{GUILDS, Line, SOON, Wire, start, text};

async fn office() -> (Wire, u64, u64) {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    (wire, guild, channel)
}

#[tokio::test]
async fn ready_comes_first_and_then_every_server_whole() {
    let (wire, guild, channel) = office().await;
    let (mut line, ready) = Line::identify(&wire.fake, GUILDS).await;
    assert_eq!(ready["guilds"][0]["unavailable"], true);
    let create = line.event("GUILD_CREATE").await;
    assert_eq!(text(&create["id"]), guild.to_string());
    assert_eq!(text(&create["channels"][0]["id"]), channel.to_string());
    assert_eq!(
        create["members"].as_array().unwrap().len(),
        1,
        "only the bot itself"
    );
    line.say(json!({"op": 1, "d": null})).await;
    assert_eq!(line.next().await.unwrap()["op"], 11);
    assert_eq!(wire.fake.identifies().len(), 1);
}

async fn refused(fake: &Fake, frame: &str) -> Option<u16> {
    let (mut line, _) = Line::open(fake).await;
    line.say_text(frame).await;
    line.end().await
}

#[tokio::test]
async fn wrong_frames_close_with_their_codes() {
    let (wire, ..) = office().await;
    let fake = &wire.fake;
    let identify = |intents: u64, token: &str, shard: [u64; 2]| {
        json!({"op": 2, "d": {"token": token, "intents": intents, "shard": shard}}).to_string()
    };
    let token = fake.token();
    assert_eq!(refused(fake, "{").await, Some(4002));
    assert_eq!(refused(fake, r#"{"op": 99}"#).await, Some(4001));
    assert_eq!(refused(fake, r#"{"op": 3, "d": {}}"#).await, Some(4003));
    assert_eq!(
        refused(fake, &identify(1, "wrong", [0, 1])).await,
        Some(4004)
    );
    assert_eq!(refused(fake, &identify(1, token, [1, 1])).await, Some(4010));
    assert_eq!(
        refused(fake, &identify(1 << 40, token, [0, 1])).await,
        Some(4013)
    );
    assert_eq!(
        refused(fake, &identify(1 << 15, token, [0, 1])).await,
        Some(4014)
    );
    let (mut line, _) = Line::identify(fake, GUILDS).await;
    line.say_text(&identify(1, token, [0, 1])).await;
    assert_eq!(line.end().await, Some(4005));
    let (mut line, _) = Line::open(fake).await;
    for _ in 0..121 {
        line.say_text(r#"{"op": 1, "d": null}"#).await;
    }
    assert_eq!(line.end().await, Some(4008));
    fake.gateway().identify_budget(1);
    assert_eq!(refused(fake, &identify(1, token, [0, 1])).await, Some(4004));
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_missed_in_order() {
    let (wire, guild, _) = office().await;
    let (mut line, ready) = Line::identify(&wire.fake, GUILDS).await;
    line.event("GUILD_CREATE").await;
    wire.fake.gateway().cut();
    assert_eq!(line.end().await, None);
    wire.fake
        .until(|fake| fake.gateway().connected() == 0, SOON)
        .await
        .unwrap();
    wire.fake.add_role(guild, Role::named("医師会"));
    wire.fake.add_channel(guild, Channel::text("新しい"));

    let (mut again, _) = Line::open(&wire.fake).await;
    let resume = json!({"op": 6, "d": {
        "token": wire.fake.token(), "session_id": ready["session_id"], "seq": line.sequence,
    }});
    again.say(resume.clone()).await;
    let names = again.names_until("RESUMED").await;
    assert_eq!(names, ["GUILD_ROLE_CREATE", "CHANNEL_CREATE", "RESUMED"]);
    assert_eq!(again.sequence, line.sequence + 3);
    assert_eq!(wire.fake.gateway().resumes(), 1);

    wire.fake.gateway().forget_sessions();
    let (mut lost, _) = Line::open(&wire.fake).await;
    lost.say(resume).await;
    let frame = lost.next().await.unwrap();
    assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(false)));
}

#[tokio::test]
async fn a_sequence_from_the_future_is_refused() {
    let (wire, ..) = office().await;
    let (_line, ready) = Line::identify(&wire.fake, GUILDS).await;
    let (mut other, _) = Line::open(&wire.fake).await;
    let session = &ready["session_id"];
    other
        .say(json!({"op": 6, "d": {"token": wire.fake.token(), "session_id": session, "seq": 999}}))
        .await;
    assert_eq!(other.end().await, Some(4007));
}

#[tokio::test]
async fn events_follow_intents_and_the_bots_view() {
    let (wire, guild, open) = office().await;
    let hidden = Channel::text("役員").with_overwrites([Overwrite::role(
        guild,
        0,
        permission::VIEW_CHANNEL,
    )]);
    let hidden = wire.fake.add_channel(guild, hidden);
    let owner = wire.fake.person(guild, wire.fake.owner(guild));
    let (mut quiet, _) = Line::identify(&wire.fake, GUILDS).await;
    let (mut chatty, _) = Line::identify(&wire.fake, GUILDS | 1 << 9).await;
    quiet.event("GUILD_CREATE").await;
    chatty.event("GUILD_CREATE").await;
    owner.say(hidden, "秘密").unwrap();
    owner.say(open, "公開").unwrap();
    owner.open_thread(hidden, "秘密の題", "中身", &[]).unwrap();
    wire.fake.add_member(guild, "佐藤", "ja", &[]);
    wire.fake.add_role(guild, Role::named("最後"));
    assert_eq!(
        quiet.names_until("GUILD_ROLE_CREATE").await,
        ["GUILD_ROLE_CREATE"]
    );
    let heard = chatty.next().await.unwrap();
    assert_eq!(heard["t"], "MESSAGE_CREATE");
    assert_eq!(text(&heard["d"]["channel_id"]), open.to_string());
    assert_eq!(text(&heard["d"]["content"]), "", "without MESSAGE_CONTENT");
    assert_eq!(
        chatty.names_until("GUILD_ROLE_CREATE").await,
        ["GUILD_ROLE_CREATE"]
    );
}

#[tokio::test]
async fn events_can_be_lost_doubled_held_and_late() {
    let (wire, guild, _) = office().await;
    let (mut line, _) = Line::identify(&wire.fake, GUILDS).await;
    line.event("GUILD_CREATE").await;
    let gateway = wire.fake.gateway();
    gateway.twist("GUILD_ROLE_CREATE", Twist::Drop, 1);
    gateway.twist("GUILD_ROLE_CREATE", Twist::Repeat(2), 1);
    gateway.twist("GUILD_ROLE_CREATE", Twist::Hold, 2);
    gateway.twist(
        "GUILD_ROLE_CREATE",
        Twist::Delay(Duration::from_millis(1)),
        1,
    );
    for name in ["失", "倍", "甲", "乙", "遅"] {
        wire.fake.add_role(guild, Role::named(name));
    }
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(text(&line.event("GUILD_ROLE_CREATE").await["role"]["name"]).to_owned());
    }
    gateway.release(true);
    for _ in 0..2 {
        heard.push(text(&line.event("GUILD_ROLE_CREATE").await["role"]["name"]).to_owned());
    }
    assert_eq!(heard, ["倍", "倍", "遅", "乙", "甲"]);
}

#[tokio::test]
async fn leaving_and_outages_look_different() {
    let (wire, guild, _) = office().await;
    let (mut line, _) = Line::identify(&wire.fake, GUILDS).await;
    line.event("GUILD_CREATE").await;
    wire.fake.set_unavailable(guild, true);
    assert_eq!(line.event("GUILD_DELETE").await["unavailable"], true);
    wire.fake.set_unavailable(guild, false);
    line.event("GUILD_CREATE").await;
    wire.fake.bot_leaves(guild);
    assert!(
        line.event("GUILD_DELETE")
            .await
            .get("unavailable")
            .is_none()
    );
    wire.fake.bot_joins(guild);
    assert_eq!(text(&line.event("GUILD_CREATE").await["name"]), "架空市");
}

#[tokio::test]
async fn the_server_can_ask_for_a_reconnect_and_close() {
    let (wire, ..) = office().await;
    let (mut line, _) = Line::identify(&wire.fake, GUILDS).await;
    line.event("GUILD_CREATE").await;
    wire.fake.gateway().reconnect();
    assert_eq!(line.next().await.unwrap()["op"], 7);
    wire.fake.gateway().invalidate(true);
    assert_eq!(line.next().await.unwrap()["d"], true);
    wire.fake.gateway().close(4009);
    assert_eq!(line.end().await, Some(4009));
}

#[tokio::test]
async fn a_silent_client_is_closed_and_a_withheld_answer_is_withheld() {
    let (wire, ..) = office().await;
    let gateway = wire.fake.gateway();
    gateway.heartbeat_interval(Duration::from_millis(30));
    let (mut line, hello) = Line::open(&wire.fake).await;
    assert_eq!(hello["d"]["heartbeat_interval"], 30);
    assert_eq!(line.end().await, Some(4000));
    gateway.heartbeat_interval(Duration::from_secs(40));
    gateway.withhold_acks(true);
    let (mut line, _) = Line::open(&wire.fake).await;
    line.say(json!({"op": 1, "d": null})).await;
    line.say(json!({"op": 99})).await;
    assert_eq!(
        line.next().await,
        Err(Some(4001)),
        "no answer to the heartbeat before it"
    );
}

#[tokio::test]
async fn logins_in_quick_succession_are_refused_where_that_is_asked_for() {
    let (wire, ..) = office().await;
    wire.fake
        .gateway()
        .identify_spacing(Some(Duration::from_secs(5)));
    let (_line, _) = Line::identify(&wire.fake, GUILDS).await;
    let (mut other, _) = Line::open(&wire.fake).await;
    other
        .say(json!({"op": 2, "d": {"token": wire.fake.token(), "intents": GUILDS}}))
        .await;
    let frame = other.next().await.unwrap();
    assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(false)));
    assert_eq!(wire.fake.identifies().len(), 1);
}
