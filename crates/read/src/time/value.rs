//! What an expression of time stands for: an interval of days with the precision of its words, or a length, a
//! repetition, an open end. Written down in EDTF (ISO 8601-2:2019, levels 0 to 2).

use crate::calendar::{Day, convert, year_edtf};
use rashomon_core::Calendar;

/// How finely words date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    /// Hour and minute, or a part of a day.
    Clock,
    /// Day.
    Day,
    /// Several days.
    Days,
    /// Week.
    Week,
    /// Month.
    Month,
    /// Quarter, season, half year.
    Part,
    /// Year.
    Year,
    /// Several years.
    Years,
    /// A length, a repetition, an open end: no place on the time line.
    Length,
    /// Words for the present, the past, the future.
    Reference,
}

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// As EDTF; `None` where it cannot be known.
    pub(crate) edtf: Option<String>,
    /// First and last day, if it has a place on the time line.
    pub(crate) ends: Option<(Day, Day)>,
    /// How fine it is.
    pub(crate) grain: Grain,
    /// The calendar of its words.
    pub(crate) calendar: Calendar,
}

impl Value {
    fn known(edtf: String, first: Day, last: Day, grain: Grain) -> Value {
        Value { edtf: Some(edtf), ends: Some((first, last)), grain, calendar: Calendar::Gregorian }
    }

    /// A value without a place on the time line.
    pub(crate) fn text(edtf: impl Into<String>, grain: Grain) -> Value {
        Value { edtf: Some(edtf.into()), ends: None, grain, calendar: Calendar::Gregorian }
    }

    /// What cannot be known.
    pub(crate) fn open(grain: Grain) -> Value {
        Value { edtf: None, ends: None, grain, calendar: Calendar::Gregorian }
    }

    /// A day.
    pub(crate) fn day(day: Day) -> Value {
        Value::known(day.edtf(), day, day, Grain::Day)
    }

    /// A month.
    pub(crate) fn month(year: i32, month: u8) -> Option<Value> {
        let (first, last) = (Day::new(year, month, 1)?, Day::month_end(year, month)?);
        Some(Value::known(format!("{}-{month:02}", year_edtf(year)), first, last, Grain::Month))
    }

    /// A year.
    pub(crate) fn year(year: i32) -> Option<Value> {
        let (first, last) = (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?);
        Some(Value::known(year_edtf(year), first, last, Grain::Year))
    }

    /// The ten years that begin with one.
    pub(crate) fn decade(year: i32) -> Option<Value> {
        let first = year.div_euclid(10) * 10;
        let edtf = format!("{:03}X", first.div_euclid(10));
        Some(Value::known(edtf, Day::new(first, 1, 1)?, Day::new(first + 9, 12, 31)?, Grain::Years))
    }

    /// A century by its number; -1 is the first before our era.
    pub(crate) fn century(number: i32) -> Option<Value> {
        if number < 0 {
            let (first, last) = (number * 100 + 1, number * 100 + 100);
            let (from, to) = (Day::new(first, 1, 1)?, Day::new(last, 12, 31)?);
            return Some(Value::known(format!("{}/{}", year_edtf(first), year_edtf(last)), from, to, Grain::Years));
        }
        let first = (number - 1) * 100;
        let edtf = format!("{:02}XX", number - 1);
        Some(Value::known(edtf, Day::new(first, 1, 1)?, Day::new(first + 99, 12, 31)?, Grain::Years))
    }

    /// A season (21 to 24), quarter (33 to 36) or half (40, 41) of a year.
    pub(crate) fn part_of_year(year: i32, code: u8) -> Option<Value> {
        let (from, months) = match code {
            21..=24 => (3 + (code - 21) * 3, 3),
            33..=36 => (1 + (code - 33) * 3, 3),
            _ => (1 + (code.saturating_sub(40)) * 6, 6),
        };
        let first = Day::new(year, from, 1)?;
        let last = first.plus_months(months)?.plus_days(-1);
        Some(Value::known(format!("{}-{code}", year_edtf(year)), first, last, Grain::Part))
    }

    /// The days from one to another.
    pub(crate) fn days(first: Day, last: Day, grain: Grain) -> Value {
        Value::known(format!("{}/{}", first.edtf(), last.edtf()), first, last, grain)
    }

