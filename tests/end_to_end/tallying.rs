//! What became of it, in numbers and in a line: for whoever raised it, for their association, for the
//! desk, and for those who may only see some of it.

use super::{field, number_in};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";

async fn add(world: &World, who: &str, options: Value) -> i64 {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, "issue add", options).await;
    number_in(&answer.expect_message())
}

async fn moved(world: &World, number: i64, options: Value) {
    let mut options = options;
    options["number"] = json!(number.to_string());
    let desk = world.channel("相談窓口");
    let coordinator = world.person("コーディネーター");
    let answer = coordinator.slash(desk, "issue status", options).await;
    let said = answer.expect_message().text();
    assert!(
        said.contains("元に戻す") || said.contains(&format!("#{number}")),
        "{said}"
    );
}

async fn list(world: &World, who: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, "issue list", options).await;
    answer.expect_message()
}

/// Five of the pharmacists (two by the chair, three by the contact), one of the doctors.
async fn six(world: &World) -> Vec<i64> {
    let mut numbers = Vec::new();
    for (who, words) in [
        (CHAIR, "在庫の数え方がまちまちだ"),
        (CHAIR, "会費の集め方がまちまちだ"),
        ("薬剤師会の連携担当", "名簿の直し方がまちまちだ"),
        ("薬剤師会の連携担当", "研修の知らせ方がまちまちだ"),
        ("薬剤師会の連携担当", "当番の決め方がまちまちだ"),
        ("医師会の会長", "往診車の手配がまちまちだ"),
    ] {
        numbers.push(add(world, who, json!({"text": words, "tier": 1})).await);
    }
    moved(world, numbers[0], json!({"status": "planning"})).await;
    moved(world, numbers[2], json!({"status": "planning"})).await;
    moved(world, numbers[3], json!({"status": "done"})).await;
    numbers
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_raised_something_sees_how_far_all_of_it_has_come(#[case] database: Database) {
    world(database, async |world| {
        six(world).await;
        let mine = list(world, CHAIR, json!({"mine": true})).await.text();
        assert!(
            mine.contains("あなたが挙げた2件のうち　受付1・検討中1"),
            "{mine}"
        );
        // Another filter narrows the list, not what became of it all.
        let narrowed = json!({"mine": true, "status": "planning"});
        let narrowed = list(world, CHAIR, narrowed).await.text();
        assert!(
            narrowed.contains("2件のうち") && narrowed.contains("全1件"),
            "{narrowed}"
        );
        let own = json!({"association": "薬剤師会"});
        let of_own = list(world, "薬剤師会の連携担当", own.clone()).await.text();
        assert!(
            of_own.contains("薬剤師会の5件のうち　受付2・検討中2・完了1"),
            "{of_own}"
        );
        let at_desk = list(world, "コーディネーター", own.clone()).await.text();
        assert!(at_desk.contains("薬剤師会の5件のうち"), "{at_desk}");
        // Nobody else learns how many there are: neither another association, nor a plain member.
        for who in ["医師会の会長", "薬剤師会の会員", "オブザーバー"] {
            let said = list(world, who, own.clone()).await.text();
            assert!(!said.contains("件のうち"), "{who}: {said}");
        }
        let whole = list(world, "コーディネーター", json!({})).await.text();
        assert!(
            whole.contains("拠点の6件のうち　受付3・検討中2・完了1"),
            "{whole}"
        );
        assert!(whole.contains("団体別：薬剤師会5、医師会1"), "{whole}");
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn others_read_totals_of_what_they_may_see_with_small_categories_merged(
    #[case] database: Database,
) {
    world(database, async |world| {
        six(world).await;
        let mut open = Vec::new();
        for place in 0..6 {
            let options = json!({
                "text": format!("救急の受け入れの順番を地域で決めたい（その{place}）"),
                "tier": 3, "origin": "open",
            });
            open.push(add(world, "コーディネーター", options).await);
        }
        // Three of one category, two and one of others.
        let server = domain::id::ServerId(world.city.guild);
        let office = world.store().office(server).await.expect("read");
        let office = office.expect("the city has one").id;
        let sql: Vec<String> = ["救急", "看取り", "広報"]
            .iter()
            .zip(1..)
            .map(|(name, id)| {
                format!(
                    "insert into category (office_id, id, name, folded_name) \
                     values ({office}, {id}, '{name}', '{name}')"
                )
            })
            .chain(open.iter().zip([1, 1, 1, 2, 2, 3]).map(|(issue, id)| {
                format!(
                    "insert into issue_category (office_id, issue_id, position, category_id) \
                     values ({office}, {issue}, 0, {id})"
                )
            }))
            .collect();
        for statement in sql {
            world.by_hand(&statement).await;
        }
        let seen = list(world, "オブザーバー", json!({})).await.text();
        assert!(seen.contains("ご覧になれる6件のうち　受付6"), "{seen}");
        assert!(seen.contains("階層別：③地域全体（三次）6"), "{seen}");
        assert!(seen.contains("カテゴリ別：救急3、その他3"), "{seen}");
        assert!(
            !seen.contains("看取り") && !seen.contains("団体別"),
            "{seen}"
        );
        // Who reads more counts more, and nothing of what they may not read.
        let doctor = list(world, "医師会の会長", json!({})).await.text();
        assert!(doctor.contains("ご覧になれる7件のうち"), "{doctor}");
        assert!(!doctor.contains("団体別"), "{doctor}");
        let of_tier = list(world, "医師会の会長", json!({"tier": 1})).await.text();
        assert!(of_tier.contains("ご覧になれる1件のうち"), "{of_tier}");
        assert!(!of_tier.contains("カテゴリ別"), "{of_tier}");
    })
    .await;
}

#[tokio::test]
async fn whoever_raised_it_reads_how_it_ended_and_why() {
    world(Database::Sqlite, async |world| {
        let number = add(
            world,
            CHAIR,
            json!({"text": "在庫の数え方がまちまちだ", "tier": 1}),
        )
        .await;
        world.settled().await;
        let ending = |message: &MessageView| field(message, "その後");
        let show = async |who: &str| {
            let number = json!({"number": number.to_string()});
            let place = world.channel("広場");
            let answer = world.person(who).slash(place, "issue show", number).await;
            answer.expect_message()
        };
        assert_eq!(ending(&show(CHAIR).await), None);
        let reason = "ほかの取り組みと重なるため";
        moved(world, number, json!({"status": "dropped", "note": reason})).await;
        world.settled().await;
        let line = format!("令和8年11月20日(金) 見送り：{reason}");
        assert_eq!(ending(&show(CHAIR).await).as_deref(), Some(&*line));
        assert_eq!(
            ending(&world.cards("一次-薬剤師会")[0]).as_deref(),
            Some(&*line)
        );
        moved(world, number, json!({"status": "planning"})).await;
        world.settled().await;
        assert_eq!(ending(&world.cards("一次-薬剤師会")[0]), None);
        assert_eq!(ending(&show(CHAIR).await), None);
        // Said openly it stands for everybody, and the reason does not.
        let open = add(
            world,
            "コーディネーター",
            json!({"text": "救急の順番を地域で決めたい", "tier": 3, "origin": "open",
                "profession": "薬剤師会"}),
        )
        .await;
        moved(world, open, json!({"status": "dropped", "note": reason})).await;
        world.settled().await;
        assert_eq!(ending(&world.cards("三次連携")[0]), None);
        let number = json!({"number": open.to_string()});
        let place = world.channel("広場");
        let seen = world
            .person("オブザーバー")
            .slash(place, "issue show", number.clone())
            .await;
        assert_eq!(ending(&seen.expect_message()), None);
        let raised = world.person(CHAIR).slash(place, "issue show", number).await;
        assert!(ending(&raised.expect_message()).is_some());
    })
    .await;
}
