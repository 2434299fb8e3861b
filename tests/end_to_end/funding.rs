//! 基金: the menu of a prefectural fund is taken in after a preview, found by words and by what people need, and
//! linked with the projects that were paid from it. What was paid stays at the desk.

mod guard;

use super::{field, plan_table::file, wording::read};
use base64::Engine;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use std::fmt::Write as _;
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const STORE: &str = "記録する";
/// What the desk sees of projects that were paid from a line.
const USES: &str = "使った支援事業（相談窓口だけ）";
const UNDO: &str = "元に戻す（10分以内）";
const UNDO_IMPORT: &str = "取り込みを取り消す（10分以内）";

/// The menu the rules are tested with (seed 004), in the notation its head explains.
const MENU: &str = include_str!("../../storage/domain/tests/fund/table.txt");

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, path, options).await;
    answer.expect_message()
}

async fn said(world: &World, who: &str, path: &str, options: Value) -> String {
    read(&ask(world, who, path, options).await)
}

async fn press(world: &World, message: &MessageView, label: &str) -> MessageView {
    let person = world.person(COORDINATOR);
    let pressed = person.press_label(message.id, label).await;
    pressed.expect_message()
}

async fn hand_in(world: &World, who: &str, bytes: &[u8]) -> MessageView {
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    let file = json!({ "file": { "name": "メニュー.xlsx", "bytes_base64": bytes } });
    ask(world, who, "fund import", file).await
}

/// The menu, taken in by the desk.
async fn take_in(world: &World, changes: &[(&str, &str)]) -> MessageView {
    let shown = hand_in(world, COORDINATOR, &file::workbook(MENU, changes)).await;
    press(world, &shown, STORE).await
}

