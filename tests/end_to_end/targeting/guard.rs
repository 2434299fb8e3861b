//! Who may know of a target and change it: everybody else is answered as if there were none.

use super::*;

const OWNED: &str = "薬局の情報をまとめる";

async fn choices(world: &World, key: &str, path: &str, option: &str, typed: &str) -> Vec<String> {
    let options = json!({ option: typed });
    let found = world
        .person(key)
        .autocomplete(world.channel("広場"), path, options, option)
        .await;
    let choices = found.choices().expect("choices");
    choices.iter().map(|choice| choice.name.clone()).collect()
}

/// Target 1 is everybody's, target 2 the pharmacists'.
async fn owned(world: &World) {
    add(world, "医療・看護", "1-①", Some("年4回")).await;
    let options = json!({"area": "医療・看護", "number": "1-②", "item": OWNED, "goal": "年4回"});
    desk(world, "target add", options).await;
    let linked = said(
        world,
        "target link",
        json!({"number": "2", "owner": "薬剤師会"}),
    )
    .await;
    assert!(linked.contains("その団体の三役・連携担当と"), "{linked}");
    note(world, "2", json!({"text": "一覧を作った"})).await;
    note(world, "1、2", json!({"text": "会で話した"})).await;
}

#[tokio::test]
async fn who_may_not_know_of_a_target_is_answered_as_if_there_were_none() {
    world(Database::Sqlite, async |world| {
        owned(world).await;
        for (key, public, own) in [
            ("コーディネーター", true, true),
            ("アドバイザー", true, true),
            ("薬剤師会の会長", true, true),
            ("薬剤師会の連携担当", true, true),
            ("薬剤師会の会員", true, false),
            ("病院連携室の会長", true, false),
            ("オブザーバー", true, false),
            ("所属のない人", false, false),
        ] {
            let first = ask(world, key, "target show", json!({"number": "1"})).await;
            assert_eq!(first.text().contains(ITEM), public, "{key}");
            let second = ask(world, key, "target show", json!({"number": "2"})).await;
            assert_eq!(second.text().contains(OWNED), own, "{key}");
            let none = ask(world, key, "target show", json!({"number": "9"})).await;
            if !own {
                assert_eq!(second.text(), none.text(), "{key}: alike");
            }
            let list = ask(world, key, "target list", json!({})).await.text();
            assert_eq!(
                (list.contains(ITEM), list.contains(OWNED)),
                (public, own),
                "{key}"
            );
            let found = choices(world, key, "target show", "number", "").await;
            assert_eq!(found.len(), usize::from(public) + usize::from(own), "{key}");
            let areas = choices(world, key, "target list", "area", "").await;
            assert_eq!(areas.is_empty(), !public, "{key}");
        }
        let mut allowed = world.city.group("連携拠点");
        for rank in ["会長", "連携担当"] {
            allowed.push(world.city.person(&format!("薬剤師会の{rank}")));
        }
        allowed.push(world.city.person("アドバイザー"));
        allowed.push(world.city.owner);
        let saw = world.fake.who_saw(OWNED);
        assert!(saw.iter().all(|id| allowed.contains(id)), "{saw:?}");
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_record_and_change() {
    world(Database::Sqlite, async |world| {
        owned(world).await;
        let before = read(&show(world, "2").await);
        for key in [
            "薬剤師会の会長",
            "薬剤師会の会員",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let person = world.person(key);
            let refusal = if key == "所属のない人" {
                "役割"
            } else {
                "連携コーディネーター"
            };
            for (path, options) in [
                ("target record", json!({"number": "2", "amount": "1"})),
                ("target record", json!({"number": "2"})),
                ("target goal", json!({"number": "2", "goal": "年1回"})),
                ("target link", json!({"number": "2", "counts": "project"})),
                (
                    "target add",
                    json!({"area": "住まい", "number": "1", "item": ITEM}),
                ),
            ] {
                let refused = ask(world, key, path, options.clone()).await.text();
                assert!(
                    refused.contains(refusal) || refused.contains("連携コーディネーター"),
                    "{key} {path}: {refused}"
                );
            }
            for (custom_id, values) in [
                ("v1:target-note:2", None),
                ("v1:target-goal:2:2026", None),
                ("v1:target-word:2:2026:1", None),
                ("v1:target-correct:1", None),
                ("v1:target-withdraw:1", None),
                ("v1:target-restore:1", None),
                ("v1:target-undo:1", None),
                ("v1:target-pick:2", Some(&["1"][..])),
            ] {
                let forged = forge(world, &person, custom_id, values).await.text();
                assert!(!forged.contains("一覧を作った"), "{key} {custom_id}");
                assert!(
                    forged.contains("連携コーディネーター"),
                    "{key} {custom_id}: {forged}"
                );
            }
            for path in ["target record", "target goal", "target link"] {
                let found = choices(world, key, path, "number", "").await;
                assert!(found.is_empty(), "{key} {path}: {found:?}");
            }
        }
        assert_eq!(read(&show(world, "2").await), before);
    })
    .await;
}

#[tokio::test]
async fn pages_that_were_not_offered_show_nothing() {
    world(Database::Sqlite, async |world| {
        owned(world).await;
        let member = world.person("薬剤師会の会員");
        for custom_id in [
            "v1:target-records:2:2026:0",
            "v1:target-counted:2:2026:0",
            "v1:target-goals:2:0",
            "v1:target-records:99:2026:0",
            "v1:target-list:1:0",
        ] {
            let forged = forge(world, &member, custom_id, None).await.text();
            assert!(!forged.contains("一覧を作った"), "{custom_id}: {forged}");
            assert!(!forged.contains(OWNED), "{custom_id}: {forged}");
        }
        // Beyond the last page is the last page; a year nobody planned for has nothing.
        let far = forge(world, &member, "v1:target-records:1:2026:999999", None).await;
        assert!(far.text().contains("会で話した"), "{}", far.text());
        let other = forge(world, &member, "v1:target-records:1:1990:0", None).await;
        assert!(other.text().contains("今はありません"), "{}", other.text());
        let coordinator = world.person(COORDINATOR);
        for values in [&["99"][..], &["x"], &["-1"], &[]] {
            let forged = forge(world, &coordinator, "v1:target-pick:1", Some(values)).await;
            assert!(!forged.text().contains("一覧を作った"), "{values:?}");
        }
        let others = forge(world, &coordinator, "v1:target-pick:1", Some(&["1"])).await;
        assert!(
            !others.text().contains("一覧を作った"),
            "a record of another target is not picked there"
        );
    })
    .await;
}
