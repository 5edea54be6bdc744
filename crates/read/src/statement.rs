//! Step 6, second half: every sentence becomes statements, one for each voice that something in it is given to.
//!
//! Each token of a sentence is painted with the attribution that it belongs to in the end, or with the author; the words
//! of voices and cues belong to nobody. What has one owner is one claim. Attributions nest where the cue of one stands
//! in the words of another, and the chain of a statement is read off that nesting, so that no voice is dropped.

use crate::claim;
use crate::clause::{self, Clause};
use crate::lexicon::Lexicon;
use crate::own_words::{NOBODY, cues_of_voices, is_bare_date, is_bare_line, past_enumerator, with_subjects};
use crate::page::{Attribution, Page, Range, SentenceTokens, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::single_claims::{added_by_author, clauses_of, of_clause, trim};
use crate::token::Kind;
use crate::trees::Trees;
use crate::verdict;
use rashomon_core::{Certainty, Draft, Link, Quotation, QuotationKind, Role, Stance, Voice, Words, ZoneKind};

/// The reader's name in the statements it proposes.
const READER: &str = "speech-rules";
/// The name of the reader of clauses in the statements it adds.
const CLAUSES: &str = "clauses";
pub(crate) const AUTHOR: u32 = u32::MAX;
/// Deepest nesting of voices that is followed.
const DEEPEST: usize = 12;

/// Most works that one place cites.
const MOST_CITED: usize = 24;

/// Makes the statements and quotations of a page.
pub(crate) fn find(page: &mut Page) {
    verdict::apply(page);
    page.inside_quotation = vec![false; page.tokens.len()];
    for quoted in page.quoted.iter().filter(|q| q.depth == 0) {
        page.inside_quotation[quoted.content.indices()].fill(true);
    }
    let parents = parents(page);
    let mut owners = vec![AUTHOR; page.tokens.len()];
    let mut order: Vec<usize> = (0..page.attributions.len()).collect();
    order.sort_by_key(|i| (depth(&parents, *i), *i));
    for index in order {
        paint(page, &mut owners, index);
    }
    for attribution in page.attributions.iter().filter(|a| a.by == "citation") {
        owners[attribution.extent.indices()].fill(NOBODY);
    }
    let cues = cues_of_voices(page);
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        if !matches!(sentence.zone, ZoneKind::Menu | ZoneKind::Reference | ZoneKind::Byline | ZoneKind::Caption) {
            of_sentence(page, &parents, &owners, &cues, sentence);
        }
    }
    quotations(page);
    page.owners = owners;
    page.parents = parents;
}

/// The chain of words that belong to an owner.
pub(crate) fn chain_of(page: &Page, owner: u32) -> Vec<Link> {
    match page.attributions.get(owner as usize) {
        Some(_) => links(page, &path(&page.parents, owner as usize)),
        None => vec![Link::author(Stance::Asserts)],
    }
}

/// Paints what an attribution is given, then takes out its voice, cue and venue.
fn paint(page: &Page, owners: &mut [u32], index: usize) {
    let attribution = &page.attributions[index];
    for piece in &attribution.content {
        owners[piece.indices()].fill(index as u32);
    }
    let inside = |r: &Range| attribution.by != "hearsay" || r.len() < 4;
    let extent = Some(attribution.extent).filter(inside);
    // A voice far before its cue (`the council has passed five laws condemning ...`) is part of what is told there.
    let near = |r: &Range| r.end + 4 >= attribution.extent.start && r.start <= attribution.extent.end + 4;
    // `The mayor, who said so, left`: the mayor belongs to what the author tells, too.
    let relative = |r: &Range| {
        r.end <= attribution.extent.start && matches!(page.tag(attribution.extent.start), Tag::Wh | Tag::That)
    };
    let voice = match attribution.speaker {
        Speaker::Words(range) | Speaker::Nobody(Some(range)) => Some(range).filter(|r| near(r) && !relative(r)),
        _ => None,
    };
    for range in [extent, voice, attribution.cue, attribution.venue].into_iter().flatten() {
        for token in range.indices() {
            let own =
                attribution.content.iter().any(|c| c.has(token)) && !attribution.cue.is_some_and(|c| c.has(token));
            if !own {
                owners[token] = NOBODY;
            }
        }
    }
}

