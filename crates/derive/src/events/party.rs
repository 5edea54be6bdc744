//! Who does it and to whom it is done: from words to actors. A body is counted under the name that its words hold where
//! it has none of its own (`soldiers of Norland` under Norland), as event data does; the words themselves are kept.

use super::phrase::{holds_capital, is_body_noun, tokens, words_of};
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Document, MentionKind, Span, Words};

/// One of those who stand on a side of an event or tie.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The words.
    pub words: Words,
    /// Who they name, if that is known.
    pub actor: Option<ActorId>,
}

/// Words for somebody that the clause itself does not name.
const PRONOUNS: &[&str] = &["i", "me", "we", "us", "you", "he", "him", "she", "her", "it", "they", "them"];

/// How many bytes behind a side further names of a list may stand.
const LIST: u32 = 200;

/// The actor that some words name, describe or hold: at their head, else the owner before them or the first inside.
pub(super) fn actor_of<'a>(actors: &'a Actors, document: &Document, words: &Words) -> Option<&'a Actor> {
    let whole = actors.at(&document.id, words);
    let named = |actor: &&Actor| matches!(actor.kind, MentionKind::Event | MentionKind::Work | MentionKind::Other);
    if let Some(actor) = whole.filter(|a| !named(a)) {
        return Some(actor);
    }
    let (mention, actor) = actors.within(&document.id, words.span).find(|(_, actor)| !named(actor))?;
    (!is_of_foes(&document.text, words.span, mention)).then_some(actor)
}

/// Who is against somebody: what is done to them is not done to him.
const FOES: &[&str] = &[
    "enemy",
    "enemies",
    "opponent",
    "opponents",
    "foe",
    "foes",
    "adversary",
    "adversaries",
    "rival",
    "rivals",
    "critic",
    "critics",
    "attacker",
    "attackers",
    "killer",
    "killers",
    "assassins",
    "murderers",
];

/// Whether a name stands among some words only to say whose foes they are: `the enemies of Norland`, `Norland's rivals`.
fn is_of_foes(text: &str, whole: Span, mention: Span) -> bool {
    let foes = |start: u32, end: u32| {
        tokens(text, Span { start, end: end.max(start) }).iter().any(|t| FOES.contains(&t.word.as_str()))
    };
    let behind = text.get(mention.end as usize..whole.end.max(mention.end) as usize).unwrap_or_default();
    let owns =
        behind.starts_with("'s") || behind.starts_with("’s") || behind.starts_with('’') || behind.starts_with('\'');
    foes(whole.start, mention.start) || owns && foes(mention.end, whole.end)
}

/// The members that some words name: each name of a list (`Norland, Estria and Sudmark`) is one.
pub(super) fn members(actors: &Actors, document: &Document, words: &Words) -> Vec<Member> {
    let parts = split(actors, document, words.span);
    let mut found: Vec<Member> = Vec::new();
    for span in parts {
        let Some(part) = Words::at(&document.text, span) else { continue };
        let actor = actor_of(actors, document, &part).map(|a| a.id.clone());
        found.push(Member { words: part, actor });
    }
    found
}

/// Takes who was worked out wrongly from the sides of one deed: of whom a clause names as its doer, it does not speak again by
/// a pronoun or a description, but by `himself` (Chomsky 1981, principle B). The words are kept.
pub(super) fn part_selves(document: &Document, source: &mut [Member], target: &mut [Member]) {
    let pronoun = |m: &Member| PRONOUNS.contains(&m.words.text.to_lowercase().as_str());
    let own =
        |m: &Member| m.words.text.to_lowercase().ends_with("self") || m.words.text.to_lowercase().ends_with("selves");
    let rank = |m: &Member| match pronoun(m) {
        true => 0,
        false => 1 + u8::from(holds_capital(&document.text, m.words.span)),
    };
    // `They beat that group`: whom `they` was taken for may be whom `that group` means.
    let points = |m: &Member| {
        let words = words_of(&tokens(&document.text, m.words.span));
        matches!(words.as_slice(), [this, noun] if (this == "this" || this == "that") && is_body_noun(noun))
    };
    if target.iter().any(|m| m.actor.is_none() && points(m)) {
        let bodies = ["they", "them", "it", "we", "us"];
        let body = |m: &&mut Member| bodies.contains(&m.words.text.to_lowercase().as_str());
        source.iter_mut().filter(body).for_each(|m| m.actor = None);
    }
    for whom in target.iter_mut().filter(|m| m.actor.is_some() && !own(m)) {
        for who in source.iter_mut().filter(|m| m.actor.is_some()) {
            if who.actor != whom.actor || who.words.span.overlaps(whom.words.span) {
                continue;
            }
            match (rank(who), rank(whom)) {
                // Two bodies of one name may fight each other.
                (2, 2) => {}
                (firm, loose) if firm >= loose => whom.actor = None,
                _ => who.actor = None,
            }
        }
    }
}

/// Whether some words hold an actor.
///
/// A name that no reader took for one shows by its capital letter.
pub(super) fn holds_actor(actors: &Actors, document: &Document, words: &Words) -> bool {
    actor_of(actors, document, words).is_some() || holds_capital(&document.text, words.span)
}

/// Whether some words name a body: an organisation that is known, or letters that stand for one.
pub(super) fn is_body(actors: &Actors, document: &Document, words: &Words) -> bool {
    let known = actor_of(actors, document, words).is_some_and(|a| a.kind == MentionKind::Organization);
    let letters = |w: &str| w.chars().count() > 1 && w.chars().all(char::is_uppercase);
    known || words.text.split_whitespace().any(letters)
}

