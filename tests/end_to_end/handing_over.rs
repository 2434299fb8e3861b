//! 引継ぎ: whoever takes the office over gets one document with everything that is open, made for
//! coordinators only; and every March the desk is reminded to make one.

mod april;
mod guard;
mod lying;
mod many;
mod reminding;
mod unsent;

use super::{at, command, number_in, wording::read};
use chrono::NaiveDate;
use domain::{
    id::{IssueId, OfficeId, ServerId},
    issue::Issue,
    project, review, session,
};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::{
    book::Book,
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
const KEY_PERSON: &str = "見本 花子";
const UNSETTLED: &str = "日が決まっていない反省会（連携の場・支援事業）";
const SPEAKER: &str = "仮名坂 十兵衛";

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    command(world, COORDINATOR, path, options).await
}

async fn office(world: &World) -> OfficeId {
    let found = world.store().office(ServerId(world.city.guild)).await;
    found.expect("it answers").expect("it is set up").id
}

/// The document of an answer.
fn file(world: &World, answer: &MessageView) -> Vec<u8> {
    assert!(answer.ephemeral, "it is for the person who asked");
    let [file] = answer.attachments.as_slice() else {
        panic!("one file is expected: {}", answer.text());
    };
    let found = world.fake.file(file.id).expect("the file is there");
    assert!(
        found.filename.starts_with("handover-") && found.filename.ends_with(".xlsx"),
        "{}",
        found.filename
    );
    if let Ok(folder) = std::env::var("RENKEI_HANDOVER_FOLDER") {
        let path = format!("{folder}/{}", found.filename);
        std::fs::write(path, &found.bytes).expect("the folder is there");
    }
    found.bytes.clone()
}

async fn handed_over(world: &World) -> (MessageView, Book) {
    world.settled().await;
    let answer = desk(world, "office handover", json!({})).await;
    let book = Book::read(&file(world, &answer));
    (answer, book)
}

