//! Where words, sentences and paragraphs of raw text begin and end. Text without white space (a chunk) is cut into runs
//! of letters, runs of digits and single characters; each gap between them, and each gap between words, is then a
//! boundary if the weights of what stands around it sum to more than nothing. All in integers.

use super::error::ModelError;
use super::file::File;
use super::letters::{digit, fnv, letter, lower, mix, word_class};
use std::collections::HashMap;

/// A word with its place in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    class: u32,
    hash: u32,
}

/// What finds boundaries.
pub(super) struct Boundaries {
    join: Vec<i16>,
    sentence: Vec<i16>,
    /// Fused words in lower case, with the number of characters before the cut.
    splits: HashMap<Box<str>, usize>,
}

/// An atom of a chunk.
struct Atom {
    start: usize,
    end: usize,
    length: u32,
    class: u32,
    hash: u32,
}

/// What a gap is, of a chunk that is no atom.
const NO_ATOM: (u32, u32) = (7, 0);

/// A dateline has fewer words than this.
const DATELINE: usize = 9;

/// What an atom alone can say of a chunk's kind.
const WEB: [&str; 7] = ["@", "://", "www", "com", "http", "https", "/"];

impl Boundaries {
    pub(super) fn load(file: &File) -> Result<Boundaries, ModelError> {
        let name = "boundaries.splits";
        let mut splits = HashMap::new();
        for line in file.lines(name)?.filter(|l| !l.is_empty()) {
            let entry = line.rsplit_once('\t').and_then(|(word, place)| Some((word, place.parse().ok()?)));
            let (word, place) = entry.ok_or_else(|| ModelError::values(name, format!("the line {line:?}")))?;
            splits.insert(word.into(), place);
        }
        Ok(Boundaries { join: file.shorts("boundaries.join")?, sentence: file.shorts("boundaries.sentence")?, splits })
    }

    /// The words of the paragraph that begins at or after a place, and where to look for the next. A paragraph ends where
    /// white space has two or more ends of lines.
    pub(super) fn paragraph(&self, text: &str, from: usize, words: &mut Vec<Token>) -> Option<usize> {
        words.clear();
        let mut at = from;
        while at < text.len() {
            let rest = text.get(at..)?;
            let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            let lines = rest.bytes().take(gap).filter(|b| *b == b'\n').count();
            if lines > 1 && !words.is_empty() {
                break;
            }
            let start = at + gap;
            let rest = text.get(start..)?;
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            at = start + length;
            if length > 0 {
                self.chunk(text, start, at, words);
            }
        }
        (!words.is_empty()).then_some(at)
    }

    /// Adds the words of a chunk.
    fn chunk(&self, text: &str, start: usize, end: usize, words: &mut Vec<Token>) {
        let atoms = atoms(text, start, end);
        let web = web(text, &atoms);
        let (mut word, mut before) = (start, 1);
        for (i, pair) in atoms.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            if is_split_rule(text, left, right) {
                before = 1;
            } else {
                let features = join_features(&atoms, i, before, web);
                before = u32::from(score(&self.join, features) > 0);
                if before == 0 {
                    continue;
                }
            }
            self.add(text, word, left, words);
            word = left.end;
        }
        if let Some(last) = atoms.last() {
            self.add(text, word, last, words);
        }
    }

    /// Adds a word that ends with an atom, or its two parts if it is a fused one.
    fn add(&self, text: &str, start: usize, last: &Atom, words: &mut Vec<Token>) {
        let end = last.end;
        let word = text.get(start..end).unwrap_or_default();
        let lower = lower(word);
        if let Some(cut) = self.splits.get(&*lower)
            && lower.chars().count() == word.chars().count()
            && let Some((cut, _)) = word.char_indices().nth(*cut)
            && cut > 0
        {
            words.push(token(text, start, start + cut));
            words.push(token(text, start + cut, end));
        } else if last.start == start {
            words.push(Token { start, end, class: last.class, hash: last.hash });
        } else {
            words.push(Token { start, end, class: word_class(word), hash: fnv(&lower) });
        }
    }

    /// The number of words in each sentence of a paragraph.
    pub(super) fn sentences(&self, text: &str, words: &[Token], lengths: &mut Vec<usize>) {
        lengths.clear();
        let style = paragraph_style(words);
        let dateline = dateline(text, words);
        let mut start = 0;
        for (i, pair) in words.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            let gap = text.get(left.end..right.start).map_or(0, |g| g.chars().take(2).count() as u32);
            // Inside a run of letters and digits no sentence ends.
            if gap == 0 && left.class < 16 {
                continue;
            }
            if dateline == Some(i) || score(&self.sentence, sentence_features(words, i, gap, style)) > 0 {
                lengths.push(i + 1 - start);
                start = i + 1;
            }
        }
        if words.len() > start {
            lengths.push(words.len() - start);
        }
    }
}

