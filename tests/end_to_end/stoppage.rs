//! What happens when a channel is not safe or not usable: nothing goes out, the desk is told once with
//! number, reason and remedy, what was sent just now is taken back, and after the mend it all arrives.

mod desk;
mod limit;
mod visible;

use super::{field, number_in, wording};
use fake_discord::{MessageView, Overwrite, Principal, permission};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// An association whose channel is a text channel, and one whose channel is a forum.
const TEXT: (&str, &str) = ("薬剤師会の会長", "一次-薬剤師会");
const FORUM: (&str, &str) = ("歯科医師会の会長", "一次-歯科医師会");
const DESK: &str = "相談窓口";
/// What somebody says; it must not be found where it does not belong.
const SAID: &str = "在庫の数え方がまちまちだ";

/// Somebody adds an issue of tier 1.
async fn add(world: &World, who: &str, words: &str) -> MessageView {
    let options = json!({"text": words, "tier": 1});
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, "issue add", options).await;
    answer.expect_message()
}

/// How a channel becomes something else than it should be.
#[derive(Clone, Copy, Debug)]
enum Harm {
    /// Everybody may see it.
    Everyone,
    /// A role outside the audience may.
    Role,
    /// One person may.
    Member,
    /// The bot may not write there.
    Voice,
    /// The bot may not see it.
    Sight,
}

impl Harm {
    fn on(self, world: &World, channel: &str) {
        let see = permission::VIEW_CHANNEL;
        let mut rows = world.city.overwrites(channel);
        let bot = Principal::Role(world.fake.bot_role(world.city.guild));
        let without = |rows: &mut Vec<Overwrite>, bit: u64| {
            for row in rows.iter_mut().filter(|row| row.principal == bot) {
                row.allow &= !bit;
                row.deny |= bit;
            }
        };
        match self {
            Self::Everyone => drop(rows.remove(0)),
            Self::Role => {
                let role = world.city.role("医師会 会員");
                rows.push(Overwrite::role(role, see, 0));
            }
            Self::Member => {
                let person = world.city.person("所属のない人");
                rows.push(Overwrite::member(person, see, 0));
            }
            Self::Voice => without(&mut rows, permission::SEND_MESSAGES),
            Self::Sight => without(&mut rows, see),
        }
        world.fake.set_overwrites(world.channel(channel), rows);
    }

    fn mended(world: &World, channel: &str) {
        let rows = world.city.overwrites(channel);
        world.fake.set_overwrites(world.channel(channel), rows);
    }
}

/// The cards of stoppages at the desk.
fn told(world: &World) -> Vec<MessageView> {
    let mut cards = world.cards(DESK);
    cards.retain(|card| title(card).starts_with("停止"));
    cards
}

fn title(card: &MessageView) -> &str {
    let first = card.embeds.first();
    first
        .and_then(|embed| embed["title"].as_str())
        .unwrap_or_default()
}

async fn until_told(world: &World) -> MessageView {
    let met = world.until(async |world| !told(world).is_empty()).await;
    assert!(met, "the desk is told\n{}", world.log());
    told(world).remove(0)
}

async fn until_over(world: &World) -> MessageView {
    let over = |card: &MessageView| title(card).contains("解消");
    let met = world
        .until(async |world| {
            let cards = told(world);
            !cards.is_empty() && cards.iter().all(over)
        })
        .await;
    assert!(met, "the desk is told that it is over\n{}", world.log());
    told(world).remove(0)
}

async fn until_cards(world: &World, channel: &str, count: usize) {
    let met = world
        .until(async |world| world.cards(channel).len() == count)
        .await;
    assert!(met, "{count} cards in {channel}\n{}", world.log());
}

#[rstest]
#[case::everybody_may_see_it(
    Harm::Everyone,
    "（@everyone）が見られる",
    "@everyone の「チャンネルを見る」"
)]
#[case::a_role_may(
    Harm::Role,
    "対象でない役割が見られます",
    "その役割の「チャンネルを見る」"
)]
#[case::a_person_may(Harm::Member, "個人に「チャンネルを見る」", "その人を一覧から外します")]
#[case::the_bot_may_not_write(
    Harm::Voice,
    "「メッセージを送信」の権限がありません",
    "「メッセージを送信」"
)]
#[case::the_bot_may_not_see_it(Harm::Sight, "ボットから見えません", "「チャンネルを見る」を ✓")]
#[tokio::test]
async fn a_channel_that_does_not_hold_gets_nothing_and_the_desk_is_told_once(
    #[case] harm: Harm,
    #[case] reason: &str,
    #[case] remedy: &str,
) {
    world(Database::Sqlite, async |world| {
        harm.on(world, TEXT.1);
        for words in [SAID, "会費の集め方がまちまちだ"] {
            add(world, TEXT.0, words).await;
        }
        until_told(world).await;
        let both = async |world: &World| {
            let card = told(world).remove(0);
            field(&card, "待っているもの（2件）").is_some_and(|numbers| numbers == "#1、#2")
        };
        assert!(world.until(both).await, "{}", world.log());
        let card = told(world).remove(0);
        assert!(world.cards(TEXT.1).is_empty());
        assert_eq!(told(world).len(), 1);
        assert_eq!(title(&card), "停止 1　送信が止まっています");
        let place = format!("薬剤師会の一次連携チャンネル <#{}>", world.channel(TEXT.1));
        assert!(wording(&card).starts_with(&place), "{}", wording(&card));
        assert_eq!(
            field(&card, "いつから").as_deref(),
            Some("令和8年11月20日(金) 10:00")
        );
        let said = field(&card, "理由").expect("a reason");
        assert!(said.contains(reason), "{said}");
        let said = field(&card, "直し方").expect("a remedy");
        assert!(said.contains(remedy), "{said}");
        // Other channels are not held up by it.
        add(world, FORUM.0, "当番の決め方がまちまちだ").await;
        until_cards(world, FORUM.1, 1).await;

        Harm::mended(world, TEXT.1);
        until_cards(world, TEXT.1, 2).await;
        let card = until_over(world).await;
        assert_eq!(title(&card), "停止 1　解消しました");
        assert!(
            wording(&card).contains("待っていた2件を送ります"),
            "{}",
            wording(&card)
        );
        assert_eq!(field(&card, "直し方"), None);
        world.settled().await;
        assert_eq!(told(world).len(), 1);
        assert!(!world.log().contains("drift:") && !world.log().contains(SAID));
    })
    .await;
}

