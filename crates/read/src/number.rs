//! Numbers in words and figures as exact values: `twenty-five thousand`, `3.5 million`, `two and a half`, `a third`.
//!
//! A value is a whole number of some decimal place, or a fraction that is kept as one (`1/3`), because nothing is
//! rounded. `dozens`, `hundreds of thousands` have a lower bound and no upper one; `several` has neither.

use crate::atom::{Atom, AtomKind};

/// A number: `mantissa / denominator`, the point so many places from the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    mantissa: i128,
    decimals: u32,
    denominator: i128,
    /// Only a lower bound, or (with a mantissa of 0) nothing at all is known.
    pub(crate) vague: bool,
}

impl Number {
    /// A whole number.
    pub(crate) fn of(value: i64) -> Number {
        Number { mantissa: i128::from(value), decimals: 0, denominator: 1, vague: false }
    }

    /// Its value, if it is whole and known.
    pub(crate) fn whole(&self) -> Option<i64> {
        let unit = 10i128.checked_pow(self.decimals)?.checked_mul(self.denominator)?;
        (!self.vague && self.mantissa % unit == 0).then(|| i64::try_from(self.mantissa / unit).ok()).flatten()
    }

    /// As a decimal string, or a fraction where no decimal is exact.
    pub(crate) fn text(&self) -> Option<String> {
        if self.mantissa == 0 && self.vague {
            return None;
        }
        let (mut mantissa, mut decimals, mut denominator) = (self.mantissa, self.decimals, self.denominator);
        for factor in [2, 5] {
            while denominator % factor == 0 && denominator > 1 {
                mantissa = mantissa.checked_mul(10 / factor)?;
                decimals += 1;
                denominator /= factor;
            }
        }
        if denominator > 1 {
            return (decimals == 0).then(|| format!("{mantissa}/{denominator}"));
        }
        while decimals > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            decimals -= 1;
        }
        let digits = format!("{mantissa:0>width$}", width = decimals as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals as usize);
        Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
    }

    /// So many times as much.
    pub(crate) fn times(self, scale: i64) -> Option<Number> {
        Some(Number { mantissa: self.mantissa.checked_mul(i128::from(scale))?, ..self })
    }

    /// Whether it is a part of one.
    pub(crate) fn is_fraction(&self) -> bool {
        self.denominator > 1
    }

    /// In the other's thousands or millions, where only the other names them: `5 to 7 million`.
    pub(crate) fn scaled_like(&self, other: &Number, bare: bool) -> Option<Number> {
        let scale = [1_000_000_000, 1_000_000, 1000]
            .into_iter()
            .find(|s| other.whole().is_some_and(|w| w >= *s && w % s == 0))?;
        (bare && self.whole().is_some_and(|w| w < 1000)).then(|| self.times(scale)).flatten()
    }

    /// Half as much.
    pub(crate) fn halved(self) -> Number {
        Number { denominator: self.denominator.saturating_mul(2), ..self }
    }

    /// The sum.
    fn plus(self, other: Number) -> Option<Number> {
        let decimals = self.decimals.max(other.decimals);
        let raised = |n: &Number| n.mantissa.checked_mul(10i128.checked_pow(decimals - n.decimals)?);
        let (left, right) = (raised(&self)?, raised(&other)?);
        let (a, b) = (self.denominator, other.denominator);
        Some(Number {
            mantissa: left.checked_mul(b)?.checked_add(right.checked_mul(a)?)?,
            decimals,
            denominator: a.checked_mul(b)?,
            vague: self.vague || other.vague,
        })
    }

    /// Whether it is less than another; unknown ones are not.
    pub(crate) fn below(&self, other: &Number) -> bool {
        let value = |n: &Number| n.mantissa as f64 / 10f64.powi(n.decimals as i32) / n.denominator as f64;
        value(self) < value(other)
    }
}

/// The words that numbers are made of, by id.
#[derive(Debug, Default)]
pub(crate) struct NumberWords {
    /// What a word is and its value.
    words: std::collections::BTreeMap<u16, (Part, i64)>,
}

/// What a word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `one` to `nineteen`.
    Small,
    /// `twenty` to `ninety`.
    Tens,
    /// `hundred`, `thousand`, `dozen`.
    Scale,
    /// `hundreds`, `dozens`.
    Many,
    /// `half`, `third`, `quarters`.
    Fraction,
    /// `a`, `an`.
    A,
    /// `and`.
    And,
    /// `of`.
    Of,
    /// `-`.
    Hyphen,
    /// `several`, `a few`.
    Several,
    /// `couple`, `pair`.
    Couple,
}

const PARTS: [(&str, Part); 11] = [
    ("SMALL", Part::Small),
    ("TENS", Part::Tens),
    ("SCALE", Part::Scale),
    ("MANY", Part::Many),
    ("FRACTION", Part::Fraction),
    ("AN", Part::A),
    ("AND", Part::And),
    ("OF", Part::Of),
    ("HYPHEN", Part::Hyphen),
    ("SEVERAL", Part::Several),
    ("COUPLE", Part::Couple),
];

