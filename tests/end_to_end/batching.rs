//! A meeting at once: many lines become as many issues, shown before they are kept.

mod guard;

use super::{field, number_in, wording::read};
use fake_discord::{MessageView, ModalView, Person};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{
    database::Database,
    world::{World, world},
};

/// What a talk with the pharmacists brought: their own matters, matters with others, of the region.
const NOTES: [&str; 12] = [
    "薬局によって在宅医療への姿勢がバラバラだ",
    "会員のあいだで在庫の数え方がまちまちだ",
    "若い薬剤師の知識や経験に差がある",
    "夜間の当番を回す人手が足りない",
    "病院から退院の連絡が来るのが前日になる",
    "ケアマネジャーに服薬の相談をしてもらえない",
    "訪問看護師と薬の情報を分け合う様式がない",
    "歯科医師へ飲み薬の情報を伝える道がない",
    "地域全体で災害のときの薬の備えが決まっていない",
    "看取りの体制について住民への周知が足りない",
    "会の総意として在宅に取り組む方針がまだない",
    "ICTで地域の情報を見られる範囲が決まっていない",
];

fn numbered() -> String {
    let lines: Vec<String> = (1..)
        .zip(NOTES)
        .map(|(n, said)| format!("{n}. {said}"))
        .collect();
    lines.join("\n")
}

