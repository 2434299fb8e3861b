//! Families of keys: texts that are looked up by a code, such as `word-status-done`, with every code
//! there is.

mod handover;

use crate::house::House;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

static ACT: LazyLock<regex::Regex> = LazyLock::new(|| {
    regex::Regex::new(
        r"^(?:audit|event|feedback|feed|fund|issue|match|memo|notice|office|petition|project|report|retention|review|rule|session|target|task)\.[a-z-]+$",
    )
    .expect("a good pattern")
});

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> String) -> BTreeSet<String> {
    all.iter().map(|value| code(*value)).collect()
}

/// Families of keys that are put together from a prefix and a code; both ends of each are listed here.
pub(crate) fn families(
    house: &House,
    payload: &[Value],
) -> BTreeMap<&'static str, BTreeSet<String>> {
    let acts = house
        .below("commands/src/")
        .flat_map(|source| source.literals.iter().filter(|literal| !literal.test))
        .filter(|literal| ACT.is_match(&literal.what))
        .map(|literal| literal.what.replace('.', "-"))
        .collect();
    BTreeMap::from([
        ("act-", acts),
        ("command-", command_keys(payload)),
        ("help-", choice_values(payload, "help topic")),
        ("stoppage-reason-", stoppage_reasons()),
        ("stoppage-remedy-", stoppage_reasons()),
        (
            "import-file-",
            codes(commands::sheet::SheetFault::ALL, |f| f.code().to_owned()),
        ),
        (
            "button-import-",
            codes(commands::custom_id::Group::ALL, |g| g.code().to_owned()),
        ),
        (
            "import-group-",
            codes(commands::custom_id::Group::ALL, |g| g.code().to_owned()),
        ),
        (
            "subject-",
            codes(storage::SubjectKind::ALL, |kind| kind.code().to_owned()),
        ),
        (
            "feed-fault-",
            codes(domain::feed::Fault::ALL, |fault| fault.code().to_owned()),
        ),
        (
            "word-comparison-",
            codes(domain::comparison::Kind::ALL, |kind| kind.code().to_owned()),
        ),
        (
            "why-",
            codes(domain::routing::Why::ALL, |why| why.code().to_owned()),
        ),
        (
            "channel-unset-",
            codes(domain::office::Use::ALL, |used| used.code().to_owned()),
        ),
        (
            "role-unset-",
            codes(domain::office::Capacity::ALL, |c| c.code().to_owned()),
        ),
    ])
    .into_iter()
    .chain(words(payload))
    .chain(projects())
    .chain(gatherings())
    .chain(told())
    .chain(events())
    .chain(targets())
    .chain(progress())
    .chain(funds())
    .chain(rules())
    .chain(keeping())
    .chain(handover::families())
    .collect()
}

/// What is said of events of the server that somebody changed by hand.
fn events() -> BTreeMap<&'static str, BTreeSet<String>> {
    use domain::event::{Hand, Part};
    let hands = || codes(Hand::ALL, |hand| hand.code().to_owned());
    BTreeMap::from([
        ("button-event-right-", hands()),
        ("event-hand-", hands()),
        ("event-remedy-", hands()),
        (
            "word-event-part-",
            codes(Part::ALL, |part| part.code().to_owned()),
        ),
    ])
}

/// What is said of targets and their goals.
fn targets() -> BTreeMap<&'static str, BTreeSet<String>> {
    use commands::custom_id::plan::Group;
    use domain::target::{goal, pace};
    let groups = || codes(Group::ALL, |group| group.code().to_owned());
    BTreeMap::from([
        (
            "word-pace-",
            codes(pace::State::ALL, |state| state.code().to_owned()),
        ),
        (
            "word-goal-state-",
            codes(goal::State::ALL, |state| state.code().to_owned()),
        ),
        ("button-plan-", groups()),
        ("plan-group-", groups()),
    ])
}

/// What is said of funds and their catalogues.
fn funds() -> BTreeMap<&'static str, BTreeSet<String>> {
    use commands::custom_id::plan::Group;
    use domain::fund::{Applicant, Doubt, catalogue::Why, difference::Part};
    BTreeMap::from([
        ("fund-doubt-", codes(Doubt::ALL, |it| it.code().to_owned())),
        ("fund-group-", codes(Group::ALL, |it| it.code().to_owned())),
        ("fund-part-", codes(Part::ALL, |it| it.code().to_owned())),
        ("fund-why-", codes(Why::ALL, |it| it.code().to_owned())),
        (
            "word-applicant-",
            codes(Applicant::ALL, |it| it.code().to_owned()),
        ),
    ])
}

/// What is said of rules.
fn rules() -> BTreeMap<&'static str, BTreeSet<String>> {
    use domain::rule::{Change, Event};
    BTreeMap::from([
        (
            "word-rule-change-",
            codes(Change::ALL, |it| it.code().to_owned()),
        ),
        (
            "reminder-rule-",
            codes(Event::ALL, |it| it.code().to_owned()),
        ),
    ])
}

