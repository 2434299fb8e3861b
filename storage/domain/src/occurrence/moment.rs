//! A moment on a calendar on the wall: a day and a time of day, which become an instant only where the
//! time zone is known.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// A day and a time of day as an office writes them down. It stays what it is when the office changes
/// its time zone, or the zone its clocks; the instant follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub date: NaiveDate,
    /// The time of day.
    pub time: NaiveTime,
}

impl Moment {
    /// The instant in a time zone. Where clocks are changed, a time that does not exist moves to the
    /// first instant after the gap, and of a time that comes twice it is the first (DESIGN section 4).
    #[must_use]
    pub fn instant(self, zone: Tz) -> DateTime<Utc> {
        let local = self.date.and_time(self.time);
        let found = match zone.from_local_datetime(&local) {
            LocalResult::Single(only) => Some(only),
            LocalResult::Ambiguous(first, _) => Some(first),
            LocalResult::None => GapInfo::new(&local, &zone).and_then(|gap| gap.end),
        };
        // Only beyond the years that calendars know is there no instant; then the zone is left out.
        found.map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{
        America::{New_York, Sao_Paulo},
        Asia::Tokyo,
        Australia::Lord_Howe,
        Europe::Berlin,
        Pacific::Apia,
        TZ_VARIANTS,
    };

    fn moment(written: &str) -> Moment {
        let local = chrono::NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M")
            .expect("a time such as 2026-11-20 10:00");
        Moment {
            date: local.date(),
            time: local.time(),
        }
    }

    #[test]
    fn a_time_on_the_wall_is_an_instant_of_its_zone() {
        for (written, zone, expected) in [
            ("2026-11-23 09:00", Tokyo, "2026-11-23T00:00:00Z"),
            ("2026-07-01 09:00", Berlin, "2026-07-01T07:00:00Z"),
            ("2026-12-01 09:00", Berlin, "2026-12-01T08:00:00Z"),
            // The gap from 2 to 3 in the morning.
            ("2026-03-29 01:59", Berlin, "2026-03-29T00:59:00Z"),
            ("2026-03-29 02:00", Berlin, "2026-03-29T01:00:00Z"),
            ("2026-03-29 02:30", Berlin, "2026-03-29T01:00:00Z"),
            ("2026-03-29 03:00", Berlin, "2026-03-29T01:00:00Z"),
            // From 2 to 3 comes twice; the first is in summer time.
            ("2026-10-25 02:30", Berlin, "2026-10-25T00:30:00Z"),
            ("2026-03-08 02:15", New_York, "2026-03-08T07:00:00Z"),
            ("2026-11-01 01:15", New_York, "2026-11-01T05:15:00Z"),
            // A gap of half an hour, one at midnight, and a day that was left out.
            ("2026-10-04 02:10", Lord_Howe, "2026-10-03T15:30:00Z"),
            ("2018-11-04 00:30", Sao_Paulo, "2018-11-04T03:00:00Z"),
            ("2011-12-30 09:00", Apia, "2011-12-30T10:00:00Z"),
        ] {
            let found = moment(written)
                .instant(zone)
                .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            assert_eq!(found, expected, "{written} in {zone}");
        }
    }

    #[test]
    fn every_zone_has_an_instant_for_times_all_over_the_year() {
        let first = moment("2026-01-01 00:00").date;
        for zone in TZ_VARIANTS {
            for (date, half_hour) in first.iter_days().take(365).zip((0..48).cycle()) {
                let time = NaiveTime::from_hms_opt(half_hour / 2, half_hour % 2 * 30, 0)
                    .expect("half hours of a day");
                let moment = Moment { date, time };
                let local = moment.instant(zone).with_timezone(&zone).naive_local();
                let missing = zone.from_local_datetime(&date.and_time(time)) == LocalResult::None;
                if missing {
                    assert!(local > date.and_time(time), "{date} {time} in {zone}");
                } else {
                    assert_eq!(local, date.and_time(time), "{zone}");
                }
            }
        }
    }
}