/// The attribution in whose words each attribution's cue stands.
fn parents(page: &Page) -> Vec<Option<usize>> {
    let size = |a: &Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
    let place = |a: &Attribution| a.cue.map_or(a.content.first().map_or(0, |c| c.start), |c| c.start);
    let mut inner: Vec<u32> = vec![u32::MAX; page.tokens.len()];
    let mut order: Vec<usize> = (0..page.attributions.len()).collect();
    // Citations first: they stand outside everything of their sentence; then the widest.
    order
        .sort_by_key(|i| (page.attributions[*i].by != "citation", std::cmp::Reverse(size(&page.attributions[*i])), *i));
    let mut parents = vec![None; page.attributions.len()];
    let mut rank = vec![0usize; page.attributions.len()];
    for (place_in_order, index) in order.iter().enumerate() {
        rank[*index] = place_in_order;
    }
    for index in order {
        let attribution = &page.attributions[index];
        let own_cite = attribution.by == "citation";
        let at = if own_cite { None } else { Some(place(attribution)) };
        if let Some(parent) = at.and_then(|t| inner.get(t)).filter(|p| **p != u32::MAX) {
            parents[index] = Some(*parent as usize);
        }
        for piece in &attribution.content {
            inner[piece.indices()].fill(index as u32);
        }
    }
    parents
}

fn depth(parents: &[Option<usize>], index: usize) -> usize {
    let mut depth = 0;
    let mut at = index;
    while let Some(parent) = parents[at].filter(|_| depth < DEEPEST) {
        depth += 1;
        at = parent;
    }
    depth
}

/// The statements of one sentence.
fn of_sentence(page: &mut Page, parents: &[Option<usize>], owners: &[u32], cues: &[usize], sentence: SentenceTokens) {
    if (is_bare_line(page, sentence) || is_bare_date(page, sentence.range))
        && owners[sentence.range.indices()].iter().all(|o| *o == AUTHOR)
    {
        return;
    }
    let mut groups: Vec<(u32, Vec<Range>)> = Vec::new();
    let mut start = past_enumerator(page, sentence.range);
    while start < sentence.range.end {
        let owner = owners[start];
        let mut end = start + 1;
        while end < sentence.range.end && owners[end] == owner {
            end += 1;
        }
        if owner != NOBODY {
            match groups.iter_mut().rev().take(16).find(|g| g.0 == owner) {
                Some(group) => group.1.push(Range::new(start, end)),
                None => groups.push((owner, vec![Range::new(start, end)])),
            }
        }
        start = end;
    }
    let shared = groups.len() > 1 || groups.first().is_some_and(|g| g.0 != AUTHOR);
    let mut made = 0;
    for (owner, pieces) in &groups {
        let own = *owner == AUTHOR;
        let mut trimmed: Vec<Range> = pieces.iter().map(|p| trim(page, *p)).filter(|p| !p.is_empty()).collect();
        if own {
            trimmed = with_subjects(page, &trimmed, (owners, cues), sentence.range);
        }
        let parent = groups.iter().any(|g| g.0 < NOBODY && parents[g.0 as usize] == Some(*owner as usize));
        let whole = own && ends_with_the_main_verb(page, &trimmed, sentence.range);
        if !whole && !says_something(page, &trimmed, own && shared || parent) {
            continue;
        }
        if own && is_fragment(page, &trimmed) {
            continue;
        }
        let turn = if let (true, [only]) = (own, trimmed.as_slice()) { claim::turn(page, *only) } else { None };
        if let (Some(turn), [only]) = (turn, trimmed.as_slice()) {
            for part in [Range::new(only.start, turn), trim(page, Range::new(turn, only.end))] {
                made += usize::from(propose(page, parents, sentence, *owner, &[part]));
            }
            continue;
        }
        made += usize::from(propose(page, parents, sentence, *owner, &trimmed));
    }
    if made == 0 {
        // Nothing but voice and cue: the sentence still says that somebody spoke.
        let speaks = |r: &Range| {
            let words = page.span(*r).and_then(|s| s.of(page.text()));
            words.is_some_and(|w| w.contains(char::is_alphanumeric))
        };
        let counted = Range::new(past_enumerator(page, sentence.range), sentence.range.end);
        let whole = [trim(page, counted), sentence.range].into_iter().find(|r| !r.is_empty() && speaks(r));
        let stopped = page.kind(sentence.range.end - 1) == Some(Kind::Stop)
            || page.word(sentence.range.end - 1).ends_with(['.', '!', '?', '…']);
        if let Some(whole) = whole.filter(|w| stopped || !is_fragment(page, &[*w])) {
            propose(page, parents, sentence, AUTHOR, &[whole]);
        }
    }
}

