//! Step 9, causes: what the words say brings about or prevents what, in whose voice.
//!
//! Only words that say so count: that one thing comes after another is no cause. Each cue of `rules/causes.toml` has a
//! frame that says where its two sides stand; a link becomes a statement of kind cause whose chain is that of the cue's
//! words. A link that the words deny is kept and marked as denied. A purpose is read as the cause of what is done for it.

mod cues;
mod sides;

mod frames;

mod verbs;

use crate::claim;
use crate::page::{Page, Range, SentenceTokens};
use crate::part::Tag;
use crate::single_claims;
use crate::statement;
use cues::{Cues, Frame};
use frames::Link;
use rashomon_core::{
    Argument, Causation, Certainty, Claim, ClaimKind, Draft, Polarity, Predicate, Role, Sign, Stance, Words, ZoneKind,
};

/// The reader's name in the statements it proposes.
const READER: &str = "cause-rules";

/// Most links that one sentence is read for; no real sentence comes near it.
const MOST: usize = 40;

/// Finds the causal links of a page.
pub(crate) fn find(page: &mut Page) {
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        let silent =
            matches!(sentence.zone, ZoneKind::Menu | ZoneKind::Reference | ZoneKind::Byline | ZoneKind::Caption);
        if silent {
            continue;
        }
        for link in links(page, index, sentence) {
            propose(page, sentence, &link);
        }
    }
}

fn links(page: &Page, index: usize, sentence: SentenceTokens) -> Vec<Link> {
    let cues = Cues::get();
    let mut found: Vec<Link> = Vec::new();
    let mut at = sentence.range.start;
    while at < sentence.range.end && found.len() < MOST {
        let mut next = at + 1;
        if page.tokens[at].word != 0 && page.tag(at) != Tag::Punctuation && !in_name(page, sentence.range, at) {
            if let Some((cue, length)) = cues.phrase(page, at) {
                let range = Range::new(at, at + length);
                let link = match cue.frame {
                    Frame::Link => frames::link(page, index, range),
                    _ => frames::phrase(page, cue, range, sentence.range),
                };
                if let Some(link) = link {
                    next = range.end;
                    found.push(link);
                }
            }
            if next == at + 1 {
                found.extend(
                    cues.verb(page, at)
                        .find_map(|(cue, rest)| verbs::verb(page, cues, cue, (at, rest), sentence.range)),
                );
            }
        }
        at = next;
    }
    found
}

/// Whether a word stands in capitals inside a name: `the Justice Against Pirates Act` says nothing of causes.
fn in_name(page: &Page, sentence: Range, at: usize) -> bool {
    let capital = |i: usize| page.tokens.get(i).is_some_and(|t| t.capital && t.is_wordlike());
    at > sentence.start + 1 && [at - 1, at, at + 1].into_iter().all(capital) && !page.tokens[at].first
}

fn propose(page: &mut Page, sentence: SentenceTokens, link: &Link) {
    let (Some(cause), Some(effect)) = (page.words(link.cause), page.words(link.effect)) else { return };
    let cue = page.words(link.cue);
    let Some(span) = page.span(sentence.range) else { return };
    let mut claim = Claim::plain(ClaimKind::Cause);
    let looked = claim::of_pieces(page, &[link.cue], None);
    claim.hedges = looked.hedges;
    claim.certainty = match looked.certainty {
        Certainty::Certain => certainty(page, link),
        other => other,
    };
    if link.sign == Sign::Denied {
        claim.polarity = Polarity::Negative;
    }
    claim.predicate = cue.clone().map(|words| Predicate { lemma: words.text.to_lowercase(), words, roleset: None });
    let argument = |role, words: &Words| Argument { role, words: words.clone(), statement: None };
    claim.arguments = vec![argument(Role::Cause, &cause), argument(Role::Object, &effect)];
    claim.causation = Some(Box::new(Causation { cause, effect, sign: link.sign, cue }));
    let mut chain = statement::chain_of(page, link.owner);
    if let ([author], true) = (chain.as_mut_slice(), claim::is_hedged(page, &[link.cue], &claim)) {
        author.stance = Stance::Hedges;
    }
    let evidence = evidence(page, link);
    page.drafts.statements.push(Draft { sentence: span, evidence, chain, claim, reader: READER.to_owned() });
}

/// How real the outermost clause of the cue and the effect is: `if the town marched to save the mill`.
fn certainty(page: &Page, link: &Link) -> Certainty {
    let clauses = single_claims::clauses_of(page, &[link.effect, link.cue]);
    let force = clauses.first().zip(page.trees.as_deref()).map(|(clause, trees)| clause.force(trees));
    force.and_then(|f| f.certainty).unwrap_or(Certainty::Certain)
}

/// Both sides and the cue in order of place, as one stretch where they are neighbours.
fn evidence(page: &Page, link: &Link) -> Vec<Words> {
    let mut parts = [link.cause, link.cue, link.effect];
    parts.sort();
    let mut joined: Vec<Range> = Vec::with_capacity(3);
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.start <= last.end + 1 => *last = last.cover(part),
            _ => joined.push(part),
        }
    }
    joined.into_iter().flat_map(|r| page.all_words(r)).collect()
}
