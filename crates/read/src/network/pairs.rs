//! Labels of pairs of words: the relation of a word to its head, and the role of a word for a predicate. Each side is a
//! vector; one half of the two is added, the other multiplied, and a matrix turns both into scores. Roles see besides how
//! the word hangs in the tree.

use super::arcs::{CLASSES, NEAR, ROOT, WHOLE, distance_class};
use super::error::ModelError;
use super::file::File;
use super::float::{highest, quantise, wide};
use super::products::{Matrix, Products, room};
use std::ops::Range;

/// So many pairs go together.
const TOGETHER: usize = 256;

/// What labels pairs.
pub(super) struct Pairs {
    /// Half of a side's vector.
    half: usize,
    far: Vec<f32>,
    out: Matrix,
}

/// What more roles see.
pub(super) struct Roles {
    pairs: Pairs,
    tree: Vec<f32>,
    predicate: Vec<f32>,
    /// The number of relations.
    relations: usize,
    /// Roles that only one word has for a predicate.
    once: Vec<u8>,
}

/// Roles that only one word has for a predicate.
const ONCE: [&str; 2] = ["ARG0", "ARG1"];

/// Room for what stands between the steps.
#[derive(Default)]
pub(super) struct Room {
    hidden: Vec<f32>,
    more: Vec<f32>,
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    row: Vec<f32>,
}

/// The vectors of both sides of the words of many sentences.
pub(super) struct Sides<'a> {
    pub(super) a: &'a [f32],
    pub(super) b: &'a [f32],
}

/// Words that wait for their relation.
pub(super) struct Dependents<'a> {
    /// For each word of many sentences: where its sentence begins, and its head there (0 is the root, words from 1).
    pub(super) heads: &'a [(usize, usize)],
    /// The root's side.
    pub(super) above: &'a [f32],
    /// The root's relation.
    pub(super) root: u8,
}

/// The heads (0 is the root, words from 1) and relations of one sentence.
pub(super) struct Tree<'a> {
    pub(super) heads: &'a [u32],
    pub(super) relations: &'a [u8],
}

impl Pairs {
    pub(super) fn load(file: &File, products: &Products, name: &str, labels: usize) -> Result<Pairs, ModelError> {
        let far_name = format!("{name}.far");
        let [_, half] = file.shape(&far_name)?[..] else { return Err(ModelError::values(&far_name, "it is no table")) };
        if half == 0 || half % 16 != 0 {
            return Err(ModelError::values(&far_name, format!("{half} is no multiple of 16")));
        }
        let far = file.numbers(&far_name, &[CLASSES, half])?;
        let out = products.matrix(vec![file.matrix_of(&format!("{name}.out"), 2 * half, labels)?])?;
        Ok(Pairs { half, far, out })
    }

    /// The size of a side's vector.
    pub(super) fn side(&self) -> usize {
        2 * self.half
    }

    /// Writes one pair's vector, as integers.
    #[inline(always)]
    fn join(&self, a: &[f32], b: &[f32], class: usize, more: Option<&[f32]>, row: &mut [f32], bytes: &mut [u8]) -> f32 {
        let half = self.half;
        let ((a1, a2), (b1, b2)) = (a.split_at(half), b.split_at(half));
        let far = &self.far[class * half..(class + 1) * half];
        let (sum, product) = row.split_at_mut(half);
        for (((y, a), b), f) in sum.iter_mut().zip(a1).zip(b1).zip(far) {
            *y = (a + b) + f;
        }
        if let Some(more) = more {
            for (y, m) in sum.iter_mut().zip(more) {
                *y += m;
            }
        }
        for y in sum.iter_mut() {
            *y = if *y > 0.0 { *y } else { 0.0 };
        }
        for ((y, a), b) in product.iter_mut().zip(a2).zip(b2) {
            *y = a * b;
        }
        quantise(row, bytes)
    }

    /// Tells the best label of each pair that was joined, but for one, and by how much it is better than the first label.
    fn best(
        &self,
        products: &Products,
        own: &mut Room,
        count: usize,
        not: Option<usize>,
        mut tell: impl FnMut(u8, f32),
    ) {
        let (inputs, labels) = (self.out.inputs, self.out.outputs);
        let sums = room(&mut own.sums, count * labels);
        products.multiply(&own.bytes[..count * inputs], &self.out, sums);
        let row = room(&mut own.row, labels);
        wide(
            #[inline(always)]
            || {
                for (sums, scale) in sums.chunks_exact(labels).zip(&own.scales[..count]) {
                    self.out.numbers(0, sums, *scale, row);
                    if let Some(score) = not.and_then(|n| row.get_mut(n)) {
                        *score = f32::NEG_INFINITY;
                    }
                    let best = highest(row);
                    tell(best as u8, row.get(best).zip(row.first()).map_or(0.0, |(b, f)| b - f));
                }
            },
        );
    }

