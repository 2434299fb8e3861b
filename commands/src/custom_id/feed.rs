//! Custom ids of feeds (購読) and of the drafts they bring: `v1:feed-ACTION:ID[:REVISION]`.

use domain::id::{FeedId, NoticeId};
use std::str::Split;

/// What a button about feeds leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// A page of what is watched, counted from 0.
    List(i64),
    /// A feed is watched no longer.
    Stop(FeedId),
    /// A feed is watched again.
    Resume(FeedId),
    /// A draft is taken in as a notice.
    Take(NoticeId),
    /// A draft is dismissed.
    Dismiss(NoticeId),
    /// Taking or dismissing is taken back, if nothing else happened to the notice since.
    Back(NoticeId, i64),
}

impl Feed {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            // Numbers in custom ids begin with 1.
            Self::List(page) => format!("v1:feed-list:{}", page.saturating_add(1)),
            Self::Stop(feed) => format!("v1:feed-stop:{feed}"),
            Self::Resume(feed) => format!("v1:feed-resume:{feed}"),
            Self::Take(notice) => format!("v1:feed-take:{notice}"),
            Self::Dismiss(notice) => format!("v1:feed-dismiss:{notice}"),
            Self::Back(notice, revision) => format!("v1:feed-back:{notice}:{revision}"),
        }
    }

    /// The action of a name, its number (above zero) and what follows; `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64, mut rest: Split<'_, char>) -> Option<Self> {
        Some(match action {
            "feed-list" => Self::List(id - 1),
            "feed-stop" => Self::Stop(FeedId(id)),
            "feed-resume" => Self::Resume(FeedId(id)),
            "feed-take" => Self::Take(NoticeId(id)),
            "feed-dismiss" => Self::Dismiss(NoticeId(id)),
            "feed-back" => {
                let revision = rest.next()?.parse().ok().filter(|r| *r > 0)?;
                Self::Back(NoticeId(id), revision)
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_feeds_comes_back_from_its_custom_id() {
        let (feed, notice) = (FeedId(i64::MAX), NoticeId(i64::MAX));
        for press in [
            Feed::List(0),
            Feed::List(i64::MAX - 1),
            Feed::Stop(feed),
            Feed::Resume(feed),
            Feed::Take(notice),
            Feed::Dismiss(notice),
            Feed::Back(notice, i64::MAX),
        ] {
            let action = Action::Feed(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:feed-list:0",
            "v1:feed-back:1",
            "v1:feed-back:1:0",
            "v1:feed-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
