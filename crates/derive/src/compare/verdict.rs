//! What two claims are to each other: nothing, or agreement, contradiction, difference, with the aspect and the reason in
//! words. It is better to say nothing than to link what is not about the same: two claims must share whom they are about
//! by name, or be alike in every participant.

use super::fact::{Event, Fact, Link2, Says, Standing, best};
use super::party::{Likeness, Party};
use super::predicates::predicates;
use super::{Aspect, Verdict};
use rashomon_core::{Certainty, MentionKind, Sign, Timed};
use rashomon_text::edtf::Period;
use rashomon_text::space::one_line;
use rashomon_text::states;

/// Two participants that stand across from each other.
type Both<'a> = Option<(&'a Party<'a>, &'a Party<'a>)>;

/// A verdict with its aspect and its reason.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) verdict: Verdict,
    pub(super) aspect: Aspect,
    pub(super) reason: String,
    pub(super) score: f64,
    /// What both are about: of many pairs about the same, one for each two accounts is enough.
    pub(super) about: String,
}

fn found(verdict: Verdict, aspect: Aspect, score: f64, reason: String) -> Option<Found> {
    Some(Found { verdict, aspect, reason, score, about: String::new() })
}

/// What two claims are to each other; nothing where it cannot be seen that they are about the same.
pub(super) fn verdict(a: &Fact<'_>, b: &Fact<'_>) -> Option<Found> {
    if a.statement.id() == b.statement.id() || a.future != b.future && !matches!(a.says, Says::Cause(_)) {
        return None;
    }
    if a.document == b.document && a.statement.sentence() == b.statement.sentence() {
        return None;
    }
    let found = match (&a.says, &b.says) {
        (Says::Event(x), Says::Event(y)) => events(a, b, x, y),
        (Says::Role(x), Says::Role(y)) => roles(a, b, x, y),
        (Says::Cause(x), Says::Cause(y)) => causes(a, b, x, y),
        _ => None,
    };
    let of_causes = if matches!(a.says, Says::Cause(_)) { about(b) } else { String::new() };
    found.map(|found| Found { about: about(a) + &of_causes, ..found })
}

fn about(fact: &Fact<'_>) -> String {
    match &fact.says {
        Says::Event(event) => {
            let said = event.family.map_or(event.lemma.to_owned(), |f| f.to_string());
            let whom = event.undergoers.iter().chain(&event.doers).find_map(Party::key);
            format!("{said} {}", whom.unwrap_or_default())
        }
        Says::Role(role) => format!("is {} {}", role.what, role.who.key().unwrap_or_default()),
        Says::Cause(link) => format!("cause {}", link.effect.words.text),
    }
}

