//! Registering commands.

use serde_json::{Value, json};

use crate::wire::{id_of, start, text};

fn issue() -> Value {
    json!({
        "name": "issue", "description": "Issues", "type": 1,
        "name_localizations": {"ja": "課題"}, "description_localizations": {"ja": "課題の記録"},
        "options": [{
            "type": 1, "name": "add", "description": "Record",
            "name_localizations": {"ja": "記録"},
            "options": [{"type": 3, "name": "text", "description": "What happened", "required": true}],
        }],
    })
}

#[tokio::test]
async fn a_bulk_overwrite_replaces_everything_and_namesakes_keep_their_ids() {
    let wire = start().await;
    let path = format!("/applications/{}/commands", wire.fake.application_id());
    let menu = json!({"name": "課題として記録", "type": 3});
    let (status, first) = wire.call("PUT", &path, json!([issue(), menu])).await;
    assert_eq!(status, 200, "{first}");
    assert_eq!(first.as_array().unwrap().len(), 2);
    let (_, second) = wire.call("PUT", &path, json!([issue()])).await;
    assert_eq!(second[0]["id"], first[0]["id"]);
    assert_ne!(second[0]["version"], first[0]["version"]);
    let (_, listed) = wire.get(&path).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert!(listed[0].get("name_localizations").is_none());
    let (_, full) = wire.get(&format!("{path}?with_localizations=true")).await;
    assert_eq!(full[0]["options"][0]["name_localizations"]["ja"], "記録");
}

#[tokio::test]
async fn a_post_makes_or_replaces_and_a_command_can_be_changed_and_deleted() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let app = wire.fake.application_id();
    let path = format!("/applications/{app}/guilds/{guild}/commands");
    let (status, made) = wire.post(&path, issue()).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(text(&made["guild_id"]), guild.to_string());
    assert_eq!(wire.post(&path, issue()).await.0, 200);
    let one = format!("{path}/{}", id_of(&made));
    let (status, changed) = wire
        .call("PATCH", &one, json!({"description": "Other"}))
        .await;
    assert_eq!((status, text(&changed["description"])), (200, "Other"));
    assert_eq!(wire.get(&one).await.1["options"][0]["name"], "add");
    assert_eq!(wire.call("DELETE", &one, Value::Null).await.0, 204);
    let (status, gone) = wire.get(&one).await;
    assert_eq!((status, &gone["code"]), (404, &json!(10063)));
}

#[tokio::test]
async fn broken_commands_are_refused_with_a_tree_of_errors() {
    let wire = start().await;
    let path = format!("/applications/{}/commands", wire.fake.application_id());
    let broken = json!([{"name": "two words", "description": ""}, issue(), issue()]);
    let (status, answer) = wire.call("PUT", &path, broken).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50035)));
    let errors = &answer["errors"];
    assert_eq!(
        errors["0"]["name"]["_errors"][0]["code"],
        "STRING_TYPE_REGEX"
    );
    assert_eq!(
        errors["0"]["description"]["_errors"][0]["code"],
        "BASE_TYPE_BAD_LENGTH"
    );
    assert_eq!(
        errors["2"]["_errors"][0]["code"],
        "APPLICATION_COMMANDS_DUPLICATE_NAME"
    );
    assert!(wire.fake.registered(None).is_empty());
}

#[tokio::test]
async fn the_picker_speaks_the_persons_language_and_hides_what_is_not_theirs() {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire
        .fake
        .add_channel(guild, fake_discord::Channel::text("相談"));
    let admin_only = json!({
        "name": "office", "description": "Office", "default_member_permissions": "0",
    });
    wire.register(json!([issue(), admin_only])).await;
    let sato = wire.fake.add_member(guild, "佐藤", "ja", &[]);
    let smith = wire.fake.add_member(guild, "Smith", "en-GB", &[]);
    let display = |user| {
        let commands = wire.fake.person(guild, user).commands(channel);
        commands
            .into_iter()
            .map(|one| (one.path, one.display))
            .collect::<Vec<_>>()
    };
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(display(sato), [pair("issue add", "課題 記録")]);
    assert_eq!(display(smith), [pair("issue add", "issue add")]);
    let owner = display(wire.fake.owner(guild));
    assert!(owner.contains(&pair("office", "office")), "{owner:?}");
}
