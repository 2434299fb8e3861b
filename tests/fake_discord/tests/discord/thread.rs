//! Threads and forum posts over REST.

use fake_discord::{Channel, Tag, permission};
use serde_json::{Value, json};

use crate::wire::{Wire, id_of, start, text};

async fn office() -> (Wire, u64, u64, Vec<u64>) {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let mut moderated = Tag::named("完了");
    moderated.moderated = true;
    let forum = Channel::forum("課題").with_tags([Tag::named("受付"), moderated]);
    let forum = wire.fake.add_channel(guild, forum);
    let tags = wire
        .fake
        .channel(forum)
        .unwrap()
        .tags
        .iter()
        .map(|tag| tag.id)
        .collect();
    (wire, guild, forum, tags)
}

fn post(title: &str, tags: &[u64]) -> Value {
    let tags: Vec<String> = tags.iter().map(u64::to_string).collect();
    json!({"name": title, "message": {"content": "夜間の連絡"}, "applied_tags": tags})
}

#[tokio::test]
async fn a_post_and_its_first_message_share_an_id() {
    let (wire, guild, forum, tags) = office().await;
    let path = format!("/channels/{forum}/threads");
    let (status, made) = wire.post(&path, post("夜間", &tags[..1])).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["id"], made["message"]["id"]);
    assert_eq!(made["applied_tags"], json!([tags[0].to_string()]));
    let id = id_of(&made);
    wire.send(id, json!({"content": "続き"})).await;
    let (_, shown) = wire.get(&format!("/channels/{id}")).await;
    assert_eq!(shown["message_count"], 1);
    let (_, active) = wire.get(&format!("/guilds/{guild}/threads/active")).await;
    assert_eq!(active["threads"][0]["id"], made["id"]);
    assert_eq!(active["members"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_forum_takes_posts_with_known_tags_only() {
    let (wire, _, forum, tags) = office().await;
    let path = format!("/channels/{forum}/threads");
    let (status, answer) = wire
        .post(
            &format!("/channels/{forum}/messages"),
            json!({"content": "x"}),
        )
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(40058)));
    let (status, answer) = wire.post(&path, post("x", &[1])).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10087)));
    let (status, answer) = wire.post(&path, post("x", &tags[1..])).await;
    assert_eq!(
        (status, &answer["code"]),
        (403, &json!(50013)),
        "a moderated tag"
    );
    wire.fake
        .edit_channel(forum, |channel| channel.require_tag = true);
    let (status, answer) = wire.post(&path, post("x", &[])).await;
    assert_eq!((status, &answer["code"]), (400, &json!(40067)));
    let (status, answer) = wire
        .post(&path, json!({"name": "", "message": {"content": "x"}}))
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    assert!(answer["errors"]["name"].is_object());
    assert!(wire.fake.threads(forum).is_empty());
}

#[tokio::test]
async fn an_archived_thread_is_opened_by_a_message_but_not_by_an_edit() {
    let (wire, _, forum, _) = office().await;
    let (_, made) = wire
        .post(&format!("/channels/{forum}/threads"), post("夜間", &[]))
        .await;
    let id = id_of(&made);
    let thread = format!("/channels/{id}");
    let (status, answer) = wire.call("PATCH", &thread, json!({"archived": true})).await;
    assert_eq!(
        (status, &answer["thread_metadata"]["archived"]),
        (200, &json!(true))
    );
    let edit = json!({"content": "直し"});
    let message = format!("{thread}/messages/{id}");
    let (status, answer) = wire.call("PATCH", &message, edit.clone()).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50083)));
    let (status, answer) = wire.call("PATCH", &thread, json!({"name": "改題"})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50083)));
    let both = json!({"archived": false, "name": "改題"});
    assert_eq!(wire.call("PATCH", &thread, both).await.0, 200);
    assert_eq!(wire.call("PATCH", &message, edit).await.0, 200);
    wire.call("PATCH", &thread, json!({"archived": true})).await;
    let (_, archived) = wire
        .get(&format!("/channels/{forum}/threads/archived/public"))
        .await;
    assert_eq!(id_of(&archived["threads"][0]), id);
    wire.send(id, json!({"content": "起こす"})).await;
    assert_eq!(
        wire.get(&thread).await.1["thread_metadata"]["archived"],
        false
    );
    // Locking is for managers; a locked thread takes nothing from others.
    let (status, answer) = wire.call("PATCH", &thread, json!({"locked": true})).await;
    assert_eq!((status, &answer["code"]), (403, &json!(50013)));
    wire.fake.set_thread(id, true, true);
    let (status, answer) = wire
        .post(&format!("{thread}/messages"), json!({"content": "x"}))
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(160_005)));
}

