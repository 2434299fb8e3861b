//! A form on the screen: pages of an embed, for `/issue list` with the option `form`.

use super::{
    KINDS, Paper,
    leaf::{Block, Head, pages},
};
use crate::{request::Request, text, text::Text};
use domain::{
    form::{Opinion, Which, ranking::Standing},
    issue::Kind,
    setting::Language,
    text::{escape_markdown, one_line},
};
use serenity::all::{CreateEmbed, CreateEmbedFooter};

/// UTF-16 units of an embed's title (Discord, resources/message).
const TITLE_UNITS_MAX: usize = 256;

impl Paper {
    /// The pages of the form, in the reader's language; none when it holds nothing.
    pub(crate) fn pages(&self, language: Language) -> Vec<String> {
        let blocks = match self.which {
            Which::First => self.in_order(language),
            Which::Second => self.by_category(language),
        };
        pages(&blocks, &Text::new("form-opinion-goes-on").say(language))
    }

    /// A page with the lines above it and the place of it among all.
    pub(crate) fn drawn(
        &self,
        request: &Request,
        page: &str,
        number: i64,
        last: i64,
    ) -> CreateEmbed {
        let language = request.language;
        let heading = &self.heading;
        let mut above = heading.of_whom_shortly(language);
        if !above.is_empty() {
            above.push('　');
        }
        above.push_str(&heading.day(language));
        if let Some(cut) = self.cut(language) {
            above = format!("{above}\n{cut}");
        }
        let footer = text!(
            "form-footer",
            place = crate::page::place(request, number, last),
            form = Text::new(format!("word-form-{}", self.which.number())),
        );
        CreateEmbed::new()
            .title(one_line(
                &escape_markdown(&heading.title(language)),
                TITLE_UNITS_MAX,
            ))
            .description(format!("{above}\n\n{page}"))
            .footer(CreateEmbedFooter::new(footer.say(language)))
    }

    /// What was left out of a form that would have held too much.
    pub(super) fn cut(&self, language: Language) -> Option<String> {
        let held = i64::try_from(self.count()).unwrap_or(i64::MAX);
        (held < self.total)
            .then(|| text!("form-cut", held = held, total = self.total).say(language))
    }

    fn in_order(&self, language: Language) -> Vec<Block> {
        let opinions = self.said.opinions().iter().enumerate();
        opinions
            .map(|(place, opinion)| Block {
                heads: Vec::new(),
                text: self.row(place + 1, opinion, language),
            })
            .collect()
    }

    /// A row of form 1.
    fn row(&self, no: usize, opinion: &Opinion, language: Language) -> String {
        let mut line = text!("form-row", no = no, number = opinion.issue.0).say(language);
        let source = self.source(opinion);
        if !source.is_empty() {
            line.push('　');
            line.push_str(&escape_markdown(source));
        }
        if let Some(speaker) = self.said.speaker_of(opinion) {
            line.push('　');
            let speaker = text!("form-row-speaker", speaker = escape_markdown(speaker));
            line.push_str(&speaker.say(language));
        }
        line.push('\n');
        line.push_str(&escape_markdown(&opinion.wording));
        if let Some(note) = &opinion.note {
            line.push('\n');
            line.push_str(&text!("form-row-note", note = escape_markdown(note)).say(language));
        }
        line
    }

    fn by_category(&self, language: Language) -> Vec<Block> {
        let mut blocks = Vec::new();
        for standing in self.standings() {
            let category = self.category_head(&standing, language);
            for kind in KINDS {
                let heads = vec![category.clone(), kind_head(kind, language)];
                blocks.extend(standing.lines_of(kind).map(|line| {
                    let opinion = &self.said.opinions()[line.place];
                    let mut text = text!(
                        "form-bullet-numbered",
                        number = opinion.issue.0,
                        wording = escape_markdown(&opinion.wording),
                    )
                    .say(language);
                    text.push_str(&marks(line.weight, line.again, language));
                    Block {
                        heads: heads.clone(),
                        text,
                    }
                }));
            }
        }
        blocks
    }

    fn category_head(&self, standing: &Standing, language: Language) -> Head {
        let name = escape_markdown(&self.category_name(standing, language));
        let say = |key: &'static str| {
            let head = text!(key, name = name.clone(), count = standing.count);
            match standing.rank {
                Some(rank) => head.with("rank", rank).say(language),
                None => head.say(language),
            }
        };
        match standing.rank {
            Some(_) => Head {
                line: say("form-category"),
                goes_on: say("form-category-goes-on"),
            },
            None => Head {
                line: say("form-no-category"),
                goes_on: say("form-no-category-goes-on"),
            },
        }
    }

    /// The name of a category, or 未分類.
    pub(super) fn category_name(&self, standing: &Standing, language: Language) -> String {
        let category = standing.category;
        let found = category.and_then(|id| self.office.categories.iter().find(|it| it.id == id));
        found.map_or_else(
            || Text::new("form-uncategorised").say(language),
            |category| category.name.clone(),
        )
    }
}

fn kind_head(kind: Kind, language: Language) -> Head {
    let kind = Text::new(format!("word-kind-{}", kind.code()));
    let line = text!("form-kind", kind = kind).say(language);
    Head {
        goes_on: line.clone(),
        line,
    }
}

/// What stands behind the words of a line of form 2: （3件） and 【再掲】.
pub(super) fn marks(weight: usize, again: bool, language: Language) -> String {
    let mut marks = String::new();
    if weight > 1 {
        marks.push_str(&text!("form-weight", count = weight).say(language));
    }
    if again {
        marks.push_str(&Text::new("form-again").say(language));
    }
    marks
}