/// Whether pieces are words without a predicate, of which the tree makes no claim: `HARWICK, Va.` before the news itself.
fn is_fragment(page: &Page, pieces: &[Range]) -> bool {
    page.trees.is_some()
        && claim::looked_into(page)
        && clauses_of(page, pieces).is_empty()
        && !pieces.iter().any(|p| phrase::has_finite(page, *p))
}

/// Whether pieces hold a claim and not only leavings.
fn says_something(page: &Page, pieces: &[Range], leavings: bool) -> bool {
    let words = || pieces.iter().flat_map(|p| p.indices()).filter(|i| page.tokens[*i].is_wordlike());
    let full = words()
        .filter(|i| !matches!(page.tag(*i), Tag::Coordinator | Tag::That | Tag::Preposition | Tag::Subordinator))
        .count();
    if !leavings {
        return full > 0;
    }
    let finite = pieces.iter().any(|p| phrase::has_finite(page, *p));
    finite && words().count() >= 4 || words().count() >= 8
}

/// Whether a sentence ends with a piece that holds the verb it hangs on: `After the mayor said so, people laughed`.
fn ends_with_the_main_verb(page: &Page, pieces: &[Range], sentence: Range) -> bool {
    let Some(trees) = page.trees.as_deref().filter(|_| claim::looked_into(page)) else { return false };
    let Some(last) = pieces.last().filter(|p| trim(page, Range::new(p.start, sentence.end)).end == p.end) else {
        return false;
    };
    let main = |node: usize| trees.relation(node) == "root" && trees.child(node, &["nsubj", "nsubj:pass"]).is_some();
    clauses_of(page, &[*last]).iter().any(|c| main(c.head))
}

/// The verb with which a voice judges somebody or something and says no more: to praise the crew is what the mayor says in
/// `The mayor praised the crew`.
fn judgement(page: &Page, trees: &Trees, owner: u32) -> Option<Clause> {
    let cue = page.attributions.get(owner as usize).filter(|_| claim::looked_into(page))?.cue?;
    let verb = trees.words_in(cue).find(|node| trees.upos(*node) == "VERB")?;
    let group = Lexicon::get().group(page.entry(trees.tokens(verb).start))?;
    let clause = Clause { head: verb, kind: clause::Kind::Verb };
    let whom = clause.arguments(page, trees).iter().any(|a| a.role == Role::Object);
    (group.takes("object") && !group.takes("hearer") && whom).then_some(clause)
}

