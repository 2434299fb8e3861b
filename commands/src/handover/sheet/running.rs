//! What goes on until somebody stops it: feeds that are watched, rules that are on, funds of the year. Of
//! what there is none, a line says so.

use super::{MARKED, Paper};
use crate::{
    card::year_name,
    printout::Cell,
    text,
    text::{Text, grouped},
};
use domain::{
    feed::Feed,
    id::AssociationId,
    rule::{self, RuleAssociation},
    text::one_line,
};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeMap;
use storage::fund::Paid;

/// UTF-16 units of the phrase of a rule, and of the title of a project.
const WORDS_UNITS_MAX: usize = 200;

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let running = &paper.handover.running;
    let mut rows = Vec::new();
    let feeds = running.feeds.items.iter().map(|one| feed(paper, one));
    rows.extend(paper.part("feed", feeds));
    rows.extend(paper.part("rule", rules(paper).into_iter()));
    let funds = running.funds.items.iter().map(|one| fund(paper, one));
    rows.extend(paper.part("fund", funds));
    let columns = [
        ("handover-column-what-kind", 20.0),
        ("handover-column-what", 53.0),
        ("handover-column-for", 26.0),
        ("handover-column-state", 26.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-running");
    let more = running.feeds.more() + running.funds.more();
    paper.leaf(workbook, "running", table, more)
}

fn feed(paper: &Paper<'_>, feed: &Feed) -> Vec<Cell> {
    let language = paper.language;
    let number = text!("subject-feed", number = feed.id.0).say(language);
    let what = format!("{number}\u{3000}{}\n{}", feed.title, feed.url);
    let read = feed.read_at.map_or_else(
        || paper.say("handover-feed-never"),
        |at| text!("handover-feed-read", day = paper.day(at)).say(language),
    );
    let state = match feed.fault {
        None => Cell::Words(read),
        Some(fault) => {
            let why = Text::new(format!("feed-fault-{}", fault.code())).say(language);
            Cell::Coloured(format!("{why}\n{read}"), MARKED)
        }
    };
    let scopes = feed.scopes.join(&paper.say("list-separator"));
    vec![
        paper.say("handover-kind-feed").into(),
        what.into(),
        scopes.into(),
        state,
    ]
}

/// The rules that are on, each once with all its associations.
fn rules(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let mut on: BTreeMap<(&str, &str), Vec<&RuleAssociation>> = BTreeMap::new();
    for row in &paper.handover.running.rules {
        let of = on.entry((row.pack.as_str(), row.rule.as_str()));
        of.or_default().push(row);
    }
    on.into_iter()
        .map(|((pack, code), rows)| {
            let since = rows.iter().map(|row| row.changed_at).min();
            let since =
                since.map(|at| text!("handover-since", day = paper.day(at)).say(paper.language));
            let associations: Vec<AssociationId> = rows.iter().map(|row| row.association).collect();
            vec![
                paper.say("handover-kind-rule").into(),
                rule_name(paper, pack, code).into(),
                paper.associations(&associations).into(),
                since.unwrap_or_default().into(),
            ]
        })
        .collect()
}

/// What a rule asks for and where it stands; one that is shipped no more by its code.
fn rule_name(paper: &Paper<'_>, pack: &str, code: &str) -> String {
    rule::find(pack, code).map_or_else(
        || format!("{pack} {code}"),
        |(pack, rule)| {
            let phrase = one_line(rule.phrase.say(paper.language), WORDS_UNITS_MAX);
            let standard = pack.standard.say(paper.language);
            format!("{phrase}\n{standard} {}", rule.article)
        },
    )
}

fn fund(paper: &Paper<'_>, paid: &Paid) -> Vec<Cell> {
    let language = paper.language;
    let project = text!(
        "project-name",
        number = paid.of.project.0,
        title = one_line(&paid.project, WORDS_UNITS_MAX),
    );
    let yen = match paid.of.yen {
        Some(yen) => text!("fund-yen", yen = grouped(yen)),
        None => Text::new("fund-yen-unsaid"),
    };
    let state = text!(
        "handover-fund-paid",
        year = year_name(paper.handover.year, language),
        yen = yen,
    );
    vec![
        paper.say("handover-kind-fund").into(),
        paid.entry.name().into(),
        project.say(language).into(),
        state.say(language).into(),
    ]
}