impl NumberWords {
    /// Takes the words of numbers out of a file's classes.
    pub(crate) fn of(value: impl Fn(u8, u16) -> Option<i64>, classes: &[String]) -> NumberWords {
        let mut words = std::collections::BTreeMap::new();
        for (name, part) in PARTS {
            let Some(class) = classes.iter().position(|c| c == name) else { continue };
            for id in 1..4096 {
                if let Some(value) = value(class as u8, id) {
                    words.entry(id).or_insert((part, value));
                }
            }
        }
        NumberWords { words }
    }

    /// Whether a number can begin with a word.
    pub(crate) fn begins(&self, id: u16) -> bool {
        matches!(
            self.words.get(&id),
            Some((
                Part::Small
                    | Part::Tens
                    | Part::Scale
                    | Part::Many
                    | Part::A
                    | Part::Several
                    | Part::Fraction
                    | Part::Couple,
                _
            ))
        )
    }

    fn part(&self, atoms: &[Atom], at: usize) -> Option<(Part, i64)> {
        atoms.get(at).filter(|a| a.word != 0).and_then(|a| self.words.get(&a.word).copied())
    }

    fn is(&self, atoms: &[Atom], at: usize, part: Part) -> bool {
        self.part(atoms, at).is_some_and(|(p, _)| p == part)
    }
}

/// The number that begins at an atom, and where it ends.
pub(crate) fn read(text: &str, atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Number)> {
    let atom = atoms.get(at)?;
    match atom.kind {
        AtomKind::Digits | AtomKind::Figure => figures(text, atoms, at, words),
        AtomKind::Word => in_words(atoms, at, words),
        AtomKind::Mark => None,
    }
}

/// What figures divide by in writing; `9/11` is no fraction.
const FRACTIONS: [u32; 10] = [2, 3, 4, 5, 6, 8, 10, 12, 16, 32];

/// `10,000`, `3.5 million`, `2 1/2`, `3/4`, `5bn`.
fn figures(text: &str, atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Number)> {
    let raw = atoms.get(at)?.text(text);
    let mut number = decimal(raw)?;
    let mut end = at + 1;
    let slash = |i: usize| atoms.get(i).is_some_and(|a| a.text(text) == "/" && a.glued);
    let digits = |i: usize| atoms.get(i).filter(|a| a.kind == AtomKind::Digits && a.digits <= 2);
    let fraction = |top: usize| {
        let (over, under) = (digits(top)?, digits(top + 2).filter(|d| d.glued && FRACTIONS.contains(&d.value))?);
        (slash(top + 1) && over.value < under.value && !slash(top + 3)).then_some(Number {
            mantissa: i128::from(over.value),
            decimals: 0,
            denominator: i128::from(under.value),
            vague: false,
        })
    };
    if let Some(part) = fraction(at) {
        return Some((at + 3, part));
    }
    let separate = atoms.get(end).is_some_and(|a| !a.glued || a.text(text) == "-");
    let next = if atoms.get(end).is_some_and(|a| a.text(text) == "-") { end + 1 } else { end };
    if let (true, Some(part)) = (separate, fraction(next)) {
        number = number.plus(part)?;
        end = next + 3;
    }
    let mut scaled = false;
    loop {
        let hyphen = usize::from(words.is(atoms, end, Part::Hyphen));
        match words.part(atoms, end + hyphen) {
            Some((Part::Scale, scale)) if !scaled || scale >= 1000 => {
                number = number.times(scale)?;
                end += hyphen + 1;
                scaled = true;
            }
            _ => break,
        }
    }
    Some((end, number))
}

/// A figure with a decimal point and marks between thousands; `None` where the marks stand elsewhere.
fn decimal(raw: &str) -> Option<Number> {
    let (whole, part) = raw.split_once('.').unwrap_or((raw, ""));
    if part.contains(',') || (part.contains('.') && !grouped(raw, '.')) {
        return None;
    }
    if whole.contains(',') && !grouped(whole, ',') {
        return None;
    }
    let digits: String = if part.contains('.') {
        raw.chars().filter(|c| *c != '.').collect()
    } else {
        whole.chars().filter(|c| *c != ',').chain(part.chars()).collect()
    };
    let decimals = if part.contains('.') { 0 } else { part.len() as u32 };
    if digits.len() > 24 {
        return None;
    }
    Some(Number { mantissa: digits.parse().ok()?, decimals, denominator: 1, vague: false })
}

/// Whether marks stand between groups of three digits (or of two, as in India).
fn grouped(raw: &str, mark: char) -> bool {
    let groups: Vec<&str> = raw.split(mark).collect();
    let sizes = |g: &&str| matches!(g.len(), 2 | 3);
    groups.first().is_some_and(|g| (1..=3).contains(&g.len()))
        && groups.get(1..).is_some_and(|g| g.iter().all(sizes))
        && groups.last().is_some_and(|g| g.len() == 3)
}

