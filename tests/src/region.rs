//! A region: many offices at once, each with many associations, for what only numbers show.
//!
//! It stands in the stand-in and in the records before the bot is started, as years of use have left it.
//! Every association has a channel of its own that its coordinators read, so that as many messages can be
//! on their way at once as there are places.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Asia::Tokyo;
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State},
    id::{AssociationId, ChannelId, IssueId, OfficeId, RoleId, ServerId, UserId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    occurrence::{Lead, Matter, Moment, Series},
    office::{Association, Capacity, Talk, Use},
    server::OverseerKind,
    tier::Tier,
};
use fake_discord::{Channel, Fake, Overwrite, Role, permission};
use futures::{StreamExt, TryStreamExt, stream};
use storage::{Store, Transaction};

/// Channels that Discord holds in one server (topics/limits by experience: 500, the desk among them).
pub const ASSOCIATIONS_MAX: usize = 400;
/// Offices, or bundles of places, that are written at once; they share commits.
const AT_ONCE: usize = 16;
/// Places whose occurrences are planned in one transaction.
const BUNDLE: usize = 50;

/// A channel of an association, where one reminder will be said.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The office.
    pub office: OfficeId,
    /// Its association.
    pub association: AssociationId,
    /// The association's channel, by Discord's id.
    pub channel: u64,
    /// Who wrote down what is remembered there.
    pub owner: u64,
}

/// An office in the stand-in, before it is in the records.
struct Server {
    guild: u64,
    owner: u64,
    coordinators: u64,
    desk: u64,
    channels: Vec<u64>,
}

/// Builds so many offices with so many associations each.
///
/// # Errors
/// The records cannot be written.
pub async fn build(
    fake: &Fake,
    store: &Store,
    (offices, associations): (usize, usize),
    now: DateTime<Utc>,
) -> storage::Result<Vec<Place>> {
    assert!(associations <= ASSOCIATIONS_MAX, "Discord holds no more");
    let servers: Vec<Server> = (0..offices)
        .map(|number| server(fake, number, associations))
        .collect();
    let places: Vec<Vec<Place>> = stream::iter(servers)
        .map(|server| set_up(store, server, now))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    Ok(places.into_iter().flatten().collect())
}

fn server(fake: &Fake, number: usize, associations: usize) -> Server {
    let guild = fake.guild(&format!("架空郡{number}の連携拠点"), "町役場 管理者");
    let coordinators = fake.add_role(guild, Role::named("連携コーディネーター"));
    let bot = fake.bot_role(guild);
    let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
    let hidden = |name: String| {
        Channel::text(name).with_overwrites([
            Overwrite::role(guild, 0, permission::VIEW_CHANNEL),
            Overwrite::role(coordinators, see, 0),
            Overwrite::role(bot, see, 0),
        ])
    };
    let names = (0..associations).map(|number| hidden(format!("一次-{number}")));
    let all = std::iter::once(hidden("相談窓口".to_owned())).chain(names);
    let mut channels = fake.add_channels(guild, all.collect());
    let desk = channels.remove(0);
    Server {
        guild,
        owner: fake.owner(guild),
        coordinators,
        desk,
        channels,
    }
}

/// Writes an office down, in one transaction.
async fn set_up(store: &Store, server: Server, now: DateTime<Utc>) -> storage::Result<Vec<Place>> {
    let server = std::sync::Arc::new(server);
    store
        .write(move |tx| {
            let server = std::sync::Arc::clone(&server);
            Box::pin(async move {
                let (office, _) = storage::office::ensure(tx, ServerId(server.guild), now).await?;
                let coordinators = Some(RoleId(server.coordinators));
                storage::office::set_role(tx, office, Capacity::Coordinator, coordinators, false)
                    .await?;
                let desk = Some(ChannelId(server.desk));
                storage::office::set_channel(tx, office, Use::Desk, desk, false).await?;
                let (owner, who) = (server.owner, UserId(server.owner));
                storage::acceptance::put(tx, office, owner, OverseerKind::Owner, who, now).await?;
                let mut places = Vec::with_capacity(server.channels.len());
                for (number, channel) in server.channels.iter().copied().enumerate() {
                    let association = association(number, channel);
                    let association = storage::association::put(tx, office, &association).await?;
                    places.push(Place {
                        office,
                        association,
                        channel,
                        owner,
                    });
                }
                Ok(places)
            })
        })
        .await
}

fn association(number: usize, channel: u64) -> Association {
    Association {
        id: AssociationId(0),
        name: format!("第{number}地区会"),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: Some(ChannelId(channel)),
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::Officers,
        fixed: false,
    }
}

/// Plans one reminder at every place, all for the same minute of an office in Japan: of a proposal that
/// nobody has decided.
///
/// # Errors
/// The records cannot be written.
pub async fn plan(
    store: &Store,
    places: &[Place],
    (date, time): (NaiveDate, NaiveTime),
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let due = Moment { date, time };
    let bundles: Vec<Vec<Place>> = places.chunks(BUNDLE).map(<[Place]>::to_vec).collect();
    stream::iter(bundles)
        .map(|bundle| {
            store.write(move |tx| {
                let bundle = bundle.clone();
                Box::pin(async move {
                    for place in bundle {
                        plan_one(tx, place, due, now).await?;
                    }
                    Ok(())
                })
            })
        })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

async fn plan_one(
    tx: &mut Transaction,
    place: Place,
    due: Moment,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let issue = storage::issue::insert(tx, place.office, &issue(place, now)).await?;
    let disclosure = Disclosure {
        issue: issue.id,
        version: 0,
        audience: Audience::Region,
        wording: "ふだんから知らせ合えると助かります".to_owned(),
        as_written: false,
        names_source: false,
        state: State::Proposed,
        proposed_by: issue.reporter,
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let disclosure = storage::disclosure::insert(tx, place.office, &disclosure).await?;
    let series = Series {
        matter: Matter::Proposal,
        id: issue.id.0,
        revision: disclosure.version,
    };
    let key = series.at(Lead::days(3).expect("a short lead"));
    let there = Destination::Tier1(place.association);
    storage::occurrence::put(tx, place.office, key, due, Tokyo, there)
        .await
        .map(drop)
}

fn issue(place: Place, now: DateTime<Utc>) -> Issue {
    Issue {
        id: IssueId(0),
        revision: 1,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::One,
        tier_by: TierBy::Person,
        status: Status::Open,
        later_year: None,
        text: "在庫の数え方がまちまちだ".to_owned(),
        note: None,
        profession: None,
        association: Some(place.association),
        about: Vec::new(),
        speaker: None,
        reporter: UserId(place.owner),
        created_at: now,
        changed_at: now,
        passed_on: false,
        kept_private: false,
        measure_open: false,
        retracted: false,
        categories: Vec::new(),
        session: None,
        merged_into: None,
        destination: Destination::Tier1(place.association),
    }
}
