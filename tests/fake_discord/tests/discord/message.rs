//! Messages over REST.

use std::time::Duration;

use fake_discord::{Channel, Overwrite, Role, permission};
use serde_json::{Value, json};

use crate::wire::{Wire, id_of, start, text};

async fn office() -> (Wire, u64, u64) {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("お知らせ"));
    (wire, guild, channel)
}

#[tokio::test]
async fn a_message_is_made_read_changed_and_deleted() {
    let (wire, _, channel) = office().await;
    let id = wire.send(channel, json!({"content": "こんにちは"})).await;
    let path = format!("/channels/{channel}/messages/{id}");
    let (status, read) = wire.get(&path).await;
    assert_eq!((status, text(&read["content"])), (200, "こんにちは"));
    let (status, changed) = wire
        .call("PATCH", &path, json!({"content": "こんばんは"}))
        .await;
    assert_eq!(status, 200, "{changed}");
    assert!(changed["edited_timestamp"].is_string());
    assert_eq!(wire.fake.message(id).unwrap().versions.len(), 2);
    assert_eq!(wire.call("DELETE", &path, Value::Null).await.0, 204);
    let (status, gone) = wire.get(&path).await;
    assert_eq!((status, &gone["code"]), (404, &json!(10008)));
}

#[tokio::test]
async fn pages_of_a_list_are_newest_first() {
    let (wire, _, channel) = office().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(
            wire.send(channel, json!({"content": number.to_string()}))
                .await,
        );
    }
    let list = async |query: String| {
        let (status, page) = wire
            .get(&format!("/channels/{channel}/messages?{query}"))
            .await;
        assert_eq!(status, 200, "{page}");
        page.as_array()
            .unwrap()
            .iter()
            .map(id_of)
            .collect::<Vec<_>>()
    };
    assert_eq!(list("limit=2".into()).await, [ids[4], ids[3]]);
    assert_eq!(list(format!("before={}", ids[2])).await, [ids[1], ids[0]]);
    assert_eq!(
        list(format!("after={}&limit=2", ids[1])).await,
        [ids[3], ids[2]]
    );
    assert_eq!(
        list(format!("around={}&limit=3", ids[2])).await,
        [ids[3], ids[2], ids[1]]
    );
    assert_eq!(
        wire.get(&format!("/channels/{channel}/messages?limit=101"))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn what_is_too_long_or_empty_is_refused() {
    let (wire, _, channel) = office().await;
    let path = format!("/channels/{channel}/messages");
    let (status, answer) = wire
        .post(&path, json!({"content": "長".repeat(2001)}))
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    let error = &answer["errors"]["content"]["_errors"][0];
    assert_eq!(error["message"], "Must be 2000 or fewer in length.");
    let (status, answer) = wire.post(&path, json!({"content": "  "})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50006)));
    assert_eq!(
        wire.post(&path, json!({"content": "長".repeat(2000)}))
            .await
            .0,
        200
    );
    assert_eq!(wire.fake.messages(channel).len(), 1);
}

#[tokio::test]
async fn permissions_decide_what_the_bot_may_do() {
    let (wire, guild, channel) = office().await;
    let path = format!("/channels/{channel}/messages");
    let send = async || wire.post(&path, json!({"content": "x"})).await;
    let bot = wire.fake.bot_role(guild);
    wire.fake.set_overwrites(
        channel,
        [Overwrite::role(bot, 0, permission::SEND_MESSAGES)],
    );
    let (status, answer) = send().await;
    assert_eq!((status, &answer["code"]), (403, &json!(50013)));
    wire.fake.set_overwrites(
        channel,
        [Overwrite::role(guild, 0, permission::VIEW_CHANNEL)],
    );
    let (status, answer) = send().await;
    assert_eq!((status, &answer["code"]), (403, &json!(50001)));
    let (status, answer) = wire
        .post("/channels/1/messages", json!({"content": "x"}))
        .await;
    assert_eq!((status, &answer["code"]), (404, &json!(10003)));
    assert_eq!(wire.fake.invalid_requests(), 2);
    // Somebody else's message cannot be changed.
    wire.fake.set_overwrites(channel, []);
    let sato = wire.fake.add_member(guild, "佐藤", "ja", &[]);
    let theirs = wire.fake.person(guild, sato).say(channel, "私の").unwrap();
    let (status, answer) = wire
        .call(
            "PATCH",
            &format!("{path}/{theirs}"),
            json!({"content": "x"}),
        )
        .await;
    assert_eq!((status, &answer["code"]), (403, &json!(50005)));
}

