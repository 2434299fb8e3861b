//! When the month (月次) is posted: on the first business day at nine about the month before, unless the
//! office has set another schedule (DESIGN section 5). Some business days earlier the desk sees what is
//! going to be posted, and may hold it.

use super::YearMonth;
use crate::{
    calendar::Calendar,
    era::{FiscalYear, parse_date},
    occurrence::Moment,
    schedule::{Schedule, ScheduleFault},
    setting::says_nothing,
    text::normalise,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

/// The schedule of an office that has set none.
const STANDARD: &str = "0 9 B1 * *";
/// How it is written that nothing is posted by itself.
pub const NEVER: &str = "なし";
/// How many business days before the post the desk sees it.
pub const PREVIEW_BUSINESS_DAYS: u32 = 3;
/// How many of the coming posts are looked at for two of one month.
const LOOKED_AT: usize = 40;
/// How many of the coming posts are looked at for one whose preview is still ahead.
const PREVIEWS_LOOKED_AT: usize = 40;

/// What is posted of the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A month (月次).
    Month(YearMonth),
    /// A fiscal year (年次).
    Year(FiscalYear),
}

/// One post of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// What it is about: the month before the day of the post.
    pub month: YearMonth,
    /// When it is posted.
    pub moment: Moment,
    /// When the desk sees it.
    pub preview: Moment,
}

/// Why a schedule does not fit the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostingFault {
    /// Two posts of one month.
    #[error("more than once a month")]
    TooOften,
    /// Never.
    #[error("never due")]
    Never,
}

/// The first business day at nine.
///
/// ```
/// assert_eq!(domain::progress::posting::standard().to_string(), "0 9 B1 * *");
/// ```
#[must_use]
pub fn standard() -> Schedule {
    Schedule::parse(STANDARD).expect("the schedule of this module can be read")
}

/// Reads the setting: an expression, or that nothing is posted by itself.
///
/// # Errors
/// The expression cannot be read.
pub fn read(value: &str) -> Result<Option<Schedule>, ScheduleFault> {
    if says_nothing(value) {
        return Ok(None);
    }
    Schedule::parse(value).map(Some)
}

