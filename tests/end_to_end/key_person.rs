//! キーパーソン: known to the desk, and to nobody else.

use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use storage::audit;
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const NAME: &str = "見本 花子";

async fn command(world: &World, who: &Person, options: Value) -> MessageView {
    let answer = who
        .slash(world.channel("広場"), "office person", options)
        .await;
    answer.expect_message()
}

/// Nobody but coordinators ever saw the name.
fn stays_at_the_desk(world: &World) {
    let desk = ["コーディネーター", "二人目のコーディネーター"].map(|key| world.city.person(key));
    for words in [NAME, "火曜の午後"] {
        for person in world.fake.who_saw(words) {
            assert!(desk.contains(&person), "{person} saw {words}");
        }
        assert!(!world.log().contains(words), "{words} is in the log");
    }
}

#[tokio::test]
async fn the_desk_adds_corrects_removes_and_takes_back() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let empty = command(world, &coordinator, json!({})).await.text();
        assert!(empty.contains("まだありません"), "{empty}");
        let options =
            json!({"name": NAME, "association": "薬剤師会", "note": "火曜の午後が話しやすい"});
        let added = command(world, &coordinator, options).await;
        assert!(added.text().contains("控えました"), "{}", added.text());
        let other = world.person("二人目のコーディネーター");
        let list = command(world, &other, json!({})).await.text();
        assert!(
            list.contains("見本 花子") && list.contains("薬剤師会") && list.contains("火曜の午後"),
            "{list}"
        );

        // The same person, however typed: the note is corrected, the association stays.
        let corrected = command(
            world,
            &other,
            json!({"name": "見本花子", "note": "会長の右腕"}),
        )
        .await;
        assert!(
            corrected.text().contains("直しました"),
            "{}",
            corrected.text()
        );
        let list = command(world, &other, json!({"association": "薬剤師会"}))
            .await
            .text();
        assert!(
            list.contains("右腕") && !list.contains("火曜") && list.contains("1名"),
            "{list}"
        );
        other.press_label(corrected.id, UNDO).await.expect_message();
        assert!(
            command(world, &other, json!({}))
                .await
                .text()
                .contains("火曜の午後")
        );

        let removed = command(world, &coordinator, json!({"name": NAME, "remove": true})).await;
        assert!(
            command(world, &coordinator, json!({}))
                .await
                .text()
                .contains("まだありません")
        );
        coordinator
            .press_label(removed.id, UNDO)
            .await
            .expect_message();
        assert!(
            command(world, &coordinator, json!({}))
                .await
                .text()
                .contains("見本 花子")
        );
        stays_at_the_desk(world);
    })
    .await;
}

#[tokio::test]
async fn a_key_person_shows_where_a_pair_of_the_association_is_looked_at() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        command(
            world,
            &coordinator,
            json!({"name": NAME, "association": "病院連携室"}),
        )
        .await;
        command(
            world,
            &coordinator,
            json!({"name": "架空 太郎", "association": "医師会"}),
        )
        .await;
        for (who, words) in [
            (
                "病院連携室の会長",
                "ケアマネジャーに在宅復帰を拒否されてしまう",
            ),
            (
                "介護支援専門員連絡協議会の会長",
                "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする",
            ),
        ] {
            let person = world.person(who);
            person
                .slash(world.channel("広場"), "issue add", json!({"text": words}))
                .await
                .expect_message();
        }
        world.settled().await;
        let found = coordinator
            .slash(world.channel("広場"), "match find", json!({}))
            .await;
        let text = found.expect_message().text();
        assert!(text.contains("キーパーソン：見本 花子"), "{text}");
        assert!(!text.contains("架空 太郎"), "{text}");
        stays_at_the_desk(world);
    })
    .await;
}

