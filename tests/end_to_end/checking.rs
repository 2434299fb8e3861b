//! `/office check`: whether everything can be sent where it belongs, what to mend, and the desk's word
//! on those who see everything.

use fake_discord::{IN_PROMPT, MessageView, Overwrite, Person, Role, permission};
use serde_json::json;
use tests::{
    city::{ASSOCIATIONS, FEEDBACK},
    database::Database,
    world::{SetUp, World, world, world_with},
};

const PHARMACY: &str = "一次-薬剤師会";

/// Every page of a check, from the first.
async fn pages(world: &World, person: &Person) -> Vec<MessageView> {
    let place = world.channel("広場");
    let first = person.slash(place, "office check", json!({})).await;
    let mut pages = vec![first.expect_message()];
    loop {
        let shown = pages.last().expect("there is one");
        assert!(shown.ephemeral);
        let next = shown
            .buttons()
            .into_iter()
            .find(|b| b.label == "次へ" && !b.disabled);
        let Some(next) = next.and_then(|button| button.custom_id) else {
            return pages;
        };
        let turned = person.press(shown.id, &next).await;
        pages.push(turned.expect_message());
    }
}

/// What a coordinator is told, names in place of numbers.
pub(crate) async fn checked(world: &World) -> String {
    let pages = pages(world, &world.person("コーディネーター")).await;
    let words: Vec<String> = pages.iter().map(|page| read(world, page)).collect();
    words.join("\n――――\n")
}

/// A page as a client shows it.
fn read(world: &World, page: &MessageView) -> String {
    let part = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![page.content.clone()];
    for embed in &page.embeds {
        lines.push(format!("【{}】", part(&embed["title"])));
        lines.push(part(&embed["description"]));
        lines.push(part(&embed["footer"]["text"]));
    }
    lines.extend(
        page.buttons()
            .iter()
            .map(|button| format!("［{}］", button.label)),
    );
    named(world, &lines.join("\n"))
}

fn named(world: &World, words: &str) -> String {
    let city = &world.city;
    let mut roles = ["連携コーディネーター", "アドバイザー", "オブザーバー"]
        .map(str::to_owned)
        .to_vec();
    let mut channels = [
        "相談窓口",
        "二次-入退院",
        "二次-多職種",
        "三次連携",
        "進捗",
        "行政通知",
    ]
    .to_vec();
    for (association, _, channel, _) in ASSOCIATIONS {
        roles.extend(["三役", "連携担当", "会員"].map(|rank| format!("{association} {rank}")));
        channels.push(channel);
    }
    channels.extend(FEEDBACK.map(|(_, channel)| channel));
    let mut words = words.to_owned();
    for role in &roles {
        words = words.replace(&format!("<@&{}>", city.role(role)), &format!("@{role}"));
    }
    for channel in channels {
        words = words.replace(
            &format!("<#{}>", city.channel(channel)),
            &format!("#{channel}"),
        );
    }
    for person in city.people() {
        words = words.replace(&format!("<@{}>", person.id), &format!("@{}", person.name));
    }
    words
}

/// The channel of the pharmacists with more rows.
fn opened(world: &World, more: Overwrite) {
    let mut rows = world.city.overwrites(PHARMACY);
    rows.push(more);
    world.fake.set_overwrites(world.channel(PHARMACY), rows);
}

fn closed(world: &World) {
    let rows = world.city.overwrites(PHARMACY);
    world.fake.set_overwrites(world.channel(PHARMACY), rows);
}

