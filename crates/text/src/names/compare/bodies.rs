//! How far two names of organisations agree: by ideas in any language, by the sound of what is no idea, by numbers exactly, and by
//! letters that stand for words.

use super::super::organisation::{self, OrganisationName, Word};
use super::{Match, Reasons, assign, worth};
use crate::sound::Sounds;

pub(super) fn organisations_agree(a: &OrganisationName, b: &OrganisationName, reasons: &mut Reasons) -> f32 {
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
