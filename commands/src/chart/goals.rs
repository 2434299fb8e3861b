//! Figures against their goals: one bar a target, with the goal at the same place in every row.

use super::{
    HEADING_PIXELS, MARGIN, NAME_PIXELS, NOTE_PIXELS, WIDTH,
    drawing::{Anchor, Drawing, Paint, Place},
    font, letter, look,
};
use crate::{
    text,
    text::{Text, grouped},
};
use domain::{
    progress::{Figure, NAME_LETTERS_MAX, Row},
    setting::Language,
    text::cut,
};

/// Pixels a bar is high.
const BAR_PIXELS: i32 = 36;
/// Pixels from the left edge of a bar to its goal.
const GOAL_PIXELS: i32 = 640;
/// Pixels from the left edge of a bar to its end: there is room for a quarter more than the goal.
const WHOLE_PIXELS: i32 = 800;
/// Pixels of the sign of the state before a bar.
const SIGN_PIXELS: i32 = 46;
/// Pixels between one target and the next.
const GAP_PIXELS: i32 = 16;
/// Pixels the sign of the goal stands out above a bar.
const POINTER_PIXELS: i32 = 8;

/// The bars of the targets that have room, and how many have none.
pub(super) fn figures(
    drawing: &mut Drawing,
    shown: &[(&Row, &Figure)],
    left_out: usize,
    language: Language,
) {
    drawing.space(10);
    drawing.rule();
    drawing.space(16);
    let heading = Text::new("chart-figures").say(language);
    drawing.line(&heading, HEADING_PIXELS, look::INK);
    if shown.is_empty() {
        let none = Text::new("chart-figures-none").say(language);
        drawing.line(&none, NOTE_PIXELS, look::QUIET);
        return;
    }
    for (row, figure) in shown {
        let area = cut(&row.area, NAME_LETTERS_MAX);
        let whose = text!(
            "chart-figure-of",
            area = area,
            number = row.number.to_string()
        );
        drawing.line(&whose.say(language), NOTE_PIXELS, look::QUIET);
        drawing.line(&cut(&row.item, NAME_LETTERS_MAX), NAME_PIXELS, look::INK);
        drawing.space(POINTER_PIXELS);
        bar(drawing, row, figure, language);
        drawing.space(SIGN_PIXELS + GAP_PIXELS);
    }
    if left_out > 0 {
        let more = text!("chart-figures-more", count = left_out).say(language);
        drawing.line(&more, NOTE_PIXELS, look::QUIET);
    }
}

fn bar(drawing: &mut Drawing, row: &Row, figure: &Figure, language: Language) {
    let looks = look::look(row.state);
    let sign = Place {
        x: MARGIN,
        y: drawing.y() + 4,
        width: SIGN_PIXELS,
        height: SIGN_PIXELS,
    };
    drawing.rectangle(sign, looks.paint);
    drawing.words_within(&letter(row.state, language), sign, NOTE_PIXELS, looks.ink);
    let whole = Place {
        x: MARGIN + SIGN_PIXELS + 12,
        y: sign.y + (SIGN_PIXELS - BAR_PIXELS) / 2,
        width: WHOLE_PIXELS,
        height: BAR_PIXELS,
    };
    let ground = Paint {
        fill: look::TRACK,
        edge: look::TRACK,
        edge_pixels: 1,
        dashed: false,
    };
    let to_goal = Place {
        width: GOAL_PIXELS,
        ..whole
    };
    drawing.rectangle(to_goal, ground);
    if figure.done > 0 {
        let done = Place {
            width: done_pixels(figure),
            ..whole
        };
        drawing.rectangle(done, looks.paint);
    }
    let goal = whole.x + GOAL_PIXELS;
    let mark = Place {
        x: goal - 3,
        y: whole.y - 4,
        width: 6,
        height: BAR_PIXELS + 8,
    };
    let ink = Paint {
        fill: look::INK,
        edge: look::INK,
        edge_pixels: 1,
        dashed: false,
    };
    drawing.rectangle(mark, ink);
    drawing.pointer((goal, whole.y - 2), 10, look::INK);
    let words = text!(
        "chart-figure",
        done = grouped(figure.done),
        goal = grouped(figure.goal),
        unit = figure.unit.clone(),
    );
    let x = whole.x + WHOLE_PIXELS + 12;
    let words = font::fitting(&words.say(language), NAME_PIXELS, WIDTH - MARGIN - x);
    let base = (x, whole.y + 29);
    drawing.words(&words, base, NAME_PIXELS, look::INK, Anchor::Start);
}

/// Pixels of what was done: to the mark when the goal is reached, and not beyond the end of the bar,
/// however much more was done. Something done is seen however little it is.
fn done_pixels(figure: &Figure) -> i32 {
    let percent = i32::try_from(figure.percent()).unwrap_or(i32::MAX);
    (percent.saturating_mul(GOAL_PIXELS) / 100).clamp(8, WHOLE_PIXELS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_at_the_mark_when_the_goal_is_reached_and_never_leaves_its_place() {
        for (done, goal, pixels) in [
            (12, 12, GOAL_PIXELS),
            (6, 12, GOAL_PIXELS / 2),
            (15, 12, WHOLE_PIXELS),
            (i64::MAX, 1, WHOLE_PIXELS),
            (1, 100_000, 8),
        ] {
            let unit = "回".to_owned();
            assert_eq!(
                done_pixels(&Figure { goal, done, unit }),
                pixels,
                "{done} of {goal}"
            );
        }
    }
}
