//! Expressions that are reckoned from somewhere: from the day of writing (`yesterday`, `last week`) or from the last
//! date of the text (`two years later`, `the same month`). Where that is not known finely enough the value stays open.

use super::value::{Grain, Standpoint, Value};
use crate::calendar::Day;
use crate::number::Number;
use crate::pattern::Fit;

/// Names of the parts of a day in times of day (`TMO`).
const PARTS: [&str; 4] = ["MO", "AF", "EV", "NI"];

/// A part of a day, or the part of no day in particular.
pub(super) fn part_of_day(day: Option<Day>, code: i64) -> Option<Value> {
    let part = PARTS.get(usize::try_from(code - 1).ok()?)?;
    Some(match day {
        Some(day) => Value { edtf: Some(format!("{}T{part}", day.edtf())), grain: Grain::Clock, ..Value::day(day) },
        None => Value::text(format!("T{part}"), Grain::Clock),
    })
}

/// `yesterday`, `this morning`, `the day before yesterday`, `last night`.
pub(super) fn deictic(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let Some(now) = standpoint.now(Grain::Day) else { return Some(Value::open(Grain::Day)) };
    let mut shift = fit.value("DEICTIC").unwrap_or(0);
    let mut part = fit.value("DAYPART");
    if words.first() == Some(&"the") {
        shift = if words.contains(&"before") { -2 } else { 2 };
    } else if words == ["last", "night"] {
        (shift, part) = (-1, Some(4));
    } else if words.contains(&"tonight") {
        part = Some(4);
    }
    let day = now.plus_days(shift);
    match part {
        Some(part) => part_of_day(Some(day), part),
        None => Some(Value::day(day)),
    }
}

/// A day of the week, by the tense around it before or after the day of writing.
pub(super) fn weekday(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let wanted = fit.value("WEEKDAY")?;
    let Some(now) = standpoint.now(Grain::Day) else { return Some(Value::open(Grain::Day)) };
    let back = (now.weekday() - wanted).rem_euclid(7);
    let in_week = |weeks: i64| now.plus_days(7 * weeks + wanted - now.weekday());
    let day = match (words.contains(&"week"), fit.value("LAST").is_some(), fit.value("NEXT").is_some()) {
        (true, ..) => in_week(if words.contains(&"last") { -1 } else { i64::from(words.contains(&"next")) }),
        (_, true, _) => now.plus_days(if back == 0 { -7 } else { -back }),
        (_, _, true) => now.plus_days(if back == 0 { 7 } else { 7 - back }),
        _ if standpoint.future && !standpoint.past && back != 0 => now.plus_days(7 - back),
        _ => now.plus_days(-back),
    };
    match fit.value("DAYPART") {
        Some(part) => part_of_day(Some(day), part),
        None => Some(Value::day(day)),
    }
}

/// The unit of the calendar that holds a day, shifted by so many.
pub(super) fn unit_at(day: Day, unit: i64, shift: i64) -> Option<Value> {
    let shifted_year = |years: i64| i32::try_from(i64::from(day.year) + years).ok();
    match unit {
        1..=3 => Some(Value::open(Grain::Clock)),
        4 => Some(Value::day(day.plus_days(shift))),
        5 => Some(Value::week(day.plus_days(7 * shift))),
        13 => Some(Value::week(day.plus_days(14 * shift))),
        12 => {
            let saturday = day.plus_days(6 - day.weekday() + 7 * shift);
            Some(Value::days(saturday, saturday.plus_days(1), Grain::Days))
        }
        6 => {
            let moved = Day { day: 1, ..day }.plus_months(shift)?;
            Value::month(moved.year, moved.month)
        }
        7 => {
            let moved = Day { day: 1, ..day }.plus_months(3 * shift)?;
            Value::part_of_year(moved.year, 33 + (moved.month - 1) / 3)
        }
        8 => Value::year(shifted_year(shift)?),
        9 => Value::decade(shifted_year(10 * shift)?),
        10 => Value::century((shifted_year(100 * shift)?).div_euclid(100) + 1),
        _ => None,
    }
}

/// How finely a unit must be known to reckon with it.
fn grain_of(unit: i64) -> Grain {
    match unit {
        ..=5 | 12 | 13 => Grain::Day,
        6 | 7 => Grain::Month,
        _ => Grain::Year,
    }
}

