//! Answers to interactions that are not the usual one: given back, filled later, of the wrong kind.

use serde_json::json;

use crate::office::{office, say};
use crate::wire::{id_of, text};

#[tokio::test]
async fn a_callback_can_give_its_message_back() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let (wire, line) = (&office.wire, &mut office.line);
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let (id, token) = (text(&interaction["id"]), text(&interaction["token"]));
        let path = format!("/interactions/{id}/{token}/callback?with_response=true");
        wire.post(&path, say("返事", 64)).await
    };
    let (answered, outcome) =
        tokio::join!(bot, sato.slash(channel, "issue add", json!({"text": "x"})));
    let (status, body) = answered;
    assert_eq!(status, 200, "{body}");
    let message = outcome.expect_message();
    assert_eq!(
        text(&body["interaction"]["response_message_id"]),
        message.id.to_string()
    );
    assert_eq!(body["resource"]["message"]["content"], "返事");
}

#[tokio::test]
async fn a_followup_directly_after_a_deferral_fills_the_loading_message() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let (wire, line) = (&office.wire, &mut office.line);
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let defer = json!({"type": 5, "data": {"flags": 64}});
        assert_eq!(wire.answer(&interaction, defer).await.0, 204);
        let webhook = wire.webhook(&interaction);
        let (status, filled) = wire
            .post(&webhook, json!({"content": "公開のつもり"}))
            .await;
        assert_eq!(status, 200, "{filled}");
        filled
    };
    let (filled, outcome) =
        tokio::join!(bot, sato.slash(channel, "issue add", json!({"text": "x"})));
    let message = outcome.expect_message();
    assert_eq!(message.id, id_of(&filled));
    assert!(
        message.ephemeral,
        "the deferral decided that, not the followup"
    );
    assert!(office.suzuki.messages(channel).is_empty());
}

#[tokio::test]
async fn answers_of_the_wrong_kind_are_refused_with_their_place() {
    let mut office = office().await;
    let (sato, channel) = (office.sato.clone(), office.channel);
    let (wire, line) = (&office.wire, &mut office.line);
    let bot = async {
        let interaction = line.event("INTERACTION_CREATE").await;
        let wrong = [
            (json!({"type": 6}), "/errors/type"),
            (json!({"type": 7, "data": {"content": "x"}}), "/errors/type"),
            (json!({"type": 8, "data": {"choices": []}}), "/errors/type"),
            (
                json!({"type": 5, "data": {"flags": 4}}),
                "/errors/data/flags",
            ),
            (
                json!({"type": 4, "data": {"content": "長".repeat(2001)}}),
                "/errors/data/content",
            ),
        ];
        for (body, place) in wrong {
            let (status, answer) = wire.answer(&interaction, body.clone()).await;
            assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{body}");
            assert!(answer.pointer(place).is_some(), "{body}: {answer}");
        }
        assert_eq!(wire.answer(&interaction, say("やっと", 64)).await.0, 204);
    };
    let (_, outcome) = tokio::join!(bot, sato.slash(channel, "issue add", json!({"text": "x"})));
    assert_eq!(outcome.expect_message().content, "やっと");
}
