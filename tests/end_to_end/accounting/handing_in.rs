//! Minutes handed in as a file: plain text as offices save it, and nothing else.

use super::{KEEP, account, desk, hold, press};
use base64::Engine;
use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};
use tests::{database::Database, world::world};

fn file(name: &str, bytes: &[u8]) -> Value {
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    json!({ "name": name, "bytes_base64": bytes })
}

#[tokio::test]
async fn minutes_are_taken_from_plain_text_and_read_page_by_page() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let lines: Vec<String> = (1..=400)
            .map(|number| format!("議題{number}　①様式について*話し合った*"))
            .collect();
        let text = lines.join("\r\n");
        let (cp932, _, broken) = SHIFT_JIS.encode(&text);
        assert!(!broken);
        let options = json!({"number": "1", "file": file("議事録.txt", &cp932)});
        let preview = desk(world, "session record", options).await;
        assert!(preview.text().contains("議題1 ①様式"), "{}", preview.text());
        press(world, &preview, KEEP).await.expect_message();
        let first = account(world, "薬剤師会の会長").await;
        assert!(
            first.contains("1 / 3") && first.contains("議題1　"),
            "{first}"
        );
        // Longer than a field: the form leaves them out, and they stay.
        let coordinator = world.person("コーディネーター");
        let place = world.channel("広場");
        let asked = coordinator
            .slash(place, "session record", json!({"number": "1"}))
            .await;
        let form = asked.expect_modal();
        assert!(form.fields.iter().all(|field| field.custom_id != "minutes"));
        let fields = json!({"attendance": "薬剤師 5"});
        let preview = coordinator.submit(&form, fields).await.expect_message();
        press(world, &preview, KEEP).await.expect_message();
        let shown = desk(world, "session show", json!({"number": "1"})).await;
        let first = press(world, &shown, "実施記録を読む")
            .await
            .expect_message();
        world.restart().await;
        let second = press(world, &first, "次へ").await.expect_message();
        let third = press(world, &second, "次へ").await.expect_message();
        assert!(third.text().contains("議題400　"), "{}", third.text());
    })
    .await;
}

#[tokio::test]
async fn what_is_no_plain_text_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let long = "長い議事録。".repeat(20_000);
        for (name, bytes, expected) in [
            (
                "議事録.docx",
                &b"PK\x03\x04\x14\x00\x06\x00"[..],
                "Word や PDF",
            ),
            ("議事録.txt", b"%PDF-1.7\n%\xe2\xe3", "Word や PDF"),
            (
                "議事録.txt",
                b"\x89PNG\r\n\x1a\n\x00\x00",
                "文字を読み取れません",
            ),
            ("空.txt", b" \r\n", "何も書かれていません"),
            ("長い.txt", long.as_bytes(), "大きすぎます"),
        ] {
            let options = json!({"number": "1", "file": file(name, bytes)});
            let said = desk(world, "session record", options).await;
            assert!(said.text().contains(expected), "{name}: {}", said.text());
            assert!(said.buttons().is_empty(), "{name}");
        }
        let both = json!({"number": "1", "minutes": "短い", "file": file("a.txt", b"abc")});
        let said = desk(world, "session record", both).await;
        assert!(said.text().contains("どちらか一方"), "{}", said.text());
        assert!(
            account(world, "コーディネーター")
                .await
                .contains("まだないか")
        );
    })
    .await;
}
