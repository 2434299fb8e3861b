//! The leak check: who may have got each wording, each shared wording and each speaker's name, and who
//! did.
//!
//! It is written apart from the product's own rules, from the contract's words (DESIGN section 2), and
//! compares with what the stand-in knows every client to have got. The harness runs it at the end of
//! every end-to-end test.

use crate::city::{ASSOCIATIONS, City};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, State},
    issue::{Issue, Origin},
    office::{Office, Talk},
};
use fake_discord::Fake;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use storage::{Store, Subject, SubjectKind, history::Step};

/// Shortest run of letters that is looked for; shorter ones stand in too many texts.
const NEEDLE_CHARACTERS_MIN: usize = 6;

/// One thing that must not reach anybody else.
#[derive(Debug)]
struct Secret {
    what: String,
    needle: String,
    allowed: BTreeSet<u64>,
}

/// Checks every issue of the city's office, in every wording it ever had, and every speaker.
///
/// `told` are people who heard a wording by themselves (the test's own doing), by wording.
///
/// # Panics
/// Somebody got what was not meant for them, or the log holds it.
pub async fn check(
    fake: &Fake,
    city: &City,
    store: &Store,
    told: &BTreeMap<String, BTreeSet<u64>>,
    log: &str,
) {
    let server = domain::id::ServerId(city.guild);
    let Some(office) = store.office(server).await.expect("the office can be read") else {
        return;
    };
    for secret in secrets(city, store, &office, told).await {
        let saw = fake.who_saw(&secret.needle);
        let strangers: Vec<&str> = saw
            .difference(&secret.allowed)
            .map(|id| {
                city.people()
                    .iter()
                    .find(|p| p.id == *id)
                    .map_or("?", |p| p.key.as_str())
            })
            .collect();
        assert!(
            strangers.is_empty(),
            "{} reached {strangers:?}: {:?}",
            secret.what,
            secret.needle
        );
        assert!(
            !log.contains(&secret.needle),
            "{} stands in the log",
            secret.what
        );
    }
}

async fn secrets(
    city: &City,
    store: &Store,
    office: &Office,
    told: &BTreeMap<String, BTreeSet<u64>>,
) -> Vec<Secret> {
    let desk = Destination::Desk.desk().expect("the desk is the desk");
    let circles = circles(store, office).await;
    let mut secrets: BTreeMap<String, Secret> = BTreeMap::new();
    let mut add = |what: String, needle: Option<String>, allowed: BTreeSet<u64>| {
        let Some(needle) = needle else { return };
        // The same words told twice may be read by whoever may read either.
        let entry = secrets.entry(needle.clone()).or_insert_with(|| Secret {
            what,
            needle,
            allowed: BTreeSet::new(),
        });
        entry.allowed.extend(allowed);
    };
    for issue in all_issues(store, office).await {
        let (id, subject) = (
            office.id,
            Subject {
                kind: SubjectKind::Issue,
                id: issue.id.0,
            },
        );
        let steps = store
            .read(move |connection| Box::pin(storage::history::of(connection, id, subject)))
            .await
            .expect("the history can be read");
        for state in steps
            .iter()
            .flat_map(|step| step.before.iter().chain([&step.after]))
        {
            let text = state["text"].as_str().unwrap_or_default();
            let mut allowed = readers(city, office, &circles, &issue, state);
            allowed.extend(told.get(text).into_iter().flatten());
            add(
                format!("the wording of #{}", issue.id),
                needle(text),
                allowed,
            );
            if let Some(note) = state["note"].as_str() {
                let allowed = readers(city, office, &circles, &issue, state);
                add(format!("the note of #{}", issue.id), needle(note), allowed);
            }
        }
        let shares = store
            .read(move |connection| Box::pin(storage::disclosure::of(connection, id, issue.id)))
            .await
            .expect("disclosures can be read");
        for share in &shares {
            let mut allowed = at_the_desk(city, office);
            allowed.insert(share.proposed_by.0);
            if was_approved(&steps, share) {
                allowed.extend(told_of(city, office, &circles, share.audience));
            }
            allowed.extend(told.get(&share.wording).into_iter().flatten());
            let what = format!("version {} shared of #{}", share.version, issue.id);
            add(what, needle(&share.wording), allowed);
        }
        if let Some(speaker) = &issue.speaker {
            let mut allowed = at_the_desk(city, office);
            allowed.insert(issue.reporter.0);
            add(
                format!("the speaker of #{}", issue.id),
                Some(speaker.reveal(desk).into()),
                allowed,
            );
        }
    }
    secrets.into_values().collect()
}

/// Associations of every circle there is or was, by its number.
type Circles = BTreeMap<i64, BTreeSet<i64>>;

/// The circles of an office; those that have ended are known from the audit.
async fn circles(store: &Store, office: &Office) -> Circles {
    let id = office.id;
    let page = store
        .read(move |connection| {
            Box::pin(async move {
                let all = storage::audit::Filter::default();
                storage::audit::list(connection, id, &all, 0, storage::audit::PAGE_MAX).await
            })
        })
        .await
        .expect("the audit can be read");
    let mut circles = Circles::new();
    for entry in page.entries {
        let detail = |name: &str| entry.details.iter().find(|(of, _)| of == name);
        if let (Some((_, circle)), Some((_, members))) = (detail("circle"), detail("associations"))
        {
            let members = members
                .split(',')
                .map(|id| id.parse::<i64>().expect("a number"));
            let circle = circles
                .entry(circle.parse::<i64>().expect("a number"))
                .or_default();
            circle.extend(members);
        }
    }
    for circle in &office.circles {
        let members = circle.associations.iter().map(|id| id.0);
        circles.entry(circle.id.0).or_default().extend(members);
    }
    circles
}

