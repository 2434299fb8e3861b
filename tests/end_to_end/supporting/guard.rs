//! Who may know of a project and do something about it: everybody else is answered as if there were none.

use super::{TITLE, add, ask, desk, divided, forge, training};
use fake_discord::Person;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

async fn choices(
    world: &World,
    who: &Person,
    path: &str,
    option: &str,
    typed: &str,
) -> Vec<String> {
    let options = json!({ option: typed });
    let found = who
        .autocomplete(world.channel("広場"), path, options, option)
        .await;
    let choices = found.choices().expect("choices");
    choices.iter().map(|choice| choice.name.clone()).collect()
}

#[tokio::test]
async fn who_may_not_know_of_a_project_is_answered_as_if_there_were_none() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        for (key, knows) in [
            ("コーディネーター", true),
            ("薬剤師会の会長", true),
            ("薬剤師会の連携担当", true),
            ("リハビリテーション療法士会の会長", true),
            ("薬剤師会の会員", false),
            ("病院連携室の会長", false),
            ("アドバイザー", false),
            ("オブザーバー", false),
            ("所属のない人", false),
        ] {
            let shown = ask(world, key, "project show", json!({"number": "1"})).await;
            let none = ask(world, key, "project show", json!({"number": "9"})).await;
            assert_eq!(shown.text().contains(TITLE), knows, "{key}");
            if !knows {
                assert_eq!(shown.text(), none.text(), "{key}: alike");
            }
            let list = ask(world, key, "project list", json!({})).await;
            assert_eq!(list.text().contains(TITLE), knows, "{key}: {}", list.text());
            let person = world.person(key);
            for path in [
                "project show",
                "project task",
                "project done",
                "project drop",
            ] {
                let found = choices(world, &person, path, "number", "").await;
                assert_eq!(!found.is_empty(), knows, "{key}: {path}");
            }
            let done = json!({"number": "1", "role": "周知", "done": true});
            if !knows {
                let hidden = ask(world, key, "project task", done.clone()).await.text();
                let mut other = done.clone();
                other["number"] = json!("9");
                let none = ask(world, key, "project task", other).await.text();
                assert_eq!(hidden, none, "{key}");
            }
        }
        let mut allowed = world.city.group("連携拠点");
        allowed.retain(|id| *id != world.city.person("アドバイザー"));
        for association in ["薬剤師会", "リハビリテーション療法士会"] {
            let speak = ["会長", "連携担当"];
            allowed.extend(speak.map(|r| world.city.person(&format!("{association}の{r}"))));
        }
        allowed.push(world.city.owner);
        let saw = world.fake.who_saw(TITLE);
        assert!(saw.iter().all(|id| allowed.contains(id)), "{saw:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_the_whole_regions_is_for_everybody_the_office_knows() {
    world(Database::Sqlite, async |world| {
        add(world, json!({"associations": "地域全体"})).await;
        for (key, knows) in [
            ("薬剤師会の会員", true),
            ("アドバイザー", true),
            ("オブザーバー", true),
            ("所属のない人", false),
        ] {
            let shown = ask(world, key, "project show", json!({"number": "1"})).await;
            assert_eq!(shown.text().contains(TITLE), knows, "{key}");
            assert!(!shown.text().contains("市の委託料"), "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_divide_correct_finish_and_drop() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let before = desk(world, "project show", json!({"number": "1"}))
            .await
            .text();
        for key in [
            "薬剤師会の会長",
            "リハビリテーション療法士会の会長",
            "薬剤師会の会員",
            "病院連携室の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            for (path, options) in [
                ("project task", json!({"number": "1", "role": "看板"})),
                (
                    "project task",
                    json!({"number": "1", "role": "周知", "due": "1/5"}),
                ),
                (
                    "project task",
                    json!({"number": "1", "role": "周知", "done": false}),
                ),
                ("project edit", json!({"number": "1", "title": "乗っ取り"})),
                ("project done", json!({"number": "1"})),
                (
                    "project drop",
                    json!({"number": "1", "reason": "なんとなく"}),
                ),
            ] {
                ask(world, key, path, options).await;
            }
            let person = world.person(key);
            for (custom_id, values) in [
                ("v1:project-suggested:1", None),
                ("v1:project-chosen:1", Some(&["lecturer"][..])),
                ("v1:project-remove:1", Some(&["2"])),
                ("v1:project-take-up:1", None),
                ("v1:project-decline:1", None),
                ("v1:project-survey:1", None),
                ("v1:project-undo:2", None),
                ("v1:project-follow:2", None),
                ("v1:project-survey-reword:2", None),
                ("v1:project-list:2:0", None),
                // Lecturer: the office's own.
                ("v1:project-done:1", None),
                ("v1:project-done-of:1", Some(&["1", "2"])),
            ] {
                let outcome = forge(world, &person, custom_id, values).await;
                assert!(outcome.modal().is_none(), "{key}: {custom_id}");
            }
            let after = desk(world, "project show", json!({"number": "1"}))
                .await
                .text();
            assert_eq!(after, before, "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_task_says_that_it_is_done_and_nobody_else() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let helper = world.city.person("リハビリテーション療法士会の連携担当");
        let options = json!({"number": "1", "role": "当日運営", "who": format!("<@{helper}>")});
        desk(world, "project task", options).await;
        for (key, role, expected) in [
            (
                "リハビリテーション療法士会の会長",
                "周知",
                "担当の方にお知らせください",
            ),
            (
                "リハビリテーション療法士会の会長",
                "当日運営",
                "担当の方にお知らせください",
            ),
            ("薬剤師会の会員", "周知", "ないか、ご覧になれません"),
            (
                "薬剤師会の連携担当",
                "講師派遣",
                "担当の方にお知らせください",
            ),
            ("薬剤師会の連携担当", "周知", "済みにしました"),
            ("薬剤師会の会長", "周知", "もう済みになっています"),
            (
                "リハビリテーション療法士会の連携担当",
                "当日運営",
                "済みにしました",
            ),
            ("コーディネーター", "講師派遣", "分担を変えました"),
        ] {
            let options = json!({"number": "1", "role": role, "done": true});
            let said = ask(world, key, "project task", options).await.text();
            assert!(said.contains(expected), "{key} {role}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_numbers_and_values_change_nothing() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let coordinator = world.person("コーディネーター");
        for (custom_id, values) in [
            ("v1:project-done:9", None),
            ("v1:project-show:9", None),
            ("v1:project-of-task:9", None),
            ("v1:project-done:9223372036854775807", None),
            ("v1:project-done-of:1", Some(&["9", "x", "-1"][..])),
            ("v1:project-done-of:9", Some(&["1"])),
            ("v1:project-remove:1", Some(&["9"])),
            ("v1:project-chosen:1", Some(&["other", "burn"])),
            ("v1:project-undo:999", None),
            ("v1:project-follow:999", None),
            ("v1:project-take-up:1", None),
            ("v1:project-burn:1", None),
        ] {
            let said = forge(world, &coordinator, custom_id, values).await.text();
            assert!(said.contains("ください"), "{custom_id}: {said}");
        }
        for number in ["", "x", "-1", "0", "99999999999999999999", "研修会"] {
            let said = desk(world, "project show", json!({ "number": number })).await;
            assert!(
                said.text().contains("候補から選ぶか"),
                "{number}: {}",
                said.text()
            );
        }
        let shown = desk(world, "project show", json!({"number": "支援事業 1"}))
            .await
            .text();
        assert!(shown.contains("0/5"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn what_is_personal_is_kept_nowhere() {
    world(Database::Sqlite, async |world| {
        for (options, expected) in [
            (json!({"title": "研修会 090-1234-5678"}), "個人情報"),
            (json!({"fund": "問い合わせ yamada@example.jp"}), "個人情報"),
            (json!({"budget": "5万円 090-1234-5678"}), "個人情報"),
            (json!({"title": "長".repeat(81)}), "80"),
            (json!({"title": "　"}), "事業名"),
            (
                json!({"associations": "ない会"}),
                "その名前の職能団体はありません",
            ),
            (
                json!({"associations": "、"}),
                "加わる職能団体を書いてください",
            ),
            (json!({"date": "2月30日"}), "ありません"),
            (json!({"budget": "100億円"}), "桁を確かめて"),
        ] {
            let said = add(world, options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
            assert!(!said.contains("1234") && !said.contains("yamada"), "{said}");
        }
        let list = desk(world, "project list", json!({})).await.text();
        assert!(list.contains("まだありません"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn suggestions_are_for_whoever_may_use_them() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        let coordinator = world.person("コーディネーター");
        let chair = world.person("薬剤師会の会長");
        let stranger = world.person("所属のない人");
        let of = async |who: &Person, path: &str, option: &str| {
            choices(world, who, path, option, "").await
        };
        assert_eq!(
            of(&coordinator, "project add", "associations").await[0],
            "地域全体"
        );
        assert_eq!(
            of(&chair, "project add", "associations").await[0],
            "薬剤師会"
        );
        assert!(
            of(&stranger, "project add", "associations")
                .await
                .is_empty()
        );
        assert!(of(&stranger, "project task", "role").await.is_empty());
        assert!(of(&chair, "project task", "who").await.is_empty());
        assert!(of(&chair, "project edit", "sessions").await.is_empty());
        let roles = of(&coordinator, "project task", "role").await;
        assert_eq!(
            roles,
            [
                "講師派遣",
                "周知",
                "参加者取りまとめ",
                "当日運営",
                "アンケート"
            ]
        );
        let found = coordinator
            .autocomplete(
                world.channel("広場"),
                "project task",
                json!({"number": "1", "who": ""}),
                "who",
            )
            .await;
        let names: Vec<&str> = found
            .choices()
            .expect("choices")
            .iter()
            .map(|choice| choice.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["連携拠点", "薬剤師会", "リハビリテーション療法士会"]
        );
        // What a suggestion shows can be typed as well.
        let shown = training(&json!({}))["title"].clone();
        assert!(
            of(&coordinator, "project show", "number").await[0]
                .contains(shown.as_str().expect("a title"))
        );
    })
    .await;
}