#[tokio::test]
async fn a_message_carries_one_thread() {
    let (wire, guild, _, _) = office().await;
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    let message = wire.send(channel, json!({"content": "起点"})).await;
    let path = format!("/channels/{channel}/messages/{message}/threads");
    wire.fake.edit_role(guild, guild, |role| {
        role.permissions = permission::VIEW_CHANNEL
    });
    let (status, answer) = wire.post(&path, json!({"name": "続き"})).await;
    assert_eq!(
        (status, &answer["code"]),
        (403, &json!(50013)),
        "the bit is not in the invitation"
    );
    let bot = wire.fake.bot_role(guild);
    wire.fake.edit_role(guild, bot, |role| {
        role.permissions |= permission::CREATE_PUBLIC_THREADS
    });
    let (status, made) = wire.post(&path, json!({"name": "続き"})).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(id_of(&made), message);
    let (status, answer) = wire.post(&path, json!({"name": "続き"})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(160_004)));
    let (_, shown) = wire
        .get(&format!("/channels/{channel}/messages/{message}"))
        .await;
    assert_eq!(text(&shown["thread"]["name"]), "続き");
    let free = json!({"name": "別件", "type": 11});
    assert_eq!(
        wire.post(&format!("/channels/{channel}/threads"), free)
            .await
            .0,
        201
    );
}

#[tokio::test]
async fn renames_have_a_limit_that_no_header_shows() {
    let (wire, _, forum, _) = office().await;
    let (_, made) = wire
        .post(&format!("/channels/{forum}/threads"), post("題", &[]))
        .await;
    let path = format!("/channels/{}", id_of(&made));
    for title in ["題一", "題二"] {
        assert_eq!(
            wire.call("PATCH", &path, json!({"name": title})).await.0,
            200
        );
    }
    let (status, answer) = wire.call("PATCH", &path, json!({"name": "題三"})).await;
    assert_eq!(status, 429);
    assert!(answer["retry_after"].as_f64().unwrap() > 500.0, "{answer}");
    assert_eq!(
        wire.fake.invalid_requests(),
        0,
        "a shared limit is not held against the bot"
    );
    // The same title again is no rename.
    assert_eq!(
        wire.call("PATCH", &path, json!({"name": "題二"})).await.0,
        200
    );
}

#[tokio::test]
async fn a_message_whose_thread_is_gone_may_have_another() {
    let (wire, guild, _, _) = office().await;
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    let message = wire.send(channel, json!({"content": "起点"})).await;
    let path = format!("/channels/{channel}/messages/{message}/threads");
    let name = json!({"name": "続き"});
    let (status, made) = wire.post(&path, name.clone()).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["total_message_sent"], 0, "nobody wrote anything yet");
    wire.fake.delete_channel(message);
    let (status, again) = wire.post(&path, name).await;
    assert_eq!((status, id_of(&again)), (201, message), "{again}");
}

#[tokio::test]
async fn the_tags_of_a_forum_are_changed_by_who_manages_it() {
    let (wire, guild, forum, tags) = office().await;
    let path = format!("/channels/{forum}");
    let kept = json!({"id": tags[0].to_string(), "name": "受付"});
    let change = json!({"available_tags": [kept, {"name": "検討中"}]});
    let (status, answer) = wire.call("PATCH", &path, change.clone()).await;
    assert_eq!((status, &answer["code"]), (403, &json!(50013)));
    let bot = wire.fake.bot_role(guild);
    wire.fake.edit_role(guild, bot, |role| {
        role.permissions |= permission::MANAGE_CHANNELS
    });
    let (status, made) = wire.call("PATCH", &path, change).await;
    assert_eq!(status, 200, "{made}");
    let made = made["available_tags"].as_array().expect("tags").clone();
    assert_eq!(made.len(), 2, "what is left out is gone");
    assert_eq!(made[0]["id"], json!(tags[0].to_string()));
    assert_ne!(made[1]["id"], json!("0"));
    let many: Vec<Value> = (0..21)
        .map(|n| json!({"name": format!("話題{n}")}))
        .collect();
    for (tags, code) in [
        (json!(many), 30_048),
        (json!([{"name": "あ".repeat(21)}]), 50_035),
        (json!([{"id": "1", "name": "ない"}]), 10_087),
    ] {
        let body = json!({"available_tags": tags});
        let (_, answer) = wire.call("PATCH", &path, body).await;
        assert_eq!(answer["code"], json!(code), "{answer}");
    }
}

#[tokio::test]
async fn a_server_opens_only_so_many_threads() {
    let (wire, _, forum, _) = office().await;
    let posts = format!("/channels/{forum}/threads");
    let (_, made) = wire.post(&posts, post("夜間", &[])).await;
    let thread = format!("/channels/{}", id_of(&made));
    wire.call("PATCH", &thread, json!({"archived": true})).await;
    wire.fake.set(|switches| switches.active_threads_max = 0);
    let (status, answer) = wire
        .call("PATCH", &thread, json!({"archived": false}))
        .await;
    assert_eq!((status, &answer["code"]), (400, &json!(160_006)));
    let (status, answer) = wire.post(&posts, post("休日", &[])).await;
    assert_eq!((status, &answer["code"]), (400, &json!(160_006)));
}
