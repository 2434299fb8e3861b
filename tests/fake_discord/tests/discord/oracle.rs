//! The leak oracle: what reached whom.

use std::collections::BTreeSet;

use fake_discord::{Channel, Fake, Overwrite, Role, Tag, permission};
use serde_json::json;

use crate::wire::{Wire, start};

struct Office {
    wire: Wire,
    guild: u64,
    nurses: u64,
    owner: u64,
    sato: u64,
    suzuki: u64,
    hidden: u64,
    open: u64,
}

impl std::ops::Deref for Office {
    type Target = Fake;
    fn deref(&self) -> &Fake {
        &self.wire.fake
    }
}

async fn office() -> Office {
    let wire = start().await;
    let fake = wire.fake.clone();
    let guild = fake.guild("架空市", "管理者");
    let nurses = fake.add_role(guild, Role::named("訪問看護"));
    let sato = fake.add_member(guild, "佐藤", "ja", &[nurses]);
    let suzuki = fake.add_member(guild, "鈴木", "ja", &[]);
    let rows = hidden_rows(guild, nurses, fake.bot_role(guild));
    let hidden = fake.add_channel(guild, Channel::text("一次").with_overwrites(rows));
    let open = fake.add_channel(guild, Channel::text("三次"));
    Office {
        guild,
        nurses,
        owner: fake.owner(guild),
        sato,
        suzuki,
        hidden,
        open,
        wire,
    }
}

fn hidden_rows(guild: u64, nurses: u64, bot: u64) -> [Overwrite; 3] {
    [
        Overwrite::role(guild, 0, permission::VIEW_CHANNEL),
        Overwrite::role(nurses, permission::VIEW_CHANNEL, 0),
        Overwrite::role(bot, permission::VIEW_CHANNEL, 0),
    ]
}

#[tokio::test]
async fn only_those_who_see_a_channel_get_its_messages() {
    let office = office().await;
    let inside = BTreeSet::from([office.sato, office.owner]);
    let everybody = BTreeSet::from([office.sato, office.suzuki, office.owner]);
    office
        .wire
        .send(
            office.hidden,
            json!({
                "content": "目印甲", "embeds": [{"title": "目印乙"}],
                "components": [{"type": 1, "components": [
                    {"type": 2, "style": 1, "label": "目印丙", "custom_id": "目印丁"},
                ]}],
            }),
        )
        .await;
    for marker in ["目印甲", "目印乙", "目印丙", "目印丁"] {
        assert_eq!(office.who_saw(marker), inside, "{marker}");
    }
    let id = office
        .wire
        .send(office.open, json!({"content": "前の語"}))
        .await;
    let path = format!("/channels/{}/messages/{id}", office.open);
    office
        .wire
        .call("PATCH", &path, json!({"content": "後の語"}))
        .await;
    assert_eq!(
        office.who_saw("前の語"),
        everybody,
        "what was seen stays seen"
    );
    assert_eq!(office.who_saw("後の語"), everybody);
    let payload = json!({"attachments": [{"id": 0, "description": "図の説明"}]});
    let path = format!("/channels/{}/messages", office.hidden);
    let files: &[(&str, &[u8])] = &[("一覧.csv", "氏名の列".as_bytes())];
    office.wire.upload("POST", &path, payload, files).await;
    for marker in ["図の説明", "一覧.csv", "氏名の列"] {
        assert_eq!(office.who_saw(marker), inside, "{marker}");
    }
}

#[tokio::test]
async fn names_of_hidden_channels_and_of_roles_reach_everybody() {
    let office = office().await;
    let everybody = BTreeSet::from([office.sato, office.suzuki, office.owner]);
    office.edit_channel(office.hidden, |channel| {
        channel.topic = Some("秘密の話題".into())
    });
    assert_eq!(office.who_saw("秘密の話題"), everybody);
    assert_eq!(office.who_saw("訪問看護"), everybody);
    let bot = office.bot_role(office.guild);
    let rows = hidden_rows(office.guild, office.nurses, bot);
    let forum = Channel::forum("一次課題")
        .with_overwrites(rows)
        .with_tags([Tag::named("札の名")]);
    let forum = office.add_channel(office.guild, forum);
    assert_eq!(office.who_saw("札の名"), everybody);
    let post = json!({"name": "題の語", "message": {"content": "本文の語"}});
    office
        .wire
        .post(&format!("/channels/{forum}/threads"), post)
        .await;
    let inside = BTreeSet::from([office.sato, office.owner]);
    assert_eq!(
        office.who_saw("題の語"),
        inside,
        "titles inside a hidden channel are safe"
    );
    assert_eq!(office.who_saw("本文の語"), inside);
}

#[tokio::test]
async fn a_channel_that_opens_shows_its_history_and_one_that_closes_shows_no_more() {
    let office = office().await;
    office
        .wire
        .send(office.hidden, json!({"content": "昔の話"}))
        .await;
    assert!(!office.who_saw("昔の話").contains(&office.suzuki));
    office.set_roles(office.guild, office.suzuki, &[office.nurses]);
    assert!(office.who_saw("昔の話").contains(&office.suzuki));
    office.set_roles(office.guild, office.suzuki, &[]);
    office
        .wire
        .send(office.hidden, json!({"content": "後の話"}))
        .await;
    assert!(!office.who_saw("後の話").contains(&office.suzuki));
    // Without READ_MESSAGE_HISTORY only what comes while the channel is open is seen.
    let history = permission::READ_MESSAGE_HISTORY;
    let new = office.add_member(office.guild, "田中", "ja", &[]);
    let row = Overwrite::member(new, permission::VIEW_CHANNEL, history);
    let rows = hidden_rows(office.guild, office.nurses, office.bot_role(office.guild));
    office.set_overwrites(office.hidden, rows.into_iter().chain([row]));
    assert!(!office.who_saw("昔の話").contains(&new));
    office
        .wire
        .send(office.hidden, json!({"content": "今の話"}))
        .await;
    assert!(office.who_saw("今の話").contains(&new));
}

#[tokio::test]
async fn words_are_found_whatever_their_width() {
    let office = office().await;
    office
        .wire
        .send(office.open, json!({"content": "ＡＢＣ１２３"}))
        .await;
    assert_eq!(office.who_saw("abc123").len(), 3);
    let seen = office.seen_by(office.suzuki);
    let entry = seen
        .iter()
        .find(|seen| seen.text.contains("ＡＢＣ"))
        .unwrap();
    assert!(entry.where_.contains("三次"), "{}", entry.where_);
    assert!(office.who_saw("そのような語はない").is_empty());
}
