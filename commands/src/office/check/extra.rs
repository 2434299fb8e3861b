//! What a channel could offer besides the cards it takes: the tags of a forum, and threads below cards.
//! Without them everything is sent; only a forum that asks for a tag takes nothing.

use super::{Block, Look};
use crate::{
    card::{place_word, tag::of_status},
    hindrance::{Told, told},
    option::{NAMES_UNITS_MAX, joined},
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::ChannelId,
    proof::{DISCUSSION, Hindrance},
    server::{Kind, ServerChannel, permission},
};

/// Most tags of one forum (Discord, resources/channel).
const TAGS_MAX: usize = 20;

impl Look<'_> {
    /// The block of a bound channel, where there is something to say.
    pub(super) fn extra(&self, destination: Destination, channel: ChannelId) -> Option<Block> {
        let holds_issues = matches!(
            destination,
            Destination::Desk | Destination::Tier1(_) | Destination::Tier2(_) | Destination::Tier3
        );
        let found = self.server.channels.get(&channel)?;
        if !holds_issues {
            return None;
        }
        let may = self.server.own_grants(channel).unwrap_or(0);
        let (step, ill) = match found.kind {
            Kind::Forum => (self.tags(found, may)?, found.requires_tag),
            Kind::Text => (self.threads(may)?, false),
            Kind::Thread | Kind::Other => return None,
        };
        let head = text!(
            "check-extra",
            place = place_word(&self.office, destination),
            channel = format!("<#{channel}>"),
        );
        let mut block = self.block(self.say(&head), vec![self.step(step)]);
        block.ill = ill;
        Some(block)
    }

    /// The tags a forum lacks and the bot cannot make or apply.
    fn tags(&self, forum: &ServerChannel, may: u64) -> Option<Told> {
        let moderates = may & permission::MANAGE_THREADS != 0;
        let has = |names: &[String]| {
            let mut tags = forum.tags.iter();
            tags.any(|tag| names.contains(&tag.name) && (moderates || !tag.moderated))
        };
        let language = self.office.settings.locale;
        let lacking: Vec<String> = of_status(None, language)
            .family
            .into_iter()
            .filter(|names| !has(names))
            .filter_map(|names| names.into_iter().next())
            .collect();
        let room = forum.tags.len() + lacking.len() <= TAGS_MAX;
        if lacking.is_empty() || (room && may & permission::MANAGE_CHANNELS != 0) {
            return None;
        }
        let names = joined(lacking.into_iter(), self.request.language, NAMES_UNITS_MAX);
        Some(Told {
            what: self.say(&text!("check-tags", names = names)),
            mend: self.say(&Text::new(if room {
                "check-tags-mend"
            } else {
                "check-tags-mend-full"
            })),
        })
    }

    /// What the bot lacks to open a thread below a card.
    fn threads(&self, may: u64) -> Option<Told> {
        let lacking: Vec<Hindrance> = DISCUSSION
            .iter()
            .filter(|needed| may & needed.bit() == 0)
            .map(|needed| Hindrance::Permission(*needed))
            .collect();
        let told = told(&lacking, &self.server, self.reader());
        told.into_iter().next().map(|told| Told {
            what: self.say(&Text::new("check-threads")),
            ..told
        })
    }
}
