//! Step 3, quotation marks: which marks pair, and so what stands between them.
//!
//! Marks are told by their shape and by the white space around them; where the two disagree (a mark printed the wrong
//! way round, a space on the wrong side), and where one of a pair is missing, the neighbouring marks decide. Apostrophes,
//! feet and inches are set aside. A quotation that runs over several paragraphs with its opening mark repeated is one.
//! One pass with a stack; looking ahead is bounded.

use crate::lexicon::Class;
use crate::page::{Page, Quoted, Range};
use crate::part::Tag;
use crate::token::Kind;
use rashomon_core::QuotationKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
    Corner,
    WhiteCorner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
    /// An apostrophe, or feet or inches, unless a quotation of its family is open.
    Doubtful,
    Neither,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    token: usize,
    family: Family,
    side: Side,
}

/// A mark that waits for its partner.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    token: usize,
    family: Family,
    paragraph: usize,
}

/// How many marks ahead are looked at.
const AHEAD: usize = 6;
/// Over how many paragraphs a quotation may run.
const MOST_PARAGRAPHS: usize = 60;

/// Finds the quotations of a page.
pub(crate) fn find(page: &mut Page) {
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut found: Vec<(Range, Range)> = Vec::new();
    for paragraph in 0..page.paragraphs.len() {
        let (range, _) = page.paragraphs[paragraph];
        let marks: Vec<Mark> = range.indices().filter_map(|i| mark_at(page, i, range)).collect();
        let resumed = carry_over(page, &mut waiting, &marks, paragraph, &mut found);
        Pairing { page, marks: &marks, paragraph, waiting: &mut waiting, found: &mut found }.run(resumed);
    }
    while let Some(open) = waiting.pop() {
        close_at_end(page, open, &mut found);
    }
    found.sort_by_key(|(outer, content)| (content.start, std::cmp::Reverse(outer.end)));
    page.quoted = nest(found);
}

/// Gives every quotation its depth.
fn nest(found: Vec<(Range, Range)>) -> Vec<Quoted> {
    let mut around: Vec<usize> = Vec::new();
    let mut quoted = Vec::with_capacity(found.len());
    for (outer, content) in found {
        while around.last().is_some_and(|end| *end <= content.start) {
            around.pop();
        }
        let depth = around.len().min(255) as u8;
        around.push(content.end);
        quoted.push(Quoted { content, outer, kind: QuotationKind::Direct, attribution: None, depth });
    }
    quoted
}

/// Quotations open from earlier paragraphs go on if this one repeats the mark; else they ended there. Returns whether
/// the first mark was such a repetition.
fn carry_over(
    page: &Page,
    waiting: &mut Vec<Waiting>,
    marks: &[Mark],
    paragraph: usize,
    found: &mut Vec<(Range, Range)>,
) -> bool {
    let (range, zone) = page.paragraphs[paragraph];
    let Some(open) = waiting.first().copied() else { return false };
    let foreign = page.paragraphs[open.paragraph].1 != zone;
    if foreign && paragraph - open.paragraph < 6 {
        return false;
    }
    let repeats =
        marks.first().is_some_and(|m| m.token == range.start && m.family == open.family && m.side != Side::Close);
    if repeats && paragraph - open.paragraph < MOST_PARAGRAPHS {
        waiting.truncate(1);
        return true;
    }
    while let Some(open) = waiting.pop() {
        close_at_end(page, open, found);
    }
    false
}

/// A quotation whose closing mark is missing: to the end of its paragraph if it began with it, else of its sentence.
fn close_at_end(page: &Page, open: Waiting, found: &mut Vec<(Range, Range)>) {
    let Some((paragraph, _)) = page.paragraphs.get(open.paragraph) else { return };
    if open.family == Family::Single {
        return;
    }
    let sentence = page.sentence_of(open.token).map(|s| page.sentences[s].range);
    let end = match sentence {
        Some(s) if open.token > paragraph.start => s.end,
        _ => paragraph.end,
    };
    let content = Range::new(open.token + 1, end);
    if content.len() > 2 {
        found.push((Range::new(open.token, end), content));
    }
}

struct Pairing<'a, 'b> {
    page: &'a Page<'b>,
    marks: &'a [Mark],
    paragraph: usize,
    waiting: &'a mut Vec<Waiting>,
    found: &'a mut Vec<(Range, Range)>,
}

