//! A handover is for coordinators only: whoever else asks is told whom to ask, whatever they press; and no
//! byte of it names who said something.

use super::{
    CHAIR, COORDINATOR, KEY_PERSON, SPEAKER, busy, command, desk, file, handed_over,
    reminding::reminders,
};
use crate::at;
use serde_json::json;
use tests::{book, database::Database, world::world};

/// Those who have a place in the office, and none at its desk.
const OTHERS: [&str; 5] = [
    CHAIR,
    "薬剤師会の連携担当",
    "薬剤師会の会員",
    "アドバイザー",
    "オブザーバー",
];
const STRANGER: &str = "所属のない人";

#[tokio::test]
async fn only_coordinators_take_a_handover_out_and_the_audit_says_who_did() {
    world(Database::Sqlite, async |world| {
        busy(world).await;
        for who in OTHERS {
            let refused = command(world, who, "office handover", json!({})).await;
            assert!(refused.attachments.is_empty(), "{who}: {}", refused.text());
            assert!(refused.ephemeral, "{who}");
            assert_eq!(
                refused.content,
                "引継ぎ資料を受け取れるのは、連携コーディネーターだけです。知りたいことは、連携コーディネーターへお尋ねください。",
                "{who}"
            );
        }
        let stranger = command(world, STRANGER, "office handover", json!({})).await;
        assert!(stranger.attachments.is_empty(), "{}", stranger.text());
        assert!(stranger.text().contains("コーディネーター"), "{}", stranger.text());
        handed_over(world).await;
        let audit = desk(world, "office audit", json!({})).await.text();
        assert!(audit.contains("引継ぎ資料の作成"), "{audit}");
        let coordinators = [COORDINATOR, "二人目のコーディネーター"];
        let coordinators = coordinators.map(|key| world.city.person(key));
        for person in world.fake.who_saw(KEY_PERSON) {
            assert!(coordinators.contains(&person), "{person}");
        }
        assert!(!world.log().contains(KEY_PERSON));
    })
    .await;
}

#[tokio::test]
async fn the_button_of_the_reminder_opens_nothing_for_others() {
    world(Database::Sqlite, async |world| {
        at(world, "2027-03-01 09:00").await;
        assert_eq!(reminders(world).len(), 1, "{}", world.log());
        let pressed = json!({"custom_id": "v1:round-handover:1", "component_type": 2});
        for who in OTHERS.into_iter().chain([STRANGER]) {
            // The button is copied to a message of one's own.
            let own = command(world, who, "help", json!({})).await;
            let answer = world
                .person(who)
                .deliver_raw(world.channel("広場"), 3, pressed.clone(), Some(own.id))
                .await
                .expect_message();
            assert!(answer.attachments.is_empty(), "{who}");
            assert!(
                answer.text().contains("コーディネーター"),
                "{who}: {}",
                answer.text()
            );
        }
    })
    .await;
}

#[tokio::test]
async fn no_byte_of_a_handover_names_who_said_something() {
    world(Database::Sqlite, async |world| {
        busy(world).await;
        let confidential = json!({
            "text": "夜間の呼び出しが一人に偏っている", "tier": 2, "speaker": SPEAKER,
        });
        desk(world, "issue add", confidential).await;
        world.settled().await;
        let shown = desk(world, "issue show", json!({"number": "8"})).await;
        assert!(
            shown.text().contains(SPEAKER),
            "the desk knows: {}",
            shown.text()
        );
        let (answer, _) = handed_over(world).await;
        let parts = book::parts(&file(world, &answer));
        assert!(
            parts.contains("夜間の呼び出しが一人に偏っている"),
            "it is in it"
        );
        for word in SPEAKER.split(' ').chain([SPEAKER]) {
            assert!(!parts.contains(word), "{word}");
            assert!(!answer.text().contains(word), "{word}");
        }
    })
    .await;
}
