//! A real serenity client against the stand-in.

use std::sync::Arc;

use fake_discord::{Channel, Fake, Person, Tag};
use serde_json::json;
use serenity::all::{
    ActionRowComponent, Client, Command, CommandOptionType, Context, CreateActionRow,
    CreateAttachment, CreateButton, CreateCommand, CreateCommandOption, CreateForumPost,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, EditInteractionResponse, EventHandler, GatewayIntents, Guild, HttpBuilder,
    InputTextStyle, Interaction, Nonce, RawEventHandler, Ready,
};
use serenity::async_trait;
use serenity::model::event::Event;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::wire::{SOON, Wire, client, options};

/// What the bot reports.
#[derive(Debug, PartialEq)]
enum Heard {
    Ready,
    Guild(String, usize),
    Resumed,
    Unknown(String),
}

struct Bot {
    reports: UnboundedSender<Heard>,
}

impl Bot {
    fn report(&self, heard: Heard) {
        // A test that is over no longer listens.
        let _over = self.reports.send(heard);
    }
}

fn message(words: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(words)
        .ephemeral(true)
}

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, ctx: Context, _: Ready) {
        let text = CreateCommandOption::new(CommandOptionType::String, "text", "d");
        let add = CreateCommandOption::new(CommandOptionType::SubCommand, "add", "d")
            .name_localized("ja", "記録")
            .add_sub_option(text);
        let issue = CreateCommand::new("issue").description("d").add_option(add);
        Command::set_global_commands(&ctx, vec![issue])
            .await
            .unwrap();
        self.report(Heard::Ready);
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        self.report(Heard::Guild(guild.name, guild.channels.len()));
    }

    async fn resume(&self, _: Context, _: serenity::all::ResumedEvent) {
        self.report(Heard::Resumed);
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => {
                let has_text = command.data.options().iter().any(|option| {
                    matches!(&option.value, serenity::all::ResolvedValue::SubCommand(inner)
                        if !inner.is_empty())
                });
                if has_text {
                    command.defer_ephemeral(&ctx).await.unwrap();
                    let button = CreateButton::new("done").label("済");
                    let edit = EditInteractionResponse::new()
                        .content("記録しました")
                        .new_attachment(
                            CreateAttachment::bytes("番号,意見\n1,夜間の当番", "form1.csv")
                                .description("様式1"),
                        )
                        .components(vec![CreateActionRow::Buttons(vec![button])]);
                    command.edit_response(&ctx, edit).await.unwrap();
                } else {
                    let input = CreateInputText::new(InputTextStyle::Paragraph, "内容", "body");
                    let modal = CreateModal::new("draft:1", "課題")
                        .components(vec![CreateActionRow::InputText(input)]);
                    let response = CreateInteractionResponse::Modal(modal);
                    command.create_response(&ctx, response).await.unwrap();
                }
            }
            Interaction::Modal(modal) => {
                let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0]
                else {
                    panic!("the modal has one text input")
                };
                let words = format!("受け取りました: {}", input.value.clone().unwrap());
                let response = CreateInteractionResponse::Message(message(&words));
                modal.create_response(&ctx, response).await.unwrap();
            }
            Interaction::Component(component) => {
                let update = CreateInteractionResponseMessage::new()
                    .content("済みました")
                    .components(vec![]);
                let response = CreateInteractionResponse::UpdateMessage(update);
                component.create_response(&ctx, response).await.unwrap();
            }
            other => panic!("unexpected {other:?}"),
        }
    }
}

struct Watch(UnboundedSender<Heard>);

#[async_trait]
impl RawEventHandler for Watch {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(unknown) = event {
            let _over = self.0.send(Heard::Unknown(unknown.kind));
        }
    }
}

struct Office {
    wire: Wire,
    guild: u64,
    channel: u64,
    forum: u64,
    sato: Person,
    http: Arc<serenity::http::Http>,
    heard: UnboundedReceiver<Heard>,
    /// Reports that came while another was waited for.
    early: Vec<Heard>,
    running: JoinHandle<()>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.running.abort();
        while let Ok(heard) = self.heard.try_recv() {
            assert!(
                !matches!(heard, Heard::Unknown(_)),
                "serenity could not parse {heard:?}"
            );
        }
    }
}

