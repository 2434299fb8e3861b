//! What must be so after any crash: of each change everything or nothing, every card once in its place
//! as it is now, speakers readable.

use super::ledger::{Case, explains};
use crate::number_in;
use chrono::{DateTime, Utc};
use commands::card;
use domain::{
    audience::Destination,
    id::{ServerId, UserId},
    issue::Issue,
    office::Office,
};
use fake_discord::MessageView;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use storage::{Store, Subject, SubjectKind, history::Step, outbox::StandingPost};
use tests::{city::ASSOCIATIONS, leak::all_issues, world::World};

/// Channels that hold cards, beside those of associations.
const CHANNELS: [&str; 6] = [
    "相談窓口",
    "二次-入退院",
    "二次-多職種",
    "三次連携",
    "進捗",
    "行政通知",
];
/// Entries of the audit read at once.
const PAGE: i64 = 200;

/// What is known of one act from the audit: what, who, when.
type Trace = (String, UserId, DateTime<Utc>);
/// A card and the channel it stands in; the forum, for a post.
type Card = (u64, MessageView);

/// Holds everything the office has against what its people know.
///
/// # Panics
/// Something is lost, doubled, half there, misplaced or old.
pub(super) async fn judge(world: &World, store: &Store, cases: &[&Case]) {
    let server = ServerId(world.city.guild);
    let office = store.office(server).await.expect("it can be read");
    let office = office.expect("it is set up");
    let issues = all_issues(store, &office).await;
    let mut traces = audit(store, &office).await;
    let mut cards = cards(world);
    let mut found: BTreeMap<&str, i64> = BTreeMap::new();
    for issue in &issues {
        let number = issue.id.0;
        let steps = history(store, &office, number).await;
        whole(issue, &steps, &traces.remove(&number).unwrap_or_default());
        let case = case_of(cases, &steps[0]);
        let twice = found.insert(&case.key, number);
        assert_eq!(twice, None, "#{number} was written down twice");
        assert!(
            case.number.is_none_or(|told| told == number),
            "#{number} was told as {:?}",
            case.number
        );
        assert!(
            explains(&case.acts, &steps),
            "#{number} was asked for as {:#?}\nand went {:#?}",
            case.acts
                .iter()
                .map(|act| (act.round, &act.what, act.heard))
                .collect::<Vec<_>>(),
            steps
                .iter()
                .map(|step| (&step.act, &step.after))
                .collect::<Vec<_>>()
        );
        let desk = Destination::Desk.desk().expect("the desk is the desk");
        let speaker = issue.speaker.as_ref().map(|speaker| speaker.reveal(desk));
        assert_eq!(speaker, case.speaker.as_deref(), "the speaker of #{number}");
        let cards = cards.remove(&number).unwrap_or_default();
        let standing = standing(store, &office, number).await;
        in_its_place(world, &office, issue, &cards, &standing);
    }
    for case in cases.iter().filter(|case| case.must_be()) {
        assert!(
            found.contains_key(case.key.as_str()),
            "it is lost: {case:#?}"
        );
    }
    assert!(traces.is_empty(), "an audit of nothing: {traces:#?}");
    assert!(cards.is_empty(), "cards of nothing: {cards:#?}");
    no_empty_posts(world);
}

/// The case whose key stands in the first text.
fn case_of<'c>(cases: &[&'c Case], first: &Step) -> &'c Case {
    let text = first.after["text"].as_str().expect("an issue has a text");
    let found = cases.iter().find(|case| text.starts_with(&case.key));
    let case = found.unwrap_or_else(|| panic!("nobody asked for {text:?}"));
    assert!(case.may_be(), "refused and yet written down: {case:#?}");
    case
}

/// Each revision has its step in the history and its entry in the audit, and nothing else has.
fn whole(issue: &Issue, steps: &[Step], traces: &[Trace]) {
    let number = issue.id;
    let revisions: Vec<Option<i64>> = steps.iter().map(|s| s.after["revision"].as_i64()).collect();
    let expected: Vec<Option<i64>> = (1..=issue.revision).map(Some).collect();
    assert_eq!(revisions, expected, "revisions of #{number} in the history");
    for (before, after) in steps.iter().zip(&steps[1..]) {
        let known = after.before.as_ref().map(|state| &state["revision"]);
        assert_eq!(
            known,
            Some(&before.after["revision"]),
            "#{number} before and after"
        );
    }
    let told: Vec<Trace> = steps
        .iter()
        .map(|step| (step.act.clone(), step.who, step.at))
        .collect();
    assert_eq!(traces, told, "audit and history of #{number}");
    let last = &steps[steps.len() - 1].after;
    assert_eq!(
        last["text"],
        json!(issue.text),
        "#{number} is as its history says"
    );
    assert_eq!(
        last["status"],
        json!(issue.status),
        "#{number} is as its history says"
    );
}

