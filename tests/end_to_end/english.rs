//! What an office whose language is English reads of its sessions, reviews, projects, reminders and weeks:
//! the answers and the posts that have a Japanese snapshot elsewhere, one page for each walk of life.

use crate::{at, wording::read};
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use std::fmt::Write as _;
use tests::{
    database::Database,
    world::{World, world},
};

const TALK: &str = "一次-薬剤師会";
const DESK: &str = "相談窓口";

/// Two people with English clients, and everything they read.
struct Office<'w> {
    world: &'w World,
    /// A coordinator.
    kim: Person,
    /// The chair of the pharmacists.
    pat: Person,
    page: String,
}

impl<'w> Office<'w> {
    /// An office that posts in English.
    async fn open(world: &'w World) -> Self {
        let member = |name: &str, role: &str| {
            let role = world.city.role(role);
            let id = world
                .fake
                .add_member(world.city.guild, name, "en-GB", &[role]);
            world.fake.person(world.city.guild, id)
        };
        let office = Self {
            world,
            kim: member("Kim Example", "連携コーディネーター"),
            pat: member("Pat Example", "薬剤師会 三役"),
            page: String::new(),
        };
        let english = json!({"key": "locale", "value": "en"});
        let set = office.ask(&office.kim, "office setting", english).await;
        assert!(set.text().contains("en"), "{}", set.text());
        office
    }

    async fn ask(&self, who: &Person, path: &str, options: Value) -> MessageView {
        let place = self.world.channel("広場");
        let answer = who.slash(place, path, options).await.expect_message();
        self.world.settled().await;
        answer
    }

    /// A command of the coordinator, and what is answered.
    async fn desk(&mut self, path: &str, options: Value) -> MessageView {
        let answer = self.ask(&self.kim, path, options).await;
        self.note(&format!("/{path}"), &answer);
        answer
    }

    /// A command of the officer, and what is answered.
    async fn chair(&mut self, path: &str, options: Value) -> MessageView {
        let answer = self.ask(&self.pat, path, options).await;
        self.note(&format!("/{path}, by an officer"), &answer);
        answer
    }

    /// A button, and what is answered.
    async fn press(&mut self, message: &MessageView, label: &str) -> MessageView {
        let pressed = self.kim.press_label(message.id, label).await;
        let answer = pressed.expect_message();
        self.world.settled().await;
        self.note(&format!("[{label}]"), &answer);
        answer
    }

    /// The clock moves, and everything that is due then is sent.
    async fn at(&self, time: &str) {
        at(self.world, time).await;
    }

    /// The newest post of a channel with these words.
    fn post(&mut self, channel: &str, words: &str) -> MessageView {
        let mut posts = self.world.cards(channel);
        posts.retain(|post| post.text().contains(words));
        posts.sort_by_key(|post| post.id);
        let Some(post) = posts.pop() else {
            panic!("{channel} has no post with {words}\n{}", self.world.log());
        };
        self.note(&format!("#{channel}"), &post);
        post
    }

    fn note(&mut self, heading: &str, message: &MessageView) {
        let words = read(message);
        writeln!(self.page, "── {heading}\n{words}\n").expect("a string takes everything");
    }
}

fn talk() -> Value {
    json!({
        "title": "Talk with the pharmacists", "tier": 1, "kind": "meeting", "date": "2026-12-01",
        "start": "14:00", "end": "15:30", "associations": "薬剤師会", "place": "Civic hall",
    })
}

#[tokio::test]
async fn sessions_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let mut mixed = talk();
        mixed["associations"] = json!("薬剤師会、病院連携室");
        mixed["people"] = json!(14);
        let asked = office.desk("session plan", mixed).await;
        office.press(&asked, "Plan it anyway").await;
        office.desk("session plan", talk()).await;
        office.post(TALK, "No. 1");
        office.desk("session show", json!({"number": "2"})).await;
        office.desk("session list", json!({})).await;
        let date = json!({"number": "2", "date": "2026-12-08", "reason": "the room is taken"});
        let asked = office.desk("session move", date).await;
        office.press(&asked, "Change the date").await;
        office.post(TALK, "The date has changed");
        office.at("2026-12-01 09:00").await;
        office.post(TALK, "It is on");
        let reason = json!({"number": "2", "reason": "heavy snow"});
        let asked = office.desk("session cancel", reason).await;
        office.press(&asked, "Cancel it").await;
        office.post(TALK, "heavy snow");
        office.at("2026-12-02 09:00").await;
        office.post(DESK, "Was it held?");
        office.desk("session show", json!({"number": "9"})).await;
        office
            .desk("session cancel", json!({"number": "2", "reason": "snow"}))
            .await;
        insta::assert_snapshot!("sessions", office.page);
    })
    .await;
}

