//! Dates whose words name a place on the calendar: days, months, years, decades, centuries, seasons, quarters. A day
//! or month without a year takes it from the text's time line or, near the document's own time, from its date.

use super::value::{Grain, Standpoint, Value};
use crate::calendar::Day;
use crate::pattern::Fit;

/// A two-digit year in full: in the hundred years that end twenty years from now or from the document.
fn full_year(two: i64, standpoint: &Standpoint) -> i32 {
    let last = standpoint.written.map_or(2035, |d| d.year + 20);
    let century = last.div_euclid(100) * 100;
    let year = century + two as i32;
    if year > last { year - 100 } else { year }
}

/// The year that a fit names, before or after our era.
pub(super) fn named_year(fit: &Fit, standpoint: &Standpoint) -> Option<i32> {
    let whole = fit.value("YEAR").or_else(|| fit.value("OLDYEAR")).or_else(|| fit.value("YEARWORDS"));
    let year = match whole {
        Some(year) => i32::try_from(year).ok()?,
        None => full_year(fit.value("TWO")?, standpoint),
    };
    Some(if fit.value("ERA") == Some(-1) { 1 - year } else { year })
}

/// A day or month, with or without its year.
pub(super) fn date(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let month = u8::try_from(fit.value("MONTH").or_else(|| fit.value("MON"))?).ok()?;
    let day = fit.value("DAY").or_else(|| fit.value("ORD").map(|o| o + fit.value("TENS").unwrap_or(0)));
    let day = day.map(|d| u8::try_from(d).unwrap_or(0));
    match (named_year(fit, standpoint), day) {
        (Some(year), Some(day)) => Day::new(year, month, day).map(Value::day),
        (Some(year), None) => Value::month(year, month),
        (None, day) => yearless(month, day, standpoint),
    }
}

/// A day or month whose year must come from elsewhere; `XXXX` where nothing says it.
pub(super) fn yearless(month: u8, day: Option<u8>, standpoint: &Standpoint) -> Option<Value> {
    let year = match (standpoint.told_year(), standpoint.now(Grain::Month)) {
        (Some(year), _) => Some(year),
        (None, Some(written)) => Some(near(month, day, written, standpoint)),
        (None, None) => standpoint.told.filter(|t| t.1 <= Grain::Year).map(|t| t.0.year),
    };
    match (year, day) {
        (Some(year), Some(day)) => Day::new(year, month, day).map(Value::day),
        (Some(year), None) => Value::month(year, month),
        (None, Some(day)) => {
            Day::new(2000, month, day)?;
            Some(Value::text(format!("XXXX-{month:02}-{day:02}"), Grain::Day))
        }
        (None, None) => Some(Value::text(format!("XXXX-{month:02}"), Grain::Month)),
    }
}

/// The year in which a day or month lies nearest to the document's date. Nobody leaves out the year of a day that lies
/// ten months back while the same day is two months ahead; farther off, the tense around decides.
fn near(month: u8, day: Option<u8>, written: Day, standpoint: &Standpoint) -> i32 {
    let ahead = i32::from(month) - i32::from(written.month);
    let later_this_month = ahead == 0 && day.is_some_and(|d| d > written.day);
    let coming = standpoint.future && !standpoint.past;
    match ahead {
        1..=2 => written.year,
        3.. if coming => written.year,
        3.. => written.year - 1,
        0 if later_this_month => written.year,
        ..=-2 if coming => written.year + 1,
        ..=-10 if !standpoint.past => written.year + 1,
        _ => written.year,
    }
}

/// `the second Monday of March 1923`, `the last Friday in May`.
pub(super) fn nth_weekday(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let month = u8::try_from(fit.value("MONTH")?).ok()?;
    let year = match named_year(fit, standpoint) {
        Some(year) => year,
        None => match yearless(month, None, standpoint)?.ends {
            Some((first, _)) => first.year,
            None => return Some(Value::text(format!("XXXX-{month:02}"), Grain::Month)),
        },
    };
    let wanted = fit.value("WEEKDAY")?;
    let day = match fit.value("ORD") {
        Some(number) => {
            let first = Day::new(year, month, 1)?;
            first.plus_days((wanted - first.weekday()).rem_euclid(7) + 7 * (number - 1))
        }
        None => {
            let last = Day::month_end(year, month)?;
            last.plus_days(-(last.weekday() - wanted).rem_euclid(7))
        }
    };
    (day.month == month).then(|| Value::day(day))
}

