//! What a person may mend in a statement, and how a mend becomes a proposal again: polarity, certainty with the words that
//! carry it, the claim's words, and the chain: whose voices, with which stance, by which cue. Every word must stand in the
//! document, the claim's and those of cue and certainty in its sentence; what does not is refused with the reason. Nothing
//! of a statement that a person did not touch is changed, but for what goes with claim words that were cut off.

use crate::claim::{Claim, Link, Voice};
use crate::codes::{Certainty, ClaimKind, Polarity, Scope, Stance};
use crate::document::Document;
use crate::reading::Mention;
use crate::span::{Span, Words};
use crate::statement::{Draft, Statement};

/// What stands between words of a claim that stand apart.
pub const APART: &str = "…";

/// What a statement should say; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mend {
    /// Affirmed or negated.
    pub polarity: Option<Polarity>,
    /// How surely.
    pub certainty: Option<Certainty>,
    /// The words that carry the certainty, `…` between words that stand apart; empty for none.
    pub hedges: Option<String>,
    /// The kind of claim.
    pub kind: Option<ClaimKind>,
    /// The claim's words, `…` between words that stand apart.
    pub words: Option<String>,
    /// The whole chain, the author first.
    pub chain: Option<Vec<MendedLink>>,
}

/// One voice of a mended chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedLink {
    /// The place of the link that it was in the old chain; nothing for a voice that was missing.
    pub was: Option<usize>,
    /// Whose voice.
    pub voice: MendedVoice,
    /// Its stance towards what follows.
    pub stance: Stance,
    /// The words that show that it speaks here; empty for none.
    pub cue: String,
}

/// Whose voice a mended link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MendedVoice {
    /// The document's author.
    Author,
    /// Somebody whom these words of the document stand for.
    Named(String),
    /// Somebody whom the words leave unnamed; these are the words, if there are any.
    Unnamed(String),
}

impl Mend {
    /// The proposal that a mend makes of a statement; or why there is none. `agent` is who mends.
    pub fn of(
        &self,
        statement: &Statement,
        document: &Document,
        mentions: &[Mention],
        agent: &str,
    ) -> Result<Draft, String> {
        let old = statement.content();
        let ground = Ground { document, mentions, sentence: sentence_of(old) };
        let mut draft = old.clone();
        if let Some(words) = &self.words {
            draft.evidence = ground.apart(words, "the claim")?;
            if draft.evidence.is_empty() {
                return Err("A claim needs words. If nobody says this here, the statement is wrong.".into());
            }
            cut(&mut draft.claim, &old.evidence, &draft.evidence);
        }
        if let Some(hedges) = &self.hedges {
            draft.claim.hedges = ground.apart(hedges, "the certainty")?;
        }
        draft.claim.polarity = self.polarity.unwrap_or(draft.claim.polarity);
        draft.claim.certainty = self.certainty.unwrap_or(draft.claim.certainty);
        draft.claim.kind = self.kind.unwrap_or(draft.claim.kind);
        if let Some(links) = &self.chain {
            draft.chain = links.iter().map(|link| ground.link(link, &old.chain)).collect::<Result<_, _>>()?;
        }
        if draft == *old {
            return Err("Nothing was changed. If the statement is as it should be, say that it is right.".into());
        }
        draft.reader = format!("{agent}, mending");
        draft.clone().ground(document).map(|_| draft).map_err(|refusal| refusal.reason)
    }
}

/// The sentence with all of a statement's words.
fn sentence_of(draft: &Draft) -> Span {
    draft.evidence.iter().fold(draft.sentence, |all, words| all.cover(words.span))
}

/// Takes out of a claim what stood in words that are no longer its own.
fn cut(claim: &mut Claim, before: &[Words], after: &[Words]) {
    let inside = |all: &[Words], words: &Words| all.iter().any(|own| own.span.contains(words.span));
    let stays = |words: &Words| !inside(before, words) || inside(after, words);
    claim.predicate = claim.predicate.take().filter(|p| stays(&p.words));
    claim.arguments.retain(|argument| stays(&argument.words));
    claim.time = claim.time.take().filter(|time| stays(&time.words));
    claim.place = claim.place.take().filter(&stays);
    claim.quantity = claim.quantity.take().filter(|quantity| stays(&quantity.words));
    claim.causation = claim.causation.take().filter(|c| stays(&c.cause) && stays(&c.effect));
}

/// Where the words of a mend must stand.
struct Ground<'a> {
    document: &'a Document,
    mentions: &'a [Mention],
    sentence: Span,
}