/// Families of what is kept, handed out and asked for.
fn keeping() -> BTreeMap<&'static str, BTreeSet<String>> {
    use storage::{archive, deletion, petition};
    let kinds = || codes(petition::Kind::ALL, |kind| kind.code().to_owned());
    let states = || codes(petition::State::ALL, |state| state.code().to_owned());
    let nouns = archive::TABLES.iter().filter_map(|table| match table.fate {
        archive::Fate::Exported(noun) => Some(noun.to_owned()),
        archive::Fate::Left(_) => None,
    });
    let over = |code: &String| code != "open";
    BTreeMap::from([
        (
            "retention-kind-",
            codes(domain::retention::Kind::ALL, |kind| kind.code().to_owned()),
        ),
        ("archive-noun-", nouns.collect()),
        (
            "archive-column-",
            codes(commands::keeping::NAMED, |name| name.to_owned()),
        ),
        ("petition-state-", states()),
        ("button-petition-ask-", kinds()),
        ("word-petition-", kinds()),
        ("petition-help-", kinds()),
        (
            "petition-card-",
            states().into_iter().filter(over).collect(),
        ),
        (
            "deletion-card-",
            codes(deletion::State::ALL, |state| state.code().to_owned())
                .into_iter()
                .filter(over)
                .collect(),
        ),
    ])
}

/// Families of how targets get on, and of what is proposed for the next year.
fn progress() -> BTreeMap<&'static str, BTreeSet<String>> {
    use domain::{
        progress::{Carry, Wish},
        target::pace::State,
    };
    let states = || codes(State::ALL, |state| state.code().to_owned());
    BTreeMap::from([
        ("pace-letter-", states()),
        (
            "word-carry-",
            codes(Carry::ALL, |carry| carry.code().to_owned()),
        ),
        (
            "sheet-goal-",
            codes(Wish::ALL, |wish| wish.code().to_owned()),
        ),
    ])
}

/// Families of words and of what is said of pairs, forms and gatherings.
fn words(payload: &[Value]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let tiers = || codes(&domain::tier::Tier::ALL, |tier| tier.number().to_string());
    let forms = || {
        codes(&domain::form::Which::ALL, |which| {
            which.number().to_string()
        })
    };
    let or_none = |numbers: BTreeSet<String>| numbers.into_iter().chain(["0".to_owned()]).collect();
    BTreeMap::from([
        ("form-tier-", or_none(tiers())),
        ("word-form-", forms()),
        ("word-form-choice-", forms()),
        (
            "word-capacity-",
            codes(domain::office::Capacity::ALL, |c| c.code().to_owned()),
        ),
        (
            "word-kind-",
            codes(domain::issue::Kind::ALL, |kind| kind.code().to_owned()),
        ),
        (
            "word-origin-",
            codes(domain::issue::Origin::ALL, |origin| {
                origin.code().to_owned()
            }),
        ),
        (
            "word-permission-",
            codes(domain::proof::Permission::ALL, |p| p.code().to_owned()),
        ),
        (
            "word-rank-",
            codes(domain::person::Rank::ALL, |rank| rank.code().to_owned()),
        ),
        (
            "word-setting-",
            codes(domain::setting::Key::ALL, |key| key.code().to_owned()),
        ),
        (
            "word-matter-",
            codes(domain::occurrence::Matter::ALL, |matter| {
                matter.code().replace(':', "-")
            }),
        ),
        ("match-kind-", examples()),
        ("match-method-", examples()),
        ("match-role-", examples()),
        (
            "word-theme-",
            codes(domain::matching::Theme::ALL, |theme| {
                theme.code().to_owned()
            }),
        ),
        (
            "word-disclosure-",
            codes(domain::disclosure::State::ALL, |state| {
                state.code().to_owned()
            }),
        ),
        (
            "word-likeness-",
            codes(domain::merge::likeness::Likeness::ALL, |likeness| {
                likeness.code().to_owned()
            }),
        ),
        (
            "word-schedule-",
            codes(domain::digest::What::ALL, |what| what.code().to_owned()),
        ),
        (
            "word-shift-",
            codes(domain::calendar::Shift::ALL, |shift| {
                shift.code().to_owned()
            }),
        ),
        (
            "word-status-",
            codes(domain::issue::Status::ALL, |status| {
                status.code().to_owned()
            }),
        ),
        ("word-session-tier-", tiers()),
        (
            "word-talk-",
            codes(domain::office::Talk::ALL, |talk| talk.code().to_owned()),
        ),
        ("word-tier-", tiers()),
        ("word-tier-short-", tiers()),
        ("word-topic-", choice_values(payload, "help topic")),
        ("word-use-", choice_values(payload, "office channel use")),
    ])
}

