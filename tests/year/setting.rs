//! What an office of the year sets: its leads, hours, days off and the day of its digest.

use crate::{
    Harm,
    day::{WorkingDays, wall},
    office::Office,
    rhythm::Rhythm,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use commands::occurrence;
use domain::{calendar::Calendar, occurrence::Moment, schedule::When, setting::Key};
use storage::Store;
use tests::dice::Dice;

impl Office {
    /// The office sets something else, and everything that waits follows.
    pub(crate) async fn set(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let rules = &mut self.expected.rules;
        let leads = [14, 7, 3, 2, 1];
        let chosen = |dice: &mut Dice| -> Vec<u64> {
            leads.into_iter().filter(|_| dice.chance(50)).collect()
        };
        let (key, value) = match dice.below(7) {
            0 => {
                (rules.review, rules.on_the_day) = (chosen(dice), dice.chance(70));
                (Key::ReviewBefore, written(&rules.review, rules.on_the_day))
            }
            1 => {
                rules.session = chosen(dice);
                (Key::SessionBefore, written(&rules.session, false))
            }
            2 => {
                rules.overdue = dice.pick(&[None, Some(3), Some(7), Some(10)]).flatten();
                let value = rules
                    .overdue
                    .map_or("なし".to_owned(), |days| format!("{days}日ごと"));
                (Key::ReviewOverdue, value)
            }
            3 => {
                let (hour, minute) = dice.pick(&[(8, 30), (9, 0), (10, 0)]).expect("some");
                rules.at = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
                (Key::RemindedAt, format!("{hour}:{minute:02}"))
            }
            4 => {
                let closed = [((12, 29), (1, 3)), ((12, 28), (1, 5)), ((8, 13), (8, 16))];
                rules.days.closed = dice.pick(&closed).expect("some");
                let ((from, first), (to, last)) = rules.days.closed;
                (Key::ClosedDays, format!("{from}/{first}-{to}/{last}"))
            }
            5 => {
                rules.digest = Rhythm::weekly(dice);
                (Key::Digest, schedule(rules.digest, now))
            }
            _ => (Key::Holidays, holidays(&mut rules.days, dice, now)),
        };
        self.settings += 1;
        let shown = match key {
            // As people write it.
            Key::Digest => rules.digest.phrase(),
            _ => kept(key, &value),
        };
        self.matters.settings.insert(key.code(), shown);
        let unknown = match harm {
            Some(Harm::Wall) => key == Key::Holidays,
            Some(Harm::Hour) => key == Key::RemindedAt,
            Some(Harm::Week) => key == Key::Digest,
            _ => false,
        };
        if !unknown {
            let office = self.id;
            let done = store.write(move |tx| {
                let value = value.clone();
                Box::pin(async move {
                    let mut settings = domain::setting::Settings::default();
                    settings.set(key, &value, &|_| None).expect("a good value");
                    let stored = settings.stored(key);
                    storage::office::set_setting(tx, office, key, &stored, false).await?;
                    occurrence::plan_anew(tx, office, now).await
                })
            });
            done.await?;
        }
        self.expected.plan_anew(now);
        Ok(())
    }
}

/// Two days off of the office's own, and one on which it works although it is a holiday.
fn holidays(days: &mut WorkingDays, dice: &mut Dice, now: DateTime<Utc>) -> String {
    let (today, _) = wall(now);
    let mut near = || today + Days::new(dice.below(60) as u64);
    days.added = [near(), near()].into();
    let opened = [(2026, 7, 20), (2026, 9, 22), (2026, 11, 3), (2027, 2, 11)];
    let opened = opened.map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let opened = opened.into_iter().flatten().find(|day| *day >= today);
    days.opened = opened
        .into_iter()
        .filter(|day| !days.added.contains(day))
        .collect();
    let added = days.added.iter().map(|day| format!("{day} 市制記念日"));
    let opened = days.opened.iter().map(|day| format!("{day} 開所"));
    added.chain(opened).collect::<Vec<String>>().join(";")
}

/// A value as the settings show it.
fn kept(key: Key, value: &str) -> String {
    match key {
        Key::RemindedAt => format!("{value:0>5}"),
        // In the order of the days.
        Key::Holidays => {
            let mut days: Vec<&str> = value.split(';').collect();
            days.sort_unstable();
            days.join(";")
        }
        _ => value.to_owned(),
    }
}

/// A rhythm as the office's settings keep it, read from the phrase a person would write.
fn schedule(rhythm: Rhythm, now: DateTime<Utc>) -> String {
    let (date, time) = wall(now);
    let phrase = rhythm.phrase();
    match When::read(&phrase, Moment { date, time }, &Calendar::default()) {
        Ok(When::Repeated(schedule)) => schedule.to_string(),
        other => panic!("{phrase}: {other:?}"),
    }
}

/// Leads as an office writes them.
fn written(leads: &[u64], on_the_day: bool) -> String {
    let leads = leads.iter().map(|days| format!("{days}日前"));
    let words: Vec<String> = leads.chain(on_the_day.then(|| "当日".to_owned())).collect();
    match words.is_empty() {
        true => "なし".to_owned(),
        false => words.join("、"),
    }
}