/// What an office has on its hands in November: issues in many states, a wording that is proposed, reviews,
/// sessions, a project with tasks, an idea, a memo, a key person.
async fn busy(world: &World) {
    let told = [
        ("薬局によって在宅医療への姿勢がバラバラだ", 1, CHAIR),
        ("退院の連絡が急で薬が間に合わない", 2, CHAIR),
        ("夜間に相談できる窓口が分からない", 3, "医師会の会長"),
        ("在庫の数え方がまちまちだ", 1, CHAIR),
        ("多職種の研修会を開きたい", 2, "病院連携室の会長"),
        ("様式が古いままだ", 1, CHAIR),
    ];
    for (text, tier, who) in told {
        let options = json!({"text": text, "tier": tier});
        command(world, who, "issue add", options).await;
    }
    let spoken = json!({"text": "家族への説明が人によって違う", "tier": 1, "speaker": SPEAKER});
    desk(world, "issue add", spoken).await;
    for (number, status) in [("1", "acting"), ("4", "planning"), ("5", "sorted")] {
        let options = json!({"number": number, "status": status});
        desk(world, "issue status", options).await;
    }
    let later = json!({"number": "3", "status": "later", "year": "令和9年度"});
    desk(world, "issue status", later).await;
    let over = json!({"number": "6", "status": "dropped", "note": "様式が新しくなった"});
    desk(world, "issue status", over).await;
    let proposal = json!({
        "number": "2", "audience": "tier3", "wording": "ふだんから知らせ合えると助かります",
    });
    command(world, CHAIR, "issue share", proposal).await;
    for (of, date) in [("issue:1", "2026-12-01"), ("issue:4", "2027-02-01")] {
        desk(world, "review plan", json!({"of": of, "date": date})).await;
    }
    for date in ["2026-12-08", "2027-01-12"] {
        let options = json!({
            "title": "連携に関する打合せ会", "tier": 1, "kind": "meeting",
            "associations": "薬剤師会", "date": date,
        });
        desk(world, "session plan", options).await;
    }
    let project = json!({
        "title": "薬科・リハ合同研修会", "associations": "薬剤師会、リハビリテーション療法士会",
        "date": "令和9年2月13日",
    });
    let added = desk(world, "project add", project).await;
    let coordinator = world.person(COORDINATOR);
    let all = coordinator.press_label(added.id, "この案をすべて入れる");
    all.await.expect_message();
    let task = json!({"number": "1", "role": "周知", "who": "薬剤師会"});
    desk(world, "project task", task).await;
    let idea = json!({"title": "お薬相談会", "associations": "薬剤師会"});
    command(world, CHAIR, "project add", idea).await;
    let memo = json!({"text": "保健所に名簿を送る", "when": "2027-02-26 10:00"});
    desk(world, "reminder add", memo).await;
    let person = json!({"name": KEY_PERSON, "association": "薬剤師会", "note": "会長の右腕"});
    desk(world, "office person", person).await;
    world.settled().await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_successor_gets_everything_that_is_open_exactly_once(#[case] database: Database) {
    world(database, async |world| {
        busy(world).await;
        let (answer, book) = handed_over(world).await;
        insta::assert_snapshot!("handover_answer", read(&answer));
        assert_eq!(
            book.names(),
            [
                "はじめに",
                "課題",
                "約束",
                "これからの予定",
                "窓口の手元",
                "年度目標",
                "キーパーソン",
                "届いていないもの",
                "続けていること",
                "設定",
                "役割と人"
            ]
        );
        complete(world, &book).await;
        insta::assert_snapshot!("handover_first", book.text("はじめに"));
        insta::assert_snapshot!("handover_issues", book.text("課題"));
        insta::assert_snapshot!("handover_promises", book.text("約束"));
        insta::assert_snapshot!("handover_ahead", book.text("これからの予定"));
        insta::assert_snapshot!("handover_staff", book.text("役割と人"));
        let persons = book.text("キーパーソン");
        assert!(persons.contains(KEY_PERSON) && persons.contains("会長の右腕"));
        assert!(book.text("設定").contains("薬剤師会"));
        assert!(!book.everything().contains(SPEAKER), "speakers stay out");
    })
    .await;
}

/// Holds the document against what is kept: every open issue, review, task, idea, session and memo stands
/// in it exactly once, and nothing else does.
async fn complete(world: &World, book: &Book) {
    let id = office(world).await;
    let (issues, reviews, projects, sessions, memos) = world
        .store()
        .read(move |connection| {
            Box::pin(async move {
                let mut issues = Vec::new();
                loop {
                    let after = issues.last().map_or(IssueId(0), |issue: &Issue| issue.id);
                    let some =
                        storage::issue::following(connection, id, after, storage::issue::PAGE_MAX)
                            .await?;
                    if some.is_empty() {
                        break;
                    }
                    issues.extend(some);
                }
                let reviews = storage::review::ahead(connection, id).await?;
                let filter = storage::project::Filter {
                    state: None,
                    sight: project::Sight {
                        everything: true,
                        ..project::Sight::default()
                    },
                };
                let projects = storage::project::list(connection, id, &filter, 0, 100).await?;
                let filter = storage::session::Filter {
                    from: None,
                    to: None,
                    tier: None,
                    sight: session::Sight {
                        everything: true,
                        ..session::Sight::default()
                    },
                };
                let most = storage::session::PAGE_MAX;
                let sessions = storage::session::list(connection, id, &filter, 0, most).await?;
                let memos = storage::memo::all_waiting(connection, id).await?;
                Ok((issues, reviews, projects.items, sessions.items, memos))
            })
        })
        .await
        .expect("it can be read");
    let open = issues
        .iter()
        .filter(|issue| issue.status.is_open() && !issue.retracted && issue.merged_into.is_none())
        .map(|issue| format!("#{}", issue.id.0));
    let open: Vec<String> = open.collect();
    assert!(!open.is_empty());
    assert_eq!(book.column("課題", 0), open, "every open issue, by number");
    let (kinds, ahead) = (
        book.column("これからの予定", 1),
        book.column("これからの予定", 2),
    );
    let planned = sessions
        .iter()
        .filter(|session| session.state == session::State::Planned);
    let reviews = reviews.iter().map(|one| format!("反省会 {}（", one.id.0));
    let planned = planned.map(|one| format!("連携の場 {}　", one.id.0));
    let memos = memos
        .iter()
        .map(|one| format!("リマインダー {}　", one.id.0));
    for (kind, names) in [
        ("反省会", reviews.collect::<Vec<String>>()),
        ("連携の場", planned.collect()),
        ("リマインダー", memos.collect()),
    ] {
        assert!(!names.is_empty(), "{kind}");
        let found = kinds.iter().filter(|found| *found == kind).count();
        assert_eq!(found, names.len(), "{kind}");
        for name in names {
            let found = ahead.iter().filter(|line| line.starts_with(&name)).count();
            assert_eq!(found, 1, "{name}");
        }
    }
    let promises = book.column("約束", 0);
    let of = |kind: &str| promises.iter().filter(|found| *found == kind).count();
    let tasks = projects
        .iter()
        .filter(|project| project.is_open())
        .flat_map(|project| &project.tasks)
        .filter(|task| task.done.is_none());
    assert_eq!(of("支援事業の分担"), tasks.count());
    let ideas = projects
        .iter()
        .filter(|project| project.state == project::State::Idea);
    assert_eq!(of("持込み企画"), ideas.count());
    let lines: BTreeSet<String> = book.lines("約束").into_iter().collect();
    assert_eq!(lines.len(), promises.len(), "no promise stands twice");
}

#[tokio::test]
async fn a_new_office_hands_over_empty_sheets_that_say_so() {
    world(Database::Sqlite, async |world| {
        let (answer, book) = handed_over(world).await;
        assert!(answer.content.contains("課題は 0 件"), "{}", answer.content);
        for (sheet, said) in [
            ("はじめに", "急ぐことはありません。"),
            ("課題", "終わっていない課題はありません。"),
            ("約束", "待っている約束はありません。"),
            ("年度目標", "年度目標がまだありません"),
            ("キーパーソン", "まだ書きとめられていません"),
            ("届いていないもの", "届いていないものはありません。"),
            ("窓口の手元", "送るのを待っている下書きはありません。"),
            ("窓口の手元", "取り込むのを待っている下書きはありません。"),
            ("窓口の手元", "どの団体も確認済みです。"),
            ("窓口の手元", "答えを待っている依頼はありません。"),
            ("窓口の手元", "決めるのを待っている記録はありません。"),
            ("続けていること", "購読はありません。"),
            ("続けていること", "お知らせしている基準はありません。"),
            ("続けていること", "今年度に使った基金の記録はありません。"),
        ] {
            let text = book.text(sheet);
            assert!(text.contains(said), "{sheet}: {text}");
        }
        // What comes by itself is ahead from the first day.
        assert!(book.text("これからの予定").contains("引継ぎの準備"));
    })
    .await;
}

#[tokio::test]
async fn what_is_due_stands_on_the_first_page_and_every_reminder_was_sent() {
    world(Database::Sqlite, async |world| {
        busy(world).await;
        world.clock.move_to("2027-03-15 10:00");
        world.dealt_with().await;
        let (_, book) = handed_over(world).await;
        // Five tasks of one project are reminded of in one message.
        let unsent = book.text("届いていないもの");
        assert!(
            unsent.contains("届いていないものはありません。"),
            "{unsent}"
        );
        insta::assert_snapshot!("handover_first_march", book.text("はじめに"));
        let today = NaiveDate::from_ymd_opt(2027, 3, 15).expect("a day");
        let reviews = reviews_before(world, today).await;
        assert_eq!(reviews, 2);
        let ahead = book.column("これからの予定", 3);
        let late = ahead
            .iter()
            .filter(|state| state.contains("期日を過ぎています"));
        assert_eq!(late.count(), reviews);
    })
    .await;
}

async fn reviews_before(world: &World, day: NaiveDate) -> usize {
    let id = office(world).await;
    let ahead = world
        .store()
        .read(move |connection| Box::pin(storage::review::ahead(connection, id)))
        .await
        .expect("they can be read");
    ahead
        .iter()
        .filter(|review: &&review::Review| review.date.is_some_and(|date| date < day))
        .count()
}

#[tokio::test]
async fn the_sheet_of_people_says_who_holds_what_now() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        let told = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        let said = command(world, CHAIR, "issue add", told).await;
        assert_eq!(number_in(&said), 1);
        let gone = world.person("医師会の会長");
        let told = json!({"text": "往診の順番が決まらない", "tier": 1});
        gone.slash(place, "issue add", told).await.expect_message();
        desk(
            world,
            "issue status",
            json!({"number": "1", "status": "sorted"}),
        )
        .await;
        world.fake.remove_member(world.city.guild, gone.id());
        let (answer, book) = handed_over(world).await;
        let rows: BTreeMap<String, Vec<String>> = book
            .rows("役割と人")
            .into_iter()
            .map(|row| (row[0].clone(), row))
            .collect();
        let of = |key: &str| {
            let id = world.city.person(key).to_string();
            let found = rows.iter().find(|(person, _)| person.contains(&id));
            found.map(|(_, row)| row.clone()).expect("known")
        };
        assert_eq!(of(COORDINATOR)[1], "連携コーディネーター");
        let chair = of(CHAIR);
        assert!(
            chair[1].contains("薬剤師会") && chair[1].contains("三役"),
            "{chair:?}"
        );
        assert_eq!(chair[2], "薬剤師会");
        assert_eq!(of("医師会の会長")[1], "もうサーバーにいません");
        assert!(
            answer
                .text()
                .contains(&format!("<@{}>", world.city.person(CHAIR)))
        );
    })
    .await;
}