#[tokio::test]
async fn numbers_are_refused_and_names_are_not() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        for (options, expected) in [
            (
                json!({"name": NAME, "note": "電話は0193-55-4536"}),
                "電話番号・住所など",
            ),
            (json!({"name": "見本 090-1234-5678"}), "電話番号・住所など"),
            (json!({"name": "見本、花子"}), "、"),
            (json!({"name": " "}), "空です"),
            (
                json!({"name": NAME, "association": "ない会"}),
                "その名前の職能団体はありません",
            ),
            (
                json!({"name": NAME, "remove": true}),
                "そのお名前の控えはありません",
            ),
            (json!({"note": "メモだけ"}), "名前を入れてください"),
            (
                json!({"name": NAME, "note": "会長の佐藤様と親しい"}),
                "控えました",
            ),
        ] {
            let text = command(world, &coordinator, options.clone()).await.text();
            assert!(text.contains(expected), "{options}: {text}");
            assert!(!text.contains("4536") && !text.contains("5678"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_colleague_has_corrected_since_is_not_undone() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let colleague = world.person("二人目のコーディネーター");
        let options = json!({"name": NAME, "association": "薬剤師会"});
        let added = command(world, &coordinator, options).await;
        let options = json!({"name": NAME, "note": "火曜の午後"});
        let corrected = command(world, &colleague, options).await;
        let undo = |message: &MessageView| {
            let buttons = message.buttons();
            let id = buttons.into_iter().find_map(|button| button.custom_id);
            id.expect("the button")
        };
        let pressed = coordinator.press(added.id, &undo(&added)).await;
        let text = pressed.expect_message().text();
        assert!(text.contains("その後、控えが変わっている"), "{text}");
        let list = command(world, &coordinator, json!({})).await.text();
        assert!(list.contains("火曜の午後"), "{list}");
        // Once the colleague has taken the correction back, nothing stands in the way.
        colleague.press(corrected.id, &undo(&corrected)).await;
        let pressed = coordinator.press(added.id, &undo(&added)).await;
        let text = pressed.expect_message().text();
        assert!(text.contains("控えを取り消しました"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_is_told_of_key_persons_and_the_audit_knows_no_name() {
    world(Database::Postgres, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({"name": NAME, "association": "薬剤師会", "note": "火曜の午後"});
        let added = command(world, &coordinator, options).await;
        let place = world.channel("広場");
        let undo = added
            .buttons()
            .into_iter()
            .find_map(|button| button.custom_id)
            .expect("the button");
        for key in [
            "薬剤師会の会長",
            "薬剤師会の会員",
            "アドバイザー",
            "オブザーバー",
            "サーバーの管理者",
        ] {
            let person = world.person(key);
            for options in [
                json!({}),
                json!({"name": "架空"}),
                json!({"name": "架空", "remove": true}),
            ] {
                let text = command(world, &person, options).await.text();
                assert!(
                    text.contains("連携コーディネーター") && !text.contains("花子"),
                    "{key}: {text}"
                );
            }
            let typed = json!({"association": "薬"});
            let found = person
                .autocomplete(place, "office person", typed, "association")
                .await;
            assert_eq!(found.text(), "", "{key}");
            let own = person
                .slash(place, "help", json!({}))
                .await
                .expect_message();
            for custom_id in [undo.as_str(), "v1:key-person-page:1:0"] {
                let data = json!({"custom_id": custom_id, "component_type": 2});
                let said = person.deliver_raw(place, 3, data, Some(own.id)).await;
                let text = said.expect_message().text();
                assert!(!text.contains("花子"), "{key}: {text}");
            }
        }
        assert!(
            command(world, &coordinator, json!({}))
                .await
                .text()
                .contains(NAME)
        );
        let server = domain::id::ServerId(world.city.guild);
        let office = world.store().office(server).await.expect("it is read");
        let office = office.expect("an office").id;
        let page = world
            .store()
            .read(move |connection| {
                Box::pin(async move {
                    let all = audit::Filter::default();
                    audit::list(connection, office, &all, 0, audit::PAGE_MAX).await
                })
            })
            .await
            .expect("the audit is read");
        let entry = page
            .entries
            .iter()
            .find(|entry| entry.act == "office.person")
            .expect("an entry");
        assert_eq!(entry.subject, Some(("key_person".to_owned(), 1)));
        assert_eq!(entry.details, [("what".to_owned(), "add".to_owned())]);
        stays_at_the_desk(world);
    })
    .await;
}

#[tokio::test]
async fn before_a_session_the_desk_is_told_whom_to_speak_to_first() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let place = world.channel("広場");
        let talk = json!({
            "title": "薬剤師会との打合せ会", "tier": 1, "kind": "meeting", "date": "令和8年12月1日",
            "associations": "薬剤師会",
        });
        let planned = coordinator.slash(place, "session plan", talk).await;
        planned.expect_message();
        let shown = async |who: &str| {
            let number = json!({"number": "1"});
            let answer = world.person(who).slash(place, "session show", number).await;
            answer.expect_message().text()
        };
        assert!(!shown("コーディネーター").await.contains("キーパーソン"));
        let named =
            json!({"name": NAME, "association": "薬剤師会", "note": "火曜の午後が話しやすい"});
        command(world, &coordinator, named).await;
        let elsewhere = json!({"name": "見本 次郎", "association": "病院連携室"});
        command(world, &coordinator, elsewhere).await;
        let said = shown("二人目のコーディネーター").await;
        assert!(
            said.contains("キーパーソン（相談窓口だけ）")
                && said.contains("見本 花子")
                && said.contains("火曜の午後")
                && !said.contains("次郎"),
            "{said}"
        );
        for who in ["薬剤師会の会長", "薬剤師会の連携担当"] {
            let said = shown(who).await;
            assert!(
                said.contains("打合せ会") && !said.contains("キーパーソン"),
                "{said}"
            );
        }
        stays_at_the_desk(world);
        for number in 2..=12 {
            let named = json!({"name": format!("見本 {number}号"), "association": "薬剤師会"});
            command(world, &coordinator, named).await;
        }
        let said = shown("コーディネーター").await;
        assert!(
            said.contains("見本 10号") && !said.contains("見本 11号") && said.contains("ほか2名"),
            "{said}"
        );
    })
    .await;
}
