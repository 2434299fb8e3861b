//! Interactions: a scripted bot on a bare gateway, and people at their clients.

use std::time::Duration;

use base64::Engine;
use fake_discord::Outcome;
use serde_json::{Value, json};

use crate::office::{office, say};
use crate::wire::{id_of, text};

#[tokio::test]
async fn an_ephemeral_answer_is_seen_by_one_person_only() {
    let mut office = office().await;
    let (channel, sato) = (office.channel, office.sato.clone());
    let bytes_base64 = base64::engine::general_purpose::STANDARD.encode("町,件");
    let file = json!({"name": "a.csv", "bytes_base64": bytes_base64});
    let options = json!({"text": "夜間の電話", "tier": 1, "file": file, "where": channel});
    let act = sato.slash(channel, "issue add", options);
    let (interaction, outcome) = office.exchange(act, say("受け付けました", 64)).await;
    let message = outcome.expect_message();
    assert!(message.ephemeral);
    assert_eq!(message.content, "受け付けました");
    let add = &interaction["data"]["options"][0];
    assert_eq!(
        (text(&add["name"]), text(&add["options"][0]["value"])),
        ("add", "夜間の電話")
    );
    assert_eq!(
        interaction["app_permissions"],
        json!(
            office
                .wire
                .fake
                .permissions_in(channel, office.wire.fake.application_id())
                .to_string()
        )
    );
    let attachment = &interaction["data"]["resolved"]["attachments"];
    let attachment = attachment.as_object().unwrap().values().next().unwrap();
    let fetched = office
        .wire
        .http
        .get(text(&attachment["url"]))
        .send()
        .await
        .unwrap();
    assert_eq!(fetched.text().await.unwrap(), "町,件");

    assert_eq!(sato.messages(channel).len(), 1);
    assert!(office.suzuki.messages(channel).is_empty());
    assert!(
        office.wire.fake.messages(channel).is_empty(),
        "not in the channel's history"
    );
    assert_eq!(
        office.wire.fake.who_saw("受け付けました"),
        [sato.id()].into()
    );
    assert_eq!(office.wire.fake.who_saw("夜間の電話"), [sato.id()].into());
    let path = format!("/channels/{channel}/messages/{}", message.id);
    assert_eq!(office.wire.get(&path).await.0, 404);
    sato.dismiss(message.id).unwrap();
    assert!(sato.messages(channel).is_empty());
}

#[tokio::test]
async fn a_public_answer_exposes_the_options() {
    let mut office = office().await;
    let act = office.sato.clone();
    let act = act.slash(office.channel, "issue add", json!({"text": "隠した語"}));
    office.exchange(act, say("公開の返事", 0)).await;
    assert!(
        office
            .wire
            .fake
            .who_saw("隠した語")
            .contains(&office.suzuki.id())
    );
}

#[tokio::test]
async fn a_second_answer_is_refused_and_so_is_a_late_one() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let act = sato.slash(channel, "issue add", json!({"text": "x"}));
    let (interaction, _) = office.exchange(act, say("一", 64)).await;
    let (status, answer) = office.wire.answer(&interaction, say("二", 64)).await;
    assert_eq!((status, &answer["code"]), (400, &json!(40060)));
    let wrong = json!({"id": interaction["id"], "token": "forged"});
    let (status, answer) = office.wire.answer(&wrong, say("三", 64)).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10062)));

    let short = Duration::from_millis(20);
    office
        .wire
        .fake
        .set(|switches| switches.interaction_deadline = short);
    let outcome = sato.slash(channel, "issue add", json!({"text": "x"})).await;
    assert!(matches!(outcome, Outcome::Failed { .. }), "{outcome:?}");
    let interaction = office.line.event("INTERACTION_CREATE").await;
    let (status, answer) = office.wire.answer(&interaction, say("遅い", 64)).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn a_deferral_waits_for_the_edit_and_stays_ephemeral() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let (wire, line) = (&office.wire, &mut office.line);
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let webhook = wire.webhook(&interaction);
        let (status, early) = wire.post(&webhook, json!({"content": "早い"})).await;
        assert_eq!((status, &early["code"]), (404, &json!(10015)));
        let defer = json!({"type": 5, "data": {"flags": 64}});
        assert_eq!(wire.answer(&interaction, defer).await.0, 204);
        let original = format!("{webhook}/messages/@original");
        let (_, loading) = wire.get(&original).await;
        assert_eq!(loading["flags"], 64 + 128);
        let body = json!({"content": "できました"});
        let (status, edited) = wire.call("PATCH", &original, body).await;
        assert_eq!(status, 200, "{edited}");
        assert_eq!(edited["flags"], 64);
        let (status, follow) = wire
            .post(&webhook, json!({"content": "追伸", "flags": 64}))
            .await;
        assert_eq!(status, 200, "{follow}");
        let path = format!("{webhook}/messages/{}", id_of(&follow));
        assert_eq!(wire.call("DELETE", &path, Value::Null).await.0, 204);
        wire.fake.set_clock_ahead(Duration::from_secs(15 * 60 + 1));
        let (status, old) = wire.call("PATCH", &original, json!({"content": "x"})).await;
        assert_eq!((status, &old["code"]), (401, &json!(50027)));
    };
    let (_, outcome) = tokio::join!(bot, sato.slash(channel, "issue add", json!({"text": "x"})));
    let message = outcome.expect_message();
    assert_eq!(
        (message.content.as_str(), message.ephemeral),
        ("できました", true)
    );
}

