//! Events of sessions: wanted with their session, and what is noticed of people's hands.

use crate::town::{COORDINATOR, Town, WORKER, kept as kept_at, morning};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    audience::Destination,
    era::FiscalYear,
    event::{Hand, Part, Span},
    id::{ChannelId, MessageId, SessionId},
    session::{Kind, Role, Session, State},
    setting::Key,
    tier::Tier,
};
use storage::{
    Subject,
    event::{self, Noticed, Standing},
    outbox::{self, Claimed, StandingPost},
    session,
};

/// Discord's id of the event that stands there.
const STANDS: MessageId = MessageId(77);

fn council(tier: Tier, state: State) -> Session {
    let date = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
    Session {
        id: SessionId(0),
        revision: 0,
        tier,
        kind: Kind::Council,
        state,
        title: "推進協議会".to_owned(),
        number: None,
        fiscal_year: Some(FiscalYear::of(date, 4)),
        date: Some(date),
        start: None,
        end: None,
        purpose: None,
        method: None,
        role: Role::Host,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations: Vec::new(),
        agenda: Vec::new(),
        planned_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

async fn plan(town: &Town, tier: Tier, state: State) -> Session {
    let (office, session) = (town.office, council(tier, state));
    change!(town.store, [session], |tx| session::insert(
        tx, office, &session
    )
    .await)
    .expect("planned")
}

async fn update(town: &Town, session: &Session) -> Session {
    let office = town.office;
    change!(town.store, [session], |tx| session::update(
        tx, office, &session
    )
    .await)
    .expect("changed")
}

async fn kept(town: &Town, session: &Session) -> Option<event::Event> {
    let (office, id) = (town.office, session.id);
    look!(town.store, |connection| event::find(connection, office, id)
        .await)
}

async fn claim(town: &Town) -> Vec<Claimed> {
    change!(town.store, |tx| outbox::claim(tx, &WORKER, 30, 10).await).expect("claimed")
}

/// The next row of the list of events is delivered; it has to be the only thing that waits there.
async fn deliver(town: &Town) -> Claimed {
    let mut claimed = claim(town).await;
    claimed.retain(|row| row.destination == Destination::Event);
    let row = claimed.pop().expect("the event waits");
    let post = StandingPost {
        channel: ChannelId(5),
        message: STANDS,
        thread: None,
    };
    let (sent, wanted) = (row.clone(), row.wanted);
    let counted = change!(town.store, [sent], |tx| outbox::sent(
        tx, &sent, wanted, post
    )
    .await);
    assert!(counted.expect("noted"));
    row
}

async fn standing(town: &Town) -> event::List {
    let office = town.office;
    look!(town.store, |connection| event::standing(connection, office)
        .await)
}

fn noticed(hand: Hand, parts: &[Part]) -> Noticed {
    let start = kept_at(morning());
    let span = Span {
        start,
        end: start + TimeDelta::hours(1),
    };
    Noticed {
        hand,
        parts: parts.to_vec(),
        span: parts.contains(&Part::Time).then_some(span),
        at: start,
    }
}

async fn notice(town: &Town, standing: &Standing, what: &Noticed) -> bool {
    let office = town.office;
    change!(town.store, [standing, what], |tx| event::notice(
        tx, office, &standing, &what
    )
    .await)
    .expect("noted")
}

async fn places(town: &Town, session: &Session) -> Vec<Destination> {
    let (office, about) = (town.office, Subject::event(session.id));
    look!(town.store, |connection| outbox::wanted_at(
        connection, office, about
    )
    .await)
}

on_both! {
    async fn only_a_planned_session_of_the_region_is_wanted_as_an_event(town) {
        for (tier, state, wanted) in [
            (Tier::One, State::Planned, false),
            (Tier::Two, State::Planned, false),
            (Tier::Three, State::Draft, false),
            (Tier::Three, State::Held, false),
            (Tier::Three, State::Planned, true),
        ] {
            let session = plan(&town, tier, state).await;
            let known = kept(&town, &session).await;
            assert_eq!(known.is_some(), wanted, "{tier:?} {state:?}");
            let expected = if wanted { vec![Destination::Event] } else { Vec::new() };
            assert_eq!(places(&town, &session).await, expected);
        }
    }

    async fn an_event_follows_every_change_of_its_session(town) {
        let session = plan(&town, Tier::Three, State::Planned).await;
        assert_eq!(deliver(&town).await.wanted, 1);
        let session = update(&town, &Session { title: "協議会".to_owned(), ..session }).await;
        assert_eq!(deliver(&town).await.wanted, 2);
        // Also when it is not for everybody any more: what stands has to go.
        let session = update(&town, &Session { tier: Tier::Two, ..session }).await;
        let row = deliver(&town).await;
        assert_eq!((row.wanted, row.post.map(|post| post.message)), (3, Some(STANDS)));
        assert_eq!(kept(&town, &session).await.expect("known").revision, 3);
    }

    async fn what_is_noticed_is_told_once_and_is_over_when_the_session_changes(town) {
        let session = plan(&town, Tier::Three, State::Planned).await;
        deliver(&town).await;
        let list = standing(&town).await;
        assert_eq!((list.settled.len(), list.moving), (1, false));
        let there = &list.settled[0];
        assert_eq!((there.session, there.event, there.revision), (session.id, STANDS, 1));
        let changed = noticed(Hand::Changed, &[Part::Name, Part::Time]);
        assert!(notice(&town, there, &changed).await);
        assert!(!notice(&town, there, &changed).await, "it is known");
        let event = kept(&town, &session).await.expect("known");
        assert_eq!((event.told, event.noticed), (1, Some(changed)));
        assert!(standing(&town).await.settled[0].noticed);
        assert!(notice(&town, there, &noticed(Hand::Changed, &[Part::Place])).await);
        let session = update(&town, &Session { start: None, ..session }).await;
        let event = kept(&town, &session).await.expect("known");
        assert_eq!((event.revision, event.told, event.noticed), (2, 3, None));
        // What was read before is not what stands there now.
        assert!(!notice(&town, there, &noticed(Hand::Changed, &[Part::Name])).await);
    }

    async fn what_was_deleted_stays_away_until_somebody_asks_for_it(town) {
        let office = town.office;
        let session = plan(&town, Tier::Three, State::Planned).await;
        let mark = deliver(&town).await.mark;
        let there = standing(&town).await.settled.remove(0);
        assert!(notice(&town, &there, &noticed(Hand::Deleted, &[])).await);
        assert_eq!(standing(&town).await, event::List::default());
        // The session moves on, and what was done by hand is still to be decided.
        let session = update(&town, &Session { title: "協議会".to_owned(), ..session }).await;
        let event = kept(&town, &session).await.expect("known");
        assert_eq!(event.noticed.map(|noticed| noticed.hand), Some(Hand::Deleted));
        let id = session.id;
        let ask = || async {
            change!(town.store, |tx| event::put_right(tx, office, id, morning()).await)
                .expect("asked")
        };
        assert!(ask().await);
        assert!(!ask().await, "it was settled");
        let row = deliver(&town).await;
        assert_eq!((row.wanted, row.post), (3, None));
        assert_ne!(row.mark, mark, "another one carries another mark");
        // Once nobody can come any more there is nothing to decide.
        let there = standing(&town).await.settled.remove(0);
        assert!(notice(&town, &there, &noticed(Hand::Deleted, &[])).await);
        let session = update(&town, &Session { state: State::Cancelled, ..session }).await;
        assert_eq!(kept(&town, &session).await.expect("known").noticed, None);
    }

    async fn what_is_on_its_way_is_not_judged(town) {
        let session = plan(&town, Tier::Three, State::Planned).await;
        let list = standing(&town).await;
        assert_eq!((list.settled.len(), list.moving), (0, true));
        deliver(&town).await;
        let there = standing(&town).await.settled.remove(0);
        update(&town, &session).await;
        assert!(standing(&town).await.moving);
        assert!(!notice(&town, &there, &noticed(Hand::Deleted, &[])).await);
        let row = deliver(&town).await;
        assert_eq!(row.wanted, 2);
    }

    async fn events_follow_the_setting_of_the_office(town) {
        let office = town.office;
        let session = plan(&town, Tier::Three, State::Planned).await;
        plan(&town, Tier::Two, State::Planned).await;
        deliver(&town).await;
        for (key, value) in [(Key::SessionEvent, "never"), (Key::TimeZone, "Europe/Berlin")] {
            let changed = change!(town.store, |tx| {
                storage::office::set_setting(tx, office, key, value, false).await
            });
            changed.expect("set");
            assert_eq!(deliver(&town).await.subject, Subject::event(session.id));
        }
        assert_eq!(kept(&town, &session).await.expect("known").revision, 3);
    }
}