/// Cuts a list at its commas and `and`, if each part holds an actor of its own and no preposition stands between.
fn split(actors: &Actors, document: &Document, span: Span) -> Vec<Span> {
    let whole = extended(actors, document, span);
    let Some(text) = whole.of(&document.text) else { return vec![span] };
    let mut cuts = Vec::new();
    let mut from = 0;
    for (at, mark) in text.match_indices(" and ").chain(text.match_indices(", ")) {
        cuts.push((at, at + mark.len()));
    }
    cuts.sort_unstable();
    let mut parts = Vec::new();
    for (at, next) in cuts {
        if at >= from {
            parts.push(Span::new(whole.start as usize + from, whole.start as usize + at));
            from = next;
        }
    }
    parts.push(Span::new(whole.start as usize + from, whole.end as usize));
    parts.retain(|p| !p.is_empty());
    let alone = |part: &Span| {
        let text = part.of(&document.text).unwrap_or_default();
        let phrase = text.split_whitespace().any(|w| matches!(w, "in" | "of" | "at" | "on" | "by" | "for" | "who"));
        !phrase && (actors.within(&document.id, *part).next().is_some() || holds_capital(&document.text, *part))
    };
    if parts.len() > 1 && parts.iter().all(alone) { parts } else { vec![span] }
}

/// The span together with the names that follow it in a list that ends with `and`.
fn extended(actors: &Actors, document: &Document, span: Span) -> Span {
    let mut end = span.end;
    let mut closed = span.of(&document.text).is_some_and(|t| t.contains(" and "));
    let mut reach = end;
    while reach < span.end.saturating_add(LIST) && !closed {
        let rest = document.text.get(reach as usize..).unwrap_or_default();
        let joint =
            [", and the ", ", and ", " and the ", " and ", ", the ", ", "].iter().find(|j| rest.starts_with(**j));
        let Some(joint) = joint else { break };
        let start = reach + joint.len() as u32;
        let near = Span { start, end: start.saturating_add(1) };
        let Some((mention, _)) = actors.within(&document.id, near).find(|(m, _)| m.start == start) else { break };
        reach = mention.end;
        closed = joint.contains("and");
    }
    if closed && reach > end {
        end = reach;
    }
    Span { start: span.start, end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    fn parts(text: &str, words: &str, names: &[&str]) -> Vec<String> {
        let told = names.iter().fold(Told::new("a.txt", text).own(text), |t, n| t.name(n, MentionKind::Place));
        let snapshot = snapshot(&[told]);
        let actors = Actors::resolve(&snapshot);
        let document = &snapshot.documents[0].0;
        let start = text.find(words).unwrap();
        let words = Words::at(text, Span::new(start, start + words.len())).unwrap();
        let name = |m: &Member| m.actor.as_ref().and_then(|a| actors.get(a)).map_or("?".to_owned(), |a| a.name.clone());
        members(&actors, document, &words).iter().map(|m| format!("{}={}", m.words.text, name(m))).collect()
    }

    #[test]
    fn a_pronoun_or_description_is_not_the_doer_of_its_own_clause() {
        let text =
            "Norland attacked the kingdom, and they fought themselves and that group. Norland police held Norland.";
        let document = Document::plain("a.txt", text.to_owned());
        let member = |words: &str, last: bool| {
            let start = if last { text.rfind(words) } else { text.find(words) }.unwrap();
            let words = Words::at(text, Span::new(start, start + words.len())).unwrap();
            Member { words, actor: Some(rashomon_core::Digest::short_of(b"Norland")) }
        };
        let parted = |who: &str, whom: &str| {
            let (mut source, mut target) = (vec![member(who, false)], vec![member(whom, true)]);
            part_selves(&document, &mut source, &mut target);
            (source[0].actor.is_some(), target[0].actor.is_some())
        };
        assert_eq!(parted("Norland", "the kingdom"), (true, false), "a description gives way to a name");
        assert_eq!(parted("they", "the kingdom"), (false, true), "a pronoun gives way to a description");
        assert_eq!(parted("they", "Norland"), (false, true));
        assert_eq!(parted("they", "themselves"), (true, true));
        let (mut they, mut group) = (vec![member("they", false)], vec![member("that group", true)]);
        group[0].actor = None;
        part_selves(&document, &mut they, &mut group);
        assert_eq!(they[0].actor, None, "whom they are taken for may be that group");
        assert_eq!(parted("Norland police", "Norland"), (true, true), "two bodies of one name");
    }

    #[test]
    fn somebodys_enemies_are_not_he() {
        let held = |words: &str| parts(&format!("They met {words} there."), words, &["Norland"]);
        assert_eq!(held("the enemies of Norland"), ["the enemies of Norland=?"]);
        assert_eq!(held("Norland's bitter rivals"), ["Norland's bitter rivals=?"]);
        assert_eq!(held("the friends of Norland"), ["the friends of Norland=Norland"]);
    }

    #[test]
    fn each_name_of_a_list_is_a_member_and_a_phrase_is_one() {
        let names = ["Norland", "Estria", "Sudmark"];
        assert_eq!(
            parts("They met Norland, Estria and Sudmark there.", "Norland", &names),
            ["Norland=Norland", "Estria=Estria", "Sudmark=Sudmark"]
        );
        assert_eq!(
            parts("Soldiers of Norland fired on Estria, Sudmark said.", "Soldiers of Norland", &names),
            ["Soldiers of Norland=Norland"]
        );
        assert_eq!(parts("He left Estria, Sudmark said.", "Estria", &["Estria", "Sudmark"]), ["Estria=Estria"]);
    }
}
