//! Letting go under strain: several processes at once, power cuts, an office larger than one file, and how
//! long a feedback is kept.

mod cut;
mod several;

use super::{command, number_in};
use chrono::NaiveDate;
use domain::{
    id::{FeedbackId, NoticeId, OfficeId, ServerId},
    notice::{Notice, Origin},
};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use storage::{Store, archive::TABLES, audit::CALENDAR};
use tests::{
    database::Database,
    dice::Dice,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
const DESK: &str = "相談窓口";
const TOLD: &str = "フィードバック-薬剤師会";
/// More than an archive of 10 MiB holds: words by chance, which no program packs well.
const NOTICES: usize = 90;
/// Letters of each of them.
const LETTERS: usize = 30_000;
/// The first of the letters they are made of, and how many there are.
const KANJI: (u32, usize) = (0x4E00, 20_000);

async fn press(world: &World, message: &MessageView, label: &str) -> MessageView {
    let coordinator = world.person(COORDINATOR);
    let pressed = coordinator.press_label(message.id, label).await;
    pressed.expect_message()
}

fn cards(world: &World, channel: &str, words: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains(words));
    cards.sort_by_key(|card| card.id);
    cards
}

/// The office of the server.
async fn office(world: &World, records: &Store) -> OfficeId {
    let found = records.office(ServerId(world.city.guild)).await;
    found.expect("read").expect("the office is there").id
}

/// How many rows an office has in every table, by the table's name.
async fn counted(records: &Store, office: OfficeId) -> Vec<(&'static str, i64)> {
    let mut counted = Vec::new();
    for table in TABLES {
        let count = records.read(move |c| Box::pin(storage::archive::count(c, office, table)));
        counted.push((table.name, count.await.expect("counted")));
    }
    counted
}

/// A notice whose wording is made by chance.
async fn keep_long_notice(world: &World, office: OfficeId, number: usize) {
    let now = commands::clock::Clock::now(&*world.clock);
    let notice = Notice {
        id: NoticeId(0),
        revision: 0,
        draft: false,
        title: format!("長い通知その{number}"),
        number: None,
        issuer: None,
        date: NaiveDate::from_ymd_opt(2026, 11, 1),
        topic: None,
        link: None,
        scopes: Vec::new(),
        changes: Vec::new(),
        origin: Origin::Form,
        added_by: Some(CALENDAR),
        created_at: now,
        changed_at: now,
        retracted: false,
    };
    let mut dice = Dice::of(7, number);
    let mut letter = || {
        let of = u32::try_from(dice.below(KANJI.1)).expect("few");
        char::from_u32(KANJI.0 + of).expect("a letter")
    };
    let words: String = (0..LETTERS).map(|_| letter()).collect();
    let kept = world.store().write(move |tx| {
        let (notice, words) = (notice.clone(), words.clone());
        Box::pin(async move { storage::notice::insert(tx, office, &notice, Some(&words)).await })
    });
    kept.await.expect("it is kept");
}