async fn ask(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

async fn form(world: &World, who: &Person, options: Value) -> ModalView {
    let answer = who.slash(world.channel("広場"), "issue add", options).await;
    answer.expect_modal()
}

/// The preview of lines typed into the form.
async fn preview(world: &World, who: &Person, options: Value, text: &str) -> MessageView {
    let form = form(world, who, options).await;
    let fields = json!({"text": text, "note": "", "speaker": ""});
    who.submit(&form, fields).await.expect_message()
}

async fn press(who: &Person, message: &MessageView, label: &str) -> MessageView {
    who.press_label(message.id, label).await.expect_message()
}

fn custom_id(message: &MessageView, label: &str) -> String {
    let buttons = message.buttons();
    let found = buttons.iter().find(|button| button.label == label);
    found
        .and_then(|button| button.custom_id.clone())
        .unwrap_or_else(|| panic!("no button {label} in {}", message.text()))
}

/// Presses what stands on somebody else's screen, or is gone from one's own.
async fn forge(world: &World, who: &Person, data: Value) -> String {
    let place = world.channel("広場");
    let own = ask(world, who, "help", json!({})).await;
    let said = who.deliver_raw(place, 3, data, Some(own.id)).await;
    said.text()
}

async fn count(world: &World) -> String {
    let coordinator = world.person("コーディネーター");
    let list = ask(world, &coordinator, "issue list", json!({})).await;
    let title = list.embeds.first().map(|embed| embed["title"].clone());
    title
        .and_then(|title| title.as_str().map(str::to_owned))
        .unwrap_or_default()
}

async fn plan(world: &World) {
    let options = json!({
        "title": "薬剤師会との連携に関する打合せ会", "tier": 1, "kind": "meeting",
        "date": "令和8年11月20日", "associations": "薬剤師会",
    });
    let coordinator = world.person("コーディネーター");
    let planned = ask(world, &coordinator, "session plan", options).await;
    assert!(
        planned.text().contains("予定しました"),
        "{}",
        planned.text()
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_notes_of_a_talk_become_issues_of_its_session_in_the_right_channels(
    #[case] database: Database,
) {
    world(database, async |world| {
        plan(world).await;
        let contact = world.person("薬剤師会の連携担当");
        let shown = preview(world, &contact, json!({"session": "1"}), &numbered()).await;
        assert!(shown.ephemeral, "the preview is for the person only");
        insta::assert_snapshot!("batch_preview", read(&shown));
        assert_eq!(count(world).await, "", "nothing is kept yet");
        let second = press(&contact, &shown, "次へ").await;
        insta::assert_snapshot!("batch_preview_second_page", read(&second));
        let kept = press(&contact, &second, "12件として記録").await;
        insta::assert_snapshot!("batch_kept", read(&kept));
        world.settled().await;
        let (own, desk) = (world.cards("一次-薬剤師会"), world.cards("相談窓口"));
        let cards = own.len() + desk.len();
        assert_eq!(cards, 12 + 1, "each has one card, and so has the talk");
        let talk = ["会長", "連携担当"].map(|r| world.city.person(&format!("薬剤師会の{r}")));
        let coordinators: BTreeSet<u64> = [
            world.city.owner,
            world.city.person("コーディネーター"),
            world.city.person("二人目のコーディネーター"),
        ]
        .into();
        for (said, is_own) in [(NOTES[0], true), (NOTES[4], false), (NOTES[8], false)] {
            let mut allowed = coordinators.clone();
            allowed.insert(contact.id());
            if is_own {
                allowed.extend(talk);
            }
            assert_eq!(world.fake.who_saw(said), allowed, "{said}");
        }
        let coordinator = world.person("コーディネーター");
        let of_session = ask(world, &coordinator, "issue list", json!({"session": "1"})).await;
        assert!(
            of_session.text().contains("全12件"),
            "{}",
            of_session.text()
        );
        let first = ask(world, &coordinator, "issue show", json!({"number": "1"})).await;
        assert!(first.text().contains(NOTES[0]), "numbers are in order");
        assert_eq!(field(&first, "把握の場").as_deref(), Some("一次連携"));
        assert_eq!(
            field(&first, "職種・団体").as_deref(),
            Some("薬剤師会 / 薬剤師")
        );
    })
    .await;
}

#[tokio::test]
async fn a_line_with_a_number_is_kept_back_and_reworded_alone() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let text = "・夜間の当番の引き継ぎがまちまちだ\n・連絡は090-1234-5678の山田さんへ\n・在庫の数え方がまちまちだ";
        let shown = preview(world, &chair, json!({"tier": 1}), text).await;
        insta::assert_snapshot!("batch_preview_kept_back", read(&shown));
        let labels: Vec<String> = shown.buttons().into_iter().map(|button| button.label).collect();
        assert_eq!(labels, ["2件として記録", "直す"], "as one text it would hold the number");
        let kept = press(&chair, &shown, "2件として記録").await;
        assert!(!kept.text().contains("1234"), "{}", kept.text());
        let again = chair.press_label(kept.id, "残り1件を書き直す").await.expect_modal();
        let left = again.fields[0].value.clone().unwrap_or_default();
        assert!(left.contains("［電話番号］") && !left.contains("まちまち"), "{left}");
        let fields = json!({"text": "夜間の連絡先が決まっていない", "note": "", "speaker": ""});
        let added = chair.submit(&again, fields).await.expect_message();
        assert_eq!(number_in(&added), 3);
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 3);
        assert!(world.fake.who_saw("1234-5678").is_empty(), "the number reached nobody");
        assert!(!world.log().contains("1234"));
    })
    .await;
}

