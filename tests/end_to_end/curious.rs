//! A curious member: forged presses, foreign drafts, rights that went away between two steps. Nothing
//! more is learnt by them than by asking plainly.

use super::{field, number_in, text, wording};
use fake_discord::Person;
use serde_json::{Value, json};
use tests::{database::Database, world::world};

/// A form sent by a client of one's own making: fields as given, whatever the form asked for.
fn forged_form(custom_id: &str, fields: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> = fields
        .iter()
        .map(|(id, value)| {
            json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]})
        })
        .collect();
    json!({"custom_id": custom_id, "components": rows})
}

async fn listed(person: &Person, channel: u64) -> String {
    let list = person.slash(channel, "issue list", json!({})).await;
    list.expect_message().text()
}

#[tokio::test]
async fn a_form_sent_twice_at_once_is_kept_once() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let place = world.channel("広場");
        let form = chair
            .slash(place, "issue add", json!({"tier": 1}))
            .await
            .expect_modal();
        let data = || forged_form(&form.custom_id, &[("text", "会費の集め方がまちまちだ")]);
        let (first, second) = tokio::join!(
            chair.deliver_raw(place, 5, data(), None),
            chair.deliver_raw(place, 5, data(), None),
        );
        let answers = [first, second].map(|answer| answer.expect_message().text());
        let kept = answers
            .iter()
            .filter(|a| a.contains("記録しました"))
            .count();
        let gone = answers
            .iter()
            .filter(|a| a.contains("すでに使われています"))
            .count();
        assert_eq!((kept, gone), (1, 1), "{answers:?}");
        assert!(listed(&chair, place).await.contains("全1件"));
    })
    .await;
}

#[tokio::test]
async fn what_was_chosen_at_the_desk_is_not_sent_by_somebody_who_left_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("二人目のコーディネーター");
        let desk = world.channel("相談窓口");
        let options = json!({"profession": "医師会", "tier": 3, "origin": "open"});
        let form = coordinator
            .slash(desk, "issue add", options)
            .await
            .expect_modal();
        let member = world.city.role("薬剤師会 会員");
        world
            .fake
            .set_roles(world.city.guild, coordinator.id(), &[member]);
        let data = forged_form(
            &form.custom_id,
            &[("text", "医師会の名で地域へ広めたいこと")],
        );
        let answer = coordinator
            .deliver_raw(world.channel("広場"), 5, data, None)
            .await
            .expect_message();
        assert!(
            answer.text().contains("役割が変わった"),
            "{}",
            answer.text()
        );
        world.settled().await;
        assert!(world.cards("三次連携").is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_left_the_associations_lists_no_more_than_may_be_shown() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let place = world.channel("広場");
        let options = json!({"text": "夜間の当番の組み方で困っている", "tier": 1});
        let number = number_in(
            &member
                .slash(place, "issue add", options)
                .await
                .expect_message(),
        );
        let observer = world.city.role("オブザーバー");
        world
            .fake
            .set_roles(world.city.guild, member.id(), &[observer]);
        let shown = member
            .slash(place, "issue show", json!({"number": number.to_string()}))
            .await
            .expect_message();
        assert!(
            shown.text().contains("ないか、ご覧になれません"),
            "{}",
            shown.text()
        );
        for options in [json!({}), json!({"mine": true})] {
            let list = member.slash(place, "issue list", options).await;
            let list = list.expect_message().text();
            assert!(!list.contains("当番"), "{list}");
        }
        let typed = json!({"number": number.to_string()});
        let suggested = member
            .autocomplete(place, "issue show", typed, "number")
            .await;
        assert_eq!(suggested.text(), "");
    })
    .await;
}

