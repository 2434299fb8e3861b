//! The tags of a forum post: which of the forum's tags a post carries, and making those it lacks where
//! the bot may.

use super::{
    delivery::Delivery,
    settled::{Step, later, not_done},
};
use crate::{
    discord::{Outcome, TAGS_OF_FORUM_MAX, TAGS_OF_POST_MAX},
    snapshot,
};
use commands::card::Tags;
use domain::{
    proof::Proven,
    server::{ForumTag, Server},
};
use storage::outbox::Claimed;

impl Delivery {
    /// The tags a post is to carry: the one it wants, and what people have given it. `None` where they
    /// are better left as they are, because the forum asks for a tag and has none that fits.
    pub(super) async fn tags(
        &self,
        row: &Claimed,
        wanted: &Tags,
        (snapshot, proven): (&Server, &Proven),
        had: &[u64],
    ) -> Step<Option<Vec<u64>>> {
        let Some(forum) = snapshot.channels.get(&proven.channel) else {
            return Ok(None);
        };
        let mut tags = forum.tags.clone();
        let lacking = lacking(wanted, &tags);
        if proven.manages && !lacking.is_empty() {
            match self.port.make_tags(proven.channel, &lacking).await {
                Outcome::Done(made) => tags = made.into_iter().map(snapshot::tag).collect(),
                Outcome::Refused(code) => tracing::warn!(
                    office.id = %row.office, outbox.id = %row.id, code,
                    "the tags of a forum could not be made; posts go without"
                ),
                Outcome::Doubtful(_) => return Err(later(row, "making tags was not answered")),
                other => return Err(not_done(row, &other)),
            }
        }
        let fitting = fitting(wanted, &tags, had, proven.moderates);
        Ok(Some(fitting).filter(|tags| !(tags.is_empty() && forum.requires_tag)))
    }
}

/// The names to make: none when the tag that is wanted is there, or cannot be; else that one first, then
/// the others of its kind, so that the forum has them in their order, as far as there is room.
fn lacking(wanted: &Tags, forum: &[ForumTag]) -> Vec<String> {
    let is_there = |names: &[String]| forum.iter().any(|tag| names.contains(&tag.name));
    let room = TAGS_OF_FORUM_MAX.saturating_sub(forum.len());
    if room == 0 || wanted.wanted.is_empty() || is_there(&wanted.wanted) {
        return Vec::new();
    }
    let mut names: Vec<&String> = wanted
        .family
        .iter()
        .filter(|names| !is_there(names))
        .filter_map(|names| names.first())
        .collect();
    // Where not all find room, the one that is wanted does.
    if let Some(first) = wanted.wanted.first()
        && names.iter().position(|name| *name == first) >= Some(room)
    {
        names.retain(|name| *name != first);
        names.insert(0, first);
    }
    names.into_iter().take(room).cloned().collect()
}

/// The tags of a post: the first name that is wanted and that the forum has, if the bot may apply it;
/// then what the post had and is not of the same kind.
fn fitting(wanted: &Tags, forum: &[ForumTag], had: &[u64], moderates: bool) -> Vec<u64> {
    let own = wanted.wanted.iter().find_map(|name| {
        forum
            .iter()
            .find(|tag| tag.name == *name)
            .filter(|tag| moderates || !tag.moderated || had.contains(&tag.id))
            .map(|tag| tag.id)
    });
    let of_people = had.iter().copied().filter(|id| {
        forum.iter().any(|tag| {
            let of_kind = wanted.family.iter().flatten().any(|name| *name == tag.name);
            tag.id == *id && !of_kind
        })
    });
    own.into_iter()
        .chain(of_people)
        .take(TAGS_OF_POST_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(id: u64, name: &str, moderated: bool) -> ForumTag {
        ForumTag {
            id,
            name: name.into(),
            moderated,
        }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// The status 完了, of three.
    fn done() -> Tags {
        Tags {
            wanted: names(&["完了", "done"]),
            family: vec![
                names(&["受付", "received"]),
                names(&["検討中", "planning"]),
                names(&["完了", "done"]),
            ],
        }
    }

    #[test]
    fn a_post_carries_its_status_and_what_people_gave_it() {
        let forum = [
            tag(1, "受付", false),
            tag(2, "完了", false),
            tag(3, "救急", false),
            tag(4, "done", false),
        ];
        for (had, expected) in [
            (&[][..], vec![2]),
            (&[1], vec![2]),
            (&[3, 1], vec![2, 3]),
            (&[4], vec![2]),
            // A tag that the forum has no more.
            (&[9, 3], vec![2, 3]),
        ] {
            assert_eq!(fitting(&done(), &forum, had, false), expected, "{had:?}");
        }
        let english = [tag(4, "done", false)];
        assert_eq!(fitting(&done(), &english, &[], false), [4]);
        let none = Tags {
            wanted: Vec::new(),
            ..done()
        };
        assert_eq!(fitting(&none, &forum, &[2, 3], false), [3]);
        assert_eq!(fitting(&Tags::default(), &forum, &[2, 3], false), [2, 3]);
    }

    #[test]
    fn what_is_kept_for_moderators_is_applied_by_them() {
        let forum = [tag(2, "完了", true)];
        assert!(fitting(&done(), &forum, &[], false).is_empty());
        assert_eq!(fitting(&done(), &forum, &[2], false), [2]);
        assert_eq!(fitting(&done(), &forum, &[], true), [2]);
    }

    #[test]
    fn a_post_carries_no_more_than_discord_takes() {
        let forum: Vec<ForumTag> = (1..=9)
            .map(|id| tag(id, &format!("話題{id}"), false))
            .collect();
        let forum = [vec![tag(20, "完了", false)], forum].concat();
        let had: Vec<u64> = (1..=5).collect();
        assert_eq!(fitting(&done(), &forum, &had, false), [20, 1, 2, 3, 4]);
    }

    #[test]
    fn the_tag_that_is_wanted_is_made_while_there_is_room() {
        assert_eq!(lacking(&done(), &[]), names(&["受付", "検討中", "完了"]));
        let english = [tag(1, "received", false)];
        assert_eq!(lacking(&done(), &english), names(&["検討中", "完了"]));
        let there = [tag(1, "done", true)];
        assert!(lacking(&done(), &there).is_empty());
        let topics = |count: u64| -> Vec<ForumTag> {
            (0..count)
                .map(|id| tag(100 + id, &format!("話題{id}"), false))
                .collect()
        };
        assert_eq!(lacking(&done(), &topics(18)), names(&["完了", "受付"]));
        assert_eq!(lacking(&done(), &topics(19)), names(&["完了"]));
        assert!(lacking(&done(), &topics(20)).is_empty());
        assert!(lacking(&Tags::default(), &[]).is_empty());
    }
}
