//! Whether two names can be one's: a score from 0 to 1 and the reasons in words. [`SAME`] and above, the names alone
//! would do; between [`CAN_BE`] and that, other evidence must decide (a family name beside a full name); below, the names
//! speak against it. A score is about the names only: two people may bear one name.

use super::organisation::{self, OrganisationName, Word, organisation};
use super::person::{Part, PersonName, Role, person_of};
use super::token::{Token, tokens};
use crate::sound::Sounds;

/// From here on, names are taken to be the same name.
pub const SAME: f32 = 0.75;

/// From here on, names can be the same where more speaks for it.
pub const CAN_BE: f32 = 0.5;

/// What kind of thing a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Schema {
    /// A human being.
    Person,
    /// A body of people, and everything else that is named by words: companies, ships, places.
    Organisation,
    /// Not known: the words decide.
    Unknown,
}

impl Schema {
    /// From the words that data use: `Person`, `Company`, `Organization`, `LegalEntity`, `Vessel`, or nothing.
    pub fn named(word: &str) -> Schema {
        match word.trim().to_lowercase().as_str() {
            "person" | "per" => Schema::Person,
            "" | "thing" | "legalentity" | "unknown" => Schema::Unknown,
            _ => Schema::Organisation,
        }
    }
}

/// A name that has been read, to be compared many times.
#[derive(Debug, Clone)]
pub struct Name {
    pub(super) person: Option<PersonName>,
    pub(super) organisation: Option<OrganisationName>,
    /// Whether a word of it is one that organisations are called by.
    pub(super) like_organisation: bool,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// From 0 (nothing in common) to 1 (the same).
    pub score: f32,
    /// Why, in words; empty unless asked for.
    pub reasons: Vec<String>,
}

impl Name {
    /// Reads a name.
    pub fn new(text: &str, schema: Schema) -> Name {
        let words = tokens(text);
        let like_organisation = words.iter().any(organisation::is_idea);
        let person = match schema {
            Schema::Organisation => None,
            _ => Some(person_of(words)),
        };
        let organisation = match schema {
            Schema::Person => None,
            _ => Some(organisation(text)),
        };
        Name { person, organisation, like_organisation }
    }

    /// Its parts, if it can be a person's.
    pub fn as_person(&self) -> Option<&PersonName> {
        self.person.as_ref()
    }

    /// How far two names agree.
    pub fn score(&self, other: &Name) -> f32 {
        self.against(other, &mut Reasons::none())
    }

    /// How far two names agree, and why.
    pub fn compare(&self, other: &Name) -> Comparison {
        let mut reasons = Reasons(Some(Vec::new()));
        let score = self.against(other, &mut reasons);
        Comparison { score, reasons: reasons.0.unwrap_or_default() }
    }

    fn against(&self, other: &Name, reasons: &mut Reasons) -> f32 {
        let persons = self.person.as_ref().zip(other.person.as_ref());
        let organisations = self.organisation.as_ref().zip(other.organisation.as_ref());
        match (persons, organisations) {
            (Some((a, b)), Some(_)) if !self.like_organisation && !other.like_organisation => {
                persons_agree(a, b, reasons)
            }
            (_, Some((a, b))) => organisations_agree(a, b, reasons),
            (Some((a, b)), None) => persons_agree(a, b, reasons),
            (None, None) => 0.0,
        }
    }
}

/// Compares two names, with the reasons.
pub fn compare(a: &str, b: &str, schema: Schema) -> Comparison {
    Name::new(a, schema).compare(&Name::new(b, schema))
}

/// The score of two names alone.
pub fn score(a: &str, b: &str, schema: Schema) -> f32 {
    Name::new(a, schema).score(&Name::new(b, schema))
}

/// Reasons, if anyone wants them.
struct Reasons(Option<Vec<String>>);

impl Reasons {
    fn none() -> Reasons {
        Reasons(None)
    }

    fn say(&mut self, words: impl FnOnce() -> String) {
        if let Some(all) = &mut self.0 {
            all.push(words());
        }
    }
}

/// How much likeness of sound is worth: names of people differ by little, so a little difference counts much.
fn worth(alike: f32) -> f32 {
    alike * alike
}

/// A pair of words that go together.
#[derive(Clone, Copy)]
struct Match {
    a: usize,
    b: usize,
    alike: f32,
}

