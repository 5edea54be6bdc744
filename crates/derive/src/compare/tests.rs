//! Two accounts each, and what they are to each other.

#[cfg(test)]
use super::*;
use crate::views::testing::{Told, snapshot};
use rashomon_core::{Certainty, MentionKind};

fn compared(told: &[Told]) -> Compared {
    let snapshot = snapshot(told);
    let documents: Vec<&rashomon_core::Document> = snapshot.documents.iter().map(|(d, _)| d).collect();
    compare(&snapshot, &Actors::resolve(&snapshot), &reuse(&documents))
}

/// Verdict and aspect of the only comparison; nothing if there is none.
fn verdict(a: Told, b: Told) -> Option<(Verdict, Aspect)> {
    let all = compared(&[a, b]).comparisons;
    assert!(all.len() < 2, "{all:?}");
    all.first().map(|c| (c.verdict, c.aspect))
}

const NAMES: &[(&str, MentionKind)] = &[
    ("Anne Lowry", MentionKind::Person),
    ("Tom Reed", MentionKind::Person),
    ("Nan Holm", MentionKind::Person),
    ("Meteor", MentionKind::Other),
    ("Harbour League", MentionKind::Organization),
];

/// A document of one sentence, with the names that stand in it.
fn one(path: &str, text: &str) -> Told {
    let there = NAMES.iter().filter(|(name, _)| text.contains(name));
    there.fold(Told::new(path, text), |told, (name, kind)| told.name(name, *kind))
}

fn says(path: &str, text: &str, words: &str, lemma: &str, parts: &[(&str, &str)]) -> Told {
    one(path, text).says(words, lemma, parts, &[])
}

fn killed(path: &str, text: &str, words: &str, lemma: &str, doer: &str) -> Told {
    says(path, text, words, lemma, &[("subject", doer), ("object", "Anne Lowry")])
}

#[test]
fn other_words_of_one_family_agree_and_a_word_that_judges_differs() {
    let a = || killed("a.txt", "Tom Reed killed Anne Lowry.", "killed", "kill", "Tom Reed");
    let shot = killed("b.txt", "It is known that Tom Reed executed Anne Lowry.", "executed", "execute", "Tom Reed");
    assert_eq!(verdict(a(), shot), Some((Verdict::Agree, Aspect::Fact)));
    let died = says("b.txt", "In the end Anne Lowry died.", "died", "die", &[("subject", "Anne Lowry")]);
    assert_eq!(verdict(a(), died), Some((Verdict::Agree, Aspect::Fact)));
    let murdered = killed("b.txt", "It is known that Tom Reed murdered Anne Lowry.", "murdered", "murder", "Tom Reed");
    assert_eq!(verdict(a(), murdered), Some((Verdict::Differ, Aspect::Evaluation)));
    let other = says(
        "b.txt",
        "Tom Reed killed Nan Holm.",
        "killed",
        "kill",
        &[("subject", "Tom Reed"), ("object", "Nan Holm")],
    );
    assert_eq!(verdict(a(), other), None, "somebody else");
}

#[test]
fn a_denial_an_opposite_and_another_doer_of_a_single_deed_contradict() {
    let a = || killed("a.txt", "Tom Reed killed Anne Lowry.", "killed", "kill", "Tom Reed");
    let denied = killed("b.txt", "Indeed Tom Reed never killed Anne Lowry.", "killed", "kill", "Tom Reed").denied();
    assert_eq!(verdict(a(), denied), Some((Verdict::Contradict, Aspect::Polarity)));
    let survived = says("b.txt", "After all Anne Lowry survived.", "survived", "survive", &[("subject", "Anne Lowry")]);
    assert_eq!(verdict(a(), survived), Some((Verdict::Contradict, Aspect::Fact)));
    let rival = killed("b.txt", "It was Nan Holm who killed Anne Lowry.", "killed", "kill", "Nan Holm");
    assert_eq!(verdict(a(), rival), Some((Verdict::Contradict, Aspect::Actor)));
    let backed = |path: &str, words: &str, lemma: &str| {
        let text = format!("Then Tom Reed {words} the Harbour League.");
        says(path, &text, words, lemma, &[("subject", "Tom Reed"), ("object", "the Harbour League")])
    };
    let clash = verdict(backed("a.txt", "backed", "back"), backed("b.txt", "opposed", "oppose"));
    assert_eq!(clash, Some((Verdict::Contradict, Aspect::Fact)));
    let joined = verdict(backed("a.txt", "joined", "join"), backed("b.txt", "left", "leave"));
    assert_eq!(joined, None, "one comes after the other");
}

