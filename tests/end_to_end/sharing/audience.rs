//! For whom: circles, the region, associations and their groups, with and without a channel.

use super::{SAID, SHARED, assert_only_shared, press, readers, share, shared, show, told};
use crate::{number_in, wording};
use serde_json::json;
use std::collections::BTreeSet;
use tests::{
    database::Database,
    world::{SetUp, World, world, world_with},
};

const CARE: &str = "介護支援専門員連絡協議会";

#[tokio::test]
async fn an_association_reads_in_its_channel_and_its_members_by_command() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let answer = shared(world, number, &format!("association:{CARE}"), SHARED).await;
        let said = answer.text();
        assert!(
            said.contains("一次連携チャンネル") && said.contains("/issue show"),
            "{said}"
        );
        assert_only_shared(&world.cards("一次-介護支援専門員")[0], SHARED);
        let mut allowed = readers(world, &[]);
        allowed.extend(["会長", "連携担当"].map(|r| world.city.person(&format!("{CARE}の{r}"))));
        assert_eq!(
            world.fake.who_saw(SHARED),
            allowed,
            "the channel is the talk's"
        );
        assert_only_shared(&show(world, &format!("{CARE}の会員"), number).await, SHARED);
    })
    .await;
}

#[tokio::test]
async fn officers_alone_read_by_command_and_no_channel_shows_it() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let answer = shared(
            world,
            number,
            &format!("association:{CARE}:officers"),
            SHARED,
        )
        .await;
        assert!(
            answer.text().contains("専用のチャンネルがない"),
            "{}",
            answer.text()
        );
        for channel in [
            "一次-介護支援専門員",
            "二次-入退院",
            "二次-多職種",
            "三次連携",
        ] {
            assert!(world.cards(channel).is_empty(), "{channel}");
        }
        assert_only_shared(&show(world, &format!("{CARE}の会長"), number).await, SHARED);
        for other in [
            format!("{CARE}の連携担当"),
            format!("{CARE}の会員"),
            "薬剤師会の会長".to_owned(),
            "アドバイザー".to_owned(),
            "オブザーバー".to_owned(),
            "所属のない人".to_owned(),
        ] {
            let said = show(world, &other, number).await.text();
            assert!(!said.contains(SHARED), "{other}: {said}");
        }
        let mut allowed = readers(world, &[]);
        allowed.insert(world.city.person(&format!("{CARE}の会長")));
        assert_eq!(world.fake.who_saw(SHARED), allowed);
        let list = world
            .person(&format!("{CARE}の会長"))
            .slash(world.channel("広場"), "issue list", json!({}))
            .await
            .expect_message();
        assert!(list.text().contains(SHARED) && !list.text().contains("在宅復帰"));
    })
    .await;
}

#[tokio::test]
async fn every_way_of_naming_an_audience_is_read_and_nothing_else() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await.to_string();
        let coordinator = world.person("コーディネーター");
        for (written, expected) in [
            ("tier2", "二次連携（病院連携室、介護支援専門員連絡協議会）"),
            (
                "ｔｉｅｒ２",
                "二次連携（病院連携室、介護支援専門員連絡協議会）",
            ),
            ("tier2:2", "二次連携（医師会、歯科医師会、薬剤師会 ほか3）"),
            ("tier3", "地域全体（三次連携）"),
            ("地域全体（三次連携）", "地域全体（三次連携）"),
            ("薬剤師会", "薬剤師会の全員"),
            ("association:薬剤師会:contacts", "薬剤師会の連携担当"),
            ("薬剤師会の三役", "薬剤師会の三役"),
        ] {
            let options = json!({
                "number": number, "audience": written,
                "wording": format!("話し合いを早めに始めたい（{written}）"),
            });
            let said = share(world, &coordinator, options).await.text();
            assert!(
                said.contains(&format!("「{expected}」へ共有しました")),
                "{written}: {said}"
            );
        }
        for written in [
            "",
            "tier4",
            "tier2:9",
            "tier2:-1",
            "tier1:3",
            "association:",
            "association:ない会",
            "association:薬剤師会:owners",
            "everyone",
            "progress",
            "notice",
            "association:3",
        ] {
            let options = json!({"number": number, "audience": written, "wording": "話したい"});
            let said = share(world, &coordinator, options).await.text();
            assert!(
                said.contains("という届け先はありません"),
                "{written:?}: {said}"
            );
        }
        for written in ["desk", "相談窓口", "病院連携室の三役"] {
            let options = json!({"number": number, "audience": written, "wording": "話したい"});
            let said = share(world, &coordinator, options).await.text();
            assert!(said.contains("すでに元の文で読めます"), "{written}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn audiences_are_suggested_to_those_who_may_propose() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await.to_string();
        let suggest = async |key: &str, typed: &str| -> Vec<(String, String)> {
            let options = json!({"number": number, "audience": typed});
            let outcome = world
                .person(key)
                .autocomplete(world.channel("広場"), "issue share", options, "audience")
                .await;
            outcome
                .choices()
                .unwrap_or_else(|| panic!("choices: {outcome:?}"))
                .iter()
                .map(|choice| {
                    (
                        choice.name.clone(),
                        choice.value.as_str().unwrap_or_default().to_owned(),
                    )
                })
                .collect()
        };
        let found = suggest("病院連携室の会長", "薬剤").await;
        assert!(
            found.contains(&(
                "薬剤師会の三役".to_owned(),
                "association:薬剤師会:officers".to_owned()
            )),
            "{found:?}"
        );
        let found = suggest("コーディネーター", "").await;
        assert_eq!(found[0].1, "tier2");
        assert!(found.iter().any(|(_, value)| value == "tier3"), "{found:?}");
        for key in ["オブザーバー", "アドバイザー", "所属のない人"] {
            assert_eq!(suggest(key, "").await, [], "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_said_openly_is_not_shared_with_those_who_read_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "退院の連絡を一枚の様式にそろえたい", "profession": "病院連携室",
            "about": "介護支援専門員", "tier": 2, "origin": "open",
        });
        let answer = coordinator
            .slash(world.channel("相談窓口"), "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer);
        world.settled().await;
        for audience in ["tier2:1", &format!("association:{CARE}:officers")] {
            let options =
                json!({"number": number.to_string(), "audience": audience, "wording": "話したい"});
            let said = share(world, &coordinator, options).await.text();
            assert!(
                said.contains("すでに元の文で読めます"),
                "{audience}: {said}"
            );
        }
        shared(
            world,
            number,
            "tier3",
            "退院の連絡のしかたを地域でそろえたい",
        )
        .await;
        assert_eq!(world.cards("三次連携").len(), 1);
        assert!(wording(&world.cards("二次-入退院")[0]).contains("一枚の様式"));
    })
    .await;
}