async fn start_client(fake: &Fake) -> (Client, UnboundedReceiver<Heard>) {
    let http = HttpBuilder::new(fake.token()).client(client(fake)).build();
    let (reports, heard) = unbounded_channel();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
    let client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(Bot {
            reports: reports.clone(),
        })
        .raw_event_handler(Watch(reports))
        .await
        .unwrap();
    (client, heard)
}

async fn office() -> Office {
    let fake = Fake::start(options()).await.unwrap();
    let wire = Wire::new(fake.clone());
    let guild = fake.guild("架空市", "管理者");
    let category = fake.add_channel(guild, Channel::category("三次"));
    let channel = fake.add_channel(guild, Channel::text("相談").below(category));
    let forum = fake.add_channel(
        guild,
        Channel::forum("課題").with_tags([Tag::named("受付")]),
    );
    fake.add_channel(guild, Channel::voice("会議室"));
    let sato = fake.person(guild, fake.add_member(guild, "佐藤", "ja", &[]));
    let post = sato
        .open_thread(forum, "前からの課題", "本文", &["受付"])
        .unwrap();
    sato.say(post, "続き").unwrap();
    let (mut client, heard) = start_client(&fake).await;
    let http = Arc::clone(&client.http);
    let running = tokio::spawn(async move {
        // Ends when the test aborts it.
        let _ended = client.start().await;
    });
    let mut office = Office {
        wire,
        guild,
        channel,
        forum,
        sato,
        http,
        heard,
        early: Vec::new(),
        running,
    };
    office.hear(&Heard::Ready).await;
    office.hear(&Heard::Guild("架空市".into(), 4)).await;
    office
}

impl Office {
    /// Waits for a report; anything serenity could not parse fails the test.
    async fn hear(&mut self, wanted: &Heard) {
        if let Some(found) = self.early.iter().position(|heard| heard == wanted) {
            self.early.remove(found);
            return;
        }
        loop {
            let heard = tokio::time::timeout(SOON, self.heard.recv()).await;
            let heard = heard.unwrap_or_else(|_| panic!("{wanted:?} did not come"));
            let heard = heard.expect("the bot runs");
            assert!(
                !matches!(heard, Heard::Unknown(_)),
                "serenity could not parse {heard:?}"
            );
            if heard == *wanted {
                return;
            }
            self.early.push(heard);
        }
    }
}

#[tokio::test]
async fn a_command_with_text_is_deferred_answered_and_its_button_pressed() {
    let office = office().await;
    let (sato, channel) = (&office.sato, office.channel);
    let commands = sato.commands(channel);
    assert_eq!(commands[0].display, "issue 記録");
    let answer = sato
        .slash(channel, "issue add", json!({"text": "夜間の電話"}))
        .await;
    let answer = answer.expect_message();
    assert_eq!(
        (answer.content.as_str(), answer.ephemeral),
        ("記録しました", true)
    );
    let file = &answer.attachments[0];
    assert_eq!(
        (file.filename.as_str(), file.description.as_deref()),
        ("form1.csv", Some("様式1"))
    );
    let saw = office.wire.fake.who_saw("夜間の当番");
    assert_eq!(saw, [sato.id()].into(), "a file is its reader's alone");
    let pressed = sato.press_label(answer.id, "済").await.expect_message();
    assert_eq!(
        (pressed.id, pressed.content.as_str()),
        (answer.id, "済みました")
    );
    assert!(pressed.buttons().is_empty());
    assert!(
        pressed.attachments.is_empty(),
        "a message that replaces another keeps none of its files"
    );
}

#[tokio::test]
async fn a_command_without_text_opens_a_modal() {
    let office = office().await;
    let sato = &office.sato;
    let modal = sato
        .slash(office.channel, "issue add", json!({}))
        .await
        .expect_modal();
    assert_eq!(modal.title, "課題");
    let answer = sato
        .submit(&modal, json!({"body": "本文"}))
        .await
        .expect_message();
    assert_eq!(answer.content, "受け取りました: 本文");
}

