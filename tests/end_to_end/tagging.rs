//! Forum posts carry the tag of their issue's status, under the name their forum has for it; what lies
//! archived is opened for a change and laid back.

use super::{checking::checked, number_in, wording};
use fake_discord::{Fault, Principal, Tag, Trouble, permission};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// An association whose channel is a forum: who speaks for it, and the channel.
const CHAIR: &str = "歯科医師会の会長";
const FORUM: &str = "一次-歯科医師会";
const THREAD: &str = "/channels/{channel_id}";

async fn told(world: &World) -> i64 {
    let options = json!({"text": "会費の集め方がまちまちだ", "tier": 1});
    let place = world.channel("広場");
    let answer = world.person(CHAIR).slash(place, "issue add", options).await;
    number_in(&answer.expect_message())
}

async fn moved(world: &World, number: i64, status: &str) {
    let options = json!({"number": number.to_string(), "status": status});
    let desk = world.channel("相談窓口");
    let coordinator = world.person("コーディネーター");
    coordinator
        .slash(desk, "issue status", options)
        .await
        .expect_message();
}

/// The forum's tags, and those of its only post.
fn tags(world: &World) -> (Vec<String>, Vec<String>) {
    let owner = world.fake.person(world.city.guild, world.city.owner);
    let forum = owner
        .channels()
        .into_iter()
        .find(|found| found.id == world.channel(FORUM))
        .expect("the forum is there");
    let post = forum.threads.first().expect("a post");
    (forum.tags.clone(), post.tags.clone())
}

/// Gives the forum these tags instead of those it has.
fn with_tags(world: &World, tags: &[&str]) {
    let tags: Vec<Tag> = tags.iter().copied().map(Tag::named).collect();
    world
        .fake
        .edit_channel(world.channel(FORUM), |forum| forum.tags = tags);
}

/// Gives the bot this right in the forum, too.
fn allow(world: &World, bits: u64) {
    let bot = Principal::Role(world.fake.bot_role(world.city.guild));
    let mut rows = world.city.overwrites(FORUM);
    for row in rows.iter_mut().filter(|row| row.principal == bot) {
        row.allow |= bits;
    }
    world.fake.set_overwrites(world.channel(FORUM), rows);
}

fn patches(world: &World) -> Vec<serde_json::Value> {
    let requests = world.fake.requests();
    requests
        .iter()
        .filter(|request| request.method == "PATCH" && request.route == THREAD)
        .map(|request| request.body.clone())
        .collect()
}

#[rstest]
#[case::japanese(&["受付", "検討中", "見送り"], "受付", "検討中")]
#[case::english(&["received", "planning"], "received", "planning")]
#[case::both(&["planning", "受付"], "受付", "planning")]
#[tokio::test]
async fn the_tag_of_a_post_follows_the_status_by_the_name_the_forum_has(
    #[case] names: &[&str],
    #[case] first: &str,
    #[case] then: &str,
) {
    world(Database::Sqlite, async |world| {
        with_tags(world, names);
        let number = told(world).await;
        world.settled().await;
        assert_eq!(tags(world).1, [first]);
        moved(world, number, "planning").await;
        world.settled().await;
        assert_eq!(tags(world).1, [then]);
        // A status the forum has no tag for: the post goes without, and /office check says how.
        moved(world, number, "acting").await;
        world.settled().await;
        assert!(tags(world).1.is_empty());
        assert_eq!(tags(world).0.len(), names.len(), "the bot may not make any");
        let said = checked(world).await;
        assert!(said.starts_with("○"), "everything is sent: {said}");
        assert!(
            said.contains("状況のタグがないか") && said.contains("実施中"),
            "{said}"
        );
        // Titles follow the words, never the status: Discord allows few changes of names.
        assert!(!patches(world).iter().any(|body| body["name"].is_string()));
    })
    .await;
}

#[tokio::test]
async fn the_bot_makes_the_tags_where_it_may_and_leaves_those_of_people() {
    world(Database::Sqlite, async |world| {
        with_tags(world, &["救急", "看取り"]);
        allow(world, permission::MANAGE_CHANNELS);
        let number = told(world).await;
        world.settled().await;
        let (forum, post) = tags(world);
        assert_eq!(post, ["受付"]);
        assert_eq!(forum[..3], ["救急", "看取り", "受付"]);
        assert_eq!(forum.len(), 10);
        // Somebody marks the post by hand.
        let id = world.cards(FORUM)[0].channel;
        world.fake.tag_post(id, "救急");
        moved(world, number, "done").await;
        world.settled().await;
        let (forum, post) = tags(world);
        assert_eq!(post, ["完了", "救急"]);
        assert_eq!(forum.len(), 10, "nothing is made twice");
        assert!(!checked(world).await.contains("状況のタグ"));
    })
    .await;
}

