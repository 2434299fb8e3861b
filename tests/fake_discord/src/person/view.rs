//! What a client shows: channels, messages, modals and the command picker, ready for a test or a
//! web page (all of it can be serialised).

use serde::Serialize;
use serde_json::Value;

use crate::channel::ChannelKind;
use crate::component::{self, is_disabled, is_select};
use crate::message::Message;
use crate::oracle::strings_of;
use crate::snowflake::spelled;
use crate::state::State;

/// A channel in the list at the left.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelView {
    /// Id.
    pub id: u64,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: ChannelKind,
    /// The category it stands under.
    pub category: Option<u64>,
    /// Topic or guidelines.
    pub topic: Option<String>,
    /// Names of a forum's tags.
    pub tags: Vec<String>,
    /// Whether this person may write here.
    pub writable: bool,
    /// Threads or posts this person sees, archived ones too, oldest first.
    pub threads: Vec<ThreadView>,
}

/// A thread or post below a channel.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadView {
    /// Id.
    pub id: u64,
    /// Title.
    pub name: String,
    /// Put away.
    pub archived: bool,
    /// For managers only.
    pub locked: bool,
    /// Names of the tags on it.
    pub tags: Vec<String>,
    /// Messages in it, without the first of a post.
    pub message_count: u64,
}

/// A message as it stands in the channel.
#[derive(Clone, Debug, Serialize)]
pub struct MessageView {
    /// Id.
    pub id: u64,
    /// Channel or thread.
    pub channel: u64,
    /// Author.
    pub author: u64,
    /// Their name.
    pub author_name: String,
    /// Discord's number for the kind of message.
    pub kind: u8,
    /// When it was sent.
    pub sent_at: String,
    /// Whether "(edited)" stands behind it.
    pub edited: bool,
    /// Only this person sees it.
    pub ephemeral: bool,
    /// "… is thinking".
    pub loading: bool,
    /// Text.
    pub content: String,
    /// Embeds, as the API gives them.
    pub embeds: Vec<Value>,
    /// Components, as the API gives them.
    pub components: Vec<Value>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// The thread that was started from it.
    pub thread: Option<u64>,
    /// The message it replies to.
    pub replies_to: Option<u64>,
}

/// A file below a message.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentView {
    /// Id; see [`crate::Fake::file`].
    pub id: u64,
    /// Name.
    pub filename: String,
    /// Alternative text.
    pub description: Option<String>,
    /// Media type.
    pub content_type: Option<String>,
    /// Signed address, good for a while.
    pub url: String,
    /// Bytes.
    pub size: usize,
}

/// A button on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ButtonView {
    /// Words on it.
    pub label: String,
    /// What the bot gets; none on links.
    pub custom_id: Option<String>,
    /// Cannot be pressed.
    pub disabled: bool,
    /// Discord's number for its look.
    pub style: u64,
}

/// A modal on the screen; hand it to [`crate::Person::submit`].
#[derive(Clone, Debug, Serialize)]
pub struct ModalView {
    /// The interaction that opened it.
    pub interaction: u64,
    /// Where it was opened.
    pub channel: u64,
    /// The message whose component opened it.
    pub message: Option<u64>,
    /// Title.
    pub title: String,
    /// What the bot gets.
    pub custom_id: String,
    /// Fields from the top.
    pub fields: Vec<FieldView>,
    /// `components` as they were sent.
    pub components: Vec<Value>,
}

/// A field of a modal.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// Its id.
    pub custom_id: String,
    /// Label above it.
    pub label: String,
    /// Several lines.
    pub is_long: bool,
    /// What stands in it at first.
    pub value: Option<String>,
    /// Grey words in an empty field.
    pub placeholder: Option<String>,
    /// Must be filled.
    pub required: bool,
    /// Fewest characters.
    pub min_length: u64,
    /// Most characters.
    pub max_length: u64,
    /// The input, as it was sent.
    pub raw: Value,
}

/// One entry of the slash picker or the message menu; subcommands are entries of their own.
#[derive(Clone, Debug, Serialize)]
pub struct CommandView {
    /// The registered command's id.
    pub id: u64,
    /// 1 slash, 2 user menu, 3 message menu.
    pub kind: u64,
    /// Canonical words, such as `issue add`.
    pub path: String,
    /// The same in the person's language, such as `課題 記録`.
    pub display: String,
    /// Description in the person's language.
    pub description: String,
    /// Options in order.
    pub options: Vec<OptionView>,
}

/// An option of a command.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// Canonical name.
    pub name: String,
    /// Name in the person's language.
    pub display: String,
    /// Description in the person's language.
    pub description: String,
    /// Discord's number for its type.
    pub kind: u64,
    /// Must be given.
    pub required: bool,
    /// The bot is asked while the person types.
    pub autocomplete: bool,
    /// Fixed choices: words in the person's language, and values.
    pub choices: Vec<(String, Value)>,
}

impl MessageView {
    /// Every string of the message, joined by line breaks: text, embeds, labels.
    pub fn text(&self) -> String {
        let mut words = vec![self.content.clone()];
        for value in self.embeds.iter().chain(&self.components) {
            strings_of(value, &mut words);
        }
        words.join("\n")
    }

    /// Buttons from the top.
    pub fn buttons(&self) -> Vec<ButtonView> {
        let mut buttons = Vec::new();
        component::walk(&self.components, &mut |component| {
            if component["type"].as_u64() == Some(component::kind::BUTTON) {
                buttons.push(ButtonView {
                    label: component["label"].as_str().unwrap_or_default().to_owned(),
                    custom_id: component["custom_id"].as_str().map(str::to_owned),
                    disabled: is_disabled(component),
                    style: component["style"].as_u64().unwrap_or_default(),
                });
            }
        });
        buttons
    }

    /// Selects from the top, as the API gives them.
    pub fn selects(&self) -> Vec<Value> {
        let mut selects = Vec::new();
        component::walk(&self.components, &mut |component| {
            if component["type"].as_u64().is_some_and(is_select) {
                selects.push(component.clone());
            }
        });
        selects
    }
}

pub(crate) fn message_view(state: &State, message: &Message) -> MessageView {
    let version = message.now();
    let ephemeral = message.ephemeral_for.is_some();
    let attachment = |id: &u64| {
        let object = state.file_json(*id, ephemeral);
        let field = |name: &str| object[name].as_str().map(str::to_owned);
        AttachmentView {
            id: *id,
            filename: field("filename").unwrap_or_default(),
            description: field("description"),
            content_type: field("content_type"),
            url: field("url").unwrap_or_default(),
            size: object["size"]
                .as_u64()
                .and_then(|size| usize::try_from(size).ok())
                .unwrap_or(0),
        }
    };
    let reference = message.reference.as_ref();
    MessageView {
        id: message.id,
        channel: message.channel,
        author: message.author,
        author_name: state
            .users
            .get(&message.author)
            .map_or(String::new(), |u| u.name.clone()),
        kind: message.kind,
        sent_at: spelled(message.versions[0].at),
        edited: message.edited_at.is_some(),
        ephemeral,
        loading: message.loading,
        content: version.content.clone(),
        embeds: state.embeds_json(version),
        components: version.components.clone(),
        attachments: version.attachments.iter().map(attachment).collect(),
        thread: message.thread,
        replies_to: reference.and_then(|it| it["message_id"].as_str()?.parse().ok()),
    }
}
