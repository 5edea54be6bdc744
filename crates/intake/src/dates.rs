//! Dates of publication, as EDTF. Only what can be read in one way is taken: `03/04/1921` stays unknown, because half
//! the world reads it as March and half as April.

use regex::Regex;
use std::sync::LazyLock;

/// Names of months by their first letters, in the languages whose dates are recognised.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "gennaio", "janeiro", "января"],
    &["february", "feb", "februar", "février", "févr", "febrero", "febbraio", "fevereiro", "февраля"],
    &["march", "mar", "märz", "mrz", "mars", "marzo", "março", "марта"],
    &["april", "apr", "avril", "avr", "abril", "aprile", "апреля"],
    &["may", "mai", "mayo", "maggio", "maio", "мая"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "junho", "июня"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "julho", "июля"],
    &["august", "aug", "août", "agosto", "августа"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro", "сентября"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro", "октября"],
    &["november", "nov", "novembre", "noviembre", "novembro", "ноября"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dicembre", "dezembro", "декабря"],
];

static ISO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*([0-9]{4})[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?(?:$|[T\s,;+Z])").ok());
static COMPACT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*((?:1[5-9]|20)[0-9][0-9])([0-9][0-9])([0-9][0-9])(?:$|T)").ok());
/// `3 May 1921`, `3rd of May, 1921`, `3. Mai 1921`, `3 de mayo de 1921`.
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^([0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?([^\s0-9.,]{3,10})\.?,?\s+(?:de\s+)?([0-9]{4})$",
    )
    .ok()
});
/// `May 3, 1921`, `May 3rd 1921`.
static MONTH_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([^\s0-9.,]{3,10})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})$").ok());
/// `May 1921`.
static MONTH_ONLY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([^\s0-9.,]{3,10})\.?,?\s+([0-9]{4})$").ok());
/// What may stand around a written date: the day of the week before it, the time of day after it.
static AROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(.*?)(?:,?\s+(?:at\s+|[-–—|]\s*)?[0-9]{1,2}[:.][0-9][0-9](?:[:.][0-9][0-9])?\s*(?:[ap]\.?m\.?)?(?:\s*(?:\(?[A-Z]{2,5}\)?|[+-][0-9]{4}))?)?$").ok()
});

/// A date as machines write it: `1921-05-03`, with or without a time of day; `1921-05`; a bare year.
pub fn machine(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return plausible(text.parse().ok()?, None, None);
    }
    let compact = COMPACT.as_ref().and_then(|r| r.captures(text));
    let found = compact.or_else(|| ISO.as_ref().and_then(|r| r.captures(text)))?;
    let part = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    plausible(part(1)?, Some(part(2)?), part(3))
}

/// A date as people write it, if it is the whole of the text but for the day of the week and the time of day.
pub fn written(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']).trim();
    if text.len() > 80 {
        return None;
    }
    let inner = AROUND.as_ref()?.captures(text)?.get(1)?.as_str();
    if let Some(found) = DAY_FIRST.as_ref()?.captures(inner) {
        return plausible(found[3].parse().ok()?, Some(month(&found[2])?), Some(found[1].parse().ok()?));
    }
    if let Some(found) = MONTH_FIRST.as_ref()?.captures(inner) {
        return plausible(found[3].parse().ok()?, Some(month(&found[1])?), Some(found[2].parse().ok()?));
    }
    if let Some(found) = MONTH_ONLY.as_ref()?.captures(inner) {
        return plausible(found[2].parse().ok()?, Some(month(&found[1])?), None);
    }
    (inner.contains(['-', '/']) && inner.len() <= 10).then(|| machine(inner)).flatten()
}

/// Either way of writing.
pub fn any(text: &str) -> Option<String> {
    machine(text).or_else(|| written(text))
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&name.as_str())).map(|i| i as u32 + 1)
}

fn plausible(year: u32, month: Option<u32>, day: Option<u32>) -> Option<String> {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let days = match month {
        Some(2) => 28 + u32::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let fits = (1000..=2200).contains(&year)
        && month.is_none_or(|m| (1..=12).contains(&m))
        && day.is_none_or(|d| (1..=days).contains(&d));
    fits.then(|| match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_dates_keep_the_day_as_printed() {
        for (text, date) in [
            ("1921-05-03", "1921-05-03"),
            ("1921-05-03T23:30:00-05:00", "1921-05-03"),
            ("1921/5/3", "1921-05-03"),
            ("1921-05", "1921-05"),
            ("19210503", "1921-05-03"),
            ("1921", "1921"),
        ] {
            assert_eq!(machine(text).as_deref(), Some(date), "{text}");
        }
        for text in ["1921-13-01", "1921-02-29", "03/04/1921", "12", "19219", "the year 1921"] {
            assert_eq!(machine(text), None, "{text}");
        }
    }

    #[test]
    fn written_dates_of_several_languages() {
        for text in [
            "3 May 1921",
            "May 3, 1921",
            "Tuesday, May 3rd, 1921",
            "3rd of May, 1921",
            "3. Mai 1921",
            "3 mai 1921",
            "3 de mayo de 1921",
            "3 мая 1921",
            "3 May 1921, 10:45 pm",
            "May 3, 1921 at 10:45 UTC",
            "1921-05-03",
        ] {
            assert_eq!(written(text).as_deref(), Some("1921-05-03"), "{text}");
        }
        assert_eq!(written("May 1921").as_deref(), Some("1921-05"));
        for text in ["3 Mill 1921", "31 June 1921", "May 3, 1921 the mill burned", "1921", ""] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