impl Ground<'_> {
    /// Words of the sentence, `…` between those that stand apart.
    fn apart(&self, words: &str, what: &str) -> Result<Vec<Words>, String> {
        let mut from = self.sentence.start;
        let mut all = Vec::new();
        for part in words.split(APART).map(str::trim).filter(|part| !part.is_empty()) {
            let rest = Span { start: from, end: self.sentence.end };
            let found = Words::find(&self.document.text, rest, part).into_iter().next();
            let found = found.ok_or_else(|| self.missing(part, what))?;
            from = found.span.end;
            all.push(found);
        }
        Ok(all)
    }

    fn missing(&self, part: &str, what: &str) -> String {
        let again = Words::find(&self.document.text, self.sentence, part);
        match again.is_empty() {
            true => format!("The words of {what} must stand in the sentence, and “{part}” does not."),
            false => format!(
                "The words of {what} must be in the order of the sentence, and “{part}” stands before the others."
            ),
        }
    }

    fn link(&self, link: &MendedLink, old: &[Link]) -> Result<Link, String> {
        let before = link.was.and_then(|n| old.get(n));
        let voice = self.voice(&link.voice, before.map(|b| &b.voice))?;
        let same = before.is_some_and(|b| b.cue.as_ref().is_some_and(|c| alike(&c.text, &link.cue)));
        let cue = match before.filter(|_| same) {
            Some(before) => before.cue.clone(),
            None => self.apart(&link.cue, "the cue").map(|found| found.into_iter().reduce(|a, b| self.cover(a, b)))?,
        };
        let bare = Link {
            voice: Voice::Author,
            stance: link.stance,
            cue: None,
            venue: None,
            time: None,
            scope: Scope::Sentence,
        };
        Ok(Link { voice, stance: link.stance, cue, ..before.cloned().unwrap_or(bare) })
    }

    fn cover(&self, a: Words, b: Words) -> Words {
        Words::at(&self.document.text, a.span.cover(b.span)).unwrap_or(a)
    }

    fn voice(&self, voice: &MendedVoice, before: Option<&Voice>) -> Result<Voice, String> {
        let kept = |text: &str| before.and_then(Voice::words).filter(|old| alike(&old.text, text)).cloned();
        match voice {
            MendedVoice::Author => Ok(Voice::Author),
            MendedVoice::Unnamed(text) if text.trim().is_empty() => Ok(Voice::Unnamed(None)),
            MendedVoice::Unnamed(text) => {
                let found = kept(text).map_or_else(|| self.nearest(text), Ok)?;
                Ok(Voice::Unnamed(Some(found)))
            }
            MendedVoice::Named(text) if text.trim().is_empty() => {
                Err("A named voice needs the words that stand for it in the document.".into())
            }
            MendedVoice::Named(text) => kept(text).map_or_else(|| self.nearest(text), Ok).map(Voice::Named),
        }
    }

    /// The place of a voice's words: one where they name somebody before any other, then the nearest to the sentence.
    fn nearest(&self, text: &str) -> Result<Words, String> {
        let all = Span::new(0, self.document.text.len());
        let found = Words::find(&self.document.text, all, text);
        let names = |words: &Words| self.mentions.iter().any(|m| m.words.span == words.span);
        let distance = |words: &Words| match self.sentence.overlaps(words.span) {
            true => 0,
            false => self.sentence.start.abs_diff(words.span.end).min(words.span.start.abs_diff(self.sentence.end)),
        };
        let best = found.into_iter().min_by_key(|words| (!names(words), distance(words), words.span));
        best.ok_or_else(|| format!("The words of a voice must stand in the document, and “{}” does not.", text.trim()))
    }
}

