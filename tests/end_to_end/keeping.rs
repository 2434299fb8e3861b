//! Keeping and letting go: what was kept long enough goes when the desk says so, the whole office comes as
//! one file, an office ends when two want it to or the bot was away for long, and persons have their name
//! removed.

mod ending;

use super::{command, wording::read};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use storage::archive::TABLES;
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";
const MEMBER: &str = "薬剤師会の会員";
const COORDINATOR: &str = "コーディネーター";
const SECOND: &str = "二人目のコーディネーター";
const TALK: &str = "一次-薬剤師会";
const DESK: &str = "相談窓口";

async fn press(world: &World, who: &str, message: &MessageView, label: &str) -> MessageView {
    world
        .person(who)
        .press_label(message.id, label)
        .await
        .expect_message()
}

async fn add(world: &World, words: &str) {
    let options = json!({"text": words, "tier": 1, "speaker": "見本 花子"});
    let said = command(world, CHAIR, "issue add", options).await;
    assert!(said.text().contains('#'), "{}", said.text());
}

/// The cards of a channel that say this.
fn cards(world: &World, channel: &str, words: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains(words));
    cards.sort_by_key(|card| card.id);
    cards
}

async fn office(world: &World) -> domain::id::OfficeId {
    let server = domain::id::ServerId(world.city.guild);
    let found = world.store().office(server).await.expect("read");
    found.expect("the office is there").id
}

/// Of the issue that was let go nothing is left but its entries in the audit.
async fn is_gone(world: &World) {
    let office = office(world).await;
    let swept = async |world: &World| {
        world.store().occurrence_changed().notify_one();
        let marked = world
            .store()
            .read(|c| Box::pin(storage::retention::marked(c)))
            .await;
        marked.expect("read").is_empty()
    };
    assert!(world.until(swept).await, "{}", world.log());
    for table in TABLES
        .iter()
        .filter(|table| table.name.starts_with("issue"))
    {
        let count = world
            .store()
            .read(move |c| Box::pin(storage::archive::count(c, office, table)))
            .await
            .expect("counted");
        assert!(count <= 1, "{} {count}", table.name);
    }
    let shown = command(world, COORDINATOR, "issue show", json!({"number": "1"})).await;
    assert!(!shown.text().contains("在庫"), "{}", shown.text());
    let audit = command(world, COORDINATOR, "office audit", json!({})).await;
    assert!(
        audit.text().contains("保存期間を過ぎた記録の削除"),
        "{}",
        audit.text()
    );
    assert!(!audit.text().contains("在庫"), "{}", audit.text());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_kept_long_enough_goes_when_the_desk_says_so_and_not_before(
    #[case] database: Database,
) {
    world(database, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        add(world, "会費の集め方がまちまちだ").await;
        let dropped = json!({"number": "1", "status": "dropped", "note": "やめた"});
        command(world, COORDINATOR, "issue status", dropped).await;
        world.settled().await;
        assert_eq!(world.cards(TALK).len(), 2);

        let early = json!({"of": "issue:1"});
        let early = command(world, COORDINATOR, "office retention", early).await;
        insta::assert_snapshot!("retention_too_early", read(&early));
        let open = json!({"of": "issue:2"});
        let open = command(world, COORDINATOR, "office retention", open).await;
        assert!(open.text().contains("まだ続いている"), "{}", open.text());
        let none = command(world, COORDINATOR, "office retention", json!({})).await;
        insta::assert_snapshot!("retention_nothing_due", read(&none));
        let refused = command(world, CHAIR, "office retention", json!({})).await;
        assert!(
            refused.text().contains("コーディネーター"),
            "{}",
            refused.text()
        );

        world.clock.move_to("2032-03-31 10:00");
        world.dealt_with().await;
        assert!(cards(world, DESK, "保存期間を過ぎた記録").is_empty());
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let told = cards(world, DESK, "保存期間を過ぎた記録");
        assert_eq!(told.len(), 1, "{}", world.log());
        insta::assert_snapshot!("retention_card", read(&told[0]));
        let listed = press(world, COORDINATOR, &told[0], "一覧を見る").await;
        assert!(
            listed.text().contains("#1") && !listed.text().contains("#2　"),
            "{}",
            listed.text()
        );

        let asked = press(world, COORDINATOR, &told[0], "削除する…").await;
        assert!(asked.text().contains("バックアップ"), "{}", asked.text());
        assert_eq!(
            world.cards(TALK).len(),
            2,
            "nothing goes before it is confirmed"
        );
        world.restart().await;
        let begun = press(world, COORDINATOR, &asked, "削除する（元に戻せません）").await;
        assert!(
            begun.text().contains("削除を始めました"),
            "{}",
            begun.text()
        );
        let twice = press(world, SECOND, &told[0], "削除する…").await;
        assert!(
            twice.text().contains("いま削除できる記録はありません")
                || twice.text().contains("件を削除します"),
            "{}",
            twice.text()
        );
        let gone = async |world: &World| world.cards(TALK).len() == 1;
        assert!(
            world.until(gone).await,
            "the post goes too\n{}",
            world.log()
        );
        let ended = async |world: &World| cards(world, DESK, "件を削除しました").len() == 1;
        assert!(
            world.until(ended).await,
            "the desk is told\n{}",
            world.log()
        );
        is_gone(world).await;
        let kept = command(world, COORDINATOR, "issue show", json!({"number": "2"})).await;
        assert!(kept.text().contains("会費の集め方"), "{}", kept.text());
    })
    .await;
}

