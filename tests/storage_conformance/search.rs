//! Searching: both databases find what a plain look at every wording finds, and nothing more.
//!
//! The reference goes through everything that was written, with the reader's rights spelled out here
//! once more; the databases go through their index.

use crate::{
    disclosure::proposal,
    schema::by_hand,
    town::{COORDINATOR, Town, draft_issue, later, new_office, store_association, store_issue},
};
use domain::{
    audience::Destination,
    disclosure::{Audience, State},
    id::{AssociationId, CircleId, IssueId, OfficeId, ProfessionId, ServerId, UserId},
    issue::{Issue, Status},
    office::Profession,
    search::{Asked, Query, key},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};
use storage::{
    Transaction, disclosure,
    issue::{self, Found, LOOKED_THROUGH_MAX, Listed, Readable, make_anew},
};
use tests::dice::Dice;

const CIRCLE: Audience = Audience::Circle(CircleId(12));

/// What statements of an office are made of.
const MATTERS: [&str; 40] = [
    "退院",
    "入退院",
    "在宅医療",
    "訪問看護",
    "ケアマネ",
    "ケアマネージャー",
    "介護支援専門員",
    "薬局",
    "薬剤師",
    "病院連携室",
    "情報共有",
    "ＩＣＴ",
    "ICT",
    "連絡",
    "相談",
    "夜間",
    "休日",
    "救急",
    "看取り",
    "口腔ケア",
    "こうくう",
    "栄養",
    "リハビリ",
    "ﾘﾊﾋﾞﾘ",
    "認知症",
    "サービス",
    "デイサービス",
    "コンピューター",
    "コンピュータ",
    "メール",
    "データ",
    "会議",
    "担当者会議",
    "研修",
    "人手不足",
    "服薬",
    "書類",
    "様式",
    "３か月",
    "3ヶ月",
];
const LINKS: [&str; 14] = [
    "の",
    "が",
    "を",
    "と",
    "や",
    "、",
    "。",
    "・",
    " ",
    "\n",
    "について",
    "のときの",
    "（",
    "）",
];
const ENDS: [&str; 8] = [
    "で困っている",
    "が足りない",
    "をそろえたい",
    "がまちまちだ",
    "を決める",
    "が分からない",
    "案がでた",
    "",
];

/// A statement of an office, drawn.
fn statement(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.below(6) {
        text.push_str(MATTERS[dice.below(MATTERS.len())]);
        text.push_str(LINKS[dice.below(LINKS.len())]);
    }
    text + ENDS[dice.below(ENDS.len())]
}

/// What somebody types, drawn: whole words, parts of them, several, some left out.
fn typed(dice: &mut Dice) -> String {
    let mut words = Vec::new();
    for number in 0..1 + dice.below(3) {
        let matter = MATTERS[dice.below(MATTERS.len())];
        let letters: Vec<char> = matter.chars().collect();
        let from = dice.below(letters.len());
        let part: String = letters[from..].iter().take(2 + dice.below(5)).collect();
        // A part may be too short (ﾋﾞ is one letter), or begin with what is typed for a dash (ール).
        let is_word = !part.starts_with('ー') && Query::read(&part, &[]).is_ok();
        let word = if is_word { part } else { matter.to_owned() };
        words.push(match dice.below(8) {
            0 if number > 0 => format!("-{word}"),
            1 => format!("【{word}】"),
            2 => word.to_lowercase(),
            _ => word,
        });
    }
    words.join("　")
}