#[tokio::test]
async fn a_button_of_another_server_s_card_finds_nothing_here() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        let place = world.channel("広場");
        let number = number_in(
            &chair
                .slash(place, "issue add", options)
                .await
                .expect_message(),
        );
        let form = chair
            .slash(place, "issue add", json!({}))
            .await
            .expect_modal();

        let guild = world.fake.guild("となり町の連携拠点", "となり町 管理者");
        let room = world
            .fake
            .add_channel(guild, fake_discord::Channel::text("広場"));
        let staff = world
            .fake
            .add_role(guild, fake_discord::Role::named("コーディネーター"));
        world.fake.join(guild, chair.id(), &[staff]);
        let owner = world.fake.person(guild, world.fake.owner(guild));
        let options = json!({"use": "coordinator", "role": staff.to_string()});
        let said = owner.slash(room, "office role", options).await;
        assert!(said.expect_message().text().contains("にしました"));

        let there = world.fake.person(guild, chair.id());
        for action in ["issue-show", "issue-pass-on"] {
            let data = json!({"custom_id": format!("v1:{action}:{number}"), "component_type": 2});
            let card = there.slash(room, "help", json!({})).await.expect_message();
            let answer = there.deliver_raw(room, 3, data, Some(card.id)).await;
            let answer = answer.expect_message().text();
            assert!(
                answer.contains("ないか、ご覧になれません"),
                "{action}: {answer}"
            );
        }
        let data = forged_form(&form.custom_id, &[("text", "となりの町から送ったことば")]);
        let answer = there.deliver_raw(room, 5, data, None).await;
        assert!(answer.expect_message().text().contains("24時間が過ぎたか"));
        assert!(listed(&there, room).await.contains("まだありません"));
    })
    .await;
}

#[tokio::test]
async fn what_was_said_in_one_circle_never_stands_in_another() {
    world(Database::Sqlite, async |world| {
        // Nothing says whose matter it is: the smallest circle of all would be a guess.
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let said = "集まりで出た日程のこと";
        let options = json!({"text": said, "tier": 2, "origin": "open"});
        let answer = coordinator.slash(desk, "issue add", options).await;
        let place = field(&answer.expect_message(), "届け先").expect("a destination");
        assert!(place.starts_with("相談窓口"), "{place}");
        world.settled().await;
        assert!(world.cards("二次-入退院").is_empty());

        // Recorded from a post of the wider circle, it stands there, not in the narrower one.
        let forum = world.channel("二次-多職種");
        let words = "次の集まりの持ち方を変えてみたい";
        let post = coordinator
            .open_thread(forum, "持ち方", words, &[])
            .expect("a coordinator may post");
        let message = coordinator.last_message(post).expect("the post has words");
        let readers = world.fake.who_saw(words);
        let dentist = world.person("歯科医師会の会員");
        let form = dentist
            .menu(post, message.id, "課題として記録")
            .await
            .expect_modal();
        let answer = dentist
            .submit(
                &form,
                json!({"text": "会の開き方をあらためたい", "speaker": ""}),
            )
            .await;
        let number = number_in(&answer.expect_message());
        let tier = json!({"number": number.to_string(), "tier": 2, "reason": "職種のあいだのこと"});
        coordinator
            .slash(desk, "issue tier", tier)
            .await
            .expect_message();
        world.settled().await;
        assert!(world.cards("二次-入退院").is_empty());
        assert!(world.fake.who_saw(words).is_subset(&readers));
    })
    .await;
}

#[tokio::test]
async fn a_post_of_an_open_forum_was_said_openly_and_stands_where_it_was_said() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let words = "退院前の集まりに声をかけてもらえると助かる";
        let post = coordinator
            .open_thread(world.channel("二次-多職種"), "退院前", words, &[])
            .expect("a coordinator may post");
        let message = coordinator.last_message(post).expect("the post has words");
        let options = json!({"text": words, "note": "", "speaker": ""});
        let form = coordinator
            .menu(post, message.id, "課題として記録")
            .await
            .expect_modal();
        let answer = coordinator.submit(&form, options).await.expect_message();
        let number = number_in(&answer);
        assert!(
            field(&answer, "届け先")
                .expect("a place")
                .starts_with("二次連携チャンネル")
        );
        world.settled().await;
        let card = world
            .cards("二次-多職種")
            .into_iter()
            .find(|card| wording(card).contains("退院前"))
            .expect("the card stands in the forum");
        let shown = coordinator
            .press_label(card.id, "詳しく見る")
            .await
            .expect_message();
        assert_eq!(
            field(&shown, "把握の場").as_deref(),
            Some("公開の場"),
            "#{number}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_message_in_an_association_s_own_channel_is_its_own_matter() {
    world(Database::Sqlite, async |world| {
        let words = "研修の日取りが会員によって合わない";
        let message = world.say("薬剤師会の会長", "一次-薬剤師会", words);
        let contact = world.person("薬剤師会の連携担当");
        let form = contact
            .menu(world.channel("一次-薬剤師会"), message, "課題として記録")
            .await
            .expect_modal();
        let answer = contact
            .submit(&form, json!({"text": words, "speaker": ""}))
            .await
            .expect_message();
        let place = field(&answer, "届け先").expect("a destination");
        assert!(place.starts_with("薬剤師会の一次連携チャンネル"), "{place}");
    })
    .await;
}

