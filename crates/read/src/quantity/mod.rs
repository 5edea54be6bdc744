//! Step 7, quantities: numbers with their bounds, their unit and what they measure.
//!
//! A number counts, ranks or names. It names where it stands behind a word that numbers things (`page 230`), behind a
//! name (`Resolution 41`) or grown together with letters (`K-12`); an ordinal with a capital is part of a title and
//! left alone. Lengths of time are expressions of time already. A number of which nothing is known but that it is more
//! than one (`several`) has no bounds.

mod phrase;

use crate::atom::{Atom, AtomKind};
use crate::number::Number;
use crate::page::Page;
use crate::part::Tag;
use crate::pattern::Patterns;
use phrase::{Measured, after_articles, noun_phrase};
use rashomon_core::QuantityRole;

/// A quantity that was found in a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// First atom.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// Lower bound.
    pub(crate) low: Option<String>,
    /// Upper bound.
    pub(crate) high: Option<String>,
    /// Unit.
    pub(crate) unit: Option<String>,
    /// What is measured.
    pub(crate) measures: Option<String>,
    /// What the number is used for.
    pub(crate) role: QuantityRole,
}

/// The quantities of a paragraph, but for those inside the spans that are taken (by dates).
pub(crate) fn read(page: &Page, atoms: &[Atom], patterns: &Patterns, taken: &[(usize, usize)]) -> Vec<Found> {
    let reader = Reader { page, atoms, patterns };
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut next_taken) = (0, 0);
    while at < atoms.len() {
        while taken.get(next_taken).is_some_and(|t| t.1 <= at) {
            next_taken += 1;
        }
        if let Some(span) = taken.get(next_taken).filter(|t| t.0 <= at) {
            at = span.1;
            continue;
        }
        let limit = taken.get(next_taken).map_or(usize::MAX, |t| t.0);
        let one =
            reader.rank(at).or_else(|| reader.named(at)).or_else(|| reader.share(at)).or_else(|| reader.counted(at));
        match one.filter(|one| one.end <= limit) {
            Some(one) => {
                at = one.end;
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    atoms: &'a [Atom],
    patterns: &'a Patterns,
}

/// A number, its bounds and where it ends.
struct Bounds {
    low: Option<String>,
    high: Option<String>,
    end: usize,
    one: bool,
    /// Digits or `hundreds`, to which `of` may follow.
    vague: bool,
    fraction: bool,
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |a| a.text(self.page.text()))
    }

    fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.text(at).eq_ignore_ascii_case(w))
    }

    fn opens_sentence(&self, token: usize) -> bool {
        let sentence = self.page.sentence_of(token).and_then(|s| self.page.sentences.get(s));
        sentence.is_some_and(|s| s.range.start == token)
    }

    fn words(&self, start: usize, end: usize) -> Option<String> {
        let (first, last) = (self.atoms.get(start)?, self.atoms.get(end.checked_sub(1)?)?);
        let raw = self.page.text().get(first.start as usize..last.end as usize)?;
        Some(raw.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `second fire`, `the 3rd attempt`, `one of the first`, `number two`.
    fn rank(&self, at: usize) -> Option<Found> {
        let one_of = self.says(at, &["one"]) && self.says(at + 1, &["of"]) && self.says(at + 2, &["the"]);
        let place = if one_of { at + 3 } else { at };
        let number_word = self.says(at, &["number"]) && !self.atoms.get(at)?.capital;
        let (value, end) = if number_word {
            (self.patterns.member("SMALL", self.atoms, at + 1)?.1, at + 2)
        } else if let Some((end, value)) = self.patterns.member("ORD", self.atoms, place) {
            (value, end)
        } else {
            let suffix = self.atoms.get(place + 1).is_some_and(|a| a.glued)
                && self.patterns.member("SUFFIX", self.atoms, place + 1).is_some();
            let digits = self.atoms.get(place).filter(|a| a.kind == AtomKind::Digits && suffix)?;
            (i64::from(digits.value), place + 2)
        };
        if self.in_title(place, end) || value == 0 {
            return None;
        }
        let phrase = noun_phrase(self.page, self.atoms, end);
        let bare = phrase.is_none() && !one_of && !number_word;
        let joined = self.atoms.get(end).is_some_and(|a| a.glued && a.kind != AtomKind::Mark) || self.says(end, &["-"]);
        if bare || joined {
            return None;
        }
        let value = Number::of(value).text();
        Some(Found {
            start: at,
            end: phrase.map_or(end, |p| p.end),
            low: value.clone(),
            high: if one_of { None } else { value },
            unit: Some("rank".into()),
            measures: phrase.and_then(|p| self.words(p.start, p.end)).or_else(|| self.words(place, end)),
            role: QuantityRole::Ordinal,
        })
    }

    /// Whether an ordinal is part of a title or name: a capital inside a sentence, or a capital behind it.
    fn in_title(&self, place: usize, end: usize) -> bool {
        let Some(atom) = self.atoms.get(place) else { return true };
        let behind = self.atoms.get(end).is_some_and(|a| a.capital && a.kind == AtomKind::Word);
        let first = place == 0 || self.opens_sentence(atom.token);
        behind || atom.capital && !first
    }

    /// `page 230`, `Resolution 41`: a number that names.
    fn named(&self, at: usize) -> Option<Found> {
        let word = self.atoms.get(at).filter(|a| a.kind == AtomKind::Word || a.kind == AtomKind::Mark)?;
        let stop = usize::from(self.text(at + 1) == "." && self.patterns.member("NAMED_BY", self.atoms, at).is_some());
        let number = self.atoms.get(at + 1 + stop)?;
        if !matches!(number.kind, AtomKind::Digits | AtomKind::Figure) {
            return None;
        }
        let listed = self.patterns.member("NAMED_BY", self.atoms, at).is_some();
        let opening = self.opens_sentence(word.token);
        let function = !matches!(self.page.tag(word.token), Tag::Name | Tag::Noun | Tag::Adjective);
        let name =
            word.kind == AtomKind::Word && word.capital && !opening && !function && number.kind == AtomKind::Digits;
        let grown = number.glued && word.kind == AtomKind::Word && word.capital;
        let month = self.patterns.member("MONTH", self.atoms, at).is_some();
        let counts = noun_phrase(self.page, self.atoms, at + 2 + stop).is_some_and(|p| !self.atoms[p.head].capital);
        if month || !(listed || grown || name && !counts) {
            return None;
        }
        Some(Found {
            start: at,
            end: at + 2 + stop,
            low: None,
            high: None,
            unit: None,
            measures: None,
            role: QuantityRole::Identifier,
        })
    }

    /// `some of the weavers`: a part without a number.
    fn share(&self, at: usize) -> Option<Found> {
        let (end, _) = self.patterns.member("SHARE", self.atoms, at)?;
        let phrase = noun_phrase(self.page, self.atoms, after_articles(self.page, self.atoms, end))?;
        Some(Found {
            start: at,
            end: phrase.end,
            low: None,
            high: None,
            unit: self.words(phrase.head, phrase.head + 1),
            measures: self.words(phrase.start, phrase.end),
            role: QuantityRole::Quantity,
        })
    }

    /// Numbers with their bounds, unit and noun.
    fn counted(&self, at: usize) -> Option<Found> {
        let (bound, from) = self.bound(at);
        let sign = self.patterns.member("SIGN", self.atoms, from).map(|(end, _)| (from, end));
        let place = sign.map_or(from, |s| s.1);
        let bounds = self.bounds(place, bound)?;
        let ordinal = self.patterns.member("SUFFIX", self.atoms, bounds.end).is_some();
        if ordinal && self.atoms.get(bounds.end).is_some_and(|a| a.glued) {
            return None;
        }
        if self.grown_together(place, bounds.end) || self.list_mark(place, bounds.end) {
            return None;
        }
        let plain = |end: usize, unit: Option<String>, measures: Option<String>| Found {
            start: at,
            end,
            low: bounds.low.clone(),
            high: bounds.high.clone(),
            unit,
            measures,
            role: QuantityRole::Quantity,
        };
        if let Some((start, end)) = sign {
            return Some(plain(bounds.end, self.words(start, end), self.purpose(bounds.end)));
        }
        if let Some((end, _)) = self.patterns.member("PERCENT", self.atoms, bounds.end) {
            return Some(plain(end, Some("percent".into()), self.whole(end)));
        }
        if let Some((end, _)) = self.patterns.member("MONEY", self.atoms, bounds.end) {
            return Some(plain(end, self.words(bounds.end, end), self.purpose(end)));
        }
        if let Some(unit) = self.compound(bounds.end) {
            let phrase = noun_phrase(self.page, self.atoms, unit + 1);
            let measures = phrase.and_then(|p| self.words(p.start, p.end));
            return Some(plain(phrase.map_or(unit + 1, |p| p.end), self.words(unit, unit + 1), measures));
        }
        match self.measured(&bounds) {
            Some(phrase) => {
                let unit = self.words(phrase.head, phrase.head + 1);
                let measures = self.words(phrase.start, phrase.end);
                Some(plain(phrase.end, unit, measures))
            }
            None if bounds.one || bounds.vague => None,
            // Bare digits are mostly marks of items, notes and codes.
            None => {
                let bare = bounds.end == place + 1 && self.text(place).bytes().all(|b| b.is_ascii_digit());
                (!bare).then(|| plain(bounds.end, None, None))
            }
        }
    }

    /// What a number counts: `twelve more barges`, `dozens of skippers`, `two of the boats`, `one third of the fleet`.
    fn measured(&self, bounds: &Bounds) -> Option<Measured> {
        let mut start = bounds.end;
        if self.patterns.member("STEP", self.atoms, start).is_some() {
            start += 1;
        }
        if self.says(start, &["of"]) {
            let inner = after_articles(self.page, self.atoms, start + 1);
            if bounds.one && !bounds.fraction {
                return None;
            }
            return noun_phrase(self.page, self.atoms, inner);
        }
        if bounds.fraction {
            start = after_articles(self.page, self.atoms, start);
        }
        noun_phrase(self.page, self.atoms, start)
    }

    /// The unit of `46-page`: the word that is grown together with the number by a hyphen.
    fn compound(&self, at: usize) -> Option<usize> {
        let hyphen = self.atoms.get(at).is_some_and(|a| a.glued) && matches!(self.text(at), "-" | "‐" | "‑");
        let word = self.atoms.get(at + 1).filter(|a| hyphen && a.glued && a.kind == AtomKind::Word)?;
        (self.page.tag(word.token) != Tag::Coordinator && !self.says(at + 1, &["and", "a", "to"])).then_some(at + 1)
    }

    /// The noun behind `of`: of what a part is taken.
    fn whole(&self, at: usize) -> Option<String> {
        if !self.says(at, &["of"]) {
            return None;
        }
        let phrase = noun_phrase(self.page, self.atoms, after_articles(self.page, self.atoms, at + 1))?;
        self.words(phrase.start, phrase.end)
    }

    /// The noun behind `in`, `of` or `for`: what money is.
    fn purpose(&self, at: usize) -> Option<String> {
        if !self.says(at, &["in", "of", "for"]) {
            return None;
        }
        let phrase = noun_phrase(self.page, self.atoms, after_articles(self.page, self.atoms, at + 1))?;
        let named = self.says(at, &["in"]) && self.atoms.get(phrase.head)?.capital;
        if named { None } else { self.words(phrase.start, phrase.end) }
    }

    /// `more than` (1), `less than` (-1), `about` (0) and where the number begins.
    fn bound(&self, at: usize) -> (i8, usize) {
        for (class, bound) in [("ATLEAST", 1), ("ATMOST", -1), ("ABOUT", 0)] {
            if let Some((end, _)) = self.patterns.member(class, self.atoms, at) {
                return (bound, end);
            }
        }
        (0, at)
    }

    /// One number or a range.
    fn bounds(&self, at: usize, bound: i8) -> Option<Bounds> {
        let led = self.says(at, &["between", "from"]);
        let start = at + usize::from(led);
        let (end, first) = self.patterns.number(self.page.text(), self.atoms, start)?;
        let second = self.second(start, end, led, self.says(at, &["between"]));
        let text = |n: &Number| n.text();
        if let Some((last, number)) = second {
            let scale = first.scaled_like(
                &number,
                self.patterns.number(self.page.text(), self.atoms, start).map(|n| n.0) == Some(start + 1),
            );
            let low = scale.filter(|s| !number.below(s)).unwrap_or(first);
            return Some(Bounds {
                low: text(&low),
                high: text(&number),
                end: last,
                one: false,
                vague: false,
                fraction: false,
            });
        }
        if led {
            return None;
        }
        let more = usize::from(self.says(end, &["or"]) && self.says(end + 1, &["more"])) * 2;
        let plus = usize::from(self.text(end) == "+" && self.atoms.get(end).is_some_and(|a| a.glued));
        let value = text(&first);
        let (low, high) = match bound {
            1 => (value, None),
            -1 => (None, value),
            _ if more + plus > 0 || first.vague => (value, None),
            _ => (value.clone(), value),
        };
        let one = first.whole() == Some(1);
        Some(Bounds { low, high, end: end + more + plus, one, vague: first.vague, fraction: first.is_fraction() })
    }

    /// The second number of `5 to 7`, `between 40 and 60`, `10–20`.
    fn second(&self, start: usize, end: usize, led: bool, between: bool) -> Option<(usize, Number)> {
        let sign = usize::from(self.patterns.member("SIGN", self.atoms, end + 1).is_some());
        let linked = match self.text(end) {
            "to" => true,
            "-" | "–" | "—" => self.atoms.get(start).is_some_and(|a| a.kind != AtomKind::Word),
            "and" => between,
            "or" => !led,
            _ => false,
        };
        let (last, number) = linked.then(|| self.patterns.number(self.page.text(), self.atoms, end + 1 + sign))??;
        let (_, first) = self.patterns.number(self.page.text(), self.atoms, start)?;
        (first.below(&number) && !number.vague).then_some((last, number))
    }

    /// Grown together with letters or marks of a code: `K-12`, `B2`, `12/7`.
    fn grown_together(&self, start: usize, end: usize) -> bool {
        let Some(first) = self.atoms.get(start) else { return true };
        let before = start.checked_sub(1).filter(|_| first.glued).map(|b| self.text(b));
        let joined = before.is_some_and(|b| {
            !matches!(b, "(" | "[" | "\"" | "“" | "‘" | "'" | "—" | "–" | "$" | "£" | "€" | "¥" | "-" | "." | ",")
                || b == "-" && start > 1 && self.atoms[start - 1].glued
        });
        let behind = self.atoms.get(end).filter(|a| a.glued);
        let coded = behind.is_some_and(|a| {
            matches!(a.text(self.page.text()), "/" | ":" | "_" | "@" | "]")
                || a.text(self.page.text()) == "s"
                || a.kind == AtomKind::Word && first.kind != AtomKind::Word && a.text(self.page.text()).len() > 3
        });
        joined || coded
    }

    /// A number that only marks an item: at the head of a paragraph, before a full stop or a bracket.
    fn list_mark(&self, start: usize, end: usize) -> bool {
        let bracketed = start > 0 && matches!(self.text(start - 1), "[" | "(") && matches!(self.text(end), "]" | ")");
        bracketed || start == 0 && matches!(self.text(end), "." | ")" | ":" | "")
    }
}