#[tokio::test]
async fn a_well_set_up_office_is_told_that_all_is_well() {
    world(Database::Sqlite, async |world| {
        let told = checked(world).await;
        assert!(told.starts_with("○ すべて整っています。"), "{told}");
        assert!(!told.contains('×'), "{told}");
        insta::assert_snapshot!("check_of_a_well_set_up_office", told);
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_is_told_what_is_wrong_with_a_channel_and_each_step_to_mend_it() {
    world(Database::Sqlite, async |world| {
        let view = permission::VIEW_CHANNEL;
        let everyone = world.city.guild;
        let curious = world.city.role("医師会 会員");
        let stranger = world.city.person("所属のない人");
        let (clock, clock_role) = world.fake.add_bot(everyone, "時計", 0);
        let see = view | permission::READ_MESSAGE_HISTORY;
        for (row, expected) in [
            (
                Overwrite::role(everyone, view, 0),
                "・サーバーの全員が見られます。\n\
                 → チャンネル設定 → 権限 → @everyone の「チャンネルを見る」を ✕ にしてください。"
                    .to_owned(),
            ),
            (
                Overwrite::role(curious, see, 0),
                "・対象でない役割が見られます：@医師会 会員\n\
                 → チャンネル設定 → 権限 → @医師会 会員 の「チャンネルを見る」を ✕ に"
                    .to_owned(),
            ),
            (
                Overwrite::member(stranger, view, 0),
                "・個人に「チャンネルを見る」が許されています：@架空市 広報課 野々村\n\
                 → チャンネル設定 → 権限 → @架空市 広報課 野々村 を一覧から外して"
                    .to_owned(),
            ),
            (
                Overwrite::role(clock_role, view, 0),
                format!("・1 ページ目で承知していない相手がいます：ボット <@{clock}>"),
            ),
            (
                Overwrite::member(world.fake.application_id(), 0, permission::EMBED_LINKS),
                "・ボットに「埋め込みリンク」の権限がありません。\n\
                 → チャンネル設定 → 権限 → ボットの役割の「埋め込みリンク」を ✓ に"
                    .to_owned(),
            ),
        ] {
            if row.principal == fake_discord::Principal::Role(everyone) {
                world.fake.set_overwrites(world.channel(PHARMACY), [row]);
            } else {
                opened(world, row);
            }
            let told = checked(world).await;
            assert!(told.starts_with("× 直すところがあります。"), "{told}");
            assert!(
                told.contains("**× 薬剤師会の一次連携チャンネル** #一次-薬剤師会"),
                "{told}"
            );
            assert!(told.contains(&expected), "{expected} in\n{told}");
            assert_eq!(
                told.matches("**×").count(),
                1,
                "nothing else is wrong: {told}"
            );
            closed(world);
        }
        assert!(checked(world).await.starts_with("○ すべて整っています。"));
    })
    .await;
}

#[tokio::test]
async fn files_are_asked_for_only_where_the_chart_of_the_month_is_posted() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        for role in [guild, world.fake.bot_role(guild)] {
            world.fake.edit_role(guild, role, |role| {
                role.permissions &= !permission::ATTACH_FILES;
            });
        }
        let told = checked(world).await;
        let lacking = "・ボットに「ファイルを添付」の権限がありません。";
        assert_eq!(told.matches(lacking).count(), 1, "{told}");
        assert_eq!(told.matches("**×").count(), 1, "{told}");
        let progress = told.split("**").nth(4).unwrap_or_default();
        assert!(
            told.contains("**× 進捗チャンネル** #進捗") && progress.contains(lacking),
            "{told}"
        );
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_at_once_is_told_at_once() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        opened(
            world,
            Overwrite::role(world.city.role("医師会 会員"), permission::VIEW_CHANNEL, 0),
        );
        let officers = world.city.role("薬剤師会 三役");
        world
            .fake
            .edit_role(guild, officers, |role| role.flags |= IN_PROMPT);
        world
            .fake
            .delete_role(guild, world.city.role("歯科医師会 会員"));
        world.fake.delete_channel(world.channel("進捗"));
        let helpers = Role::named("市役所の担当").with_permissions(permission::ADMINISTRATOR);
        world.fake.add_role(guild, helpers);
        for role in [guild, world.fake.bot_role(guild)] {
            world.fake.edit_role(guild, role, |role| {
                let lost = permission::SEND_MESSAGES_IN_THREADS | permission::EMBED_LINKS;
                role.permissions &= !lost;
            });
        }
        let told = checked(world).await;
        for words in [
            "管理者の役割 <@&",
            "× まだ承知していません",
            "［@市役所の担当 がすべて見られることを承知しました］",
            "・歯科医師会の会員の役割が、サーバーにありません。",
            "・参加した人が自分で選べる役割が入っています：@薬剤師会 三役\n\
             → サーバー設定 → オンボーディング → 質問から @薬剤師会 三役 を外してください。",
            "**× 進捗チャンネル** #進捗\n・チャンネルが見つかりません",
            "・対象でない役割が見られます：@医師会 会員",
            "・ボットに「スレッドでメッセージを送信」「埋め込みリンク」の権限がありません。",
            "・1 ページ目で承知していない相手がいます：管理者の役割 <@&",
            "・人が渡さなくても手に入る役割が入っています：@薬剤師会 三役。",
        ] {
            assert!(told.contains(words), "{words} in\n{told}");
        }
        let shown = told.replace(|letter: char| letter.is_ascii_digit(), "");
        insta::assert_snapshot!("check_of_an_office_in_trouble", shown);
    })
    .await;
}