/// `Friday the 13th`: the nearest day that is both.
pub(super) fn weekday_day(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let (weekday, day) = (fit.value("WEEKDAY")?, u8::try_from(fit.value("DAY")?).ok()?);
    let Some(near) = standpoint.line(Grain::Month) else { return Some(Value::open(Grain::Day)) };
    let months = (-14i64..=14).filter_map(|m| Day { day: 1, ..near }.plus_months(m));
    let fitting = months.filter_map(|m| Day::new(m.year, m.month, day)).filter(|d| d.weekday() == weekday);
    Some(fitting.min_by_key(|d| d.until(near).abs()).map_or(Value::open(Grain::Day), Value::day))
}

/// `on the 21st`: of the month that the text's time line stands in.
pub(super) fn day_of_month(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let day = u8::try_from(fit.value("DAY")?).ok()?;
    let Some(near) = standpoint.line(Grain::Month) else { return Some(Value::open(Grain::Day)) };
    Day::new(near.year, near.month, day).map(Value::day)
}

/// `3-5 March 1905`, `3 and 5 March`.
pub(super) fn days(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let month = u8::try_from(fit.value("MONTH")?).ok()?;
    let mut days = fit.all("DAY").map(|d| u8::try_from(d.value).unwrap_or(0));
    let (first, last) = (days.next()?, days.next()?);
    let year = match named_year(fit, standpoint) {
        Some(year) => year,
        None => match yearless(month, Some(first), standpoint)?.ends {
            Some((day, _)) => day.year,
            None => {
                return Some(Value::text(format!("XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}"), Grain::Days));
            }
        },
    };
    let (first, last) = (Day::new(year, month, first)?, Day::new(year, month, last)?);
    (first < last).then(|| Value::days(first, last, Grain::Days))
}

/// `May and July 1905`.
pub(super) fn months(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let year = named_year(fit, standpoint)?;
    let mut months = fit.all("MONTH").map(|m| u8::try_from(m.value).unwrap_or(0));
    let (first, last) = (months.next()?, months.next()?);
    let begin = Value::month(if first > last { year - 1 } else { year }, first)?;
    begin.to(&Value::month(year, last)?)
}

/// `25/12/1921`; where day and month cannot be told apart, the document's own date may tell, else both stay.
pub(super) fn numeric(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let mut numbers = fit.all("INT").map(|n| u8::try_from(n.value).unwrap_or(0));
    let (a, b) = (numbers.next()?, numbers.next()?);
    let year = named_year(fit, standpoint)?;
    let (day_first, month_first) = (Day::new(year, b, a), Day::new(year, a, b));
    match (day_first, month_first) {
        (Some(day), None) | (None, Some(day)) => Some(Value::day(day)),
        (Some(one), Some(other)) if one == other => Some(Value::day(one)),
        (Some(one), Some(other)) => {
            let close = |d: Day| standpoint.now(Grain::Day).is_some_and(|w| (-7..=28).contains(&d.until(w)));
            match (close(one), close(other)) {
                (true, false) => Some(Value::day(one)),
                (false, true) => Some(Value::day(other)),
                _ => {
                    let (early, late) = (one.min(other), one.max(other));
                    Some(Value {
                        edtf: Some(format!("[{},{}]", early.edtf(), late.edtf())),
                        ..Value::days(early, late, Grain::Year)
                    })
                }
            }
        }
        (None, None) => None,
    }
}

/// `1914-18`, `1899/1900`, `1899–02`; `2016-11` is a month, as the second number cannot be a later year of the century.
pub(super) fn years(fit: &Fit, words: &[&str]) -> Option<Value> {
    let mut years = fit.all("YEAR").map(|y| i32::try_from(y.value).unwrap_or(0));
    let first = years.next()?;
    let last = match (years.next(), fit.value("TWO")) {
        (Some(last), _) => last,
        (None, Some(two)) => {
            let two = i32::try_from(two).ok()?;
            let last = first / 100 * 100 + two;
            match (last > first, words.contains(&"–")) {
                (true, _) => last,
                (false, true) if first % 100 >= 90 => last + 100,
                (false, _) => return Value::month(first, u8::try_from(two).ok()?),
            }
        }
        (None, None) => return None,
    };
    Value::year(first)?.to(&Value::year(last)?)
}

/// `the 1880s`, `the nineties`, `the eighteen-nineties`.
pub(super) fn decade(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let year = match (fit.value("YEAR"), fit.value("TWO"), fit.value("DECADE")) {
        (Some(year), ..) if year % 100 == 0 && (1100..2000).contains(&year) => {
            // The 1900s may be ten years or a hundred; the hundred holds the ten.
            return Value::century((year / 100 + 1) as i32);
        }
        (Some(year), ..) => year as i32,
        (_, Some(two), _) => full_year(two, standpoint),
        (_, _, Some(tens)) => match fit.value("SMALL") {
            Some(century) => (century * 100 + tens * 10) as i32,
            None => full_year(tens * 10, standpoint),
        },
        _ => return None,
    };
    (year % 10 == 0).then(|| Value::decade(year)).flatten()
}