#[test]
fn what_cannot_be_seen_to_be_the_same_is_not_compared() {
    let left = |path: &str, of: &str| {
        let text = format!("Tom Reed withdrew from {of}.");
        says(path, &text, "withdrew", "withdraw", &[("subject", "Tom Reed"), ("other", of)])
    };
    assert_eq!(verdict(left("a.txt", "the Harbour League"), left("b.txt", "the northern valley")), None);
    let hit = |path: &str, when: &str, edtf: &str| {
        let text = format!("The guards attacked the Harbour League {when}.");
        says(path, &text, "attacked", "attack", &[("subject", "The guards"), ("object", "the Harbour League")])
            .when(when, edtf)
    };
    assert_eq!(verdict(hit("a.txt", "in 1904", "1904"), hit("b.txt", "in 1906", "1906")), None, "two attacks");
    assert_eq!(
        verdict(hit("a.txt", "in 1904", "1904"), hit("b.txt", "in May 1904", "1904-05")),
        Some((Verdict::Agree, Aspect::Fact))
    );
    let sat = |path: &str, who: &str| {
        says(path, &format!("{who} opened the door."), "opened", "open", &[("subject", who), ("object", "the door")])
    };
    assert_eq!(verdict(sat("a.txt", "The clerk"), sat("b.txt", "The clerk")), None, "any clerk and any door");
}

#[test]
fn what_happens_once_has_one_date_and_calendars_are_no_clash() {
    let died = |path: &str, when: &str, edtf: &str| {
        says(path, &format!("Anne Lowry died on {when}."), "died", "die", &[("subject", "Anne Lowry")]).when(when, edtf)
    };
    let a = || died("a.txt", "3 May 1904", "1904-05-03");
    assert_eq!(verdict(a(), died("b.txt", "5 May 1904", "1904-05-05")), Some((Verdict::Contradict, Aspect::Time)));
    assert_eq!(
        verdict(a(), died("b.txt", "20 April 1904", "1904-04-20")),
        Some((Verdict::Agree, Aspect::Fact)),
        "13 days"
    );
    assert_eq!(verdict(a(), died("b.txt", "Friday", "1904-05-06")), Some((Verdict::Agree, Aspect::Fact)), "worked out");
}

#[test]
fn a_hedge_on_one_side_is_a_difference_of_certainty() {
    let a = killed("a.txt", "Tom Reed killed Anne Lowry.", "killed", "kill", "Tom Reed");
    let b = killed("b.txt", "Tom Reed possibly killed Anne Lowry.", "killed", "kill", "Tom Reed");
    let b = b.hedged("possibly", Certainty::Possible);
    assert_eq!(verdict(a, b), Some((Verdict::Differ, Aspect::Certainty)));
}

