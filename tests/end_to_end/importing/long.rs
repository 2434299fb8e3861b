//! Long lists: progress is seen, others get in between, channels are told in one line, and whatever is
//! cut short goes on.

use super::{
    CONFIRM, audited, button,
    file::{file, xlsx_of},
    hand_in, press,
};
use crate::{crash::process::Process, text};
use fake_discord::{MessageView, Outcome, Person};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;
use storage::Store;
use tests::{
    database::Database,
    point,
    world::{PATIENCE, World, world, world_without_bot},
};

/// Rows of a list that goes on for years.
pub(super) const LONG: usize = 5_000;
/// Rows of one that needs several steps.
const SEVERAL: usize = 130;
/// What an answer says when the import is complete.
const COMPLETE: &str = "件を取り込みました。";

/// A list of so many opinions of pharmacists and others, none like another.
fn list(rows: usize) -> Vec<u8> {
    list_of(rows, "")
}

/// A list in which one person said everything.
pub(super) fn list_of(rows: usize, speaker: &str) -> Vec<u8> {
    let heading = ["No", "職種", "発言者", "意見", "備考"]
        .map(str::to_owned)
        .to_vec();
    let row = |number: usize| {
        let profession = ["薬剤師", "介護支援専門員", "看護師"][number % 3];
        let matter = [
            "記録のつけ方がまちまちで困る",
            "退院の連絡が遅い",
            "地域の体制を話し合いたい",
        ][number % 7 % 3];
        vec![
            number.to_string(),
            profession.to_owned(),
            speaker.to_owned(),
            format!("{}{matter}", kana(number)),
            String::new(),
        ]
    };
    xlsx_of(std::iter::once(heading).chain((1..=rows).map(row)))
}

/// A number in letters: digits might look like personal data.
fn kana(mut number: usize) -> String {
    let letters: Vec<char> = "アカサタナハマヤラワ".chars().collect();
    let mut word = String::new();
    loop {
        word.insert(0, letters[number % 10]);
        number /= 10;
        if number == 0 {
            return format!("{word}の例：");
        }
    }
}

/// How many issues there are.
pub(super) async fn issues(store: &Store, guild: u64) -> usize {
    let office = store
        .office(domain::id::ServerId(guild))
        .await
        .expect("it is read");
    let office = office.expect("an office").id;
    let mut after = domain::id::IssueId(0);
    let mut seen = BTreeSet::new();
    loop {
        let found = store
            .read(move |connection| {
                Box::pin(storage::issue::wordings(connection, office, after, 1_000))
            })
            .await
            .expect("wordings are read");
        let Some(last) = found.last() else {
            return seen.len();
        };
        after = last.id;
        for worded in found {
            assert!(seen.insert(worded.folded), "#{} is there twice", worded.id);
        }
    }
}

/// Whether the first import of the city has stored rows and is not over: quickly asked, however long it is.
pub(super) async fn is_under_way(store: &Store, guild: u64) -> bool {
    let office = store.office(domain::id::ServerId(guild)).await;
    let office = office.expect("it is read").expect("an office").id;
    let import = store.read(move |connection| {
        Box::pin(storage::import::find(
            connection,
            office,
            domain::id::ImportId(1),
        ))
    });
    let import = import.await.expect("it is read");
    import.is_some_and(|import| import.done > 0 && import.ended_at.is_none())
}

/// Waits until an answer says this.
pub(super) async fn until_told(
    world: &World,
    who: &Person,
    message: u64,
    words: &str,
) -> MessageView {
    let mut changed = world.fake.changed();
    let waited = tokio::time::timeout(PATIENCE * 5, async {
        loop {
            changed.borrow_and_update();
            let view = who.message(message).expect("it stands");
            if view.content.contains(words) {
                return view;
            }
            changed.changed().await.expect("the stand-in is there");
        }
    });
    waited.await.expect("it is told")
}

