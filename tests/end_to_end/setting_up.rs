//! The first hour: an administrator maps roles and channels in the server, without a configuration.

use super::number_in;
use serde_json::json;
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{SetUp, World, world, world_with},
};

async fn office(world: &World, who: &str, path: &str, options: serde_json::Value) -> String {
    let place = world.channel("広場");
    world
        .person(who)
        .slash(place, path, options)
        .await
        .expect_message()
        .text()
}

#[tokio::test]
async fn an_office_is_set_up_by_commands_and_works() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let admin = "サーバーの管理者";
        let role = |name: &str| world.city.role(name).to_string();
        let channel = |name: &str| world.channel(name).to_string();
        let early = office(
            world,
            "薬剤師会の会長",
            "issue add",
            json!({"text": "まだ早い"}),
        )
        .await;
        assert!(early.contains("どの団体の方か分かりません"), "{early}");
        let denied = office(
            world,
            "薬剤師会の会長",
            "office role",
            json!({"use": "coordinator", "role": role("連携コーディネーター")}),
        )
        .await;
        assert!(denied.contains("サーバーの管理者だけ"), "{denied}");

        for (used, name) in [
            ("coordinator", "連携コーディネーター"),
            ("observer", "オブザーバー"),
        ] {
            let options = json!({"use": used, "role": role(name)});
            let said = office(world, admin, "office role", options).await;
            assert!(said.contains(name) && said.contains("にしました"), "{said}");
        }
        for (used, name) in [("desk", "相談窓口"), ("tier3", "三次連携")] {
            let options = json!({"use": used, "channel": channel(name)});
            let said = office(world, admin, "office channel", options).await;
            assert!(said.contains("にしました"), "{said}");
        }
        for (name, professions, tier1, _) in ASSOCIATIONS {
            let options = json!({
                "name": name,
                "professions": professions.join("、"),
                "channel": channel(tier1),
                "officers": role(&format!("{name} 三役")),
                "contacts": role(&format!("{name} 連携担当")),
                "members": role(&format!("{name} 会員")),
            });
            let said = office(world, admin, "office association", options).await;
            assert!(said.contains("登録しました"), "{said}");
        }
        let options = json!({
            "use": "tier2", "channel": channel("二次-入退院"),
            "association": "病院連携室、介護支援専門員連絡協議会",
        });
        let said = office(world, "コーディネーター", "office channel", options).await;
        assert!(said.contains("二次連携チャンネル"), "{said}");

        let place = world.channel("広場");
        world.accept_owner().await;
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "会費の集め方がまちまちだ", "tier": 1});
        let answer = chair
            .slash(place, "issue add", options)
            .await
            .expect_message();
        assert_eq!(number_in(&answer), 1);
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_with_what_to_do() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let admin = "サーバーの管理者";
        let role = |name: &str| world.city.role(name).to_string();
        let coordinator = json!({"use": "coordinator", "role": role("連携コーディネーター")});
        office(world, admin, "office role", coordinator).await;
        let desk = json!({"use": "desk", "channel": world.channel("相談窓口").to_string()});
        office(world, admin, "office channel", desk).await;
        let everyone = world.city.guild.to_string();
        let bot_role = world.fake.bot_role(world.city.guild).to_string();
        let members = role("連携コーディネーター");
        for (path, options, expected) in [
            (
                "office role",
                json!({"use": "adviser", "role": everyone}),
                "@everyone は全員",
            ),
            (
                "office role",
                json!({"use": "adviser", "role": bot_role}),
                "ボットや連携アプリ",
            ),
            (
                "office role",
                json!({"use": "adviser", "role": members}),
                "すでに連携コーディネーター",
            ),
            (
                "office association",
                json!({"name": "薬剤師会", "members": role("連携コーディネーター")}),
                "すでに連携コーディネーター",
            ),
            (
                "office association",
                json!({"name": "薬剤師会", "channel": world.channel("相談窓口").to_string()}),
                "すでに相談窓口",
            ),
            (
                "office association",
                json!({"name": "薬剤師会", "professions": "占い師"}),
                "という職種はありません",
            ),
            (
                "office association",
                json!({"name": "@everyone会"}),
                "名前に改行や",
            ),
            (
                "office channel",
                json!({"use": "tier2", "channel": world.channel("二次-入退院").to_string()}),
                "団体を二つ以上",
            ),
        ] {
            let said = office(world, admin, path, options).await;
            assert!(said.contains(expected), "{path}: {said}");
        }
        let settings = [
            (json!({"key": "locale", "value": "fr"}), "次のどれか"),
            (
                json!({"key": "time_zone", "value": "東京"}),
                "時間帯の名前では",
            ),
            (
                json!({"key": "fiscal_year_start", "value": "１３"}),
                "1 から 12 まで",
            ),
            (
                json!({"key": "tier_rules", "value": "3:("}),
                "1 番目が読めません",
            ),
            (
                json!({"key": "tier_rules", "value": "3:防災無線"}),
                "変えました",
            ),
        ];
        for (options, expected) in settings {
            let said = office(world, "コーディネーター", "office setting", options).await;
            assert!(said.contains(expected), "{said}");
        }
        let locked = office(
            world,
            admin,
            "office setting",
            json!({"key": "locale", "value": "en"}),
        );
        assert!(
            locked.await.contains("どの団体の方か分かりません"),
            "content settings are the desk's"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_configuration_file_sets_commands_do_not_change() {
    world(Database::Sqlite, async |world| {
        let options =
            json!({"use": "coordinator", "role": world.city.role("オブザーバー").to_string()});
        let said = office(world, "コーディネーター", "office role", options).await;
        assert!(said.contains("構成ファイル"), "{said}");
        let options = json!({"name": "薬剤師会", "circle": "members"});
        let said = office(world, "コーディネーター", "office association", options).await;
        assert!(said.contains("構成ファイル"), "{said}");
        let shown = office(
            world,
            "コーディネーター",
            "office association",
            json!({"name": "薬剤師会"}),
        );
        assert!(shown.await.contains("一次連携チャンネル"));
    })
    .await;
}

#[tokio::test]
async fn an_office_s_own_word_decides_the_tier() {
    world(Database::Sqlite, async |world| {
        let options = json!({"key": "tier_rules", "value": "3:当番札"});
        office(world, "コーディネーター", "office setting", options).await;
        let said = office(
            world,
            "薬剤師会の会長",
            "issue add",
            json!({"text": "当番札の回し方を決めたい"}),
        )
        .await;
        assert!(
            said.contains("③地域全体（三次）（決め手：「当番札」"),
            "{said}"
        );
    })
    .await;
}