#[tokio::test]
async fn a_new_owner_is_accepted_by_name_and_what_waited_arrives() {
    world(Database::Sqlite, async |world| {
        let heir = world.city.person("所属のない人");
        world.fake.set_owner(world.city.guild, heir);
        world.leave_leaks_to_the_test();
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "在庫の数え方がまちまちで困る", "tier": 1});
        chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        let held = world
            .until(async |world| world.counts().await.refused == 2)
            .await;
        assert!(
            held,
            "the card and what the desk is told of it wait\n{}",
            world.log()
        );
        assert!(world.cards(PHARMACY).is_empty());

        let coordinator = world.person("コーディネーター");
        let first = pages(world, &coordinator).await.remove(0);
        let told = read(world, &first);
        assert!(
            told.contains("サーバーの所有者 @架空市 広報課 野々村：× まだ承知していません"),
            "{told}"
        );
        // The buttons outlive a restart.
        world.restart().await;
        let label = "サーバーの所有者 がすべて見られることを承知しました";
        let check = coordinator
            .slash(world.channel("広場"), "office check", json!({}))
            .await;
        let check = check.expect_message();
        let accepted = coordinator
            .press_label(check.id, label)
            .await
            .expect_message();
        let told = read(world, &accepted);
        assert!(
            told.starts_with(
                "サーバーの所有者 @架空市 広報課 野々村 がすべて見られることを承知しました。\n\
                 ○ すべて整っています。"
            ),
            "{told}"
        );
        // The city's first owner sees it no longer; the new one does.
        let owner = world.fake.person(world.city.guild, heir);
        let channel = world.channel(PHARMACY);
        let sent = world
            .until(async |_| owner.messages(channel).len() == 1)
            .await;
        assert!(sent, "what waited is sent\n{}", world.log());

        // And the word can be taken back.
        let label = "サーバーの所有者 の承知を取り消す";
        let back = coordinator
            .press_label(check.id, label)
            .await
            .expect_message();
        assert!(
            back.content.contains("承知しないことにしました"),
            "{}",
            back.content
        );
        assert!(
            back.content.contains("× 直すところがあります"),
            "{}",
            back.content
        );
        let log = world.store().read(|c| {
            Box::pin(async move {
                let office = storage::office::all(c).await?[0].0;
                let all = storage::audit::Filter::default();
                storage::audit::list(c, office, &all, 0, 10).await
            })
        });
        let log = log.await.expect("the audit can be read");
        let acts: Vec<&str> = log.entries.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts[..2], ["office.unaccept", "office.accept"], "{acts:?}");
        assert_eq!(acts.last(), Some(&"office.accept"), "the file's own word");
    })
    .await;
}

