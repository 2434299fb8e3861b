//! Notices: seed 003 handed in as a spreadsheet, told to each kind of association, confirmed and reminded
//! of, replaced and found again.

use super::{
    at, command,
    importing::file::{file, xlsx_of},
    wording::read,
};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
/// The seed's topics with the scopes of their headings, by our own hand.
const SEED: &str = include_str!("../../storage/domain/src/notice/seed.csv");

/// The office's associations, as if each spoke for a kind of service, in the order of their numbers.
const SCOPES: [&str; 6] = [
    "医療機関等",
    "入所施設・居住系",
    "訪問系",
    "医療機関等",
    "居宅介護支援",
    "通所系",
];

async fn press(world: &World, who: &str, shown: &MessageView, label: &str) -> MessageView {
    let pressed = world.person(who).press_label(shown.id, label).await;
    pressed.expect_message()
}

fn seed() -> Vec<&'static str> {
    SEED.lines().collect()
}

/// Gives each association its kind of service.
async fn with_scopes(world: &World) {
    for (number, scope) in (1..).zip(SCOPES) {
        let sql = format!(
            "insert into association_scope (office_id, association_id, position, scope) \
             values (1, {number}, 0, '{scope}')"
        );
        world.by_hand(&sql).await;
    }
    world
        .by_hand("update office set revision = revision + 1")
        .await;
}

async fn hand_in(world: &World, lines: &[&str]) -> MessageView {
    let rows = lines.iter();
    let rows = rows.map(|line| line.split(',').map(str::to_owned).collect());
    let given = file("通知.xlsx", &xlsx_of(rows));
    command(
        world,
        COORDINATOR,
        "notice import",
        json!({ "file": given }),
    )
    .await
}

async fn imported(world: &World) {
    let shown = hand_in(world, &seed()).await;
    assert!(shown.text().contains("登録する 73件"), "{}", shown.text());
    let stored = press(world, COORDINATOR, &shown, "登録する").await;
    assert!(
        stored.text().contains("通知73件を登録しました"),
        "{}",
        stored.text()
    );
}

fn bulletin(world: &World, channel: &str) -> MessageView {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains("通知ダイジェスト"));
    cards
        .pop()
        .unwrap_or_else(|| panic!("no bulletin in {channel}"))
}