fn token(text: &str, start: usize, end: usize) -> Token {
    let word = text.get(start..end).unwrap_or_default();
    Token { start, end, class: word_class(word), hash: fnv(&lower(word)) }
}

#[inline(always)]
fn score<const N: usize>(weights: &[i16], features: [u32; N]) -> i32 {
    // The number of weights is a power of two.
    let mask = weights.len() - 1;
    features.into_iter().map(|f| weights.get(f as usize & mask).map_or(0, |w| i32::from(*w))).sum()
}

/// A chunk as runs of letters (with marks), runs of digits and single other characters; `n` goes with a following 't.
fn atoms(text: &str, start: usize, end: usize) -> Vec<Atom> {
    let chunk = text.get(start..end).unwrap_or_default();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut rest = chunk;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if letter(c) => rest.find(|c: char| !(letter(c) || ('\u{300}'..='\u{36f}').contains(&c))),
            c if digit(c) => rest.find(|c: char| !digit(c)),
            c => Some(c.len_utf8()),
        };
        let (from, length) = (end - rest.len(), length.unwrap_or(rest.len()));
        spans.push((from, from + length));
        rest = rest.get(length..).unwrap_or_default();
    }
    let part = |n: usize| spans.get(n).and_then(|(a, b)| text.get(*a..*b)).unwrap_or_default();
    let mut out = Vec::with_capacity(spans.len());
    let mut k = 0;
    while let Some((start, end)) = spans.get(k) {
        let open = part(k).len() > 1 && part(k).ends_with(['n', 'N']);
        if open && matches!(part(k + 1), "'" | "’") && matches!(part(k + 2), "t" | "T") {
            let last = spans.get(k + 2).map_or(*end, |s| s.1);
            out.push(atom(text, *start, end - 1));
            out.push(atom(text, end - 1, last));
            k += 3;
        } else {
            out.push(atom(text, *start, *end));
            k += 1;
        }
    }
    out
}

fn atom(text: &str, start: usize, end: usize) -> Atom {
    let Token { class, hash, .. } = token(text, start, end);
    let length = text.get(start..end).map_or(0, |a| a.chars().take(4).count() as u32);
    Atom { start, end, length, class, hash }
}

/// Whether any atom, and whether an @, speaks of an address.
fn web(text: &str, atoms: &[Atom]) -> u32 {
    let mut web = 0;
    for atom in atoms {
        let part = text.get(atom.start..atom.end).unwrap_or_default();
        web |= u32::from(WEB.contains(&part)) | u32::from(part == "@") << 1;
    }
    web
}

/// The gap inside n't words is always a boundary.
fn is_split_rule(text: &str, left: &Atom, right: &Atom) -> bool {
    let right = text.get(right.start..right.end).unwrap_or_default();
    matches!(right.strip_prefix(['n', 'N']), Some("'t" | "'T" | "’t" | "’T"))
        && text.get(left.start..left.end).is_some_and(|l| l.ends_with(letter))
}