#[tokio::test]
async fn the_desk_keeps_longer_what_could_go_and_changes_its_mind() {
    world(Database::Sqlite, async |world| {
        add(world, "在庫の数え方がまちまちだ").await;
        let dropped = json!({"number": "1", "status": "dropped", "note": "やめた"});
        command(world, COORDINATOR, "issue status", dropped).await;
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        let told = cards(world, DESK, "保存期間を過ぎた記録").remove(0);
        let longer = press(world, COORDINATOR, &told, "もっと長く保存する").await;
        let kept = press(world, COORDINATOR, &longer, "あと2年（令和16年度まで）").await;
        assert!(kept.text().contains("令和16年度"), "{}", kept.text());
        world.settled().await;
        let of = json!({"of": "#1"});
        let until = command(world, COORDINATOR, "office retention", of.clone()).await;
        assert!(until.text().contains("令和16年4月1日"), "{}", until.text());
        let again = press(world, COORDINATOR, &kept, "延長を取り消す").await;
        assert!(again.text().contains("取り消しました"), "{}", again.text());
        let due = command(world, COORDINATOR, "office retention", of).await;
        assert!(
            due.text().contains("保存期間を過ぎています"),
            "{}",
            due.text()
        );
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn a_person_has_their_name_removed_and_the_opinion_stays() {
    world(Database::Sqlite, async |world| {
        let options =
            json!({"text": "相談の窓口がわかりにくい", "speaker": "見本 花子", "tier": 1});
        command(world, COORDINATOR, "issue add", options).await;
        world.settled().await;
        assert_eq!(cards(world, DESK, "見本 花子").len(), 1);
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        insta::assert_snapshot!("help_privacy", read(&help));
        let laid = press(world, MEMBER, &help, "氏名の削除を頼む").await;
        assert!(
            laid.text().contains("相談窓口に届けました"),
            "{}",
            laid.text()
        );
        let twice = press(world, MEMBER, &help, "氏名の削除を頼む").await;
        assert!(
            twice.text().contains("すでに届いています"),
            "{}",
            twice.text()
        );
        world.settled().await;
        let asked = cards(world, DESK, "ご本人からの依頼");
        assert_eq!(asked.len(), 1);
        insta::assert_snapshot!("petition_card", read(&asked[0]));
        let coordinator = world.person(COORDINATOR);
        let form = coordinator
            .press_label(asked[0].id, "氏名を削除する…")
            .await
            .expect_modal();
        let found = coordinator
            .submit(&form, json!({"name": "見本　花子"}))
            .await;
        let found = found.expect_message();
        assert!(
            found.text().contains("発言者として 1 件"),
            "{}",
            found.text()
        );
        let done = press(
            world,
            COORDINATOR,
            &found,
            "氏名を削除する（元に戻せません）",
        )
        .await;
        assert!(
            done.text().contains("1 件から氏名を消し"),
            "{}",
            done.text()
        );
        world.settled().await;
        assert!(cards(world, DESK, "見本 花子").is_empty());
        assert_eq!(cards(world, DESK, "相談の窓口がわかりにくい").len(), 1);
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        assert!(help.text().contains("対応しました"), "{}", help.text());

        let laid = press(world, MEMBER, &help, "開示を頼む").await;
        assert!(
            laid.text().contains("相談窓口に届けました"),
            "{}",
            laid.text()
        );
        world.settled().await;
        let asked = cards(world, DESK, "ご本人からの依頼 2").remove(0);
        let form = coordinator
            .press_label(asked.id, "対応できない…")
            .await
            .expect_modal();
        let number = json!({"reason": "090-1234-5678 へ電話してください"});
        let masked = coordinator.submit(&form, number).await.expect_message();
        assert!(
            !masked.text().contains("090-1234-5678"),
            "{}",
            masked.text()
        );
        let reason = json!({"reason": "窓口で直接お伝えします"});
        coordinator.submit(&form, reason).await.expect_message();
        let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
        assert!(
            help.text().contains("窓口で直接お伝えします"),
            "{}",
            help.text()
        );
        let other = command(world, CHAIR, "help", json!({"topic": "privacy"})).await;
        assert!(
            !other.text().contains("窓口で直接お伝えします"),
            "{}",
            other.text()
        );
        world.settled().await;
    })
    .await;
}
