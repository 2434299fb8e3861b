//! Feeds (購読): watched by the desk and tried by others; what one brings is the desk's until it is taken
//! in, and whoever publishes it learns nothing of the office.

use crate::step::Life;
use domain::{id::OfficeId, notice::State};
use serde_json::json;
use storage::notice::{self, Filter};
use tests::{dice::Dice, world::World};

/// Entries of a feed.
const ENTRIES: usize = 2;
/// What one may do about a draft.
const OF_A_DRAFT: [&str; 2] = ["feed-take", "feed-dismiss"];
/// People who look, beside somebody of the desk.
const LOOKING: usize = 2;

impl Life<'_> {
    /// `/notice watch`, by whoever tries and by the desk; then somebody tries to take a draft in, and the
    /// desk does.
    pub(crate) async fn watch_feed(&mut self, dice: &mut Dice) {
        let staff = self.staff(dice);
        // Whoever publishes something is nobody of the office; of the office the desk reads it first.
        let entry = |life: &mut Self, dice: &mut Dice| format!("{}の改定", life.mark(dice, staff));
        let entries: Vec<String> = (0..ENTRIES).map(|_| entry(self, dice)).collect();
        let name = format!("news-{}.example", self.step);
        self.world.news.publish(&name, &entries).await;
        let options = json!({"url": format!("http://{name}/rss"), "scope": "訪問系"});
        for who in [self.anybody(dice), staff] {
            self.command(who, "notice watch", options.clone()).await;
            self.judge().await;
        }
        let mut people: Vec<u64> = (0..LOOKING).map(|_| self.anybody(dice)).collect();
        people.push(staff);
        for who in people {
            self.look_at(who, "notice watch", json!({})).await;
        }
        // The bot reads it when it is time, which is soon for a new one.
        let office = self.office.as_ref().expect("it was set up").id;
        let brought = self
            .world
            .until(async |world| drafts(world, office).await >= ENTRIES)
            .await;
        assert!(brought, "{}", self.world.log());
        self.judge().await;
        self.decide_draft(dice, staff).await;
    }

    async fn decide_draft(&mut self, dice: &mut Dice, staff: u64) {
        let notices = self
            .records
            .year
            .notices
            .iter()
            .map(|issued| &issued.notice);
        let waiting = notices.filter(|notice| notice.draft && !notice.retracted);
        let waiting: Vec<i64> = waiting.map(|notice| notice.id.0).collect();
        let draft = dice.pick(&waiting).expect("it has brought some");
        let stranger = self.anybody(dice);
        self.look_at(
            stranger,
            "notice show",
            json!({"number": draft.to_string()}),
        )
        .await;
        for who in [stranger, staff] {
            let action = dice.pick(&OF_A_DRAFT).expect("there are two");
            self.actor = Some(who);
            self.forge_press(who, &format!("v1:{action}:{draft}"), &[])
                .await;
            self.judge().await;
        }
        self.look_at(stranger, "notice list", json!({})).await;
        self.judge().await;
        for (action, draft) in OF_A_DRAFT.into_iter().rev().zip(waiting) {
            self.actor = Some(staff);
            self.forge_press(staff, &format!("v1:{action}:{draft}"), &[])
                .await;
            self.judge().await;
            let options = json!({"number": draft.to_string()});
            self.look_at(stranger, "notice show", options).await;
        }
        self.judge().await;
    }

    /// What was sent to whoever publishes feeds holds no word of anybody.
    pub(crate) fn check_asked(&self) {
        for head in self.world.news.heads() {
            for mark in self.typed.keys() {
                assert!(!head.contains(mark), "{mark} was sent to a feed: {head}");
            }
        }
    }
}

/// How many notices wait for the desk's word.
async fn drafts(world: &World, office: OfficeId) -> usize {
    let filter = Filter {
        state: Some(State::Draft),
        drafts: true,
        ..Filter::on(commands::clock::Clock::now(&*world.clock).date_naive())
    };
    let page = world.store().read(move |connection| {
        let filter = filter.clone();
        Box::pin(async move { notice::list(connection, office, &filter, 0, 1).await })
    });
    usize::try_from(page.await.expect("read").total).expect("a count")
}