#[tokio::test]
async fn a_review_that_is_only_proposed_waits_for_somebody_to_settle_its_day() {
    world(Database::Sqlite, async |world| {
        let told = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        command(world, CHAIR, "issue add", told).await;
        for status in ["acting", "review"] {
            let options = json!({"number": "1", "status": status});
            desk(world, "issue status", options).await;
        }
        let unsettled = "反省会待ちですが、日が決まっていません。";
        for asked in ["2026-11-20 10:30", "2027-03-15 10:00"] {
            world.clock.move_to(asked);
            world.dealt_with().await;
            let (_, book) = handed_over(world).await;
            let [issues, ahead, first] =
                ["課題", "これからの予定", "はじめに"].map(|sheet| book.text(sheet));
            assert!(ahead.contains("日取りの提案"), "{asked}: {ahead}");
            assert!(issues.contains(unsettled), "{asked}: {issues}");
            assert!(first.contains("反省会の日がない課題"), "{asked}: {first}");
            // Of the issue one line speaks, not two.
            assert!(!first.contains(UNSETTLED), "{asked}: {first}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_gathering_nobody_has_settled_a_review_for_is_urgent() {
    world(Database::Sqlite, async |world| {
        let gathering = json!({
            "title": "退院時の連絡を考える会", "tier": 2, "kind": "exchange",
            "date": "令和8年11月10日", "associations": "薬剤師会、リハビリテーション療法士会",
        });
        desk(world, "session plan", gathering).await;
        let minutes = json!({"number": "1", "minutes": "連絡票の様式を話し合った。"});
        let preview = desk(world, "session record", minutes).await;
        let coordinator = world.person(COORDINATOR);
        let kept = coordinator.press_label(preview.id, "記録する").await;
        kept.expect_message();
        at(world, "2026-12-18 10:00").await;
        let (_, book) = handed_over(world).await;
        let lines = book.lines("はじめに");
        let line = lines.iter().find(|line| line.contains(UNSETTLED));
        assert!(
            line.is_some_and(|line| line.contains("令和8年11月20日(金)")),
            "{lines:?}"
        );
        let review = json!({"of": "session:1", "date": "2027-01-15"});
        desk(world, "review plan", review).await;
        let (_, book) = handed_over(world).await;
        let first = book.text("はじめに");
        assert!(!first.contains(UNSETTLED), "{first}");
    })
    .await;
}

#[tokio::test]
async fn an_english_office_hands_over_in_english() {
    world(Database::Sqlite, async |world| {
        busy(world).await;
        desk(
            world,
            "office setting",
            json!({"key": "locale", "value": "en"}),
        )
        .await;
        let (_, book) = handed_over(world).await;
        assert_eq!(book.names()[..3], ["First", "Issues", "Promises"]);
        insta::assert_snapshot!("handover_first_english", book.text("First"));
        insta::assert_snapshot!("handover_issues_english", book.text("Issues"));
    })
    .await;
}
