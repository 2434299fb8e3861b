//! What people read, kept as snapshots: cards for each audience, answers, refusals, lists, help, in both
//! languages. Ids of Discord are left out.

use super::{number_in, text};
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use std::fmt::Write as _;
pub(crate) use tests::book::without_ids;
use tests::{
    database::Database,
    world::{World, world},
};

/// A message as it is read: words, frame, fields, buttons.
pub(crate) fn read(message: &MessageView) -> String {
    let mut out = String::new();
    let mut put = |line: &str| writeln!(out, "{line}").expect("a string takes everything");
    if !message.content.is_empty() {
        put(&message.content);
    }
    for embed in &message.embeds {
        let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        put(&format!("【{}】", part(&embed["title"])));
        put(&part(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            put(&format!(
                "{}：{}",
                part(&field["name"]),
                part(&field["value"])
            ));
        }
        put(&part(&embed["footer"]["text"]));
    }
    for button in message.buttons() {
        put(&format!("［{}］", button.label));
    }
    without_ids(&out)
}

async fn ask(world: &World, person: &Person, path: &str, options: Value) -> String {
    let answer = person.slash(world.channel("広場"), path, options).await;
    read(&answer.expect_message())
}

/// A pharmacist whose client is English.
fn english(world: &World) -> Person {
    let role = world.city.role("薬剤師会 会員");
    let id = world
        .fake
        .add_member(world.city.guild, "Pat Example", "en-GB", &[role]);
    world.fake.person(world.city.guild, id)
}

#[tokio::test]
async fn cards_and_details_read_well_for_each_audience() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let own = json!({
            "text": "薬局によって在宅医療への姿勢がバラバラだ", "tier": 1, "speaker": "仮名 太郎",
            "note": "会の勉強会で話したい",
        });
        let said = ask(world, &chair, "issue add", own).await;
        insta::assert_snapshot!("answer_own_matter", said);
        let between = json!({
            "text": "退院の日取りが急に決まり、薬の準備が間に合わない", "about": "病院連携室",
            "speaker": "仮名 次郎",
        });
        let said = ask(world, &chair, "issue add", between).await;
        insta::assert_snapshot!("answer_confidential", said);
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        insta::assert_snapshot!("card_tier1", read(&card));
        let desk = world.cards("相談窓口").remove(0);
        insta::assert_snapshot!("card_desk", read(&desk));
        let coordinator = world.person("コーディネーター");
        let open = json!({
            "text": "地域でどのようにICTを活用していくか", "profession": "医師会", "origin": "open",
        });
        let said = ask(world, &coordinator, "issue add", open).await;
        insta::assert_snapshot!("answer_open", said);
        world.settled().await;
        let card = world.cards("三次連携").remove(0);
        insta::assert_snapshot!("card_tier3", read(&card));
        let later =
            json!({"number": "3", "status": "later", "year": "R9", "note": "予算を見てから"});
        let said = ask(world, &coordinator, "issue status", later).await;
        insta::assert_snapshot!("status_changed", said);
        for (key, name) in [
            ("コーディネーター", "details_desk"),
            ("医師会の会長", "details_who_raised_it"),
            ("オブザーバー", "details_observer"),
        ] {
            let number = json!({"number": "3"});
            let said = ask(world, &world.person(key), "issue show", number).await;
            insta::assert_snapshot!(name, said);
        }
        let said = ask(world, &coordinator, "issue list", json!({})).await;
        insta::assert_snapshot!("list", said);
    })
    .await;
}

#[tokio::test]
async fn an_english_client_reads_english_and_the_office_s_cards_stay_japanese() {
    world(Database::Sqlite, async |world| {
        let pat = english(world);
        let options = json!({"text": "Counting stock differs from shop to shop", "tier": 1});
        let said = ask(world, &pat, "issue add", options).await;
        insta::assert_snapshot!("answer_en", said);
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        insta::assert_snapshot!("card_of_an_english_wording", read(&card));
        insta::assert_snapshot!("list_en", ask(world, &pat, "issue list", json!({})).await);
        let number = json!({"number": "1"});
        insta::assert_snapshot!("details_en", ask(world, &pat, "issue show", number).await);
    })
    .await;
}