    /// The best relation of each word to its head; the root's relation is its own and no other word's.
    pub(super) fn relations(
        &self,
        products: &Products,
        own: &mut Room,
        sides: &Sides,
        words: &Dependents,
        out: &mut Vec<u8>,
    ) {
        let side = self.side();
        for (chunk, first) in words.heads.chunks(TOGETHER).zip((0..).step_by(TOGETHER)) {
            let (bytes, scales) = (room(&mut own.bytes, chunk.len() * side), room(&mut own.scales, chunk.len()));
            let row = room(&mut own.hidden, side);
            wide(
                #[inline(always)]
                || {
                    let places = bytes.chunks_exact_mut(side).zip(scales.iter_mut());
                    for ((word, (start, head)), (bytes, scale)) in (first..).zip(chunk).zip(places) {
                        let a = &sides.a[word * side..(word + 1) * side];
                        let (b, class) = match head.checked_sub(1).map(|h| start + h) {
                            Some(over) => (&sides.b[over * side..(over + 1) * side], distance_class(word, over)),
                            None => (words.above, ROOT),
                        };
                        *scale = self.join(a, b, class, None, row, bytes);
                    }
                },
            );
            let before = out.len();
            self.best(products, own, chunk.len(), Some(usize::from(words.root)), |label, _| out.push(label));
            for (label, (_, head)) in out[before..].iter_mut().zip(chunk) {
                if *head == 0 {
                    *label = words.root;
                }
            }
        }
    }
}

impl Roles {
    pub(super) fn load(file: &File, products: &Products) -> Result<Roles, ModelError> {
        let pairs = Pairs::load(file, products, "role", file.config.role.len())?;
        let relations = file.config.rel.len();
        let tree = file.numbers("role.tree", &[4 * relations + 1, pairs.half])?;
        let predicate = file.numbers("role.predicate", &[relations, pairs.half])?;
        let place = |name: &&str| file.config.role.iter().position(|r| r == name).map(|p| p as u8);
        let once = ONCE.iter().filter_map(place).collect();
        Ok(Roles { pairs, tree, predicate, relations, once })
    }

    /// The size of a side's vector.
    pub(super) fn side(&self) -> usize {
        self.pairs.side()
    }

    /// Tells each role that is not none, of a predicate and a word of one sentence (both from 0), in order. Of the words
    /// that have a role of [`ONCE`] only the surest keeps it.
    pub(super) fn of_sentence(
        &self,
        products: &Products,
        own: &mut Room,
        sides: &Sides,
        tree: &Tree,
        predicates: &[usize],
        mut tell: impl FnMut(usize, usize, u8),
    ) {
        let (count, side) = (tree.heads.len(), self.side());
        let mut found: Vec<(usize, u8, f32)> = Vec::new();
        for predicate in predicates.iter().copied() {
            let near = match count > WHOLE {
                true => predicate.saturating_sub(NEAR)..count.min(predicate + NEAR + 1),
                false => 0..count,
            };
            for first in near.clone().step_by(TOGETHER) {
                let words = first..near.end.min(first + TOGETHER);
                room(&mut own.bytes, words.len() * side);
                room(&mut own.scales, words.len());
                wide(
                    #[inline(always)]
                    || self.join(own, sides, tree, predicate, words.clone()),
                );
                let mut rest = words.clone();
                self.pairs.best(products, own, words.len(), None, |label, margin| {
                    found.extend(rest.next().filter(|_| label != 0).map(|word| (word, label, margin)));
                });
            }
            for label in &self.once {
                let same = found.iter().filter(|f| f.1 == *label);
                let surest = same.fold(None, |best, f| best.filter(|b: &(usize, u8, f32)| b.2 >= f.2).or(Some(*f)));
                found.retain(|f| f.1 != *label || surest.is_some_and(|s| s.0 == f.0));
            }
            found.drain(..).for_each(|(word, label, _)| tell(predicate, word, label));
        }
    }

    /// Writes the vectors of a predicate's pairs with some words.
    #[inline(always)]
    fn join(&self, own: &mut Room, sides: &Sides, tree: &Tree, predicate: usize, words: Range<usize>) {
        let (half, side) = (self.pairs.half, self.side());
        let (hidden, more) = (room(&mut own.hidden, side), room(&mut own.more, half));
        let a = &sides.a[predicate * side..(predicate + 1) * side];
        let relation = usize::from(tree.relations[predicate]);
        let kind = &self.predicate[relation * half..(relation + 1) * half];
        let places = own.bytes.chunks_exact_mut(side).zip(own.scales.iter_mut());
        for (word, (bytes, scale)) in words.zip(places) {
            let case = tree.case(predicate, word, self.relations);
            let hangs = &self.tree[case * half..(case + 1) * half];
            for ((y, t), k) in more.iter_mut().zip(hangs).zip(kind) {
                *y = t + k;
            }
            let b = &sides.b[word * side..(word + 1) * side];
            *scale = self.pairs.join(a, b, distance_class(predicate, word), Some(more), hidden, bytes);
        }
    }
}

impl Tree<'_> {
    /// The head of a word, both from 0.
    fn over(&self, word: usize) -> Option<usize> {
        (self.heads[word] as usize).checked_sub(1)
    }

    /// How a word hangs together with a predicate: under it, over it, beside it, beside its head, or else.
    #[inline(always)]
    fn case(&self, predicate: usize, word: usize, relations: usize) -> usize {
        let (up, own) = (self.over(predicate), self.over(word));
        let relation = usize::from(self.relations[word]);
        if own == Some(predicate) {
            1 + relation
        } else if up == Some(word) {
            1 + relations + usize::from(self.relations[predicate])
        } else if up.is_some() && own == up {
            1 + 2 * relations + relation
        } else if let Some(upup) = up.and_then(|u| self.over(u))
            && own == Some(upup)
        {
            1 + 3 * relations + relation
        } else {
            0
        }
    }
}