impl Pairing<'_, '_> {
    fn run(&mut self, resumed: bool) {
        for index in usize::from(resumed)..self.marks.len() {
            let mark = self.marks[index];
            let open = self.waiting.iter().rposition(|w| w.family == mark.family);
            match (mark.side, open) {
                (Side::Neither, _) | (Side::Doubtful, None) => {}
                (Side::Doubtful, Some(at)) => {
                    if !self.better_close_ahead(index) {
                        self.close(at, mark);
                    }
                }
                (Side::Close | Side::Either, Some(at)) => self.close(at, mark),
                (Side::Close, None) => self.orphan(index),
                (Side::Open | Side::Either, None) => self.open(mark),
                (Side::Open, Some(at)) => {
                    if !self.closes_twice(index) {
                        self.lost_close(at, mark);
                    }
                    self.open(mark);
                }
            }
        }
    }

    fn open(&mut self, mark: Mark) {
        self.waiting.push(Waiting { token: mark.token, family: mark.family, paragraph: self.paragraph });
    }

    fn close(&mut self, at: usize, mark: Mark) {
        let open = self.waiting[at];
        self.waiting.truncate(at);
        let content = Range::new(open.token + 1, mark.token);
        if !content.is_empty() {
            self.found.push((Range::new(open.token, mark.token + 1), content));
        }
    }

    /// A quotation of the same family is open and its closing mark is lost: it ended with the sentence before.
    fn lost_close(&mut self, at: usize, mark: Mark) {
        let open = self.waiting[at];
        self.waiting.truncate(at);
        let sentence = self.page.sentence_of(open.token).map(|s| self.page.sentences[s].range.end);
        let end = sentence.unwrap_or(mark.token).min(mark.token);
        let content = Range::new(open.token + 1, end);
        if content.len() > 2 && open.family != Family::Single {
            self.found.push((Range::new(open.token, end), content));
        }
    }

    fn later(&self, index: usize) -> impl Iterator<Item = &Mark> {
        let family = self.marks[index].family;
        self.marks.iter().skip(index + 1).take(AHEAD).filter(move |m| m.family == family)
    }

    /// Whether an opening mark inside an open quotation of its family is nested: two closing marks follow.
    fn closes_twice(&self, index: usize) -> bool {
        let mut later = self.later(index).map(|m| m.side);
        later.next() == Some(Side::Close) && later.next() == Some(Side::Close)
    }

    /// Whether a clearer closing mark follows, so that this one is an apostrophe.
    fn better_close_ahead(&self, index: usize) -> bool {
        let mark = self.marks[index];
        self.later(index)
            .take_while(|m| m.side != Side::Open)
            .any(|m| m.side == Side::Close && m.token - mark.token < 120)
    }

    /// A closing mark with nothing open: an opening mark printed the wrong way round, or one whose opening mark is lost.
    fn orphan(&mut self, index: usize) {
        let mark = self.marks[index];
        if mark.family == Family::Single {
            return;
        }
        let next = self.later(index).next().copied();
        let word_follows = self.page.tokens.get(mark.token + 1).is_some_and(|t| t.is_wordlike());
        if word_follows
            && next.is_some_and(|n| matches!(n.side, Side::Close | Side::Either) && n.token > mark.token + 1)
        {
            return self.open(mark);
        }
        let start = lost_start(self.page, mark.token);
        if let Some(start) = start.filter(|s| mark.token - s > 0 && mark.token - s <= 12) {
            self.found.push((Range::new(start, mark.token + 1), Range::new(start, mark.token)));
        }
    }
}

/// Where words began whose opening mark is lost: after the nearest verb, `that`, comma or mark.
fn lost_start(page: &Page, close: usize) -> Option<usize> {
    let sentence = page.sentences.get(page.sentence_of(close)?)?.range;
    let low = sentence.start.max(close.saturating_sub(12));
    let stop = (low..close).rev().find(|i| {
        page.tag(*i).is_finite() || page.tag(*i) == Tag::That || page.tag(*i) == Tag::Punctuation || page.says(*i, "as")
    });
    Some(stop.map_or(low, |at| at + 1)).filter(|start| *start < close)
}