fn events(a: &Fact<'_>, b: &Fact<'_>, x: &Event<'_>, y: &Event<'_>) -> Option<Found> {
    let (family, other) = (x.family(), y.family());
    let same = match (x.family, y.family) {
        (Some(f), Some(g)) => f == g,
        (None, None) => x.lemma == y.lemma,
        _ => return None,
    };
    let opposite = !same && family.zip(y.family).is_some_and(|(f, g)| f.opposite.contains(&g));
    if !same && !opposite {
        return None;
    }
    let mutual = family.is_some_and(|f| f.mutual) && other.is_some_and(|f| f.mutual);
    let straight = (best(&x.doers, &y.doers), best(&x.undergoers, &y.undergoers));
    let crossed = || (best(&x.doers, &y.undergoers), best(&x.undergoers, &y.doers));
    let rank = |pair: &((Likeness, _), (Likeness, _))| (pair.0.0.min(pair.1.0), pair.0.0.max(pair.1.0));
    let turned = mutual.then(crossed).filter(|turned| rank(turned) > rank(&straight));
    let ((doing, doers), (suffering, undergoers)) = turned.unwrap_or(straight);
    if suffering == Likeness::Different || elsewhere(x, y) {
        return None;
    }
    let once = family.is_some_and(|f| f.once);
    let twice = family.is_none_or(|f| f.twice);
    let unique = |pair: Option<(&Party<'_>, &Party<'_>)>| {
        pair.is_some_and(|(p, q)| {
            [p, q].iter().all(|p| {
                p.named().is_some_and(|a| {
                    matches!(a.kind, MentionKind::Person | MentionKind::Other | MentionKind::Event | MentionKind::Work)
                })
            })
        })
    };
    let meant = suffering == Likeness::Same && once && unique(undergoers);
    let alone = |e: &Event<'_>| e.doers.is_empty() || e.undergoers.is_empty();
    let both = doing.min(suffering) >= Likeness::Alike && doing.max(suffering) == Likeness::Same;
    let dated = a.time.zip(b.time).is_some_and(|(s, t)| s.1.meets(t.1) && s.1.day().is_some() && t.1.day().is_some());
    let alike = doing.min(suffering) == Likeness::Alike
        && [doers, undergoers].iter().flatten().all(|(p, q)| specific(p) && specific(q));
    let one_side = alone(x)
        && alone(y)
        && doing.max(suffering) == Likeness::Same
        && same
        && (dated || x.family.is_some() && !twice);
    let about_same = meant || both && doing != Likeness::Different || alike || one_side;
    if doing == Likeness::Different {
        return if meant { rivals(x, y, doers, undergoers, same && a.affirmed && b.affirmed) } else { None };
    }
    if !about_same {
        return None;
    }
    let what = shown(x, y, undergoers.or(doers));
    let pronoun = [doers, undergoers].iter().flatten().any(|(p, q)| p.pronoun || q.pronoun);
    let score = match (meant || both, pronoun) {
        (true, false) => 0.9,
        (true, true) => 0.75,
        _ => 0.6,
    };
    let times = clash(a.time, b.time);
    if times == Times::Apart && !(meant && same) {
        return None;
    }
    if (a.affirmed != b.affirmed) == same {
        // The same words, read otherwise.
        let letters = |f: &Fact<'_>| f.statement.text().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        if letters(a) == letters(b) || a.clouded || b.clouded {
            return None;
        }
        // One says that it is so and the other that it is not; what happens again and again may be so at another time.
        let one_dated = a.time.is_some() != b.time.is_some();
        let denied = if a.affirmed {
            (undergoers.map(|u| u.1), undergoers.map(|u| u.0))
        } else {
            (undergoers.map(|u| u.0), undergoers.map(|u| u.1))
        };
        // No boat is no trawler; but no trawler may be a boat.
        let narrower =
            denied.0.zip(denied.1).is_some_and(|(no, yes)| no.before.iter().any(|word| !yes.before.contains(word)));
        // Without a family nothing is known of how often it happens: then all must be the same.
        let loose = family.is_none()
            && undergoers.is_some_and(|(p, q)| p.number.is_some() || q.number.is_some() || p.before != q.before);
        if (twice || opposite) && one_dated || same && narrower || twice && (loose || !both && !alike) {
            return None;
        }
        if opposite && !(a.affirmed && b.affirmed && (both || meant)) {
            return None;
        }
        let reason = match same {
            true => format!("{what}: affirmed by one, denied by the other"),
            false => format!("{what}: “{}” and “{}” are opposites", one_line(&x.words.text), one_line(&y.words.text)),
        };
        if weak(a.certainty) != weak(b.certainty) {
            return found(Verdict::Differ, Aspect::Certainty, score, reason + ", but one of them not as certain");
        }
        let aspect = if same { Aspect::Polarity } else { Aspect::Fact };
        return found(Verdict::Contradict, aspect, score, reason);
    }
    if !same {
        return None;
    }
    if x.noun && y.noun {
        return None;
    }
    agreeing(a, b, (x, y), (doers, undergoers), &Same { what, score, times, dated })
}

/// What two claims of the same have in common.
struct Same {
    what: String,
    score: f64,
    times: Times,
    dated: bool,
}

/// Both affirm, or both deny, the same of the same: whether number, time, place, certainty or the words' judgement differ.
fn agreeing(
    a: &Fact<'_>,
    b: &Fact<'_>,
    (x, y): (&Event<'_>, &Event<'_>),
    (doers, undergoers): (Both<'_>, Both<'_>),
    same: &Same,
) -> Option<Found> {
    let Same { what, score, times, dated } = same;
    let (what, score, times, dated, family) = (what.as_str(), *score, *times, *dated, x.family());
    for (p, q) in [doers, undergoers].into_iter().flatten() {
        if let Some((m, n)) = p.number.zip(q.number)
            && !m.fits(n)
        {
            // Another number of what is not otherwise the same may be another event.
            let firm = score > 0.7 && a.affirmed && family.is_some_and(|f| f.once || dated && !f.twice);
            let reason = format!("{what}: {} against {}", p.shown(), q.shown());
            return if firm { found(Verdict::Contradict, Aspect::Number, score, reason) } else { None };
        }
    }
    if times == Times::Apart {
        let (s, t) = a.time.zip(b.time)?;
        let reason = format!("{what}: {} against {}", one_line(&s.0.words.text), one_line(&t.0.words.text));
        return found(Verdict::Contradict, Aspect::Time, score, reason);
    }
    if let Some(found) = places(a, b, what, score) {
        return Some(found);
    }
    if let Some(found) = certainties(a, b, what, score) {
        return Some(found);
    }
    let judges = |e: &Event<'_>| e.family().is_some_and(|f| f.judges(e.lemma));
    if judges(x) != judges(y) {
        let reason =
            format!("{what}: “{}” against “{}”, of which one judges", one_line(&x.words.text), one_line(&y.words.text));
        return found(Verdict::Differ, Aspect::Evaluation, score, reason);
    }
    let denied = if a.affirmed { "" } else { ", denied by both" };
    found(Verdict::Agree, Aspect::Fact, score, format!("{what}{denied}"))
}

