//! Files of messages: pictures are shown, others are handed over, both only to whoever sees their message.

use crate::visit::Visit;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_picture_is_shown_to_whoever_sees_its_message_and_to_nobody_else() {
    let visit = Visit::begin().await;
    let add = json!({
        "command": "target add",
        "options": {"area": "医療・看護", "number": "1-①", "item": "研修会を開く", "goal": "年12回"},
    });
    visit.act("コーディネーター", "広場", "slash", add).await;
    let month = json!({"command": "progress month", "options": {}});
    visit.act("コーディネーター", "広場", "slash", month).await;
    let messages = visit.messages("コーディネーター", "広場").await;
    let files = messages
        .iter()
        .filter_map(|message| message["files"].as_array());
    let files: Vec<&Value> = files.flatten().collect();
    assert_eq!(files.len(), 2, "{messages:?}");
    for (file, kind, begins) in [
        (files[0], "image/png", &b"\x89PNG"[..]),
        (files[1], "application/octet-stream", &b"PK"[..]),
    ] {
        let address = file["address"].as_str().expect("an address");
        let answer = visit
            .ask(Method::GET, address)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.headers()["content-type"], kind);
        let bytes = answer.bytes().await.expect("bytes");
        assert!(bytes.starts_with(begins), "{address}");
        assert_eq!(file["picture"], kind == "image/png");
        // An answer is for one person.
        let other = address.replace(&visit.id("コーディネーター"), &visit.id("薬剤師会の会長"));
        let refused = visit
            .ask(Method::GET, &other)
            .send()
            .await
            .expect("an answer");
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{other}");
    }
    visit.end().await;
}