#[tokio::test]
async fn a_number_in_the_speaker_s_field_is_refused_when_correcting_too() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let number = number_in(
            &coordinator
                .slash(desk, "issue add", text("相談の受け方を決めておきたい"))
                .await
                .expect_message(),
        )
        .to_string();
        let form = coordinator
            .slash(desk, "issue edit", json!({"number": number}))
            .await
            .expect_modal();
        let fields = json!({"speaker": "見本 太郎 090-1234-5678"});
        let answer = coordinator.submit(&form, fields).await.expect_message();
        assert!(answer.text().contains("お名前だけ"), "{}", answer.text());
    })
    .await;
}

#[tokio::test]
async fn a_speaker_stays_when_the_form_did_not_ask_for_one() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let place = world.channel("広場");
        let options = json!({"text": "当番の組み方で困っている", "speaker": "非公開 花子"});
        let number = number_in(
            &member
                .slash(place, "issue add", options)
                .await
                .expect_message(),
        );
        let form = member
            .slash(place, "issue edit", json!({"number": number.to_string()}))
            .await
            .expect_modal();
        // The member becomes a coordinator while the form is open.
        let role = world.city.role("連携コーディネーター");
        let before = world.city.role("薬剤師会 会員");
        world.fake.set_roles(world.city.guild, member.id(), &[role]);
        let answer = member
            .submit(&form, json!({"text": "夜の当番の組み方で困っている"}))
            .await;
        assert!(answer.expect_message().text().contains("修正しました"));
        let shown = world
            .person("コーディネーター")
            .slash(place, "issue show", json!({"number": number.to_string()}))
            .await
            .expect_message();
        assert_eq!(field(&shown, "発言者").as_deref(), Some("非公開 花子"));
        // Back again, so that the check at the end finds the city's own coordinators at the desk.
        world
            .fake
            .set_roles(world.city.guild, member.id(), &[before]);
    })
    .await;
}

#[tokio::test]
async fn a_note_on_one_patient_s_condition_is_refused_as_the_wording_would_be() {
    world(Database::Sqlite, async |world| {
        let member = world.person("介護支援専門員連絡協議会の会員");
        let options = json!({
            "text": "薬のことで困ることがある", "note": "利用者の薬が大量に余っているので見てほしい",
        });
        let answer = member.slash(world.channel("広場"), "issue add", options).await;
        let answer = answer.expect_message().text();
        assert!(answer.contains("主治医・歯科医師・薬剤師へ直接"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_shown_masked_wherever_it_stood() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "連絡の取り方を決めたい", "note": "電話は090-1234-5678"});
        let refused = member
            .slash(world.channel("広場"), "issue add", options)
            .await;
        let refused = refused.expect_message().text();
        assert!(
            refused.contains("電話は") && !refused.contains("1234"),
            "{refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn masked_words_that_grew_too_long_still_stand_in_the_form() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let words = "連絡先は a@b.jp です。\n".repeat(110);
        let refused = member
            .slash(world.channel("広場"), "issue add", text(&words))
            .await
            .expect_message();
        let form = member.press_label(refused.id, "直す").await.expect_modal();
        let value = form.fields[0].value.clone().unwrap_or_default();
        assert!(
            value.contains("連絡先は") && value.contains('\n'),
            "{value:?}"
        );
        assert!(!value.contains("a@b.jp"));
    })
    .await;
}