/// Where a once-only event is put: states that differ exclude each other; of other places nobody here knows which lies in which.
fn places(a: &Fact<'_>, b: &Fact<'_>, what: &str, score: f64) -> Option<Found> {
    let (p, q) = (a.place.as_ref()?, b.place.as_ref()?);
    let state = |party: &Party<'_>| {
        let listed = states::find(&party.named()?.name)?;
        (listed.called == states::Called::Name).then_some(listed.state)
    };
    let (s, t) = (state(p)?, state(q)?);
    let reason = format!("{what}: {} against {}", p.shown(), q.shown());
    (s != t && p.inside.is_empty() && q.inside.is_empty())
        .then(|| found(Verdict::Contradict, Aspect::Place, score, reason))
        .flatten()
}

fn certainties(a: &Fact<'_>, b: &Fact<'_>, what: &str, score: f64) -> Option<Found> {
    if a.future || b.future || weak(a.certainty) == weak(b.certainty) {
        return None;
    }
    let reason = format!("{what}: {} against {}", told(a), told(b));
    found(Verdict::Differ, Aspect::Certainty, score, reason)
}

fn told(fact: &Fact<'_>) -> String {
    let hedges: Vec<String> =
        fact.statement.claim().hedges.iter().map(|h| format!("“{}”", one_line(&h.text))).collect();
    match hedges.is_empty() {
        true => fact.certainty.as_str().to_owned(),
        false => format!("{} ({})", fact.certainty.as_str(), hedges.join(", ")),
    }
}

fn weak(certainty: Certainty) -> bool {
    certainty != Certainty::Certain
}

/// Different doers of what one alone does to the same once: they cannot both be right.
fn rivals(
    x: &Event<'_>,
    y: &Event<'_>,
    doers: Option<(&Party<'_>, &Party<'_>)>,
    undergoers: Option<(&Party<'_>, &Party<'_>)>,
    both: bool,
) -> Option<Found> {
    let (p, q) = doers?;
    let single = x.doers.len() == 1 && y.doers.len() == 1 && both;
    let person = |party: &Party<'_>| party.named().is_some_and(|a| a.kind == MentionKind::Person) && !party.pronoun;
    let one = x.family().is_some_and(|f| f.one);
    let reason = format!("{}: {} against {}", shown(x, y, undergoers), p.shown(), q.shown());
    (single && one && person(p) && person(q)).then(|| found(Verdict::Contradict, Aspect::Actor, 0.8, reason)).flatten()
}

/// Both tell of somebody else besides, and not of the same: withdrawing from one place is not withdrawing from another.
fn elsewhere(x: &Event<'_>, y: &Event<'_>) -> bool {
    let named = |e: &Event<'_>| e.others.iter().any(|p| !p.is_empty() && !p.pronoun);
    named(x) && named(y) && best(&x.others, &y.others).0 < Likeness::Alike
}

/// A description of at least two words of content, or a name.
fn specific(party: &Party<'_>) -> bool {
    party.named().is_some() || !party.pronoun && !party.other && (!party.before.is_empty() || !party.inside.is_empty())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    /// One of them is not told.
    Open,
    /// They may be one.
    Fit,
    /// They cannot.
    Apart,
}

/// Whether two times exclude each other, as far as the words themselves give them: a year that the words leave out was
/// worked out, and may be wrong. Days that lie as far apart as the Julian calendar from the Gregorian may be one.
fn clash(a: Option<(&Timed, Period)>, b: Option<(&Timed, Period)>) -> Times {
    let Some(((s, p), (t, q))) = a.zip(b) else { return Times::Open };
    if p.meets(q) {
        return Times::Fit;
    }
    let year = |timed: &Timed| timed.words.text.split(|c: char| !c.is_ascii_digit()).any(|d| d.len() == 4);
    let approximate = |timed: &Timed| timed.edtf.as_deref().is_none_or(|e| e.contains(['~', '?', '%']));
    if !year(s) || !year(t) || approximate(s) || approximate(t) || calendars(p, q) {
        return Times::Fit.min_apart(!calendars(p, q) && far(p, q));
    }
    Times::Apart
}

impl Times {
    /// Far apart as they are, events are not the same, though no words give both years.
    fn min_apart(self, far: bool) -> Times {
        if far { Times::Apart } else { self }
    }
}

/// More than a year between them.
fn far(p: Period, q: Period) -> bool {
    let gap = |x: Option<i64>, y: Option<i64>| x.zip(y).is_some_and(|(x, y)| y - x > 400);
    gap(p.last, q.first) || gap(q.last, p.first)
}

