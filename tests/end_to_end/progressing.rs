//! 月次 and 年次: how the yearly targets get on is posted once a month, seen by the desk before, held,
//! corrected afterwards, and shown to whoever asks as far as it is theirs to know.

mod absent;
mod asking;
mod correcting;
mod holding;
mod many;
mod then;
mod undoing;

use super::{at, wording::read};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::{AssociationId, OfficeId, RecordId, ServerId, TargetId, UserId},
    target::{
        Goal, Owner, Record, Target,
        goal::{Content, Quantity, State},
        number::ItemNumber,
        record::Source,
    },
};
use fake_discord::{MessageView, Outcome};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const MEMBER: &str = "薬剤師会の会員";
const DESK: &str = "相談窓口";
const PROGRESS: &str = "進捗";

/// A target of the plan: number, item, figure for the year.
const PLAN: [(&str, &str, Option<i64>); 4] = [
    ("1-①", "多職種連携研修を開催する", Some(12)),
    ("1-②", "協議会を開く", Some(1)),
    ("1-③", "市民向けの冊子を配る", Some(2_000)),
    ("1-④", "相談に応じる", None),
];

async fn command(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    asked(world, who, path, options).await.expect_message()
}

async fn asked(world: &World, who: &str, path: &str, options: Value) -> Outcome {
    let place = world.channel("広場");
    world.person(who).slash(place, path, options).await
}

fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 4 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

async fn office(world: &World) -> OfficeId {
    let found = world.store().office(ServerId(world.city.guild)).await;
    found.expect("it answers").expect("it is set up").id
}

/// The plan of the office, as an import would have brought it, with what was done until November.
pub(super) async fn plan(world: &World) {
    let office = office(world).await;
    let now = commands::clock::Clock::now(&*world.clock);
    let written = world.store().write(move |tx| {
        Box::pin(async move {
            for (position, (number, item, amount)) in (0..).zip(PLAN) {
                let target = Target {
                    id: TargetId(0),
                    revision: 0,
                    area: "医療・看護".to_owned(),
                    number: ItemNumber::read(number).expect("a number"),
                    item: item.to_owned(),
                    position,
                    owner: None,
                    counts: None,
                    withdrawn: false,
                    added_by: UserId(7),
                    created_at: now,
                    changed_at: now,
                };
                let target = storage::target::insert(tx, office, &target).await?;
                let quantity = amount.map(|amount| Quantity {
                    amount,
                    unit: if amount > 100 { "部" } else { "回" }.to_owned(),
                    each: false,
                    periodic: amount <= 100,
                });
                let goal = Goal {
                    target: target.id,
                    year: FiscalYear::starting_in(2026),
                    version: 1,
                    day: day(4, 1),
                    content: Content {
                        text: amount.map_or("随時".to_owned(), |amount| format!("年{amount}回")),
                        plan: Some("●計画どおりに進める".to_owned()),
                        quantity,
                        state: State::Set,
                        again: None,
                    },
                    reason: None,
                    set_by: UserId(7),
                    since: now,
                    retracted: false,
                };
                storage::target::goal::add(tx, office, &goal).await?;
            }
            Ok(())
        })
    });
    written.await.expect("the plan is kept");
    for (number, on, text, amount) in [
        (1, day(5, 14), "第1回「退院の連絡」", Some(1)),
        (1, day(9, 10), "第2回「薬の管理」", Some(1)),
        (1, day(11, 12), "第3回「看取り」", Some(1)),
        (3, day(11, 2), "冊子を公民館に置いた", Some(2_000)),
    ] {
        record(world, number, on, text, amount).await;
    }
}

/// Writes down what was done of a target, as `/target record` does.
async fn record(
    world: &World,
    target: i64,
    on: NaiveDate,
    text: &'static str,
    amount: Option<i64>,
) {
    let office = office(world).await;
    let now = commands::clock::Clock::now(&*world.clock);
    let written = world.store().write(move |tx| {
        Box::pin(async move {
            let record = Record {
                id: RecordId(0),
                revision: 0,
                date: on,
                text: Some(text.to_owned()),
                amount,
                unit: None,
                mark: None,
                source: Source::Hand,
                again: None,
                targets: vec![TargetId(target)],
                withdrawn: false,
                recorded_by: UserId(7),
                created_at: now,
                changed_at: now,
            };
            storage::target::record::insert(tx, office, &record).await
        })
    });
    written.await.expect("it is kept");
}