#[tokio::test]
async fn an_enforced_nonce_gives_the_message_that_is_there_until_the_window_ends() {
    let (wire, _, channel) = office().await;
    wire.fake
        .set(|switches| switches.nonce_window = Duration::from_secs(120));
    let body = json!({"content": "一度だけ", "nonce": "abc", "enforce_nonce": true});
    let first = wire.send(channel, body.clone()).await;
    assert_eq!(wire.send(channel, body.clone()).await, first);
    let plain = json!({"content": "一度だけ", "nonce": "abc"});
    let second = wire.send(channel, plain).await;
    assert_ne!(second, first);
    wire.fake.set_clock_ahead(Duration::from_secs(121));
    let third = wire.send(channel, body.clone()).await;
    assert_ne!(third, second);
    wire.call(
        "DELETE",
        &format!("/channels/{channel}/messages/{third}"),
        Value::Null,
    )
    .await;
    let (status, answer) = wire
        .post(&format!("/channels/{channel}/messages"), body)
        .await;
    assert_eq!((status, &answer["code"]), (404, &json!(10008)));
    let long = json!({"content": "x", "nonce": "n".repeat(26)});
    assert_eq!(
        wire.post(&format!("/channels/{channel}/messages"), long)
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn files_are_kept_named_and_fetched_under_a_signed_address() {
    let (wire, _, channel) = office().await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";
    let payload = json!({
        "embeds": [{"title": "進捗", "image": {"url": "attachment://progress.png"}}],
        "attachments": [
            {"id": 0, "filename": "progress.png", "description": "十一月の進捗"},
            {"id": 1, "filename": "data.csv"},
        ],
    });
    let path = format!("/channels/{channel}/messages");
    let files: &[(&str, &[u8])] = &[("progress.png", png), ("data.csv", "町,件\n".as_bytes())];
    let (status, made) = wire.upload("POST", &path, payload, files).await;
    assert_eq!(status, 200, "{made}");
    assert_eq!(made["attachments"][0]["width"], 2);
    assert_eq!(made["attachments"][0]["description"], "十一月の進捗");
    assert_eq!(
        made["embeds"][0]["image"]["url"],
        made["attachments"][0]["url"]
    );
    let url = text(&made["attachments"][1]["url"]);
    let fetched = wire.http.get(url).send().await.unwrap();
    assert_eq!(fetched.status(), 200);
    assert_eq!(fetched.text().await.unwrap(), "町,件\n");
    let forged = url.replace("hm=", "hm=0");
    assert_eq!(wire.http.get(forged).send().await.unwrap().status(), 404);
    wire.fake
        .set_clock_ahead(Duration::from_secs(2 * 24 * 3600));
    assert_eq!(wire.http.get(url).send().await.unwrap().status(), 404);
    // An edit keeps only what it lists.
    let keep = json!({"attachments": [{"id": made["attachments"][1]["id"]}], "embeds": []});
    let (status, edited) = wire
        .call("PATCH", &format!("{path}/{}", id_of(&made)), keep)
        .await;
    assert_eq!(status, 200, "{edited}");
    assert_eq!(edited["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(edited["attachments"][0]["filename"], "data.csv");
}

#[tokio::test]
async fn files_too_large_or_not_attached_are_refused() {
    let (wire, _, channel) = office().await;
    let path = format!("/channels/{channel}/messages");
    let large = vec![0_u8; 10 * 1024 * 1024 + 1];
    let (status, answer) = wire
        .upload("POST", &path, json!({}), &[("a.bin", &large)])
        .await;
    assert_eq!((status, &answer["code"]), (413, &json!(40005)));
    let payload = json!({"embeds": [{"image": {"url": "attachment://b.png"}}]});
    let (status, answer) = wire
        .upload("POST", &path, payload, &[("a.png", b"x")])
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
}

#[tokio::test]
async fn pings_follow_allowed_mentions_and_permissions() {
    let (wire, guild, channel) = office().await;
    let quiet = wire.fake.add_role(guild, Role::named("薬剤師会"));
    let loud = wire
        .fake
        .add_role(guild, Role::named("医師会").mentionable());
    let sato = wire.fake.add_member(guild, "佐藤", "ja", &[loud]);
    let suzuki = wire.fake.add_member(guild, "鈴木", "ja", &[quiet]);
    // @everyone may ping everyone in this server unless that is taken away.
    wire.fake.edit_role(guild, guild, |role| {
        role.permissions &= !permission::MENTION_EVERYONE
    });
    let words = format!("<@{suzuki}> <@&{loud}> <@&{quiet}> @everyone");
    wire.send(channel, json!({"content": words})).await;
    let ping = wire.fake.pings().pop().unwrap();
    assert_eq!(ping.users, [suzuki].into());
    assert_eq!(
        ping.roles,
        [loud].into(),
        "a role that is not mentionable is not pinged"
    );
    assert!(!ping.everyone);
    assert_eq!(ping.reached, [sato, suzuki].into());

    wire.send(
        channel,
        json!({"content": words, "allowed_mentions": {"parse": []}}),
    )
    .await;
    assert_eq!(
        wire.fake.pings().len(),
        1,
        "an empty parse silences everything"
    );
    let listed = json!({"content": words, "allowed_mentions": {"roles": [loud.to_string()]}});
    wire.send(channel, listed).await;
    assert_eq!(wire.fake.pings()[1].reached, [sato].into());
    let both = json!({
        "content": words,
        "allowed_mentions": {"parse": ["users"], "users": [sato.to_string()]},
    });
    let (status, answer) = wire
        .post(&format!("/channels/{channel}/messages"), both)
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
}

#[tokio::test]
async fn wrong_bodies_and_missing_authority_are_refused() {
    let (wire, _, channel) = office().await;
    let url = format!("https://discord.com/api/v10/channels/{channel}/messages");
    let bare = || wire.http.post(&url);
    assert_eq!(bare().json(&json!({})).send().await.unwrap().status(), 401);
    let auth = format!("Bot {}", wire.fake.token());
    let send = async |kind: &str, body: &str| {
        let request = bare()
            .header("authorization", &auth)
            .header("content-type", kind);
        let response = request.body(body.to_owned()).send().await.unwrap();
        let status = response.status().as_u16();
        (
            status,
            response.json::<Value>().await.unwrap()["code"].clone(),
        )
    };
    assert_eq!(send("application/json", "{").await, (400, json!(50109)));
    assert_eq!(send("text/plain", "x").await, (400, json!(50035)));
    let anonymous = bare()
        .header("user-agent", "curl/8")
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(anonymous.status(), 403);
    assert_eq!(wire.get("/nowhere").await.0, 404);
}