/// Confirms the preview, and lets nothing be written after the first steps until the person has seen how
/// far it is: however quick the machine is, the import is not over by then.
async fn begin_seen(world: &World, who: &Person, preview: &MessageView, confirm: &str) {
    let guild = world.city.guild;
    let seen = async {
        let begun = world.until(async |world| is_under_way(world.store(), guild).await);
        assert!(begun.await, "some rows are stored");
        let held = world.hold_database().await;
        let told = world.until(async |_| {
            let view = who.message(preview.id).expect("it stands");
            view.content.contains("取り込んでいます")
        });
        assert!(told.await, "progress is seen");
        held.release().await;
    };
    let (pressed, ()) = tokio::join!(who.press(preview.id, confirm), seen);
    assert!(
        pressed.text().contains("取り込んでいます"),
        "{}",
        pressed.text()
    );
}

/// Presses a button of the preview, whatever stands in its place by now.
async fn press_again(who: &Person, preview: &MessageView, custom_id: &str) -> Outcome {
    let data = json!({"custom_id": custom_id, "component_type": 2});
    who.deliver_raw(preview.channel, 3, data, Some(preview.id))
        .await
}

/// Confirms a preview, and the power goes when the bot reaches a point for the nth time.
async fn die_in_import(
    world: &World,
    mut bot: Process,
    (name, nth): (&str, usize),
    (who, preview, confirm): (&Person, &MessageView, &str),
) {
    bot.die_at(point::named(name).expect("a point"), nth).await;
    tokio::select! {
        _ = press_again(who, preview, confirm) => {}
        () = bot.dead() => {}
    }
    bot.dead().await;
    let dead = bot.id();
    bot.bury(world).await;
    world.let_leases_pass(dead).await;
}

