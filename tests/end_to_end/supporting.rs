//! 支援事業: an association's event the office helps with. Who does what by when stands on one card, which
//! follows every change; money stays at the desk.

mod ending;
mod guard;
mod idea;
mod region;
mod reminding;

use super::wording::read;
use fake_discord::{MessageView, Outcome, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const ALL: &str = "この案をすべて入れる";
const TITLE: &str = "薬科・リハ合同研修会";

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let answer = world
        .person(who)
        .slash(world.channel("広場"), path, options)
        .await;
    answer.expect_message()
}

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    ask(world, "コーディネーター", path, options).await
}

/// A joint training of pharmacists and therapists on a Saturday in February, but for what is given
/// otherwise.
fn training(other: &Value) -> Value {
    let mut options = json!({
        "title": TITLE, "associations": "薬剤師会、リハビリテーション療法士会",
        "date": "令和9年2月13日", "budget": "15万円 市の委託料", "fund": "地域医療介護総合確保基金",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    options
}

async fn add(world: &World, other: Value) -> MessageView {
    desk(world, "project add", training(&other)).await
}

/// A project with the manual's five tasks, of which the pharmacists have the announcement.
async fn divided(world: &World) {
    let added = add(world, json!({})).await;
    let coordinator = world.person("コーディネーター");
    coordinator
        .press_label(added.id, ALL)
        .await
        .expect_message();
    let said = desk(
        world,
        "project task",
        json!({"number": "1", "role": "周知", "who": "薬剤師会"}),
    )
    .await
    .text();
    assert!(said.contains("分担を変えました"), "{said}");
}

async fn press(world: &World, who: &str, message: &MessageView, label: &str) -> MessageView {
    let pressed = world.person(who).press_label(message.id, label).await;
    pressed.expect_message()
}

/// The cards of projects that stand in a channel.
fn cards(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.embeds.iter().any(is_card));
    cards
}

fn is_card(embed: &Value) -> bool {
    let title = embed["title"].as_str().unwrap_or_default();
    title.starts_with("支援事業 ")
}

async fn card(world: &World, channel: &str) -> MessageView {
    world.settled().await;
    let mut cards = cards(world, channel);
    assert_eq!(cards.len(), 1, "{channel}");
    cards.remove(0)
}

/// A press of what nobody was offered, from a message of one's own.
async fn forge(world: &World, who: &Person, custom_id: &str, values: Option<&[&str]>) -> Outcome {
    let place = world.channel("広場");
    let own = who.slash(place, "help", json!({})).await.expect_message();
    let data = match values {
        None => json!({"custom_id": custom_id, "component_type": 2}),
        Some(values) => json!({"custom_id": custom_id, "component_type": 3, "values": values}),
    };
    who.deliver_raw(place, 3, data, Some(own.id)).await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_to_be_done_is_divided_and_the_card_follows(#[case] database: Database) {
    world(database, async |world| {
        let told = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        ask(world, "薬剤師会の会長", "issue add", told).await;
        let added = add(world, json!({"issues": "#1"})).await;
        insta::assert_snapshot!("project_added", read(&added));
        let coordinator = world.person("コーディネーター");
        let taken = coordinator
            .press_label(added.id, ALL)
            .await
            .expect_message();
        insta::assert_snapshot!("project_tasks_taken", read(&taken));
        let helper = format!("<@{}>", world.city.person("薬剤師会の会員"));
        for (role, who) in [
            ("周知", "薬剤師会"),
            ("当日運営", helper.as_str()),
            ("看板", "会場係"),
        ] {
            let options = json!({"number": "1", "role": role, "who": who});
            desk(world, "project task", options).await;
        }
        insta::assert_snapshot!("project_card_desk", read(&card(world, "相談窓口").await));
        let pharmacists = card(world, "一次-薬剤師会").await;
        insta::assert_snapshot!("project_card_association", read(&pharmacists));
        let therapists = card(world, "一次-リハビリ").await;
        assert!(
            therapists.text().contains("周知：薬剤師会"),
            "the tasks of all"
        );
        assert!(
            !therapists.text().contains("#1"),
            "an issue of others: {}",
            therapists.text()
        );
        let done = press(world, "薬剤師会の会長", &pharmacists, "済み：周知").await;
        insta::assert_snapshot!("project_task_done", read(&done));
        for channel in ["相談窓口", "一次-薬剤師会", "一次-リハビリ"] {
            let text = card(world, channel).await.text();
            assert!(
                text.contains("1/6") && text.contains("進行中"),
                "{channel}: {text}"
            );
        }
        let back = press(world, "薬剤師会の会長", &done, UNDO).await.text();
        assert!(back.contains("変える前に戻しました"), "{back}");
        let text = card(world, "一次-薬剤師会").await.text();
        assert!(text.contains("0/6") && text.contains("予定"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn money_is_read_at_the_desk_alone() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        world.settled().await;
        for who in ["薬剤師会の会長", "リハビリテーション療法士会の連携担当"]
        {
            let shown = ask(world, who, "project show", json!({"number": "1"})).await;
            assert!(shown.text().contains(TITLE), "{who}");
            assert!(!shown.text().contains("予算"), "{who}: {}", shown.text());
        }
        for words in ["市の委託料", "地域医療介護総合確保基金", "150,000円"] {
            let coordinators =
                ["コーディネーター", "二人目のコーディネーター"].map(|who| world.city.person(who));
            let saw = world.fake.who_saw(words);
            assert!(!saw.is_empty(), "{words}");
            let others = saw
                .iter()
                .filter(|id| !coordinators.contains(id) && **id != world.city.owner);
            assert_eq!(others.count(), 0, "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_tasks_are_chosen_in_a_select_and_a_second_press_says_so() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        desk(
            world,
            "project task",
            json!({"number": "1", "role": "看板"}),
        )
        .await;
        let card = card(world, "相談窓口").await;
        assert!(
            card.buttons()
                .iter()
                .all(|button| !button.label.starts_with("済み："))
        );
        let select = card.selects().remove(0);
        let id = select["custom_id"].as_str().expect("its id");
        let value = |at: usize| select["options"][at]["value"].as_str().expect("a value");
        let coordinator = world.person("コーディネーター");
        let chosen = [value(0), value(1)];
        let done = coordinator
            .select(card.id, id, &chosen)
            .await
            .expect_message();
        assert!(done.text().contains("（2/6）"), "{}", done.text());
        // The card has buttons for the four that are left; a slow client still shows the select.
        let again = forge(world, &coordinator, id, Some(&chosen)).await.text();
        assert!(again.contains("もう済みになっています"), "{again}");
        let rest = [value(1), value(2)];
        let both = forge(world, &coordinator, id, Some(&rest))
            .await
            .expect_message();
        assert!(both.text().contains("（3/6）"), "{}", both.text());
        // Somebody has changed it since, so the first step is not taken back any more.
        let late = press(world, "コーディネーター", &done, UNDO).await.text();
        assert!(late.contains("ほかの変更があったため"), "{late}");
        let twice = press(world, "コーディネーター", &both, UNDO).await.text();
        assert!(twice.contains("変える前に戻しました"), "{twice}");
    })
    .await;
}

#[tokio::test]
async fn the_same_press_delivered_twice_acts_once() {
    world(Database::Sqlite, async |world| {
        let added = add(world, json!({})).await;
        let coordinator = world.person("コーディネーター").twice();
        coordinator
            .press_label(added.id, ALL)
            .await
            .expect_message();
        let shown = desk(world, "project show", json!({"number": "1"}))
            .await
            .text();
        assert!(shown.contains("0/5"), "{shown}");
        let late = world.person("コーディネーター");
        let again = forge(world, &late, "v1:project-suggested:1", None)
            .await
            .text();
        assert!(again.contains("もう入っています"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn a_task_is_added_changed_reopened_and_taken_away() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        for (options, expected) in [
            (
                json!({"role": "周知"}),
                "☐ 周知：連携拠点　令和9年1月14日(木)まで",
            ),
            (
                json!({"role": "周知：会員へ", "due": "1/8"}),
                "☐ 周知（会員へ）：連携拠点　令和9年1月8日(金)まで",
            ),
            (json!({"role": "周知", "due": "なし"}), "☐ 周知：連携拠点"),
            (json!({"role": "周知", "who": "司会"}), "☐ 周知：司会"),
            (
                json!({"role": "周知", "done": true}),
                "☑ 周知：司会　令和8年11月20日(金)済み",
            ),
            (json!({"role": "周知", "done": false}), "☐ 周知：司会"),
            (json!({"role": "看板", "who": "拠点"}), "☐ 看板：連携拠点"),
        ] {
            let mut options = options;
            options["number"] = json!("1");
            let said = desk(world, "project task", options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
        }
        for (options, expected) in [
            (json!({"role": "周知"}), "変わるところがありません"),
            (json!({"role": "周知", "who": "医師会"}), "加わっていません"),
            (json!({"role": "その他"}), "何をするかを"),
            (json!({"role": "周知", "due": "いつか"}), "日付"),
            (json!({"role": "会場：090-1234-5678へ電話"}), "個人情報"),
            (json!({"role": "周知", "who": "090-1234-5678"}), "個人情報"),
        ] {
            let mut options = options;
            options["number"] = json!("1");
            let said = desk(world, "project task", options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
            assert!(!said.contains("1234"), "{said}");
        }
        let shown = desk(world, "project show", json!({"number": "1"})).await;
        let selects = shown.selects();
        let removing = selects.last().expect("the select");
        let id = removing["custom_id"].as_str().expect("its id");
        let value = removing["options"][0]["value"].as_str().expect("a value");
        let coordinator = world.person("コーディネーター");
        let gone = coordinator
            .select(shown.id, id, &[value])
            .await
            .expect_message();
        assert!(gone.text().contains("外しました：周知"), "{}", gone.text());
        let twice = coordinator
            .select(shown.id, id, &[value])
            .await
            .expect_message();
        assert!(twice.text().contains("もうありません"), "{}", twice.text());
        press(world, "コーディネーター", &gone, UNDO).await;
        let text = card(world, "相談窓口").await.text();
        assert!(text.contains("周知：司会"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn an_event_that_moves_takes_due_dates_along_when_somebody_says_so() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let moved = desk(
            world,
            "project edit",
            json!({"number": "1", "date": "令和9年2月20日", "title": "合同研修会"}),
        )
        .await;
        insta::assert_snapshot!("project_moved", read(&moved));
        let followed = press(world, "コーディネーター", &moved, "期限も動かす").await;
        assert!(
            followed.text().contains("期限を5件動かしました"),
            "{}",
            followed.text()
        );
        let text = card(world, "一次-薬剤師会").await.text();
        assert!(
            text.contains("周知：薬剤師会　令和9年1月21日(木)まで"),
            "{text}"
        );
        press(world, "コーディネーター", &followed, UNDO).await;
        let text = card(world, "一次-薬剤師会").await.text();
        assert!(
            text.contains("令和9年1月14日(木)まで") && text.contains("2月20日"),
            "{text}"
        );
        for (options, expected) in [
            (json!({"title": "合同研修会"}), "変わるところがありません"),
            (
                json!({"associations": "リハビリテーション療法士会"}),
                "済んでいない分担が残っています",
            ),
            (json!({"budget": "未定"}), "金額が読めません"),
            (
                json!({"budget": "10万円から15万円"}),
                "金額がいくつもあります",
            ),
            (json!({"date": "令和30年1月1日"}), "離れすぎています"),
            (json!({"sessions": "9"}), "連携の場は、ないか"),
            (json!({"issues": "#9"}), "ないか"),
        ] {
            let mut options = options;
            options["number"] = json!("1");
            let said = desk(world, "project edit", options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
        }
        let edited = desk(
            world,
            "project edit",
            json!({"number": "1", "budget": "なし"}),
        )
        .await;
        assert!(!edited.text().contains("予算"), "{}", edited.text());
    })
    .await;
}

#[tokio::test]
async fn an_association_that_leaves_loses_its_card() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        card(world, "一次-リハビリ").await;
        let leave = json!({"number": "1", "associations": "薬剤師会"});
        let left = desk(world, "project edit", leave).await;
        world.settled().await;
        assert!(cards(world, "一次-リハビリ").is_empty());
        let gone = ask(
            world,
            "リハビリテーション療法士会の会長",
            "project show",
            json!({"number": "1"}),
        )
        .await;
        assert!(gone.text().contains("ないか、ご覧になれません"));
        press(world, "コーディネーター", &left, UNDO).await;
        card(world, "一次-リハビリ").await;
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_after_a_restart_as_well() {
    world(Database::Sqlite, async |world| {
        for number in 1..=23 {
            add(world, json!({"title": format!("研修会その{number}")})).await;
        }
        let list = desk(world, "project list", json!({})).await;
        insta::assert_snapshot!("project_list", read(&list));
        world.restart().await;
        let second = press(world, "コーディネーター", &list, "次へ").await;
        assert!(second.text().contains("2 / 3"), "{}", second.text());
        let none = desk(world, "project list", json!({"state": "finished"})).await;
        assert!(none.text().contains("当てはまる支援事業はありません"));
    })
    .await;
}

#[tokio::test]
async fn a_registration_is_taken_back_and_its_cards_go() {
    world(Database::Sqlite, async |world| {
        let added = add(world, json!({})).await;
        card(world, "一次-薬剤師会").await;
        let back = press(world, "コーディネーター", &added, UNDO).await;
        assert!(
            back.text().contains("登録を取り消しました"),
            "{}",
            back.text()
        );
        world.settled().await;
        for channel in ["相談窓口", "一次-薬剤師会", "一次-リハビリ"] {
            assert!(cards(world, channel).is_empty(), "{channel}");
        }
        let gone = desk(world, "project show", json!({"number": "1"})).await;
        assert!(gone.text().contains("ないか、ご覧になれません"));
        let late = add(world, json!({})).await;
        world.clock.move_to("2026-11-20 10:11");
        let refused = press(world, "コーディネーター", &late, UNDO).await.text();
        assert!(refused.contains("10分が過ぎた"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn what_people_read_in_english() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let role = world.city.role("薬剤師会 連携担当");
        let guild = world.city.guild;
        let id = world
            .fake
            .add_member(guild, "Pat Example", "en-GB", &[role]);
        let pat = world.fake.person(guild, id);
        let square = world.channel("広場");
        let number = json!({"number": "1"});
        let shown = pat
            .slash(square, "project show", number)
            .await
            .expect_message();
        insta::assert_snapshot!("project_shown_english", read(&shown));
        let list = pat
            .slash(square, "project list", json!({}))
            .await
            .expect_message();
        insta::assert_snapshot!("project_list_english", read(&list));
    })
    .await;
}
