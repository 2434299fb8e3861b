//! An office employee on a bad day: double clicks, worst cases in every field, roles and channels that
//! change while something waits.

use super::{field, number_in, text, wording};
use fake_discord::{Overwrite, permission};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{SetUp, World, world, world_with},
};

async fn office(world: &World, who: &str, path: &str, options: Value) -> String {
    let place = world.channel("広場");
    let person = world.person(who);
    person
        .slash(place, path, options)
        .await
        .expect_message()
        .text()
}

#[tokio::test]
async fn the_longest_of_everything_still_fits_card_and_details() {
    world(Database::Sqlite, async |world| {
        let names: Vec<String> = (0..10).map(|n| format!("{n}{}", "*".repeat(39))).collect();
        for name in &names {
            let options = json!({"name": name, "aliases": "なし"});
            let said = office(world, "コーディネーター", "office profession", options).await;
            assert!(said.contains("登録しました"), "{said}");
        }
        for mark in ["*", "<", "@"] {
            let coordinator = world.person("コーディネーター");
            let desk = world.channel("相談窓口");
            let options = json!({
                "text": mark.repeat(2_000), "note": mark.repeat(500), "speaker": mark.repeat(80),
                "about": names.join("、"), "profession": "薬剤師会", "tier": 2,
            });
            let answer = coordinator
                .slash(desk, "issue add", options)
                .await
                .expect_message();
            let number = number_in(&answer).to_string();
            for tier in [3, 2, 3, 2, 3, 2] {
                let options = json!({"number": number, "tier": tier, "reason": mark.repeat(500)});
                coordinator
                    .slash(desk, "issue tier", options)
                    .await
                    .expect_message();
            }
            world.settled().await;
            let card = world.cards("相談窓口").pop().expect("the card stands");
            assert!(wording(&card).len() > 2_000);
            let shown = coordinator
                .press_label(card.id, "詳しく見る")
                .await
                .expect_message();
            assert!(
                field(&shown, "これまでの経過")
                    .expect("steps")
                    .contains("階層の変更")
            );
        }
    })
    .await;
}

#[tokio::test]
async fn long_lists_of_names_fit_into_refusals_and_answers() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let role = world.city.role("連携コーディネーター").to_string();
        let options = json!({"use": "coordinator", "role": role});
        office(world, "サーバーの管理者", "office role", options).await;
        let marked = |n: usize| format!("{n:02}{}", "*".repeat(38));
        let aliases: Vec<String> = (0..100).map(marked).collect();
        let options = json!({"name": "長い職種", "aliases": aliases.join("、")});
        let said = office(world, "コーディネーター", "office profession", options).await;
        assert!(said.contains("登録しました"), "{said}");
        for n in 0..20 {
            let options = json!({"name": format!("職{n:02}{}", "*".repeat(37)), "aliases": "なし"});
            office(world, "コーディネーター", "office profession", options).await;
        }
        let professions: Vec<String> =
            (0..20).map(|n| format!("職{n:02}{}", "*".repeat(37))).collect();
        let scopes: Vec<String> = (0..20).map(marked).collect();
        for n in 0..60 {
            let options = json!({
                "name": format!("会{n:02}{}", "_".repeat(37)), "professions": professions.join("、"),
                "scopes": scopes.join("、"),
            });
            let said = office(world, "コーディネーター", "office association", options).await;
            assert!(said.contains("登録しました"), "{said}");
        }
        for (path, options, expected) in [
            ("issue add", json!({"text": "困りごと", "profession": "ない団体"}), "次から選んで"),
            ("issue add", json!({"text": "困りごと", "about": "ない団体"}), "次から選んで"),
            ("office association", json!({"name": "新しい会", "professions": "占い師"}), "次から選んで"),
        ] {
            let said = office(world, "コーディネーター", path, options).await;
            assert!(said.contains(expected), "{said}");
        }
        let all: Vec<String> = (0..60).map(|n| format!("会{n:02}{}", "_".repeat(37))).collect();
        let circle = world.channel("二次-多職種").to_string();
        let options = json!({"use": "tier2", "channel": circle, "association": all.join("、")});
        let said = office(world, "コーディネーター", "office channel", options).await;
        assert!(said.contains("二次連携チャンネル"), "{said}");
        // A suggestion that would not fit is not offered; half a name would be refused later.
        let typed = format!("{}、{}、会", all[0], all[1]);
        let coordinator = world.person("コーディネーター");
        let options = json!({"text": "困りごと", "about": typed});
        let offered = coordinator
            .autocomplete(world.channel("広場"), "issue add", options, "about")
            .await;
        assert!(!offered.text().contains('…'), "{}", offered.text());
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_catches_everything_does_not_lose_the_answer() {
    world(Database::Sqlite, async |world| {
        let options = json!({"key": "tier_rules", "value": "3:困.*"});
        office(world, "コーディネーター", "office setting", options).await;
        let words = format!("困{}", "*".repeat(1_999));
        let answer = world
            .person("薬剤師会の会長")
            .slash(world.channel("広場"), "issue add", text(&words))
            .await
            .expect_message();
        assert!(
            field(&answer, "階層")
                .expect("a tier")
                .starts_with("③地域全体")
        );
    })
    .await;
}