/// The mark at a token, if it is one.
fn mark_at(page: &Page, at: usize, paragraph: Range) -> Option<Mark> {
    let token = page.tokens.get(at)?;
    if token.kind != Kind::Mark {
        return None;
    }
    let family = match page.word(at) {
        "\"" | "“" | "”" | "„" | "‟" | "``" | "''" | "＂" | "〝" | "〞" | "〟" => Family::Double,
        "«" | "»" => Family::Guillemet,
        "‹" | "›" => Family::SingleGuillemet,
        "「" | "」" => Family::Corner,
        "『" | "』" => Family::WhiteCorner,
        _ => Family::Single,
    };
    Some(Mark { token: at, family, side: side_of(page, at, paragraph, family) })
}

fn side_of(page: &Page, at: usize, paragraph: Range, family: Family) -> Side {
    let left = touches_left(page, at, paragraph);
    let right = touches_right(page, at, paragraph);
    let punctuation = at + 1 < paragraph.end
        && matches!(page.kind(at + 1), Some(Kind::Comma | Kind::Stop | Kind::Semicolon))
        && !page.tokens[at + 1].space;
    let number = left && page.kind(at.wrapping_sub(1)) == Some(Kind::Number);
    match page.word(at) {
        "“" | "‟" | "``" | "〝" if punctuation || (left && !right) => Side::Close,
        "“" | "‟" | "``" | "„" | "「" | "『" | "〝" => Side::Open,
        "”" | "〞" | "〟" if !left && right => Side::Either,
        "”" | "」" | "』" | "〞" | "〟" => Side::Close,
        "«" | "‹" if left && !right => Side::Close,
        "»" | "›" if !left && right => Side::Open,
        "«" | "‹" => Side::Open,
        "»" | "›" => Side::Close,
        "\"" | "''" | "＂" if number && !right => Side::Doubtful,
        _ if family == Family::Single => single_side(page, at, left, right, number),
        _ if right && !left => Side::Open,
        _ if left && !right => Side::Close,
        _ => Side::Either,
    }
}

fn single_side(page: &Page, at: usize, left: bool, right: bool, number: bool) -> Side {
    let glyph = page.word(at);
    let next = page.entry(at + 1);
    let decade = right && page.word(at + 1).starts_with(|c: char| c.is_ascii_digit()) && page.word(at + 1).len() <= 3;
    if right && (next.is(Class::Elided) || decade) {
        return Side::Neither;
    }
    match (left, right) {
        (true, true) => Side::Neither,
        (false, true) if glyph == "’" || glyph == "´" => Side::Neither,
        (false, true) => Side::Open,
        (true, false) if number => Side::Doubtful,
        (true, false) => {
            let before = page.word(at.wrapping_sub(1));
            let possessive =
                before.ends_with(['s', 'z', 'x']) && page.tokens.get(at + 1).is_some_and(|t| t.is_wordlike());
            let dropped = before.ends_with("in") && page.tokens.get(at + 1).is_some_and(|t| t.is_wordlike());
            if possessive || dropped { Side::Doubtful } else { Side::Close }
        }
        (false, false) if glyph == "‘" => Side::Open,
        (false, false) => Side::Doubtful,
    }
}

fn touches_left(page: &Page, at: usize, paragraph: Range) -> bool {
    if at <= paragraph.start || page.tokens[at].space || page.tokens[at].first {
        return false;
    }
    let opener_before = page.kind(at - 1) == Some(Kind::Mark) && opens(page, at - 1, paragraph);
    !(opener_before || matches!(page.kind(at - 1), Some(Kind::Open | Kind::Dash)))
}

/// Whether the mark before touches nothing on its own left, so that this one may open too: `“‘`.
fn opens(page: &Page, at: usize, paragraph: Range) -> bool {
    at == paragraph.start || page.tokens[at].space || matches!(page.word(at), "“" | "„" | "‘" | "«" | "``")
}

fn touches_right(page: &Page, at: usize, paragraph: Range) -> bool {
    let Some(next) = page.tokens.get(at + 1).filter(|_| at + 1 < paragraph.end) else { return false };
    let mark_opens = next.kind == Kind::Mark
        && page.tokens.get(at + 2).is_some_and(|n| !n.space && n.is_wordlike())
        && at + 2 < paragraph.end;
    let dots = next.kind == Kind::Stop
        && (next.end - next.start > 1)
        && page.tokens.get(at + 2).is_some_and(|n| n.is_wordlike());
    !next.space && !next.first && (next.is_wordlike() || next.kind == Kind::Open || mark_opens || dots)
}
