//! Importing a list: an office drops its spreadsheet, sees what was understood, and only then has issues.

pub(crate) mod file;
mod hostile;
mod long;
mod removed;
mod said_at;
mod undo;

use fake_discord::{MessageView, Person};
use file::{BEGINNING, Form, csv, file, xlsx};
use rstest::rstest;
use serde_json::{Value, json};
use storage::audit;
use tests::{
    database::Database,
    leak::all_issues,
    world::{World, world},
};

const CONFIRM: &str = "件を取り込む";

/// Hands a file in, as a coordinator does.
async fn hand_in(world: &World, who: &Person, given: Value) -> MessageView {
    let place = world.channel("相談窓口");
    let answer = who.slash(place, "issue import", json!({ "file": given }));
    answer.await.expect_message()
}

/// The button whose label holds these words.
fn button(message: &MessageView, words: &str) -> String {
    let buttons = message.buttons();
    let found = buttons.iter().find(|button| button.label.contains(words));
    let found = found.unwrap_or_else(|| panic!("no button {words}: {}", message.text()));
    found.custom_id.clone().expect("it has an id")
}

async fn press(who: &Person, message: &MessageView, words: &str) -> MessageView {
    let id = button(message, words);
    who.press(message.id, &id).await.expect_message()
}

/// Presses a button that stands on somebody else's screen, or is gone from one's own.
async fn forge(world: &World, who: &Person, custom_id: &str) -> MessageView {
    let place = world.channel("広場");
    let own = who.slash(place, "help", json!({})).await.expect_message();
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let said = who.deliver_raw(place, 3, data, Some(own.id)).await;
    said.expect_message()
}

/// Words without the links to channels, whose ids differ from world to world.
fn without_links(words: &str) -> String {
    let parts = words
        .split("<#")
        .map(|part| part.split_once('>').map_or(part, |(_, rest)| rest));
    parts.collect()
}

/// What is stored, the oldest first: number, wording, profession and association, note, tier, speaker.
async fn stored(world: &World) -> Vec<String> {
    let server = domain::id::ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    let office = office.expect("an office");
    let desk = domain::audience::Destination::Desk
        .desk()
        .expect("the desk");
    let mut issues = all_issues(world.store(), &office).await;
    issues.reverse();
    issues
        .iter()
        .filter(|issue| !issue.retracted)
        .map(|issue| {
            let name = |id| office.association(id).map(|found| found.name.clone());
            format!(
                "#{} {} / {:?} {:?} / {:?} / {:?} {:?} / {:?} {}",
                issue.id,
                issue.text,
                issue
                    .profession
                    .and_then(|id| office.profession(id))
                    .map(|p| &p.name),
                issue.association.and_then(name),
                issue.note,
                issue.kind,
                issue.tier,
                issue.origin,
                issue
                    .speaker
                    .as_ref()
                    .is_some_and(|speaker| speaker.is_named_in("見本花子", desk)),
            )
        })
        .collect()
}

