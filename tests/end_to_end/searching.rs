//! Searching, similar opinions, and merging them: from a client's hands, with everybody's eyes open.

mod merging;
mod similar;

use super::number_in;
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// What a pharmacist says in confidence, and what the region is told of it.
const SAID: &str = "夜間に処方元の先生へ電話がつながらず困っている";
const TOLD: &str = "連絡のつき方について、話し合う場があると助かります";
const SPEAKER: &str = "仮名原 八重";

async fn ask(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    let answer = answer.expect_message();
    world.settled().await;
    answer
}

async fn add(world: &World, key: &str, options: Value) -> (i64, MessageView) {
    let answer = ask(world, &world.person(key), "issue add", options).await;
    (number_in(&answer), answer)
}

async fn search(world: &World, key: &str, query: &str) -> MessageView {
    let options = json!({"query": query});
    ask(world, &world.person(key), "issue search", options).await
}

async fn show(world: &World, key: &str, number: i64) -> MessageView {
    let options = json!({"number": number.to_string()});
    ask(world, &world.person(key), "issue show", options).await
}

/// How many were found, as the title says.
fn found(answer: &MessageView) -> usize {
    let text = answer.text();
    if text.contains("見つかりませんでした") {
        return 0;
    }
    text.split("全")
        .nth(1)
        .and_then(|rest| rest.split('件').next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_else(|| panic!("no count in {text}"))
}

#[tokio::test]
async fn an_issue_is_found_by_its_words_however_they_are_written() {
    world(Database::Sqlite, async |world| {
        let (number, _) = add(
            world,
            "薬剤師会の会長",
            json!({"text": SAID, "tier": 2, "note": "ケアマネジャーにも聞いてみる"}),
        )
        .await;
        for query in [
            "処方",
            "ツナガラズ 夜間",
            "ﾂﾅｶﾞﾗｽﾞ",
            "【処方元の 先生】",
            "介護支援専門員",
            "つながらず　-昼間",
        ] {
            for key in ["薬剤師会の会長", "コーディネーター"] {
                let answer = search(world, key, query).await;
                assert_eq!(found(&answer), 1, "{key} {query}: {}", answer.text());
                assert!(
                    answer.text().contains(&format!("#{number}")),
                    "{}",
                    answer.text()
                );
            }
        }
        let marked = search(world, "薬剤師会の会長", "夜間 ケアマネ")
            .await
            .text();
        assert!(marked.contains("**夜間**に処方元"), "{marked}");
        assert!(marked.contains("備考：**ケアマネジャー**にも"), "{marked}");
        assert_eq!(
            found(&search(world, "薬剤師会の会長", "夜間 -電話").await),
            0
        );
        let jumped = search(world, "薬剤師会の会長", "＃１").await;
        assert!(jumped.text().contains(SAID), "{}", jumped.text());
    })
    .await;
}

#[tokio::test]
async fn whoever_only_has_a_share_finds_what_was_shared_and_nothing_else() {
    world(Database::Postgres, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": SAID, "tier": 2, "profession": "薬剤師会", "speaker": SPEAKER,
            "note": "会長に確かめる",
        });
        let (number, _) = add(world, "コーディネーター", options).await;
        let options = json!({"number": number.to_string(), "audience": "tier3", "wording": TOLD});
        ask(world, &coordinator, "issue share", options).await;
        for (key, original, shared) in [
            ("コーディネーター", 1, 0),
            ("薬剤師会の会長", 1, 0),
            ("薬剤師会の会員", 0, 1),
            ("医師会の会長", 0, 1),
            ("オブザーバー", 0, 1),
            ("アドバイザー", 0, 1),
        ] {
            for query in ["夜間", "電話 処方元", "会長に", "先生へ電話が"] {
                let answer = search(world, key, query).await;
                assert_eq!(found(&answer), original, "{key} {query}: {}", answer.text());
            }
            assert_eq!(
                found(&search(world, key, "話し合う").await),
                shared,
                "{key}"
            );
            for query in ["仮名原", "八重", "薬剤師会"] {
                assert_eq!(found(&search(world, key, query).await), 0, "{key} {query}");
            }
            let jumped = search(world, key, &format!("#{number}")).await.text();
            assert_eq!(jumped.contains("処方元"), original == 1, "{key}: {jumped}");
        }
        let stranger = search(world, "所属のない人", "夜間").await.text();
        assert!(
            stranger.contains("連携コーディネーターにお尋ねください"),
            "{stranger}"
        );
        let typed = json!({"query": "夜間"});
        let suggested = coordinator
            .autocomplete(world.channel("広場"), "issue search", typed, "query")
            .await;
        assert_eq!(suggested.text(), "the option query has no autocomplete");
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_turned_page_by_page_even_after_a_restart() {
    world(Database::Sqlite, async |world| {
        for number in 0..12 {
            let options =
                json!({"text": format!("当番の回し方{number}について困っている"), "tier": 1});
            add(world, "薬剤師会の会長", options).await;
        }
        let coordinator = world.person("コーディネーター");
        let options = json!({"number": "12", "status": "done"});
        ask(world, &coordinator, "issue status", options).await;
        let chair = world.person("薬剤師会の会長");
        let first = search(world, "薬剤師会の会長", "当番").await;
        assert_eq!(found(&first), 12);
        let text = first.text();
        assert!(
            text.contains("#11") && !text.contains("#12"),
            "open ones first: {text}"
        );
        world.restart().await;
        let next = chair.press_label(first.id, "次へ").await.expect_message();
        assert_eq!(next.id, first.id);
        assert!(
            next.text().contains("#12") && next.text().contains("2 / 2"),
            "{}",
            next.text()
        );
        let buttons = next.buttons();
        let id = buttons
            .iter()
            .find_map(|button| button.custom_id.clone())
            .expect("a button");
        let data = json!({"custom_id": id, "component_type": 2});
        let other = world.person("医師会の会長");
        let own = ask(world, &other, "help", json!({})).await;
        let forged = other
            .deliver_raw(world.channel("広場"), 3, data, Some(own.id))
            .await;
        let forged = forged.expect_message().text();
        assert!(
            forged.contains("24時間が過ぎたか"),
            "another's page: {forged}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_query_that_cannot_be_answered_says_what_to_do() {
    world(Database::Sqlite, async |world| {
        for (query, expected) in [
            ("　", "探すことばを入れてください"),
            ("薬", "2文字以上のことば"),
            ("-夜間", "除くことば"),
            ("あい かき さし たち なに はひ まみ やゆ らり", "8つまで"),
            (&"あ".repeat(101), "100字まで"),
            ("花火大会", "見つかりませんでした"),
            ("#99", "ないか、ご覧になれません"),
            ("**_~`@everyone", "見つかりませんでした"),
            ("'; drop table issue; --", "短すぎます"),
        ] {
            let said = search(world, "薬剤師会の会員", query).await.text();
            assert!(said.contains(expected), "{query}: {said}");
        }
    })
    .await;
}