#[tokio::test]
async fn a_modal_opens_once_and_its_fields_come_back() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let input = json!({"type": 4, "custom_id": "body", "label": "内容", "style": 2,
        "max_length": 10, "value": "はじめ"});
    let modal = json!({"type": 9, "data": {"custom_id": "draft:1", "title": "課題の記録",
        "components": [{"type": 1, "components": [input]}]}});
    let act = sato.slash(channel, "issue add", json!({"text": "x"}));
    let (_, outcome) = office.exchange(act, modal.clone()).await;
    let view = outcome.expect_modal();
    assert_eq!(view.fields[0].value.as_deref(), Some("はじめ"));
    let long = sato.submit(&view, json!({"body": "長".repeat(11)})).await;
    assert!(matches!(long, Outcome::Refused { .. }), "{long:?}");
    let empty = sato.submit(&view, json!({"body": ""})).await;
    assert!(matches!(empty, Outcome::Refused { .. }), "{empty:?}");

    let (wire, line) = (&office.wire, &mut office.line);
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let (status, answer) = wire.answer(&interaction, modal).await;
        assert_eq!(
            (status, &answer["code"]),
            (400, &json!(50035)),
            "no modal after a modal"
        );
        assert!(answer["errors"]["type"].is_object());
        assert_eq!(
            wire.answer(&interaction, say("記録しました", 64)).await.0,
            204
        );
        interaction
    };
    let (interaction, outcome) = tokio::join!(bot, sato.submit(&view, json!({"body": "本文"})));
    assert_eq!(
        interaction["data"]["components"][0]["components"][0]["value"],
        "本文"
    );
    assert_eq!(outcome.expect_message().content, "記録しました");
}

#[tokio::test]
async fn components_are_pressed_chosen_and_updated() {
    let mut office = office().await;
    let card = office.card().await;
    let suzuki = office.suzuki.clone();
    let update = json!({"type": 7, "data": {"content": "済んだ札", "components": []}});
    let act = suzuki.select(card, "pick", &["a", "b"]);
    let (interaction, outcome) = office.exchange(act, say("選びました", 64)).await;
    assert_eq!(interaction["data"]["values"], json!(["a", "b"]));
    assert_eq!(id_of(&interaction["message"]), card);
    assert!(outcome.expect_message().ephemeral);
    let (_, outcome) = office
        .exchange(suzuki.press_label(card, "済"), update)
        .await;
    assert!(matches!(outcome, Outcome::Updated(_)), "{outcome:?}");
    assert_eq!(office.sato.message(card).unwrap().content, "済んだ札");
    let again = suzuki.press(card, "done").await;
    assert!(
        matches!(again, Outcome::Refused { .. }),
        "the button is gone: {again:?}"
    );
}

#[tokio::test]
async fn a_bare_acknowledgement_is_told_apart_from_a_later_edit() {
    let mut office = office().await;
    office
        .wire
        .fake
        .set(|switches| switches.patience_update = Duration::from_millis(20));
    let card = office.card().await;
    let sato = office.sato.clone();
    let (_, outcome) = office
        .exchange(sato.press(card, "done"), json!({"type": 6}))
        .await;
    assert!(matches!(outcome, Outcome::Acknowledged), "{outcome:?}");
    let (wire, line) = (&office.wire, &mut office.line);
    wire.fake
        .set(|switches| switches.patience_update = Duration::from_secs(5));
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        assert_eq!(wire.answer(&interaction, json!({"type": 6})).await.0, 204);
        let original = format!("{}/messages/@original", wire.webhook(&interaction));
        assert_eq!(
            wire.call("PATCH", &original, json!({"content": "後で"}))
                .await
                .0,
            200
        );
    };
    let (_, outcome) = tokio::join!(bot, sato.press(card, "done"));
    assert_eq!(outcome.expect_message().content, "後で");
}