async fn audited(world: &World, act: &str) -> Vec<audit::Written> {
    let server = domain::id::ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    let office = office.expect("an office").id;
    let all = audit::Filter::default();
    let page = world
        .store()
        .read(move |connection| {
            Box::pin(async move { audit::list(connection, office, &all, 0, audit::PAGE_MAX).await })
        })
        .await
        .expect("the audit is read");
    page.entries
        .into_iter()
        .filter(|entry| entry.act == act)
        .collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_list_becomes_issues_when_its_preview_is_confirmed(#[case] database: Database) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, file("一覧.xlsx", &xlsx(BEGINNING))).await;
        assert!(preview.ephemeral);
        insta::assert_snapshot!("preview", preview.text());
        assert!(
            stored(world).await.is_empty(),
            "nothing is stored before it is confirmed"
        );
        let guessed = press(&coordinator, &preview, "推し量った").await;
        insta::assert_snapshot!("preview_guessed", guessed.text());
        // The bot is another one by now: what waits is a draft.
        world.restart().await;
        let complete = press(&coordinator, &guessed, CONFIRM).await;
        insta::assert_snapshot!("complete", without_links(&complete.text()));
        world.settled().await;
        let issues = stored(world).await;
        insta::assert_snapshot!("stored", issues.join("\n"));
        assert_eq!(
            world.cards("一次-薬剤師会").len(),
            1,
            "its own matter has a card there"
        );
        let at_the_desk = world.cards("相談窓口");
        assert_eq!(
            at_the_desk.len(),
            3,
            "what was said in confidence waits at the desk"
        );
        assert!(
            at_the_desk
                .iter()
                .any(|card| card.text().contains("見本花子")),
            "the desk knows who"
        );
        let entries = audited(world, "issue.import").await;
        assert_eq!(entries.len(), 1, "audited once");
        let details: Vec<_> = entries[0]
            .details
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        assert_eq!(details, ["rows=4", "there=0", "refused=3"]);

        let again = forge(world, &coordinator, &button(&guessed, CONFIRM)).await;
        assert!(
            again.text().contains("4件を取り込みました"),
            "{}",
            again.text()
        );
        assert_eq!(stored(world).await, issues, "a second press stores nothing");
        let twice = hand_in(world, &coordinator, file("一覧.xlsx", &xlsx(BEGINNING))).await;
        assert!(twice.text().contains("既にある行 4件"), "{}", twice.text());
        assert!(
            twice
                .buttons()
                .iter()
                .all(|button| !button.label.contains(CONFIRM)),
            "there is nothing to take"
        );
        let there = press(&coordinator, &twice, "既にある").await;
        assert!(
            there.text().contains("5行目　#1 として既にあります"),
            "{}",
            there.text()
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_in_whatever_letters_gives_the_same_issues() {
    let mut seen: Vec<Vec<String>> = Vec::new();
    for (name, bytes) in [
        ("a.xlsx", xlsx(BEGINNING)),
        ("a.csv", csv(BEGINNING, Form::Utf8)),
        ("mark.csv", csv(BEGINNING, Form::Utf8WithMark)),
        ("cp932.csv", csv(BEGINNING, Form::Cp932)),
        // The name says nothing.
        ("写真.png", csv(BEGINNING, Form::Utf8)),
    ] {
        world(Database::Sqlite, async |world| {
            let coordinator = world.person("コーディネーター");
            let preview = hand_in(world, &coordinator, file(name, &bytes)).await;
            press(&coordinator, &preview, CONFIRM).await;
            world.settled().await;
            seen.push(stored(world).await);
        })
        .await;
    }
    assert_eq!(seen[0].len(), 4);
    for other in &seen[1..] {
        assert_eq!(other, &seen[0]);
    }
}

#[tokio::test]
async fn only_coordinators_import_and_only_what_they_previewed_themselves() {
    world(Database::Sqlite, async |world| {
        let given = || file("一覧.xlsx", &xlsx(BEGINNING));
        for who in [
            "薬剤師会の会長",
            "薬剤師会の連携担当",
            "薬剤師会の会員",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let (person, place) = (world.person(who), world.channel("広場"));
            let answer = person.slash(place, "issue import", json!({ "file": given() }));
            let answer = answer.await.expect_message();
            assert!(answer.ephemeral);
            assert!(!answer.text().contains("下見"), "{who}: {}", answer.text());
        }
        let fetched = world
            .fake
            .requests()
            .into_iter()
            .filter(|r| r.path.starts_with("/attachments"));
        assert_eq!(fetched.count(), 0, "nobody's file was even fetched");

        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, given()).await;
        let confirm = button(&preview, CONFIRM);
        for who in ["二人目のコーディネーター", "薬剤師会の会長"] {
            let said = forge(world, &world.person(who), &confirm).await.text();
            assert!(
                said.contains("もう使えません") || said.contains("連携コーディネーター"),
                "{who}: {said}"
            );
        }
        // Rights may go while a preview is open.
        let member = world.city.role("薬剤師会 会員");
        world
            .fake
            .set_roles(world.city.guild, coordinator.id(), &[member]);
        let refused = forge(world, &coordinator, &confirm).await;
        assert!(
            refused.text().contains("連携コーディネーター"),
            "{}",
            refused.text()
        );
        assert!(stored(world).await.is_empty());
        let back = world.city.role("連携コーディネーター");
        world
            .fake
            .set_roles(world.city.guild, coordinator.id(), &[back]);
        let cancelled = press(&coordinator, &preview, "やめる").await;
        assert!(
            cancelled.text().contains("何も記録していません"),
            "{}",
            cancelled.text()
        );
        let gone = forge(world, &coordinator, &confirm).await;
        assert!(gone.text().contains("もう使えません"), "{}", gone.text());
        assert!(stored(world).await.is_empty());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn two_previews_of_one_file_store_it_once(#[case] database: Database) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let colleague = world.person("二人目のコーディネーター").twice();
        let bytes = csv(BEGINNING, Form::Cp932);
        let first = hand_in(world, &coordinator, file("一覧.csv", &bytes)).await;
        let second = hand_in(world, &colleague, file("一覧.csv", &bytes)).await;
        let (one, other) = tokio::join!(
            press(&coordinator, &first, CONFIRM),
            press(&colleague, &second, CONFIRM)
        );
        world.settled().await;
        assert_eq!(
            stored(world).await.len(),
            4,
            "{} {}",
            one.text(),
            other.text()
        );
        let said = format!("{}{}", one.text(), other.text());
        assert!(said.contains("その間に同じものが記録された"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn the_form_that_the_office_gives_out_comes_in_again_unchanged() {
    let mut given_out = Vec::new();
    let mut before = Vec::new();
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(
            world,
            &coordinator,
            file("一覧.csv", &csv(BEGINNING, Form::Utf8)),
        )
        .await;
        press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        let place = world.channel("相談窓口");
        let answer = coordinator.slash(place, "issue export", json!({"form": 1}));
        let answer = answer.await.expect_message();
        let sheet = answer.attachments.first().expect("a sheet");
        given_out = world.fake.file(sheet.id).expect("it is kept").bytes;
        before = stored(world).await;
        // Here everything in it is there already.
        let again = hand_in(world, &coordinator, file("様式1.xlsx", &given_out)).await;
        assert!(
            again.text().contains("既にある行 4件、取り込まない行 0件"),
            "{}",
            again.text()
        );
    })
    .await;
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, file("様式1.xlsx", &given_out)).await;
        press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        assert_eq!(stored(world).await, before, "another office has the same");
    })
    .await;
}
