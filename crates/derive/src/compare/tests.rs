//! Two accounts each, and what they are to each other.

#[cfg(test)]
use super::*;
use crate::views::testing::{Told, snapshot};
use rashomon_core::{Certainty, MentionKind};

fn compared(told: &[Told]) -> Compared {
    let snapshot = snapshot(told);
    let documents: Vec<&rashomon_core::Document> = snapshot.documents.iter().map(|(d, _)| d.as_ref()).collect();
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

/// A document of one affair: it names three that the others name too.
fn affair(path: &str, text: &str) -> Told {
    let text = format!("{text} Anne Lowry, Tom Reed and Nan Holm were there.");
    one(path, &text)
}

#[test]
fn what_one_says_a_kind_lacked_and_the_other_that_it_had_contradict() {
    let carried = |path: &str, who: &str, what: &str, object: &str| {
        let text = format!("{who} {what} {object}.");
        affair(path, &text).says(what, "carry", &[("subject", who), ("object", object)], &[])
    };
    let none = || carried("a.txt", "The steamers", "carried", "no lamps").denied();
    let had = carried("b.txt", "All our boats", "had carried", "the usual lamps");
    assert_eq!(verdict(none(), had), Some((Verdict::Contradict, Aspect::Polarity)));
    assert_eq!(verdict(none(), carried("b.txt", "The miners", "had carried", "the usual lamps")), None, "others");
    let narrow = carried("a.txt", "The steamers", "carried", "no red lamps").denied();
    assert_eq!(verdict(narrow, carried("b.txt", "The boats", "had carried", "lamps")), None, "lamps of another colour");
    let far = one("b.txt", "The boats had carried lamps.");
    let far = far.says("had carried", "carry", &[("subject", "The boats"), ("object", "lamps")], &[]);
    assert_eq!(verdict(none(), far), None, "another affair");
}

#[test]
fn a_hedge_of_the_manner_is_no_doubt_of_the_deed() {
    let a = || says("a.txt", "Anne Lowry died.", "died", "die", &[("subject", "Anne Lowry")]);
    let b = |text: &str| {
        says("b.txt", text, "died", "die", &[("subject", "Anne Lowry")]).hedged("probably", Certainty::Probable)
    };
    assert_eq!(verdict(a(), b("Anne Lowry probably died instantly.")), Some((Verdict::Agree, Aspect::Fact)));
    assert_eq!(verdict(a(), b("Anne Lowry probably died.")), Some((Verdict::Differ, Aspect::Certainty)));
}

#[test]
fn what_is_only_waited_for_agrees_with_nothing() {
    let a = || says("a.txt", "Anne Lowry died.", "died", "die", &[("subject", "Anne Lowry")]);
    let text = "The box stays shut until after Anne Lowry dies.";
    let told = |claim: &str| {
        let mut told = says("b.txt", text, "dies", "die", &[("subject", "Anne Lowry")]);
        told = told.evidence(claim);
        told
    };
    assert_eq!(verdict(a(), told("until after Anne Lowry dies")), None);
    assert_eq!(verdict(a(), told("Anne Lowry dies")), Some((Verdict::Agree, Aspect::Fact)));
}

#[test]
fn a_bare_number_counts_what_the_number_before_it_counts() {
    let ran = |number: &str, value: &str| {
        let (boats, text) = (format!("{number} torpedo boats"), format!("{number} torpedo boats ran at us."));
        let told = affair("a.txt", &text).says("ran", "run at", &[("subject", &boats), ("object", "us")], &[]);
        told.counted(number, value, None)
    };
    let paper = |kind: &str| {
        let text = format!("Nobody saw the {kind}. There were two of them; another paper speaks of four.");
        let told = affair("b.txt", &text).own("four").pointing("them", &format!("the {kind}"));
        told.counted("two", "2", None).counted("four", "4", None)
    };
    assert_eq!(verdict(ran("Two", "2"), paper("torpedo boats")), Some((Verdict::Contradict, Aspect::Number)));
    assert_eq!(verdict(ran("Four", "4"), paper("torpedo boats")), None, "the same number");
    assert_eq!(verdict(ran("Two", "2"), paper("northern boats")), None, "other boats");
}

#[test]
fn the_nearest_is_no_nearer_than_all_are_said_to_have_been() {
    let none = || {
        let told = affair("a.txt", "No fishing boat lay nearer to us than one mile.");
        let told = told.says("lay", "lie", &[("subject", "No fishing boat"), ("object", "us")], &[]).denied();
        told.evidence("No fishing boat lay nearer to us than one mile").counted("one mile", "1", Some("mile"))
    };
    let nearest = |words: &str, value: &str| {
        let text = format!("The nearest ship was {words} from us.");
        let told = affair("b.txt", &text).says("was", "be", &[("subject", "The nearest ship"), ("object", words)], &[]);
        told.counted(words, value, Some("mile"))
    };
    assert_eq!(verdict(none(), nearest("half a mile", "0.5")), Some((Verdict::Contradict, Aspect::Number)));
    assert_eq!(verdict(none(), nearest("two miles", "2")), None, "that two distances fit proves nothing");
}

#[test]
fn two_documents_are_of_one_affair_by_a_third_if_they_share_a_name() {
    let lamps = |path: &str, text: &str, who: &str, words: &str, object: &str| {
        one(path, text).says(words, "carry", &[("subject", who), ("object", object)], &[])
    };
    let a = || {
        let text = "The boats carried no lamps. Anne Lowry, Tom Reed, Nan Holm saw it.";
        lamps("a.txt", text, "The boats", "carried", "no lamps").denied()
    };
    let b = || {
        let text = "Our boats had carried lamps. Nan Holm, the Meteor and the Harbour League saw it.";
        lamps("b.txt", text, "Our boats", "had carried", "lamps")
    };
    let third = one("c.txt", "Anne Lowry, Tom Reed, Nan Holm, the Meteor and the Harbour League.");
    assert_eq!(verdict(a(), b()), None);
    let verdicts: Vec<Verdict> = compared(&[a(), b(), third]).comparisons.iter().map(|c| c.verdict).collect();
    assert_eq!(verdicts, [Verdict::Contradict]);
}

#[test]
fn what_did_not_stop_went_on() {
    let none = || {
        let told = affair("a.txt", "None of the boats stopped.");
        told.says("stopped", "stop", &[("subject", "None of the boats")], &[]).denied()
    };
    let on = |who: &str| affair("b.txt", &format!("{who} went on.")).says("went on", "go on", &[("subject", who)], &[]);
    assert_eq!(verdict(none(), on("The squadron")), Some((Verdict::Agree, Aspect::Fact)));
    assert_eq!(verdict(none(), on("The talks")), None, "others");
    let told = |start: &str| {
        let told = affair("b.txt", &format!("{start} the squadron went on."));
        told.says("went on", "go on", &[("subject", "the squadron")], &[])
    };
    assert_eq!(verdict(none(), told("No one disputed that")), Some((Verdict::Agree, Aspect::Fact)));
    assert_eq!(verdict(none(), told("I do not think that")), None, "what is denied is not sure");
    let stopped = affair("b.txt", "The squadron stopped.").says("stopped", "stop", &[("subject", "The squadron")], &[]);
    assert_eq!(verdict(none(), stopped), None, "another verb of the same is left to others");
}

#[test]
fn a_pronoun_is_not_the_one_in_whose_own_words_it_stands() {
    let a = || {
        says(
            "a.txt",
            "The guards cuffed Tom Reed.",
            "cuffed",
            "arrest",
            &[("subject", "The guards"), ("object", "Tom Reed")],
        )
    };
    let b = |quoted: bool| {
        let text = "Tom Reed told us: “The guards cuffed him at once.”";
        let told =
            one("b.txt", text).says("cuffed", "arrest", &[("subject", "The guards"), ("object", "him")], &["Tom Reed"]);
        let told = told.pointing("him", "Tom Reed");
        if quoted { told.quoted("The guards cuffed him at once.") } else { told }
    };
    assert_eq!(verdict(a(), b(false)), Some((Verdict::Agree, Aspect::Fact)));
    assert_eq!(verdict(a(), b(true)), None);
}
