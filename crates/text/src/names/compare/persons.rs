//! How far two names of people agree: their parts are given to each other by sound, what only one has counts little,
//! what each has instead of the other's counts much.

use super::super::person::{Part, PersonName, Role};
use super::{LEAST_ALIKE, Match, Reasons, assign, worth};

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

pub(super) fn persons_agree(a: &PersonName, b: &PersonName, reasons: &mut Reasons) -> f32 {
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
