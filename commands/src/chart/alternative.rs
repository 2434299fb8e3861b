//! The words for those who do not see the picture, and for those who search.

use super::{Plate, area_name, state_name};
use crate::{
    text,
    text::{Text, grouped},
};
use domain::{
    progress::{Area, Figure, NAME_LETTERS_MAX, Row},
    setting::Language,
    target::pace::State,
    text::{cut, one_line},
};

/// Longest alternative text of an attachment, in UTF-16 units (Discord, resources/message, `description`).
pub const ALTERNATIVE_UNITS_MAX: usize = 1_024;

/// What the picture shows, in the order it shows it; what does not fit is cut at the end.
pub(super) fn words(
    plate: &Plate<'_>,
    areas: &[Area],
    shown: &[(&Row, &Figure)],
    left_out: usize,
) -> String {
    let language = plate.language;
    let mut said = vec![
        text!(
            "chart-alternative",
            title = plate.title.clone(),
            below = plate.below.clone()
        )
        .say(language),
    ];
    said.extend(plate.notice.clone());
    if plate.rows.is_empty() {
        said.push(Text::new("chart-empty").say(language));
    }
    for area in areas {
        let name = area_name(area, language);
        let states = states(area, language);
        said.push(text!("chart-alternative-area", area = name, states = states).say(language));
    }
    for (row, figure) in shown {
        let words = text!(
            "chart-alternative-figure",
            number = row.number.to_string(),
            item = cut(&row.item, NAME_LETTERS_MAX),
            done = grouped(figure.done),
            goal = grouped(figure.goal),
            unit = figure.unit.clone(),
            state = state_name(row.state, language),
        );
        said.push(words.say(language));
    }
    if left_out > 0 {
        said.push(text!("chart-figures-more", count = left_out).say(language));
    }
    one_line(&said.join(" "), ALTERNATIVE_UNITS_MAX)
}

/// 順調3、要確認1
fn states(area: &Area, language: Language) -> String {
    let separator = Text::new("list-separator").say(language);
    let occurring = State::ALL.iter().filter(|state| area.count(**state) > 0);
    let said = occurring.map(|state| {
        let name = state_name(*state, language);
        text!("chart-legend", state = name, count = area.count(*state)).say(language)
    });
    said.collect::<Vec<_>>().join(&separator)
}