/// Gives each word of the one name at most one of the other, the likest first; among equals the first in order.
fn assign(mut candidates: Vec<Match>) -> Vec<Match> {
    candidates.sort_by(|x, y| y.alike.total_cmp(&x.alike).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut chosen: Vec<Match> = Vec::new();
    for candidate in candidates {
        if chosen.iter().all(|m| m.a != candidate.a && m.b != candidate.b) {
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|m| (m.a, m.b));
    chosen
}

/// Words are not taken for each other below this likeness.
const LEAST_ALIKE: f32 = 0.4;

/// How alike two parts of people's names are.
fn parts_alike(a: &Part, b: &Part) -> f32 {
    if a.initial || b.initial {
        let (x, y) = (a.latin.bytes().next(), b.latin.bytes().next());
        let both = a.initial && b.initial;
        return if x == y { if both { 1.0 } else { 0.9 } } else { 0.0 };
    }
    if a.latin == b.latin && a.sounds == b.sounds {
        return 1.0;
    }
    let mut best = a.sounds.alike(&b.sounds);
    // "Vanderbilt" and "van der Bilt".
    match (&a.whole, &b.whole) {
        (Some(whole), None) => best = best.max(whole.alike(&b.sounds)),
        (None, Some(whole)) => best = best.max(a.sounds.alike(whole)),
        _ => {}
    }
    // A vowel is a third of a short name: Tom is not Tim.
    if a.sounds.as_slice().len().min(b.sounds.as_slice().len()) <= 3 {
        best = best.powf(1.4);
    }
    // Across such scripts an equal name leaves more differences.
    if a.sounds.vowels_missing() != b.sounds.vowels_missing() {
        best = best.powf(0.85);
    }
    let kunya = (a.role == Role::Kunya) != (b.role == Role::Kunya);
    if kunya { best * 0.7 } else { best }
}

fn weight(part: &Part) -> f32 {
    match part.role {
        _ if part.initial => 0.4,
        Role::Family => 1.2,
        Role::Patronymic | Role::Middle => 0.7,
        _ => 1.0,
    }
}

/// Joins two neighbours of one name where the other has them as one word (*Muhammadali*, *Muhammad Ali*).
fn join<'p>(parts: Vec<&'p Part>, others: &[&Part], made: &'p mut Vec<Part>) -> Vec<&'p Part> {
    let longest = others.iter().map(|p| p.sounds.as_slice().len()).max().unwrap_or(0);
    let found = parts.windows(2).position(|pair| {
        let [x, y] = pair else { return false };
        let together = x.sounds.as_slice().len() + y.sounds.as_slice().len();
        if x.initial || y.initial || together > longest + 2 {
            return false;
        }
        let whole = x.sounds.joined(y.whole.as_ref().unwrap_or(&y.sounds));
        others.iter().any(|o| whole.alike(&o.sounds) >= 0.9)
    });
    let Some((at, (Some(x), Some(y)))) = found.map(|n| (n, (parts.get(n).copied(), parts.get(n + 1).copied()))) else {
        return parts;
    };
    made.push(Part {
        text: format!("{} {}", x.text, y.text),
        role: x.role,
        sounds: x.sounds.joined(y.whole.as_ref().unwrap_or(&y.sounds)),
        whole: None,
        latin: format!("{}{}", x.latin, y.latin),
        initial: false,
    });
    let joined = made.last().into_iter();
    parts.iter().copied().take(at).chain(joined).chain(parts.iter().copied().skip(at + 2)).collect()
}

fn persons_agree(a: &PersonName, b: &PersonName, reasons: &mut Reasons) -> f32 {
    let telling = |name| -> Vec<&Part> { PersonName::telling(name).collect() };
    let (mut of_a, mut of_b) = (telling(a), telling(b));
    if of_a.is_empty() || of_b.is_empty() {
        return titles_agree(a, b, reasons);
    }
    let (mut made_a, mut made_b) = (Vec::new(), Vec::new());
    if of_a.len() != of_b.len() {
        of_a = join(of_a, &of_b, &mut made_a);
        of_b = join(of_b, &of_a, &mut made_b);
    }
    let mut candidates = Vec::with_capacity(of_a.len() * of_b.len());
    for (n, x) in of_a.iter().enumerate() {
        for (m, y) in of_b.iter().enumerate() {
            let alike = parts_alike(x, y);
            if alike >= LEAST_ALIKE {
                candidates.push(Match { a: n, b: m, alike });
            }
        }
    }
    let matches = assign(candidates);
    let agreed = weigh_parts(&of_a, &of_b, &matches, reasons);
    agreed * order(a, b, &of_a, &of_b, &matches, reasons) * apart(a, b, reasons)
}

/// What the matched parts are worth against those that only one name has.
fn weigh_parts(a: &[&Part], b: &[&Part], matches: &[Match], reasons: &mut Reasons) -> f32 {
    let (mut sum, mut all, mut worst) = (0.0, 0.0, 1.0f32);
    for m in matches {
        let (Some(x), Some(y)) = (a.get(m.a), b.get(m.b)) else { continue };
        let weight = if x.initial || y.initial { 0.4 } else { (weight(x) + weight(y)) / 2.0 };
        sum += weight * worth(m.alike);
        all += weight;
        worst = worst.min(worth(m.alike));
        reasons.say(|| match (x.initial || y.initial, m.alike >= 0.9995) {
            (true, _) => format!("“{}” can be the first letter of “{}”", shorter(x, y), longer(x, y)),
            (_, true) if x.latin == y.latin => format!("“{}” is in both", x.text),
            (_, true) => format!("“{}” and “{}” are spellings of the same sounds", x.text, y.text),
            _ => format!("“{}” and “{}” sound alike by {:.2}", x.text, y.text, m.alike),
        });
    }
    let only_a: Vec<&Part> = left(a, |n| matches.iter().any(|m| m.a == n));
    let only_b: Vec<&Part> = left(b, |n| matches.iter().any(|m| m.b == n));
    let loss = |parts: &[&Part]| parts.iter().map(|p| weight(p)).sum::<f32>();
    let missing = loss(&only_a) + loss(&only_b);
    let names = |parts: &[&Part]| parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
    let full = matches
        .iter()
        .filter(|m| !a.get(m.a).is_none_or(|p| p.initial) && !b.get(m.b).is_none_or(|p| p.initial))
        .count();
    let share = match (only_a.is_empty(), only_b.is_empty()) {
        (true, true) => 0.0,
        (false, false) => {
            reasons.say(|| format!("“{}” against “{}” speaks for two", names(&only_a), names(&only_b)));
            1.0
        }
        _ => {
            let one = if only_a.is_empty() { &only_b } else { &only_a };
            reasons.say(|| format!("only one has “{}”", names(one)));
            if full >= 2 { 0.2 } else { 0.75 }
        }
    };
    if all == 0.0 {
        return 0.0;
    }
    // One letter and a family name fit too many people.
    let guessed = |m: &Match| a.get(m.a).zip(b.get(m.b)).is_some_and(|(x, y)| x.initial != y.initial);
    let thin = if full == 1 && matches.len() == 2 && share == 0.0 && matches.iter().any(guessed) { 0.8 } else { 1.0 };
    let clash = if share == 1.0 { 0.8 } else { 1.0 };
    thin * clash * (sum / (all + share * missing)) * worst.powf(0.3)
}

fn shorter<'p>(x: &'p Part, y: &'p Part) -> &'p str {
    if x.initial { &x.text } else { &y.text }
}

fn longer<'p>(x: &'p Part, y: &'p Part) -> &'p str {
    if x.initial { &y.text } else { &x.text }
}

fn left<'p>(parts: &[&'p Part], taken: impl Fn(usize) -> bool) -> Vec<&'p Part> {
    parts.iter().enumerate().filter(|(n, _)| !taken(*n)).map(|(_, p)| *p).collect()
}