/// Proposes one statement; whether its words could be had.
fn propose(page: &mut Page, parents: &[Option<usize>], sentence: SentenceTokens, owner: u32, pieces: &[Range]) -> bool {
    let doubt = (owner == AUTHOR).then(|| verdict::own_doubt(page, pieces)).flatten();
    let shorter = doubt.as_ref().map(|d| [&[d.rest], pieces.get(1..).unwrap_or_default()].concat());
    let pieces = shorter.as_deref().unwrap_or(pieces);
    let mut evidence: Vec<Words> = Vec::with_capacity(pieces.len());
    evidence.extend(pieces.iter().flat_map(|p| page.all_words(*p)));
    let Some(span) = page.span(sentence.range).filter(|_| !evidence.is_empty()) else { return false };
    let span = whole_span(page, sentence).unwrap_or(span);
    // What is only added to a name is another's claim, so that it never stands for the words of a source.
    let (clauses, added): (Vec<Clause>, Vec<Clause>) =
        clauses_of(page, pieces).into_iter().partition(|c| owner == AUTHOR || !added_by_author(page, *c));
    let mut claim = claim::of_pieces(page, pieces, clauses.first().copied());
    if clauses.is_empty() && !added.is_empty() {
        (claim.predicate, claim.arguments) = (None, Vec::new());
    }
    if clauses.is_empty()
        && added.is_empty()
        && let Some((trees, clause)) = page.trees.clone().and_then(|t| Some((t.clone(), judgement(page, &t, owner)?)))
    {
        (claim.predicate, claim.arguments) = (clause.predicate(page, &trees), clause.arguments(page, &trees));
    }
    let chain = if owner == AUTHOR {
        let hedged = claim::is_hedged(page, pieces, &claim);
        let mut link = Link::author(if hedged { Stance::Hedges } else { Stance::Asserts });
        if let Some(doubt) = doubt {
            link.stance = doubt.stance;
            link.cue = page.words(doubt.cue);
        }
        vec![link]
    } else {
        links(page, &path(parents, owner as usize))
    };
    let draft = |chain| Draft {
        sentence: span,
        evidence: evidence.clone(),
        chain,
        claim: claim.clone(),
        reader: READER.to_owned(),
    };
    let others = if owner == AUTHOR { Vec::new() } else { other_works(page, parents, owner as usize) };
    let chains: Vec<Vec<Link>> = std::iter::once(chain).chain(others.iter().map(|path| links(page, path))).collect();
    let mut drafts: Vec<Draft> = chains.iter().cloned().map(draft).collect();
    for clause in clauses.iter().skip(1).chain(&added) {
        let Some((evidence, claim)) = of_clause(page, pieces, *clause) else { continue };
        for chain in &chains {
            let mut chain =
                if added_by_author(page, *clause) { vec![Link::author(Stance::Asserts)] } else { chain.clone() };
            if chain.len() == 1 && chain[0].cue.is_none() {
                let hedged = claim.certainty == Certainty::Probable
                    || claim.certainty == Certainty::Possible && !claim.hedges.is_empty();
                chain[0].stance = if hedged { Stance::Hedges } else { Stance::Asserts };
            }
            add_describer(page, *clause, &mut chain);
            let (evidence, claim) = (evidence.clone(), claim.clone());
            drafts.push(Draft { sentence: span, evidence, chain, claim, reader: CLAUSES.to_owned() });
        }
    }
    page.drafts.statements.append(&mut drafts);
    true
}

/// Adds to a chain who describes something as something, if the words are not on that one's account already.
fn add_describer(page: &Page, clause: Clause, chain: &mut Vec<Link>) {
    let found = page.trees.as_deref().and_then(|trees| clause.describer(page, trees));
    let Some((who, verb)) = found else { return };
    let known = |link: &Link| {
        let voice = link.voice.words().is_some_and(|w| w.span.overlaps(who.span));
        voice || link.cue.as_ref().is_some_and(|c| c.span.overlaps(verb.span))
    };
    if chain.iter().any(known) {
        return;
    }
    chain.iter_mut().for_each(|link| {
        if link.stance == Stance::Asserts {
            link.stance = Stance::Reports;
        }
    });
    chain.push(Link { cue: Some(verb), ..Link::new(Voice::Named(who), Stance::Asserts) });
}

/// The paths of a statement through the other works that the same words cite: each is a voice of its own.
fn other_works(page: &Page, parents: &[Option<usize>], owner: usize) -> Vec<Vec<usize>> {
    let path = path(parents, owner);
    let Some(first) = path.first().filter(|i| page.attributions[**i].by == "citation").copied() else {
        return Vec::new();
    };
    let cited = &page.attributions[first];
    let low = first.saturating_sub(MOST_CITED);
    let near = low..page.attributions.len().min(first + MOST_CITED);
    let same = |i: &usize| {
        let other = &page.attributions[*i];
        *i != first && other.by == "citation" && other.content == cited.content && other.speaker != cited.speaker
    };
    near.filter(same).map(|other| [&[other], path.get(1..).unwrap_or_default()].concat()).collect()
}

fn whole_span(page: &Page, sentence: SentenceTokens) -> Option<rashomon_core::Span> {
    page.pieces(sentence.range).into_iter().filter_map(|p| page.span(p)).reduce(rashomon_core::Span::cover)
}

/// The attributions from the outermost to the one that owns the words.
fn path(parents: &[Option<usize>], owner: usize) -> Vec<usize> {
    let mut path = vec![owner];
    while let Some(parent) = path.last().and_then(|i| parents[*i]).filter(|p| !path.contains(p) && path.len() < DEEPEST)
    {
        path.push(parent);
    }
    path.reverse();
    path
}

