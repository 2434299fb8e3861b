//! A name that somebody has removed while a list with it is being taken in: no row that was read before
//! brings it back.

use super::{
    CONFIRM, button,
    file::file,
    hand_in,
    long::{LONG, is_under_way, issues, list_of, until_told, wait_long},
    press,
};
use domain::{audience::Destination, id::ServerId};
use fake_discord::{MessageView, Person};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    leak::all_issues,
    world::{World, world},
};

const NAME: &str = "見本 花子";
const REMOVE: &str = "氏名を削除する（元に戻せません）";
const CUT_SHORT: &str = "残りの行は、途中で消えました";

/// Somebody asks that a name be removed, and the desk has looked where it stands; the last button is not
/// pressed yet.
async fn about_to_remove(world: &World, staff: &Person) -> MessageView {
    let place = world.channel("広場");
    let chair = world.person("薬剤師会の会長");
    let help = chair.slash(place, "help", json!({"topic": "privacy"}));
    let help = help.await.expect_message();
    let asked = chair.press_label(help.id, "氏名の削除を頼む").await;
    asked.expect_message();
    world.settled().await;
    let mut cards = world.cards("相談窓口");
    cards.retain(|card| card.text().contains("氏名を削除する…"));
    let card = cards.pop().expect("a card at the desk");
    let form = staff.press_label(card.id, "氏名を削除する…").await;
    let form = form.expect_modal();
    let found = staff.submit(&form, json!({"name": NAME})).await;
    found.expect_message()
}

/// How many issues there are of which the desk knows who said them.
async fn spoken(world: &World) -> usize {
    let office = world.store().office(ServerId(world.city.guild)).await;
    let office = office.expect("it is read").expect("an office");
    let desk = Destination::Desk.desk().expect("the desk is the desk");
    let issues = all_issues(world.store(), &office).await;
    let speakers = issues.iter().filter_map(|issue| issue.speaker.as_ref());
    let names = speakers.map(|speaker| speaker.reveal(desk));
    names.filter(|name| *name == NAME).count()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_name_removed_while_a_list_is_taken_in_is_brought_back_by_no_row(
    #[case] database: Database,
) {
    world(database, async |world| {
        world.leave_leaks_to_the_test();
        wait_long(world);
        let (one, other) = (
            world.person("コーディネーター"),
            world.person("二人目のコーディネーター"),
        );
        let said = json!({"text": "相談の窓口がわかりにくい", "tier": 1, "speaker": NAME});
        let added = one.slash(world.channel("広場"), "issue add", said).await;
        added.expect_message();
        let found = about_to_remove(world, &other).await;
        let given = file("一覧.xlsx", &list_of(LONG, NAME));
        let preview = hand_in(world, &one, given).await;
        let confirm = button(&preview, CONFIRM);
        let remove = button(&found, REMOVE);
        let guild = world.city.guild;
        // The name goes while some rows are stored and most wait.
        let meanwhile = async {
            let begun = world.until(async |world| is_under_way(world.store(), guild).await);
            assert!(begun.await, "some rows are stored");
            let held = match database {
                Database::Sqlite => Some(world.hold_database().await),
                Database::Postgres => None,
            };
            let release = async {
                if let Some(held) = held {
                    held.release().await;
                }
            };
            tokio::join!(other.press(found.id, &remove), release).0
        };
        let (_, removed) = tokio::join!(one.press(preview.id, &confirm), meanwhile);
        let told = until_told(world, &one, preview.id, CUT_SHORT).await;
        let removed = removed.expect_message();
        let removed = until_told(world, &other, removed.id, "氏名を消し").await;
        world.settled().await;
        let stored = issues(world.store(), guild).await;
        assert!((2..LONG).contains(&stored), "{stored}");
        let counted = format!("{stored} 件から氏名を消し");
        assert!(removed.text().contains(&counted), "{}", removed.text());
        assert_eq!(spoken(world).await, 0, "no row brings the name back");
        assert!(!told.text().contains("続きを取り込む"), "{}", told.text());
        let told_of = |card: &MessageView| card.text().contains("課題の一覧を取り込みました");
        let desk = world.cards("相談窓口");
        assert!(desk.iter().any(told_of), "of what was stored");

        // What is there is taken back, or the file is chosen again.
        let again = file("一覧.xlsx", &list_of(LONG, ""));
        let again = hand_in(world, &one, again).await.text();
        let there = format!("既にある行 {}件", stored - 1);
        assert!(again.contains(&there), "{again}");
        let undone = press(&one, &told, "取り込みを取り消す").await;
        until_told(world, &one, undone.id, "取り消しました").await;
        assert_eq!(spoken(world).await, 0);
    })
    .await;
}