/// Every issue an office ever had, newest first, speakers opened; those taken back are among them,
/// though no list shows them. Numbers have no gap.
///
/// # Panics
/// They cannot be read.
pub async fn all_issues(store: &Store, office: &Office) -> Vec<Issue> {
    let id = office.id;
    let mut issues = Vec::new();
    for number in 1.. {
        let number = domain::id::IssueId(number);
        let found = store
            .read(move |connection| Box::pin(storage::issue::find(connection, id, number)))
            .await
            .expect("issues can be read");
        match found {
            Some(issue) => issues.push(issue),
            None => break,
        }
    }
    issues.reverse();
    issues
}

/// Who may read a wording in one state of an issue: the desk, whoever wrote it down, the talk of the
/// association that raised it, and the audience of the channel where it stood.
fn readers(
    city: &City,
    office: &Office,
    circles: &Circles,
    issue: &Issue,
    state: &Value,
) -> BTreeSet<u64> {
    let mut readers = at_the_desk(city, office);
    readers.insert(issue.reporter.0);
    if let Some(raised_by) = state["association"].as_i64() {
        readers.extend(talk(city, office, raised_by));
    }
    let destination = state["destination"]
        .as_str()
        .and_then(Destination::from_code);
    match destination {
        Some(Destination::Tier1(id)) => readers.extend(talk(city, office, id.0)),
        Some(Destination::Tier2(id)) => {
            for association in circles.get(&id.0).expect("a circle is known or was ended") {
                readers.extend(city.group(&name_of(office, *association)));
            }
        }
        Some(Destination::Tier3) => {
            for (association, ..) in ASSOCIATIONS {
                readers.extend(city.group(association));
            }
            readers.extend([city.person("アドバイザー"), city.person("オブザーバー")]);
        }
        _ => {}
    }
    let open = state["origin"].as_str() == Some(Origin::Open.code());
    let wide = matches!(
        destination,
        Some(Destination::Tier2(_) | Destination::Tier3)
    );
    assert!(
        open || !wide,
        "#{} was said in confidence and stands in {destination:?}",
        issue.id
    );
    readers
}

/// Whether a coordinator ever approved these words: a proposal is for the desk and its author only.
fn was_approved(steps: &[Step], share: &Disclosure) -> bool {
    steps.iter().any(|step| {
        let decided = &step.after["disclosure"];
        decided["version"].as_i64() == Some(share.version)
            && decided["state"].as_str() == Some(State::Approved.code())
    })
}

/// The people a wording was approved for, by the contract's words: a circle's and the region's
/// associations with all their people, an association's group; and the adviser where the office says so.
fn told_of(city: &City, office: &Office, circles: &Circles, audience: Audience) -> BTreeSet<u64> {
    let grant = &office.settings.adviser_sees;
    let mut told = BTreeSet::new();
    match audience {
        Audience::Desk => {}
        Audience::Circle(id) => {
            for association in circles.get(&id.0).expect("a circle is known or was ended") {
                told.extend(city.group(&name_of(office, *association)));
            }
            if grant.tier2 {
                told.insert(city.person("アドバイザー"));
            }
        }
        Audience::Region => {
            for (association, ..) in ASSOCIATIONS {
                told.extend(city.group(association));
            }
            told.extend([city.person("アドバイザー"), city.person("オブザーバー")]);
        }
        Audience::Association(id, group) => {
            let name = name_of(office, id.0);
            match group {
                Group::Everyone => {
                    told.extend(city.group(&name));
                    if grant.associations.contains(&id) {
                        told.insert(city.person("アドバイザー"));
                    }
                }
                Group::Officers => {
                    told.insert(city.person(&format!("{name}の会長")));
                }
                Group::Contacts => {
                    told.insert(city.person(&format!("{name}の連携担当")));
                }
            }
        }
    }
    told
}

/// Coordinators, and the owner of the server, whom Discord shows every channel.
fn at_the_desk(city: &City, office: &Office) -> BTreeSet<u64> {
    let mut desk = BTreeSet::from([
        city.owner,
        city.person("コーディネーター"),
        city.person("二人目のコーディネーター"),
    ]);
    if office.settings.adviser_sees.desk {
        desk.insert(city.person("アドバイザー"));
    }
    desk
}

fn talk(city: &City, office: &Office, association: i64) -> BTreeSet<u64> {
    let name = name_of(office, association);
    let everybody = city.group(&name).into_iter().collect();
    let found = office
        .association(association.into())
        .expect("associations stay");
    let mut talk: BTreeSet<u64> = if found.talk == Talk::Members {
        everybody
    } else {
        ["会長", "連携担当"]
            .map(|rank| city.person(&format!("{name}の{rank}")))
            .into()
    };
    if office
        .settings
        .adviser_sees
        .associations
        .contains(&association.into())
    {
        talk.insert(city.person("アドバイザー"));
    }
    talk
}

fn name_of(office: &Office, association: i64) -> String {
    office
        .association(association.into())
        .expect("associations stay")
        .name
        .clone()
}

/// The longest run of letters in a text: what escaping and cutting leave as it is.
fn needle(text: &str) -> Option<String> {
    let runs = text.split(|letter: char| !letter.is_alphanumeric());
    let longest = runs.max_by_key(|run| run.chars().count())?;
    let cut: String = longest.chars().take(24).collect();
    (cut.chars().count() >= NEEDLE_CHARACTERS_MIN).then_some(cut)
}
