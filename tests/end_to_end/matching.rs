//! 連携提案: the desk finds issues whose needs meet; nobody else learns anything by it, which the world
//! looks after at the end of each of these tests.

use super::{field, number_in};
use chrono::Duration;
use fake_discord::{MessageView, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const HOSPITAL: &str = "ケアマネジャーに在宅復帰を拒否されてしまう";
const CARE_MANAGER: &str = "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする";
const UNDO: &str = "元に戻す（10分以内）";

async fn say(world: &World, who: &str, words: &str) -> i64 {
    let person = world.person(who);
    let options = json!({"text": words});
    let answer = person
        .slash(world.channel("広場"), "issue add", options)
        .await;
    number_in(&answer.expect_message())
}

async fn command(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

/// The two statements of the manual, said in confidence.
async fn manual(world: &World) -> (i64, i64) {
    let hospital = say(world, "病院連携室の会長", HOSPITAL).await;
    let care_manager = say(world, "介護支援専門員連絡協議会の会長", CARE_MANAGER).await;
    world.settled().await;
    (hospital, care_manager)
}

async fn found(world: &World, options: Value) -> MessageView {
    let coordinator = world.person("コーディネーター");
    command(world, &coordinator, "match find", options).await
}

async fn press(world: &World, message: &MessageView, label: &str) -> MessageView {
    let coordinator = world.person("コーディネーター");
    let pressed = coordinator.press_label(message.id, label).await;
    pressed.expect_message()
}

#[tokio::test]
async fn the_case_of_the_manual_is_found_first_and_says_why() {
    world(Database::Sqlite, async |world| {
        for (who, words) in [
            ("薬剤師会の会長", "若い会員が研修に出てこない"),
            (
                "薬剤師会の会長",
                "送った報告書を先生が読んでいるのか手ごたえがない",
            ),
            ("医師会の会長", "往診に回れる仲間が増えない"),
            ("歯科医師会の会長", "ケアマネの計画書に口のことが一行もない"),
        ] {
            say(world, who, words).await;
        }
        let (hospital, care_manager) = manual(world).await;
        let list = found(world, json!({})).await;
        let text = list.text();
        let first = text.find("提案 1").expect("a first proposal");
        let after = &text[first..];
        assert!(
            after.contains("病院連携室 ↔ 介護支援専門員連絡協議会"),
            "{text}"
        );
        for words in [
            HOSPITAL,
            CARE_MANAGER,
            "「ケアマネジャー」",
            "「病院」",
            "退院・在宅復帰",
            "情報交換会",
            "お互いの現状を報告しあう",
            "主催",
        ] {
            assert!(after.contains(words), "{words}: {text}");
        }
        assert!(
            after.contains(&format!("#{hospital}")) && after.contains(&format!("#{care_manager}"))
        );
        insta::assert_snapshot!("the_case_of_the_manual", text);
    })
    .await;
}

#[tokio::test]
async fn a_pair_keeps_its_number_and_can_be_asked_for_by_issue_and_association() {
    world(Database::Postgres, async |world| {
        let (hospital, care_manager) = manual(world).await;
        let again = [
            json!({}),
            json!({"issue": format!("#{hospital}")}),
            json!({"issue": care_manager.to_string(), "association": "病院連携室"}),
            json!({"association": "介護支援専門員連絡協議会"}),
        ];
        for options in again {
            let text = found(world, options.clone()).await.text();
            assert!(
                text.contains("提案 1") && !text.contains("提案 2"),
                "{options}: {text}"
            );
        }
        for (options, expected) in [
            (json!({"association": "薬剤師会"}), "見つかりません"),
            (
                json!({"issue": hospital.to_string(), "association": "薬剤師会"}),
                "見つかりません",
            ),
            (json!({"issue": "999"}), "ないか、ご覧になれません"),
            (json!({"issue": "abc"}), "番号は"),
            (
                json!({"association": "ない会"}),
                "その名前の職能団体はありません",
            ),
        ] {
            let text = found(world, options.clone()).await.text();
            assert!(text.contains(expected), "{options}: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_accepted_pair_becomes_a_drafted_session_that_only_the_desk_sees() {
    world(Database::Sqlite, async |world| {
        let (hospital, care_manager) = manual(world).await;
        let list = found(world, json!({})).await;
        let accepted = press(world, &list, "提案1を採用").await;
        let text = accepted.text();
        assert!(
            text.contains("病院連携室と介護支援専門員連絡協議会の情報交換会"),
            "{text}"
        );
        assert!(text.contains("主催") && text.contains("未定"), "{text}");
        assert!(
            !text.contains("拒否") && !text.contains("退院"),
            "no words of theirs: {text}"
        );
        insta::assert_snapshot!("an_accepted_pair", text);

        let twice = press(world, &list, "提案1を採用").await.text();
        assert!(twice.contains("すでに採用されています"), "{twice}");
        let listed = found(world, json!({})).await;
        assert!(listed.text().contains("採用済み"), "{}", listed.text());

        let coordinator = world.person("コーディネーター");
        let label = format!("#{hospital}と#{care_manager}を「検討中」にする");
        let planned = press(world, &accepted, &label).await;
        world.settled().await;
        assert!(
            planned.text().contains("「検討中」にしました"),
            "{}",
            planned.text()
        );
        for number in [hospital, care_manager] {
            let shown = command(
                world,
                &coordinator,
                "issue show",
                json!({"number": number.to_string()}),
            )
            .await;
            assert_eq!(field(&shown, "状況").as_deref(), Some("検討中"));
        }
        let back = format!("#{hospital} を元に戻す（10分以内）");
        press(world, &planned, &back).await;
        world.settled().await;
        let options = json!({"number": hospital.to_string()});
        let shown = command(world, &coordinator, "issue show", options).await;
        assert_eq!(field(&shown, "状況").as_deref(), Some("受付"));
    })
    .await;
}

#[tokio::test]
async fn what_was_accepted_is_taken_back_with_its_draft_and_can_be_accepted_again() {
    world(Database::Sqlite, async |world| {
        manual(world).await;
        let coordinator = world.person("コーディネーター");
        found(world, json!({})).await;
        let options = json!({"number": "提案 1", "date": "2026-12-01"});
        let accepted = command(world, &coordinator, "match accept", options).await;
        assert!(
            accepted.text().contains("令和8年12月1日"),
            "{}",
            accepted.text()
        );
        let undone = press(world, &accepted, UNDO).await.text();
        assert!(undone.contains("決定を元に戻しました"), "{undone}");
        assert!(!found(world, json!({})).await.text().contains("採用済み"));

        let again = command(world, &coordinator, "match accept", json!({"number": "1"})).await;
        assert!(
            again.text().contains("案をつくりました"),
            "{}",
            again.text()
        );
        world.clock.advance(Duration::minutes(11));
        let late = press(world, &again, UNDO).await.text();
        assert!(late.contains("10分が過ぎたため"), "{late}");
        for (number, expected) in [("9", "その番号の提案はありません"), ("x", "番号は")]
        {
            let text = command(
                world,
                &coordinator,
                "match accept",
                json!({"number": number}),
            )
            .await
            .text();
            assert!(text.contains(expected), "{number}: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_dismissed_pair_does_not_come_back_until_its_words_change() {
    world(Database::Postgres, async |world| {
        let (hospital, _) = manual(world).await;
        let coordinator = world.person("コーディネーター");
        let list = found(world, json!({})).await;
        let form = coordinator
            .press_label(list.id, "見送り")
            .await
            .expect_modal();
        let reason = json!({"reason": "入退院の会議ですでに話し合っている"});
        let dismissed = coordinator.submit(&form, reason).await.expect_message();
        assert!(
            dismissed.text().contains("見送りました"),
            "{}",
            dismissed.text()
        );
        assert!(
            found(world, json!({}))
                .await
                .text()
                .contains("見つかりません")
        );

        press(world, &dismissed, UNDO).await;
        assert!(found(world, json!({})).await.text().contains("提案 1"));
        let options = json!({"number": "1", "reason": "電話は0193-55-4536へ"});
        let refused = command(world, &coordinator, "match dismiss", options)
            .await
            .text();
        assert!(
            refused.contains("個人情報") && !refused.contains("4536"),
            "{refused}"
        );
        let options = json!({"number": "1", "reason": "別に話している"});
        command(world, &coordinator, "match dismiss", options).await;
        assert!(
            found(world, json!({}))
                .await
                .text()
                .contains("見つかりません")
        );

        // A change of status is no change of words.
        let options = json!({"number": hospital.to_string(), "status": "sorted"});
        command(world, &coordinator, "issue status", options).await;
        assert!(
            found(world, json!({}))
                .await
                .text()
                .contains("見つかりません")
        );
        let form = coordinator
            .slash(
                world.channel("広場"),
                "issue edit",
                json!({"number": hospital.to_string()}),
            )
            .await
            .expect_modal();
        let words = json!({"text": "ケアマネジャーに在宅復帰を断られてしまう"});
        coordinator.submit(&form, words).await.expect_message();
        world.settled().await;
        let text = found(world, json!({})).await.text();
        assert!(
            text.contains("提案 1") && text.contains("断られてしまう"),
            "{text}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_done_or_taken_back_is_no_longer_matched() {
    world(Database::Sqlite, async |world| {
        let (hospital, _) = manual(world).await;
        let coordinator = world.person("コーディネーター");
        let list = found(world, json!({})).await;
        let options = json!({"number": hospital.to_string(), "status": "dropped", "note": "別の課題にまとめた"});
        command(world, &coordinator, "issue status", options).await;
        assert!(found(world, json!({})).await.text().contains("見つかりません"));
        let asked = found(world, json!({"issue": hospital.to_string()})).await.text();
        assert!(asked.contains("組を探しません"), "{asked}");
        let nobodys = command(world, &coordinator, "issue add", json!({"text": "病院と話したい"})).await;
        let asked = found(world, json!({"issue": number_in(&nobodys).to_string()})).await.text();
        assert!(asked.contains("だれの課題か分からない"), "{asked}");
        // The old list still stands on the screen.
        let late = press(world, &list, "提案1を採用").await.text();
        assert!(late.contains("案をつくりました"), "the desk may still bring them together: {late}");
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_even_after_a_restart() {
    world(Database::Sqlite, async |world| {
        for (one, other) in [
            ("薬剤師会の会長", "医師会の会長"),
            ("歯科医師会の会長", "介護支援専門員連絡協議会の会長"),
        ] {
            for (said, answered) in [
                (
                    "の処方の返事が遅くて困る",
                    "からの処方の問い合わせが多くて困る",
                ),
                ("の会議に呼んでもらえない", "が会議に来てくれない"),
                ("に看取りのことを聞けない", "と看取りのことを話せていない"),
            ] {
                let (there, back) = if one.starts_with("薬剤師") {
                    ("先生", "薬局")
                } else {
                    ("ケアマネさん", "歯医者さん")
                };
                say(world, one, &format!("{there}{said}")).await;
                say(world, other, &format!("{back}{answered}")).await;
            }
        }
        world.settled().await;
        let list = found(world, json!({})).await;
        assert!(list.text().contains("1 / 2 ページ"), "{}", list.text());
        world.restart().await;
        let second = press(world, &list, "次へ").await;
        assert!(second.text().contains("2 / 2 ページ"), "{}", second.text());
        assert!(
            !second.text().contains("提案 1\u{3000}"),
            "{}",
            second.text()
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_is_no_coordinator_gets_nothing_from_it() {
    world(Database::Sqlite, async |world| {
        let (hospital, _) = manual(world).await;
        let list = found(world, json!({})).await;
        let coordinator = world.person("コーディネーター");
        let accepted = press(world, &list, "提案1を採用").await;
        let custom_ids: Vec<String> = list
            .buttons()
            .into_iter()
            .chain(accepted.buttons())
            .filter_map(|button| button.custom_id)
            .filter(|id| id.starts_with("v1:match-"))
            .collect();
        assert!(custom_ids.len() >= 3, "{custom_ids:?}");
        let place = world.channel("広場");
        for key in [
            "病院連携室の会長",
            "介護支援専門員連絡協議会の会員",
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "サーバーの管理者",
        ] {
            let person = world.person(key);
            for (path, options) in [
                ("match find", json!({})),
                ("match find", json!({"issue": hospital.to_string()})),
                ("match accept", json!({"number": "1"})),
                ("match accept", json!({"number": "99"})),
                ("match dismiss", json!({"number": "1", "reason": "なし"})),
            ] {
                let text = command(world, &person, path, options).await.text();
                assert!(
                    text.contains("連携コーディネーター") && !text.contains("提案"),
                    "{key} {path}: {text}"
                );
            }
            for (option, typed) in [
                ("issue", hospital.to_string()),
                ("association", "病".to_owned()),
            ] {
                let options = json!({ option: typed });
                let found = person
                    .autocomplete(place, "match find", options, option)
                    .await;
                assert_eq!(found.text(), "", "{key} {option}");
            }
            let own = person
                .slash(place, "help", json!({}))
                .await
                .expect_message();
            for custom_id in &custom_ids {
                let data = json!({"custom_id": custom_id, "component_type": 2});
                let said = person.deliver_raw(place, 3, data, Some(own.id)).await;
                let text = said.expect_message().text();
                assert!(
                    !text.contains("在宅復帰")
                        && !text.contains("↔")
                        && !text.contains("にしました"),
                    "{key} {custom_id}: {text}"
                );
            }
        }
        let typed = json!({"issue": hospital.to_string()});
        let suggested = coordinator
            .autocomplete(place, "match find", typed, "issue")
            .await;
        assert!(suggested.text().contains(HOSPITAL), "{}", suggested.text());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn two_coordinators_who_accept_at_once_draft_one_session(#[case] database: Database) {
    world(database, async |world| {
        manual(world).await;
        let coordinator = world.person("コーディネーター");
        let colleague = world.person("二人目のコーディネーター").twice();
        let accept = |who| command(world, who, "match accept", json!({"number": "1"}));
        found(world, json!({})).await;
        let (one, other) = tokio::join!(accept(&coordinator), accept(&colleague));
        let said = format!("{}\n{}", one.text(), other.text());
        let list = command(
            world,
            &coordinator,
            "session list",
            json!({"from": "2020-01-01"}),
        );
        let list = list.await.text();
        let undated = command(world, &coordinator, "session show", json!({"number": "2"})).await;
        assert!(
            undated.text().contains("ないか"),
            "{said}\n{list}\n{}",
            undated.text()
        );
        let first = command(world, &coordinator, "session show", json!({"number": "1"})).await;
        assert!(first.text().contains("案"), "{said}\n{}", first.text());
    })
    .await;
}

#[tokio::test]
async fn a_pair_whose_issues_were_merged_is_still_taken_up() {
    world(Database::Sqlite, async |world| {
        let (hospital, care_manager) = manual(world).await;
        let list = found(world, json!({})).await;
        let accepted = press(world, &list, "提案1を採用").await;
        let coordinator = world.person("コーディネーター");
        let both = json!({"number": hospital.to_string(), "other": care_manager.to_string()});
        let linked = command(world, &coordinator, "issue link", both).await;
        let buttons = linked.buttons();
        let same = buttons
            .iter()
            .find(|button| button.label.contains("同じ意見としてまとめる"))
            .expect("the desk may merge what it links");
        let id = same.custom_id.clone().expect("it has an id");
        coordinator.press(linked.id, &id).await.expect_message();
        let label = format!("#{hospital}と#{care_manager}を「検討中」にする");
        let planned = press(world, &accepted, &label).await;
        assert!(
            planned.text().contains("「検討中」にしました"),
            "{}",
            planned.text()
        );
        for number in [hospital, care_manager] {
            let number = json!({"number": number.to_string()});
            let shown = command(world, &coordinator, "issue show", number).await;
            assert_eq!(field(&shown, "状況").as_deref(), Some("検討中"));
        }
    })
    .await;
}
