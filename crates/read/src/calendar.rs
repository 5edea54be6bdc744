//! Days, and what a date of another calendar is in the Gregorian one.
//!
//! Conversions are those of ICU4X. The lunar Hijri calendar is the tabular one: the month really begins when the moon is
//! seen, so every value that comes from it is marked `~`, a day more or less. A month or year of another calendar is
//! the interval of days that it fills.

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::{TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
use icu_calendar::types::{Month, RataDie};
use icu_calendar::{Date, Iso};
use rashomon_core::Calendar;

/// A day of the Gregorian calendar, carried back before its reform; year 0 is 1 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day {
    /// Year.
    pub(crate) year: i32,
    /// Month, from 1.
    pub(crate) month: u8,
    /// Day of the month, from 1.
    pub(crate) day: u8,
}

impl Day {
    /// A day, if the calendar has it.
    pub(crate) fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        Date::try_new_iso(year, month, day).ok().map(|_| Day { year, month, day })
    }

    /// The day of `1904-10-22`; the first of what a shorter or longer value names.
    pub(crate) fn read(edtf: &str) -> Option<Day> {
        let part = |range: std::ops::Range<usize>| edtf.get(range).and_then(|p| p.parse::<u8>().ok());
        let year = edtf.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        Day::new(year, part(5..7)?, part(8..10)?)
    }

    /// The last day of a month.
    pub(crate) fn month_end(year: i32, month: u8) -> Option<Day> {
        let length = Date::try_new_iso(year, month, 1).ok()?.days_in_month();
        Day::new(year, month, length)
    }

    fn number(self) -> i64 {
        Date::try_new_iso(self.year, self.month, self.day).map_or(0, |d| d.to_rata_die().to_i64_date())
    }

    /// So many days later; earlier if negative.
    pub(crate) fn plus_days(self, days: i64) -> Day {
        let number = self.number().saturating_add(days.clamp(-4_000_000, 4_000_000));
        from_iso(Date::from_rata_die(RataDie::new(number), Iso))
    }

    /// So many months later, on the same day or the month's last.
    pub(crate) fn plus_months(self, months: i64) -> Option<Day> {
        let total = i64::from(self.year) * 12 + i64::from(self.month) - 1 + months;
        let (year, month) = (i32::try_from(total.div_euclid(12)).ok()?, (total.rem_euclid(12) + 1) as u8);
        let last = Day::month_end(year, month)?;
        Day::new(year, month, self.day.min(last.day))
    }

    /// Day of the week, Monday is 1.
    pub(crate) fn weekday(self) -> i64 {
        (self.number() - 1).rem_euclid(7) + 1
    }

    /// Days from this one to another.
    pub(crate) fn until(self, other: Day) -> i64 {
        other.number() - self.number()
    }

    /// As EDTF.
    pub(crate) fn edtf(self) -> String {
        format!("{}-{:02}-{:02}", year_edtf(self.year), self.month, self.day)
    }
}

/// A year as EDTF, four digits with the sign before it.
pub(crate) fn year_edtf(year: i32) -> String {
    if year < 0 { format!("-{:04}", -i64::from(year)) } else { format!("{year:04}") }
}

fn from_iso(date: Date<Iso>) -> Day {
    Day { year: date.year().extended_year(), month: date.month().number(), day: date.day_of_month().0 }
}

/// The Gregorian day of a day in another calendar; months as the calendar counts them (Hebrew from Tishri).
pub(crate) fn convert(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<Day> {
    const TABULAR: Hijri<icu_calendar::cal::hijri::TabularAlgorithm> =
        Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday);
    let iso = match calendar {
        Calendar::Gregorian => return Day::new(year, month, day),
        Calendar::Julian => Date::try_new_julian(year, month, day).ok()?.to_calendar(Iso),
        Calendar::SolarHijri => Date::try_new_persian(year, month, day).ok()?.to_calendar(Iso),
        Calendar::Hijri => Date::try_new_hijri_with_calendar(year, month, day, TABULAR).ok()?.to_calendar(Iso),
        Calendar::Hebrew => Date::try_new_hebrew_v2(year, Month::new(month), day).ok()?.to_calendar(Iso),
    };
    Some(from_iso(iso))
}

/// First and last day of a month of another calendar.
pub(crate) fn month_of(calendar: Calendar, year: i32, month: u8) -> Option<(Day, Day)> {
    let first = convert(calendar, year, month, 1)?;
    let last = (27..=31).rev().find_map(|day| convert(calendar, year, month, day))?;
    Some((first, last))
}

/// First and last day of a year of another calendar.
pub(crate) fn year_of(calendar: Calendar, year: i32) -> Option<(Day, Day)> {
    let next = convert(calendar, year + 1, 1, 1)?;
    Some((convert(calendar, year, 1, 1)?, next.plus_days(-1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_calendars_become_gregorian() {
        let day = |calendar, y, m, d| convert(calendar, y, m, d).map(Day::edtf).unwrap_or_default();
        assert_eq!(day(Calendar::Julian, 1904, 10, 9), "1904-10-22");
        assert_eq!(day(Calendar::SolarHijri, 1391, 1, 1), "2012-03-20");
        assert_eq!(day(Calendar::Hebrew, 5708, 8, 5), "1948-05-14", "Iyar is the eighth from Tishri");
        assert_eq!(day(Calendar::Hijri, 1445, 9, 1), "2024-03-11");
        let (first, last) = year_of(Calendar::SolarHijri, 1391).unwrap();
        assert_eq!((first.edtf(), last.edtf()), ("2012-03-20".into(), "2013-03-20".into()), "a leap year");
        let (first, last) = month_of(Calendar::SolarHijri, 1391, 7).unwrap();
        assert_eq!((first.edtf(), last.edtf()), ("2012-09-22".into(), "2012-10-21".into()));
        assert_eq!(convert(Calendar::SolarHijri, 1391, 13, 1), None);
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let day = Day::read("1904-02-28").unwrap();
        assert_eq!(day.plus_days(2).edtf(), "1904-03-01");
        assert_eq!(day.weekday(), 7);
        assert_eq!(Day::read("1904-01-31").unwrap().plus_months(1).unwrap().edtf(), "1904-02-29");
        assert_eq!(day.until(Day::read("1905-02-28").unwrap()), 366);
        assert_eq!(Day::read("1904-13-01"), None);
        assert_eq!(Day::read("mille"), None);
        assert_eq!(Day::new(-43, 3, 15).unwrap().edtf(), "-0043-03-15");
    }
}
