//! Areas × state: one bar an area, as long as it has targets, parted by state.

use super::{
    HEADING_PIXELS, MARGIN, NAME_PIXELS, NOTE_PIXELS, WIDTH, area_name,
    drawing::{Anchor, Drawing, Place},
    font, letter, look, state_name,
};
use crate::{text, text::Text};
use domain::{progress::Area, setting::Language, target::pace::State};

/// Pixels a bar is high.
const BAR_PIXELS: i32 = 48;
/// Pixels between the bar of one area and the name of the next.
const GAP_PIXELS: i32 = 14;
/// Pixels of the longest bar; beside it stands how many there are.
const LONGEST_PIXELS: i32 = 1_000;
/// Pixels of the letters beside a sign, the first that have room: English words are longer.
const LEGEND_PIXELS: [i32; 3] = [NOTE_PIXELS, 24, 20];
/// Pixels that a part needs for its letter and a number of two digits.
const PART_PIXELS_MIN: i32 = 72;

/// What the letters and fillings mean, with how many targets there are of each in all.
pub(super) fn legend(drawing: &mut Drawing, areas: &[Area], language: Language) {
    let each = (WIDTH - 2 * MARGIN) / 5;
    drawing.space(10);
    for (at, state) in (0..).zip(State::ALL) {
        let sign = Place {
            x: MARGIN + at * each,
            y: drawing.y(),
            width: 46,
            height: 46,
        };
        let looks = look::look(*state);
        drawing.rectangle(sign, looks.paint);
        drawing.words_within(&letter(*state, language), sign, NOTE_PIXELS, looks.ink);
        let count: usize = areas.iter().map(|area| area.count(*state)).sum();
        let words = text!(
            "chart-legend",
            state = state_name(*state, language),
            count = count
        );
        let words = font::drawable(&words.say(language));
        let fits = |pixels: &i32| font::width(&words, *pixels) <= each - 60;
        let pixels = LEGEND_PIXELS.into_iter().find(fits).unwrap_or(NOTE_PIXELS);
        let place = (sign.x + 56, sign.y + 33);
        drawing.words(&words, place, pixels, look::INK, Anchor::Start);
    }
    drawing.space(62);
}

/// The bars.
pub(super) fn areas(drawing: &mut Drawing, areas: &[Area], language: Language) {
    // Several areas that share a bar may be more than any: that bar goes as far as there is room.
    let single = areas.iter().filter(|area| area.areas == 1);
    let most = single.map(Area::total).max().unwrap_or_default();
    drawing.rule();
    drawing.space(16);
    let heading = Text::new("chart-areas").say(language);
    drawing.line(&heading, HEADING_PIXELS, look::INK);
    for area in areas {
        drawing.line(&area_name(area, language), NAME_PIXELS, look::INK);
        bar(drawing, area, most, language);
        drawing.space(BAR_PIXELS + GAP_PIXELS);
    }
}

fn bar(drawing: &mut Drawing, area: &Area, most: usize, language: Language) {
    let mut x = MARGIN;
    for (state, width) in parts(area, most) {
        let place = Place {
            x,
            y: drawing.y(),
            width,
            height: BAR_PIXELS,
        };
        let looks = look::look(state);
        drawing.rectangle(place, looks.paint);
        let words = format!("{}{}", letter(state, language), area.count(state));
        drawing.words_within(&words, place, NAME_PIXELS, looks.ink);
        x += width;
    }
    let total = text!("chart-targets", count = area.total()).say(language);
    let place = (x + 14, drawing.y() + 34);
    drawing.words(
        &font::drawable(&total),
        place,
        NOTE_PIXELS,
        look::QUIET,
        Anchor::Start,
    );
}

/// The states that occur in an area with the pixels of their parts. A bar is as long as its share of the
/// area with the most targets, and no part is too narrow for its number: where there is little room, small
/// parts are drawn wider than their share, at the cost of the wide ones.
fn parts(area: &Area, most: usize) -> Vec<(State, i32)> {
    let pixels = |count: usize, of: usize, whole: i32| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let of = i64::try_from(of.max(1)).unwrap_or(i64::MAX);
        i32::try_from(count.saturating_mul(whole.into()) / of).unwrap_or(whole)
    };
    let states: Vec<State> = State::ALL.to_vec();
    let occurring: Vec<State> = states
        .into_iter()
        .filter(|state| area.count(*state) > 0)
        .collect();
    let least = i32::try_from(occurring.len()).unwrap_or(0) * PART_PIXELS_MIN;
    let whole = pixels(area.total(), most, LONGEST_PIXELS);
    let whole = whole.clamp(least, LONGEST_PIXELS);
    // Every part has the least it needs; what is left goes by shares.
    occurring
        .iter()
        .map(|state| {
            let share = pixels(area.count(*state), area.total(), whole - least);
            (*state, PART_PIXELS_MIN + share)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(counts: [usize; 5]) -> Area {
        Area {
            name: Some("医療・看護".to_owned()),
            areas: 1,
            counts,
        }
    }

    #[test]
    fn every_part_has_room_for_its_number_and_no_bar_leaves_the_picture() {
        for counts in [
            [1, 0, 0, 0, 0],
            [1, 1, 1, 1, 1],
            [96, 1, 1, 1, 1],
            [20, 20, 20, 20, 20],
            [usize::MAX / 8; 5],
        ] {
            for most in [1, 5, 100, usize::MAX / 2] {
                let parts = parts(&area(counts), most);
                let whole: i32 = parts.iter().map(|(_, width)| width).sum();
                assert!(whole <= LONGEST_PIXELS, "{counts:?}: {whole}");
                assert!(parts.iter().all(|(_, width)| *width >= PART_PIXELS_MIN));
            }
        }
    }

    #[test]
    fn a_bar_is_as_long_as_the_area_has_targets() {
        let long = parts(&area([50, 50, 0, 0, 0]), 100);
        let half = parts(&area([25, 25, 0, 0, 0]), 100);
        let sum = |parts: &[(State, i32)]| parts.iter().map(|(_, width)| width).sum::<i32>();
        assert_eq!((sum(&long), sum(&half)), (1_000, 500));
        let more = parts(&area([10, 0, 30, 0, 0]), 40);
        assert!(more[0].1 < more[1].1, "more targets, a longer part");
    }
}
