//! What was put off to a later fiscal year comes back on its first day, once, by the office itself; and
//! whoever moves it on, or puts it off further, hears nothing of it.

use super::{field, number_in};
use chrono::{DateTime, Utc};
use chrono_tz::Asia::Tokyo;
use commands::clock::Clock;
use domain::{
    audience::Destination,
    id::{IssueId, OfficeId, ServerId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    occurrence::{Matter, ON_THE_DAY, Series, return_of},
    tier::Tier,
};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use storage::occurrence;
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";
const TALK: &str = "一次-薬剤師会";

/// An issue of the pharmacists; its number.
async fn told(world: &World, words: &str) -> i64 {
    let options = json!({"text": words, "tier": 1});
    let place = world.channel("広場");
    let answer = world.person(CHAIR).slash(place, "issue add", options).await;
    number_in(&answer.expect_message())
}

/// A coordinator moves an issue, to a fiscal year where that is wanted; the answer.
async fn moved(world: &World, number: i64, status: &str, year: Option<&str>) -> MessageView {
    let mut options = json!({"number": number.to_string(), "status": status});
    if let Some(year) = year {
        options["year"] = json!(year);
    }
    let desk = world.channel("相談窓口");
    let coordinator = world.person("コーディネーター");
    let answer = coordinator.slash(desk, "issue status", options).await;
    answer.expect_message()
}

fn reminders(world: &World) -> Vec<MessageView> {
    let mut desk = world.cards("相談窓口");
    desk.retain(|card| card.text().contains("お知らせ　"));
    desk
}

/// The status an issue's card in the association's channel shows.
fn status_of(world: &World, number: i64) -> String {
    let mark = format!("#{number}　");
    let cards = world.cards(TALK);
    let card = cards.iter().find(|card| card.text().contains(&mark));
    field(card.expect("its card stands there"), "状況").unwrap_or_default()
}

async fn office(world: &World) -> OfficeId {
    let office = world.store().office(ServerId(world.city.guild)).await;
    office.expect("read").expect("the city has one").id
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_put_off_comes_back_on_the_first_of_april(#[case] database: Database) {
    world(database, async |world| {
        let first = told(world, "在庫の数え方がまちまちだ").await;
        let second = told(world, "会費の集め方がまちまちだ").await;
        moved(world, first, "later", Some("令和9年度")).await;
        moved(world, second, "later", Some("2027")).await;
        assert_eq!(world.dealt_with().await, 2);
        assert!(status_of(world, first).contains("次年度以降"));
        world.clock.move_to("2027-04-01 08:59");
        assert_eq!(world.dealt_with().await, 2);
        assert!(reminders(world).is_empty());
        world.clock.move_to("2027-04-01 09:00");
        assert_eq!(world.dealt_with().await, 0);
        for number in [first, second] {
            assert_eq!(status_of(world, number), "整理済");
        }
        let said = reminders(world);
        assert_eq!(said.len(), 1, "one message for both\n{}", world.log());
        let words = said[0].text();
        assert!(words.contains("2件"), "{words}");
        assert!(words.contains(&format!("#{first}、#{second}")), "{words}");
        assert!(
            !words.contains("在庫"),
            "a reminder has no wording: {words}"
        );
        assert!(!words.contains("遅延"), "{words}");
        // The list of them, and what the history and the audit say: nobody's name.
        let coordinator = world.person("コーディネーター");
        let list = coordinator
            .press_label(said[0].id, "戻った課題の一覧")
            .await
            .expect_message()
            .text();
        assert!(
            list.contains("全2件") && list.contains("在庫の数え方"),
            "{list}"
        );
        let desk = world.channel("相談窓口");
        let number = json!({"number": first.to_string()});
        let shown = coordinator.slash(desk, "issue show", number).await;
        let shown = shown.expect_message().text();
        assert!(shown.contains("年度の始まりで整理済に戻す"), "{shown}");
        assert!(shown.contains("拠点の暦（自動）"), "{shown}");
        let audit = coordinator.slash(desk, "office audit", json!({})).await;
        let audit = audit.expect_message().text();
        assert!(audit.contains("拠点の暦（自動）"), "{audit}");
        // By hand it can be put off again, and comes back again.
        moved(world, first, "later", Some("R10")).await;
        assert_eq!(world.dealt_with().await, 1);
        world.clock.move_to("2028-04-01 09:00");
        assert_eq!(world.dealt_with().await, 0);
        assert_eq!(status_of(world, first), "整理済");
        assert_eq!(reminders(world).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_moved_on_meanwhile_does_not_come_back() {
    world(Database::Sqlite, async |world| {
        let done = told(world, "在庫の数え方がまちまちだ").await;
        let further = told(world, "会費の集め方がまちまちだ").await;
        let undone = told(world, "名簿の直し方がまちまちだ").await;
        for number in [done, further] {
            moved(world, number, "later", Some("2027")).await;
        }
        moved(world, done, "done", None).await;
        moved(world, further, "later", Some("2028")).await;
        let answer = moved(world, undone, "later", Some("2027")).await;
        let coordinator = world.person("コーディネーター");
        let taken_back = coordinator
            .press_label(answer.id, "元に戻す（10分以内）")
            .await
            .expect_message();
        assert!(
            taken_back.text().contains("元に戻しました"),
            "{}",
            taken_back.text()
        );
        assert_eq!(
            world.dealt_with().await,
            1,
            "only the one put off further is planned"
        );
        world.clock.move_to("2027-04-01 09:00");
        assert_eq!(world.dealt_with().await, 1);
        assert!(reminders(world).is_empty());
        assert_eq!(status_of(world, done), "完了");
        assert!(status_of(world, further).contains("令和10年度"));
        assert_eq!(status_of(world, undone), "受付");
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn after_a_holiday_of_the_program_it_comes_back_once_and_late(#[case] database: Database) {
    world(database, async |world| {
        let number = told(world, "在庫の数え方がまちまちだ").await;
        moved(world, number, "later", Some("2027")).await;
        world.settled().await;
        world.stop_bot().await;
        world.clock.move_to("2027-04-05 11:00");
        world.start_bot().await;
        assert_eq!(world.dealt_with().await, 0);
        assert_eq!(status_of(world, number), "整理済");
        let said = reminders(world);
        assert_eq!(said.len(), 1);
        let words = said[0].text();
        assert!(words.contains("遅延: 令和9年4月1日(木) 09:00"), "{words}");
        world.restart().await;
        world.dealt_with().await;
        assert_eq!(reminders(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_year_begins_when_the_office_says() {
    world(Database::Sqlite, async |world| {
        let number = told(world, "在庫の数え方がまちまちだ").await;
        moved(world, number, "later", Some("2027")).await;
        let coordinator = world.person("コーディネーター");
        let options = json!({"key": "fiscal_year_start", "value": "10"});
        let desk = world.channel("相談窓口");
        coordinator
            .slash(desk, "office setting", options)
            .await
            .expect_message();
        world.clock.move_to("2027-09-30 23:59");
        assert_eq!(world.dealt_with().await, 1);
        assert!(status_of(world, number).contains("次年度以降"));
        world.clock.move_to("2027-10-01 09:00");
        assert_eq!(world.dealt_with().await, 0);
        assert_eq!(status_of(world, number), "整理済");
    })
    .await;
}

/// An issue that waits at the desk since long ago, put off to a year.
fn put_off(year: i32, number: i64, now: DateTime<Utc>) -> Issue {
    Issue {
        id: IssueId(0),
        revision: 0,
        kind: Kind::Issue,
        origin: Origin::Desk,
        tier: Tier::One,
        tier_by: TierBy::Person,
        status: Status::Later,
        later_year: Some(year),
        measure_open: false,
        text: format!("相談の受け方を決めておきたい（その{number}）"),
        note: None,
        profession: None,
        association: None,
        about: Vec::new(),
        categories: Vec::new(),
        session: None,
        merged_into: None,
        speaker: None,
        reporter: domain::id::UserId(1),
        created_at: now,
        changed_at: now,
        passed_on: false,
        kept_private: false,
        retracted: false,
        destination: Destination::Desk,
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn three_hundred_at_once_are_one_message_with_pages(#[case] database: Database) {
    const MANY: i64 = 300;
    world(database, async |world| {
        let (office, now) = (office(world).await, world.clock.now());
        world
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    for number in 1..=MANY {
                        let stored =
                            storage::issue::insert(tx, office, &put_off(2027, number, now)).await?;
                        let series = Series {
                            matter: Matter::Return,
                            id: stored.id.0,
                            revision: 1,
                        };
                        let nine = chrono::NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
                        let moment = return_of(2027, 4, nine);
                        let key = series.at(ON_THE_DAY);
                        occurrence::put(tx, office, key, moment, Tokyo, Destination::Desk).await?;
                    }
                    Ok(())
                })
            })
            .await
            .expect("written");
        // The cards of so many take their time; what counts here is the message.
        world.leave_leaks_to_the_test();
        world.clock.move_to("2027-04-01 09:00");
        assert_eq!(world.dealt_with().await, 0);
        let said = reminders(world);
        assert_eq!(said.len(), 1, "one message\n{}", world.log());
        let words = said[0].text();
        assert!(
            words.contains("300件") && words.contains("ほか 200 件"),
            "{words}"
        );
        let coordinator = world.person("コーディネーター");
        let list = coordinator
            .press_label(said[0].id, "戻った課題の一覧")
            .await
            .expect_message();
        assert!(list.text().contains("1 / 30"), "{}", list.text());
        let next = coordinator
            .press_label(list.id, "次へ")
            .await
            .expect_message();
        assert!(next.text().contains("2 / 30"), "{}", next.text());
        assert!(next.text().contains("#11"), "{}", next.text());
        // A forged page, by somebody who does not read the desk.
        let id = next.buttons()[0]
            .custom_id
            .clone()
            .expect("a button of ours");
        let data = json!({"custom_id": id, "component_type": 2});
        let place = world.channel("広場");
        let chair = world.person(CHAIR);
        let own = chair.slash(place, "help", json!({})).await.expect_message();
        let refused = chair.deliver_raw(place, 3, data, Some(own.id)).await;
        let refused = refused.expect_message().text();
        assert!(!refused.contains("その11"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn what_an_older_program_put_off_comes_back_too() {
    world(Database::Sqlite, async |world| {
        let (office, now) = (office(world).await, world.clock.now());
        world
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    storage::issue::insert(tx, office, &put_off(2027, 1, now)).await?;
                    Ok(())
                })
            })
            .await
            .expect("written");
        assert_eq!(world.dealt_with().await, 0, "nothing is planned");
        world.restart().await;
        let planned = world
            .until(async |world| world.dealt_with().await == 1)
            .await;
        assert!(planned, "{}", world.log());
        world.clock.move_to("2027-04-01 09:00");
        assert_eq!(world.dealt_with().await, 0);
        assert_eq!(reminders(world).len(), 1);
    })
    .await;
}