#[tokio::test]
async fn where_twenty_tags_are_there_none_is_made() {
    world(Database::Sqlite, async |world| {
        let names: Vec<String> = (1..=20).map(|number| format!("話題{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        with_tags(world, &names);
        allow(world, permission::MANAGE_CHANNELS);
        told(world).await;
        world.settled().await;
        assert!(tags(world).1.is_empty());
        let said = checked(world).await;
        assert!(said.contains("タグは20個まで"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_forum_that_asks_for_a_tag_it_does_not_have_stops_and_goes_on_after_the_mend() {
    world(Database::Sqlite, async |world| {
        with_tags(world, &["救急"]);
        let forum = world.channel(FORUM);
        world
            .fake
            .edit_channel(forum, |forum| forum.require_tag = true);
        let number = told(world).await;
        let told = world
            .until(async |world| {
                let desk = world.cards("相談窓口");
                desk.iter()
                    .any(|card| card.text().contains("フォーラムがタグを求めています"))
            })
            .await;
        assert!(told, "the desk is told\n{}", world.log());
        assert!(world.cards(FORUM).is_empty());
        let said = checked(world).await;
        assert!(said.contains("× 直すところがあります"), "{said}");
        with_tags(world, &["救急", "受付", "検討中"]);
        let posted = world
            .until(async |world| world.cards(FORUM).len() == 1)
            .await;
        assert!(posted, "{}", world.log());
        // No tag for the next status: the words follow, the tag stays, because one is asked for.
        moved(world, number, "acting").await;
        world.settled().await;
        assert!(world.cards(FORUM)[0].text().contains("実施中"));
        assert_eq!(tags(world).1, ["受付"]);
    })
    .await;
}

#[rstest]
#[case::archived(false)]
#[case::archived_and_locked(true)]
#[tokio::test]
async fn a_post_that_lay_too_long_is_opened_for_a_change_and_laid_back(#[case] locked: bool) {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        world.settled().await;
        let post = world.cards(FORUM).remove(0);
        world.fake.set_thread(post.channel, true, locked);
        moved(world, number, "planning").await;
        world.settled().await;
        assert_eq!(world.cards(FORUM).len(), 1);
        assert!(world.cards(FORUM)[0].text().contains("検討中"));
        assert_eq!(tags(world).1, ["検討中"]);
        let raw = world.fake.raw_channel(post.channel).expect("it is there");
        assert_eq!(raw["thread_metadata"]["archived"], json!(true));
        assert_eq!(raw["thread_metadata"]["locked"], json!(locked));
        // Opened, then the words, then the tag, then laid back.
        let bodies = patches(world);
        assert_eq!(bodies.len(), 3, "{bodies:?}");
        assert_eq!(bodies[0], json!({"archived": false}));
        assert!(bodies[1]["applied_tags"].is_array());
        assert_eq!(bodies[2], json!({"archived": true}));
        // When the issue moves on, the post is deleted, archived as it is.
        let options = json!({"number": number.to_string(), "tier": 3, "reason": "地域のこと"});
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        coordinator
            .slash(desk, "issue tier", options)
            .await
            .expect_message();
        world.settled().await;
        assert!(world.cards(FORUM).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_change_that_was_not_answered_is_made_again_whatever_of_it_had_an_effect() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        world.settled().await;
        let post = world.cards(FORUM).remove(0);
        world.fake.set_thread(post.channel, true, false);
        let faults = world.fake.faults();
        faults.add(Fault::on("PATCH", THREAD, Trouble::Status(502)).after_the_effect());
        faults.add(
            Fault::on("PATCH", THREAD, Trouble::Status(503))
                .when(|line| line.body["applied_tags"].is_array()),
        );
        faults.add(Fault::on("PATCH", THREAD, Trouble::RateLimited(0.2)));
        moved(world, number, "planning").await;
        let followed = world
            .until(async |world| tags(world).1 == ["検討中"] && world.waiting().await == 0)
            .await;
        assert!(followed, "{}", world.log());
        assert_eq!(world.fake.faults().waiting(), 0, "every fault was met");
        assert!(wording(&world.cards(FORUM)[0]).contains("会費"));
        assert_eq!(world.cards(FORUM).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn with_too_many_threads_open_a_change_waits_and_the_desk_learns_why() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        world.settled().await;
        let post = world.cards(FORUM).remove(0);
        world.fake.set_thread(post.channel, true, false);
        world.fake.set(|switches| switches.active_threads_max = 0);
        moved(world, number, "planning").await;
        let told = world
            .until(async |world| {
                let desk = world.cards("相談窓口");
                desk.iter()
                    .any(|card| card.text().contains("開いているスレッドが"))
            })
            .await;
        assert!(told, "{}", world.log());
        world
            .fake
            .set(|switches| switches.active_threads_max = 1_000);
        // Another change tries again at once.
        moved(world, number, "sorted").await;
        world.settled().await;
        assert_eq!(tags(world).1, ["整理済"]);
    })
    .await;
}