#[tokio::test]
async fn an_office_too_large_for_one_file_is_told_what_to_do() {
    world(Database::Sqlite, async |world| {
        let id = office(world, world.store()).await;
        for number in 1..=NOTICES {
            keep_long_notice(world, id, number).await;
        }
        let shown = command(world, COORDINATOR, "office export", json!({})).await;
        // What it says in the end stands where it said how far it had come.
        let answer = |world: &World| {
            let all = world.fake.all_messages().into_iter();
            let of_it = all.filter(|message| message.id == shown.id);
            of_it.map(|message| message.text()).collect::<String>()
        };
        let told = async |world: &World| answer(world).contains("renkei export");
        assert!(world.until(told).await, "{}", answer(world));
        for words in ["10 MiB", "氏名は入りません", "/issue export"] {
            assert!(answer(world).contains(words), "{words}: {}", answer(world));
        }
        let files = world.fake.all_messages().into_iter();
        let mut files = files.flat_map(|message| message.versions);
        assert!(files.all(|version| version.attachments.is_empty()));
        let audit = command(world, COORDINATOR, "office audit", json!({})).await;
        assert!(
            !audit.text().contains("拠点の一括書き出し"),
            "nothing was handed out: {}",
            audit.text()
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_an_association_was_told_goes_with_its_post_when_its_time_is_over(
    #[case] database: Database,
) {
    world(database, async |world| {
        let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        let number = number_in(&command(world, CHAIR, "issue add", options).await);
        let options = json!({"number": number.to_string(), "status": "dropped", "note": "やめた"});
        command(world, COORDINATOR, "issue status", options).await;
        let options = json!({"association": "薬剤師会"});
        let preview = command(world, COORDINATOR, "feedback draft", options).await;
        press(world, &preview, "承認して送る").await;
        world.settled().await;
        assert_eq!(world.cards(TOLD).len(), 1, "{}", world.log());

        let of = json!({"of": "feedback:1"});
        let early = command(world, COORDINATOR, "office retention", of.clone()).await;
        assert!(early.text().contains("令和14年4月1日"), "{}", early.text());
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let due = command(world, COORDINATOR, "office retention", of).await;
        assert!(
            due.text().contains("保存期間を過ぎています"),
            "{}",
            due.text()
        );
        let card = cards(world, DESK, "保存期間を過ぎた記録").remove(0);
        assert!(card.text().contains("フィードバック"), "{}", card.text());
        let asked = press(world, &card, "削除する…").await;
        press(world, &asked, "削除する（元に戻せません）").await;
        let gone = async |world: &World| world.cards(TOLD).is_empty();
        assert!(world.until(gone).await, "{}", world.log());
        let ended = async |world: &World| cards(world, DESK, "件を削除しました").len() == 1;
        assert!(world.until(ended).await, "{}", world.log());
        let id = office(world, world.store()).await;
        let found = world
            .store()
            .read(move |c| Box::pin(storage::feedback::find(c, id, FeedbackId(1))));
        assert_eq!(found.await.expect("read"), None, "nothing is left of it");
        let again = json!({"of": "feedback:1"});
        let again = command(world, COORDINATOR, "office retention", again).await;
        assert!(
            !again.text().contains("保存期間を過ぎています"),
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
async fn the_event_of_a_session_is_forgotten_with_it_when_its_time_is_over(
    #[case] database: Database,
) {
    world(database, async |world| {
        let options = json!({"key": "session_event", "value": "tier3"});
        command(world, COORDINATOR, "office setting", options).await;
        let options = json!({
            "title": "推進協議会", "tier": 3, "kind": "council", "date": "令和8年12月1日",
            "associations": "薬剤師会",
        });
        command(world, COORDINATOR, "session plan", options).await;
        world.settled().await;
        assert_eq!(world.fake.events(world.city.guild).len(), 1);

        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let card = cards(world, DESK, "保存期間を過ぎた記録").remove(0);
        let asked = press(world, &card, "削除する…").await;
        press(world, &asked, "削除する（元に戻せません）").await;
        let forgotten = async |world: &World| {
            world.store().occurrence_changed().notify_one();
            let marked = world
                .store()
                .read(|c| Box::pin(storage::retention::marked(c)));
            let ended = cards(world, DESK, "件を削除しました").len() == 1;
            ended && marked.await.expect("read").is_empty()
        };
        assert!(world.until(forgotten).await, "{}", world.log());
    })
    .await;
}

/// Somebody asks that their name be removed, and the desk does it; what it is told.
async fn removed(world: &World, name: &str) -> String {
    let help = command(world, CHAIR, "help", json!({"topic": "privacy"})).await;
    let person = world.person(CHAIR);
    let asked = person.press_label(help.id, "氏名の削除を頼む").await;
    asked.expect_message();
    world.settled().await;
    let card = cards(world, DESK, "氏名を削除する…").pop().expect("a card");
    let coordinator = world.person(COORDINATOR);
    let form = coordinator.press_label(card.id, "氏名を削除する…").await;
    let form = form.expect_modal();
    let found = coordinator.submit(&form, json!({"name": name})).await;
    let found = found.expect_message();
    let done = press(world, &found, "氏名を削除する（元に戻せません）").await;
    world.settled().await;
    format!("{}\n{}", found.text(), done.text())
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_name_that_was_removed_comes_back_by_no_undo(#[case] database: Database) {
    const NAME: &str = "見本 花子";
    world(database, async |world| {
        let options = json!({"text": "相談の窓口がわかりにくい", "tier": 1, "speaker": NAME});
        command(world, COORDINATOR, "issue add", options).await;
        let options = json!({"name": NAME, "association": "薬剤師会", "note": "窓口の方"});
        command(world, COORDINATOR, "office person", options).await;
        // Moments before, both were corrected; the button that takes it back is still on the screen.
        let place = world.channel("広場");
        let coordinator = world.person(COORDINATOR);
        let form = coordinator
            .slash(place, "issue edit", json!({"number": "1"}))
            .await;
        let form = form.expect_modal();
        let fields = json!({
            "text": "相談の窓口がわかりにくい", "note": "", "speaker": "見本 次郎",
        });
        let edited = coordinator.submit(&form, fields).await.expect_message();
        let late = coordinator
            .slash(place, "issue edit", json!({"number": "1"}))
            .await;
        let late = late.expect_modal();
        let options = json!({"name": NAME, "remove": true});
        let gone = command(world, COORDINATOR, "office person", options).await;
        let told = removed(world, NAME).await;
        assert!(told.contains("発言者として 0 件"), "{told}");
        for message in [&edited, &gone] {
            let undone = press(world, message, "元に戻す（10分以内）").await;
            assert!(!undone.text().contains(NAME), "{}", undone.text());
        }
        let fields = json!({"text": "相談の窓口", "note": "", "speaker": NAME});
        let typed = coordinator.submit(&late, fields).await.expect_message();
        assert!(!typed.text().contains(NAME), "{}", typed.text());
        world.settled().await;
        for (path, options) in [
            ("issue show", json!({"number": "1"})),
            ("issue list", json!({"form": 1})),
            ("office person", json!({})),
        ] {
            let said = command(world, COORDINATOR, path, options).await;
            assert!(!said.text().contains(NAME), "{path}: {}", said.text());
        }
        assert!(cards(world, DESK, NAME).is_empty());
    })
    .await;
}