/// As many days apart as the two calendars were from the 16th century to the 20th.
fn calendars(p: Period, q: Period) -> bool {
    let apart = |x: Option<i64>, y: Option<i64>| {
        x.zip(y).is_some_and(|(x, y)| (10..=13).contains(&(x - y).abs()) && x < -14_610)
    };
    apart(p.first, q.first) || apart(p.last, q.last)
}

fn shown(x: &Event<'_>, y: &Event<'_>, about: Option<(&Party<'_>, &Party<'_>)>) -> String {
    let (p, q) = (one_line(&x.words.text), one_line(&y.words.text));
    let said = if p.eq_ignore_ascii_case(&q) { format!("“{p}”") } else { format!("“{p}” and “{q}”") };
    match about {
        Some((who, _)) => format!("{said} of {}", who.shown()),
        None => said,
    }
}

fn roles(a: &Fact<'_>, b: &Fact<'_>, x: &Standing<'_>, y: &Standing<'_>) -> Option<Found> {
    if x.what != y.what {
        return None;
    }
    let of_same = x.of.iter().any(|m| y.of.iter().any(|n| m.id == n.id));
    let what = format!("“{}”", x.what);
    match x.who.likeness(&y.who) {
        Likeness::Same if x.who.named().is_some() => {
            let apart = !of_same && !x.of.is_empty() && !y.of.is_empty();
            let only = |x: &[String], y: &[String]| x.iter().any(|word| !y.contains(word));
            let loose = !predicates().has_one_holder(&x.what)
                && (!of_same || only(&x.before, &y.before) && only(&y.before, &x.before));
            if apart || loose || clash(a.time, b.time) == Times::Apart {
                return None;
            }
            let what = format!("{what} of {}", x.who.shown());
            let score = if of_same { 0.9 } else { 0.7 };
            if a.affirmed != b.affirmed && !of_same {
                return None;
            }
            if a.affirmed != b.affirmed {
                return found(
                    Verdict::Contradict,
                    Aspect::Polarity,
                    score,
                    format!("{what}: affirmed by one, denied by the other"),
                );
            }
            // What somebody is held to be is said with reserve in the same breath in which it is said.
            found(Verdict::Agree, Aspect::Fact, score, what)
        }
        Likeness::Different if of_same && predicates().has_one_holder(&x.what) => {
            let person = |p: &Party<'_>| p.named().is_some_and(|a| a.kind == MentionKind::Person) && !p.pronoun;
            let sure = person(&x.who)
                && person(&y.who)
                && a.affirmed
                && b.affirmed
                && !(weak(a.certainty) || weak(b.certainty));
            let lasting = ["founder", "killer", "murderer", "assassin", "inventor", "discoverer", "father", "mother"]
                .contains(&x.what.as_str());
            let reason = format!("{what}: {} against {}", x.who.shown(), y.who.shown());
            match (sure, lasting && x.only && y.only) {
                (true, true) => found(Verdict::Contradict, Aspect::Actor, 0.8, reason),
                (true, false) if lasting => found(Verdict::Differ, Aspect::Actor, 0.6, reason),
                _ => None,
            }
        }
        _ => None,
    }
}

fn causes(a: &Fact<'_>, b: &Fact<'_>, x: &Link2<'_>, y: &Link2<'_>) -> Option<Found> {
    let (family, actor) = x.effect.meets(&y.effect);
    let (by_family, by_actor) = x.cause.meets(&y.cause);
    let short = |words: &str, most: usize| words.split_whitespace().count() <= most;
    let alone = by_actor && short(&x.cause.words.text, 4) && short(&y.cause.words.text, 4);
    let told = [&x.effect, &y.effect, &x.cause, &y.cause].iter().all(|side| short(&side.words.text, 20));
    // Within a document `this group` may be who is named elsewhere, if what is said to act on it is the same.
    let pointed = a.document == b.document && (x.effect.points || y.effect.points) && by_family;
    if !family || !(actor || pointed) || !told || !(by_family || alone) {
        return None;
    }
    let what = format!("what is said to act on “{}”", one_line(&x.effect.words.text));
    let (plus, minus) = (x.sign == Sign::Plus, y.sign == Sign::Plus);
    if plus != minus {
        let firm = by_family && by_actor && a.affirmed && b.affirmed;
        return if firm {
            found(Verdict::Contradict, Aspect::Cause, 0.7, format!("{what}: brought about against prevented or denied"))
        } else {
            None
        };
    }
    if a.affirmed != b.affirmed {
        return None;
    }
    if let Some(found) = certainties(a, b, &what, 0.7) {
        return Some(found);
    }
    found(
        Verdict::Agree,
        Aspect::Cause,
        0.7,
        format!("“{}” by “{}”", one_line(&x.effect.words.text), one_line(&x.cause.words.text)),
    )
}