/// Hashes for the gap after atom i of a chunk. `before`: 1 if the gap before that atom was a boundary.
fn join_features(atoms: &[Atom], i: usize, before: u32, web: u32) -> [u32; 21] {
    let at = |k: Option<usize>| k.and_then(|k| atoms.get(k)).map_or(NO_ATOM, |a| (a.hash, a.class));
    let length = |k: usize| atoms.get(k).map_or(0, |a| a.length);
    let n = atoms.len();
    let ((a, ka), (b, kb)) = (at(Some(i)), at(Some(i + 1)));
    let ((p, kp), (q, kq)) = (at(i.checked_sub(1)), at(Some(i + 2)));
    let (la, lb) = (length(i), length(i + 1));
    let (first, last) = (u32::from(i == 0), u32::from(i + 2 == n));
    let (left, right) = (i.min(6) as u32, (n - i - 2).min(6) as u32);
    [
        mix(1, [a]),
        mix(2, [b]),
        mix(3, [a, b]),
        mix(4, [ka, kb]),
        mix(5, [ka, kb, la, lb]),
        mix(6, [kp, ka, kb, before]),
        mix(7, [ka, kb, kq, before]),
        mix(8, [kp, ka, kb, kq]),
        mix(9, [p, a, kb]),
        mix(10, [ka, b, q]),
        mix(11, [first, last, ka, kb]),
        mix(12, [web, ka, kb]),
        mix(13, [web, left, right]),
        mix(14, [before, a, kb]),
        mix(15, [before, ka, b]),
        mix(16, [a, kb, lb, last]),
        mix(17, [ka, la, b, first]),
        mix(18, [p, a, b]),
        mix(19, [a, b, q]),
        mix(20, [first, last, a, b]),
        mix(21, [n.min(9) as u32, ka, kb]),
    ]
}

/// Hashes for a sentence's end after word i of a paragraph. `gap`: 0 no blank, 1 one blank, 2 more white space.
fn sentence_features(words: &[Token], i: usize, gap: u32, style: u32) -> [u32; 22] {
    let at = |k: Option<usize>| k.and_then(|k| words.get(k)).map_or((0, 0), |t| (t.hash, t.class));
    let ((w0, k0), (w1, k1), (w2, k2)) = (at(Some(i)), at(Some(i + 1)), at(Some(i + 2)));
    let ((before, kb), (_, kbb), (_, k3)) = (at(i.checked_sub(1)), at(i.checked_sub(2)), at(Some(i + 3)));
    let near_end = (words.len() - i - 2).min(3) as u32;
    let near_start = i.min(3) as u32;
    [
        mix(31, [w0]),
        mix(32, [w1]),
        mix(33, [before]),
        mix(34, [w2]),
        mix(35, [w0, w1]),
        mix(36, [before, w0]),
        mix(37, [w1, w2]),
        mix(38, [k0, k1]),
        mix(39, [kb, k0, k1, k2]),
        mix(40, [w0, k1]),
        mix(41, [k0, w1]),
        mix(42, [before, k0, k1]),
        mix(43, [kbb, kb, k0, k1, k2, k3]),
        mix(44, [gap, w0]),
        mix(45, [gap, k0, k1]),
        mix(46, [near_start, k0, k1]),
        mix(47, [near_end, k0, k1]),
        mix(48, [before, w0, k1]),
        mix(49, [style, k0, k1]),
        mix(50, [k0, w1, w2]),
        mix(51, [k0, k1, w2]),
        mix(52, [w0, k1, style, gap]),
    ]
}

/// The dash that ends a paragraph's dateline: `HARWICK, Va. (HP) —`. What follows is a sentence of its own.
fn dateline(text: &str, words: &[Token]) -> Option<usize> {
    let word = |t: &Token| text.get(t.start..t.end).unwrap_or_default();
    let dash = words.iter().take(DATELINE).position(|t| matches!(word(t), "-" | "–" | "—" | "―" | "--"))?;
    let free = |at: usize| text.get(..at).is_some_and(|t| t.ends_with([' ', '\u{a0}']));
    let apart =
        words.get(dash + 1).is_some_and(|next| free(next.start)) && words.get(dash).is_some_and(|d| free(d.start));
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let part = |t: &Token| capital(word(t)) || matches!(word(t), "," | "." | "(" | ")");
    let place = words.first().map_or("", word);
    let shouted = place.chars().count() > 2 && place.chars().all(char::is_uppercase);
    (apart && shouted && words.get(..dash)?.iter().all(part)).then_some(dash)
}

/// Whether a paragraph uses full stops, and whether it uses capitals.
fn paragraph_style(words: &[Token]) -> u32 {
    let stop = |t: &Token| [16 + 46, 16 + 33, 16 + 63].contains(&t.class);
    let stops = words.iter().filter(|t| stop(t)).take(2).count();
    let capitals = words.iter().filter(|t| matches!(t.class, 2..=4)).take(2).count();
    (stops + 3 * capitals) as u32
}