/// `last week`, `this month`, `next year`, `the same day`, `last September`.
pub(super) fn unit(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let (last, next) = (fit.value("LAST").is_some(), fit.value("NEXT").is_some());
    if let Some(month) = fit.value("MONTH") {
        return month_around(month, words, (last, next), standpoint);
    }
    let unit = fit.value("ONE_UNIT").or_else(|| fit.value("UNIT"))?;
    let anchored = words.iter().any(|w| matches!(*w, "same" | "that" | "following" | "preceding" | "previous"))
        || next && words.first() == Some(&"the") && words.contains(&"next");
    let line = if anchored { standpoint.line(grain_of(unit)) } else { standpoint.now(grain_of(unit)) };
    let Some(day) = line else { return Some(Value::open(Grain::Day)) };
    let shift = match (last, next) {
        (true, _) => -1,
        (_, true) => 1,
        _ if words.contains(&"before") => -2,
        _ if words.contains(&"after") => 2,
        _ => 0,
    };
    unit_at(day, unit, shift)
}

fn month_around(month: i64, words: &[&str], (last, next): (bool, bool), standpoint: &Standpoint) -> Option<Value> {
    let month = u8::try_from(month).ok()?;
    let Some(now) = standpoint.now(Grain::Month) else { return Some(Value::open(Grain::Month)) };
    let whole_year = words.contains(&"year");
    let said = |word: &str| words.contains(&word);
    let year = match () {
        () if whole_year && said("last") => now.year - 1,
        () if whole_year && said("next") => now.year + 1,
        () if whole_year => now.year,
        () if last => now.year - i32::from(month >= now.month),
        () if next => now.year + i32::from(month <= now.month),
        () => now.year,
    };
    Value::month(year, month)
}

/// `three days ago`, `four years later`, `a year earlier`, `two weeks from now`.
pub(super) fn shift(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let unit = fit.all("UNIT").chain(fit.all("ONE_UNIT")).chain(fit.all("MANY_UNITS")).next();
    let unit = unit.map_or(4, |u| u.value);
    let direction = fit.value("AGO").or_else(|| fit.value("AFTER")).unwrap_or(1);
    let amount = match fit.number() {
        Some(number) => number.whole(),
        None if fit.all("MANY_UNITS").next().is_some() => None,
        None => (!words.contains(&"half")).then_some(1),
    };
    // A year before a quarter is that quarter of the year before.
    if let (Some((year, code)), 8, Some(years)) = (standpoint.quarter.filter(|_| direction < 0), unit, amount) {
        return Value::part_of_year(year.checked_sub(i32::try_from(years).ok()?)?, code);
    }
    let near = if direction.abs() == 1 { standpoint.now(grain_of(unit)) } else { standpoint.line(grain_of(unit)) };
    let (Some(day), Some(amount)) = (near, amount) else {
        let past = direction < 0 && standpoint.now(Grain::Day).is_some() && direction == -1;
        let before = standpoint.now(Grain::Day).filter(|_| past);
        return Some(before.map_or(Value::open(Grain::Reference), past_until));
    };
    unit_at(day, unit, amount.checked_mul(direction.signum())?)
}

/// Some time before a day.
pub(super) fn past_until(day: Day) -> Value {
    Value::text(format!("../{}", day.edtf()), Grain::Reference)
}

/// Words for the present, the past or the future.
pub(super) fn reference(means: &str, standpoint: &Standpoint) -> Option<Value> {
    let Some(now) = standpoint.now(Grain::Day) else { return Some(Value::open(Grain::Reference)) };
    Some(match means {
        "now" => Value::text(now.edtf(), Grain::Reference),
        "past" => past_until(now),
        _ => Value::text(format!("{}/..", now.edtf()), Grain::Reference),
    })
}

/// The ISO 8601 letters of a unit, and how many of them it holds.
fn letters(unit: i64) -> Option<(&'static str, &'static str, i64)> {
    Some(match unit {
        1 => ("PT", "S", 1),
        2 => ("PT", "M", 1),
        3 => ("PT", "H", 1),
        4 => ("P", "D", 1),
        12 => ("P", "D", 2),
        5 => ("P", "W", 1),
        13 => ("P", "W", 2),
        6 => ("P", "M", 1),
        7 => ("P", "M", 3),
        8 => ("P", "Y", 1),
        9 => ("P", "Y", 10),
        10 => ("P", "Y", 100),
        11 => ("P", "Y", 1000),
        _ => return None,
    })
}

/// A length of time; `X` where the number is not given.
pub(super) fn length_of(number: Option<Number>, unit: i64) -> Option<Value> {
    let (begin, letter, size) = letters(unit)?;
    let amount = number.filter(|n| !n.vague).and_then(|n| n.times(size)).and_then(|n| n.text());
    let amount = amount.filter(|a| !a.contains('/'));
    let zeros = match size {
        10 => "0",
        100 => "00",
        1000 => "000",
        _ => "",
    };
    let amount = amount.unwrap_or_else(|| format!("X{zeros}"));
    Some(Value::text(format!("{begin}{amount}{letter}"), Grain::Length))
}