#[tokio::test]
async fn administrators_and_bots_are_accepted_one_by_one() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        let helpers = Role::named("市役所の担当").with_permissions(permission::ADMINISTRATOR);
        let helpers = world.fake.add_role(guild, helpers);
        let (clock, _) = world.fake.add_bot(guild, "時計", permission::ADMINISTRATOR);
        let coordinator = world.person("コーディネーター");
        let check = coordinator
            .slash(world.channel("広場"), "office check", json!({}))
            .await
            .expect_message();
        for (label, left) in [
            (
                "@市役所の担当 がすべて見られることを承知しました",
                "× 直すところがあります",
            ),
            (
                "ボット 時計 がすべて見られることを承知しました",
                "○ すべて整っています",
            ),
        ] {
            let said = coordinator
                .press_label(check.id, label)
                .await
                .expect_message();
            assert!(said.content.contains(left), "{label}: {}", said.content);
        }
        let office = world.store().office(domain::id::ServerId(guild)).await;
        let office = office.expect("asked").expect("an office");
        let expected = std::collections::BTreeSet::from([world.city.owner, helpers, clock]);
        assert_eq!(office.accepted_ids(), expected);
        // What the configuration file says has no button.
        let owner = coordinator
            .press_label(check.id, "サーバーの所有者 の承知を取り消す")
            .await;
        assert!(
            owner.text().contains("there is no button"),
            "{}",
            owner.text()
        );
        // A button that is older than what it speaks of.
        let passing = Role::named("応援").with_permissions(permission::ADMINISTRATOR);
        let passing = world.fake.add_role(guild, passing);
        let check = coordinator
            .slash(world.channel("広場"), "office check", json!({}))
            .await
            .expect_message();
        world
            .fake
            .edit_role(guild, passing, |role| role.permissions = 0);
        let label = "@応援 がすべて見られることを承知しました";
        let late = coordinator.press_label(check.id, label).await;
        assert!(
            late.text().contains("いまはすべてを見られるわけでは"),
            "{}",
            late.text()
        );
        // And one whose finger no longer sits at the desk.
        world
            .fake
            .set_roles(guild, world.city.person("コーディネーター"), &[]);
        let label = "@市役所の担当 の承知を取り消す";
        let denied = coordinator.press_label(check.id, label).await;
        assert!(
            denied.text().contains("どの団体の方か分かりません"),
            "{}",
            denied.text()
        );
    })
    .await;
}

#[tokio::test]
async fn an_office_that_has_accepted_nobody_is_told_what_comes_first() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let admin = world.person("サーバーの管理者");
        let place = world.channel("広場");
        let told = read(world, &pages(world, &admin).await[0]);
        assert!(
            told.contains("× 連携コーディネーターの役割が決まっていません。\n→ まず"),
            "{told}"
        );
        assert!(told.contains("**× 相談窓口**"), "{told}");
        assert!(
            !told.contains("［サーバーの所有者"),
            "only the desk accepts: {told}"
        );

        let role = world.city.role("連携コーディネーター").to_string();
        let options = json!({"use": "coordinator", "role": role});
        admin
            .slash(place, "office role", options)
            .await
            .expect_message();
        let options = json!({"use": "desk", "channel": world.channel("相談窓口").to_string()});
        let bound = admin
            .slash(place, "office channel", options)
            .await
            .expect_message();
        assert!(
            bound
                .text()
                .contains("ただし、まだ送れません。/office check"),
            "{}",
            bound.text()
        );
        let told = read(world, &pages(world, &admin).await[0]);
        assert!(
            told.contains("承知するのは連携コーディネーターです。"),
            "{told}"
        );
        assert!(!told.contains("［サーバーの所有者"), "{told}");

        let coordinator = world.person("コーディネーター");
        let options = json!({"text": "夜間の連絡先が分からない"});
        coordinator
            .slash(place, "issue add", options)
            .await
            .expect_message();
        let held = world
            .until(async |world| world.counts().await.refused == 1)
            .await;
        assert!(held, "{}", world.log());
        let check = coordinator
            .slash(place, "office check", json!({}))
            .await
            .expect_message();
        let label = "サーバーの所有者 がすべて見られることを承知しました";
        coordinator
            .press_label(check.id, label)
            .await
            .expect_message();
        let sent = world
            .until(async |world| world.cards("相談窓口").len() == 1)
            .await;
        assert!(sent, "{}", world.log());
        let options = json!({"use": "tier3", "channel": world.channel("三次連携").to_string()});
        let bound = coordinator
            .slash(place, "office channel", options)
            .await
            .expect_message();
        assert!(
            bound.text().contains("ただし、まだ送れません"),
            "its roles are not known yet"
        );
    })
    .await;
}

#[tokio::test]
async fn the_check_is_for_coordinators_and_administrators() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let place = world.channel("広場");
        let said = chair.slash(place, "office check", json!({})).await;
        assert!(
            said.text().contains("だけができる設定です"),
            "{}",
            said.text()
        );
    })
    .await;
}