/// People wait as long as a list takes.
pub(super) fn wait_long(world: &World) {
    world.fake.set(|switches| {
        switches.patience_deferred = PATIENCE * 2;
        switches.patience_update = PATIENCE * 2;
    });
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_list_of_years_is_taken_in_with_progress_while_others_work(#[case] database: Database) {
    world(database, async |world| {
        // Five thousand wordings would be looked for in everything that everybody got.
        world.leave_leaks_to_the_test();
        wait_long(world);
        let coordinator = world.person("コーディネーター");
        let given = file("一覧.xlsx", &list(LONG));
        let preview = hand_in(world, &coordinator, given).await;
        assert!(
            preview.text().contains("5000件を取り込む"),
            "{}",
            preview.text()
        );
        let confirm = button(&preview, CONFIRM);
        match database {
            Database::Sqlite => begin_seen(world, &coordinator, &preview, &confirm).await,
            Database::Postgres => drop(coordinator.press(preview.id, &confirm).await),
        }
        // Somebody else is answered in between.
        let place = world.channel("広場");
        let pharmacist = world.person("薬剤師会の会長");
        let own = pharmacist
            .slash(place, "issue add", text("研修の資料が足りない"))
            .await;
        assert!(own.expect_message().text().contains("記録しました"));
        let complete = until_told(world, &coordinator, preview.id, COMPLETE).await;
        assert!(
            complete.text().contains("5000件を取り込みました"),
            "{}",
            complete.text()
        );
        world.settled().await;
        assert_eq!(issues(world.store(), world.city.guild).await, LONG + 1);
        let desk = world.cards("相談窓口");
        let desk: Vec<_> = desk
            .iter()
            .filter(|card| !card.text().contains("研修の資料"))
            .collect();
        assert_eq!(desk.len(), 1, "one line in place of thousands of cards");
        assert!(
            desk[0].text().contains("課題の一覧を取り込みました"),
            "{}",
            desk[0].text()
        );
        assert_eq!(audited(world, "issue.import").await.len(), 1);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whenever_the_power_goes_an_import_goes_on_where_it_stopped(#[case] database: Database) {
    world_without_bot(database, async |world| {
        wait_long(world);
        let coordinator = world.person("コーディネーター");
        let mut bot = Process::start(world, "first").await;
        let preview = hand_in(world, &coordinator, file("一覧.xlsx", &list(SEVERAL))).await;
        let confirm = button(&preview, CONFIRM);
        // The import is begun by one commit, and each press is taken by one; each step is one more.
        let cuts = [
            ("after-commit", 1),
            ("before-commit", 2),
            ("after-commit", 2),
        ];
        for (turn, (name, nth)) in cuts.into_iter().enumerate() {
            die_in_import(world, bot, (name, nth), (&coordinator, &preview, &confirm)).await;
            bot = Process::start(world, &format!("next-{turn}")).await;
            let store = world.records().await;
            let stored = issues(&store, world.city.guild).await;
            assert!(
                stored < SEVERAL && stored % 50 == 0,
                "{name} {nth}: {stored}"
            );
            store.close().await;
        }
        let _first_word = press_again(&coordinator, &preview, &confirm).await;
        let complete = until_told(world, &coordinator, preview.id, COMPLETE).await;
        assert!(
            complete.text().contains("130件を取り込みました"),
            "{}",
            complete.text()
        );
        let store = world.records().await;
        assert_eq!(issues(&store, world.city.guild).await, SEVERAL);
        store.close().await;
        let last = bot.id();
        bot.kill();
        bot.bury(world).await;
        world.let_leases_pass(last).await;
        world.start_bot().await;
        assert_eq!(
            audited(world, "issue.import").await.len(),
            1,
            "audited once"
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_import_that_nobody_carries_on_in_time_ends_with_what_it_has(
    #[case] database: Database,
) {
    world_without_bot(database, async |world| {
        wait_long(world);
        let coordinator = world.person("コーディネーター");
        let mut bot = Process::start(world, "first").await;
        let preview = hand_in(world, &coordinator, file("一覧.xlsx", &list(SEVERAL))).await;
        let confirm = button(&preview, CONFIRM);
        // Other commits may have come before the first rows.
        let mut stored = 0;
        while stored == 0 {
            let cut = ("after-commit", 2);
            die_in_import(world, bot, cut, (&coordinator, &preview, &confirm)).await;
            let store = world.records().await;
            stored = issues(&store, world.city.guild).await;
            store.close().await;
            bot = Process::start(world, "next").await;
        }
        assert!(stored < SEVERAL, "{stored}");
        let idle = bot.id();
        bot.kill();
        bot.bury(world).await;
        world.let_leases_pass(idle).await;
        // The rows of a preview wait for a day.
        world.clock.move_to("2026-11-21 11:00");
        world.start_bot().await;
        let told = world
            .until(async |world| {
                let desk = world.cards("相談窓口");
                desk.iter()
                    .any(|card| card.text().contains("課題の一覧を取り込みました"))
            })
            .await;
        assert!(
            told,
            "its people are told of what there is\n{}",
            world.log()
        );
        assert_eq!(issues(world.store(), world.city.guild).await, stored);
        let ended = press_again(&coordinator, &preview, &confirm)
            .await
            .expect_message();
        assert!(
            ended
                .text()
                .contains(&format!("ここまで{stored}件を取り込みました（全130件）")),
            "{}",
            ended.text()
        );
    })
    .await;
}

#[tokio::test]
async fn an_import_that_the_stop_of_the_bot_cuts_short_offers_to_go_on() {
    world(Database::Sqlite, async |world| {
        world.leave_leaks_to_the_test();
        wait_long(world);
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(world, &coordinator, file("一覧.xlsx", &list(LONG))).await;
        let confirm = button(&preview, CONFIRM);
        begin_seen(world, &coordinator, &preview, &confirm).await;
        world.restart().await;
        let paused = coordinator.message(preview.id).expect("it stands");
        assert!(paused.content.contains("ここまで"), "{}", paused.content);
        let before = issues(world.store(), world.city.guild).await;
        assert!((1..LONG).contains(&before), "{before}");
        let _going = press(&coordinator, &paused, "続きを取り込む").await;
        until_told(world, &coordinator, preview.id, COMPLETE).await;
        assert_eq!(issues(world.store(), world.city.guild).await, LONG);
    })
    .await;
}