/// Families of what is told and sent: feedback, notices, memos.
fn told() -> BTreeMap<&'static str, BTreeSet<String>> {
    BTreeMap::from([
        (
            "feedback-is-",
            codes(domain::feedback::State::ALL, |s| s.code().to_owned()),
        ),
        (
            "word-feedback-state-",
            codes(domain::feedback::State::ALL, |s| s.code().to_owned()),
        ),
        (
            "word-notice-state-",
            codes(domain::notice::State::ALL, |s| s.code().to_owned()),
        ),
        (
            "form-notice-",
            ["title", "issued", "date", "scopes", "words"]
                .into_iter()
                .flat_map(|field| [field.to_owned(), format!("{field}-hint")])
                .chain(
                    [
                        "title-of",
                        "topic-of",
                        "topic",
                        "topic-hint",
                        "part-of",
                        "part",
                        "part-hint",
                    ]
                    .map(str::to_owned),
                )
                .collect(),
        ),
        (
            "memo-state-",
            codes(domain::memo::State::ALL, |s| s.code().to_owned()),
        ),
        (
            "refused-memo-",
            codes(domain::memo::State::ALL, |s| s.code().to_owned()),
        ),
    ])
}

/// Families of what is said of sessions and reviews.
fn gatherings() -> BTreeMap<&'static str, BTreeSet<String>> {
    BTreeMap::from([
        (
            "session-question-",
            codes(domain::session::Question::ALL, |asked| {
                asked.code().to_owned()
            }),
        ),
        (
            "word-session-kind-",
            codes(domain::session::Kind::ALL, |kind| kind.code().to_owned()),
        ),
        (
            "word-session-purpose-",
            codes(domain::session::Purpose::ALL, |purpose| {
                purpose.code().to_owned()
            }),
        ),
        (
            "word-session-role-",
            codes(domain::session::Role::ALL, |role| role.code().to_owned()),
        ),
        (
            "word-session-state-",
            codes(domain::session::State::ALL, |state| state.code().to_owned()),
        ),
        (
            "word-review-state-",
            codes(domain::review::State::ALL, |state| state.code().to_owned()),
        ),
        (
            "word-review-next-",
            codes(domain::review::Next::ALL, |next| next.code().to_owned()),
        ),
    ])
}

/// Families of words of projects and their tasks.
fn projects() -> [(&'static str, BTreeSet<String>); 3] {
    let roles = || codes(domain::project::Role::ALL, |role| role.code().to_owned());
    let states = codes(domain::project::State::ALL, |state| state.code().to_owned());
    [
        ("word-project-state-", states),
        ("word-task-role-", roles()),
        ("task-role-words-", roles()),
    ]
}

/// The manual's examples of a gathering.
fn examples() -> BTreeSet<String> {
    let all = domain::matching::Example::ALL.iter();
    all.map(|example| example.code().to_owned()).collect()
}

/// Why nothing is sent.
fn stoppage_reasons() -> BTreeSet<String> {
    let all = domain::stoppage::Reason::ALL.iter();
    all.map(|reason| reason.code().to_owned()).collect()
}

/// The parts after `command-` of every name and description that is registered.
fn command_keys(payload: &[Value]) -> BTreeSet<String> {
    fn walk(of: &Value, path: &str, keys: &mut BTreeSet<String>) {
        keys.insert(path.to_owned());
        if of.get("description").is_some_and(|text| text != "") {
            keys.insert(format!("{path}-description"));
        }
        for option in of["options"].as_array().into_iter().flatten() {
            let name = option["name"]
                .as_str()
                .unwrap_or_default()
                .replace('_', "-");
            walk(option, &format!("{path}-{name}"), keys);
        }
    }
    let mut keys = BTreeSet::new();
    for command in payload {
        let name = command["name"].as_str().unwrap_or_default();
        walk(command, &name.to_lowercase().replace(' ', "-"), &mut keys);
    }
    keys
}

/// The values of the choices of an option (`office channel use`).
fn choice_values(payload: &[Value], path: &str) -> BTreeSet<String> {
    let mut level = payload.to_vec();
    let mut found = Value::Null;
    for name in path.split(' ') {
        found = level
            .into_iter()
            .find(|one| one["name"] == name)
            .unwrap_or_default();
        level = found["options"].as_array().cloned().unwrap_or_default();
    }
    let choices = found["choices"].as_array().into_iter().flatten();
    choices
        .filter_map(|choice| choice["value"].as_str().map(str::to_owned))
        .collect()
}

/// Texts that name a thing differently in each language, so that their values differ.
pub(crate) const DIFFERENT: &[(&str, &str)] = &[(
    "status-later-year",
    "the fiscal year by its era in Japanese, by its first year in English",
)];