/// The next post after an instant.
#[must_use]
pub fn next(
    schedule: &Schedule,
    after: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Option<Posting> {
    schedule
        .next_moment(after, zone, calendar)
        .map(|moment| of(moment, calendar))
}

/// The next post whose preview comes after an instant.
#[must_use]
pub fn next_preview(
    schedule: &Schedule,
    after: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Option<Posting> {
    let coming = schedule.upcoming(after, zone, calendar);
    coming
        .take(PREVIEWS_LOOKED_AT)
        .map(|moment| of(moment, calendar))
        .find(|posting| posting.preview.instant(zone) > after)
}

fn of(moment: Moment, calendar: &Calendar) -> Posting {
    let earlier = i32::try_from(PREVIEW_BUSINESS_DAYS).unwrap_or(0);
    let day = calendar.business_days_from(moment.date, -earlier);
    Posting {
        month: YearMonth::of(moment.date).previous(),
        moment,
        preview: Moment {
            // An office that never works sees it with the post.
            date: day.unwrap_or(moment.date),
            ..moment
        },
    }
}

/// Whether a schedule fits: every month is posted once at most.
///
/// # Errors
/// [`PostingFault`].
pub fn fit(
    schedule: &Schedule,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Result<(), PostingFault> {
    let months: Vec<YearMonth> = schedule
        .upcoming(now, zone, calendar)
        .take(LOOKED_AT)
        .map(|moment| of(moment, calendar).month)
        .collect();
    if months.is_empty() {
        return Err(PostingFault::Never);
    }
    if months.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(PostingFault::TooOften);
    }
    Ok(())
}

/// Reads a month: 2026-11, 202611, 令和8年11月, R8.11, 今月, 先月. One without a year (11月, 11) is the last
/// of that name. `None` for what is no month.
#[must_use]
pub fn read_month(written: &str, today: NaiveDate) -> Option<YearMonth> {
    let even = normalise(written);
    let even = even.trim();
    let this = YearMonth::of(today);
    match even {
        "今月" => return Some(this),
        "先月" => return Some(this.previous()),
        _ => {}
    }
    let bare = even.trim_end_matches('月');
    if let Ok(number) = bare.parse::<u32>() {
        if bare.len() == 6 {
            return YearMonth::from_number(i64::from(number));
        }
        let year = today.year() - i32::from(number > today.month());
        return NaiveDate::from_ymd_opt(year, number, 1).map(YearMonth::of);
    }
    let first = if bare.len() < even.len() {
        format!("{even}1日")
    } else {
        let separator = even.chars().rfind(|letter| "-/.".contains(*letter))?;
        format!("{even}{separator}1")
    };
    parse_date(&first, today).ok().map(YearMonth::of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Tokyo;

    fn instant(written: &str) -> DateTime<Utc> {
        written.parse().expect("an instant")
    }

    #[test]
    fn the_month_before_is_posted_on_the_first_business_day_and_seen_three_before() {
        let calendar = Calendar::default();
        // Monday 23 November 2026 is a holiday; 29 December to 3 January are closed.
        for (after, month, post, preview) in [
            ("2026-11-20T00:00:00Z", 202_611, "2026-12-01", "2026-11-26"),
            ("2026-12-01T00:00:00Z", 202_612, "2027-01-04", "2026-12-24"),
            ("2026-11-30T23:59:59Z", 202_611, "2026-12-01", "2026-11-26"),
        ] {
            let found = next(&standard(), instant(after), Tokyo, &calendar).expect("every month");
            assert_eq!(
                (
                    found.month.number(),
                    found.moment.date.to_string().as_str(),
                    found.preview.date.to_string().as_str(),
                    found.moment.time.to_string().as_str(),
                ),
                (month, post, preview, "09:00:00"),
                "{after}"
            );
        }
    }

    #[test]
    fn a_preview_whose_time_has_passed_is_that_of_the_next_month() {
        let calendar = Calendar::default();
        for (after, month) in [
            ("2026-11-25T23:59:59Z", 202_611),
            ("2026-11-26T00:00:00Z", 202_612),
            ("2026-11-30T00:00:00Z", 202_612),
        ] {
            let found = next_preview(&standard(), instant(after), Tokyo, &calendar);
            let found = found.map(|posting| posting.month.number());
            assert_eq!(found, Some(month), "{after}");
        }
    }

    #[test]
    fn a_month_is_posted_once_at_most() {
        let now = instant("2026-11-20T01:00:00Z");
        for (written, expected) in [
            (STANDARD, Ok(())),
            ("0 9 10 * * shift=next", Ok(())),
            ("0 9 1 * * shift=next", Ok(())),
            ("0 9 B1 4,7,10,1 *", Ok(())),
            ("0 9 BL * *", Ok(())),
            ("0 9 * * 1", Err(PostingFault::TooOften)),
            ("0 9,15 B1 * *", Err(PostingFault::TooOften)),
            // The first on a day off goes to the month before, which has had its post.
            ("0 9 1 * * shift=previous", Err(PostingFault::TooOften)),
            ("0 9 30 2 *", Err(PostingFault::Never)),
        ] {
            let schedule = Schedule::parse(written);
            let Ok(schedule) = schedule else {
                assert_eq!(expected, Err(PostingFault::Never), "{written}");
                continue;
            };
            let found = fit(&schedule, now, Tokyo, &Calendar::default());
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn nothing_is_posted_where_the_office_says_so() {
        assert_eq!(read(NEVER), Ok(None));
        assert_eq!(read(STANDARD), Ok(Some(standard())));
        assert!(read("いつか").is_err());
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
        for (written, expected) in [
            ("2026-11", Some(202_611)),
            ("２０２６／１０", Some(202_610)),
            ("202604", Some(202_604)),
            ("令和8年11月", Some(202_611)),
            ("R8.4", Some(202_604)),
            ("2027年1月", Some(202_701)),
            ("11月", Some(202_611)),
            ("12月", Some(202_512)),
            ("3", Some(202_603)),
            ("今月", Some(202_611)),
            ("先月", Some(202_610)),
            ("13月", None),
            ("202613", None),
            ("2026-13", None),
            ("11/20/5", None),
            ("来世", None),
            ("", None),
        ] {
            let found = read_month(written, today).map(YearMonth::number);
            assert_eq!(found, expected, "{written}");
        }
    }
}