#[tokio::test]
async fn what_one_says_of_another_reaches_it_only_in_other_words() {
    world(Database::Sqlite, async |world| {
        let nurse = world.person("病院連携室の会長");
        let said = "薬局の在庫の数え方がまちまちで困っている";
        let options = json!({"text": said, "tier": 1, "about": "薬剤師会"});
        let answer = nurse
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer);
        world.settled().await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        assert!(
            form.fields[0].label.contains("薬剤師会の全員"),
            "{}",
            form.fields[0].label
        );
        let words = "在庫の数え方をそろえる話し合いをしてみませんか";
        coordinator
            .submit(&form, json!({"wording": words}))
            .await
            .expect_message();
        world.settled().await;
        assert_only_shared(&world.cards("一次-薬剤師会")[0], words);
        let saw: BTreeSet<u64> = world.fake.who_saw(said);
        assert!(!saw.contains(&world.city.person("薬剤師会の会長")));
    })
    .await;
}

#[tokio::test]
async fn where_no_circle_fits_the_desk_is_told_what_to_do() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({"text": "どこから聞いたか分からない夜間の困りごと", "tier": 2});
        let answer = coordinator
            .slash(world.channel("相談窓口"), "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer);
        world.settled().await;
        for label in ["共有用の文を書く", "このまま共有する"] {
            let said = press(world, &coordinator, number, label).await.text();
            assert!(
                said.contains("/issue share") && said.contains("/office channel"),
                "{label}: {said}"
            );
        }
        let options =
            json!({"number": number.to_string(), "audience": "tier2", "wording": "話したい"});
        let said = share(world, &coordinator, options).await.text();
        assert!(said.contains("そろう届け先がありません"), "{said}");
        shared(world, number, "tier2:2", "夜間の困りごとを持ち寄りたい").await;
        assert_eq!(world.cards("二次-多職種").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_association_without_a_channel_reads_by_command() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        world.leave_leaks_to_the_test();
        let owner = world.person("サーバーの管理者");
        let place = world.channel("相談窓口");
        let role = |name: &str| world.city.role(name).to_string();
        for (path, options) in [
            (
                "office role",
                json!({"use": "coordinator", "role": role("連携コーディネーター")}),
            ),
            (
                "office channel",
                json!({"use": "desk", "channel": place.to_string()}),
            ),
            (
                "office association",
                json!({"name": "病院連携室", "professions": "病院連携室",
                       "officers": role("病院連携室 三役")}),
            ),
            (
                "office association",
                json!({"name": CARE, "professions": "介護支援専門員",
                       "members": role("介護支援専門員連絡協議会 会員")}),
            ),
        ] {
            owner.slash(place, path, options).await.expect_message();
        }
        world.accept_owner().await;
        let options = json!({"text": SAID, "tier": 2});
        let chair = world.person("病院連携室の会長");
        let answer = chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer);
        let answer = shared(world, number, &format!("association:{CARE}"), SHARED).await;
        assert!(
            answer.text().contains("専用のチャンネルがない"),
            "{}",
            answer.text()
        );
        let reader = show(world, &format!("{CARE}の会員"), number).await;
        assert!(wording(&reader).contains(SHARED));
        // The set-up has only just changed: a look at the channels from before may take the card away
        // once more before it stands.
        let stands = async |world: &World| {
            let cards = world.cards("相談窓口");
            cards.iter().any(|card| wording(card).contains(SAID))
        };
        assert!(world.until(stands).await, "{}", world.log());
    })
    .await;
}