#[tokio::test]
async fn whoever_adds_an_issue_for_a_stopped_channel_is_told() {
    world(Database::Sqlite, async |world| {
        Harm::Everyone.on(world, TEXT.1);
        let first = add(world, TEXT.0, SAID).await;
        assert!(!first.text().contains("いまはこのチャンネルへ送れません"));
        until_told(world).await;
        let second = add(world, TEXT.0, "会費の集め方がまちまちだ").await;
        let arrival = field(&second, "届け先").expect("where it goes");
        assert!(
            arrival.contains("いまはこのチャンネルへ送れません"),
            "{arrival}"
        );
        assert!(arrival.contains("記録は残っています"), "{arrival}");
        let elsewhere = add(world, FORUM.0, "当番の決め方がまちまちだ").await;
        assert!(!elsewhere.text().contains("送れません"));
        Harm::mended(world, TEXT.1);
        until_over(world).await;
        let third = add(world, TEXT.0, "研修の記録がまちまちだ").await;
        assert!(!third.text().contains("送れません"));
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn a_post_that_comes_late_says_when_it_was_to_come_until_it_changes() {
    world(Database::Sqlite, async |world| {
        for (who, channel) in [TEXT, FORUM] {
            Harm::Everyone.on(world, channel);
            add(world, who, SAID).await;
        }
        let held = world
            .until(async |world| world.counts().await.refused == 2)
            .await;
        assert!(held, "{}", world.log());
        world.clock.advance(chrono::TimeDelta::minutes(16));
        for (who, channel) in [TEXT, FORUM] {
            Harm::mended(world, channel);
            until_cards(world, channel, 1).await;
            let late = world.cards(channel).remove(0);
            assert_eq!(
                late.content, "遅延: 令和8年11月20日(金) 10:00 に送る予定でした",
                "{channel}"
            );
            world.settled().await;
            // What comes after it comes in time.
            add(world, who, "会費の集め方がまちまちだ").await;
            until_cards(world, channel, 2).await;
            let cards = world.cards(channel);
            let newer = cards.iter().find(|card| card.id != late.id);
            assert_eq!(newer.expect("the newer card").content, "");
        }
        let number = number_in(&add(world, TEXT.0, "当番の決め方がまちまちだ").await) - 4;
        let person = world.person(TEXT.0);
        let options = json!({"number": number.to_string()});
        let place = world.channel("広場");
        let form = person
            .slash(place, "issue edit", options)
            .await
            .expect_modal();
        let changed = json!({"text": "在庫の数え方が店ごとに違う"});
        person.submit(&form, changed).await.expect_message();
        let dropped = async |world: &World| {
            let cards = world.cards(TEXT.1);
            let card = cards.iter().find(|card| wording(card).contains("店ごとに"));
            card.is_some_and(|card| card.content.is_empty())
        };
        assert!(world.until(dropped).await, "{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn the_card_of_a_stoppage_shows_its_state_to_the_desk_and_to_nobody_else() {
    world(Database::Sqlite, async |world| {
        Harm::Role.on(world, TEXT.1);
        add(world, TEXT.0, SAID).await;
        let card = until_told(world).await;
        let coordinator = world.person("コーディネーター");
        let now = coordinator.press_label(card.id, "いまの状況を見る").await;
        let now = now.expect_message();
        assert_eq!(title(&now), "停止 1　送信が止まっています");
        insta::assert_snapshot!(
            "the_card_of_a_stoppage",
            now.text()
                .replace(&world.channel(TEXT.1).to_string(), "CHANNEL")
                .replace(&world.city.role("医師会 会員").to_string(), "ROLE")
        );
        Harm::mended(world, TEXT.1);
        until_over(world).await;
        let now = coordinator.press_label(card.id, "いまの状況を見る").await;
        assert_eq!(title(&now.expect_message()), "停止 1　解消しました");
        world.settled().await;
    })
    .await;
}