/// A given name that is the other's family name speaks against, where both orders are known.
fn order(a: &PersonName, b: &PersonName, of_a: &[&Part], of_b: &[&Part], all: &[Match], reasons: &mut Reasons) -> f32 {
    let crossed = all.iter().any(|m| {
        let roles = of_a.get(m.a).zip(of_b.get(m.b)).map(|(x, y)| (x.role, y.role));
        matches!(roles, Some((Role::Given, Role::Family) | (Role::Family, Role::Given)))
    });
    if !crossed || of_a.len() < 2 || of_b.len() < 2 {
        return 1.0;
    }
    if a.order_known && b.order_known {
        reasons.say(|| "the given name of one is the family name of the other".into());
        return 0.6;
    }
    reasons.say(|| "the words stand in another order".into());
    0.97
}

/// What tells two people apart beside their names.
fn apart(a: &PersonName, b: &PersonName, reasons: &mut Reasons) -> f32 {
    let mut factor = 1.0;
    if let (Some(x), Some(y)) = (a.sex, b.sex)
        && x != y
    {
        reasons.say(|| "the titles are of a man and of a woman".into());
        factor *= 0.5;
    }
    let suffix = |name: &PersonName| name.words(Role::Suffix).to_lowercase();
    let (x, y) = (suffix(a), suffix(b));
    if !x.is_empty() && !y.is_empty() && x.get(..2) != y.get(..2) {
        reasons.say(|| format!("“{x}” is not “{y}”"));
        factor *= 0.5;
    }
    factor
}

/// Names without a telling word: their titles as words.
fn titles_agree(a: &PersonName, b: &PersonName, reasons: &mut Reasons) -> f32 {
    let words = |name: &PersonName| -> Vec<String> { name.parts.iter().map(|p| p.latin.clone()).collect() };
    let (x, y) = (words(a), words(b));
    let same = !x.is_empty() && x == y;
    reasons.say(|| {
        let told = if same { "the same titles, without a name" } else { "one of the two is only a title" };
        told.into()
    });
    if same { 0.7 } else { 0.0 }
}

