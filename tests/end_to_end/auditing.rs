//! The audit and an issue's history: who did what and when, told to those it is meant for.

use super::{field, number_in};
use chrono::Duration;
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

async fn asked(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("相談窓口"), path, options).await;
    answer.expect_message()
}

async fn add(world: &World, who: &Person, text: &str) -> i64 {
    let options = json!({"text": text, "profession": "薬剤師会", "tier": 1});
    number_in(&asked(world, who, "issue add", options).await)
}

#[tokio::test]
async fn a_coordinator_reads_who_did_what_and_when_newest_first() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let number = add(world, &coordinator, "相談の受け方を決めておきたい").await;
        let options =
            json!({"number": number.to_string(), "tier": 2, "reason": "ほかの職種とも話すため"});
        asked(world, &coordinator, "issue tier", options).await;
        let options = json!({"number": number.to_string(), "status": "sorted"});
        let answer = asked(world, &coordinator, "issue status", options).await;
        let pressed = coordinator
            .press_label(answer.id, "元に戻す（10分以内）")
            .await;
        pressed.expect_message();
        let options = json!({"name": "薬剤師", "aliases": "薬剤師さん"});
        asked(world, &coordinator, "office profession", options).await;
        world.settled().await;
        let said = asked(world, &coordinator, "office audit", json!({})).await;
        let text = said.embeds[0]["description"].as_str().expect("lines");
        let id = coordinator.id();
        insta::assert_snapshot!(text.replace(&id.to_string(), "ID").replace(&world.city.owner.to_string(), "OWNER"), @r"
        令和8年11月20日(金) 10:00　<@ID>　職種の設定　（薬剤師）
        令和8年11月20日(金) 10:00　<@ID>　元に戻す　#1　（元に戻したこと：状況の変更）
        令和8年11月20日(金) 10:00　<@ID>　状況の変更　#1　（受付から、整理済へ）
        令和8年11月20日(金) 10:00　<@ID>　階層の変更　#1　（①職種内（一次）から、②職種間（二次）へ）
        令和8年11月20日(金) 10:00　<@ID>　記録　#1　（階層：①職種内（一次）、把握の場：相談窓口、届け先：相談窓口）
        令和8年11月20日(金) 10:00　構成ファイル　すべてを見る相手の承認　（<@OWNER>）
        ");
        assert!(
            !text.contains("決めておきたい") && !text.contains("ほかの職種とも"),
            "no wording: {text}"
        );
        let again = asked(world, &coordinator, "office audit", json!({}))
            .await
            .text();
        assert!(
            again.contains("記録の閲覧"),
            "reading is written down too: {again}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_audit_is_read_by_days_and_by_person() {
    world(Database::Sqlite, async |world| {
        let one = world.person("コーディネーター");
        let other = world.person("二人目のコーディネーター");
        add(world, &one, "きのうの相談のこと").await;
        world.clock.advance(Duration::days(1));
        add(world, &other, "きょうの相談のこと").await;
        world.settled().await;
        let who = other.id().to_string();
        for (options, expected) in [
            (
                json!({"to": "令和8年11月20日", "who": one.id().to_string()}),
                "全1件",
            ),
            (json!({"from": "今日", "who": who}), "全1件"),
            (
                json!({"from": "R8.11.20", "to": "昨日", "who": who}),
                "ありません",
            ),
            (
                json!({"from": "2026-11-21", "to": "11/21", "who": who}),
                "全1件",
            ),
            // A day without a year is the last one: here of the year before.
            (json!({"to": "12/1"}), "ありません"),
            (
                json!({"from": "今日", "to": "昨日"}),
                "終わりの日（令和8年11月20日(金)）より後",
            ),
            (json!({"from": "いつか"}), "日付は「2026-12-01」"),
            (json!({"from": "2月30日"}), "暦にありません"),
            (json!({"from": "令和8年11月20日(月)"}), "曜日が合いません"),
        ] {
            let said = asked(world, &one, "office audit", options.clone())
                .await
                .text();
            assert!(said.contains(expected), "{options}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_the_audit_stay_as_they_were_and_outlive_a_restart() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let id = coordinator.id();
        let server = domain::id::ServerId(world.city.guild);
        let office = world
            .store()
            .office(server)
            .await
            .expect("read")
            .expect("an office")
            .id;
        for first in (0..1_000).step_by(100) {
            world
                .store()
                .write(move |tx| {
                    Box::pin(async move {
                        for number in first..first + 100 {
                            let entry = storage::audit::Entry {
                                at: chrono::DateTime::from_timestamp(1_795_000_000 + number, 0)
                                    .expect("a time"),
                                who: domain::id::UserId(id),
                                act: "moon.land",
                                subject: None,
                                details: &[("crater", "copernicus")],
                            };
                            storage::audit::append(tx, office, &entry).await?;
                        }
                        Ok(())
                    })
                })
                .await
                .expect("written");
        }
        let first = asked(world, &coordinator, "office audit", json!({})).await;
        let total = first.text();
        assert!(total.contains("1 / 10"), "{total}");
        assert!(
            total.contains("`moon.land`") && total.contains("`crater` `copernicus`"),
            "{total}"
        );
        add(world, &coordinator, "あいだに書きとめたこと").await;
        world.restart().await;
        let second = coordinator
            .press_label(first.id, "次へ")
            .await
            .expect_message();
        assert!(second.text().contains("2 / 10"), "{}", second.text());
        assert_eq!(second.id, first.id, "the same message turns");
        // The thousandth entry, by a button of one's own making.
        let buttons = second.buttons();
        let next = buttons
            .iter()
            .find(|b| b.label == "次へ")
            .and_then(|b| b.custom_id.clone());
        let draft = next
            .expect("a button")
            .split(':')
            .nth(2)
            .expect("a draft")
            .to_owned();
        let data =
            json!({"custom_id": format!("v1:office-audit:{draft}:999999"), "component_type": 2});
        let place = world.channel("相談窓口");
        let last = coordinator
            .deliver_raw(place, 3, data.clone(), Some(first.id))
            .await;
        let last = last.expect_message().text();
        let pages = last
            .split(" / ")
            .nth(1)
            .expect("pages")
            .split(' ')
            .next()
            .expect("a number")
            .to_owned();
        assert!(last.contains(&format!("{pages} / {pages}")), "{last}");
        assert!(
            last.lines().filter(|line| line.contains("<@")).count() > 0,
            "{last}"
        );
        world.settled().await;
        let role = world.city.role("薬剤師会 会員");
        world.fake.set_roles(world.city.guild, id, &[role]);
        let square = world.channel("広場");
        let own = coordinator.slash(square, "help", json!({})).await;
        let own = own.expect_message();
        let gone = coordinator.deliver_raw(square, 3, data, Some(own.id)).await;
        let gone = gone.expect_message().text();
        assert!(gone.contains("連携コーディネーターだけ"), "{gone}");
    })
    .await;
}

#[tokio::test]
async fn the_audit_is_not_for_members_and_strangers() {
    world(Database::Sqlite, async |world| {
        add(
            world,
            &world.person("コーディネーター"),
            "相談の受け方を決めておきたい",
        )
        .await;
        world.settled().await;
        for (who, expected) in [
            ("薬剤師会の会長", "連携コーディネーターだけ"),
            ("薬剤師会の会員", "連携コーディネーターだけ"),
            ("アドバイザー", "連携コーディネーターだけ"),
            ("オブザーバー", "連携コーディネーターだけ"),
            ("サーバーの管理者", "どの団体の方か分かりません"),
        ] {
            let person = world.person(who);
            let place = world.channel("広場");
            let said = person
                .slash(place, "office audit", json!({}))
                .await
                .expect_message()
                .text();
            assert!(said.contains(expected), "{who}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_reads_of_an_issue_s_way_what_is_meant_for_them() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let place = world.channel("広場");
        let options = json!({
            "text": "地域でどのようにICTを活用していくか", "profession": "医師会", "origin": "open",
        });
        let number = number_in(&asked(world, &coordinator, "issue add", options).await);
        let options = json!({"number": number.to_string()});
        let form = coordinator
            .slash(place, "issue edit", options)
            .await
            .expect_modal();
        let fields =
            json!({"text": "地域でICTをどう使っていくか", "note": "情報交換会", "speaker": ""});
        coordinator.submit(&form, fields).await.expect_message();
        for (status, reason) in [
            ("sorted", ""),
            ("planning", ""),
            ("acting", ""),
            ("review", ""),
            ("done", "反省会は次の年度に行うため"),
            ("open", ""),
            ("sorted", ""),
            ("planning", ""),
        ] {
            let mut options = json!({"number": number.to_string(), "status": status});
            if !reason.is_empty() {
                options["note"] = json!(reason);
            }
            asked(world, &coordinator, "issue status", options).await;
        }
        world.settled().await;
        let read = async |who: &str| {
            let person = world.person(who);
            let options = json!({"number": number.to_string()});
            let shown = person
                .slash(place, "issue show", options)
                .await
                .expect_message();
            let steps = field(&shown, "これまでの経過").expect("steps");
            assert_eq!(steps.lines().count(), 8, "the last eight: {steps}");
            let opened = person
                .press_label(shown.id, "経過をすべて見る")
                .await
                .expect_message();
            assert_ne!(opened.id, shown.id, "the details stay");
            let turned = person.press_label(opened.id, "次へ").await.expect_message();
            assert_eq!(turned.id, opened.id);
            format!("{}\n{}", opened.text(), turned.text())
        };
        let (id, reason) = (format!("<@{}>", coordinator.id()), "反省会は次の年度");
        let desk = read("コーディネーター").await;
        assert!(desk.contains("全10件") && desk.contains("2 / 2"), "{desk}");
        assert!(desk.contains(&id) && desk.contains(reason), "{desk}");
        assert!(
            desk.contains(
                "「地域でどのようにICTを活用していくか」→「地域でICTをどう使っていくか」"
            ) && desk.contains("備考：「（なし）」→「情報交換会」"),
            "{desk}"
        );
        let raised = read("医師会の会長").await;
        assert!(raised.contains(reason), "{raised}");
        assert!(!raised.contains(&id) && !raised.contains("→「"), "{raised}");
        let other = read("薬剤師会の会長").await;
        assert!(other.contains("修正") && other.contains("完了"), "{other}");
        assert!(!other.contains(reason) && !other.contains(&id), "{other}");
        let stranger = world.person("サーバーの管理者");
        let data = json!({"custom_id": format!("v1:issue-history:{number}"), "component_type": 2});
        let own = stranger
            .slash(place, "help", json!({}))
            .await
            .expect_message();
        let said = stranger
            .deliver_raw(place, 3, data, Some(own.id))
            .await
            .expect_message()
            .text();
        assert!(said.contains("ないか、ご覧になれません"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn sharing_is_told_in_words_too() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "退院の知らせが急で困ると聞いた", "profession": "薬剤師会", "tier": 3,
        });
        let number = number_in(&asked(world, &coordinator, "issue add", options).await);
        let options = json!({
            "number": number.to_string(), "audience": "tier3", "wording": "退院の知らせ方を決めたい",
        });
        asked(world, &coordinator, "issue share", options).await;
        world.settled().await;
        let said = asked(world, &coordinator, "office audit", json!({})).await;
        let text = said.embeds[0]["description"].as_str().expect("lines");
        let shared = text.lines().find(|line| line.contains("共有")).expect("a share");
        assert!(shared.contains("1版") && shared.contains("三次連携"), "{shared}");
        assert!(!text.contains("`version`") && !text.contains("決めたい"), "{text}");
    })
    .await;
}
