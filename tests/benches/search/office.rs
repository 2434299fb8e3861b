//! An office of many years: statements drawn from what such offices hear, some of them shared.

use chrono::DateTime;
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State},
    id::{AssociationId, CircleId, IssueId, OfficeId, ProfessionId, ServerId, UserId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    office::{Association, Profession, Talk},
    tier::Tier,
};
use storage::{Store, Transaction, association, disclosure, issue, office};
use tests::dice::Dice;

/// Issues written in one transaction.
const AT_ONCE: usize = 40;
const ASSOCIATIONS: i64 = 10;
const MATTERS: [&str; 36] = [
    "連携",
    "情報共有",
    "退院",
    "入退院",
    "連絡",
    "相談",
    "夜間",
    "休日",
    "救急",
    "看取り",
    "口腔ケア",
    "栄養",
    "リハビリ",
    "認知症",
    "服薬",
    "お薬手帳",
    "ケアマネジャー",
    "介護支援専門員",
    "主治医",
    "薬局",
    "訪問看護",
    "病院の連携室",
    "デイサービス",
    "担当者会議",
    "研修",
    "人手不足",
    "書類",
    "様式",
    "ICT",
    "在宅医療",
    "地域全体の体制",
    "住民への周知",
    "災害",
    "役割分担",
    "ヘルパー",
    "歯科",
];
const LINKS: [&str; 8] = [
    "の",
    "が",
    "を",
    "と",
    "、",
    "について",
    "のときの",
    "に関して",
];
const ENDS: [&str; 7] = [
    "で困っている",
    "が足りないという声がある",
    "をそろえたい",
    "が事業所ごとにまちまちだ",
    "をどう決めるか話し合いたい",
    "が分からず時間がかかる",
    "を学ぶ場がほしい",
];

/// The professions of a new office.
pub(crate) fn professions() -> Vec<Profession> {
    domain::profession::standard()
        .into_iter()
        .zip(1..)
        .map(|(words, id)| Profession {
            id: ProfessionId(id),
            name: words.name,
            aliases: words.aliases,
        })
        .collect()
}

/// One statement, drawn; one in two hundred speaks of 当番表.
pub(crate) fn statement(number: usize) -> String {
    let mut dice = Dice::of(4, number);
    let mut text = String::new();
    for _ in 0..2 + dice.below(4) {
        text.push_str(MATTERS[dice.below(MATTERS.len())]);
        text.push_str(LINKS[dice.below(LINKS.len())]);
    }
    if dice.below(200) == 0 {
        text.push_str("当番表");
    }
    text + ENDS[dice.below(ENDS.len())]
}

/// Fills an office with so many issues.
pub(crate) async fn fill(store: &Store, issues: usize) -> anyhow::Result<OfficeId> {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default();
    let (id, _) = store
        .write(move |tx| Box::pin(async move { office::ensure(tx, ServerId(1), now).await }))
        .await?;
    store
        .write(move |tx| {
            Box::pin(async move {
                for number in 1..=ASSOCIATIONS {
                    association::put(tx, id, &association(number)).await?;
                }
                Ok(())
            })
        })
        .await?;
    for first in (0..issues).step_by(AT_ONCE) {
        let last = (first + AT_ONCE).min(issues);
        store
            .write(move |tx| {
                Box::pin(async move {
                    for number in first..last {
                        put(tx, id, number).await?;
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(id)
}

fn association(number: i64) -> Association {
    Association {
        id: AssociationId(0),
        name: format!("{number}の会"),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: None,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::Officers,
        fixed: false,
    }
}

/// One issue; one in ten is shared, one in five stands in the region, two in three have ended.
async fn put(tx: &mut Transaction, office: OfficeId, number: usize) -> storage::Result<()> {
    let mut dice = Dice::of(9, number);
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default();
    let association = AssociationId(1 + i64::try_from(number).unwrap_or_default() % ASSOCIATIONS);
    let in_region = dice.chance(20);
    let written = Issue {
        id: IssueId(0),
        revision: 0,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::Two,
        tier_by: TierBy::Rules,
        status: if dice.chance(66) {
            Status::Done
        } else {
            Status::Open
        },
        later_year: None,
        measure_open: false,
        text: statement(number),
        note: dice.chance(30).then(|| statement(number + 1)),
        profession: None,
        association: Some(association),
        about: Vec::new(),
        categories: Vec::new(),
        session: None,
        merged_into: None,
        speaker: None,
        reporter: UserId(2),
        created_at: now,
        changed_at: now,
        passed_on: false,
        kept_private: false,
        retracted: false,
        destination: if in_region {
            Destination::Tier3
        } else {
            Destination::Desk
        },
    };
    let stored = issue::insert(tx, office, &written).await?;
    if !in_region && dice.chance(10) {
        let region = dice.chance(50);
        let told = Disclosure {
            issue: stored.id,
            version: 0,
            audience: if region {
                Audience::Region
            } else {
                Audience::Circle(CircleId(1))
            },
            wording: statement(number + 3),
            as_written: false,
            names_source: false,
            state: State::Proposed,
            proposed_by: UserId(2),
            proposed_at: now,
            decided_by: None,
            decided_at: None,
        };
        disclosure::insert(tx, office, &told).await?;
        disclosure::decide(tx, office, stored.id, 1, State::Approved, UserId(2), now).await?;
    }
    Ok(())
}