#[tokio::test]
async fn records_of_sessions_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let mut held = talk();
        held["date"] = json!("2026-11-10");
        office.desk("session plan", held).await;
        let place = world.channel("広場");
        let number = json!({"number": "1"});
        let asked = office
            .kim
            .slash(place, "session record", number.clone())
            .await;
        let form = asked.expect_modal();
        let written = json!({
            "minutes": "The discharge sheet was discussed.",
            "attendance": "薬剤師 5、行政 2",
            "survey": "Was it useful?\nYes 4\nIn part 2\n・More cases, please",
        });
        let preview = office.kim.submit(&form, written).await.expect_message();
        office.note("the form", &preview);
        office.press(&preview, "Record").await;
        let shown = office.desk("session show", number.clone()).await;
        office.press(&shown, "Read the record").await;
        let shown = office.chair("session show", number).await;
        let read = office.pat.press_label(shown.id, "Read the record").await;
        let read = read.expect_message();
        office.note("[Read the record], by an officer", &read);
        insta::assert_snapshot!("records", office.page);
    })
    .await;
}

#[tokio::test]
async fn reviews_in_english() {
    world(Database::Sqlite, async |world: &mut World| {
        // Who raised the issue came after the city was built, whose people the judge knows.
        world.leave_leaks_to_the_test();
        let mut office = Office::open(world).await;
        let said = json!({"text": "Pharmacies differ in how they see home care", "tier": 1});
        office.ask(&office.pat, "issue add", said).await;
        let acting = json!({"number": "1", "status": "acting"});
        office.ask(&office.kim, "issue status", acting).await;
        let waiting = json!({"number": "1", "status": "review"});
        office.desk("issue status", waiting).await;
        office.at("2026-11-20 10:30").await;
        office.post(DESK, "is proposed");
        let plan = json!({"of": "issue:1", "date": "2026-12-04", "start": "18:30"});
        office.desk("review plan", plan).await;
        let moved = json!({"number": "1", "date": "2026-12-11", "reason": "the room is taken"});
        office.desk("review move", moved).await;
        office.at("2026-12-10 09:00").await;
        office.post(TALK, "If the day does not suit you");
        office.at("2026-12-11 09:00").await;
        let post = office.post(TALK, "is today");
        office.press(&post, "Review 1: later").await;
        office.at("2026-12-18 09:00").await;
        office.post(DESK, "no outcome has been recorded");
        let asked = office.desk("review done", json!({"number": "1"})).await;
        let form = office.kim.press_label(asked.id, "New issue").await;
        let form = form.expect_modal();
        let fields = json!({"done": "Held two study sessions", "worked": "Nights remain open"});
        let kept = office.kim.submit(&form, fields).await.expect_message();
        office.note("the form", &kept);
        let form = office.kim.press_label(kept.id, "Record the issue").await;
        let fields = json!({"text": "Each pharmacy handles nights differently"});
        let added = office.kim.submit(&form.expect_modal(), fields).await;
        added.expect_message();
        office.desk("review list", json!({})).await;
        office.desk("issue show", json!({"number": "2"})).await;
        office.desk("review done", json!({"number": "1"})).await;
        office
            .desk("review move", json!({"number": "7", "date": "2027-01-08"}))
            .await;
        insta::assert_snapshot!("reviews", office.page);
    })
    .await;
}