#[tokio::test]
async fn choices_are_limited_and_seen_by_the_typing_person() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let (wire, line) = (&office.wire, &mut office.line);
    let choices = |count: usize| {
        let choice = |n: usize| json!({"name": format!("薬剤師会{n}"), "value": n.to_string()});
        let choices: Vec<Value> = (0..count).map(choice).collect();
        json!({"type": 8, "data": {"choices": choices}})
    };
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let (status, answer) = wire.answer(&interaction, choices(26)).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)));
        assert_eq!(wire.answer(&interaction, choices(25)).await.0, 204);
        interaction
    };
    let act = sato.autocomplete(channel, "issue add", json!({"about": "薬"}), "about");
    let (interaction, outcome) = tokio::join!(bot, act);
    let about = &interaction["data"]["options"][0]["options"][0];
    assert_eq!(
        (&about["focused"], text(&about["value"])),
        (&json!(true), "薬")
    );
    assert_eq!(outcome.choices().unwrap().len(), 25);
    assert_eq!(wire.fake.who_saw("薬剤師会7"), [sato.id()].into());
}

#[tokio::test]
async fn the_message_menu_hands_the_message_over() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let message = office.suzuki.say(channel, "困りごと").unwrap();
    let act = sato.menu(channel, message, "課題として記録");
    let (interaction, outcome) = office.exchange(act, say("記録しました", 64)).await;
    let resolved = &interaction["data"]["resolved"]["messages"][message.to_string()];
    assert_eq!(text(&resolved["content"]), "困りごと");
    assert_eq!(outcome.expect_message().kind, 23);
}

#[tokio::test]
async fn the_client_refuses_what_the_command_does_not_take() {
    let office = office().await;
    let (sato, channel) = (&office.sato, office.channel);
    let cases = [
        ("issue", json!({})),
        ("issue drop", json!({})),
        ("nothing", json!({})),
        ("issue add", json!({})),
        ("issue add", json!({"text": "長".repeat(21)})),
        ("issue add", json!({"text": "x", "tier": 2})),
        ("issue add", json!({"text": "x", "other": 1})),
        ("issue add", json!({"text": "x", "where": sato.id()})),
    ];
    for (path, options) in cases {
        let outcome = sato.slash(channel, path, options.clone()).await;
        assert!(
            matches!(outcome, Outcome::Refused { .. }),
            "{path} {options}: {outcome:?}"
        );
    }
    let card = office.card().await;
    for outcome in [
        sato.press(card, "off").await,
        sato.press(card, "pick").await,
        sato.select(card, "pick", &["c"]).await,
        sato.select(card, "pick", &[]).await,
    ] {
        assert!(matches!(outcome, Outcome::Refused { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_interaction_can_come_twice_and_be_forged() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let twice = sato.twice();
    let act = twice.slash(channel, "issue add", json!({"text": "x"}));
    let (first, _) = office.exchange(act, say("一度", 64)).await;
    let second = office.line.event("INTERACTION_CREATE").await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(
        office.wire.answer(&second, say("二度", 64)).await.1["code"],
        40060
    );
    let card = office.card().await;
    let forged = json!({"custom_id": "unknown", "component_type": 2});
    let act = sato.deliver_raw(channel, 3, forged, Some(card));
    let (interaction, _) = office.exchange(act, say("分かりません", 64)).await;
    assert_eq!(interaction["data"]["custom_id"], "unknown");
}

#[tokio::test]
async fn a_page_hears_that_something_a_person_sees_has_changed() {
    use fake_discord::Change;
    use futures::StreamExt;
    let office = office().await;
    let changes = office.wire.fake.subscribe(&office.sato);
    office
        .wire
        .send(office.channel, json!({"content": "知らせ"}))
        .await;
    let mut changes = std::pin::pin!(changes);
    let change = tokio::time::timeout(crate::wire::SOON, changes.next())
        .await
        .unwrap();
    assert_eq!(change, Some(Change::Messages(office.channel)));
    let late = Duration::from_millis(10);
    let waited = office
        .wire
        .fake
        .until(|fake| fake.pings().len() == 1, late)
        .await;
    assert_eq!(waited.unwrap_err().waited, late);
}
