//! The tags of forum posts: a post carries the status of its issue, under the name its forum has for it.
//!
//! Names come from the catalogues only, in either language; which of them a forum has, and whether the
//! bot may make one, is for the worker to see.

use crate::text::Text;
use domain::{issue::Status, setting::Language};

/// What tags a post is to carry, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// The names of the one it carries; the first is the name under which it is made. Empty for none.
    pub wanted: Vec<String>,
    /// The names of each tag of this kind, in the order in which they are made: those that are not
    /// wanted are taken off. Other tags of a post stay.
    pub family: Vec<Vec<String>>,
}

/// The tags of a post by the status of its issue; of none where a post shows no status.
#[must_use]
pub fn of_status(status: Option<Status>, language: Language) -> Tags {
    Tags {
        wanted: status
            .map(|status| names(status, language))
            .unwrap_or_default(),
        family: Status::ALL
            .iter()
            .map(|status| names(*status, language))
            .collect(),
    }
}

/// The names of a status: in the office's language first.
fn names(status: Status, language: Language) -> Vec<String> {
    let other = match language {
        Language::Ja => Language::En,
        Language::En => Language::Ja,
    };
    let word = Text::new(format!("word-status-{}", status.code()));
    vec![word.say(language), word.say(other)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Longest name of a tag (Discord, resources/channel, "Forum Tag Structure").
    const NAME_MAX: usize = 20;

    #[test]
    fn every_name_fits_a_tag_and_means_one_status() {
        for language in [Language::Ja, Language::En] {
            let tags = of_status(Some(Status::Later), language);
            assert_eq!(tags.family.len(), Status::ALL.len());
            assert!(tags.family.contains(&tags.wanted));
            let names: Vec<&String> = tags.family.iter().flatten().collect();
            assert!(names.iter().all(|name| name.chars().count() <= NAME_MAX));
            let distinct: BTreeSet<&&String> = names.iter().collect();
            assert_eq!(distinct.len(), names.len());
        }
        assert!(of_status(None, Language::Ja).wanted.is_empty());
    }
}