/// `the nineteenth century`.
pub(super) fn century(fit: &Fit) -> Option<Value> {
    let number = fit.value("INT").or_else(|| fit.value("ORD").map(|o| o + fit.value("TENS").unwrap_or(0)))?;
    let number = i32::try_from(number).ok().filter(|n| (1..=30).contains(n))?;
    Value::century(if fit.value("ERA") == Some(-1) { -number } else { number })
}

/// The year that `last year` and the like name in a longer expression, else the one named.
fn year_said(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<i32> {
    let says = |word: &str| words.contains(&word);
    let now = standpoint.now(Grain::Year).map(|d| d.year);
    match named_year(fit, standpoint) {
        Some(year) => Some(year),
        None if says("year") && says("last") => Some(now? - 1),
        None if says("year") && says("next") => Some(now? + 1),
        None if says("year") && says("this") => now,
        None => None,
    }
}

/// A season, of a year or of the time around.
pub(super) fn season(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let code = u8::try_from(fit.value("SEASON")?).ok()?;
    if let Some(year) = year_said(fit, words, standpoint) {
        return Value::part_of_year(year, code);
    }
    let Some(now) = standpoint.near() else {
        return Some(Value::text(format!("XXXX-{code}"), Grain::Part));
    };
    let this = Value::part_of_year(now.year - i32::from(code == 24 && now.month < 3), code)?;
    let (first, last) = this.ends?;
    let shift = match (fit.value("LAST").is_some(), fit.value("NEXT").is_some()) {
        (true, _) => -i32::from(last >= now),
        (_, true) => i32::from(first <= now),
        _ if fit.value("THIS").is_some() => 0,
        _ if standpoint.past => -i32::from(first > now),
        _ if standpoint.future => i32::from(last < now),
        _ => 0,
    };
    Value::part_of_year(first.year + shift, code)
}

/// A quarter of a year; without the year, the last that had begun when the document was written.
pub(super) fn quarter(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let number = fit.value("ORD").or_else(|| fit.value("INT"));
    let Some(number) = number else {
        // `the 1988 quarter`: the same one of that year.
        let (_, code) = standpoint.quarter?;
        return Value::part_of_year(named_year(fit, standpoint)?, code);
    };
    let number = u8::try_from(number).ok().filter(|n| (1..=4).contains(n))?;
    let code = 32 + number;
    if let Some(year) = year_said(fit, words, standpoint) {
        return Value::part_of_year(year, code);
    }
    let Some(now) = standpoint.near() else {
        return Some(Value::text(format!("XXXX-{code}"), Grain::Part));
    };
    let begins_after = 3 * (number - 1) + 1 > now.month;
    let year = now.year - i32::from(begins_after && !standpoint.future);
    Value::part_of_year(year, code)
}

/// `the quarter`, `the latest period`: the one that was named last, else the last that had ended.
pub(super) fn same_quarter(words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    if let Some((year, code)) = standpoint.quarter {
        return Value::part_of_year(year, code);
    }
    if words.contains(&"period") {
        return None;
    }
    match standpoint.near() {
        Some(now) => super::relative::unit_at(now, 7, -1),
        None => Some(Value::open(Grain::Part)),
    }
}

/// `the first half of 1918`.
pub(super) fn half(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let year = year_said(fit, words, standpoint).or_else(|| standpoint.line(Grain::Year).map(|d| d.year))?;
    let first = match fit.value("INT") {
        Some(number) if !(1..=2).contains(&number) => return None,
        Some(number) => number == 1,
        None => words.contains(&"first"),
    };
    Value::part_of_year(year, if first { 40 } else { 41 })
}

/// A feast of a fixed day.
pub(super) fn holiday(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let code = fit.value("HOLIDAY")?;
    let (month, day) = (u8::try_from(code / 100).ok()?, u8::try_from(code % 100).ok()?);
    match named_year(fit, standpoint) {
        Some(year) => Day::new(year, month, day).map(Value::day),
        None => {
            let shifted = Standpoint {
                past: standpoint.past || fit.value("LAST").is_some(),
                future: standpoint.future || fit.value("NEXT").is_some(),
                ..*standpoint
            };
            yearless(month, Some(day), &shifted)
        }
    }
}