fn professions() -> Vec<Profession> {
    let words = |id, name: &str, aliases: &[&str]| Profession {
        id: ProfessionId(id),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    vec![
        words(1, "介護支援専門員", &["ケアマネ", "ケアマネジャー"]),
        words(2, "薬剤師", &["薬局", "薬剤師会"]),
    ]
}

fn query(written: &str) -> Query {
    match Query::read(written, &professions()) {
        Ok(Asked::Words(query)) => query,
        other => panic!("{written}: {other:?}"),
    }
}

/// An issue as the reference knows it.
#[derive(Clone)]
struct Said {
    issue: Issue,
    /// Wording and note as they are looked through.
    keys: (String, String),
    /// Audience, version and wording of what is shared.
    shares: Vec<(Audience, i64, String)>,
}

/// A drawn office: issues of several origins, some shared, some ended, some taken back.
fn drawn(issues: usize) -> Vec<Said> {
    (0..issues)
        .map(|number| {
            let mut dice = Dice::of(20_261_121, number);
            let destination = match dice.below(4) {
                0 => Destination::Tier3,
                1 => Destination::Tier1(AssociationId(1)),
                2 => Destination::Tier1(AssociationId(2)),
                _ => Destination::Desk,
            };
            let status = [
                Status::Open,
                Status::Planning,
                Status::Done,
                Status::Dropped,
            ];
            let issue = Issue {
                text: statement(&mut dice),
                note: dice.chance(30).then(|| statement(&mut dice)),
                status: status[dice.below(status.len())],
                association: Some(AssociationId(1 + i64::from(dice.chance(50)))),
                reporter: UserId(70 + u64::from(dice.chance(10))),
                retracted: dice.chance(3),
                destination,
                ..draft_issue()
            };
            let mut shares = Vec::new();
            for audience in [CIRCLE, Audience::Region] {
                if !issue.retracted && dice.chance(20) {
                    let version = i64::try_from(shares.len()).expect("few") + 1;
                    shares.push((audience, version, statement(&mut dice)));
                }
            }
            let note = issue.note.as_deref().map(key).unwrap_or_default();
            Said {
                keys: (key(&issue.text), note),
                issue,
                shares,
            }
        })
        .collect()
}

async fn keep(town: &Town, said: &[Said]) {
    store_association(&town.store, town.office, "一の会").await;
    store_association(&town.store, town.office, "二の会").await;
    for some in said.chunks(100) {
        let some = some.to_vec();
        let office = town.office;
        change!(town.store, [some], |tx| {
            for said in &some {
                keep_one(tx, office, said).await?;
            }
            Ok(())
        })
        .expect("drawn issues");
    }
}

async fn keep_one(tx: &mut Transaction, office: OfficeId, said: &Said) -> storage::Result<()> {
    let standing = Issue {
        retracted: false,
        ..said.issue.clone()
    };
    let kept = issue::insert(tx, office, &standing).await?;
    for (audience, version, wording) in &said.shares {
        disclosure::insert(tx, office, &proposal(kept.id.0, *audience, wording)).await?;
        let (state, who) = (State::Approved, COORDINATOR);
        disclosure::decide(tx, office, kept.id, *version, state, who, later(5)).await?;
    }
    if said.issue.retracted {
        let retracted = Issue {
            retracted: true,
            ..kept
        };
        issue::update(tx, office, &retracted).await?;
    }
    Ok(())
}

/// The readers of the drawn office.
fn readers() -> Vec<Readable> {
    let by = |user, associations: &[i64], destinations: &[Destination], audiences: &[Audience]| {
        Readable::By {
            user: UserId(user),
            associations: associations.iter().copied().map(AssociationId).collect(),
            destinations: destinations.to_vec(),
            audiences: audiences.iter().copied().zip(1..).collect(),
        }
    };
    vec![
        Readable::Everything,
        by(0, &[1], &[Destination::Tier3], &[CIRCLE, Audience::Region]),
        by(71, &[], &[Destination::Tier3], &[Audience::Region]),
        by(0, &[], &[], &[Audience::Region, CIRCLE]),
        by(0, &[], &[], &[]),
    ]
}

/// The same by a plain look: number and whether it is the original, in the order of the list.
fn expected(said: &[Said], readable: &Readable, query: &Query) -> Vec<(i64, bool)> {
    let mut hits = Vec::new();
    for (said, id) in said.iter().zip(1_i64..) {
        let issue = &said.issue;
        if issue.retracted {
            continue;
        }
        let (whole, audiences) = match readable {
            Readable::Everything => (true, &BTreeMap::new()),
            Readable::By {
                user,
                associations,
                destinations,
                audiences,
            } => (
                issue.reporter == *user
                    || issue
                        .association
                        .is_some_and(|id| associations.contains(&id))
                    || destinations.contains(&issue.destination),
                audiences,
            ),
        };
        let words = if whole {
            query.judge(&said.keys.0, &said.keys.1)
        } else {
            let read = said
                .shares
                .iter()
                .filter(|(audience, ..)| audiences.contains_key(audience));
            let narrowest =
                read.min_by_key(|(audience, version, _)| (audiences[audience], Reverse(*version)));
            narrowest.and_then(|(.., wording)| query.judge(&key(wording), ""))
        };
        if let Some(words) = words {
            hits.push((!issue.status.is_open(), Reverse(words), Reverse(id), whole));
        }
    }
    hits.sort_unstable();
    hits.into_iter()
        .map(|(.., Reverse(id), whole)| (id, whole))
        .collect()
}

async fn find(town: &Town, readable: &Readable, written: &str, offset: i64, limit: i64) -> Found {
    let (office, readable, query) = (town.office, readable.clone(), query(written));
    look!(town.store, |connection| issue::search(
        connection, office, &readable, &query, offset, limit
    )
    .await)
}

fn read(found: &Found) -> Vec<(i64, bool)> {
    let whole = |listed: &Listed| matches!(listed, Listed::Whole(_));
    found
        .items
        .iter()
        .map(|listed| (listed.id().0, whole(listed)))
        .collect()
}

async fn numbers(town: &Town, written: &str) -> Vec<i64> {
    let found = find(town, &Readable::Everything, written, 0, 50).await;
    read(&found).into_iter().map(|(id, _)| id).collect()
}

async fn say(town: &Town, text: &str) -> i64 {
    let issue = Issue {
        text: text.to_owned(),
        ..draft_issue()
    };
    store_issue(&town.store, town.office, &issue).await.id.0
}

on_both! {
    async fn a_search_finds_what_a_plain_look_finds_for_every_reader(town) {
        let said = drawn(2_000);
        keep(&town, &said).await;
        let (mut found_some, mut read_ones) = (0, BTreeSet::new());
        for number in 0..300 {
            let mut dice = Dice::of(81, number);
            let written = typed(&mut dice);
            let readable = &readers()[dice.below(readers().len())];
            let wanted = expected(&said, readable, &query(&written));
            let all = find(&town, readable, &written, 0, 200).await;
            assert!(!all.is_cut, "{written}");
            assert_eq!(usize::try_from(all.total).expect("a count"), wanted.len(), "{written} {readable:?}");
            assert_eq!(read(&all), wanted[..wanted.len().min(200)], "{written} {readable:?}");
            let (offset, limit) = (dice.below(30), 1 + dice.below(10));
            let page = find(&town, readable, &written, offset as i64, limit as i64).await;
            let there: Vec<_> = wanted.iter().skip(offset).take(limit).copied().collect();
            assert_eq!(read(&page), there, "{written} from {offset}");
            found_some += usize::from(!wanted.is_empty());
            read_ones.extend(wanted.iter().map(|(_, whole)| *whole));
        }
        assert!(found_some > 150, "the drawn queries have to find something: {found_some}");
        assert_eq!(read_ones, BTreeSet::from([false, true]), "originals and shares");
    }

    async fn a_search_for_what_only_the_original_says_finds_no_share(town) {
        let id = say(&town, "夜間に電話がつながらない").await;
        town.share(id, CIRCLE, "連絡のつき方に課題がある").await;
        let told = Readable::By {
            user: UserId(0),
            associations: Vec::new(),
            destinations: Vec::new(),
            audiences: BTreeMap::from([(CIRCLE, 1)]),
        };
        for (written, count) in [("夜間", 0), ("電話", 0), ("連絡", 1), ("連絡 電話", 0), ("連絡 -電話", 1)] {
            let found = find(&town, &told, written, 0, 50).await;
            assert_eq!((found.total, found.is_cut), (count, false), "{written}");
            assert!(!format!("{found:?}").contains("電話"), "{written}");
        }
        assert!(town.decide(id, 1, State::Withdrawn, 9).await);
        assert_eq!(find(&town, &told, "連絡", 0, 50).await.total, 0, "taken back");
    }

    async fn what_was_corrected_is_found_by_its_new_words_only(town) {
        let kept = town.issue().await;
        assert_eq!(numbers(&town, "姿勢").await, [1]);
        let office = town.office;
        let corrected = Issue {
            text: "薬局ごとに開いている時刻がちがう".to_owned(),
            note: Some("会長と話す".to_owned()),
            ..kept
        };
        change!(town.store, [corrected], |tx| issue::update(tx, office, &corrected).await).expect("corrected");
        assert_eq!(numbers(&town, "姿勢").await, [0; 0]);
        assert_eq!(numbers(&town, "時刻 会長").await, [1], "words and note");
    }

    async fn another_office_is_not_looked_through(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        say(&town, "退院の連絡").await;
        let theirs = Issue { text: "退院の相談".to_owned(), ..draft_issue() };
        store_issue(&town.store, other, &theirs).await;
        assert_eq!(numbers(&town, "退院").await.len(), 1);
        assert_eq!(numbers(&town, "相談").await, [0; 0]);
    }

    async fn what_an_older_version_wrote_down_is_made_ready(town) {
        let id = say(&town, "夜間の連絡").await;
        town.share(id, CIRCLE, "連絡の課題").await;
        by_hand(
            &town,
            "update issue_wording set folded = 'old', grams = null, made_by = 0",
        )
        .await;
        assert_eq!(numbers(&town, "夜間").await, [0; 0]);
        let mut anew = 0;
        while change!(town.store, |tx| make_anew(tx, 1).await).expect("made anew") > 0 {
            anew += 1;
        }
        assert_eq!(anew, 2, "each once");
        assert_eq!(numbers(&town, "夜間").await, [1]);
    }

    async fn a_search_says_when_there_is_more_than_it_looks_through(town) {
        let office = town.office;
        let beyond = LOOKED_THROUGH_MAX + 5;
        for some in 0..=beyond / 100 {
            let count = (beyond - some * 100).min(100);
            change!(town.store, |tx| {
                for _ in 0..count {
                    issue::insert(tx, office, &draft_issue()).await?;
                }
                Ok(())
            })
            .expect("many issues");
        }
        let found = find(&town, &Readable::Everything, "薬局", 0, 3).await;
        assert_eq!((found.total, found.is_cut), (LOOKED_THROUGH_MAX, true));
        assert_eq!(read(&found)[0], (beyond, true), "the newest first");
        let rest = find(&town, &Readable::Everything, "薬局", LOOKED_THROUGH_MAX, 3).await;
        assert!(rest.items.is_empty());
        assert!(!find(&town, &Readable::Everything, "薬局 -在宅", 0, 3).await.items.iter().any(|listed| listed.id() == IssueId(1)));
    }
}
