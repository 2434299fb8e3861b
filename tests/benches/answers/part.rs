//! The parts of an answer that only calculate, each by itself: what the processor does between the
//! event and the record. The first call prepares what later ones use.

use crate::statement;
use domain::{
    personal_data,
    profession::Vocabulary,
    tier::{self, Rules, Statement},
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How long each part is repeated.
const SPAN: Duration = Duration::from_millis(200);

/// What one part costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Which.
    pub(crate) name: &'static str,
    /// The first call, in microseconds.
    pub(crate) first: f64,
    /// A later call, in microseconds: the mean over all statements.
    pub(crate) later: f64,
}

/// Measures them, in the order in which an answer needs them.
pub(crate) fn measure() -> Vec<Part> {
    let texts: Vec<String> = statement::texts().collect();
    let speakers = ["薬剤師".to_owned()];
    let (vocabulary, rules) = (Vocabulary::standard(), Rules::standard());
    vec![
        part("vocabulary of an office", &texts, |_| {
            black_box(Vocabulary::standard());
        }),
        part("rules of an office", &texts, |_| {
            drop(black_box(Rules::with_office(&[])));
        }),
        part("single case", &texts, |text| {
            black_box(personal_data::single_case(text));
        }),
        part("personal data", &texts, |text| {
            black_box(personal_data::check(text));
        }),
        part("tier", &texts, |text| {
            let statement = Statement {
                text,
                speaker_professions: &speakers,
                about: &[],
            };
            black_box(tier::suggest(&statement, &vocabulary, &rules));
        }),
        part("professions named", &texts, |text| {
            black_box(vocabulary.mentions(text));
        }),
    ]
}

fn part(name: &'static str, texts: &[String], run: impl Fn(&str)) -> Part {
    let started = Instant::now();
    run(&texts[0]);
    let first = started.elapsed();
    let started = Instant::now();
    let mut calls = 0_u32;
    while started.elapsed() < SPAN {
        texts.iter().for_each(|text| run(text));
        calls += u32::try_from(texts.len()).expect("few statements");
    }
    let microseconds = |span: Duration| span.as_secs_f64() * 1e6;
    Part {
        name,
        first: microseconds(first),
        later: microseconds(started.elapsed()) / f64::from(calls),
    }
}