#[tokio::test]
async fn refusals_say_what_to_do_next_in_both_languages() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会員");
        let kept = chair
            .slash(
                world.channel("広場"),
                "issue add",
                json!({"text": "当番の組み方", "tier": 1}),
            )
            .await
            .expect_message();
        let number = number_in(&kept).to_string();
        let mut read = String::new();
        for (language, person) in [("ja", chair), ("en", english(world))] {
            for (path, options) in [
                ("issue add", text("連絡先は090-1234-5678です")),
                (
                    "issue add",
                    text("見本太郎さん（82歳・男性）の退院日が決まりました"),
                ),
                (
                    "issue add",
                    text("利用者の薬が大量に余っているので見てほしい"),
                ),
                ("issue add", text(&"長い".repeat(1_500))),
                (
                    "issue add",
                    json!({"text": "困りごと", "profession": "気象予報士"}),
                ),
                (
                    "issue add",
                    json!({"text": "困りごと", "profession": "医師会"}),
                ),
                ("issue add", json!({"text": "困りごと", "origin": "open"})),
                ("issue show", json!({"number": "9999"})),
                ("issue show", json!({"number": "十二"})),
                ("issue list", json!({"association": "ない会"})),
                (
                    "issue tier",
                    json!({"number": number, "tier": 1, "reason": "理由"}),
                ),
                ("issue status", json!({"number": number, "status": "done"})),
                (
                    "office role",
                    json!({"use": "adviser", "role": world.city.guild.to_string()}),
                ),
                ("office setting", json!({"key": "locale", "value": "en"})),
            ] {
                let said = ask(world, &person, path, options).await;
                writeln!(read, "{language} /{path}\n{said}\n").expect("a string takes everything");
            }
        }
        insta::assert_snapshot!("refusals", read.trim_end());
    })
    .await;
}

#[tokio::test]
async fn the_desk_s_refusals_and_settings_read_well() {
    world(Database::Sqlite, async |world| {
        let desk = world.person("コーディネーター");
        ask(world, &desk, "issue add", text("夜間の体制を考えたい")).await;
        let mut read = String::new();
        for (path, options) in [
            ("issue status", json!({"number": "1", "status": "later"})),
            (
                "issue status",
                json!({"number": "1", "status": "later", "year": "R8"}),
            ),
            ("issue status", json!({"number": "1", "status": "dropped"})),
            ("issue status", json!({"number": "1", "status": "acting"})),
            ("issue status", json!({"number": "1", "status": "done"})),
            (
                "office setting",
                json!({"key": "tier_rules", "value": "防災無線"}),
            ),
            (
                "office setting",
                json!({"key": "tier_rules", "value": "3:防災無線;1:研修記録"}),
            ),
            (
                "office setting",
                json!({"key": "tier_rules", "value": "なし"}),
            ),
            (
                "office setting",
                json!({"key": "adviser_sees", "value": "相談窓口、薬剤師会"}),
            ),
            (
                "office profession",
                json!({"name": "歯科技工士", "aliases": "技工士、技工所"}),
            ),
            (
                "office profession",
                json!({"name": "歯科技工士", "aliases": "なし"}),
            ),
            ("office association", json!({"name": "薬剤師会"})),
        ] {
            let said = ask(world, &desk, path, options).await;
            writeln!(read, "/{path}\n{said}\n").expect("a string takes everything");
        }
        insta::assert_snapshot!("desk", read.trim_end());
    })
    .await;
}

#[tokio::test]
async fn help_reads_well_in_both_languages() {
    world(Database::Sqlite, async |world| {
        for (language, person) in [
            ("ja", world.person("薬剤師会の会員")),
            ("en", english(world)),
        ] {
            let mut read = ask(world, &person, "help", json!({})).await;
            for topic in ["issue", "audience", "tier", "office", "privacy"] {
                let said = ask(world, &person, "help", json!({"topic": topic})).await;
                write!(read, "\n\n{said}").expect("a string takes everything");
            }
            insta::assert_snapshot!(format!("help_{language}"), read);
        }
    })
    .await;
}
