//! The end of the year: the desk asks for the handover of an office, and every row of the document is
//! held against what happened there ([`paper`]): nothing is missing, nothing stands in it that is over or
//! never was, and nobody is named who said something in confidence.

mod first;
mod issue;
mod paper;
mod setting;
mod word;

use crate::office::{COORDINATORS, Office, WHO};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use commands::{
    App,
    answer::Answer,
    dispatch::Progress,
    request::{Envelope, Recorded, Request},
};
use domain::{
    id::{ChannelId, InteractionId},
    setting::Language,
};
use tests::book::Book;

/// Of so many offices one is handed over.
const ONE_OF: usize = 10;
/// What happens in it beside what happens everywhere.
const ACTS: usize = 70;
/// Rows of a sheet, each cell as text.
pub(crate) type Rows = Vec<Vec<String>>;

/// How much of what is told by a handover only happens in an office.
pub(crate) fn acts_of(number: usize) -> usize {
    if number % ONE_OF == 1 { ACTS } else { 0 }
}

/// When offices are handed over: on an afternoon at the end of a March.
pub(crate) fn moment(year: i32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(year, 3, 26).expect("a day of every year");
    let time = NaiveTime::from_hms_opt(15, 10, 0).expect("a time");
    crate::day::instant(day, time)
}

/// A document, and what it has to hold.
#[derive(Clone, Debug)]
pub(crate) struct Handed {
    /// The sheets by name, as they were read.
    found: Vec<(&'static str, Rows)>,
    wanted: Vec<(&'static str, Rows)>,
    /// Names nobody may find in it.
    speakers: Vec<String>,
    /// Every word of it, and of the answer it came with.
    everything: String,
}

impl Handed {
    /// How many rows were held against what happened; what is wrong, if anything is.
    pub(crate) fn judge(&self) -> Result<usize, String> {
        let named = |speaker: &&String| self.everything.contains(speaker.as_str());
        if let Some(speaker) = self.speakers.iter().find(named) {
            return Err(format!("a speaker is named: {speaker}"));
        }
        let mut rows = 0;
        for ((sheet, found), (_, wanted)) in self.found.iter().zip(&self.wanted) {
            let mut missing = wanted.clone();
            let mut surplus = Vec::new();
            for row in found {
                match missing.iter().position(|other| other == row) {
                    Some(place) => drop(missing.swap_remove(place)),
                    None => surplus.push(row),
                }
            }
            if !missing.is_empty() || !surplus.is_empty() {
                return Err(format!("{sheet}: missing {missing:?}, surplus {surplus:?}"));
            }
            rows += found.len();
        }
        Ok(rows)
    }

    /// The same with one row less, and with one row twice: every row of every sheet.
    pub(crate) fn broken(&self) -> impl Iterator<Item = (&'static str, Self)> {
        let places = self
            .found
            .iter()
            .enumerate()
            .flat_map(|(place, (_, rows))| {
                (0..rows.len()).flat_map(move |row| [(place, row, true), (place, row, false)])
            });
        places.map(|(place, row, less)| {
            let mut broken = self.clone();
            let (sheet, rows) = &mut broken.found[place];
            let sheet = *sheet;
            if less {
                rows.remove(row);
            } else {
                rows.push(rows[row].clone());
            }
            (sheet, broken)
        })
    }

    /// The same with a speaker's name in it.
    pub(crate) fn naming_a_speaker(mut self) -> Self {
        let speaker = self.speakers.first().expect("somebody has said something");
        self.everything.push_str(speaker);
        self
    }
}

impl Office {
    /// A coordinator asks for the document.
    pub(crate) async fn hand_over(&self, app: &App, now: DateTime<Utc>) -> Result<Handed, String> {
        let envelope = Envelope {
            // Each office asks once.
            interaction: InteractionId(self.server.0),
            server: Some(self.server),
            channel: ChannelId(1),
            user: WHO,
            roles: vec![COORDINATORS],
            administrator: false,
            language: Language::Ja,
            recorded: Recorded::default(),
            progress: Progress::default(),
        };
        let said = async {
            let request = Request::open(app, envelope).await?;
            commands::handover::made(&request).await
        };
        let said = said
            .await
            .map_err(|error| format!("the handover: {error}"))?;
        let Answer::Say(reply) = said else {
            return Err("the handover is no message".to_owned());
        };
        let file = reply.files.first().ok_or("the handover has no file")?;
        let book = Book::read(file.bytes());
        let wanted = self.paper(now);
        let found = wanted
            .iter()
            .map(|(sheet, _)| (*sheet, paper::read(&book, sheet)));
        Ok(Handed {
            found: found.collect(),
            speakers: self.matters.speakers.clone(),
            everything: format!("{}\n{}", reply.content, book.everything()),
            wanted,
        })
    }
}
