//! How many lines words take in a column: a careful guess, because the font that will be there is not
//! known. Better a line too many than one cut off.

/// Pixels of a digit in the sheet's font.
const DIGIT_PIXELS: f64 = 8.0;
/// Pixels of a full-width letter of 11 points.
const FULL_PIXELS: f64 = 11.0 * 96.0 / 72.0;
/// Pixels of other letters, on the wide side.
const HALF_PIXELS: f64 = 8.5;
/// The part of a column that is counted on: punctuation that may not begin a line takes its letter along.
const CARE: f64 = 0.95;

/// The pixels that letters have in a column of so many digits.
pub(crate) fn wide(digits: f64) -> f64 {
    digits * DIGIT_PIXELS * CARE
}

/// Lines that words take within so many pixels; at least one.
pub(crate) fn lines(words: &str, pixels: f64) -> usize {
    words
        .split('\n')
        .map(|line| wrapped(line, pixels))
        .sum::<usize>()
        .max(1)
}

fn wrapped(line: &str, pixels: f64) -> usize {
    let (mut lines, mut used, mut word) = (1, 0.0, 0.0);
    for letter in line.chars() {
        let width = width(letter);
        if letter.is_ascii_graphic() {
            // Latin words are not parted, unless one alone is longer than the line.
            word += width;
            if used + word > pixels {
                lines += 1;
                if used == 0.0 {
                    word = width;
                }
                used = 0.0;
            }
            continue;
        }
        used += word;
        word = 0.0;
        if used + width > pixels {
            lines += 1;
            used = 0.0;
        }
        used += width;
    }
    lines
}

fn width(letter: char) -> f64 {
    match letter {
        // Marks on the letter before.
        '\u{300}'..='\u{36F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{3099}'
        | '\u{309A}'
        | '\u{E0100}'..='\u{E01EF}' => 0.0,
        '\0'..='\u{24F}' | '\u{FF61}'..='\u{FFDC}' | '\u{FFE8}'..='\u{FFEE}' => HALF_PIXELS,
        _ => FULL_PIXELS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_as_many_lines_as_the_column_is_narrow() {
        let ten = FULL_PIXELS * 10.0;
        for (words, expected) in [
            ("", 1),
            ("十の字は一行に入るか", 1),
            ("十一の字は一行に入らぬ", 2),
            ("一\n\n三", 3),
            ("ICTのネットワークを使う", 2),
            ("ﾊﾝｶｸｶﾅは半分の幅", 1),
            // A word of Latin letters goes to the next line as a whole.
            ("情報はnetworkstationへ", 2),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 4),
            ("はがのび\u{3099}る", 1),
        ] {
            assert_eq!(lines(words, ten), expected, "{words}");
        }
    }
}
