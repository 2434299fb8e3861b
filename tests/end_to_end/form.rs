//! The manual's two forms, on the screen and as sheets: what stands in them, who gets which, and that a
//! sheet opens as it should in a reader the product does not use.

mod page;
mod reader;
mod sheet;

use super::number_in;
use chrono::NaiveDate;
use commands::clock::Clock;
use domain::{
    era::FiscalYear,
    id::{IssueId, ServerId, SessionId, UserId},
    session::{Kind, Role, Session, State},
    tier::Tier,
};
use fake_discord::{MessageView, StoredAttachment};
use serde_json::{Value, json};
use tests::world::World;

/// What a person writes down; the number.
async fn add(world: &World, key: &str, options: Value) -> i64 {
    let place = world.channel("広場");
    let answer = world.person(key).slash(place, "issue add", options).await;
    number_in(&answer.expect_message())
}

/// The answer to a command about lists.
async fn ask(world: &World, key: &str, path: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    let person = world.person(key);
    person.slash(place, path, options).await.expect_message()
}

/// The sheet of an answer.
fn file(world: &World, answer: &MessageView) -> StoredAttachment {
    assert!(answer.ephemeral, "a sheet is for the person who asked");
    let [file] = answer.attachments.as_slice() else {
        panic!("one file is expected: {}", answer.text());
    };
    world.fake.file(file.id).expect("the file is there")
}

/// The office sorts an issue into categories by itself, so that the forms are tried and not the sorting.
async fn sort(world: &World, number: i64, categories: &[&str]) {
    let office = office(world).await;
    let categories: Vec<String> = categories.iter().map(|name| (*name).to_owned()).collect();
    world
        .store()
        .write(move |tx| {
            let categories = categories.clone();
            Box::pin(async move {
                let found = storage::issue::find(tx, office, IssueId(number)).await?;
                let mut issue = found.expect("the issue is there");
                issue.categories.clear();
                for name in &categories {
                    issue
                        .categories
                        .push(storage::category::put(tx, office, name).await?);
                }
                storage::issue::update(tx, office, &issue).await
            })
        })
        .await
        .expect("it is sorted");
}

/// One issue stands for another from now on.
async fn stand_for(world: &World, number: i64, other: i64) {
    let office = office(world).await;
    world
        .store()
        .write(move |tx| {
            Box::pin(async move {
                let found = storage::issue::find(tx, office, IssueId(other)).await?;
                let mut issue = found.expect("the issue is there");
                issue.merged_into = Some(IssueId(number));
                storage::issue::update(tx, office, &issue).await
            })
        })
        .await
        .expect("it is merged");
}

/// The pharmacists' first talk of the year, where one issue was said.
async fn gather(world: &World, number: i64) {
    let server = ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it can be read");
    let office = office.expect("there is an office");
    let pharmacists = office
        .association_named("薬剤師会")
        .expect("there are some");
    let now = world.clock.now();
    let session = Session {
        id: SessionId(0),
        revision: 0,
        tier: Tier::One,
        kind: Kind::Meeting,
        state: State::Held,
        title: "薬剤師会との連携に関する打合せ会".to_owned(),
        number: Some(1),
        fiscal_year: Some(FiscalYear::starting_in(2026)),
        date: NaiveDate::from_ymd_opt(2026, 11, 18),
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
        associations: vec![pharmacists.id],
        agenda: Vec::new(),
        planned_by: UserId(world.city.owner),
        created_at: now,
        changed_at: now,
        retracted: false,
    };
    let office = office.id;
    world
        .store()
        .write(move |tx| {
            let session = session.clone();
            Box::pin(async move {
                let session = storage::session::insert(tx, office, &session).await?;
                let found = storage::issue::find(tx, office, IssueId(number)).await?;
                let mut issue = found.expect("the issue is there");
                issue.session = Some(session.id);
                storage::issue::update(tx, office, &issue).await
            })
        })
        .await
        .expect("it is kept");
}

async fn office(world: &World) -> domain::id::OfficeId {
    let server = ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it can be read");
    office.expect("there is an office").id
}

/// What a talk of the pharmacists gave: wordings, kinds, categories, as in the manual's example 2.
async fn talk(world: &World) {
    let said: [(&str, &str, &[&str]); 8] = [
        ("issue", "顔の見える連携が弱い", &["多職種連携"]),
        ("issue", "誰に連絡してよいかわからない", &["多職種連携"]),
        (
            "issue",
            "自分たちの情報発信力が弱い",
            &["多職種連携", "他職種への職能の周知"],
        ),
        (
            "issue",
            "情報共有が足りない",
            &["多職種連携", "情報共有ツール"],
        ),
        ("idea", "合同研修会をしたい", &["多職種連携"]),
        (
            "idea",
            "市の広報で職能を知らせる",
            &["他職種への職能の周知"],
        ),
        (
            "issue",
            "地域の情報共有ツールが知られていない",
            &["情報共有ツール"],
        ),
        ("issue", "駐車場が足りない", &[]),
    ];
    for (kind, words, categories) in said {
        let options = json!({
            "text": words, "kind": kind, "tier": 1, "profession": "薬剤師", "origin": "meeting",
            "speaker": "仮名坂 十兵衛", "note": "病院と地域の相談員",
        });
        let number = add(world, "薬剤師会の連携担当", options).await;
        sort(world, number, categories).await;
    }
    let same = json!({"text": "連絡する相手の見当がつかない", "tier": 1});
    let same = add(world, "薬剤師会の会長", same).await;
    stand_for(world, 2, same).await;
}
