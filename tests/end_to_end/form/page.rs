//! Forms on the screen: what they say, page by page.

use super::{add, ask, talk};
use crate::{wording, wording::read};
use fake_discord::MessageView;
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn both_forms_read_well_on_the_screen() {
    world(Database::Sqlite, async |world| {
        talk(world).await;
        for (key, form, name) in [
            ("コーディネーター", 1, "form_1_desk"),
            ("薬剤師会の会長", 1, "form_1_officer"),
            ("コーディネーター", 2, "form_2"),
        ] {
            let options = json!({"form": form, "association": "薬剤師会"});
            let list = ask(world, key, "issue list", options).await;
            insta::assert_snapshot!(name, read(&list));
        }
        let options = json!({"form": 1, "status": "done", "mine": true});
        let empty = ask(world, "薬剤師会の会長", "issue list", options).await;
        assert!(
            empty.content.contains("まだありません"),
            "{}",
            empty.content
        );
    })
    .await;
}

#[tokio::test]
async fn a_form_of_long_wordings_is_turned_after_a_restart_and_cuts_no_opinion() {
    world(Database::Sqlite, async |world| {
        let mut written: Vec<String> = (1..=9)
            .map(|number| {
                format!(
                    "{number}番の話。{}",
                    "夜間の当番の組み方のこと。".repeat(60)
                )
            })
            .collect();
        // Longer than a page once its signs are escaped.
        written.push(format!("印*{}", "*_".repeat(950)));
        for words in &written {
            add(
                world,
                "薬剤師会の連携担当",
                json!({"text": words, "tier": 1}),
            )
            .await;
        }
        for form in [1, 2] {
            let place = world.channel("広場");
            let contact = world.person("薬剤師会の連携担当");
            let list = contact
                .slash(place, "issue list", json!({"form": form}))
                .await;
            let mut page = list.expect_message();
            world.restart().await;
            let contact = world.person("薬剤師会の連携担当");
            let mut pages = vec![body(&page)];
            while page
                .buttons()
                .iter()
                .any(|it| it.label == "次へ" && !it.disabled)
            {
                page = contact.press_label(page.id, "次へ").await.expect_message();
                pages.push(body(&page));
            }
            assert_eq!(pages.len(), 7, "two a page, and the last one cut");
            for words in &written[..9] {
                let whole = pages.iter().filter(|page| page.contains(words)).count();
                assert_eq!(whole, 1, "on one page as a whole");
            }
            let cut: String = pages[pages.len() - 2..].concat();
            assert_eq!(cut.matches("\\_").count(), 950, "nothing is lost");
        }
    })
    .await;
}

fn body(page: &MessageView) -> String {
    let body = wording(page).to_owned();
    assert!(body.encode_utf16().count() <= 4_096);
    body
}
