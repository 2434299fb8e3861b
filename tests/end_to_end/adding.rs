//! Writing down what somebody said: it reaches the channel of the tier that can solve it, and nobody
//! else.

use super::{field, number_in, text, wording};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{World, world},
};

/// Everybody of these groups, and the desk.
fn people(world: &World, groups: &[&str]) -> BTreeSet<u64> {
    groups
        .iter()
        .flat_map(|group| world.city.group(group))
        .collect()
}

fn desk(world: &World) -> BTreeSet<u64> {
    [
        world.city.owner,
        world.city.person("コーディネーター"),
        world.city.person("二人目のコーディネーター"),
    ]
    .into()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn each_association_s_own_matter_reaches_its_private_channel(#[case] database: Database) {
    world(database, async |world| {
        for (index, (association, _, channel, forum)) in ASSOCIATIONS.into_iter().enumerate() {
            let speaker = world.person(&format!("{association}の会長"));
            let said = format!("第{index}の団体では記録のつけ方がまちまちだ");
            let place = world.channel("広場");
            let answer = speaker
                .slash(place, "issue add", json!({"text": said, "tier": 1}))
                .await
                .expect_message();
            assert!(answer.ephemeral, "answers are for the person only");
            world.settled().await;
            let cards = world.cards(channel);
            assert_eq!(cards.len(), 1, "{association}: one card");
            assert!(wording(&cards[0]).contains("まちまち"));
            assert_eq!(
                forum,
                cards[0].channel != world.channel(channel),
                "a post where it is a forum"
            );
            let mut allowed = desk(world);
            allowed.extend(
                ["会長", "連携担当"].map(|r| world.city.person(&format!("{association}の{r}"))),
            );
            assert_eq!(world.fake.who_saw(&said), allowed, "{association}");
        }
        assert!(
            world.cards("相談窓口").is_empty(),
            "the desk is not told twice"
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_said_in_confidence_between_professions_stays_at_the_desk(
    #[case] database: Database,
) {
    world(database, async |world| {
        for (tier, name) in [(2, "②職種間（二次）"), (3, "③地域全体（三次）")] {
            for (association, ..) in ASSOCIATIONS {
                let said = format!(
                    "「{association}」から{tier}番目の階層で考えたい困りごと{}",
                    association.len()
                );
                let speaker = world.person(&format!("{association}の会員"));
                let answer = speaker
                    .slash(
                        world.channel("広場"),
                        "issue add",
                        json!({"text": said, "tier": tier}),
                    )
                    .await
                    .expect_message();
                assert!(field(&answer, "階層").expect("a tier").starts_with(name));
                world.settled().await;
                let mut allowed = desk(world);
                allowed.insert(speaker.id());
                assert_eq!(world.fake.who_saw(&said), allowed, "{association} {tier}");
            }
        }
        assert_eq!(world.cards("相談窓口").len(), 12);
        for channel in ["二次-入退院", "二次-多職種", "三次連携"] {
            assert!(world.cards(channel).is_empty(), "{channel}");
        }
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_said_openly_goes_to_the_narrowest_circle_or_the_region(
    #[case] database: Database,
) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let region: Vec<&str> = ASSOCIATIONS.iter().map(|(name, ..)| *name).collect();
        let discharge = ["病院連携室", "介護支援専門員連絡協議会"];
        // Who said it, to whom, tier → channel, groups that read it, and whether observers do.
        for (profession, about, tier, channel, groups, observers) in [
            ("病院連携室", "介護支援専門員", 2, "二次-入退院", &discharge[..], false),
            ("薬剤師会", "リハビリ職", 2, "二次-多職種", &region[..], false),
            ("医師会", "薬剤師", 3, "三次連携", &region[..], true),
        ] {
            let said = format!("{profession}と{about}で公開の場に出た{tier}の話題です");
            let options = json!({
                "text": said, "profession": profession, "about": about, "tier": tier, "origin": "open",
            });
            let answer =
                coordinator.slash(world.channel("相談窓口"), "issue add", options).await.expect_message();
            assert!(number_in(&answer) > 0);
            world.settled().await;
            let cards = world.cards(channel);
            assert_eq!(cards.len(), 1, "{channel}");
            let mut allowed = desk(world);
            allowed.extend(people(world, groups));
            if observers {
                allowed.extend(["アドバイザー", "オブザーバー"].map(|key| world.city.person(key)));
            }
            assert_eq!(world.fake.who_saw(&said), allowed, "{channel}");
        }
        assert!(world.cards("相談窓口").is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_answer_says_the_tier_the_words_that_decided_and_where_it_went() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("病院連携室の会長");
        let answer = speaker
            .slash(
                world.channel("広場"),
                "issue add",
                text("ケアマネジャーに在宅復帰を拒否されてしまう"),
            )
            .await
            .expect_message();
        let tier = field(&answer, "階層").expect("a tier");
        assert!(tier.starts_with("②職種間（二次）（決め手：「"), "{tier}");
        assert!(
            tier.contains("在宅復帰") || tier.contains("ケアマネジャー"),
            "{tier}"
        );
        let destination = field(&answer, "届け先").expect("a destination");
        assert!(
            destination.starts_with("相談窓口（非公開の場での発言なので"),
            "{destination}"
        );
        assert!(
            !destination.contains("<#"),
            "a channel one cannot open is not linked"
        );
    })
    .await;
}

#[tokio::test]
async fn without_words_a_form_opens_and_nothing_chosen_is_lost() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("薬剤師会の会長");
        let options = json!({"kind": "idea", "about": "ケアマネ", "note": "居宅介護支援事業所"});
        let form = speaker.slash(world.channel("広場"), "issue add", options).await.expect_modal();
        assert_eq!(form.title, "課題・アイデアを記録");
        let note = form.fields.iter().find(|field| field.custom_id == "note").expect("a note");
        assert_eq!(note.value.as_deref(), Some("居宅介護支援事業所"));
        let fields = json!({
            "text": "合同研修会をひらいてみたい", "note": "居宅介護支援事業所", "speaker": "仮名 太郎",
        });
        let answer = speaker.submit(&form, fields).await.expect_message();
        assert!(answer.text().contains("アイデアとして記録しました"), "{}", answer.text());
        world.settled().await;
        let card = &world.cards("相談窓口")[0];
        assert_eq!(field(card, "関係する職種・団体").as_deref(), Some("介護支援専門員"));
        assert_eq!(field(card, "発言者").as_deref(), Some("仮名 太郎"));
        assert_eq!(field(card, "備考").as_deref(), Some("居宅介護支援事業所"));
    })
    .await;
}

#[tokio::test]
async fn the_speaker_is_for_the_desk_only() {
    world(Database::Sqlite, async |world| {
        let contact = world.person("薬剤師会の連携担当");
        let options = json!({
            "text": "薬局によって在宅医療への姿勢がバラバラだ", "speaker": "非公開 花子", "tier": 1,
        });
        contact
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        world.settled().await;
        let card = &world.cards("一次-薬剤師会")[0];
        assert_eq!(field(card, "発言者"), None);
        let chair = world.person("薬剤師会の会長");
        let shown = chair
            .press_label(card.id, "詳しく見る")
            .await
            .expect_message();
        assert!(shown.text().contains("バラバラ"));
        assert!(!shown.text().contains("非公開 花子"), "{}", shown.text());
        let coordinator = world.person("コーディネーター");
        let shown = coordinator
            .press_label(card.id, "詳しく見る")
            .await
            .expect_message();
        assert_eq!(field(&shown, "発言者").as_deref(), Some("非公開 花子"));
    })
    .await;
}

#[tokio::test]
async fn a_message_said_in_a_circle_is_recorded_as_said_openly() {
    world(Database::Sqlite, async |world| {
        let words = "退院の日取りを早めに知らせてもらえると助かります";
        let message = world.say("コーディネーター", "二次-入退院", words);
        let room = world.person("病院連携室の会長");
        let form = room
            .menu(world.channel("二次-入退院"), message, "課題として記録")
            .await
            .expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some(words));
        let fields = json!({"text": words, "note": "", "speaker": ""});
        let answer = room.submit(&form, fields).await.expect_message();
        let number = number_in(&answer);
        world.settled().await;
        let shown = world
            .person("コーディネーター")
            .slash(
                world.channel("相談窓口"),
                "issue show",
                json!({"number": format!("#{number}")}),
            )
            .await
            .expect_message();
        assert_eq!(field(&shown, "把握の場").as_deref(), Some("公開の場"));
    })
    .await;
}

#[tokio::test]
async fn the_desk_passes_on_what_an_association_told_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "訪問に回せる人数がそろわないと電話で聞いた", "profession": "薬剤師会", "tier": 1,
        });
        coordinator.slash(world.channel("相談窓口"), "issue add", options).await.expect_message();
        world.settled().await;
        assert!(world.cards("一次-薬剤師会").is_empty(), "told to the desk, the desk decides first");
        let card = world.cards("相談窓口").remove(0);
        let answer = coordinator.press_label(card.id, "団体へ伝える").await.expect_message();
        assert!(answer.text().contains("薬剤師会の一次連携チャンネル"), "{}", answer.text());
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        assert!(world.cards("相談窓口").is_empty(), "the card stands in one place");
    })
    .await;
}

#[tokio::test]
async fn a_member_may_tell_the_desk_and_it_decides_first() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options =
            json!({"text": "会費の集め方がまちまちで言い出しにくい", "tier": 1, "origin": "desk"});
        let answer = member
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        let destination = field(&answer, "届け先").expect("a destination");
        assert!(destination.starts_with("相談窓口（"), "{destination}");
        world.settled().await;
        assert!(world.cards("一次-薬剤師会").is_empty());
        assert_eq!(world.cards("相談窓口").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_adviser_writes_down_what_was_heard_for_the_desk() {
    world(Database::Sqlite, async |world| {
        let adviser = world.person("アドバイザー");
        let said = "往診のあとの申し送りが届かないと聞いた";
        let answer = adviser
            .slash(world.channel("広場"), "issue add", text(said))
            .await;
        assert!(answer.expect_message().text().contains("記録しました"));
        world.settled().await;
        assert_eq!(world.cards("相談窓口").len(), 1);
    })
    .await;
}