/// The unit of a length.
pub(super) fn unit_of(fit: &Fit) -> Option<i64> {
    let of = |class: &str| fit.value(class);
    of("UNIT").or_else(|| of("ONE_UNIT")).or_else(|| of("MANY_UNITS")).or_else(|| of("SHORT_UNIT"))
}

/// `three weeks`, `a year and a half`, `12 to 18 months`.
pub(super) fn length(fit: &Fit, words: &[&str]) -> Option<Value> {
    let unit = unit_of(fit)?;
    if fit.number().is_some_and(|n| n.is_fraction() && !words.contains(&"half") && !words.contains(&"quarters")) {
        return None;
    }
    // `2016h` is a code.
    if fit.value("SHORT_UNIT").is_some() && fit.number().and_then(|n| n.whole()).is_some_and(|n| n >= 1000) {
        return None;
    }
    let half = words.contains(&"half");
    let mut numbers = fit.all("NUM").filter_map(|c| c.number);
    let first = numbers.next();
    if numbers.next().is_some() || words.windows(2).any(|w| w == ["or", "two"]) {
        return length_of(None, unit);
    }
    match (first, half) {
        (Some(number), _) => length_of(Some(number), unit),
        (None, true) => {
            let whole = i64::from(words.contains(&"and"));
            let halves = Number::of(2 * whole + 1).halved();
            length_of(Some(halves), unit)
        }
        (None, false) => length_of(Some(Number::of(1)), unit),
    }
}

/// `in the last two decades`: the time from then to now where the words put something inside it, else its length.
pub(super) fn past_length(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let unit = unit_of(fit)?;
    let number = fit.number().copied().or_else(|| fit.all("ONE_UNIT").next().map(|_| Number::of(1)));
    let inside = unit >= 8 && matches!(words.first(), Some(&"in" | &"during" | &"within"));
    let (Some(now), Some(amount), true) = (standpoint.now(Grain::Day), number.and_then(|n| n.whole()), inside) else {
        return length_of(number, unit);
    };
    let begin = unit_at(now, unit, -amount)?;
    let (first, _) = begin.ends?;
    let start = match unit {
        8..=10 => Value::year(
            now.year
                - i32::try_from(
                    amount
                        * if unit == 8 {
                            1
                        } else if unit == 9 {
                            10
                        } else {
                            100
                        },
                )
                .ok()?,
        )?,
        6 | 7 => begin,
        _ => Value::day(first),
    };
    let end = if unit >= 8 { Value::year(now.year)? } else { Value::day(now) };
    start.to(&end)
}

/// `in recent years`: by convention the ten years before the document, marked as about that.
pub(super) fn recent(standpoint: &Standpoint) -> Option<Value> {
    let Some(now) = standpoint.now(Grain::Year) else { return length_of(None, 8) };
    let mut value = Value::year(now.year - 10)?.to(&Value::year(now.year)?)?;
    value.edtf = value.edtf.map(|e| e.replacen('/', "~/", 1));
    Some(value)
}

/// `after that`, `since then`: from the last date of the text on; `since` until the document was written.
pub(super) fn onwards(words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let Some((begin, grain)) = last_told(standpoint) else { return Some(Value::open(Grain::Reference)) };
    let end = match standpoint.now(grain.max(Grain::Day)) {
        Some(now) if words.contains(&"since") && grain == Grain::Year => crate::calendar::year_edtf(now.year),
        Some(now) if words.contains(&"since") && standpoint.now(Grain::Day).is_some() => now.edtf(),
        _ => "..".to_owned(),
    };
    Some(Value::text(format!("{}/{end}", begin.edtf?), Grain::Reference))
}

/// `at that time`, `immediately after that`: the last date of the text, or about that.
pub(super) fn then(words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    let Some((mut value, _)) = last_told(standpoint) else { return Some(Value::open(Grain::Reference)) };
    if words.contains(&"after") {
        value.edtf = value.edtf.map(|e| format!("{e}~"));
    }
    Some(value)
}

/// The last date of the text and how fine it was.
fn last_told(standpoint: &Standpoint) -> Option<(Value, Grain)> {
    let (day, grain) = standpoint.told?;
    let value = match grain {
        Grain::Year => Value::year(day.year)?,
        Grain::Month => Value::month(day.year, day.month)?,
        _ => Value::day(day),
    };
    Some((value, grain))
}