fn organisations_agree(a: &OrganisationName, b: &OrganisationName, reasons: &mut Reasons) -> f32 {
    for (x, y) in [(a, b), (b, a)] {
        let Some(letters) = x.letters.as_deref() else { continue };
        if let Some((score, how)) = organisation::stands_for(letters, y) {
            let name: Vec<&str> = y.words.iter().map(|w| w.text.as_str()).collect();
            reasons.say(|| format!("“{}” {how} “{}”", letters.to_uppercase(), name.join(" ")));
            return score;
        }
    }
    let mut candidates = Vec::with_capacity(a.words.len() * b.words.len());
    for (n, x) in a.words.iter().enumerate() {
        for (m, y) in b.words.iter().enumerate() {
            let alike = words_alike(x, y);
            if alike >= 0.6 {
                candidates.push(Match { a: n, b: m, alike });
            }
        }
    }
    let matches = assign(candidates);
    weigh_words(a, b, &matches, reasons)
}

/// Letters that are not each other's: capitals of one and two and three letters differ by meaning, not by spelling.
fn words_alike(a: &Word, b: &Word) -> f32 {
    match (a.number, b.number) {
        (Some(x), Some(y)) => return if x == y { 1.0 } else { 0.0 },
        (Some(_), None) | (None, Some(_)) => return 0.0,
        (None, None) => {}
    }
    if a.latin == b.latin {
        return 1.0;
    }
    match (a.idea, b.idea) {
        (Some(x), Some(y)) => return if x == y { 0.995 } else { 0.0 },
        (Some(_), None) | (None, Some(_)) => {
            return if a.latin.len().min(b.latin.len()) > 3 { loose(a, b) } else { 0.0 };
        }
        (None, None) => {}
    }
    if a.latin.len().min(b.latin.len()) <= 2 { 0.0 } else { a.sounds.alike(&b.sounds) }
}

/// A word that is an idea against one that is not: only a misspelling of it.
fn loose(a: &Word, b: &Word) -> f32 {
    let alike = Sounds::alike(&a.sounds, &b.sounds);
    if alike >= 0.85 { alike } else { 0.0 }
}

fn weigh_words(a: &OrganisationName, b: &OrganisationName, matches: &[Match], reasons: &mut Reasons) -> f32 {
    let (mut sum, mut all, mut worst, mut named) = (0.0, 0.0, 1.0f32, 0);
    for m in matches {
        let (Some(x), Some(y)) = (a.words.get(m.a), b.words.get(m.b)) else { continue };
        let weight = (x.weight + y.weight) / 2.0;
        sum += weight * worth(m.alike);
        all += weight;
        if weight > 0.2 {
            worst = worst.min(worth(m.alike));
            named += 1;
        }
        reasons.say(|| match (x.latin == y.latin, x.idea.is_some() && x.idea == y.idea) {
            (true, _) => format!("“{}” is in both", x.text),
            (_, true) => format!("“{}” and “{}” mean the same", x.text, y.text),
            _ => format!("“{}” and “{}” sound alike by {:.2}", x.text, y.text, m.alike),
        });
    }
    let only = |words: &[Word], taken: &dyn Fn(usize) -> bool| -> (f32, String) {
        let rest: Vec<&Word> = words.iter().enumerate().filter(|(n, _)| !taken(*n)).map(|(_, w)| w).collect();
        let told: Vec<&str> = rest.iter().map(|w| w.text.as_str()).collect();
        (rest.iter().map(|w| w.weight).sum(), told.join(" "))
    };
    let (lost_a, told_a) = only(&a.words, &|n| matches.iter().any(|m| m.a == n));
    let (lost_b, told_b) = only(&b.words, &|n| matches.iter().any(|m| m.b == n));
    let share = if lost_a > 0.2 && lost_b > 0.2 {
        reasons.say(|| format!("“{told_a}” against “{told_b}” speaks for two"));
        1.0
    } else {
        if lost_a + lost_b > 0.0 {
            reasons.say(|| format!("only one has “{told_a}{told_b}”"));
        }
        if named >= 2 { 0.5 } else { 0.75 }
    };
    if all == 0.0 {
        return 0.0;
    }
    (sum / (all + share * (lost_a + lost_b))) * worst.powf(0.3)
}

/// Whether the words of a name say that it is an organisation's.
pub fn is_organisation_like(name: &str) -> bool {
    let words: Vec<Token> = tokens(name);
    words.iter().any(organisation::is_idea)
}