/// One card, where the issue belongs, saying what it says now; and the outbox knows it.
fn in_its_place(
    world: &World,
    office: &Office,
    issue: &Issue,
    cards: &[Card],
    standing: &[(Destination, StandingPost, i64)],
) {
    let number = issue.id;
    let wanted = issue.destination.channel(office).expect("it is bound").0;
    let [(channel, card)] = cards else {
        let places: Vec<u64> = cards.iter().map(|(channel, _)| *channel).collect();
        panic!("#{number} stands in {places:?}, and belongs into {wanted}");
    };
    assert_eq!(*channel, wanted, "#{number} stands in the wrong place");
    let post = card::issue::post(office, issue, (&[], 0), issue.destination, "", "");
    let drawn = json!(post.embeds);
    assert_eq!(
        said(&card.embeds[0]),
        said(&drawn[0]),
        "the card of #{number} is old"
    );
    if card.channel != *channel {
        let thread = world
            .fake
            .raw_channel(card.channel)
            .expect("it stands there");
        assert_eq!(
            thread["name"],
            json!(post.title),
            "the title of #{number} is old"
        );
        assert_ne!(thread["thread_metadata"]["archived"], json!(true));
    }
    let known: Vec<(Destination, u64, i64)> = standing
        .iter()
        .map(|(destination, post, revision)| (*destination, post.message.0, *revision))
        .collect();
    assert_eq!(
        known,
        [(issue.destination, card.id, issue.revision)],
        "what the outbox knows of #{number}"
    );
}

/// What people read of an embed.
fn said(embed: &Value) -> Value {
    let fields = embed["fields"].as_array().into_iter().flatten();
    let fields: Vec<[&Value; 2]> = fields.map(|f| [&f["name"], &f["value"]]).collect();
    json!([
        embed["title"],
        embed["description"],
        fields,
        embed["footer"]["text"]
    ])
}

/// Every card of the city by its number.
fn cards(world: &World) -> BTreeMap<i64, Vec<Card>> {
    let own = ASSOCIATIONS.iter().map(|(_, _, channel, _)| *channel);
    let mut cards: BTreeMap<i64, Vec<Card>> = BTreeMap::new();
    for name in own.chain(CHANNELS) {
        for card in world.cards(name) {
            let here = (world.channel(name), card);
            cards.entry(number_in(&here.1)).or_default().push(here);
        }
    }
    cards
}

/// A post that was taken away leaves nothing, not even a thread without words.
fn no_empty_posts(world: &World) {
    let forums = ASSOCIATIONS.iter().filter(|(.., forum)| *forum);
    let own = forums.map(|(_, _, channel, _)| *channel);
    for name in own.chain(["二次-多職種", "三次連携"]) {
        let posts = world.fake.threads(world.channel(name)).len();
        assert_eq!(
            posts,
            world.cards(name).len(),
            "posts without words in {name}"
        );
    }
}

async fn history(store: &Store, office: &Office, number: i64) -> Vec<Step> {
    let (id, subject) = (office.id, subject(number));
    store
        .read(move |connection| Box::pin(storage::history::of(connection, id, subject)))
        .await
        .expect("the history can be read")
}

async fn standing(
    store: &Store,
    office: &Office,
    number: i64,
) -> Vec<(Destination, StandingPost, i64)> {
    let (id, subject) = (office.id, subject(number));
    store
        .read(move |connection| Box::pin(storage::outbox::standing(connection, id, subject)))
        .await
        .expect("the outbox can be read")
}

fn subject(number: i64) -> Subject {
    Subject {
        kind: SubjectKind::Issue,
        id: number,
    }
}

/// Every entry about an issue, by its number, oldest first.
async fn audit(store: &Store, office: &Office) -> BTreeMap<i64, Vec<Trace>> {
    let id = office.id;
    let mut traces: BTreeMap<i64, Vec<Trace>> = BTreeMap::new();
    for page in 0.. {
        let entries = store
            .read(move |connection| {
                Box::pin(async move {
                    let all = storage::audit::Filter::default();
                    storage::audit::list(connection, id, &all, page * PAGE, PAGE).await
                })
            })
            .await
            .expect("the audit can be read")
            .entries;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            let of_issue = |(kind, _): &(String, i64)| kind == SubjectKind::Issue.code();
            let Some((_, number)) = entry.subject.filter(of_issue) else {
                continue;
            };
            let trace = (entry.act, entry.who, entry.at);
            traces.entry(number).or_default().push(trace);
        }
    }
    traces.values_mut().for_each(|entries| entries.reverse());
    traces
}
