//! Comparing dates in EDTF (ISO 8601-2:2019, levels 0 and 1) only as far as both are precise: a year reaches every day of
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
}