/// The links from the author to the innermost voice.
fn links(page: &Page, path: &[usize]) -> Vec<Link> {
    let outermost = path.first().map_or(Stance::Reports, |i| page.attributions[*i].author);
    let mut links = Vec::with_capacity(path.len() + 1);
    links.push(Link::author(outermost));
    for (place, index) in path.iter().enumerate() {
        let mut link = link(page, &page.attributions[*index]);
        if let Some(next) = path.get(place + 1) {
            link.stance = page.attributions[*next].author;
        }
        // One voice in the same words twice is one voice.
        match links.last_mut().filter(|l| is_same(&l.voice, &link.voice)) {
            Some(last) => last.stance = link.stance,
            None => links.push(link),
        }
    }
    links
}

/// Whether two voices, one right inside the other, are one: the same words, or one pronoun twice (`“We waited,” she said`
/// inside of what `she felt`).
fn is_same(outer: &Voice, inner: &Voice) -> bool {
    const PRONOUNS: [&str; 3] = ["he", "she", "they"];
    let (Some(a), Some(b)) = (outer.words(), inner.words()) else { return false };
    outer == inner || a.text.eq_ignore_ascii_case(&b.text) && PRONOUNS.iter().any(|p| a.text.eq_ignore_ascii_case(p))
}

fn link(page: &Page, attribution: &Attribution) -> Link {
    let voice = voice(page, attribution);
    Link {
        voice,
        stance: attribution.stance,
        cue: attribution.cue.and_then(|c| page.words(c)),
        venue: attribution.venue.and_then(|v| page.words(v)),
        time: None,
        scope: attribution.scope,
    }
}

fn voice(page: &Page, attribution: &Attribution) -> Voice {
    match attribution.speaker {
        Speaker::Words(range) => page.words(range).map_or(Voice::Unnamed(None), Voice::Named),
        Speaker::Elsewhere(span) => Words::at(page.text(), span).map_or(Voice::Unnamed(None), Voice::Named),
        Speaker::Nobody(range) => Voice::Unnamed(range.and_then(|r| page.words(r))),
    }
}

/// Proposes the quotations of the page.
fn quotations(page: &mut Page) {
    for index in 0..page.quoted.len() {
        let quoted = &page.quoted[index];
        let whole = page.span(quoted.content).and_then(|s| Words::at(page.text(), s));
        let Some(content) = whole else { continue };
        let speaks = matches!(quoted.kind, QuotationKind::Direct | QuotationKind::TitleGiven);
        let attribution = quoted.attribution.map(|a| &page.attributions[a]).filter(|_| speaks);
        let speaker = match attribution {
            Some(attribution) => Some(voice(page, attribution)),
            None if speaks => Some(Voice::Unnamed(None)),
            None => None,
        };
        let cue = attribution.and_then(|a| a.cue).and_then(|c| page.words(c));
        let kind = quoted.kind;
        page.drafts.quotations.push(Quotation { content, kind, speaker, cue });
    }
}

#[cfg(test)]
mod tests {
    use rashomon_core::{Document, Stance};

    /// The voices of each statement whose evidence has these words, the author left out.
    fn voices(text: &str, words: &str) -> Vec<Vec<String>> {
        let reading = crate::read(&Document::plain("text.txt", text));
        let about = |s: &&rashomon_core::Statement| s.evidence().last().is_some_and(|w| w.text.ends_with(words));
        let voices = |s: &rashomon_core::Statement| {
            assert!(s.chain().len() == 1 || s.chain()[0].stance != Stance::Asserts);
            s.chain()[1..].iter().filter_map(|l| l.voice.words()).map(|w| w.text.clone()).collect()
        };
        reading.statements.iter().filter(about).map(voices).collect()
    }

    #[test]
    fn who_sees_something_as_something_says_so() {
        let text = "Hart identified the strike as one of the reasons. The strike left the crew idle.";
        assert_eq!(voices(text, "reasons"), [vec![], vec!["Hart".to_owned()]]);
        assert!(voices(text, "idle").iter().all(Vec::is_empty));
    }
}