#[test]
fn one_voice_is_one_root_and_unknown_authors_are_not_called_independent() {
    let said = |path: &str, text: &str, voices: &[&str]| {
        one(path, text).says("killed", "kill", &[("subject", "Nan Holm"), ("object", "Anne Lowry")], voices)
    };
    let of =
        |told: &[Told]| -> Vec<Independence> { compared(told).comparisons.iter().map(|c| c.independence).collect() };
    let quoting = |path: &str, start: &str| {
        said(path, &format!("{start} Tom Reed said that Nan Holm killed Anne Lowry."), &["Tom Reed"])
    };
    assert_eq!(of(&[quoting("a.txt", "Once"), quoting("b.txt", "On Monday")]), [Independence::Copied]);
    let told = said("b.txt", "According to Tom Reed, in May Nan Holm killed poor Anne Lowry.", &["Tom Reed"]);
    assert_eq!(of(&[quoting("a.txt", "Once"), told]), [Independence::SameRoot]);
    let own = |path: &str, start: &str| said(path, &format!("{start} Nan Holm killed Anne Lowry."), &[]);
    assert_eq!(of(&[own("a.txt", "Then"), own("b.txt", "In May")]), [Independence::Unknown]);
    assert_eq!(
        of(&[own("a.txt", "Then").by("Eva Ross"), own("b.txt", "In May").by("Jan Berg")]),
        [Independence::Independent]
    );
    assert_eq!(
        of(&[own("a.txt", "Then").by("Eva Ross"), own("b.txt", "In May").by("Eva Ross")]),
        [Independence::SameRoot]
    );
    let from_author = said("b.txt", "Eva Ross wrote that Nan Holm killed Anne Lowry.", &["Eva Ross"]);
    assert_eq!(of(&[own("a.txt", "Then").by("Eva Ross"), from_author]), [Independence::SameRoot], "the other's author");
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let all = || {
        vec![
            killed("a.txt", "Tom Reed killed Anne Lowry.", "killed", "kill", "Tom Reed"),
            killed("b.txt", "Indeed Tom Reed never killed Anne Lowry.", "killed", "kill", "Tom Reed").denied(),
            killed("c.txt", "It was Nan Holm who killed Anne Lowry.", "killed", "kill", "Nan Holm"),
        ]
    };
    let mut turned = all();
    turned.reverse();
    let (x, y) = (compared(&all()), compared(&turned));
    assert_eq!(x.comparisons, y.comparisons);
    assert_eq!(x.claims, y.claims);
    assert!(x.comparisons.len() >= 2);
}

#[test]
fn what_people_say_of_a_comparison_is_obeyed() {
    let mut snapshot = snapshot(&[
        killed("a.txt", "Tom Reed killed Anne Lowry.", "killed", "kill", "Tom Reed"),
        killed("b.txt", "Indeed Tom Reed executed Anne Lowry.", "executed", "execute", "Tom Reed"),
        one("c.txt", "It rained on Nan Holm.").own("It rained on Nan Holm"),
    ]);
    let ids: Vec<StatementId> = snapshot.statements().map(|(_, s)| s.id().clone()).collect();
    let words: Vec<String> = snapshot.statements().map(|(_, s)| s.text()).collect();
    let mut say = |verdict: &str, a: usize, b: usize| {
        snapshot.judgements.push(rashomon_core::Judgement {
            sequence: snapshot.judgements.len() as u64 + 1,
            agent: "Reed".into(),
            verdict: verdict.into(),
            target: format!("{} {}", ids[a], ids[b]),
            words: format!("{}\n{}", words[a], words[b]),
            note: "seen in the register".into(),
            ..Default::default()
        });
        let all = compare(&snapshot, &Actors::resolve(&snapshot), &[]);
        all.comparisons.iter().map(|c| (c.verdict, c.score == 1.0)).collect::<Vec<_>>()
    };
    assert_eq!(say("right", 0, 1), [(Verdict::Agree, false)]);
    assert_eq!(say("wrong", 0, 1), []);
    assert_eq!(say("differ", 1, 0), [(Verdict::Differ, true)]);
    assert_eq!(say("undo", 0, 1), [(Verdict::Agree, false)]);
    assert_eq!(
        say("contradict", 0, 2),
        [(Verdict::Contradict, true), (Verdict::Agree, false)].into_iter().rev().collect::<Vec<_>>()
    );
}