#[tokio::test]
async fn messages_go_out_once_with_an_enforced_nonce_and_posts_with_tags() {
    let office = office().await;
    let channel = serenity::all::ChannelId::new(office.channel);
    let message = || {
        let message = CreateMessage::new().content("<@&1> お知らせ");
        message
            .nonce(Nonce::String("n:1".into()))
            .enforce_nonce(true)
    };
    let first = channel.send_message(&office.http, message()).await.unwrap();
    let second = channel.send_message(&office.http, message()).await.unwrap();
    assert_eq!(first.id, second.id);
    let forum = serenity::all::ChannelId::new(office.forum);
    let tag = office.wire.fake.channel(office.forum).unwrap().tags[0].id;
    let post = CreateForumPost::new("新しい課題", CreateMessage::new().content("本文"))
        .add_applied_tag(tag.into());
    let post = forum.create_forum_post(&office.http, post).await.unwrap();
    let page = serenity::all::GetMessages::new().limit(10);
    let messages = post.id.messages(&office.http, page).await.unwrap();
    assert_eq!(messages[0].content, "本文");
    let views = office.sato.channels();
    let forum = views.iter().find(|view| view.id == office.forum).unwrap();
    assert_eq!(forum.threads[1].tags, ["受付"]);
    let guild = serenity::all::GuildId::new(office.guild);
    let active = guild.get_active_threads(&office.http).await.unwrap();
    assert_eq!(active.threads.len(), 2);
    assert_eq!(guild.channels(&office.http).await.unwrap().len(), 4);
    assert_eq!(
        guild.to_partial_guild(&office.http).await.unwrap().name,
        "架空市"
    );
    let member = guild.member(&office.http, office.sato.id()).await.unwrap();
    assert_eq!(member.user.global_name.as_deref(), Some("佐藤"));
    assert_eq!(
        office
            .http
            .get_current_application_info()
            .await
            .unwrap()
            .name,
        "renkei"
    );
}

#[tokio::test]
async fn a_cut_connection_is_resumed_and_nothing_is_missed() {
    let mut office = office().await;
    office.wire.fake.gateway().cut();
    office.hear(&Heard::Resumed).await;
    assert_eq!(office.wire.fake.identifies().len(), 1);
    let outcome = office
        .sato
        .slash(office.channel, "issue add", json!({"text": "x"}))
        .await;
    assert_eq!(outcome.expect_message().content, "記録しました");
    office.wire.fake.gateway().reconnect();
    office.hear(&Heard::Resumed).await;
    assert_eq!(office.wire.fake.gateway().resumes(), 2);
}

#[tokio::test]
async fn every_event_of_a_changing_server_can_be_parsed() {
    let mut office = office().await;
    let (fake, guild) = (office.wire.fake.clone(), office.guild);
    let role = fake.add_role(guild, fake_discord::Role::named("医師会"));
    fake.edit_role(guild, role, |role| role.mentionable = true);
    fake.set_roles(guild, office.sato.id(), &[role]);
    fake.add_bot_role(guild, role);
    fake.edit_channel(office.channel, |channel| {
        channel.topic = Some("話題".into())
    });
    let message = office.sato.say(office.channel, "一言").unwrap();
    office.sato.reply(message, "返事").unwrap();
    let thread = office
        .sato
        .open_thread(office.channel, "枝", "枝の一言", &[])
        .unwrap();
    fake.set_thread(thread, true, false);
    fake.delete_message(message);
    fake.delete_channel(thread);
    fake.delete_role(guild, role);
    fake.rename_guild(guild, "新架空市");
    fake.delete_channel(office.channel);
    fake.set_unavailable(guild, true);
    fake.set_unavailable(guild, false);
    fake.bot_leaves(guild);
    fake.bot_joins(guild);
    office.hear(&Heard::Guild("新架空市".into(), 3)).await;
    office.hear(&Heard::Guild("新架空市".into(), 3)).await;
}