#[tokio::test]
async fn rules_of_one_s_own_can_be_several_and_be_taken_out_again() {
    world(Database::Sqlite, async |world| {
        let set = async |value: &str| {
            let options = json!({"key": "tier_rules", "value": value});
            office(world, "コーディネーター", "office setting", options).await
        };
        // A slash command's option holds one line only.
        assert!(set("3:当番札；1:会費袋").await.contains("変えました"));
        let tier = async |words: &str| {
            let said = office(world, "薬剤師会の会長", "issue add", text(words)).await;
            ["①", "②", "③"]
                .into_iter()
                .find(|sign| {
                    said.contains(&format!("{sign}職種内")) || said.contains(&format!("{sign}地域"))
                })
                .map(str::to_owned)
        };
        assert_eq!(tier("当番札の回し方を決めたい").await.as_deref(), Some("③"));
        assert_eq!(tier("会費袋の集め方を決めたい").await.as_deref(), Some("①"));
        assert!(set("なし").await.contains("なしにしました"));
        assert_ne!(
            tier("当番札の回し方を決めておきたい").await.as_deref(),
            Some("③")
        );
    })
    .await;
}

#[tokio::test]
async fn an_old_number_is_suggested_when_it_is_typed() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        let chair = world.person("薬剤師会の会長");
        for number in 1..=130 {
            let words = format!("{number}回目に話したこと");
            chair
                .slash(place, "issue add", json!({"text": words, "tier": 1}))
                .await;
        }
        let offered = chair
            .autocomplete(place, "issue show", json!({"number": "#7"}), "number")
            .await;
        let first = &offered.choices().expect("choices")[0];
        assert!(first.name.starts_with("#7 "), "{}", first.name);
    })
    .await;
}

#[tokio::test]
async fn a_channel_the_bot_cannot_see_yet_can_be_bound() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let channel = world.channel("相談窓口");
        let everyone = Overwrite::role(world.city.guild, 0, permission::VIEW_CHANNEL);
        world.fake.set_overwrites(channel, [everyone]);
        let options = json!({"use": "desk", "channel": channel.to_string()});
        let said = office(world, "サーバーの管理者", "office channel", options).await;
        assert!(said.contains("相談窓口にしました"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn roles_of_one_association_can_be_swapped() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let admin = "サーバーの管理者";
        let officers = world.city.role("薬剤師会 三役").to_string();
        let contacts = world.city.role("薬剤師会 連携担当").to_string();
        let mistaken = json!({"name": "薬剤師会", "officers": contacts, "contacts": officers});
        let said = office(world, admin, "office association", mistaken).await;
        assert!(said.contains("登録しました"), "{said}");
        let mended = json!({"name": "薬剤師会", "officers": officers, "contacts": contacts});
        let said = office(world, admin, "office association", mended).await;
        assert!(said.contains("変えました"), "{said}");
        let twice = json!({"name": "薬剤師会", "officers": contacts});
        let said = office(world, admin, "office association", twice).await;
        assert!(said.contains("それぞれ別の役割"), "{said}");
        // Feedback and tier 1 may share a channel, whichever came first.
        let channel = world.channel("一次-薬剤師会").to_string();
        for option in ["feedback", "channel"] {
            let options = json!({"name": "薬剤師会", option: channel});
            let said = office(world, admin, "office association", options).await;
            assert!(said.contains("変えました"), "{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_button_pressed_twice_or_by_two_at_once_acts_once() {
    world(Database::Sqlite, async |world| {
        let first = world.person("コーディネーター");
        let second = world.person("二人目のコーディネーター");
        let desk = world.channel("相談窓口");
        let options =
            json!({"text": "電話で聞いた人手のこと", "profession": "薬剤師会", "tier": 1});
        first
            .slash(desk, "issue add", options)
            .await
            .expect_message();
        world.settled().await;
        let card = world.cards("相談窓口").remove(0);
        let (one, two, three) = tokio::join!(
            first.press_label(card.id, "団体へ伝える"),
            second.press_label(card.id, "団体へ伝える"),
            first.press_label(card.id, "団体へ伝える"),
        );
        let answers = [one, two, three].map(|answer| answer.expect_message().text());
        let passed = answers
            .iter()
            .filter(|a| a.contains("へ伝えました"))
            .count();
        assert_eq!(passed, 1, "{answers:?}");
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        assert!(world.cards("相談窓口").is_empty());
    })
    .await;
}

#[tokio::test]
async fn next_year_is_a_later_year_and_the_same_year_again_is_no_change() {
    world(Database::Sqlite, async |world| {
        let options = json!({"text": "夜間の体制を考えたい"});
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let number = number_in(
            &coordinator
                .slash(desk, "issue add", options)
                .await
                .expect_message(),
        );
        let set = async |year: &str| {
            let options = json!({"number": number.to_string(), "status": "later", "year": year});
            office(world, "コーディネーター", "issue status", options).await
        };
        let refused = set("令和8年度").await;
        assert!(refused.contains("令和9年度以降"), "{refused}");
        assert!(set("令和9年度").await.contains("次年度以降（令和9年度）"));
        let again = set("令和9年度").await;
        assert!(again.contains("すでにその状況です"), "{again}");
        assert!(set("令和10年度").await.contains("令和10年度"));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_empties_while_it_is_open_says_so() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        for number in 1..=11 {
            let words = format!("{number}番目の相談の受け方のこと");
            coordinator
                .slash(desk, "issue add", text(&words))
                .await
                .expect_message();
        }
        let open = json!({"status": "open"});
        let list = coordinator
            .slash(desk, "issue list", open)
            .await
            .expect_message();
        for number in 1..=11 {
            let options = json!({"number": number.to_string(), "status": "sorted"});
            coordinator
                .slash(desk, "issue status", options)
                .await
                .expect_message();
        }
        let turned = coordinator
            .press_label(list.id, "次へ")
            .await
            .expect_message();
        assert!(
            turned.text().contains("まだありません"),
            "{}",
            turned.text()
        );
        assert!(turned.embeds.is_empty() && turned.buttons().is_empty());
    })
    .await;
}
