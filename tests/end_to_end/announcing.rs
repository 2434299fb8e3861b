//! Sessions of the region stand in the server's own list of events, where everybody sees them; sessions
//! of others never do. What hinders that is told, and nothing else waits for it. What people do to an
//! event by hand is in `hand`, trouble on the way to Discord in `trouble`.

mod hand;
mod trouble;

use crate::wording::read;
use chrono::Duration;
use domain::{
    id::{ServerId, SessionId},
    session::{Session, State},
};
use fake_discord::{EventStatus, MessageView, ScheduledEvent, permission};
use rstest::rstest;
use serde_json::{Value, json};
use std::fmt::Write as _;
use tests::{
    database::Database,
    world::{World, world},
};

const DESK: &str = "相談窓口";

/// A world whose office lets sessions of the region be events.
async fn announcing<T>(database: Database, test: T)
where
    T: AsyncFnOnce(&mut World),
{
    world(database, async move |world: &mut World| {
        let options = json!({"key": "session_event", "value": "tier3"});
        let set = say(world, "コーディネーター", "office setting", options).await;
        assert!(set.text().contains("tier3"), "{}", set.text());
        test(world).await;
    })
    .await;
}

/// A coordinator plans the council of the region on the first of December, but for what is given
/// otherwise.
async fn plan(world: &World, other: Value) -> MessageView {
    let mut options = json!({
        "title": "推進協議会", "tier": 3, "kind": "council", "date": "令和8年12月1日",
        "start": "14:00", "end": "15:30", "place": "市民会館", "associations": "薬剤師会、医師会",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    say(world, "コーディネーター", "session plan", options).await
}

async fn say(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, path, options).await;
    answer.expect_message()
}

/// The events of the city, whatever became of them.
fn events(world: &World) -> Vec<ScheduledEvent> {
    world.fake.events(world.city.guild)
}

/// The one event there is.
fn event(world: &World) -> ScheduledEvent {
    let mut events = events(world);
    assert_eq!(events.len(), 1, "{events:#?}");
    events.remove(0)
}

/// Changes session 1 as the records are changed by whoever moves, calls off or writes it down.
async fn change(world: &World, change: impl Fn(&mut Session) + Copy + Send + Sync + 'static) {
    let office = world.store().office(ServerId(world.city.guild)).await;
    let office = office.expect("it answers").expect("it is set up").id;
    let changed = world.store().write(move |tx| {
        Box::pin(async move {
            let found = storage::session::find(tx, office, SessionId(1)).await?;
            let mut session = found.expect("it was planned");
            change(&mut session);
            storage::session::update(tx, office, &session).await
        })
    });
    changed.await.expect("it can be changed");
}

/// Everything people read of an event; its mark differs every time.
pub(crate) fn told(event: &ScheduledEvent) -> String {
    let mut words = format!("{}\n{}\n", event.name, event.location);
    for line in event.description.as_deref().unwrap_or_default().lines() {
        let marked = ["管理番号 ", "Reference "];
        match marked.iter().find_map(|before| line.strip_prefix(before)) {
            Some(mark) => assert_eq!(mark.len(), 20, "{mark}"),
            None => writeln!(words, "{line}").expect("memory takes it"),
        }
    }
    let at = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&chrono_tz::Asia::Tokyo);
    write!(words, "{} – {}", at(event.start), at(event.end)).expect("memory takes it");
    words
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_session_of_the_region_becomes_an_event_that_everybody_sees(#[case] database: Database) {
    announcing(database, async |world| {
        plan(world, json!({})).await;
        world.settled().await;
        let stranger = world.person("所属のない人").events();
        assert_eq!(stranger, [event(world)]);
        insta::assert_snapshot!("event", told(&event(world)));
        // Planned without a time, it is of the whole day and says so.
        plan(
            world,
            json!({"start": null, "end": null, "place": null, "title": "報告会"}),
        )
        .await;
        world.settled().await;
        let second = events(world).pop().expect("a second");
        insta::assert_snapshot!("event_without_time", told(&second));
    })
    .await;
}

#[tokio::test]
async fn a_session_of_a_circle_never_becomes_an_event() {
    announcing(Database::Sqlite, async |world| {
        plan(
            world,
            json!({"tier": 1, "associations": "薬剤師会", "title": "内輪の話の会"}),
        )
        .await;
        plan(world, json!({"tier": 2, "title": "退院の情報の会"})).await;
        // One that has passed is no event either.
        plan(
            world,
            json!({"date": "令和8年11月1日", "title": "先月の会"}),
        )
        .await;
        world.settled().await;
        assert_eq!(events(world), []);
        let asked = world.fake.requests();
        assert!(
            !asked
                .iter()
                .any(|request| request.route.contains("scheduled-events"))
        );
        // One that turns out to be for everybody does, and goes when it is not any more.
        change(world, |session| session.tier = domain::tier::Tier::Three).await;
        world.settled().await;
        assert_eq!(event(world).name, "第1回 内輪の話の会");
        change(world, |session| session.tier = domain::tier::Tier::Two).await;
        world.settled().await;
        assert_eq!(events(world), []);
    })
    .await;
}

#[tokio::test]
async fn an_event_follows_its_session_to_its_end() {
    announcing(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        world.settled().await;
        let made = event(world);
        change(world, |session| {
            session.title = "拡大推進協議会".to_owned();
            session.place = Some("駅前の会議室".to_owned());
            session.date = session.date.and_then(|date| date.succ_opt());
        })
        .await;
        world.settled().await;
        let moved = event(world);
        assert_eq!(
            (moved.id, moved.start),
            (made.id, made.start + Duration::days(1))
        );
        assert_eq!(moved.name, "第1回 拡大推進協議会");
        assert_eq!(moved.location, "駅前の会議室");
        assert_eq!(moved.end, made.end + Duration::days(1));
        // It begins, lasts longer, and is written down as held.
        world
            .clock
            .advance(moved.start - commands::clock::Clock::now(&*world.clock));
        world.fake.turn_events();
        assert_eq!(event(world).status, EventStatus::Active);
        change(world, |session| {
            session.end = chrono::NaiveTime::from_hms_opt(16, 0, 0)
        })
        .await;
        world.settled().await;
        assert_eq!(event(world).end, moved.end + Duration::minutes(30));
        change(world, |session| session.state = State::Held).await;
        world.settled().await;
        assert_eq!(event(world).status, EventStatus::Completed);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_called_off_is_called_off_for_everybody() {
    announcing(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        world.settled().await;
        change(world, |session| session.state = State::Cancelled).await;
        world.settled().await;
        assert_eq!(event(world).status, EventStatus::Cancelled);
        assert_eq!(world.person("薬剤師会の会員").events(), []);
        // Put off after all: what is over for Discord is replaced by another.
        change(world, |session| session.state = State::Planned).await;
        world.settled().await;
        let again = world.person("薬剤師会の会員").events();
        assert_eq!((again.len(), events(world).len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_planning_that_is_taken_back_takes_its_event_along() {
    announcing(Database::Sqlite, async |world| {
        let planned = plan(world, json!({})).await;
        world.settled().await;
        event(world);
        let coordinator = world.person("コーディネーター");
        let undo = planned.buttons()[0].label.clone();
        assert!(undo.starts_with("元に戻す"), "{undo}");
        coordinator
            .press_label(planned.id, &undo)
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(events(world), []);
    })
    .await;
}

#[tokio::test]
async fn the_office_decides_whether_there_are_events() {
    world(Database::Sqlite, async |world| {
        let set = async |value: &str| {
            let options = json!({"key": "session_event", "value": value});
            say(world, "コーディネーター", "office setting", options)
                .await
                .text()
        };
        // Until somebody says so, there are none.
        plan(world, json!({})).await;
        world.settled().await;
        assert_eq!(events(world), []);
        assert!(set("tier3").await.contains("tier3"));
        world.settled().await;
        event(world);
        assert!(
            set("tier1").await.contains("tier3, never"),
            "it names what can be set"
        );
        set("never").await;
        world.settled().await;
        assert_eq!(events(world), []);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn without_the_permission_the_desk_is_told_once_and_the_rest_goes_on(
    #[case] database: Database,
) {
    announcing(database, async |world| {
        let (guild, bot) = (world.city.guild, world.fake.bot_role(world.city.guild));
        world.fake.edit_role(guild, bot, |role| {
            role.permissions &= !permission::CREATE_EVENTS;
        });
        plan(world, json!({})).await;
        plan(world, json!({"title": "報告会"})).await;
        let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        say(world, "薬剤師会の会長", "issue add", options).await;
        let is_told = world
            .until(async |world| world.counts().await.refused == 2)
            .await;
        assert!(is_told, "{}", world.log());
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        let cards = world.cards(DESK);
        assert_eq!(cards.len(), 1, "once");
        insta::assert_snapshot!("stoppage", read(&cards[0]));
        let check = say(world, "コーディネーター", "office check", json!({})).await;
        let mut pages = check.text();
        while let Some(page) = check_page(world, &check, &pages).await {
            pages.push_str(&page);
        }
        assert!(pages.contains("サーバーのイベント"), "{pages}");
        world.fake.edit_role(guild, bot, |role| {
            role.permissions |= permission::CREATE_EVENTS;
        });
        let mended = world.until(async |world| events(world).len() == 2).await;
        assert!(mended, "{}", world.log());
        world.settled().await;
        assert!(world.cards(DESK)[0].text().contains("解消"));
    })
    .await;
}

/// The next page of a check, as long as there is one and it is not the one read last.
async fn check_page(world: &World, check: &MessageView, read: &str) -> Option<String> {
    let coordinator = world.person("コーディネーター");
    let shown = coordinator.message(check.id).ok()?;
    let next = shown
        .buttons()
        .into_iter()
        .find(|button| button.label == "次へ")?;
    if next.disabled {
        return None;
    }
    let page = coordinator.press_label(check.id, "次へ").await;
    let text = page.expect_message().text();
    (!read.contains(&text)).then_some(text)
}
