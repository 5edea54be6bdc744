//! Times in EDTF as intervals of days, to sort by and to compare: a month is all its days, an open end reaches for ever.

use rashomon_text::edtf::period;

/// From the first to the last day of a brief time: a night that two calendars give two days, and one more.
pub(super) const BRIEF: i64 = 2;

/// First and last day, counted from 1 January 1970; an open end is as far away as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub first: i64,
    /// Last day.
    pub last: i64,
}

impl Interval {
    /// Of an EDTF date or interval (levels 0 and 1, seasons and quarters); `None` for lengths of time, days of an unnamed
    /// year and what cannot be known.
    pub fn of(edtf: &str) -> Option<Interval> {
        let period = period(edtf)?;
        let (first, last) = (period.first.unwrap_or(i64::MIN), period.last.unwrap_or(i64::MAX));
        (first <= last).then_some(Interval { first, last })
    }

    /// Whether both can be the same time.
    pub fn meets(self, other: Interval) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether it is a day or a few (a night that two calendars give two days).
    pub fn is_brief(self) -> bool {
        self.last.saturating_sub(self.first) <= BRIEF
    }

    /// A day as `1904-10-22`.
    pub fn iso(day: i64) -> String {
        // Hinnant, "chrono-compatible low-level date algorithms", 2013.
        let z = day.saturating_add(719_468);
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let (day, month) =
            (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
        let year = year_of_era + era.saturating_mul(400) + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// In words: day, days (a few), a calendar month or year, or an interval of any other length.
    pub fn precision(self) -> &'static str {
        let (from, to) = (Interval::iso(self.first), Interval::iso(self.last));
        let whole = |length: usize| {
            let of = from.get(..length).filter(|part| to.get(..length) == Some(part));
            of.and_then(Interval::of).is_some_and(|calendar| calendar == self)
        };
        match self.last.saturating_sub(self.first) {
            0 => "day",
            1..=2 => "days",
            3..=30 if whole(7) => "month",
            31..=365 if whole(4) => "year",
            _ => "interval",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_intervals_of_days() {
        let days = |text: &str| Interval::of(text).map(|i| (i.first, i.last));
        assert_eq!(days("1970-01-01"), Some((0, 0)));
        for text in ["1904-10-22", "2000-02-29", "1899-12-31", "0030-04-07"] {
            assert_eq!(days(text).map(|d| Interval::iso(d.0)).as_deref(), Some(text));
        }
        assert_eq!(days("2000-02"), Some((10_988, 11_016)));
        assert_eq!(days("1904-10-21/1904-10-22"), Some((-23_813, -23_812)));
        assert_eq!(days("1904~"), Some((-24_107, -23_742)));
        assert_eq!(days("1904-10-21T01:00"), Some((-23_813, -23_813)));
        assert_eq!(days("190X").map(|d| d.0), Some(-25_567));
        assert_eq!(days("../1930").map(|d| d.0), Some(i64::MIN));
        for none in ["P3Y", "XXXX-01-03", "", "TMO", "1904-13", "../..", "1930/1920"] {
            assert_eq!(days(none), None, "{none}");
        }
    }

    #[test]
    fn a_year_meets_its_days_and_precision_is_told() {
        let of = |text: &str| Interval::of(text).unwrap();
        assert!(of("1904").meets(of("1904-10-22")) && !of("1904-10-21").meets(of("1904-10-22")));
        let told = ["1904-10-22", "1904-10-21/1904-10-22", "1904-10", "1904", "1904/1910"].map(|t| of(t).precision());
        assert_eq!(told, ["day", "days", "month", "year", "interval"]);
        let told = ["1904-10-26/1904-10-29", "1904-12-22/1905-02-25", "1904-22"].map(|t| of(t).precision());
        assert_eq!(told, ["interval"; 3]);
    }
}