/// Gives a target to an association.
async fn hand_over(world: &World, target: i64, association: i64) {
    let office = office(world).await;
    let written = world.store().write(move |tx| {
        Box::pin(async move {
            let found = storage::target::find(tx, office, TargetId(target)).await?;
            let owner = Some(Owner::Association(AssociationId(association)));
            let target = Target {
                owner,
                ..found.expect("it is there")
            };
            storage::target::update(tx, office, &target).await
        })
    });
    written.await.expect("it is kept");
}

/// The posts of a channel whose title begins so, oldest first.
fn posts(world: &World, channel: &str, title: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
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

fn previews(world: &World) -> Vec<MessageView> {
    posts(world, DESK, "【確認】")
}

fn months(world: &World) -> Vec<MessageView> {
    posts(world, PROGRESS, "令和")
}

fn files(message: &MessageView) -> Vec<&str> {
    let names = message.attachments.iter();
    names.map(|file| file.filename.as_str()).collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_desk_sees_the_month_three_business_days_before_it_is_posted(
    #[case] database: Database,
) {
    world(database, async |world| {
        plan(world).await;
        at(world, "2026-11-26 08:59").await;
        assert!(previews(world).is_empty(), "{}", world.log());
        at(world, "2026-11-26 09:00").await;
        let seen = previews(world);
        assert_eq!(seen.len(), 1, "{}", world.log());
        insta::assert_snapshot!("month_preview", read(&seen[0]));
        assert_eq!(files(&seen[0]), ["month-202611.png", "month-202611.xlsx"]);
        assert!(months(world).is_empty());
        at(world, "2026-12-01 08:59").await;
        assert!(months(world).is_empty());
        at(world, "2026-12-01 09:00").await;
        let posted = months(world);
        assert_eq!(posted.len(), 1, "{}", world.log());
        insta::assert_snapshot!("month_posted", read(&posted[0]));
        let member = world.person(MEMBER);
        let read_by = member.messages(world.channel(PROGRESS));
        let seen = read_by.iter().find(|message| message.id == posted[0].id);
        let seen = seen.expect("a member sees it");
        assert_eq!(files(seen), ["month-202611.png", "month-202611.xlsx"]);
        let picture = seen.attachments[0].description.as_deref();
        assert!(
            picture.is_some_and(|words| words.contains("3／12回")),
            "{picture:?}"
        );
        let kept = world.fake.file(seen.attachments[0].id).expect("a picture");
        assert!(kept.bytes.starts_with(b"\x89PNG"));
        let desk = previews(world);
        assert_eq!(desk.len(), 1);
        insta::assert_snapshot!("month_preview_posted", read(&desk[0]));
        assert!(desk[0].attachments.is_empty(), "the post stands for it");
    })
    .await;
}

#[tokio::test]
async fn the_month_is_written_in_the_language_of_the_office() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let options = json!({"key": "locale", "value": "en"});
        command(world, COORDINATOR, "office setting", options).await;
        at(world, "2026-11-26 09:00").await;
        let seen = posts(world, DESK, "[To check]");
        assert_eq!(seen.len(), 1, "{}", world.log());
        insta::assert_snapshot!("month_preview_english", read(&seen[0]));
        at(world, "2026-12-01 09:00").await;
        let posted = posts(world, PROGRESS, "Progress of");
        assert_eq!(posted.len(), 1, "{}", world.log());
        insta::assert_snapshot!("month_posted_english", read(&posted[0]));
    })
    .await;
}

#[tokio::test]
async fn a_month_without_change_says_so_in_one_line() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-12-01 09:00").await;
        // Nothing is written down in December.
        at(world, "2027-01-04 09:00").await;
        let posted = months(world);
        assert_eq!(posted.len(), 2, "{}", world.log());
        insta::assert_snapshot!("month_unchanged", read(&posted[1]));
    })
    .await;
}

#[tokio::test]
async fn an_office_without_targets_posts_nothing() {
    world(Database::Sqlite, async |world| {
        at(world, "2026-12-01 09:00").await;
        assert!(previews(world).is_empty() && months(world).is_empty());
        let options = json!({"month": "2026-11", "post": true});
        let said = command(world, COORDINATOR, "progress month", options).await;
        assert!(said.text().contains("/target import"), "{}", said.text());
        assert!(months(world).is_empty());
        // The first digest of a quarter says what to do.
        at(world, "2027-01-04 09:00").await;
        let digests = posts(world, DESK, "週のまとめ");
        let with_hint = digests
            .iter()
            .filter(|digest| digest.text().contains("年度目標がまだ"));
        assert_eq!(with_hint.count(), 1);
    })
    .await;
}
