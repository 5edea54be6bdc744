//! Step 6b: the single claims inside the words of one owner in a sentence, each with the words that it stands in.

use crate::claim;
use crate::clause::{self, Clause};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::token::Kind;
use rashomon_core::{Claim, QuotationKind, Words};

/// Most claims, and most pieces of an owner's words, that are looked into in one sentence.
const MOST_CLAUSES: usize = 128;
const MOST_PIECES: usize = 16;

/// The claims whose carrying words stand in these pieces, the outermost first.
pub(crate) fn clauses_of(page: &Page, pieces: &[Range]) -> Vec<Clause> {
    let Some(trees) = page.trees.clone().filter(|_| claim::looked_into(page)) else { return Vec::new() };
    let all = pieces.iter().take(MOST_PIECES).flat_map(|p| clause::in_range(&trees, *p));
    let mut found: Vec<Clause> = all.take(MOST_CLAUSES).collect();
    let outermost = found.iter().enumerate().min_by_key(|(_, c)| c.depth(&trees)).map(|(i, _)| i);
    if let Some(first) = outermost {
        found[..=first].rotate_right(1);
    }
    if found.first().is_some_and(|c| c.is_help(&trees)) && found.len() > 1 {
        // `failed to stop`: the sentence is about stopping; what stands right below comes first.
        let head = found[0].head;
        if let Some(below) =
            found.iter().position(|c| trees.head(c.head) == Some(head) && trees.relation(c.head) != "conj")
        {
            found[..=below].rotate_right(1);
            found.remove(1);
        }
    }
    let first = found.first().copied();
    found.retain(|c| Some(*c) == first || !in_title(page, trees.tokens(c.head).start));
    found.retain(|c| Some(*c) == first || !c.is_help(&trees));
    found
}

/// Whether a word stands in a title between marks: `a talk titled “How to Save the Mills”` claims nothing.
fn in_title(page: &Page, at: usize) -> bool {
    let after = page.quoted.partition_point(|q| q.content.start <= at);
    page.quoted[..after].iter().rev().take(4).any(|q| {
        let title = matches!(q.kind, QuotationKind::Name | QuotationKind::WorkTitle);
        title && q.content.has(at) && page.tokens[q.content.start].capital
    })
}

/// Whether a claim is the author's although it stands in another's words: what is only added to a name, in indirect speech
/// (`some say that Hart, who died in May, was right`), is not part of what was said (Potts 2005).
pub(crate) fn added_by_author(page: &Page, clause: Clause) -> bool {
    let Some(trees) = page.trees.as_deref() else { return false };
    let token = trees.tokens(clause.head).start;
    clause.is_added_to_a_name(trees) && !page.inside_quotation.get(token).copied().unwrap_or_default()
}

/// The words and the claim of a clause inside a statement's pieces; none if it has no participant.
pub(crate) fn of_clause(page: &Page, pieces: &[Range], clause: Clause) -> Option<(Vec<Words>, Claim)> {
    let trees = page.trees.clone()?;
    let own = clause.tokens(&trees);
    let mut parts: Vec<Range> = Vec::with_capacity(2);
    let subject = clause.subject_tokens(page, &trees);
    for range in [subject, Some(own)].into_iter().flatten() {
        let within = pieces
            .iter()
            .take(MOST_PIECES)
            .map(|p| Range::new(p.start.max(range.start), p.end.min(range.end).max(p.start.max(range.start))));
        parts.extend(within.filter(|p| !p.is_empty()).map(|p| trim(page, p)).filter(|p| !p.is_empty()));
    }
    parts.sort();
    parts.dedup();
    let claim = claim::of_clause(page, &parts, clause);
    let evidence: Vec<Words> = parts.iter().flat_map(|p| page.all_words(*p)).collect();
    (!claim.arguments.is_empty() && !evidence.is_empty()).then_some((evidence, claim))
}

/// Without marks, commas, conjunctions and full stops at the edges.
pub(crate) fn trim(page: &Page, piece: Range) -> Range {
    let mut piece = piece;
    while !piece.is_empty()
        && (edge(page, piece.end - 1)
            || page.kind(piece.end - 1) == Some(Kind::Stop)
            || page.tag(piece.end - 1) == Tag::Coordinator)
    {
        if page.kind(piece.end - 1) == Some(Kind::Close) && balanced(page, piece) {
            break;
        }
        piece.end -= 1;
    }
    while !piece.is_empty()
        && (edge(page, piece.start)
            || page.kind(piece.start) == Some(Kind::Stop)
            || page.tag(piece.start) == Tag::Coordinator)
    {
        if page.kind(piece.start) == Some(Kind::Open) && balanced(page, piece) {
            break;
        }
        piece.start += 1;
    }
    if page.tag(piece.start) == Tag::That && piece.len() > 1 {
        piece.start += 1;
    }
    piece
}

fn balanced(page: &Page, piece: Range) -> bool {
    let far = Range::new(piece.start, piece.end.min(piece.start + 400));
    let count = |kind| far.indices().filter(|i| page.kind(*i) == Some(kind)).count();
    count(Kind::Open) == count(Kind::Close)
}

fn edge(page: &Page, at: usize) -> bool {
    matches!(
        page.kind(at),
        Some(Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash | Kind::Mark | Kind::Close | Kind::Open)
    )
}