#[tokio::test]
async fn lines_are_corrected_before_they_are_kept_and_keep_the_tiers_that_were_chosen() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let text = "当番の決め方を話し合いたい\n要介護3の佐藤さんの家が遠い\n薬が大量に余っている方がいる\n会費の集め方を変えたい";
        let shown = preview(world, &chair, json!({}), text).await;
        let select = shown.selects()[0]["custom_id"].as_str().expect("a select").to_owned();
        let changed = chair.select(shown.id, &select, &["1:3", "4:2"]).await.expect_message();
        let said = read(&changed);
        assert!(said.contains("③地域全体（三次）（ご指定のとおり）"), "{said}");
        let form = chair.press_label(changed.id, "直す").await.expect_modal();
        let written = form.fields[0].value.clone().unwrap_or_default();
        assert!(written.starts_with("当番の決め方を話し合いたい\n"), "{written}");
        assert!(!written.contains("佐藤"), "masked: {written}");
        assert!(!written.contains("余って"), "one patient's condition is kept nowhere: {written}");
        // Sent again as it is, a masked name stays masked, and what was left out is still to be written.
        let same = json!({"text": written, "note": "", "speaker": ""});
        let again = chair.submit(&form, same).await.expect_message();
        assert!(again.text().contains("3件として記録します（ほか1件"), "{}", again.text());
        let form = chair.press_label(again.id, "直す").await.expect_modal();
        let fields = json!({
            "text": "当番の決め方を話し合いたい\n遠い家への訪問が続いている\n会費の集め方を変えたい",
            "note": "三役で", "speaker": "仮名 太郎",
        });
        let again = chair.submit(&form, fields).await.expect_message();
        assert_eq!(again.id, shown.id, "the preview is drawn anew in its place");
        let said = read(&again);
        assert!(said.contains("3件として記録します") && said.contains("ご指定のとおり"), "{said}");
        press(&chair, &again, "3件として記録").await;
        world.settled().await;
        let coordinator = world.person("コーディネーター");
        for (number, tier) in [("1", "③"), ("3", "②")] {
            let shown = ask(world, &coordinator, "issue show", json!({"number": number})).await;
            assert!(shown.text().contains(tier), "#{number}: {}", shown.text());
            assert_eq!(field(&shown, "備考").as_deref(), Some("三役で"));
            assert_eq!(field(&shown, "発言者").as_deref(), Some("仮名 太郎"));
        }
    })
    .await;
}

#[tokio::test]
async fn sixty_lines_are_kept_in_two_goes() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let lines: Vec<String> = (0..60)
            .map(|n| format!("{}の棚の並べ方がまちまちだ", letters(n)))
            .collect();
        let shown = preview(world, &chair, json!({"tier": 1}), &lines.join("\n")).await;
        assert!(
            shown.text().contains("50件として記録します（ほか10件"),
            "{}",
            shown.text()
        );
        let mut page = shown.clone();
        for number in 2..=6 {
            page = press(&chair, &page, "次へ").await;
            assert!(
                page.text().contains(&format!("{number} / 6")),
                "{}",
                page.text()
            );
        }
        assert!(page.text().contains("50件までです"), "{}", page.text());
        let kept = press(&chair, &page, "50件として記録").await;
        assert!(kept.text().contains("（#1～#50）"), "{}", kept.text());
        let form = chair
            .press_label(kept.id, "残り10件を書き直す")
            .await
            .expect_modal();
        let shown = chair.submit(&form, json!({})).await.expect_message();
        assert!(
            shown.text().contains("10件として記録します"),
            "{}",
            shown.text()
        );
        press(&chair, &shown, "10件として記録").await;
        assert!(count(world).await.contains("全60件"));
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 60);
    })
    .await;
}

/// A number in letters, since digits may look like something else.
fn letters(number: u32) -> String {
    let digit = |n| char::from_u32(u32::from('あ') + n * 2).unwrap_or('ん');
    format!("{}{}", digit(number / 10), digit(number % 10))
}

#[tokio::test]
async fn one_text_of_several_lines_stays_one_where_that_is_meant() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let said = "棚卸しの日がばらばらだ。\nそろえたいが、言い出す人がいない。";
        let shown = preview(world, &chair, json!({"tier": 1}), said).await;
        let kept = press(&chair, &shown, "1件の文章として記録").await;
        assert_eq!(number_in(&kept), 1);
        let again = forge(
            world,
            &chair,
            json!({
                "custom_id": custom_id(&shown, "1件の文章として記録"), "component_type": 2,
            }),
        )
        .await;
        assert!(!again.contains("記録しました"), "{again}");
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        assert_eq!(super::wording(&card), said);
        // A long text is not lost either.
        let long = "在宅への思いを長く語りました。".repeat(180);
        let shown = preview(world, &chair, json!({"tier": 1}), &long).await;
        assert!(shown.text().contains("長すぎます"), "{}", shown.text());
        let form = chair.press_label(shown.id, "直す").await.expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some(long.as_str()));
    })
    .await;
}