fn in_words(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Number)> {
    let (part, value) = words.part(atoms, at)?;
    match part {
        Part::Several => Some((at + 1, Number { mantissa: 0, decimals: 0, denominator: 1, vague: true })),
        Part::Couple if words.is(atoms, at + 1, Part::Of) => Some((at + 2, Number::of(value))),
        Part::Many => many(atoms, at, value, words),
        Part::A => match words.part(atoms, at + 1)? {
            (Part::Scale, _) => counted(atoms, at + 1, words),
            (Part::Several, _) => Some((at + 2, Number { mantissa: 0, decimals: 0, denominator: 1, vague: true })),
            (Part::Couple, value) => Some((at + 2 + usize::from(words.is(atoms, at + 2, Part::Of)), Number::of(value))),
            // `a third-quarter loss` counts nothing.
            (Part::Fraction, value) if value == 2 || !words.is(atoms, at + 2, Part::Hyphen) => {
                Some((at + 2, fraction(1, value)))
            }
            _ => None,
        },
        Part::Fraction if value == 2 => Some((at + 1, fraction(1, 2))),
        Part::Small | Part::Tens | Part::Scale => counted(atoms, at, words),
        _ => None,
    }
}

fn fraction(top: i64, under: i64) -> Number {
    Number { mantissa: i128::from(top), decimals: 0, denominator: i128::from(under.max(1)), vague: false }
}

/// `dozens`, `tens of thousands`: at least that.
fn many(atoms: &[Atom], at: usize, value: i64, words: &NumberWords) -> Option<(usize, Number)> {
    let mut number = Number { vague: true, ..Number::of(value) };
    let mut end = at + 1;
    while words.is(atoms, end, Part::Of) {
        let Some((Part::Many, more)) = words.part(atoms, end + 1) else { break };
        number = number.times(more)?;
        end += 2;
    }
    Some((end, number))
}

/// `twenty-five thousand three hundred and six`, `two and a half million`, `two thirds`.
fn counted(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Number)> {
    let (mut total, mut group, mut end) = (0i64, Number::of(0), at);
    // The value below which the next word must stay: after `twenty` only units follow.
    let mut room = i64::MAX;
    let mut any = false;
    loop {
        let joined = words.is(atoms, end, Part::Hyphen) || (any && words.is(atoms, end, Part::And));
        let next = end + usize::from(any && joined);
        let Some((part, value)) = words.part(atoms, next) else { break };
        match part {
            Part::Small if value < room => {
                group = group.plus(Number::of(value))?;
                room = 1;
            }
            Part::Tens if room > 10 => {
                group = group.plus(Number::of(value))?;
                room = 10;
            }
            Part::Scale
                if value < 1000
                    && (!any || group.below(&Number::of(100)))
                    && !(any && joined && room == 1 && value == 20) =>
            {
                group = if any { group.times(value)? } else { Number::of(value) };
                room = 100;
            }
            Part::Scale if value >= 1000 => {
                let whole = if any { group } else { Number::of(1) };
                let scaled = whole.times(value)?;
                match scaled.whole() {
                    Some(amount) => total = total.checked_add(amount)?,
                    None => return Some((next + 1, scaled.plus(Number::of(total))?)),
                }
                group = Number::of(0);
                room = i64::MAX;
            }
            Part::Fraction if any && group.whole().is_some_and(|g| g > 0) && next == end + usize::from(joined) => {
                let top = group.whole()?;
                return (!words.is(atoms, end, Part::And)).then(|| (next + 1, fraction(top, value)));
            }
            Part::A if any && words.is(atoms, end, Part::And) && words.is(atoms, next + 1, Part::Fraction) => {
                let (_, under) = words.part(atoms, next + 1)?;
                group = group.plus(fraction(1, under))?;
                end = next + 2;
                room = 1;
                continue;
            }
            _ => break,
        }
        any = true;
        end = next + 1;
    }
    any.then_some(())?;
    Some((end, group.plus(Number::of(total))?))
}

/// `nineteen ninety-six`, `nineteen hundred`, `twenty ten`, `two thousand and eight`.
pub(crate) fn year_words(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, i64)> {
    let (part, century) = words.part(atoms, at)?;
    if !(part == Part::Small && (10..20).contains(&century) || part == Part::Tens && century == 20) {
        return None;
    }
    let next = at + 1 + usize::from(words.is(atoms, at + 1, Part::Hyphen));
    match words.part(atoms, next)? {
        (Part::Tens, tens) => {
            let unit = next + 1 + usize::from(words.is(atoms, next + 1, Part::Hyphen));
            match words.part(atoms, unit) {
                Some((Part::Small, value)) if value < 10 => Some((unit + 1, century * 100 + tens + value)),
                _ => Some((next + 1, century * 100 + tens)),
            }
        }
        (Part::Small, value) if value >= 10 => Some((next + 1, century * 100 + value)),
        _ => None,
    }
}