async fn posted(world: &World) {
    with_scopes(world).await;
    imported(world).await;
    let shown = command(world, COORDINATOR, "notice digest", json!({})).await;
    let said = press(world, COORDINATOR, &shown, "配信する").await;
    assert!(said.text().contains("6団体に配信します"), "{}", said.text());
    world.settled().await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_same_list_twice_changes_nothing(#[case] database: Database) {
    world(database, async |world| {
        imported(world).await;
        let again = hand_in(world, &seed()).await;
        assert!(
            again.text().contains("新しく登録するものはありません"),
            "{}",
            again.text()
        );
        let found = command(world, CHAIR, "notice search", json!({"query": "マスク"})).await;
        assert!(
            found.text().contains("見つかった通知　3件"),
            "{}",
            found.text()
        );
        let list = command(world, CHAIR, "notice list", json!({"scope": "医療機関等"})).await;
        assert!(list.text().contains("高濃度エタノール"), "{}", list.text());
        assert!(!list.text().contains("オンライン面会"), "{}", list.text());
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn each_kind_of_association_is_told_what_is_for_it() {
    world(Database::Sqlite, async |world| {
        posted(world).await;
        for (channel, name) in [
            ("フィードバック-薬剤師会", "bulletin_visits"),
            ("フィードバック-介護支援専門員", "bulletin_care_managers"),
            ("一次-リハビリ", "bulletin_day_services"),
            ("一次-医師会", "bulletin_medical"),
            ("一次-歯科医師会", "bulletin_facilities"),
            ("行政通知", "bulletin_wide"),
        ] {
            insta::assert_snapshot!(name, read(&bulletin(world, channel)));
        }
        let again = command(world, COORDINATOR, "notice digest", json!({})).await;
        assert!(
            again.text().contains("新しく知らせる通知はありません"),
            "{}",
            again.text()
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_officer_confirms_once_and_the_reminders_stop(#[case] database: Database) {
    world(database, async |world| {
        posted(world).await;
        let card = bulletin(world, "フィードバック-薬剤師会");
        // Three business days later everybody but those who confirm is reminded, in their own channels.
        let confirmed = press(world, CHAIR, &card, "確認しました").await;
        assert!(
            confirmed.text().contains("確認を受け付けました"),
            "{}",
            confirmed.text()
        );
        world.settled().await;
        let edited = bulletin(world, "フィードバック-薬剤師会");
        assert!(
            edited.text().contains("に確認しました"),
            "{}",
            edited.text()
        );
        assert!(
            !bulletin(world, "行政通知")
                .text()
                .contains("に確認しました")
        );
        let pending = command(world, COORDINATOR, "notice pending", json!({})).await;
        assert!(
            pending.text().contains("未確認 5 / 6"),
            "{}",
            pending.text()
        );
        let refused = command(world, CHAIR, "notice pending", json!({})).await;
        assert!(!refused.text().contains("未確認"), "{}", refused.text());
        world.clock.move_to("2026-11-26 10:00");
        world.dealt_with().await;
        let reminded = |channel: &str| {
            let cards = world.cards(channel);
            cards
                .iter()
                .any(|card| card.text().contains("押されると、このお知らせは止まります"))
        };
        assert!(reminded("一次-医師会"));
        assert!(!reminded("フィードバック-薬剤師会"));
        assert!(!reminded("行政通知"));
    })
    .await;
}

#[tokio::test]
async fn of_two_bulletins_in_one_reminder_each_button_says_which_it_is() {
    world(Database::Sqlite, async |world| {
        posted(world).await;
        at(world, "2026-11-27 10:00").await;
        let new = [
            SEED.lines().next().expect("the columns"),
            "2 診療,オンライン診療の適切な実施について,厚生労働省医政局,令和8年11月26日付通知,医療機関等,",
        ];
        let stored = press(world, COORDINATOR, &hand_in(world, &new).await, "登録する").await;
        assert!(stored.text().contains("通知1件を登録しました"), "{}", stored.text());
        let shown = command(world, COORDINATOR, "notice digest", json!({})).await;
        press(world, COORDINATOR, &shown, "配信する").await;
        at(world, "2026-12-02 09:00").await;
        let reminders = world.cards("一次-医師会");
        let several = reminders.iter().find(|card| card.buttons().len() == 4);
        let several = several.unwrap_or_else(|| panic!("both in one\n{}", world.log()));
        insta::assert_snapshot!("bulletin_reminder", read(several));
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_replaced_notice_names_its_successor_and_comes_back() {
    world(Database::Sqlite, async |world| {
        imported(world).await;
        let shown = command(
            world,
            COORDINATOR,
            "notice replace",
            json!({"number": "1", "by": "2"}),
        )
        .await;
        let said = press(world, COORDINATOR, &shown, "全部を差し替える").await;
        assert!(
            said.text().contains("差し替え（#2 による）"),
            "{}",
            said.text()
        );
        let circle = json!({"number": "2", "by": "1"});
        let circle = command(world, COORDINATOR, "notice replace", circle).await;
        assert!(circle.text().contains("#1 → #2"), "{}", circle.text());
        let twice = json!({"number": "1", "by": "3"});
        let twice = command(world, COORDINATOR, "notice replace", twice).await;
        assert!(
            twice.text().contains("すでに終わっています"),
            "{}",
            twice.text()
        );
        let back = press(world, COORDINATOR, &said, "元に戻す（10分以内）").await;
        assert!(back.text().contains("取り消しました"), "{}", back.text());
        let shown = command(world, CHAIR, "notice show", json!({"number": "1"})).await;
        assert!(shown.text().contains("現行"), "{}", shown.text());
        let refused = command(world, CHAIR, "notice replace", json!({"number": "1"})).await;
        assert!(
            refused.text().contains("連携コーディネーター"),
            "{}",
            refused.text()
        );
    })
    .await;
}
