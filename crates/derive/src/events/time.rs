//! Times in EDTF as intervals of days, to sort by and to compare: a month is all its days, an open end reaches for ever.

/// First and last day, counted from 1 January 1970; an open end is as far away as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub first: i64,
    /// Last day.
    pub last: i64,
}

impl Interval {
    /// Of an EDTF date or interval (levels 0 and 1, seasons as their quarter of the year); `None` for lengths of time, days
    /// of an unnamed year and what cannot be known.
    pub fn of(edtf: &str) -> Option<Interval> {
        match edtf.split_once('/') {
            None => date(edtf),
            Some((from, to)) => {
                let open = |part: &str| part.is_empty() || part == "..";
                let first = if open(from) { i64::MIN } else { date(from)?.first };
                let last = if open(to) { i64::MAX } else { date(to)?.last };
                let both_open = open(from) && open(to);
                (!both_open && first <= last).then_some(Interval { first, last })
            }
        }
    }

    /// Whether both can be the same time.
    pub fn meets(self, other: Interval) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether it is a day or a few (a night that two calendars give two days).
    pub fn is_brief(self) -> bool {
        self.last.saturating_sub(self.first) <= 2
    }

    /// A day as `1904-10-22`.
    pub fn iso(day: i64) -> String {
        // Inverse of `day` below, by the same author.
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

    /// In words: day, month, year or interval.
    pub fn precision(self) -> &'static str {
        match self.last.saturating_sub(self.first) {
            0 => "day",
            1..=2 => "days",
            3..=30 => "month",
            31..=365 => "year",
            _ => "interval",
        }
    }
}

fn date(text: &str) -> Option<Interval> {
    let text = text.trim_end_matches(['~', '?', '%']);
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|y| y.len() == 4)?;
    let (low, high) = (year.replace('X', "0").parse::<i64>().ok()?, year.replace('X', "9").parse::<i64>().ok()?);
    if !year.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let Some(month) = parts.next() else { return Some(Interval { first: day(low, 1, 1), last: day(high, 12, 31) }) };
    let month: i64 = match month.parse() {
        Ok(month) => month,
        Err(_) => return Some(Interval { first: day(low, 1, 1), last: day(high, 12, 31) }),
    };
    let months = match month {
        1..=12 => (month, month),
        21 => (3, 5),
        22 => (6, 8),
        23 => (9, 11),
        24 => (12, 12),
        33..=36 => ((month - 33) * 3 + 1, (month - 33) * 3 + 3),
        40..=41 => ((month - 40) * 6 + 1, (month - 40) * 6 + 6),
        _ => return None,
    };
    match parts.next().and_then(|d| d.parse::<i64>().ok()) {
        Some(n) if months.0 == months.1 && (1..=31).contains(&n) => {
            let at = day(low, month, n);
            Some(Interval { first: at, last: at })
        }
        Some(_) => None,
        None => Some(Interval { first: day(low, months.0, 1), last: day(high, months.1, days_of(high, months.1)) }),
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1 January 1970 of a date of the Gregorian calendar (Hinnant, `chrono`-compatible low-level date algorithms).
fn day(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
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
        assert_eq!(days("190X").map(|d| d.0), Some(day(1900, 1, 1)));
        assert_eq!(days("../1930").map(|d| d.0), Some(i64::MIN));
        for none in ["P3Y", "XXXX-01-03", "", "TMO", "1904-13", "../..", "1930/1920"] {
            assert_eq!(days(none), None, "{none}");
        }
    }

    #[test]
    fn a_year_meets_its_days_and_precision_is_told() {
        let of = |text: &str| Interval::of(text).unwrap();
        assert!(of("1904").meets(of("1904-10-22")) && !of("1904-10-21").meets(of("1904-10-22")));
        let told = ["1904-10-22", "1904-10", "1904", "1904/1910"].map(|t| of(t).precision());
        assert_eq!(told, ["day", "month", "year", "interval"]);
    }
}
