//! Servers over REST: the bot's own objects, roles, channels, members.

use fake_discord::{Channel, Overwrite, Role, Tag, permission};
use serde_json::json;

use crate::wire::{start, text};

#[tokio::test]
async fn the_bot_knows_itself_and_its_servers() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let app = wire.fake.application_id().to_string();
    assert_eq!(text(&wire.get("/users/@me").await.1["id"]), app);
    assert_eq!(text(&wire.get("/applications/@me").await.1["id"]), app);
    assert_eq!(
        text(&wire.get("/oauth2/applications/@me").await.1["id"]),
        app
    );
    assert_eq!(
        text(&wire.get("/gateway").await.1["url"]),
        wire.fake.gateway_url()
    );
    assert_eq!(
        wire.get("/gateway/bot").await.1["session_start_limit"]["remaining"],
        1000
    );
    let (_, mine) = wire.get("/users/@me/guilds").await;
    assert_eq!(mine.as_array().unwrap().len(), 1);
    assert_eq!(
        text(&wire.get(&format!("/guilds/{guild}")).await.1["name"]),
        "架空市"
    );
}

#[tokio::test]
async fn roles_channels_and_members_are_listed_as_the_bot_may_see_them() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let role = wire.fake.add_role(guild, Role::named("医師会"));
    let hidden = Channel::text("役員").with_overwrites([Overwrite::role(
        guild,
        0,
        permission::VIEW_CHANNEL,
    )]);
    wire.fake.add_channel(guild, hidden);
    let category = wire.fake.add_channel(guild, Channel::category("三次"));
    let forum = Channel::forum("課題")
        .below(category)
        .with_tags([Tag::named("受付")]);
    wire.fake.add_channel(guild, forum);
    wire.fake.add_channel(guild, Channel::voice("会議室"));
    let sato = wire.fake.add_member(guild, "佐藤", "ja", &[role]);

    let (_, roles) = wire.get(&format!("/guilds/{guild}/roles")).await;
    let names: Vec<&str> = roles
        .as_array()
        .unwrap()
        .iter()
        .map(|role| text(&role["name"]))
        .collect();
    assert_eq!(names, ["@everyone", "renkei", "医師会"]);
    assert_eq!(text(&roles[1]["permissions"]), "17867064069120");
    let (_, channels) = wire.get(&format!("/guilds/{guild}/channels")).await;
    let names: Vec<&str> = channels
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["name"]))
        .collect();
    assert_eq!(names, ["三次", "課題", "会議室"]);
    let (_, member) = wire.get(&format!("/guilds/{guild}/members/{sato}")).await;
    assert_eq!(member["roles"], json!([role.to_string()]));
    let (status, answer) = wire.get(&format!("/guilds/{guild}/members/1")).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10013)));
    let (status, answer) = wire.get("/guilds/1").await;
    assert_eq!((status, &answer["code"]), (404, &json!(10004)));
    wire.fake.bot_leaves(guild);
    let (status, answer) = wire.get(&format!("/guilds/{guild}")).await;
    assert_eq!((status, &answer["code"]), (403, &json!(50001)));
}

#[tokio::test]
async fn requests_that_differ_from_the_description_are_refused_and_recorded() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    let odd = json!({"content": "x", "tts": "perhaps"});
    let (status, answer) = wire
        .post(&format!("/channels/{channel}/messages"), odd)
        .await;
    // Without the description only the documentation's own limits are checked.
    if std::env::var_os("RENKEI_DISCORD_OPENAPI").is_some() {
        assert_eq!((status, &answer["code"]), (400, &json!(50035)));
        assert!(answer["errors"]["tts"].is_object(), "{answer}");
        let complaint = &wire.fake.complaints()[0];
        assert_eq!(complaint.side, fake_discord::Side::Request);
        assert_eq!(complaint.route, "POST /channels/{channel_id}/messages");
    } else {
        assert_eq!(status, 200);
        assert!(wire.fake.complaints().is_empty());
    }
}

#[tokio::test]
async fn a_member_in_time_out_reads_only() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    let sato = wire.fake.add_member(guild, "佐藤", "ja", &[]);
    let person = wire.fake.person(guild, sato);
    wire.fake
        .time_out(guild, sato, Some(std::time::Duration::from_secs(60)));
    assert!(person.say(channel, "x").is_err());
    assert_eq!(
        wire.fake.permissions_in(channel, sato),
        permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY
    );
    wire.fake.time_out(guild, sato, None);
    person.say(channel, "x").unwrap();
    assert_eq!(person.channels()[0].name, "相談");
}
