//! An office for tests of interactions: what is registered, who is there, how a bot answers.

use fake_discord::{Channel, Outcome, Person};
use serde_json::{Value, json};

use crate::wire::{GUILDS, Line, Wire, start};

/// An office in which a bot listens: two people and a channel.
pub(crate) struct Office {
    pub(crate) wire: Wire,
    pub(crate) line: Line,
    pub(crate) channel: u64,
    pub(crate) sato: Person,
    pub(crate) suzuki: Person,
}

/// Opens the office, with its commands registered.
pub(crate) async fn office() -> Office {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    let person = |name| {
        wire.fake
            .person(guild, wire.fake.add_member(guild, name, "ja", &[]))
    };
    let (sato, suzuki) = (person("佐藤"), person("鈴木"));
    wire.register(json!([
        {"name": "issue", "description": "d", "options": [
            {"type": 1, "name": "add", "description": "d", "options": [
                {"type": 3, "name": "text", "description": "d", "required": true, "max_length": 20},
                {"type": 4, "name": "tier", "description": "d",
                    "choices": [{"name": "一次", "value": 1}]},
                {"type": 3, "name": "about", "description": "d", "autocomplete": true},
                {"type": 11, "name": "file", "description": "d"},
                {"type": 7, "name": "where", "description": "d"},
            ]},
        ]},
        {"name": "課題として記録", "type": 3},
    ]))
    .await;
    let (mut line, _) = Line::identify(&wire.fake, GUILDS).await;
    line.event("GUILD_CREATE").await;
    Office {
        wire,
        line,
        channel,
        sato,
        suzuki,
    }
}

impl Office {
    /// The person does something while the bot answers the interaction with this.
    pub(crate) async fn exchange(
        &mut self,
        act: impl Future<Output = Outcome>,
        body: Value,
    ) -> (Value, Outcome) {
        let (wire, line) = (&self.wire, &mut self.line);
        let bot = async {
            let interaction = line.event("INTERACTION_CREATE").await;
            let (status, answer) = wire.answer(&interaction, body).await;
            assert_eq!(status, 204, "{answer}");
            interaction
        };
        tokio::join!(bot, act)
    }

    /// A message with a button and a select, posted by the bot.
    pub(crate) async fn card(&self) -> u64 {
        self.wire.send(self.channel, json!({"content": "札", "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "済", "custom_id": "done"},
                {"type": 2, "style": 2, "label": "不可", "custom_id": "off", "disabled": true},
            ]},
            {"type": 1, "components": [{"type": 3, "custom_id": "pick", "max_values": 2,
                "options": [{"label": "甲", "value": "a"}, {"label": "乙", "value": "b"}]}]},
        ]})).await
    }
}

/// A message as the first answer.
pub(crate) fn say(content: &str, flags: u64) -> Value {
    json!({"type": 4, "data": {"content": content, "flags": flags}})
}
