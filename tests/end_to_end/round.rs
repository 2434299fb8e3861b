//! 週のまとめ and 年間の流れ: the desk is told once a week what waits, and asked once a year for what
//! nobody must forget.

use super::{at, command, number_in, wording::read};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const DESK: &str = "相談窓口";
const UNDO: &str = "元に戻す（10分以内）";

/// The posts at the desk whose title begins so, oldest first.
fn posts(world: &World, title: &str) -> Vec<MessageView> {
    let mut cards = world.cards(DESK);
    cards.retain(|card| {
        let first = card
            .embeds
            .first()
            .and_then(|embed| embed["title"].as_str());
        first.is_some_and(|found| found.starts_with(title))
    });
    cards.sort_by_key(|card| card.id);
    cards
}

fn digests(world: &World) -> Vec<MessageView> {
    posts(world, "週のまとめ")
}

fn councils(world: &World) -> Vec<MessageView> {
    posts(world, "協議会の準備")
}

async fn plan(world: &World, other: Value) -> MessageView {
    let mut options = json!({
        "title": "連携に関する打合せ会", "tier": 1, "kind": "meeting", "associations": "薬剤師会",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    command(world, COORDINATOR, "session plan", options).await
}

async fn set(world: &World, key: &str, value: &str) {
    let options = json!({"key": key, "value": value});
    command(world, COORDINATOR, "office setting", options).await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_desk_is_told_on_monday_what_waits_and_what_is_coming(#[case] database: Database) {
    world(database, async |world| {
        let place = world.channel("広場");
        let chair = world.person("薬剤師会の会長");
        let told = json!({"text": "退院の連絡が急で薬が間に合わない", "tier": 2});
        let said = chair.slash(place, "issue add", told).await.expect_message();
        let proposal = json!({
            "number": number_in(&said).to_string(), "audience": "tier3",
            "wording": "ふだんから知らせ合えると助かります",
        });
        chair
            .slash(place, "issue share", proposal)
            .await
            .expect_message();
        for (date, tier) in [
            ("2026-12-01", 1),
            ("2026-12-08", 1),
            ("2026-12-17", 1),
            ("2026-12-21", 1),
        ] {
            plan(world, json!({"date": date, "tier": tier, "start": "14:00"})).await;
        }
        at(world, "2026-12-07 08:59").await;
        let before = digests(world).len();
        at(world, "2026-12-07 09:00").await;
        let told = digests(world);
        assert_eq!(told.len(), before + 1, "{}", world.log());
        let digest = told.last().expect("one");
        insta::assert_snapshot!("digest_desk", read(digest));
        assert!(!digest.text().contains("退院の連絡"), "numbers only");
        let coordinator = world.person(COORDINATOR);
        let now = coordinator
            .press_label(digest.id, "いまの様子を見る")
            .await
            .expect_message();
        assert!(now.text().contains("12月7日"), "{}", now.text());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_digest_comes_once_a_week_on_a_business_day_whatever_restarts(
    #[case] database: Database,
) {
    world(database, async |world| {
        set(world, "adviser_meeting", "なし").await;
        // Monday the 23rd is a holiday.
        at(world, "2026-11-23 23:00").await;
        assert!(digests(world).is_empty());
        world.restart().await;
        at(world, "2026-11-24 09:00").await;
        world.restart().await;
        world.dealt_with().await;
        let told = digests(world);
        assert_eq!(told.len(), 1, "{}", world.log());
        insta::assert_snapshot!("digest_nothing", read(&told[0]));
        // Deleted by hand it is gone; the next one comes all the same.
        world.fake.delete_message(told[0].id);
        at(world, "2026-11-30 09:00").await;
        assert_eq!(digests(world).len(), 1);
        // Away for three weeks: one, late, of the day it comes on.
        world.stop_bot().await;
        world.clock.move_to("2026-12-23 11:00");
        world.start_bot().await;
        world.dealt_with().await;
        let told = digests(world);
        assert_eq!(told.len(), 2);
        let late = told[1].text();
        assert!(late.contains("12月23日") && late.contains("遅延"), "{late}");
        // Closed from 29 December to 3 January; the 4th is a Monday.
        at(world, "2027-01-03 23:00").await;
        assert_eq!(digests(world).len(), 3, "that of the 28th");
        at(world, "2027-01-04 09:00").await;
        assert_eq!(digests(world).len(), 4);
    })
    .await;
}

#[tokio::test]
async fn two_processes_post_one_digest() {
    world(Database::Postgres, async |world| {
        let other = world.another_bot().await;
        at(world, "2026-11-24 09:00").await;
        assert_eq!(digests(world).len(), 1, "{}", world.log());
        assert!(other.stop().await, "nothing is left in hand");
    })
    .await;
}

/// The digest comes at another time; what is answered.
async fn digest_at(world: &World, cron: &str) -> MessageView {
    let options = json!({"what": "digest", "cron": cron});
    command(world, COORDINATOR, "office schedule", options).await
}

/// What is said to whoever takes an answer back.
async fn taken_back(world: &World, answer: &MessageView) -> String {
    let coordinator = world.person(COORDINATOR);
    coordinator.press_label(answer.id, UNDO).await.text()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn another_day_of_the_digest_is_taken_back_until_somebody_sets_it_again(
    #[case] database: Database,
) {
    world(database, async |world| {
        let first = digest_at(world, "毎週水曜 8時半").await;
        let back = taken_back(world, &first).await;
        assert!(back.contains("毎週月曜 9:00"), "{back}");
        // The Monday is a holiday.
        at(world, "2026-11-24 09:00").await;
        assert_eq!(digests(world).len(), 1, "{}", world.log());
        let second = digest_at(world, "毎週水曜 8時半").await;
        let third = digest_at(world, "毎週金曜 9時").await;
        let refused = taken_back(world, &second).await;
        assert!(refused.contains("ほかの方が変えた"), "{refused}");
        world.restart().await;
        let back = taken_back(world, &third).await;
        assert!(back.contains("毎週水曜 8:30"), "{back}");
        let late = digest_at(world, "毎週金曜 9時").await;
        at(world, "2026-11-24 09:30").await;
        let refused = taken_back(world, &late).await;
        assert!(refused.contains("10分が過ぎた"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn the_day_of_the_digest_is_the_offices_to_choose() {
    world(Database::Sqlite, async |world| {
        let schedule = async |who: &str, cron: &str, other: Value| -> MessageView {
            let mut options = json!({"what": "digest", "cron": cron});
            for (name, value) in other.as_object().expect("options") {
                options[name] = value.clone();
            }
            command(world, who, "office schedule", options).await
        };
        let set = schedule(COORDINATOR, "毎週水曜 8時半", json!({})).await;
        insta::assert_snapshot!("schedule_set", read(&set));
        for (who, cron, shift, expected) in [
            (
                "薬剤師会の会長",
                "毎週金曜 9時",
                None,
                "連携コーディネーターだけ",
            ),
            (COORDINATOR, "12/1 9時", None, "くり返し届くもの"),
            (COORDINATOR, "毎日9時と15時", None, "一日一回まで"),
            (COORDINATOR, "0 9 30 2 *", None, "一度もありません"),
            (COORDINATOR, "いつか", None, "読み取れません"),
            (
                COORDINATOR,
                "毎週金曜 9時（休みなら前営業日）",
                Some("next"),
                "空けてください",
            ),
        ] {
            let other = shift.map_or(json!({}), |shift| json!({"shift": shift}));
            let said = schedule(who, cron, other).await.text();
            assert!(said.contains(expected), "{cron}: {said}");
        }
        at(world, "2026-11-25 08:29").await;
        assert!(digests(world).is_empty());
        at(world, "2026-11-25 08:30").await;
        assert_eq!(digests(world).len(), 1);
        // Wednesday the 30th is a closed day, and so on to the 3rd.
        at(world, "2026-12-29 10:00").await;
        let before = digests(world).len();
        at(world, "2027-01-04 08:29").await;
        assert_eq!(digests(world).len(), before);
        at(world, "2027-01-04 08:30").await;
        assert_eq!(digests(world).len(), before + 1);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_council_is_proposed_in_april_until_one_is_planned(#[case] database: Database) {
    world(database, async |world| {
        at(world, "2027-04-01 08:59").await;
        assert!(councils(world).is_empty());
        at(world, "2027-04-01 09:00").await;
        let proposed = councils(world);
        assert_eq!(proposed.len(), 1, "{}", world.log());
        insta::assert_snapshot!("council_proposed", read(&proposed[0]));
        let coordinator = world.person(COORDINATOR);
        let form = coordinator.press_label(proposed[0].id, "協議会を予定する").await.expect_modal();
        let fields = json!({
            "title": "在宅医療連携拠点事業推進協議会", "date": "5/20", "start": "午後2時", "end": "",
            "place": "市民会館",
        });
        let planned = coordinator.submit(&form, fields.clone()).await.expect_message();
        insta::assert_snapshot!("council_planned", read(&planned));
        let form = coordinator.press_label(proposed[0].id, "協議会を予定する").await.expect_modal();
        let again = coordinator.submit(&form, fields).await.expect_message();
        assert!(again.text().contains("すでに予定されています"), "{}", again.text());
        let listed = command(world, "オブザーバー", "session list", json!({})).await;
        assert!(listed.text().contains("推進協議会"), "everybody may know: {}", listed.text());
        // Next year's is planned before anybody asks.
        let council = json!({
            "title": "推進協議会", "tier": 3, "kind": "council", "date": "2028-05-20", "associations": "薬剤師会",
        });
        plan(world, council).await;
        at(world, "2028-04-10 09:00").await;
        assert_eq!(councils(world).len(), 1);
        at(world, "2029-04-02 09:00").await;
        assert_eq!(councils(world).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_has_not_been_met_for_long_is_named_in_the_first_digest_of_a_quarter() {
    world(Database::Sqlite, async |world| {
        set(world, "adviser_meeting", "なし").await;
        plan(world, json!({"date": "2026-12-01"})).await;
        at(world, "2026-12-28 09:00").await;
        let last = digests(world).pop().expect("one");
        assert!(!last.text().contains("長く会っていない"), "{}", last.text());
        at(world, "2027-01-04 09:00").await;
        let first = digests(world).pop().expect("one");
        insta::assert_snapshot!("digest_of_a_quarter", read(&first));
        let coordinator = world.person(COORDINATOR);
        let form = coordinator.press_label(first.id, "医師会との打合せを予定する").await.expect_modal();
        let fields = json!({"title": "医師会との打合せ会", "date": "2/31", "start": "", "end": "", "place": ""});
        let refused = coordinator.submit(&form, fields.clone()).await.expect_message();
        assert!(refused.text().contains("暦にありません"), "{}", refused.text());
        let form = coordinator.press_label(first.id, "医師会との打合せを予定する").await.expect_modal();
        let mut fields = fields;
        fields["date"] = json!("1/20");
        let planned = coordinator.submit(&form, fields).await.expect_message();
        assert!(planned.text().contains("第1回 医師会との打合せ会"), "{}", planned.text());
        at(world, "2027-01-12 09:00").await;
        let second = digests(world).pop().expect("one");
        assert!(!second.text().contains("長く会っていない"), "{}", second.text());
        at(world, "2027-04-05 09:00").await;
        let first = digests(world).pop().expect("one");
        let text = first.text();
        assert!(text.contains("長く会っていない") && !text.contains("・医師会（"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn the_adviser_is_asked_for_each_quarter_until_a_meeting_is_planned() {
    world(Database::Sqlite, async |world| {
        at(world, "2026-11-24 09:00").await;
        let first = digests(world).pop().expect("one");
        assert!(first.text().contains("まだ開いた記録がなく"), "{}", first.text());
        let coordinator = world.person(COORDINATOR);
        let form = coordinator.press_label(first.id, "アドバイザー会議を予定する").await.expect_modal();
        let fields = json!({"title": "アドバイザー会議", "date": "12/3", "start": "", "end": "", "place": ""});
        let planned = coordinator.submit(&form, fields).await.expect_message();
        assert!(planned.text().contains("アドバイザー会議"), "{}", planned.text());
        for (day, asked) in [
            ("2026-11-30 09:00", false),
            ("2027-03-01 09:00", false),
            ("2027-03-08 09:00", true),
        ] {
            at(world, day).await;
            let digest = digests(world).pop().expect("one").text();
            assert_eq!(digest.contains("次の予定がまだありません"), asked, "{day}: {digest}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_plan_what_the_round_asks_for() {
    world(Database::Sqlite, async |world| {
        at(world, "2026-11-24 09:00").await;
        for who in [
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let person = world.person(who);
            let own = command(world, who, "help", json!({})).await;
            for forged in [
                "v1:round-digest:1",
                "v1:round-ask-council:2027",
                "v1:round-ask-adviser:1",
                "v1:round-ask-talk:1",
                "v1:round-plan-council:2027",
            ] {
                let answer = person.press(own.id, forged).await;
                assert!(answer.modal().is_none(), "{who} {forged}");
                let text = answer.text();
                assert!(!text.contains("週のまとめ"), "{who} {forged}: {text}");
            }
        }
        let listed = command(world, COORDINATOR, "session list", json!({})).await;
        assert!(listed.text().contains("ありません"), "{}", listed.text());
    })
    .await;
}

#[tokio::test]
async fn an_english_office_reads_its_week_in_english() {
    world(Database::Sqlite, async |world| {
        set(world, "locale", "en").await;
        plan(world, json!({"date": "2026-12-08"})).await;
        at(world, "2026-12-07 09:00").await;
        let told = posts(world, "Weekly digest").pop().expect("one");
        insta::assert_snapshot!("digest_en", read(&told));
        at(world, "2027-04-01 09:00").await;
        let told = posts(world, "Preparing the council").pop().expect("one");
        insta::assert_snapshot!("council_en", read(&told));
    })
    .await;
}
