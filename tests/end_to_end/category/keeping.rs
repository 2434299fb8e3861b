//! `/office category`: the desk keeps its list.

use super::{FIELD, MAKE, add, button, categories, command, forge, give, make};
use crate::field;
use domain::{
    audience::Destination,
    id::{CategoryId, IssueId, UserId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    tier::Tier,
};
use rstest::rstest;
use serde_json::json;
use storage::{Subject, SubjectKind};
use tests::{
    database::Database,
    world::{World, world},
};

/// The button below the question whether one category becomes a part of another.
const MERGE: &str = "まとめる";

async fn keep(world: &World, options: serde_json::Value) -> fake_discord::MessageView {
    let coordinator = world.person("コーディネーター");
    command(world, &coordinator, "office category", options).await
}

#[tokio::test]
async fn the_list_says_how_many_opinions_each_holds() {
    world(Database::Sqlite, async |world| {
        let empty = keep(world, json!({})).await.text();
        assert!(empty.contains("まだありません"), "{empty}");
        make(world, &["退院時の連携", "情報共有", "看取り"]).await;
        for names in ["情報共有", "情報共有、退院時の連携", ""] {
            let (number, _) = add(
                world,
                "コーディネーター",
                json!({"text": "連絡が届かない", "tier": 2}),
            )
            .await;
            if !names.is_empty() {
                give(world, number, names).await;
            }
        }
        keep(world, json!({"name": "看取り", "remove": true})).await;
        let list = keep(world, json!({})).await.text();
        assert!(
            list.contains("全2"),
            "what no issue is in has left the list: {list}"
        );
        let (first, second) = (
            list.find("情報共有**　2件"),
            list.find("退院時の連携**　1件"),
        );
        assert!(first.is_some() && first < second, "{list}");
        let known = keep(world, json!({"name": "情報 共有"})).await.text();
        assert!(known.contains("すでにあります（2件）"), "{known}");
        for (options, expected) in [
            (json!({"rename": "情報"}), "どのカテゴリか"),
            (json!({"remove": true}), "どのカテゴリか"),
            (
                json!({"name": "情報共有", "rename": "情報", "remove": true}),
                "どちらか一つ",
            ),
            (
                json!({"name": "そんなもの", "remove": true}),
                "というカテゴリはありません",
            ),
            (json!({"name": "情報共有", "rename": "@here"}), "使えません"),
            (
                json!({"name": "情報共有", "rename": "情報共有"}),
                "すでに「情報共有」です",
            ),
        ] {
            let said = keep(world, options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_after_a_restart_too() {
    world(Database::Sqlite, async |world| {
        let server = domain::id::ServerId(world.city.guild);
        let office = world.store().office(server).await.expect("it is read");
        let office = office.expect("an office").id;
        let made = world.store().write(move |tx| {
            Box::pin(async move {
                for number in 1..=60 {
                    let name = format!("{}{number}", "長い名前のカテゴリ".repeat(3));
                    storage::category::put(tx, office, &name).await?;
                }
                Ok(())
            })
        });
        made.await.expect("made");
        let list = keep(world, json!({})).await;
        assert!(list.text().contains("1 / 3 ページ"), "{}", list.text());
        world.restart().await;
        let coordinator = world.person("コーディネーター");
        let next = coordinator
            .press_label(list.id, "次へ")
            .await
            .expect_message();
        assert!(next.text().contains("2 / 3 ページ"), "{}", next.text());
        let said = forge(world, "薬剤師会の会長", "v1:category-list:2", None).await;
        let said = said.expect_message().text();
        assert!(said.contains("連携コーディネーターだけ"), "{said}");
        let said = forge(
            world,
            "コーディネーター",
            "v1:category-list:9999999999",
            None,
        )
        .await;
        assert!(said.expect_message().text().contains("3 / 3 ページ"));
    })
    .await;
}

#[tokio::test]
async fn a_new_name_stands_on_every_card() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院"]).await;
        let said = json!({"text": "退院の支度が重なる", "tier": 1});
        let (number, _) = add(world, "薬剤師会の会長", said).await;
        give(world, number, "退院").await;
        let said = keep(world, json!({"name": "退院", "rename": "退院時の連携"}))
            .await
            .text();
        assert!(
            said.contains("「退院」を「退院時の連携」に変えました"),
            "{said}"
        );
        let card = world.cards("一次-薬剤師会").remove(0);
        assert_eq!(field(&card, FIELD).as_deref(), Some("「退院時の連携」"));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_longer_offered_stays_where_it_is_and_comes_back_by_its_name() {
    world(Database::Sqlite, async |world| {
        make(world, &["情報共有"]).await;
        let (number, _) = add(
            world,
            "コーディネーター",
            json!({"text": "連絡が届かない", "tier": 2}),
        )
        .await;
        give(world, number, "情報共有").await;
        let said = keep(world, json!({"name": "情報共有", "remove": true}))
            .await
            .text();
        assert!(said.contains("選べないようにしました"), "{said}");
        assert_eq!(
            categories(world, "コーディネーター", number)
                .await
                .as_deref(),
            Some("「情報共有」")
        );
        let (other, _) = add(
            world,
            "コーディネーター",
            json!({"text": "書類が重なる", "tier": 2}),
        )
        .await;
        let said = give(world, other, "情報共有").await.text();
        assert!(
            said.contains("いまは選べないカテゴリ") && said.contains("/office category"),
            "{said}"
        );
        let refused = json!({"text": "案内が来ない", "category": "情報共有"});
        let said = command(world, &world.person("薬剤師会の会員"), "issue add", refused)
            .await
            .text();
        assert!(
            said.contains("連携コーディネーターへお伝えください"),
            "{said}"
        );
        let said = keep(world, json!({"name": "情報共有"})).await.text();
        assert!(said.contains("また選べるように"), "{said}");
        let said = give(world, other, "情報共有").await.text();
        assert!(said.contains("付けました"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn the_list_is_the_desk_s_to_keep() {
    world(Database::Sqlite, async |world| {
        make(world, &["情報共有", "連絡"]).await;
        let asked = keep(world, json!({"name": "連絡", "rename": "情報共有"})).await;
        let custom_id = button(&asked, MERGE);
        for who in [
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            for options in [
                json!({}),
                json!({"name": "新しい"}),
                json!({"name": "連絡", "remove": true}),
            ] {
                let said = command(world, &world.person(who), "office category", options)
                    .await
                    .text();
                assert!(said.contains("連携コーディネーター"), "{who}: {said}");
                assert!(
                    !said.contains("連絡") && !said.contains("情報共有"),
                    "{who}: {said}"
                );
            }
            let said = forge(world, who, &custom_id, None)
                .await
                .expect_message()
                .text();
            assert!(said.contains("連携コーディネーター"), "{who}: {said}");
        }
        let said = forge(world, "二人目のコーディネーター", &custom_id, None).await;
        let said = said.expect_message().text();
        assert!(said.contains("すでに使われています"), "{said}");
        let list = keep(world, json!({})).await.text();
        assert!(list.contains("連絡") && list.contains("情報共有"), "{list}");
    })
    .await;
}

/// Issues as years of work leave them, in their categories; no card of theirs stands anywhere yet.
async fn years_of_work(world: &World, count: i64, sorted: impl Fn(i64) -> Vec<CategoryId>) {
    let server = domain::id::ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    let office = office.expect("an office").id;
    let now = commands::clock::Clock::now(&*world.clock);
    let issues: Vec<Issue> = (1..=count)
        .map(|number| Issue {
            id: IssueId(0),
            revision: 1,
            kind: Kind::Issue,
            origin: Origin::Desk,
            tier: Tier::Two,
            tier_by: TierBy::Person,
            status: Status::Open,
            later_year: None,
            measure_open: false,
            text: format!("積み重なった話題の{number}番目"),
            note: None,
            profession: None,
            association: None,
            about: Vec::new(),
            categories: sorted(number),
            session: None,
            merged_into: None,
            speaker: None,
            reporter: UserId(world.city.person("コーディネーター")),
            created_at: now,
            changed_at: now,
            passed_on: false,
            kept_private: false,
            retracted: number == count,
            destination: Destination::Desk,
        })
        .collect();
    let stored = world.store().write(move |tx| {
        let issues = issues.clone();
        Box::pin(async move {
            for issue in &issues {
                storage::issue::insert(tx, office, issue).await?;
            }
            Ok(())
        })
    });
    stored.await.expect("stored");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn two_categories_become_one_with_all_their_issues(#[case] database: Database) {
    world(database, async |world| {
        make(world, &["連絡", "情報共有"]).await;
        let (from, into) = (CategoryId(1), CategoryId(2));
        // More than one step: every third issue is in both, the last was taken back.
        years_of_work(world, 205, |number| match number % 3 {
            0 => vec![from, into],
            _ => vec![from],
        })
        .await;
        let asked = keep(world, json!({"name": "連絡", "rename": "情報 共有"})).await;
        let said = asked.text();
        assert!(
            said.contains("「連絡」（204件）を「情報共有」（68件）にまとめますか"),
            "{said}"
        );
        world.restart().await;
        let coordinator = world.person("コーディネーター");
        let merged = coordinator
            .press_label(asked.id, MERGE)
            .await
            .expect_message();
        assert!(
            merged.text().contains("204件が移りました"),
            "{}",
            merged.text()
        );
        world.settled().await;
        let list = keep(world, json!({})).await.text();
        assert!(
            list.contains("全1") && list.contains("情報共有**　204件"),
            "{list}"
        );
        for number in [1, 3, 204] {
            let now = categories(world, "コーディネーター", number).await;
            assert_eq!(now.as_deref(), Some("「情報共有」"), "#{number}");
        }
        let server = domain::id::ServerId(world.city.guild);
        let office = world
            .store()
            .office(server)
            .await
            .expect("it is read")
            .expect("an office")
            .id;
        let about = Subject {
            kind: SubjectKind::Issue,
            id: 204,
        };
        let steps = world
            .store()
            .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
            .await
            .expect("a history");
        assert_eq!(steps.len(), 1, "each issue's history tells of it");
        assert_eq!(steps[0].act, "issue.category");
        let again = coordinator
            .press_label(asked.id, MERGE)
            .await
            .expect_message()
            .text();
        assert!(again.contains("すでに使われています"), "{again}");
        let asked = keep(world, json!({"name": "連絡"})).await;
        assert!(!asked.buttons().is_empty() && asked.text().contains("新しいカテゴリ「連絡」"));
        coordinator
            .press_label(asked.id, MAKE)
            .await
            .expect_message();
    })
    .await;
}

#[tokio::test]
async fn a_question_is_not_answered_for_a_list_that_has_changed() {
    world(Database::Sqlite, async |world| {
        make(world, &["連絡", "情報共有"]).await;
        let asked = keep(world, json!({"name": "連絡", "rename": "情報共有"})).await;
        keep(world, json!({"name": "情報共有", "remove": true})).await;
        let coordinator = world.person("コーディネーター");
        let said = coordinator
            .press_label(asked.id, MERGE)
            .await
            .expect_message()
            .text();
        assert!(said.contains("一覧が変わりました"), "{said}");
    })
    .await;
}