    /// The week, Monday to Sunday, that a day lies in.
    pub(crate) fn week(day: Day) -> Value {
        let monday = day.plus_days(1 - day.weekday());
        Value::days(monday, monday.plus_days(6), Grain::Week)
    }

    /// In another calendar's words.
    pub(crate) fn in_calendar(self, calendar: Calendar) -> Value {
        Value { calendar, ..self }
    }

    /// A day or days whose words are of the Julian calendar and were read as Gregorian.
    pub(crate) fn read_as_julian(self) -> Value {
        let julian = |day: Day| convert(Calendar::Julian, day.year, day.month, day.day);
        let ends = self.ends.filter(|_| self.grain <= Grain::Days);
        match ends.and_then(|(first, last)| Some((julian(first)?, julian(last)?))) {
            Some((first, last)) if first == last => Value::day(first).in_calendar(Calendar::Julian),
            Some((first, last)) => Value::days(first, last, self.grain).in_calendar(Calendar::Julian),
            None => self,
        }
    }

    /// From the beginning of this to the end of another.
    pub(crate) fn to(&self, other: &Value) -> Option<Value> {
        let (first, last) = (self.ends?.0, other.ends?.1);
        let begin = self.edtf.as_deref()?.split('/').next()?;
        let end = other.edtf.as_deref()?.split('/').next_back()?;
        let grain = self.grain.max(other.grain);
        (first <= last)
            .then(|| Value { calendar: other.calendar, ..Value::known(format!("{begin}/{end}"), first, last, grain) })
    }
}

/// What dates are reckoned from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standpoint {
    /// The document's date, as far as it is known.
    pub(crate) written: Option<Day>,
    /// How fine it is.
    pub(crate) written_to: Option<Grain>,
    /// The last date that the text itself has given: its first and last day.
    pub(crate) told: Option<(Day, Grain)>,
    /// Whether that date stands near enough to lend its year to a day without one.
    pub(crate) fresh: bool,
    /// The text uses the solar Hijri calendar: its lone years of the fourteenth century are of that.
    pub(crate) solar: bool,
    /// The text uses the Julian calendar: its days are of that.
    pub(crate) julian: bool,
    /// Year and code of the last quarter that the text has named.
    pub(crate) quarter: Option<(i32, u8)>,
    /// The words around speak of what is to come.
    pub(crate) future: bool,
    /// The words around speak of what has been.
    pub(crate) past: bool,
}

impl Standpoint {
    /// A standpoint at a document's date.
    pub(crate) fn of(date: Option<&str>) -> Standpoint {
        let date = date.unwrap_or_default().split('/').next().unwrap_or_default();
        let (filled, grain) = match date.len() {
            4 => (format!("{date}-01-01"), Grain::Year),
            7 => (format!("{date}-01"), Grain::Month),
            _ => (date.get(..10).unwrap_or_default().to_owned(), Grain::Day),
        };
        let written = Day::read(&filled);
        Standpoint { written, written_to: written.map(|_| grain), ..Standpoint::default() }
    }

    /// The document's date, if it is known at least this finely.
    pub(crate) fn now(&self, grain: Grain) -> Option<Day> {
        self.written.filter(|_| self.written_to.is_some_and(|g| g <= grain))
    }

    /// What the text's own time line stands at: its last date, else the document's.
    pub(crate) fn line(&self, grain: Grain) -> Option<Day> {
        match self.told {
            Some((day, told)) if told <= grain => Some(day),
            Some(_) => None,
            None => self.now(grain),
        }
    }

    /// The year that the text's time line stands in, where that is long before the document's own time.
    pub(crate) fn told_year(&self) -> Option<i32> {
        let told = self.told.filter(|(_, g)| self.fresh && *g <= Grain::Year).map(|(d, _)| d.year)?;
        match self.written {
            Some(written) if written.year - told <= 1 => None,
            _ => Some(told),
        }
    }

    /// The day from which a season or quarter without a year is reckoned.
    pub(crate) fn near(&self) -> Option<Day> {
        match (self.told_year(), self.now(Grain::Month)) {
            (None, Some(now)) => Some(now),
            (Some(_), _) => self.told.filter(|(_, g)| *g <= Grain::Year).map(|(d, _)| d),
            (None, None) => self.line(Grain::Year),
        }
    }
}
