//! Times of day and dates of other calendars: words with a grammar of their own.

use super::absolute::named_year;
use super::relative::part_of_day;
use super::value::{Grain, Standpoint, Value};
use crate::calendar::{Day, convert, month_of, year_of};
use crate::pattern::Fit;
use rashomon_core::Calendar;

/// `7:30 p.m.`, `noon`, `ten o'clock`.
pub(super) fn clock(fit: &Fit) -> Option<Value> {
    let hour = fit.value("NOON").or_else(|| fit.value("HOUR")).or_else(|| fit.value("SMALL"))?;
    let minute = fit.value("MIN").unwrap_or(0);
    let hour = match fit.value("AMPM") {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(shift) => hour % 12 + shift,
        None => hour,
    };
    (hour <= 24).then(|| Value::text(format!("T{hour:02}:{minute:02}"), Grain::Clock))
}

/// `in the night`: a part of no day in particular.
pub(super) fn daypart(fit: &Fit, words: &[&str]) -> Option<Value> {
    let code = fit.value("DAYPART").or_else(|| words.contains(&"night").then_some(4));
    let code = code.or_else(|| words.contains(&"hours").then_some(1))?;
    part_of_day(None, code)
}

/// A time of day on a day.
pub(super) fn on_day(clock: &Value, day: Day) -> Option<Value> {
    let time = clock.edtf.as_deref().filter(|t| t.starts_with('T'))?;
    Some(Value { edtf: Some(format!("{}{time}", day.edtf())), grain: Grain::Clock, ..Value::day(day) })
}

/// A day, month or year of another calendar, from the list that names its months.
pub(super) fn other(fit: &Fit, calendar: Calendar, months: &str, standpoint: &Standpoint) -> Option<Value> {
    let month = fit.value(months).map(|m| u8::try_from(m).unwrap_or(0));
    let day = fit.value("DAY").map(|d| u8::try_from(d).unwrap_or(0));
    let Some(year) = fit.all("INT").last().map(|y| y.value) else {
        return Some(without_year(calendar, month?, day?, standpoint));
    };
    let year = i32::try_from(year).ok().filter(|y| plausible(calendar, *y))?;
    let value = match (month.or_else(|| fit.value("MON").map(|m| m as u8)), day) {
        (Some(month), Some(day)) => Value::day(convert(calendar, year, month, day)?),
        (Some(month), None) => {
            let (first, last) = month_of(calendar, year, month)?;
            Value::days(first, last, Grain::Month)
        }
        (None, None) => {
            let (first, last) = year_of(calendar, year)?;
            Value::days(first, last, Grain::Year)
        }
        (None, Some(_)) => return None,
    };
    Some(rounded(value, calendar).in_calendar(calendar))
}

/// A day of a year that is not named: known only where the text's time line tells the year.
fn without_year(calendar: Calendar, month: u8, day: u8, standpoint: &Standpoint) -> Value {
    let near = standpoint.line(Grain::Month);
    let found = near.and_then(|near| {
        let offset = match calendar {
            Calendar::SolarHijri => near.year - 621,
            Calendar::Hebrew => near.year + 3760,
            _ => (near.year - 622) * 33 / 32,
        };
        let days = (offset - 2..=offset + 2).filter_map(|year| convert(calendar, year, month, day));
        days.min_by_key(|d| d.until(near).abs())
    });
    let value = found.map_or(Value::open(Grain::Day), Value::day);
    rounded(value, calendar).in_calendar(calendar)
}

/// A lone year: of the solar calendar where the text uses that and the number fits.
pub(super) fn year(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let year = named_year(fit, standpoint)?;
    if standpoint.solar && SOLAR_YEARS.contains(&year) && fit.value("ERA").is_none() {
        let (first, last) = year_of(Calendar::SolarHijri, year)?;
        return Some(Value::days(first, last, Grain::Year).in_calendar(Calendar::SolarHijri));
    }
    Value::year(year)
}

/// Years of the solar calendar in which most that is written about it happened (1901 to 2041).
pub(super) const SOLAR_YEARS: std::ops::Range<i32> = 1280..1420;

/// The years in which a calendar's dates are met in writing.
fn plausible(calendar: Calendar, year: i32) -> bool {
    match calendar {
        Calendar::SolarHijri => (1200..1500).contains(&year),
        Calendar::Hijri => (1..1600).contains(&year),
        Calendar::Hebrew => (4000..6000).contains(&year),
        _ => true,
    }
}

/// The lunar calendar's days are a day more or less.
fn rounded(value: Value, calendar: Calendar) -> Value {
    if calendar != Calendar::Hijri {
        return value;
    }
    let marked = value.edtf.map(|e| e.split('/').map(|p| format!("{p}~")).collect::<Vec<_>>().join("/"));
    Value { edtf: marked, ..value }
}

/// The day that a fit names in full, as its words have it.
pub(super) fn named_day(fit: &Fit, standpoint: &Standpoint) -> Option<Day> {
    let small = |class: &str| u8::try_from(fit.value(class)?).ok();
    Day::new(named_year(fit, standpoint)?, small("MONTH")?, small("DAY").or_else(|| small("ORD"))?)
}

/// `9 October 1904 (Old Style)`.
pub(super) fn julian(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let (month, day) = (u8::try_from(fit.value("MONTH")?).ok()?, u8::try_from(fit.value("DAY")?).ok()?);
    let day = convert(Calendar::Julian, named_year(fit, standpoint)?, month, day)?;
    Some(Value::day(day).in_calendar(Calendar::Julian))
}

/// `8/21 October 1904`: the same day in the Julian and the Gregorian calendar, if the distance is right.
pub(super) fn both_styles(fit: &Fit, standpoint: &Standpoint) -> Option<Value> {
    let month = u8::try_from(fit.value("MONTH")?).ok()?;
    let mut days = fit.all("DAY").map(|d| u8::try_from(d.value).unwrap_or(0));
    let (old, new) = (days.next()?, days.next()?);
    let year = named_year(fit, standpoint)?;
    let before = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    let months = [(year, month), before];
    let converted = months.iter().filter_map(|(y, m)| convert(Calendar::Julian, *y, *m, old));
    let after = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let wanted = |d: &Day| d.day == new && [(year, month), after].contains(&(d.year, d.month));
    converted.filter(wanted).map(|d| Value::day(d).in_calendar(Calendar::Julian)).next()
}

/// `1391 (2012)`: a year of a Hijri calendar with the Gregorian one beside it.
pub(super) fn both_years(fit: &Fit) -> Option<Value> {
    let mut years = fit.all("YEAR").map(|y| i32::try_from(y.value).unwrap_or(0));
    let (one, other) = (years.next()?, years.next()?);
    let (hijri, gregorian) = (one.min(other), one.max(other));
    for calendar in [Calendar::SolarHijri, Calendar::Hijri] {
        let Some((first, last)) = year_of(calendar, hijri) else { continue };
        if plausible(calendar, hijri) && (gregorian == first.year || gregorian == last.year) {
            return Some(rounded(Value::days(first, last, Grain::Year), calendar).in_calendar(calendar));
        }
    }
    None
}