fn alike(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Argument;
    use crate::codes::{MentionForm, MentionKind, Role};

    const TEXT: &str =
        "The mayor came late. Perhaps the pilot said that the lamps\nwere lit in the harbour, wrote Anne Lowry.";

    fn words(part: &str) -> Words {
        let start = TEXT.find(part).unwrap();
        Words { span: Span::new(start, start + part.len()), text: part.into() }
    }

    fn told() -> (Document, Statement) {
        let document = Document::plain("a.txt", TEXT);
        let mut pilot = Link::new(Voice::Named(words("the pilot")), Stance::Asserts);
        pilot.cue = Some(words("said"));
        let mut claim = Claim::plain(ClaimKind::Event);
        let argument = |part: &str| Argument { role: Role::Subject, words: words(part), statement: None };
        claim.arguments = vec![argument("the lamps"), argument("the harbour")];
        let draft = Draft {
            sentence: words(TEXT.split(". ").nth(1).unwrap()).span,
            evidence: vec![words("the lamps\nwere lit in the harbour")],
            chain: vec![Link::author(Stance::Reports), pilot],
            claim,
            reader: "told".into(),
        };
        let statement = draft.ground(&document).unwrap();
        (document, statement)
    }

    fn mended(mend: &Mend) -> Result<Draft, String> {
        let (document, statement) = told();
        let name = |part: &str| Mention {
            words: words(part),
            kind: MentionKind::Person,
            form: MentionForm::Name,
            antecedent: None,
        };
        mend.of(&statement, &document, &[name("Anne Lowry")], "Reed")
    }

    fn link(was: Option<usize>, voice: MendedVoice, stance: Stance, cue: &str) -> MendedLink {
        MendedLink { was, voice, stance, cue: cue.into() }
    }

    #[test]
    fn a_claim_that_is_cut_loses_what_went_with_its_words_and_keeps_the_rest() {
        let draft = mended(&Mend {
            words: Some("the lamps were lit".into()),
            polarity: Some(Polarity::Negative),
            certainty: Some(Certainty::Possible),
            hedges: Some("Perhaps".into()),
            ..Mend::default()
        })
        .unwrap();
        assert_eq!(draft.evidence, [words("the lamps\nwere lit")], "in the document's own white space");
        assert_eq!(draft.claim.arguments.iter().map(|a| a.words.text.as_str()).collect::<Vec<_>>(), ["the lamps"]);
        assert_eq!((draft.claim.polarity, draft.claim.certainty), (Polarity::Negative, Certainty::Possible));
        assert_eq!(draft.claim.hedges, [words("Perhaps")]);
        assert_eq!(draft.chain, told().1.chain(), "the chain was not touched");
        assert_eq!(draft.reader, "Reed, mending");
        let apart = mended(&Mend { words: Some("the lamps … in the harbour".into()), ..Mend::default() }).unwrap();
        assert_eq!(apart.evidence.len(), 2);
    }

    #[test]
    fn a_voice_is_added_changed_or_taken_out_of_the_chain_and_the_others_stay_whole() {
        let chain = vec![
            link(Some(0), MendedVoice::Author, Stance::Reports, ""),
            link(None, MendedVoice::Named("Anne Lowry".into()), Stance::Asserts, "wrote"),
            link(Some(1), MendedVoice::Named("the pilot".into()), Stance::Denies, "said"),
        ];
        let draft = mended(&Mend { chain: Some(chain.clone()), ..Mend::default() }).unwrap();
        assert_eq!(draft.chain[1].voice, Voice::Named(words("Anne Lowry")));
        assert_eq!(draft.chain[1].cue, Some(words("wrote")));
        assert_eq!((draft.chain[2].stance, &draft.chain[2].cue), (Stance::Denies, &Some(words("said"))));
        let own = mended(&Mend { chain: Some(chain[..1].to_vec()), ..Mend::default() }).unwrap();
        assert_eq!(own.chain.len(), 1);
        let unnamed =
            vec![chain[0].clone(), link(Some(1), MendedVoice::Unnamed(String::new()), Stance::Asserts, "said")];
        let draft = mended(&Mend { chain: Some(unnamed), ..Mend::default() }).unwrap();
        assert_eq!(draft.chain[1].voice, Voice::Unnamed(None));
    }

    #[test]
    fn what_is_not_in_the_text_is_refused_with_the_reason() {
        let chain = |voice: MendedVoice, cue: &str| {
            let links = vec![
                link(Some(0), MendedVoice::Author, Stance::Reports, ""),
                link(Some(1), voice, Stance::Asserts, cue),
            ];
            Mend { chain: Some(links), ..Mend::default() }
        };
        let said = |words: &str| Mend { words: Some(words.into()), ..Mend::default() };
        let no_author = vec![link(Some(1), MendedVoice::Named("the pilot".into()), Stance::Asserts, "said")];
        for (mend, why) in [
            (said("the lamps were out"), "“the lamps were out” does not"),
            (said("The mayor came late"), "must stand in the sentence"),
            (said("in the harbour … the lamps"), "in the order of the sentence"),
            (said("  "), "A claim needs words"),
            (Mend { hedges: Some("maybe".into()), ..Mend::default() }, "“maybe” does not"),
            (chain(MendedVoice::Named("Tom Reed".into()), "said"), "“Tom Reed” does not"),
            (chain(MendedVoice::Named(" ".into()), "said"), "A named voice needs"),
            (chain(MendedVoice::Named("the pilot".into()), "claimed"), "“claimed” does not"),
            (Mend { chain: Some(no_author), ..Mend::default() }, "does not begin with the document's author"),
            (Mend::default(), "Nothing was changed"),
        ] {
            let refused = mended(&mend).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