#[tokio::test]
async fn projects_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let event = json!({
            "title": "Joint training", "associations": "薬剤師会、リハビリテーション療法士会",
            "date": "2027-02-13", "budget": "15万円 city contract",
        });
        let added = office.desk("project add", event).await;
        office.press(&added, "Add all of these").await;
        let task = json!({"number": "1", "role": "announcement", "who": "薬剤師会"});
        office.desk("project task", task).await;
        office.post(DESK, "Joint training");
        let card = office.post(TALK, "Joint training");
        let done = office.pat.press_label(card.id, "Done: Announcement").await;
        let done = done.expect_message();
        office.note("[Done: Announcement], by an officer", &done);
        office
            .desk("project edit", json!({"number": "1", "date": "2027-02-20"}))
            .await;
        office.at("2026-12-15 09:00").await;
        office.post(DESK, "is due by");
        let who = json!({"number": "1", "role": "survey", "who": "<@77>"});
        office.desk("project task", who).await;
        office.desk("project done", json!({"number": "1"})).await;
        office
            .desk("project drop", json!({"number": "1", "reason": "snow"}))
            .await;
        let idea = json!({"title": "Open day", "associations": "薬剤師会"});
        office.chair("project add", idea).await;
        office.desk("project list", json!({})).await;
        insta::assert_snapshot!("projects", office.page);
    })
    .await;
}

#[tokio::test]
async fn reminders_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let often = json!({"text": "Please bring your papers", "when": "毎月第2火曜 14時"});
        let asked = office.desk("reminder add", often).await;
        office.press(&asked, "Set up").await;
        let once = json!({"text": "The plan is due", "when": "12/1 9:00"});
        office.chair("reminder add", once).await;
        office.desk("reminder list", json!({})).await;
        office.at("2026-12-01 09:00").await;
        office.post(TALK, "The plan is due");
        office.at("2026-12-08 14:00").await;
        let post = office.post(DESK, "Please bring your papers");
        office.press(&post, "Stop").await;
        office.desk("reminder list", json!({})).await;
        office.desk("reminder cancel", json!({"number": "1"})).await;
        let unread = json!({"text": "The plan is due", "when": "some day"});
        office.desk("reminder add", unread).await;
        insta::assert_snapshot!("reminders", office.page);
    })
    .await;
}

#[tokio::test]
async fn the_week_and_the_year_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let schedule = json!({"what": "digest", "cron": "0 9 * * 1 shift=next"});
        office.desk("office schedule", schedule).await;
        let other = json!({"what": "digest", "cron": "毎週水曜 8時半"});
        let set = office.desk("office schedule", other).await;
        let undo = set.buttons()[0].label.clone();
        office.press(&set, &undo).await;
        office.at("2026-11-24 09:00").await;
        office.post(DESK, "Weekly digest");
        let mut soon = talk();
        soon["date"] = json!("2026-12-02");
        office.ask(&office.kim, "session plan", soon).await;
        office.at("2026-11-30 09:00").await;
        office.post(DESK, "Weekly digest");
        office.at("2027-01-04 09:00").await;
        office.post(DESK, "Weekly digest");
        office.at("2027-04-01 09:00").await;
        let post = office.post(DESK, "Preparing the council");
        let form = office.kim.press_label(post.id, "Plan the council").await;
        let fields = json!({"title": "Council", "date": "2027-05-20"});
        let planned = office.kim.submit(&form.expect_modal(), fields).await;
        office.note("the form", &planned.expect_message());
        insta::assert_snapshot!("week_and_year", office.page);
    })
    .await;
}

#[tokio::test]
async fn events_in_english() {
    world(Database::Sqlite, async |world| {
        let mut office = Office::open(world).await;
        let events = json!({"key": "session_event", "value": "tier3"});
        office.desk("office setting", events).await;
        let mut report = talk();
        report["tier"] = json!(3);
        report["kind"] = json!("report");
        report["title"] = json!("Report of the region");
        office.ask(&office.kim, "session plan", report).await;
        let event = world.fake.events(world.city.guild).remove(0);
        let words = crate::announcing::told(&event);
        writeln!(office.page, "── the event\n{words}\n").expect("a string takes everything");
        let owner = world.fake.person(world.city.guild, world.city.owner);
        owner
            .edit_event(event.id, |event| {
                event.start += chrono::Duration::minutes(30)
            })
            .expect("the owner may");
        let told = world
            .until(async |world| {
                world
                    .cards(DESK)
                    .iter()
                    .any(|card| card.text().contains("by hand"))
            })
            .await;
        assert!(told, "{}", world.log());
        world.settled().await;
        let card = office.post(DESK, "by hand");
        office.press(&card, "Put it back as planned").await;
        insta::assert_snapshot!("events", office.page);
    })
    .await;
}