#[tokio::test]
async fn two_columns_of_a_sheet_say_who_said_what() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let text = "職種\t意見\n薬剤師\t病院から退院の連絡が来るのが遅い\nケアマネ\t服薬のことを相談する先が分からない\n薬剤帥\t名前を打ち間違えた行です";
        let shown = preview(world, &coordinator, json!({}), text).await;
        insta::assert_snapshot!("batch_preview_of_a_sheet", read(&shown));
        press(&coordinator, &shown, "2件として記録").await;
        world.settled().await;
        for (number, source) in [("1", "薬剤師会 / 薬剤師"), ("2", "介護支援専門員連絡協議会 / 介護支援専門員")] {
            let shown = ask(world, &coordinator, "issue show", json!({"number": number})).await;
            assert_eq!(field(&shown, "職種・団体").as_deref(), Some(source));
        }
        // Nobody writes down what another association said.
        let chair = world.person("薬剤師会の会長");
        let text = "職種\t意見\n薬剤師\t棚卸しの日がばらばらだ\nケアマネ\t訪問の日程が合わせにくい\n薬剤帥\t書き間違えた職種の行です";
        let shown = preview(world, &chair, json!({}), text).await;
        let said = shown.text();
        assert!(said.contains("ご自身の団体・職種の発言だけ"), "{said}");
        assert!(said.contains("1件として記録します（ほか2件"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_list_pasted_into_the_option_is_taken_apart_too() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "①棚卸しの日がばらばらだ ②鍵の番が決まらない", "tier": 1});
        let shown = ask(world, &member, "issue add", options).await;
        assert!(
            shown.text().contains("2件として記録します"),
            "{}",
            shown.text()
        );
        press(&member, &shown, "2件として記録").await;
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn all_of_it_is_taken_back_with_one_press_but_for_what_has_changed() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let shown = preview(
            world,
            &chair,
            json!({"tier": 1}),
            "棚卸しの日がばらばらだ\n鍵の番が決まらない\n当番表がない",
        )
        .await;
        let kept = press(&chair, &shown, "3件として記録").await;
        world.settled().await;
        let coordinator = world.person("コーディネーター");
        let status = json!({"number": "2", "status": "sorted"});
        ask(world, &coordinator, "issue status", status).await;
        world.settled().await;
        const UNDO: &str = "すべて元に戻す（10分以内）";
        let id = custom_id(&kept, UNDO);
        for key in ["コーディネーター", "薬剤師会の連携担当"] {
            let data = json!({"custom_id": id, "component_type": 2});
            let said = forge(world, &world.person(key), data).await;
            assert!(!said.contains("取り消しました"), "{key}: {said}");
        }
        let undone = press(&chair, &kept, UNDO).await.text();
        assert!(undone.contains("2件の記録を取り消しました"), "{undone}");
        assert!(undone.contains("#2は、その後に変わったため"), "{undone}");
        assert!(undone.contains("読んだ方がいるかもしれません"), "{undone}");
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        assert!(count(world).await.contains("全1件"));
        let again = forge(world, &chair, json!({"custom_id": id, "component_type": 2})).await;
        assert!(again.contains("すでに元に戻してあります"), "{again}");
        let shown = preview(world, &chair, json!({"tier": 1}), "棚卸し\n鍵の番").await;
        let kept = press(&chair, &shown, "2件として記録").await;
        world.clock.advance(chrono::Duration::minutes(11));
        let late = chair.press_label(kept.id, UNDO).await.text();
        assert!(late.contains("10分が過ぎた"), "{late}");
        world.settled().await;
    })
    .await;
}