/// The number of a line by its place in the menu, as lists show it.
async fn number(world: &World, words: &str) -> String {
    let found = said(world, COORDINATOR, "fund search", json!({ "query": words })).await;
    let line = found.lines().find(|line| line.starts_with('#'));
    let line = line.unwrap_or_else(|| panic!("{words}: {found}"));
    let number = line.split_whitespace().next().unwrap_or_default();
    number.trim_start_matches('#').to_owned()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_menu_is_looked_at_kept_and_known_again(#[case] database: Database) {
    world(database, async |world| {
        let empty = said(world, COORDINATOR, "fund search", json!({"query": "研修"})).await;
        assert!(empty.contains("/fund import"), "{empty}");
        let shown = hand_in(world, COORDINATOR, &file::workbook(MENU, &[])).await;
        insta::assert_snapshot!("menu_preview", read(&shown));
        let new = press(world, &shown, "新しい 69").await;
        insta::assert_snapshot!("menu_preview_new", read(&new));
        let kept = press(world, &new, STORE).await;
        insta::assert_snapshot!("menu_kept", read(&kept));
        let again = hand_in(world, COORDINATOR, &file::workbook(MENU, &[])).await;
        let words = read(&again);
        assert!(words.contains("変わりません"), "{words}");
        assert!(!words.contains(&format!("［{STORE}］")), "{words}");
        // A corrected menu shows what is different, and is taken back in one step.
        let changes = [("R1~ (R5に拡充)", "R1~ (R6に拡充)"), ("H5～", "R5～")];
        let shown = hand_in(world, COORDINATOR, &file::workbook(MENU, &changes)).await;
        let changed = press(world, &shown, "変わる 2").await;
        insta::assert_snapshot!("menu_preview_changed", read(&changed));
        let kept = press(world, &changed, STORE).await;
        let after = said(
            world,
            COORDINATOR,
            "fund search",
            json!({"query": "外国人介護人材研修"}),
        )
        .await;
        assert!(after.contains("R5～"), "{after}");
        let undone = press(world, &kept, UNDO_IMPORT).await;
        assert!(
            read(&undone).contains("取り消しました"),
            "{}",
            read(&undone)
        );
        let before = said(
            world,
            COORDINATOR,
            "fund search",
            json!({"query": "外国人介護人材研修"}),
        )
        .await;
        assert!(before.contains("H5～"), "{before}");
    })
    .await;
}

#[tokio::test]
async fn ten_searches_of_an_office_are_answered() {
    world(Database::Sqlite, async |world| {
        take_in(world, &[]).await;
        let mut answers = String::new();
        for query in [
            "ICT",
            "認知症 研修",
            "ケアマネ",
            "防災",
            "外国人",
            "ハラスメント",
            "介護ロボット",
            "権利擁護",
            "離島",
            "代替要員",
        ] {
            let answer = said(
                world,
                "薬剤師会の会員",
                "fund search",
                json!({"query": query}),
            )
            .await;
            writeln!(answers, "> {query}\n{answer}").expect("a string takes everything");
        }
        insta::assert_snapshot!("menu_searched", answers);
        let all = ask(world, COORDINATOR, "fund search", json!({"query": "介護"})).await;
        let next = press(world, &all, "次へ").await;
        assert!(read(&next).contains("2 / "), "{}", read(&next));
        let none = said(
            world,
            COORDINATOR,
            "fund search",
            json!({"query": "宇宙旅行"}),
        )
        .await;
        assert!(none.contains("見つかりません"), "{none}");
    })
    .await;
}

#[tokio::test]
async fn a_line_shows_who_may_apply_and_what_is_doubtful() {
    world(Database::Sqlite, async |world| {
        take_in(world, &[]).await;
        for (name, words) in [
            ("menu_line_robot", "介護ロボット"),
            ("menu_line_doubtful", "外国人介護人材研修支援事業"),
            ("menu_line_excluding", "施設内保育"),
            ("menu_line_item", "権利擁護人材育成事業"),
        ] {
            let number = number(world, words).await;
            let shown = said(world, COORDINATOR, "fund show", json!({"number": number})).await;
            insta::assert_snapshot!(name, shown);
        }
    })
    .await;
}

#[tokio::test]
async fn an_issue_is_shown_what_fits_by_which_words() {
    world(Database::Sqlite, async |world| {
        take_in(world, &[]).await;
        let text = "記録を手で書き写していて時間がかかる。タブレットで情報を共有したい";
        let added = ask(world, "薬剤師会の会長", "issue add", json!({"text": text})).await;
        let issue = super::number_in(&added).to_string();
        let fitting = said(
            world,
            "薬剤師会の会長",
            "fund suggest",
            json!({"issue": issue}),
        )
        .await;
        insta::assert_snapshot!("menu_suggested", fitting);
        // An issue one may not read and one that does not exist are answered alike.
        let other = said(
            world,
            "医師会の会員",
            "fund suggest",
            json!({"issue": issue}),
        )
        .await;
        let nothing = said(
            world,
            "医師会の会員",
            "fund suggest",
            json!({"issue": "999"}),
        )
        .await;
        assert_eq!(other, nothing);
        assert!(!other.contains("タブレット"), "{other}");
        let both = said(world, COORDINATOR, "fund suggest", json!({})).await;
        assert!(both.contains("どちらか一つ"), "{both}");
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_a_project_was_paid_from_stands_in_the_desks_yearly_report(
    #[case] database: Database,
) {
    world(database, async |world| {
        take_in(world, &[]).await;
        let training = json!({
            "title": "防災の合同研修会", "associations": "薬剤師会", "date": "令和9年2月13日",
        });
        ask(world, COORDINATOR, "project add", training).await;
        let number = number(world, "防災リーダー").await;
        let link = json!({"number": number, "project": "1", "amount": "15万円"});
        let linked = ask(world, COORDINATOR, "fund link", link.clone()).await;
        insta::assert_snapshot!("menu_linked", read(&linked));
        let same = said(world, COORDINATOR, "fund link", link).await;
        assert!(same.contains("すでに"), "{same}");
        let at_desk = ask(world, COORDINATOR, "fund show", json!({"number": number})).await;
        let uses = field(&at_desk, USES).expect("the desk sees its use");
        assert!(
            uses.contains("150,000円") && uses.contains("令和8年度"),
            "{uses}"
        );
        let elsewhere = said(
            world,
            "薬剤師会の会長",
            "fund show",
            json!({"number": number}),
        )
        .await;
        assert!(!elsewhere.contains("150,000"), "{elsewhere}");
        let year = said(
            world,
            COORDINATOR,
            "progress year",
            json!({"year": "令和8年度"}),
        )
        .await;
        assert!(
            year.contains("相談窓口だけ") || year.contains("予算"),
            "{year}"
        );
        let undone = press(world, &linked, UNDO).await;
        assert!(
            read(&undone).contains("取り消しました"),
            "{}",
            read(&undone)
        );
        let after = ask(world, COORDINATOR, "fund show", json!({"number": number})).await;
        assert_eq!(field(&after, USES), None);
    })
    .await;
}
