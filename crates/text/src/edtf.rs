//! Comparing dates in EDTF (ISO 8601-2:2019, levels 0 to 2) only as far as both are precise: a year reaches every day of
//! itself, so that nobody who dates something to a year is shut out by somebody who knows the day.

/// First and last date of a value: of an interval its ends, of a date the date twice.
pub fn ends(value: &str) -> (&str, &str) {
    value.split_once('/').unwrap_or((value, value))
}

/// Whether `late` is not before `early`, as far as the shorter of the two is precise.
pub fn reaches(late: &str, early: &str) -> bool {
    let length = late.len().min(early.len());
    late.get(..length) >= early.get(..length)
}

/// The days that a value may lie on, counted from 1970-01-01; nothing where an end is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub first: Option<i64>,
    /// Last day.
    pub last: Option<i64>,
}

impl Period {
    /// Whether both may be the same time.
    pub fn meets(self, other: Period) -> bool {
        let before = |x: Option<i64>, y: Option<i64>| x.zip(y).is_some_and(|(x, y)| x < y);
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// The day, if it is one.
    pub fn day(self) -> Option<i64> {
        self.first.filter(|_| self.first == self.last)
    }
}

/// The days of a date or an interval of EDTF; `None` for lengths of time, days of unnamed years and parts of a day alone.
pub fn period(value: &str) -> Option<Period> {
    let (from, to) = ends(value);
    let one = |part: &str| -> Option<(Option<i64>, Option<i64>)> {
        if part == ".." || part.is_empty() {
            return Some((None, None));
        }
        days(part).map(|(first, last)| (Some(first), Some(last)))
    };
    let (first, last) = (one(from)?.0, one(to)?.1);
    (first.is_some() || last.is_some()).then_some(Period { first, last })
}

/// First and last day of a year, a month, a day, a season, a quarter or a half.
fn days(date: &str) -> Option<(i64, i64)> {
    let date = date.split('T').next()?.trim_end_matches(['~', '?', '%']);
    let mut parts = date.split('-');
    let year = parts.next()?;
    if year.len() != 4 || year.starts_with('X') {
        return None;
    }
    let (low, high): (i64, i64) = (year.replace('X', "0").parse().ok()?, year.replace('X', "9").parse().ok()?);
    let Some(month) = parts.next().filter(|m| !m.contains('X')) else {
        return Some((day(low, 1, 1), day(high + 1, 1, 1) - 1));
    };
    let (from, to) = match month.parse::<i64>().ok()? {
        m @ 1..=12 => (m, m),
        season @ 21..=24 => ((season - 21) * 3 + 3, (season - 21) * 3 + 5),
        quarter @ 33..=36 => ((quarter - 33) * 3 + 1, (quarter - 33) * 3 + 3),
        half @ 40..=41 => ((half - 40) * 6 + 1, (half - 40) * 6 + 6),
        _ => return None,
    };
    match parts.next() {
        Some(number) if from == to => {
            let at = day(low, from, number.parse().ok().filter(|n| (1..=31).contains(n))?);
            Some((at, at))
        }
        Some(_) => None,
        None => Some((day(low, from, 1), day(low, to + 1, 1) - 1)),
    }
}

/// The day's number in the Gregorian calendar, counted from 1970-01-01; months past December are of the next year.
/// (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013.)
fn day(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_compare_as_far_as_both_are_precise() {
        assert!(reaches("1905", "1904-10-22"));
        assert!(reaches("1904", "1904-10-22") && reaches("1904-10-22", "1904"));
        assert!(!reaches("1904-10-21", "1904-10-22"));
        assert_eq!(ends("1904-10-08/1904-10-09"), ("1904-10-08", "1904-10-09"));
        assert_eq!(ends("1904"), ("1904", "1904"));
    }

    #[test]
    fn a_value_covers_its_days() {
        let of = |value: &str| period(value).map(|p| (p.first, p.last));
        assert_eq!(of("1970-01-02"), Some((Some(1), Some(1))));
        assert_eq!(of("1970"), Some((Some(0), Some(364))));
        assert_eq!(of("1972-02"), Some((Some(761), Some(789))), "a leap year");
        assert_eq!(of("1969-12-31TNI").unwrap().0, Some(-1));
        assert_eq!(of("../1970-01-01"), Some((None, Some(0))));
        assert_eq!(of("1970-01-01/.."), Some((Some(0), None)));
        assert_eq!(of("197X").unwrap().0, Some(0));
        assert_eq!(of("1969-24"), Some((Some(-31), Some(58))), "winter goes on into the next year");
        for unknown in
            ["P51D", "XXXX-01-03", "T14:30", "", "..", "1904-99", "PT20M", "1904-10-x", "1904-10-9223372036854775807"]
        {
            assert_eq!(period(unknown), None, "{unknown}");
        }
        let meets = |a: &str, b: &str| period(a).unwrap().meets(period(b).unwrap());
        assert!(meets("1904", "1904-10-22") && meets("1904-10/..", "1905") && !meets("1904-10-21", "1904-10-22"));
        assert!(!meets("../1903", "1904-10"));
        assert_eq!(period("1904-10-22").unwrap().day(), Some(-23_812));
        assert_eq!(period("1904-10").unwrap().day(), None);
    }
}
